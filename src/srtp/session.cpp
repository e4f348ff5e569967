#include "srtp/session.h"

#include <srtp2/srtp.h>

#include <cstring>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/packet_pool.h"

namespace parley::srtp {
namespace {

constexpr unsigned long kReplayWindow = 1024;
constexpr std::size_t kRtpHeaderSize = 12;
constexpr std::size_t kRtcpHeaderSize = 8;
constexpr std::size_t kSrtcpIndexSize = 4;

std::size_t tag_size(Profile profile) { return profile == Profile::kAes128CmHmacSha1_80 ? 10 : 16; }

std::string describe(srtp_err_status_t status) { return "libsrtp status " + std::to_string(static_cast<int>(status)); }

void set_crypto_policy(Profile profile, srtp_crypto_policy_t& policy) {
  switch (profile) {
    case Profile::kAes128CmHmacSha1_80:
      srtp_crypto_policy_set_rtp_default(&policy);
      break;
    case Profile::kAeadAes128Gcm:
      srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy);
      break;
    case Profile::kAeadAes256Gcm:
      srtp_crypto_policy_set_aes_gcm_256_16_auth(&policy);
      break;
  }
}

DropReason reason_of(srtp_err_status_t status) {
  switch (status) {
    case srtp_err_status_auth_fail:
      return DropReason::kSrtpAuthentication;
    case srtp_err_status_replay_fail:
      return DropReason::kSrtpReplay;
    case srtp_err_status_replay_old:
    case srtp_err_status_pkt_idx_old:
      return DropReason::kRtpTooOld;
    case srtp_err_status_bad_param:
    case srtp_err_status_parse_err:
      return DropReason::kRtpMalformed;
    default:
      return DropReason::kSrtpInternal;
  }
}

// One libsrtp session: a key for every SSRC of one direction.
class Session {
 public:
  static Result<Session, Error> create(Profile profile, ByteView key_and_salt, srtp_ssrc_type_t direction) {
    if (key_and_salt.size() != key_size(profile) + salt_size(profile)) {
      return Error{.code = "invalid_key",
                   .message = "SRTP key and salt must have " + std::to_string(key_size(profile) + salt_size(profile)) +
                              " bytes, not " + std::to_string(key_and_salt.size()),
                   .field = {}};
    }
    if (auto started = initialise(); !started) return started.error();
    // libsrtp takes the key by a pointer to mutable bytes and copies it.
    std::vector<std::uint8_t> key(key_and_salt.begin(), key_and_salt.end());
    srtp_policy_t policy{};
    set_crypto_policy(profile, policy.rtp);
    set_crypto_policy(profile, policy.rtcp);
    policy.ssrc.type = direction;
    policy.key = key.data();
    policy.window_size = kReplayWindow;
    policy.allow_repeat_tx = direction == ssrc_any_outbound ? 1 : 0;
    Session session(profile);
    if (const auto status = srtp_create(&session.handle_, &policy); status != srtp_err_status_ok) {
      return Error{.code = "srtp_refused", .message = "no SRTP session: " + describe(status), .field = {}};
    }
    return session;
  }
  ~Session() {
    if (handle_ != nullptr) srtp_dealloc(handle_);
  }
  Session(Session&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)), tag_size_(other.tag_size_) {}
  Session& operator=(Session&&) = delete;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  [[nodiscard]] srtp_t handle() const { return handle_; }
  [[nodiscard]] std::size_t tag_size() const { return tag_size_; }

  // libsrtp keeps and compares SSRCs as they stand on the wire.
  void remove_stream(std::uint32_t ssrc) {
    std::uint8_t wire[4];
    store_be<std::uint32_t>(wire, ssrc);
    std::uint32_t raw = 0;
    std::memcpy(&raw, wire, sizeof(raw));
    (void)srtp_remove_stream(handle_, raw);
  }

 private:
  explicit Session(Profile profile) : tag_size_(srtp::tag_size(profile)) {}

  srtp_t handle_ = nullptr;
  std::size_t tag_size_;
};

using Operation = srtp_err_status_t (*)(srtp_t, void*, int*);

Result<std::size_t> seal(const Session& session, Operation operation, ByteSpan buffer, std::size_t size,
                         std::size_t header_size) {
  if (size < header_size || buffer.size() < size + kMaxOverhead) return DropReason::kSrtpInternal;
  int length = static_cast<int>(size);
  if (operation(session.handle(), buffer.data(), &length) != srtp_err_status_ok) return DropReason::kSrtpInternal;
  return static_cast<std::size_t>(length);
}

Result<std::size_t> open(const Session& session, Operation operation, ByteSpan packet, std::size_t minimum) {
  // libsrtp subtracts the tag's size before it compares, so too short a packet must not reach it.
  if (packet.size() < minimum || packet.size() > kMaxPacketSize) return DropReason::kRtpMalformed;
  int length = static_cast<int>(packet.size());
  const srtp_err_status_t status = operation(session.handle(), packet.data(), &length);
  if (status != srtp_err_status_ok) return reason_of(status);
  return static_cast<std::size_t>(length);
}

}  // namespace

std::size_t key_size(Profile profile) { return profile == Profile::kAeadAes256Gcm ? 32 : 16; }

std::size_t salt_size(Profile profile) { return profile == Profile::kAes128CmHmacSha1_80 ? 14 : 12; }

Result<void, Error> initialise() {
  static std::once_flag once;
  static srtp_err_status_t status = srtp_err_status_init_fail;
  std::call_once(once, [] { status = srtp_init(); });
  if (status != srtp_err_status_ok) {
    return Error{.code = "srtp_unavailable", .message = "libsrtp did not start: " + describe(status), .field = {}};
  }
  return {};
}

struct Sender::Impl {
  Session session;
};

Sender::Sender() = default;
Sender::~Sender() = default;
Sender::Sender(Sender&&) noexcept = default;
Sender& Sender::operator=(Sender&&) noexcept = default;

Result<Sender, Error> Sender::create(Profile profile, ByteView key_and_salt) {
  auto session = Session::create(profile, key_and_salt, ssrc_any_outbound);
  if (!session) return session.error();
  Sender sender;
  sender.impl_ = std::make_unique<Impl>(Impl{std::move(*session)});
  return sender;
}

Result<std::size_t> Sender::protect_rtp(ByteSpan buffer, std::size_t size) {
  return seal(impl_->session, &srtp_protect, buffer, size, kRtpHeaderSize);
}

Result<std::size_t> Sender::protect_rtcp(ByteSpan buffer, std::size_t size) {
  return seal(impl_->session, &srtp_protect_rtcp, buffer, size, kRtcpHeaderSize);
}

void Sender::remove_stream(std::uint32_t ssrc) { impl_->session.remove_stream(ssrc); }

struct Receiver::Impl {
  Session session;
};

Receiver::Receiver() = default;
Receiver::~Receiver() = default;
Receiver::Receiver(Receiver&&) noexcept = default;
Receiver& Receiver::operator=(Receiver&&) noexcept = default;

Result<Receiver, Error> Receiver::create(Profile profile, ByteView key_and_salt) {
  auto session = Session::create(profile, key_and_salt, ssrc_any_inbound);
  if (!session) return session.error();
  Receiver receiver;
  receiver.impl_ = std::make_unique<Impl>(Impl{std::move(*session)});
  return receiver;
}

Result<std::size_t> Receiver::unprotect_rtp(ByteSpan packet) {
  return open(impl_->session, &srtp_unprotect, packet, kRtpHeaderSize + impl_->session.tag_size());
}

Result<std::size_t> Receiver::unprotect_rtcp(ByteSpan packet) {
  return open(impl_->session, &srtp_unprotect_rtcp, packet,
              kRtcpHeaderSize + impl_->session.tag_size() + kSrtcpIndexSize);
}

void Receiver::remove_stream(std::uint32_t ssrc) { impl_->session.remove_stream(ssrc); }

}  // namespace parley::srtp

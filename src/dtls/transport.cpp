#include "dtls/transport.h"

#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <deque>
#include <string_view>
#include <utility>

#include "dtls/datagram_bio.h"
#include "dtls/native.h"
#include "dtls/record_filter.h"

namespace parley::dtls {
namespace {

constexpr Duration kFirstRetransmit = 50ms;  // RFC 6347 section 4.2.4.1 says 1 s, browsers 50 ms, and media waits
constexpr Duration kMaxRetransmit = 1s;
constexpr std::size_t kMaxUnverifiedData = 64;  // packets held while the fingerprint is not known yet
constexpr std::size_t kMaxPlain = 1U << 14U;    // a record's plaintext, RFC 6347 section 4.1
constexpr std::string_view kExporterLabel = "EXTRACTOR-dtls_srtp";  // RFC 5764 section 4.2

// OpenSSL computes its timer from its own clock, and not only DTLSv1_handle_timeout looks at it: every read that finds
// nothing more during a handshake retransmits (and counts towards giving up) if it is due. So it must never be due by
// itself, and be due whenever our deadline has passed. Up to 3.1 the BIO is shown the very variable it is kept in,
// which we set to the past; later versions show a copy, and there OpenSSL runs our schedule by its clock.
constexpr unsigned int kNotByItself = 4'000'000'000U;  // µs, over an hour
constexpr unsigned long kTimerIsCopiedSince = 0x30200000UL;
constexpr timeval kLongAgo{.tv_sec = 1, .tv_usec = 0};
constexpr Duration kClockSkewRetry = 5ms;

bool timer_is_ours() { return OpenSSL_version_num() < kTimerIsCopiedSince; }

struct KeySizes {
  std::size_t key;
  std::size_t salt;
};

std::optional<KeySizes> key_sizes(std::uint16_t profile) {
  switch (static_cast<SrtpProfile>(profile)) {
    case SrtpProfile::kAes128CmHmacSha1_80:
      return KeySizes{16, 14};
    case SrtpProfile::kAeadAes128Gcm:
      return KeySizes{16, 12};
    case SrtpProfile::kAeadAes256Gcm:
      return KeySizes{32, 12};
  }
  return std::nullopt;
}

}  // namespace

struct Transport::Impl final : DatagramBio::TimerListener {
  Impl(std::shared_ptr<const Certificate> own_certificate, Role own_role)
      : certificate(std::move(own_certificate)), role(own_role), bio(*this) {}

  void create_ssl();
  void begin(TimePoint at);
  Result<void> advance();
  Result<void> read_data();
  Result<void> verify();
  bool export_keys();
  DropReason fail(DropReason reason);
  void finish(State final_state);
  void on_timer(timeval* next) override;
  static unsigned int on_schedule(SSL* handle, unsigned int previous_us);

  std::shared_ptr<const Certificate> certificate;
  Role role;
  State state = State::kIdle;
  DatagramBio bio;  // outlives ssl, which holds BIOs that refer to it
  SslPtr ssl;
  TimePoint now{};
  TimePoint deadline = kNever;
  Duration interval = kFirstRetransmit;
  timeval* openssl_timer = nullptr;  // within ssl; null while it does not run
  bool heard = false;                // a datagram passed the filter
  bool handshake_done = false;
  bool verified = false;  // the peer's certificate has the signalled fingerprint
  std::optional<Fingerprint> remote_fingerprint;
  std::optional<SrtpKeys> keys;
  std::deque<std::vector<std::uint8_t>> data;
  Stats stats;
};

void Transport::Impl::create_ssl() {
  ssl.reset(SSL_new(certificate->native().context.get()));
  if (!ssl) return;
  BIO* both = bio.make();
  if (both == nullptr) {
    ssl.reset();
    return;
  }
  SSL_set_bio(ssl.get(), both, both);
  SSL_set_app_data(ssl.get(), this);
  DTLS_set_link_mtu(ssl.get(), static_cast<long>(kMtu));
  DTLS_set_timer_cb(ssl.get(), &Impl::on_schedule);
  if (role == Role::kServer) {
    SSL_set_accept_state(ssl.get());
  } else {
    SSL_set_connect_state(ssl.get());
  }
}

// OpenSSL asks how long to wait: 0 for a new flight, else what the wait before was.
unsigned int Transport::Impl::on_schedule(SSL* handle, unsigned int previous_us) {
  Impl& self = *static_cast<Impl*>(SSL_get_app_data(handle));
  self.interval = previous_us == 0 ? kFirstRetransmit : std::min(self.interval * 2, kMaxRetransmit);
  return timer_is_ours() ? kNotByItself : static_cast<unsigned int>(self.interval.count());
}

void Transport::Impl::on_timer(timeval* next) {
  const bool runs = next->tv_sec != 0 || next->tv_usec != 0;
  deadline = runs ? now + interval : kNever;
  openssl_timer = runs && timer_is_ours() ? next : nullptr;
}

void Transport::Impl::begin(TimePoint at) {
  now = at;
  if (state != State::kIdle) return;
  state = State::kHandshaking;
  create_ssl();
  if (!ssl) (void)fail(DropReason::kDtlsHandshakeFailed);
}

void Transport::Impl::finish(State final_state) {
  state = final_state;
  deadline = kNever;
  openssl_timer = nullptr;
  keys.reset();
  if (final_state == State::kFailed) verified = false;
  if (!verified) data.clear();
}

DropReason Transport::Impl::fail(DropReason reason) {
  finish(State::kFailed);
  return reason;
}

Result<void> Transport::Impl::advance() {
  ERR_clear_error();
  if (!handshake_done) {
    const int result = SSL_do_handshake(ssl.get());
    if (result != 1) {
      const int cause = SSL_get_error(ssl.get(), result);
      ERR_clear_error();
      if (cause == SSL_ERROR_WANT_READ) return {};
      return fail(DropReason::kDtlsHandshakeFailed);
    }
    handshake_done = true;
    if (!export_keys()) return fail(DropReason::kDtlsHandshakeFailed);
    if (auto trusted = verify(); !trusted) return trusted;
  }
  return read_data();
}

Result<void> Transport::Impl::read_data() {
  std::array<std::uint8_t, kMaxPlain> buffer;  // NOLINT(*-member-init): 16 KiB that SSL_read fills
  while (true) {
    ERR_clear_error();
    const int size = SSL_read(ssl.get(), buffer.data(), static_cast<int>(buffer.size()));
    if (size <= 0) {
      const int cause = SSL_get_error(ssl.get(), size);
      ERR_clear_error();
      if (cause == SSL_ERROR_WANT_READ) return {};
      // close_notify is answered in kind; after a fatal alert OpenSSL sends nothing more.
      if (cause == SSL_ERROR_ZERO_RETURN) (void)SSL_shutdown(ssl.get());
      finish(State::kClosed);
      return {};
    }
    if (!verified && data.size() >= kMaxUnverifiedData) continue;
    data.emplace_back(buffer.begin(), buffer.begin() + size);
  }
}

// Once both the peer's certificate and the signalled fingerprint are there. Nothing is trusted before.
Result<void> Transport::Impl::verify() {
  if (!handshake_done || !remote_fingerprint) return {};
  const X509Ptr peer(SSL_get1_peer_certificate(ssl.get()));
  if (!peer || !fingerprint_matches(*peer, *remote_fingerprint)) {
    (void)SSL_shutdown(ssl.get());
    ERR_clear_error();
    return fail(DropReason::kDtlsFingerprintMismatch);
  }
  verified = true;
  state = State::kConnected;
  return {};
}

bool Transport::Impl::export_keys() {
  const SRTP_PROTECTION_PROFILE* profile = SSL_get_selected_srtp_profile(ssl.get());
  if (profile == nullptr) return true;  // a peer that only wants data channels
  const auto id = static_cast<std::uint16_t>(profile->id);
  const auto sizes = key_sizes(id);
  if (!sizes) return false;
  // RFC 5764 section 4.2: client key, server key, client salt, server salt.
  std::vector<std::uint8_t> material(2 * (sizes->key + sizes->salt));
  if (SSL_export_keying_material(ssl.get(), material.data(), material.size(), kExporterLabel.data(),
                                 kExporterLabel.size(), nullptr, 0, 0) != 1) {
    ERR_clear_error();
    return false;
  }
  const auto side = [&](std::size_t index) {
    const ByteView all(material);
    const ByteView key = all.subspan(index * sizes->key, sizes->key);
    const ByteView salt = all.subspan(2 * sizes->key + index * sizes->salt, sizes->salt);
    std::vector<std::uint8_t> out(key.begin(), key.end());
    out.insert(out.end(), salt.begin(), salt.end());
    return out;
  };
  const std::size_t own = role == Role::kClient ? 0 : 1;
  keys = SrtpKeys{.profile = static_cast<SrtpProfile>(id), .local = side(own), .remote = side(1 - own)};
  OPENSSL_cleanse(material.data(), material.size());
  return true;
}

Transport::Transport(std::shared_ptr<const Certificate> certificate, Role role)
    : impl_(std::make_unique<Impl>(std::move(certificate), role)) {}
Transport::~Transport() = default;
Transport::Transport(Transport&&) noexcept = default;
Transport& Transport::operator=(Transport&&) noexcept = default;

void Transport::set_remote_fingerprint(Fingerprint fingerprint) {
  impl_->remote_fingerprint = std::move(fingerprint);
  // What the state says is all there is to report: a description that does not fit arrives outside the packet path.
  if (impl_->state == State::kHandshaking || impl_->state == State::kConnected) (void)impl_->verify();
}

void Transport::start(TimePoint now) {
  if (impl_->state != State::kIdle) return;
  impl_->begin(now);
  if (impl_->role == Role::kClient && impl_->state == State::kHandshaking) (void)impl_->advance();
}

Result<void> Transport::handle_datagram(TimePoint now, ByteView datagram) {
  Impl& self = *impl_;
  if (self.state == State::kFailed || self.state == State::kClosed) return DropReason::kDtlsClosed;
  // A client that said nothing is owed nothing.
  if (self.role == Role::kClient && self.state == State::kIdle) return DropReason::kDtlsMalformed;
  const bool awaiting_hello = self.role == Role::kServer && !self.heard;
  if (!acceptable_records(datagram, self.role, awaiting_hello)) return DropReason::kDtlsMalformed;
  self.begin(now);
  if (self.state == State::kFailed) return DropReason::kDtlsHandshakeFailed;
  self.heard = true;
  self.bio.feed(datagram);
  auto result = self.advance();
  self.bio.feed({});
  return result;
}

Result<void> Transport::send(ByteView data) {
  Impl& self = *impl_;
  if (self.state == State::kFailed || self.state == State::kClosed) return DropReason::kDtlsClosed;
  if (self.state != State::kConnected) return DropReason::kSctpNotReady;
  if (data.size() > kMaxData) return DropReason::kOversizeDatagram;
  if (data.empty()) return DropReason::kSctpMalformed;
  ERR_clear_error();
  if (SSL_write(self.ssl.get(), data.data(), static_cast<int>(data.size())) > 0) return {};
  ERR_clear_error();
  return DropReason::kDtlsClosed;
}

void Transport::close() {
  Impl& self = *impl_;
  if (self.state == State::kFailed || self.state == State::kClosed) return;
  if (self.handshake_done) {
    ERR_clear_error();
    (void)SSL_shutdown(self.ssl.get());
    ERR_clear_error();
  }
  self.finish(State::kClosed);
}

std::optional<std::vector<std::uint8_t>> Transport::poll_transmit() {
  auto& outgoing = impl_->bio.outgoing();
  if (outgoing.empty()) return std::nullopt;
  auto out = std::move(outgoing.front());
  outgoing.pop_front();
  return out;
}

std::optional<std::vector<std::uint8_t>> Transport::poll_data() {
  if (!impl_->verified || impl_->data.empty()) return std::nullopt;
  auto out = std::move(impl_->data.front());
  impl_->data.pop_front();
  return out;
}

State Transport::state() const { return impl_->state; }

const SrtpKeys* Transport::srtp_keys() const {
  return impl_->state == State::kConnected && impl_->keys ? &*impl_->keys : nullptr;
}

TimePoint Transport::deadline() const { return impl_->deadline; }

void Transport::handle_timeout(TimePoint now) {
  Impl& self = *impl_;
  if (now < self.deadline) return;
  self.now = now;
  if (self.openssl_timer != nullptr) *self.openssl_timer = kLongAgo;
  ERR_clear_error();
  const long result = DTLSv1_handle_timeout(self.ssl.get());
  ERR_clear_error();
  if (result > 0) {
    ++self.stats.retransmits;
  } else if (result < 0) {
    (void)self.fail(DropReason::kDtlsHandshakeFailed);  // OpenSSL gives up after a dozen
  } else if (self.deadline <= now) {
    self.deadline = now + kClockSkewRetry;
  }
}

const Stats& Transport::stats() const { return impl_->stats; }

}  // namespace parley::dtls

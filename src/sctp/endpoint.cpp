#include "sctp/endpoint.h"

#include <arpa/inet.h>
#include <usrsctp.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "sctp/stack.h"

namespace parley::sctp {
namespace {

constexpr std::size_t kCommonHeader = 12;

sockaddr_conn conn_address(std::uintptr_t id, std::uint16_t port) {
  sockaddr_conn out{};
  out.sconn_family = AF_CONN;
  out.sconn_port = htons(port);
  out.sconn_addr = to_usrsctp(id);
  return out;
}

std::optional<Notice> association_change(const sctp_assoc_change& change) {
  switch (change.sac_state) {
    case SCTP_COMM_UP:
      return AssociationUp{change.sac_outbound_streams};
    case SCTP_COMM_LOST:
    case SCTP_RESTART:  // the peer began anew within one DTLS connection: nothing that was open still is
    case SCTP_SHUTDOWN_COMP:
    case SCTP_CANT_STR_ASSOC:
      return AssociationDown{};
    default:
      return std::nullopt;
  }
}

// The list follows the struct up to its length.
StreamsReset streams_reset(ByteView raw, const sctp_stream_reset_event& event) {
  StreamsReset out;
  out.incoming = (event.strreset_flags & SCTP_STREAM_RESET_INCOMING_SSN) != 0;
  const std::size_t end = std::min<std::size_t>(raw.size(), event.strreset_length);
  for (std::size_t at = sizeof event; at + 2 <= end; at += 2) {
    std::uint16_t stream = 0;
    std::memcpy(&stream, raw.data() + at, sizeof stream);
    out.streams.push_back(stream);
  }
  return out;
}

template <class T>
bool read_struct(ByteView raw, T& out) {
  if (raw.size() < sizeof out) return false;
  std::memcpy(&out, raw.data(), sizeof out);
  return true;
}

std::optional<Notice> parse_notification(ByteView raw) {
  std::uint16_t type = 0;
  if (!read_struct(raw, type)) return std::nullopt;
  if (type == SCTP_ASSOC_CHANGE) {
    sctp_assoc_change change{};
    if (read_struct(raw, change)) return association_change(change);
  } else if (type == SCTP_STREAM_RESET_EVENT) {
    sctp_stream_reset_event event{};
    // A request that was denied or failed will not be granted later, which is as good as done.
    if (read_struct(raw, event)) return streams_reset(raw, event);
  }
  return std::nullopt;
}

int on_receive(struct ::socket* /*so*/, union sctp_sockstore /*from*/, void* data, std::size_t length,
               sctp_rcvinfo info, int flags, void* ulp_info) {
  // Null when the association is gone, which a notification tells too.
  if (data == nullptr) return 1;
  const std::unique_ptr<void, void (*)(void*)> owner(data, std::free);
  const auto endpoint = find_endpoint(from_usrsctp(ulp_info));
  if (!endpoint) return 1;
  const ByteView bytes(static_cast<const std::uint8_t*>(data), length);
  if ((flags & MSG_NOTIFICATION) != 0) {
    if (auto notice = parse_notification(bytes)) endpoint->push_notice(std::move(*notice));
    return 1;
  }
  endpoint->push_notice(
      DataArrived{info.rcv_sid, ntohl(info.rcv_ppid), (flags & MSG_EOR) != 0, {bytes.begin(), bytes.end()}});
  return 1;
}

int on_space(struct ::socket* /*so*/, std::uint32_t free_bytes, void* ulp_info) {
  if (const auto endpoint = find_endpoint(from_usrsctp(ulp_info))) endpoint->set_free_space(free_bytes);
  return 1;
}

template <class T>
bool set_option(struct ::socket* so, int option, const T& value) {
  return usrsctp_setsockopt(so, IPPROTO_SCTP, option, &value, sizeof value) == 0;
}

bool set_buffer(struct ::socket* so, int option, std::size_t bytes) {
  const int value = static_cast<int>(std::min<std::size_t>(bytes, INT32_MAX));
  return usrsctp_setsockopt(so, SOL_SOCKET, option, &value, sizeof value) == 0;
}

}  // namespace

Endpoint::Endpoint(const Config& config, std::function<void()> wake)
    : config_(config), state_(std::make_shared<EndpointState>(std::move(wake))), id_(register_endpoint(state_)) {}

Endpoint::~Endpoint() {
  close();
  unregister_endpoint(id_);
}

// A message must fit whole; beyond one, the queue of ours holds it better, where a closed channel can take it back.
std::uint32_t Endpoint::send_buffer() const {
  return static_cast<std::uint32_t>(std::max<std::size_t>(config_.max_message_size, 128U << 10U) + (64U << 10U));
}

bool Endpoint::set_options() {
  // Sends an ABORT on close instead of lingering: DTLS goes down right after.
  const linger abort_on_close{1, 0};
  const std::uint32_t on = 1;
  const std::uint32_t off = 0;
  sctp_initmsg init{};
  // Each stream costs some hundred bytes of usrsctp's; ids go up to twice the channels, browsers take the lowest free.
  init.sinit_num_ostreams = static_cast<std::uint16_t>(std::clamp<std::size_t>(4 * config_.max_channels, 64, 65534));
  init.sinit_max_instreams = init.sinit_num_ostreams;
  sctp_paddrparams path{};
  path.spp_flags = SPP_PMTUD_DISABLE | SPP_HB_DISABLE;  // ICE's consent checks tell whether the path lives
  path.spp_pathmtu = kMaxSctpPacket - kCommonHeader;
  // A path that failed is used again only after a heartbeat. There is no other one to go to, so it must never fail by
  // itself: whether the peer is gone is the association's count to tell. usrsctp does not take a path's count back when
  // what was acknowledged had been repeated, so a smaller limit is reached in time by losses that all were made good.
  path.spp_pathmaxrxt = UINT16_MAX;
  const sctp_assoc_value reset{SCTP_FUTURE_ASSOC, SCTP_ENABLE_RESET_STREAM_REQ};
  // Above it a message is delivered in pieces: only one that is too large is, and its pieces are not kept.
  const auto delivery_point = static_cast<std::uint32_t>(config_.max_message_size + 1);
  bool ok = usrsctp_set_non_blocking(socket_, 1) == 0 &&
            usrsctp_setsockopt(socket_, SOL_SOCKET, SO_LINGER, &abort_on_close, sizeof abort_on_close) == 0 &&
            set_buffer(socket_, SO_RCVBUF, 2 * config_.max_message_size + (64U << 10U)) &&
            set_buffer(socket_, SO_SNDBUF, send_buffer()) && set_option(socket_, SCTP_NODELAY, on) &&
            set_option(socket_, SCTP_FRAGMENT_INTERLEAVE, off) && set_option(socket_, SCTP_INITMSG, init) &&
            set_option(socket_, SCTP_PEER_ADDR_PARAMS, path) && set_option(socket_, SCTP_ENABLE_STREAM_RESET, reset) &&
            set_option(socket_, SCTP_PARTIAL_DELIVERY_POINT, delivery_point);
  for (const std::uint16_t type : {SCTP_ASSOC_CHANGE, SCTP_STREAM_RESET_EVENT}) {
    sctp_event event{};
    event.se_assoc_id = SCTP_FUTURE_ASSOC;
    event.se_type = type;
    event.se_on = 1;
    ok = ok && set_option(socket_, SCTP_EVENT, event);
  }
  return ok;
}

bool Endpoint::connect() {
  const EndpointState::OwnerCall call(*state_);
  start_stack();
  usrsctp_register_address(to_usrsctp(id_));
  socket_ = usrsctp_socket(AF_CONN, SOCK_STREAM, IPPROTO_SCTP, on_receive, on_space, 0, to_usrsctp(id_));
  state_->set_free_space(send_buffer());
  auto address = conn_address(id_, config_.port);
  auto* const raw = reinterpret_cast<sockaddr*>(&address);
  if (socket_ != nullptr && set_options() && usrsctp_bind(socket_, raw, sizeof address) == 0 &&
      (usrsctp_connect(socket_, raw, sizeof address) == 0 || errno == EINPROGRESS)) {
    return true;
  }
  if (socket_ == nullptr) usrsctp_deregister_address(to_usrsctp(id_));
  close();
  return false;
}

void Endpoint::input(ByteView packet) {
  const EndpointState::OwnerCall call(*state_);
  usrsctp_conninput(to_usrsctp(id_), packet.data(), packet.size(), 0);
}

Endpoint::Sent Endpoint::send(std::uint16_t stream, Ppid ppid, ByteView payload, const ChannelConfig* how,
                              bool unordered) {
  const EndpointState::OwnerCall call(*state_);
  sctp_sendv_spa spa{};
  spa.sendv_flags = SCTP_SEND_SNDINFO_VALID;
  spa.sendv_sndinfo.snd_sid = stream;
  spa.sendv_sndinfo.snd_ppid = htonl(static_cast<std::uint32_t>(ppid));
  spa.sendv_sndinfo.snd_flags = unordered ? SCTP_UNORDERED : 0;
  if (how != nullptr && (how->max_retransmits || how->max_lifetime_ms)) {
    spa.sendv_flags |= SCTP_SEND_PRINFO_VALID;
    spa.sendv_prinfo.pr_policy = how->max_retransmits ? SCTP_PR_SCTP_RTX : SCTP_PR_SCTP_TTL;
    spa.sendv_prinfo.pr_value = how->max_retransmits ? *how->max_retransmits : *how->max_lifetime_ms;
  }
  // usrsctp takes a message whole or not at all.
  const ssize_t n =
      usrsctp_sendv(socket_, payload.data(), payload.size(), nullptr, 0, &spa, sizeof spa, SCTP_SENDV_SPA, 0);
  if (n >= 0) {
    state_->use_space(payload.size());
    return Sent::kTaken;
  }
  return errno == EWOULDBLOCK || errno == EAGAIN || errno == ENOBUFS || errno == ENOMEM ? Sent::kFull : Sent::kFailed;
}

bool Endpoint::reset_outgoing(std::uint16_t stream) {
  const EndpointState::OwnerCall call(*state_);
  struct {
    sctp_assoc_t association;
    std::uint16_t flags;
    std::uint16_t count;
    std::uint16_t stream;
  } const request{SCTP_FUTURE_ASSOC, SCTP_STREAM_RESET_OUTGOING, 1, stream};
  static_assert(sizeof request >= sizeof(sctp_reset_streams) + sizeof(std::uint16_t));
  return usrsctp_setsockopt(socket_, IPPROTO_SCTP, SCTP_RESET_STREAMS, &request,
                            sizeof(sctp_reset_streams) + sizeof(std::uint16_t)) == 0;
}

std::optional<std::vector<std::uint8_t>> Endpoint::take_packet() { return state_->take_packet(); }
std::optional<Notice> Endpoint::take_notice() { return state_->take_notice(); }

std::size_t Endpoint::unacknowledged() const {
  if (socket_ == nullptr) return 0;
  const std::size_t free_bytes = state_->free_space();
  return send_buffer() - std::min<std::size_t>(free_bytes, send_buffer());
}

void Endpoint::close() {
  if (socket_ == nullptr) {
    state_->close();
    return;
  }
  const EndpointState::OwnerCall call(*state_);
  usrsctp_close(std::exchange(socket_, nullptr));
  usrsctp_deregister_address(to_usrsctp(id_));
  state_->close();
}

}  // namespace parley::sctp

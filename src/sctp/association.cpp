#include "sctp/association.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <set>
#include <utility>

#include "sctp/dcep.h"
#include "sctp/endpoint.h"
#include "sctp/packet_check.h"

namespace parley::sctp {
namespace {

// What stands for the payload of an empty message (RFC 8831 section 6.6).
constexpr std::array<std::uint8_t, 1> kNothing = {0};

struct Channel {
  ChannelConfig config;
  bool by_peer = false;
  // The peer knows the channel. Until then messages go ordered, behind the OPEN (RFC 8832 section 6).
  bool confirmed = false;
  bool closing = false;     // close_channel was called
  bool reset_sent = false;  // our half is closed
};

struct Queued {
  std::uint16_t stream = 0;
  Ppid ppid = Ppid::kBinary;
  std::vector<std::uint8_t> payload;
};

}  // namespace

struct Association::Impl {
  Impl(const Config& c, std::function<void()> wake) : config(c), endpoint(c, std::move(wake)) {}

  void service();
  void on_notice(Notice notice);
  void on_up(const AssociationUp& notice);
  void on_data(DataArrived data);
  void on_dcep(std::uint16_t stream, ByteView message);
  void on_dcep_open(std::uint16_t stream, ByteView message);
  void on_reset(const StreamsReset& notice);
  void peer_closed(std::uint16_t stream);
  void reset(std::uint16_t stream);
  void flush();
  Endpoint::Sent offer(std::uint16_t stream, Ppid ppid, ByteView payload);
  void enqueue(std::uint16_t stream, Ppid ppid, ByteView payload);
  void forget_queued(std::uint16_t stream);
  [[nodiscard]] bool is_ours(std::uint16_t stream) const { return (stream % 2 == 0) == config.dtls_client; }
  void end();

  const Config config;
  Endpoint endpoint;
  bool up = false;
  bool ended = false;
  std::uint16_t outgoing_streams = 0;
  std::map<std::uint16_t, Channel> channels;
  std::set<std::uint16_t> resetting;  // our half is being reset: the id may not be used anew yet
  std::deque<Queued> queue;           // what usrsctp had no room for, in order
  std::size_t queued_bytes = 0;
  std::deque<Event> events;
  std::optional<DropReason> complaint;  // of the packet in hand
};

void Association::Impl::service() {
  while (!ended) {
    auto notice = endpoint.take_notice();
    if (!notice) break;
    on_notice(std::move(*notice));
  }
  if (up) flush();
}

void Association::Impl::on_notice(Notice notice) {
  if (const auto* association = std::get_if<AssociationUp>(&notice)) on_up(*association);
  if (std::holds_alternative<AssociationDown>(notice)) end();
  if (auto* data = std::get_if<DataArrived>(&notice)) on_data(std::move(*data));
  if (const auto* streams = std::get_if<StreamsReset>(&notice)) on_reset(*streams);
}

void Association::Impl::on_up(const AssociationUp& notice) {
  if (std::exchange(up, true)) return;
  outgoing_streams = notice.outgoing_streams;
  events.emplace_back(Connected{});
}

void Association::Impl::on_data(DataArrived data) {
  if (!data.complete || data.payload.size() > config.max_message_size) return end();
  const auto ppid = static_cast<Ppid>(data.ppid);
  if (ppid == Ppid::kDcep) return on_dcep(data.stream, data.payload);
  const auto it = channels.find(data.stream);
  const bool text = ppid == Ppid::kString || ppid == Ppid::kStringEmpty;
  const bool binary = ppid == Ppid::kBinary || ppid == Ppid::kBinaryEmpty;
  if (it == channels.end() || (!text && !binary)) {
    complaint = DropReason::kSctpMalformed;
    return;
  }
  it->second.confirmed = true;
  if (it->second.closing) return;
  if (ppid == Ppid::kStringEmpty || ppid == Ppid::kBinaryEmpty) data.payload.clear();
  events.emplace_back(Message{data.stream, binary, std::move(data.payload)});
}

void Association::Impl::on_dcep(std::uint16_t stream, ByteView message) {
  if (message.empty() || message[0] != kDcepAck) return on_dcep_open(stream, message);
  const auto it = channels.find(stream);
  if (it == channels.end() || it->second.by_peer) {
    complaint = DropReason::kSctpMalformed;
    return;
  }
  it->second.confirmed = true;
  if (!it->second.closing) events.emplace_back(ChannelOpened{stream, it->second.config, false});
}

void Association::Impl::on_dcep_open(std::uint16_t stream, ByteView message) {
  auto opened = parse_dcep_open(message);
  if (!opened || is_ours(stream) || channels.contains(stream)) {
    complaint = DropReason::kSctpMalformed;
    // RFC 8832 section 6: a stream in a wrong state is closed, as long as it is nobody's channel.
    if (!channels.contains(stream)) reset(stream);
    return;
  }
  if (channels.size() >= config.max_channels) {
    complaint = DropReason::kDataChannelLimit;
    return reset(stream);
  }
  Channel& channel = channels[stream];
  channel.config = std::move(*opened);
  channel.by_peer = true;
  channel.confirmed = true;
  enqueue(stream, Ppid::kDcep, std::array<std::uint8_t, 1>{kDcepAck});
  events.emplace_back(ChannelOpened{stream, channel.config, true});
}

void Association::Impl::on_reset(const StreamsReset& notice) {
  std::vector<std::uint16_t> streams = notice.streams;
  if (!notice.incoming) {
    for (const std::uint16_t stream : streams) resetting.erase(stream);
    if (streams.empty()) resetting.clear();
    return;
  }
  if (streams.empty()) {
    for (const auto& [stream, channel] : channels) streams.push_back(stream);
  }
  for (const std::uint16_t stream : streams) peer_closed(stream);
}

void Association::Impl::peer_closed(std::uint16_t stream) {
  const auto it = channels.find(stream);
  if (it == channels.end()) return;
  const bool half_open = !it->second.reset_sent;
  forget_queued(stream);
  channels.erase(it);
  if (half_open) reset(stream);
  events.emplace_back(ChannelClosed{stream});
}

void Association::Impl::reset(std::uint16_t stream) {
  if (!resetting.insert(stream).second) return;
  if (!endpoint.reset_outgoing(stream)) resetting.erase(stream);
}

// Hands the queue to usrsctp as far as it has room, then closes the channels that waited for their last message.
void Association::Impl::flush() {
  while (!queue.empty()) {
    const Queued& head = queue.front();
    if (offer(head.stream, head.ppid, head.payload) == Endpoint::Sent::kFull) return;
    queued_bytes -= head.payload.size();
    queue.pop_front();
  }
  for (auto it = channels.begin(); it != channels.end();) {
    auto& [stream, channel] = *it++;
    if (!channel.closing || channel.reset_sent) continue;
    channel.reset_sent = true;
    reset(stream);
    // A peer that cannot reset streams will never answer.
    if (!resetting.contains(stream)) peer_closed(stream);
  }
}

Endpoint::Sent Association::Impl::offer(std::uint16_t stream, Ppid ppid, ByteView payload) {
  const auto it = channels.find(stream);
  if (ppid == Ppid::kDcep || it == channels.end()) return endpoint.send(stream, ppid, payload, nullptr, false);
  const Channel& channel = it->second;
  return endpoint.send(stream, ppid, payload, &channel.config, !channel.config.ordered && channel.confirmed);
}

void Association::Impl::enqueue(std::uint16_t stream, Ppid ppid, ByteView payload) {
  if (queue.empty() && offer(stream, ppid, payload) != Endpoint::Sent::kFull) return;
  queue.push_back({stream, ppid, {payload.begin(), payload.end()}});
  queued_bytes += payload.size();
}

void Association::Impl::forget_queued(std::uint16_t stream) {
  std::erase_if(queue, [&](const Queued& q) {
    if (q.stream != stream) return false;
    queued_bytes -= q.payload.size();
    return true;
  });
}

void Association::Impl::end() {
  if (std::exchange(ended, true)) return;
  up = false;
  endpoint.close();
  queue.clear();
  queued_bytes = 0;
  channels.clear();
  events.emplace_back(Closed{});
}

Association::Association(Config config, std::function<void()> wake)
    : impl_(std::make_unique<Impl>(config, std::move(wake))) {}
Association::~Association() = default;

void Association::connect() {
  if (impl_->ended || impl_->endpoint.open()) return;
  if (!impl_->endpoint.connect()) impl_->end();
}

Result<void> Association::handle_packet(ByteView packet) {
  if (!impl_->endpoint.open()) return DropReason::kSctpNotReady;
  if (auto checked = check_packet(packet, impl_->config.port); !checked) return checked;
  impl_->complaint.reset();
  impl_->endpoint.input(packet);
  impl_->service();
  if (impl_->complaint) return *impl_->complaint;
  return {};
}

Result<std::uint16_t> Association::open_channel(const ChannelConfig& config) {
  Impl& io = *impl_;
  if (!io.up) return DropReason::kSctpNotReady;
  if (io.channels.size() >= io.config.max_channels) return DropReason::kDataChannelLimit;
  std::uint32_t stream = io.config.dtls_client ? 0 : 1;
  while (stream < io.outgoing_streams && (io.channels.contains(static_cast<std::uint16_t>(stream)) ||
                                          io.resetting.contains(static_cast<std::uint16_t>(stream)))) {
    stream += 2;
  }
  if (stream >= io.outgoing_streams) return DropReason::kDataChannelLimit;
  const auto id = static_cast<std::uint16_t>(stream);
  io.channels[id].config = config;
  io.enqueue(id, Ppid::kDcep, write_dcep_open(config));
  return id;
}

Result<void> Association::send(std::uint16_t stream, ByteView payload, bool binary) {
  Impl& io = *impl_;
  const auto it = io.channels.find(stream);
  if (!io.up || it == io.channels.end() || it->second.closing) return DropReason::kSctpNotReady;
  if (payload.size() > io.config.max_message_size) return DropReason::kDataMessageTooLarge;
  if (buffered_amount() + payload.size() > io.config.max_send_buffer) return DropReason::kDataBackpressure;
  if (payload.empty()) {
    io.enqueue(stream, binary ? Ppid::kBinaryEmpty : Ppid::kStringEmpty, kNothing);
  } else {
    io.enqueue(stream, binary ? Ppid::kBinary : Ppid::kString, payload);
  }
  return {};
}

std::size_t Association::buffered_amount() const { return impl_->queued_bytes + impl_->endpoint.unacknowledged(); }

void Association::close_channel(std::uint16_t stream) {
  const auto it = impl_->channels.find(stream);
  if (it == impl_->channels.end()) return;
  it->second.closing = true;
  impl_->service();
}

std::optional<std::vector<std::uint8_t>> Association::poll_transmit() {
  impl_->service();
  return impl_->endpoint.take_packet();
}

std::optional<Event> Association::poll_event() {
  impl_->service();
  if (impl_->events.empty()) return std::nullopt;
  Event event = std::move(impl_->events.front());
  impl_->events.pop_front();
  return event;
}

void Association::close() { impl_->end(); }

}  // namespace parley::sctp

#include "shard/shard.h"

#include <cstring>
#include <utility>

#include "base/log.h"
#include "ice/lite_agent.h"
#include "net/clock.h"
#include "sctp/association.h"

namespace parley::shard {
namespace {

constexpr Duration kTickInterval = 1s;
// An ICE-TCP peer sends consent checks every few seconds; silence for twice the consent time is a dead connection.
constexpr Duration kTcpIdle = 30s;

room::MediaShardConfig media_config(const Config& config, room::ShardIndex index,
                                    std::function<void(TransportId)> sctp_wake) {
  room::MediaShardConfig out;
  out.index = index;
  out.certificate = config.certificate;
  out.max_packets = config.max_packets_per_shard;
  out.consent_timeout = config.consent_timeout;
  out.establish_timeout = config.establish_timeout;
  out.max_data_message = config.max_data_message;
  out.max_data_buffer = config.max_data_buffer;
  out.rates = config.rates;
  out.sctp_wake = std::move(sctp_wake);
  return out;
}

}  // namespace

Shard::Shard(const Config& config, room::ShardIndex index, net::UdpSocket socket, Mailbox<room::MediaEvent>& events)
    : index_(index),
      socket_(std::move(socket)),
      events_(events),
      commands_([this] { loop_.wake(); }),
      link_messages_([this] { loop_.wake(); }),
      sctp_ready_([this] { loop_.wake(); }),
      handovers_([this] { loop_.wake(); }),
      media_(media_config(config, index, [this](TransportId id) { sctp_ready_.post(id); }), random_, *this, *this),
      batch_(socket_, media_.drops()) {}

Shard::~Shard() { stop(); }

void Shard::stop() {
  loop_.stop();
  if (thread_.joinable()) thread_.join();
}

void Shard::connect(const std::vector<std::unique_ptr<Shard>>& all) {
  for (const auto& shard : all) {
    siblings_.push_back(shard.get());
    inbound_.push_back(shard.get() == this ? nullptr : std::make_unique<PacketRing>(kLinkPackets));
  }
  to_wake_.assign(all.size(), false);
}

Result<void, Error> Shard::listen_tcp(const Address& local, net::TcpLimits limits) {
  auto listener = net::TcpListener::listen(
      loop_, local, limits,
      [this](TimePoint /*now*/, ByteView first, net::TcpHandover handover) { route_tcp(first, std::move(handover)); });
  if (!listener) return listener.error();
  listener_ = std::move(*listener);
  return {};
}

void Shard::start() {
  thread_ = std::thread([this] { run(); });
}

void Shard::run() {
  const TimePoint now = net::now();
  next_tick_ = now + kTickInterval;
  // usrsctp's timers are one for the process: shard 0 drives them for all.
  if (index_ == 0) next_sctp_ = now;
  const auto added = loop_.add(socket_.fd(), EPOLLIN, [this](TimePoint at, std::uint32_t /*events*/) { receive(at); });
  if (!added) {
    log::error("shard", "cannot watch the UDP socket", {{"shard", index_}, {"error", added.error().message}});
    return;
  }
  loop_.run([this] { return next_deadline(); }, [this](TimePoint at) { on_turn(at); });
}

TimePoint Shard::next_deadline() const {
  TimePoint when = soonest(media_.deadline(), soonest(next_tick_, next_sctp_));
  if (listener_) when = soonest(when, listener_->deadline());
  return when;
}

void Shard::receive(TimePoint now) {
  socket_.receive_batch(media_.pool(), media_.drops(), [this, now](PacketRef packet, const Address& from) {
    media_.handle_datagram(now, from, std::move(packet));
  });
}

void Shard::on_turn(TimePoint now) {
  take_mail(now);
  take_link_packets(now);
  if (now >= next_sctp_) {
    sctp::Stack::handle_timers(now);
    next_sctp_ = now + sctp::Stack::kTimerInterval;
  }
  sctp_ready_.take(sctp_scratch_);
  for (const TransportId transport : sctp_scratch_) media_.collect(now, transport);
  media_.handle_timeout(now);
  if (listener_) listener_->handle_timeout(now);
  if (now >= next_tick_) tick(now);
  batch_.flush();
  while (auto event = media_.poll_event()) events_.post(std::move(*event));
  for (std::size_t i = 0; i < to_wake_.size(); ++i) {
    if (to_wake_[i]) siblings_[i]->loop_.wake();
    to_wake_[i] = false;
  }
  for (const Address& address : tcp_closed_) {
    tcp_.erase(address);
    media_.address_gone(address);
  }
  tcp_closed_.clear();
}

void Shard::take_mail(TimePoint now) {
  commands_.take(command_scratch_);
  for (room::MediaCommand& command : command_scratch_) media_.handle_command(now, std::move(command));
  handovers_.take(handover_scratch_);
  for (net::TcpHandover& handover : handover_scratch_) adopt_tcp(now, std::move(handover));
  link_messages_.take(link_scratch_);
  for (const LinkEnvelope& envelope : link_scratch_) media_.handle_link_message(now, envelope.from, envelope.message);
}

void Shard::take_link_packets(TimePoint now) {
  for (const auto& ring : inbound_) {
    if (!ring) continue;
    // At most one ringful a turn, so that a busy sibling cannot keep us from our own socket.
    for (std::size_t i = 0; i < kLinkPackets; ++i) {
      LinkPacket* in = ring->front();
      if (in == nullptr) break;
      forward::FeedPacket packet = in->head;
      packet.packet = media_.pool().copy_of(ByteView(in->bytes).first(in->size));
      const FeedId feed = in->feed;
      ring->pop();
      if (!packet.packet) {
        media_.drops().count(DropReason::kPoolExhausted);
        continue;
      }
      media_.handle_link_packet(now, feed, packet);
    }
  }
}

ByteSpan Shard::reserve() {
  slot_ = batch_.reserve();
  return slot_;
}

void Shard::commit(std::size_t size, const Address& to) {
  if (to.protocol == Protocol::kUdp) {
    batch_.commit(size, to);
    return;
  }
  const auto connection = tcp_.find(to);
  if (connection == tcp_.end()) {
    media_.drops().count(DropReason::kUnknownAddress);
  } else if (const auto sent = connection->second->send(slot_.first(size)); !sent) {
    media_.drops().count(sent.error());
  }
  batch_.commit(0, to);
}

Result<void> Shard::send_packet(room::ShardIndex to, FeedId feed, const forward::FeedPacket& packet) {
  PacketRing& ring = *siblings_[to]->inbound_[index_];
  LinkPacket* out = ring.try_claim();
  if (out == nullptr) return DropReason::kMailboxFull;
  const ByteView bytes = packet.packet.bytes();
  out->feed = feed;
  // The reference stays behind: its count belongs to this thread.
  forward::FeedPacket head = packet;
  head.packet.reset();
  out->head = std::move(head);
  out->size = static_cast<std::uint16_t>(bytes.size());
  std::memcpy(out->bytes.data(), bytes.data(), bytes.size());
  ring.publish();
  to_wake_[to] = true;
  return {};
}

void Shard::send(room::ShardIndex to, room::LinkMessage message) {
  siblings_[to]->link_messages_.post({index_, message});
}

void Shard::route_tcp(ByteView first, net::TcpHandover handover) {
  const auto ufrag = ice::peek_local_ufrag(first);
  if (!ufrag) {
    media_.drops().count(ufrag.error());
    return;
  }
  const auto shard = ice::shard_of(*ufrag);
  if (!shard || *shard >= siblings_.size()) {
    media_.drops().count(DropReason::kStunUnknownUfrag);
    return;
  }
  siblings_[*shard]->handovers_.post(std::move(handover));
}

void Shard::adopt_tcp(TimePoint now, net::TcpHandover handover) {
  const Address peer = handover.peer;
  net::TcpConnection::Handlers handlers;
  handlers.on_packet = [this, peer](TimePoint at, ByteView bytes) {
    PacketRef packet = media_.pool().copy_of(bytes);
    if (!packet) {
      media_.drops().count(DropReason::kPoolExhausted);
      return;
    }
    media_.handle_datagram(at, peer, std::move(packet));
  };
  handlers.on_close = [this, peer](TimePoint /*at*/, net::TcpCloseReason /*reason*/) { tcp_closed_.push_back(peer); };
  tcp_[peer] = std::make_unique<net::TcpConnection>(loop_, std::move(handover), now, kTcpIdle, std::move(handlers));
}

void Shard::tick(TimePoint now) {
  next_tick_ = now + kTickInterval;
  for (const auto& [address, connection] : tcp_) {
    if (connection->deadline() <= now) connection->handle_timeout(now);
  }
  publish_stats();
}

void Shard::publish_stats() {
  ShardStats stats;
  stats.media = media_.stats();
  stats.loop = loop_.stats();
  stats.received = socket_.stats();
  stats.sent = batch_.stats();
  stats.tcp_connections = tcp_.size();
  const std::lock_guard lock(stats_mutex_);
  published_ = stats;
}

ShardStats Shard::stats() const {
  const std::lock_guard lock(stats_mutex_);
  return published_;
}

}  // namespace parley::shard

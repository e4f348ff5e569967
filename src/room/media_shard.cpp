#include "room/media_shard.h"

#include <algorithm>
#include <deque>
#include <unordered_map>
#include <utility>

#include "base/deadline_queue.h"
#include "base/log.h"
#include "forward/speakers.h"
#include "peer/demux.h"
#include "room/media_peer.h"

namespace parley::room {
namespace {

// Histories of feeds that went quiet are emptied about this often.
constexpr Duration kSweepInterval = 500ms;

std::vector<sctp::ChannelConfig> server_channels() {
  std::vector<sctp::ChannelConfig> out(3);
  out[0].label = label_of(DataChannel::kReliable);
  out[1].label = label_of(DataChannel::kLossy);
  out[1].ordered = false;
  out[1].max_retransmits = 0;
  out[2].label = label_of(DataChannel::kDataTrack);
  out[2].ordered = false;
  out[2].max_retransmits = 0;
  return out;
}

}  // namespace

std::string_view label_of(DataChannel channel) {
  switch (channel) {
    case DataChannel::kLossy:
      return "_lossy";
    case DataChannel::kDataTrack:
      return "_data_track";
    case DataChannel::kReliable:
      break;
  }
  return "_reliable";
}

struct MediaShard::Impl {
  Impl(MediaShardConfig cfg, RandomSource& rng, PacketSink& out, FeedLink& between)
      : config(std::move(cfg)),
        pool(config.max_packets),
        link(between),
        sink(out),
        context{out, stats, rng, pending, config.rates} {}

  struct RoomVoices {
    forward::SpeakerDetector detector;
    DeadlineQueue<RoomId>::Ticket ticket;
    std::size_t audio_feeds = 0;
  };

  // Declared before everything that holds packets, so that it outlives them.
  MediaShardConfig config;
  PacketPool pool;
  FeedLink& link;
  PacketSink& sink;
  MediaShardStats stats;
  std::vector<MediaEvent> pending;  // made by the call in progress
  std::deque<MediaEvent> events;
  MediaContext context;
  std::unordered_map<TransportId, std::unique_ptr<MediaPeer>> peers;
  std::unordered_map<std::string, MediaPeer*> by_ufrag;
  std::unordered_map<Address, MediaPeer*> by_address;
  std::unordered_map<FeedId, std::unique_ptr<MediaFeed>> feeds;
  std::unordered_map<RoomId, RoomVoices> rooms;
  DeadlineQueue<TransportId> peer_deadlines;
  DeadlineQueue<RoomId> room_deadlines;
  TimePoint next_sweep = kNever;
  RtcpEffects effects;

  // ---- commands ----
  void carry_out(TimePoint now, CreateTransport& command);
  void carry_out(TimePoint now, SetRemote& command);
  void carry_out(TimePoint now, RestartIce& command);
  void carry_out(TimePoint now, CloseTransport& command);
  void carry_out(TimePoint now, AddIncoming& command);
  void carry_out(TimePoint now, UpdateIncoming& command);
  void carry_out(TimePoint now, MuteIncoming& command);
  void carry_out(TimePoint now, RemoveIncoming& command);
  void carry_out(TimePoint now, AddOutgoing& command);
  void carry_out(TimePoint now, UpdateOutgoing& command);
  void carry_out(TimePoint now, RemoveOutgoing& command);
  void carry_out(TimePoint now, SendData& command);

  MediaPeer* find_peer(TransportId id);
  void add_ufrag(MediaPeer& peer, const std::string& ufrag);
  void add_address(MediaPeer& peer, const Address& address);
  MediaFeed& ensure_feed(FeedId id, ShardIndex home, MediaKind kind);
  void drop_feed_if_unused(FeedId id);
  void stop_incoming(MediaPeer& peer, FeedId id);
  void stop_outgoing(MediaPeer& peer, FeedId id);

  // ---- packets ----
  Result<MediaPeer*> find_target(const Address& from, ByteView datagram);
  Result<void> receive(TimePoint now, const Address& from, PacketRef packet);
  void distribute(TimePoint now, MediaFeed& feed, const forward::FeedPacket& packet);
  void forward_to(TimePoint now, MediaSubscriber& subscriber, const forward::FeedPacket& packet);
  void ask_keyframe(TimePoint now, MediaFeed& feed, std::uint8_t layer);
  void ask_if_wanted(TimePoint now, MediaSubscriber& subscriber);
  void set_clock(MediaFeed& feed, const forward::FeedClock& clock);
  void apply_effects(TimePoint now);
  void hear(TimePoint now, MediaPeer& peer, const MediaFeed& feed, const rtp::AudioLevel& level);

  // ---- time ----
  void touch(MediaPeer& peer);
  void run_peers(TimePoint now);
  void run_rooms(TimePoint now);
  void publish_events();
};

// ---- commands ----

MediaPeer* MediaShard::Impl::find_peer(TransportId id) {
  const auto found = peers.find(id);
  return found == peers.end() ? nullptr : found->second.get();
}

void MediaShard::Impl::add_ufrag(MediaPeer& peer, const std::string& ufrag) {
  if (by_ufrag.try_emplace(ufrag, &peer).second) peer.ufrags.push_back(ufrag);
  // The one before stays valid until the restart is complete; older ones are of no use.
  while (peer.ufrags.size() > 2) {
    by_ufrag.erase(peer.ufrags.front());
    peer.ufrags.erase(peer.ufrags.begin());
  }
}

void MediaShard::Impl::add_address(MediaPeer& peer, const Address& address) {
  MediaPeer*& owner = by_address[address];
  if (owner == &peer) return;
  if (owner != nullptr) std::erase(owner->addresses, address);
  owner = &peer;
  peer.addresses.push_back(address);
  if (peer.addresses.size() <= MediaPeer::kMaxAddresses) return;
  const auto selected = peer.transport().remote_address();
  const auto oldest = std::find_if(peer.addresses.begin(), peer.addresses.end(),
                                   [&](const Address& a) { return !selected || a != *selected; });
  by_address.erase(*oldest);
  peer.addresses.erase(oldest);
}

void MediaShard::Impl::carry_out(TimePoint now, CreateTransport& command) {
  peer::Config peer_config;
  peer_config.local = command.local;
  peer_config.certificate = config.certificate;
  peer_config.ice.consent_timeout = config.consent_timeout;
  peer_config.ice.establish_timeout = config.establish_timeout;
  peer_config.max_message_size = config.max_data_message;
  peer_config.max_data_buffer = config.max_data_buffer;
  if (command.open_data_channels) peer_config.channels = server_channels();
  peer_config.wake = [wake = config.sctp_wake, id = command.transport] {
    if (wake) wake(id);
  };
  auto peer = std::make_unique<MediaPeer>(now, command, std::move(peer_config), context);
  by_ufrag[command.local.ufrag] = peer.get();
  MediaPeer& added = *peer;
  peers[command.transport] = std::move(peer);
  if (next_sweep == kNever) next_sweep = now + kSweepInterval;
  touch(added);
}

void MediaShard::Impl::carry_out(TimePoint now, SetRemote& command) {
  MediaPeer* peer = find_peer(command.transport);
  if (peer == nullptr) return;
  if (peer->transport().ice().local() != command.local) {
    peer->transport().restart_ice(command.local);
    add_ufrag(*peer, command.local.ufrag);
  }
  peer->transport().set_remote(now, {command.remote, command.fingerprint, command.local_role});
  peer->flush(now);
  touch(*peer);
}

void MediaShard::Impl::carry_out(TimePoint /*now*/, RestartIce& command) {
  MediaPeer* peer = find_peer(command.transport);
  if (peer == nullptr) return;
  peer->transport().restart_ice(command.local);
  add_ufrag(*peer, command.local.ufrag);
}

void MediaShard::Impl::carry_out(TimePoint now, CloseTransport& command) {
  MediaPeer* peer = find_peer(command.transport);
  if (peer == nullptr) return;
  for (const FeedId feed : peer->incoming_feeds()) stop_incoming(*peer, feed);
  for (const FeedId feed : peer->outgoing_feeds()) stop_outgoing(*peer, feed);
  peer->transport().close();
  peer->flush(now);
  for (const std::string& ufrag : peer->ufrags) by_ufrag.erase(ufrag);
  for (const Address& address : peer->addresses) by_address.erase(address);
  peers.erase(command.transport);
}

MediaFeed& MediaShard::Impl::ensure_feed(FeedId id, ShardIndex home, MediaKind kind) {
  auto& feed = feeds[id];
  if (!feed) feed = std::make_unique<MediaFeed>(id, home, kind);
  return *feed;
}

void MediaShard::Impl::drop_feed_if_unused(FeedId id) {
  const auto found = feeds.find(id);
  if (found == feeds.end()) return;
  if (!found->second->unused()) return;
  if (found->second->home != config.index) link.send(found->second->home, UnsubscribeFeed{id});
  feeds.erase(found);
}

void MediaShard::Impl::carry_out(TimePoint now, AddIncoming& command) {
  MediaPeer* peer = find_peer(command.transport);
  if (peer == nullptr) return;
  MediaFeed& feed = ensure_feed(command.feed, config.index, command.config.kind);
  if (feed.origin != nullptr) return;
  const bool muted = command.config.muted;
  feed.origin = peer;
  feed.kind = command.config.kind;
  feed.origin_slot = peer->add_incoming(std::move(command.config), feed);
  if (muted) peer->mute_incoming(now, feed.origin_slot, true);
  if (feed.kind == MediaKind::kAudio) ++rooms[peer->room()].audio_feeds;
  // Subscribers may have been waiting for it.
  for (MediaSubscriber* subscriber : feed.subscribers) ask_if_wanted(now, *subscriber);
  touch(*peer);
}

void MediaShard::Impl::carry_out(TimePoint /*now*/, UpdateIncoming& command) {
  const auto feed = feeds.find(command.feed);
  if (feed == feeds.end() || feed->second->origin == nullptr) return;
  MediaPeer& peer = *feed->second->origin;
  peer.update_incoming(feed->second->origin_slot, std::move(command.config));
  touch(peer);
}

void MediaShard::Impl::carry_out(TimePoint now, MuteIncoming& command) {
  const auto feed = feeds.find(command.feed);
  if (feed == feeds.end() || feed->second->origin == nullptr) return;
  MediaPeer& peer = *feed->second->origin;
  peer.mute_incoming(now, feed->second->origin_slot, command.muted);
  if (command.muted && feed->second->kind == MediaKind::kAudio) {
    const auto room = rooms.find(peer.room());
    if (room != rooms.end()) room->second.detector.remove(command.feed);
  }
  touch(peer);
}

void MediaShard::Impl::stop_incoming(MediaPeer& peer, FeedId id) {
  const auto found = feeds.find(id);
  if (found == feeds.end() || found->second->origin != &peer) return;
  MediaFeed& feed = *found->second;
  if (feed.kind == MediaKind::kAudio) {
    const auto room = rooms.find(peer.room());
    if (room != rooms.end()) {
      room->second.detector.remove(id);
      if (--room->second.audio_feeds == 0 && room->second.detector.deadline() == kNever) rooms.erase(room);
    }
  }
  peer.remove_incoming(feed.origin_slot);
  feed.origin = nullptr;
  drop_feed_if_unused(id);
}

void MediaShard::Impl::carry_out(TimePoint /*now*/, RemoveIncoming& command) {
  if (MediaPeer* peer = find_peer(command.transport)) stop_incoming(*peer, command.feed);
}

void MediaShard::Impl::carry_out(TimePoint now, AddOutgoing& command) {
  MediaPeer* peer = find_peer(command.transport);
  if (peer == nullptr || peer->outgoing(command.feed) != nullptr) return;
  const bool replica = command.feed_shard != config.index;
  const bool known = feeds.contains(command.feed);
  MediaFeed& feed = ensure_feed(command.feed, command.feed_shard, command.config.kind);
  if (replica && !known) link.send(feed.home, SubscribeFeed{feed.id});
  MediaSubscriber& subscriber = peer->add_outgoing(feed, std::move(command.config));
  subscriber.held_until = now + command.hold;
  feed.subscribers.push_back(&subscriber);
  for (const auto& clock : feed.clocks) {
    if (clock) subscriber.track.handle_clock(*clock);
  }
  ask_if_wanted(now, subscriber);
  touch(*peer);
}

void MediaShard::Impl::carry_out(TimePoint now, UpdateOutgoing& command) {
  MediaPeer* peer = find_peer(command.transport);
  MediaSubscriber* subscriber = peer == nullptr ? nullptr : peer->outgoing(command.feed);
  if (subscriber == nullptr) return;
  subscriber->track.set_target(command.target);
  ask_if_wanted(now, *subscriber);
}

void MediaShard::Impl::stop_outgoing(MediaPeer& peer, FeedId id) {
  MediaSubscriber* subscriber = peer.outgoing(id);
  if (subscriber == nullptr) return;
  std::erase(subscriber->feed.subscribers, subscriber);
  peer.remove_outgoing(id);
  drop_feed_if_unused(id);
}

void MediaShard::Impl::carry_out(TimePoint /*now*/, RemoveOutgoing& command) {
  if (MediaPeer* peer = find_peer(command.transport)) stop_outgoing(*peer, command.feed);
}

void MediaShard::Impl::carry_out(TimePoint now, SendData& command) {
  MediaPeer* peer = find_peer(command.transport);
  if (peer == nullptr) return;
  if (const auto sent = peer->send_data(command.channel, *command.payload); !sent) stats.drops.count(sent.error());
  peer->flush(now);
  touch(*peer);
}

// ---- packets ----

Result<MediaPeer*> MediaShard::Impl::find_target(const Address& from, ByteView datagram) {
  if (peer::classify(datagram) == peer::DatagramKind::kStun) {
    const auto ufrag = ice::peek_local_ufrag(datagram);
    if (!ufrag) return ufrag.error();
    const auto found = by_ufrag.find(std::string(*ufrag));
    if (found == by_ufrag.end()) return DropReason::kStunUnknownUfrag;
    return found->second;
  }
  const auto found = by_address.find(from);
  if (found == by_address.end()) return DropReason::kUnknownAddress;
  return found->second;
}

Result<void> MediaShard::Impl::receive(TimePoint now, const Address& from, PacketRef packet) {
  const auto target = find_target(from, packet.bytes());
  if (!target) return target.error();
  MediaPeer& peer = **target;
  const auto received = peer.transport().handle_datagram(now, from, packet.mutable_bytes());
  Result<void> result;
  if (!received) {
    result = received.error();
  } else if (received->kind == peer::Received::Kind::kNone) {
    if (received->address_authenticated) add_address(peer, from);
  } else {
    packet.set_size(received->size);
    if (received->kind == peer::Received::Kind::kRtp) {
      auto published = peer.handle_rtp(now, std::move(packet));
      if (published) {
        distribute(now, *published->feed, published->packet);
        if (published->packet.audio_level) hear(now, peer, *published->feed, *published->packet.audio_level);
      } else {
        result = published.error();
      }
    } else {
      result = peer.handle_rtcp(now, packet.bytes(), effects);
      apply_effects(now);
    }
  }
  peer.flush(now);
  touch(peer);
  return result;
}

void MediaShard::Impl::distribute(TimePoint now, MediaFeed& feed, const forward::FeedPacket& packet) {
  feed.history.add(packet);
  for (MediaSubscriber* subscriber : feed.subscribers) forward_to(now, *subscriber, packet);
  for (const ShardIndex shard : feed.replicas) {
    if (const auto sent = link.send_packet(shard, feed.id, packet); !sent) stats.drops.count(sent.error());
  }
}

void MediaShard::Impl::forward_to(TimePoint now, MediaSubscriber& subscriber, const forward::FeedPacket& packet) {
  if (!subscriber.peer.connected()) return;
  if (now < subscriber.held_until) return stats.drops.count(DropReason::kAwaitingAnswer);
  const ByteSpan slot = sink.reserve();
  const auto sent = subscriber.track.write(now, packet, slot.first(kMaxPacketSize));
  if (!sent) {
    stats.drops.count(sent.error());
  } else if (const auto done = subscriber.peer.send_rtp(slot, *sent); !done) {
    stats.drops.count(done.error());
  }
  ask_if_wanted(now, subscriber);
}

void MediaShard::Impl::ask_if_wanted(TimePoint now, MediaSubscriber& subscriber) {
  if (now < subscriber.held_until) return;
  if (const auto layer = subscriber.track.wanted_keyframe(now)) ask_keyframe(now, subscriber.feed, *layer);
}

void MediaShard::Impl::ask_keyframe(TimePoint now, MediaFeed& feed, std::uint8_t layer) {
  if (feed.home != config.index) {
    link.send(feed.home, RequestKeyframe{feed.id, layer});
    return;
  }
  if (feed.origin == nullptr) return;
  feed.origin->request_keyframe(now, feed.origin_slot, layer);
  touch(*feed.origin);
}

void MediaShard::Impl::set_clock(MediaFeed& feed, const forward::FeedClock& clock) {
  if (clock.layer >= feed.clocks.size()) return;
  feed.clocks[clock.layer] = clock;
  for (MediaSubscriber* subscriber : feed.subscribers) subscriber->track.handle_clock(clock);
  for (const ShardIndex shard : feed.replicas) link.send(shard, FeedClockUpdate{feed.id, clock});
}

void MediaShard::Impl::apply_effects(TimePoint now) {
  for (const RtcpEffects::Clock& update : effects.clocks) set_clock(*update.feed, update.clock);
  for (MediaSubscriber* subscriber : effects.keyframes) ask_if_wanted(now, *subscriber);
  effects.clear();
}

void MediaShard::Impl::hear(TimePoint now, MediaPeer& peer, const MediaFeed& feed, const rtp::AudioLevel& level) {
  const auto room = rooms.find(peer.room());
  if (room == rooms.end()) return;
  room->second.detector.observe(now, feed.id, level);
  room_deadlines.schedule(room->first, room->second.ticket, room->second.detector.deadline());
}

// ---- time ----

void MediaShard::Impl::touch(MediaPeer& peer) { peer_deadlines.schedule(peer.id(), peer.ticket, peer.deadline()); }

void MediaShard::Impl::run_peers(TimePoint now) {
  while (const auto due = peer_deadlines.pop(now)) {
    MediaPeer* peer = find_peer(due->id);
    if (peer == nullptr || peer->ticket.scheduled != due->when) continue;
    peer->ticket.scheduled = kNever;
    if (peer->deadline() <= now) {
      peer->handle_timeout(now);
      peer->flush(now);
      // A deadline that has not moved on would spin the loop; a millisecond later is soon enough for anything.
      peer_deadlines.schedule(peer->id(), peer->ticket, std::max(peer->deadline(), now + 1ms));
    } else {
      touch(*peer);
    }
  }
}

void MediaShard::Impl::run_rooms(TimePoint now) {
  while (const auto due = room_deadlines.pop(now)) {
    const auto room = rooms.find(due->id);
    if (room == rooms.end() || room->second.ticket.scheduled != due->when) continue;
    room->second.ticket.scheduled = kNever;
    if (const auto speakers = room->second.detector.poll(now)) {
      SpeakersChanged event;
      event.room = room->first;
      event.shard = config.index;
      for (const forward::Speaker& speaker : *speakers) event.speakers.push_back({speaker.feed, speaker.level});
      pending.emplace_back(std::move(event));
    }
    if (room->second.audio_feeds == 0 && room->second.detector.deadline() == kNever) {
      rooms.erase(room);
    } else {
      room_deadlines.schedule(due->id, room->second.ticket, room->second.detector.deadline());
    }
  }
}

void MediaShard::Impl::publish_events() {
  for (MediaEvent& event : pending) events.push_back(std::move(event));
  pending.clear();
}

// ---- the class ----

MediaShard::MediaShard(MediaShardConfig config, RandomSource& random, PacketSink& sink, FeedLink& link)
    : impl_(std::make_unique<Impl>(std::move(config), random, sink, link)) {}

MediaShard::~MediaShard() = default;

PacketPool& MediaShard::pool() { return impl_->pool; }
DropCounters& MediaShard::drops() { return impl_->stats.drops; }

void MediaShard::handle_command(TimePoint now, MediaCommand command) {
  std::visit([&](auto& alternative) { impl_->carry_out(now, alternative); }, command);
  impl_->publish_events();
}

void MediaShard::handle_datagram(TimePoint now, const Address& from, PacketRef packet) {
  ++impl_->stats.packets_in;
  impl_->stats.bytes_in += packet.bytes().size();
  if (const auto done = impl_->receive(now, from, std::move(packet)); !done) impl_->stats.drops.count(done.error());
  impl_->publish_events();
}

void MediaShard::handle_link_packet(TimePoint now, FeedId feed, const forward::FeedPacket& packet) {
  const auto found = impl_->feeds.find(feed);
  if (found != impl_->feeds.end()) impl_->distribute(now, *found->second, packet);
}

void MediaShard::handle_link_message(TimePoint now, ShardIndex from, const LinkMessage& message) {
  if (const auto* subscribe = std::get_if<SubscribeFeed>(&message)) {
    MediaFeed& feed = impl_->ensure_feed(subscribe->feed, impl_->config.index, MediaKind::kVideo);
    if (std::find(feed.replicas.begin(), feed.replicas.end(), from) == feed.replicas.end()) {
      feed.replicas.push_back(from);
    }
    for (const auto& clock : feed.clocks) {
      if (clock) impl_->link.send(from, FeedClockUpdate{feed.id, *clock});
    }
  } else if (const auto* unsubscribe = std::get_if<UnsubscribeFeed>(&message)) {
    const auto found = impl_->feeds.find(unsubscribe->feed);
    if (found == impl_->feeds.end()) return;
    std::erase(found->second->replicas, from);
    impl_->drop_feed_if_unused(unsubscribe->feed);
  } else if (const auto* keyframe = std::get_if<RequestKeyframe>(&message)) {
    const auto found = impl_->feeds.find(keyframe->feed);
    if (found != impl_->feeds.end()) impl_->ask_keyframe(now, *found->second, keyframe->layer);
  } else if (const auto* update = std::get_if<FeedClockUpdate>(&message)) {
    const auto found = impl_->feeds.find(update->feed);
    if (found != impl_->feeds.end()) impl_->set_clock(*found->second, update->clock);
  }
  impl_->publish_events();
}

void MediaShard::handle_timeout(TimePoint now) {
  impl_->run_peers(now);
  impl_->run_rooms(now);
  if (now >= impl_->next_sweep) {
    for (const auto& [id, feed] : impl_->feeds) feed->history.expire(now);
    impl_->next_sweep = impl_->peers.empty() ? kNever : now + kSweepInterval;
  }
  impl_->publish_events();
}

TimePoint MediaShard::deadline() const {
  return soonest(soonest(impl_->peer_deadlines.next(), impl_->room_deadlines.next()), impl_->next_sweep);
}

void MediaShard::collect(TimePoint now, TransportId transport) {
  MediaPeer* peer = impl_->find_peer(transport);
  if (peer == nullptr) return;
  peer->transport().collect();
  peer->flush(now);
  impl_->touch(*peer);
  impl_->publish_events();
}

void MediaShard::address_gone(const Address& address) {
  const auto found = impl_->by_address.find(address);
  if (found == impl_->by_address.end()) return;
  std::erase(found->second->addresses, address);
  impl_->by_address.erase(found);
}

std::optional<MediaEvent> MediaShard::poll_event() {
  if (impl_->events.empty()) return std::nullopt;
  MediaEvent event = std::move(impl_->events.front());
  impl_->events.pop_front();
  return event;
}

MediaShardStats MediaShard::stats() const {
  MediaShardStats out = impl_->stats;
  out.transports = impl_->peers.size();
  out.feeds = impl_->feeds.size();
  for (const auto& [id, feed] : impl_->feeds) out.subscriptions += feed->subscribers.size();
  for (const auto& [id, peer] : impl_->peers) peer->add_request_counts(out);
  out.pool_in_use = impl_->pool.in_use();
  return out;
}

}  // namespace parley::room

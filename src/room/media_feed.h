// A feed as one shard holds it: the history that retransmissions come from, and who receives it here.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "base/ids.h"
#include "forward/incoming_track.h"
#include "forward/outgoing_track.h"
#include "forward/packet_history.h"
#include "room/media_api.h"

namespace parley::room {

class MediaPeer;
struct MediaFeed;

// One subscription. Owned by its MediaPeer; the feed only points at it.
struct MediaSubscriber {
  MediaSubscriber(MediaPeer& owner, MediaFeed& source, forward::OutgoingConfig config, RandomSource& random)
      : peer(owner), feed(source), track(std::move(config), random) {}

  MediaPeer& peer;
  MediaFeed& feed;
  forward::OutgoingTrack track;
  TimePoint held_until{};  // the client may not know of it before
};

struct MediaFeed {
  MediaFeed(FeedId feed, ShardIndex home_shard, MediaKind media_kind)
      : id(feed), home(home_shard), kind(media_kind), history(forward::PacketHistory::for_kind(media_kind)) {}

  FeedId id;
  ShardIndex home;  // the publisher's shard
  MediaKind kind;
  MediaPeer* origin = nullptr;  // the publisher, when it is on this shard and publishing
  std::size_t origin_slot = 0;  // its index there
  forward::PacketHistory history;
  std::vector<MediaSubscriber*> subscribers;
  std::vector<ShardIndex> replicas;  // shards that get a copy; only at home
  std::array<std::optional<forward::FeedClock>, forward::kMaxLayers> clocks;

  [[nodiscard]] bool unused() const { return origin == nullptr && subscribers.empty() && replicas.empty(); }
};

}  // namespace parley::room

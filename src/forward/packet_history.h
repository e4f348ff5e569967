// The packets of a feed that subscribers may still ask for again: one ring per layer, whatever the number of
// subscribers. It holds references into the packet pool, so it is bounded in number and in age.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/time.h"
#include "forward/feed_packet.h"
#include "forward/track_config.h"

namespace parley::forward {

class PacketHistory {
 public:
  static constexpr std::size_t kVideoPackets = 1024;  // 1.2 s of a 8 Mbit/s layer
  static constexpr std::size_t kAudioPackets = 256;
  static constexpr Duration kMaxAge = 1500ms;

  // max_packets per layer, a power of two. Rings start small and grow to it while packets within max_age would be
  // overwritten.
  explicit PacketHistory(std::size_t max_packets, Duration max_age = kMaxAge);
  static PacketHistory for_kind(MediaKind kind) {
    return PacketHistory(kind == MediaKind::kVideo ? kVideoPackets : kAudioPackets);
  }

  // Late packets find their place; those older than the ring reaches are ignored. Another generation empties its layer.
  void add(const FeedPacket& packet);
  // nullptr when it never came, is too old or of another generation. Valid until the next add or expire.
  [[nodiscard]] const FeedPacket* get(std::uint8_t layer, std::uint8_t generation, std::int64_t sequence) const;
  // Releases packets older than max_age of layers that have gone quiet. Call it a few times a second.
  void expire(TimePoint now);
  void clear();
  [[nodiscard]] std::size_t size() const;  // packets held

 private:
  struct Ring {
    std::vector<FeedPacket> slots;  // empty until the layer's first packet
    std::int64_t oldest = 0;        // sequences in [oldest, newest] may be held
    std::int64_t newest = -1;
    std::uint8_t generation = 0;
    std::size_t count = 0;
  };
  static constexpr std::size_t kInitialPackets = 64;

  static FeedPacket& slot(Ring& ring, std::int64_t sequence);
  static void drop_oldest(Ring& ring);
  static void clear(Ring& ring);
  static void grow(Ring& ring);
  void make_room(Ring& ring, const FeedPacket& packet) const;
  void drop_aged(Ring& ring, TimePoint now) const;

  std::size_t max_packets_;
  Duration max_age_;
  std::array<Ring, kMaxLayers> rings_{};
};

}  // namespace parley::forward

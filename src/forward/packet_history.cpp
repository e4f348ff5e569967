#include "forward/packet_history.h"

#include <algorithm>
#include <utility>

namespace parley::forward {

PacketHistory::PacketHistory(std::size_t max_packets, Duration max_age)
    : max_packets_(max_packets), max_age_(max_age) {}

FeedPacket& PacketHistory::slot(Ring& ring, std::int64_t sequence) {
  return ring.slots[static_cast<std::size_t>(sequence) & (ring.slots.size() - 1)];
}

void PacketHistory::drop_oldest(Ring& ring) {
  FeedPacket& oldest = slot(ring, ring.oldest);
  if (oldest.packet) {
    oldest.packet.reset();
    --ring.count;
  }
  ++ring.oldest;
}

void PacketHistory::clear(Ring& ring) {
  while (ring.oldest <= ring.newest) drop_oldest(ring);
}

void PacketHistory::grow(Ring& ring) {
  std::vector<FeedPacket> bigger(ring.slots.size() * 2);
  for (std::int64_t s = ring.oldest; s <= ring.newest; ++s) {
    bigger[static_cast<std::size_t>(s) & (bigger.size() - 1)] = std::move(slot(ring, s));
  }
  ring.slots = std::move(bigger);
}

void PacketHistory::drop_aged(Ring& ring, TimePoint now) const {
  while (ring.oldest <= ring.newest) {
    const FeedPacket& oldest = slot(ring, ring.oldest);
    if (oldest.packet && now - oldest.arrival <= max_age_) return;
    drop_oldest(ring);
  }
}

// So that [oldest, packet] fits the ring.
void PacketHistory::make_room(Ring& ring, const FeedPacket& packet) const {
  drop_aged(ring, packet.arrival);
  if (packet.sequence - ring.newest >= static_cast<std::int64_t>(max_packets_)) clear(ring);
  if (ring.oldest > ring.newest) {  // nothing held
    ring.oldest = packet.sequence;
    return;
  }
  while (packet.sequence - ring.oldest >= static_cast<std::int64_t>(ring.slots.size())) {
    if (ring.slots.size() < max_packets_) {
      grow(ring);
    } else {
      drop_oldest(ring);
    }
  }
}

void PacketHistory::add(const FeedPacket& packet) {
  Ring& ring = rings_[packet.layer];
  if (ring.slots.empty()) ring.slots.resize(std::min(kInitialPackets, max_packets_));
  if (ring.generation != packet.generation) {
    clear(ring);
    ring.generation = packet.generation;
    ring.oldest = packet.sequence;
    ring.newest = packet.sequence - 1;
  }
  if (packet.sequence > ring.newest) {
    make_room(ring, packet);
    ring.newest = packet.sequence;
  } else if (packet.sequence < ring.oldest) {
    if (ring.newest - packet.sequence >= static_cast<std::int64_t>(ring.slots.size())) return;
    ring.oldest = packet.sequence;
  }
  FeedPacket& place = slot(ring, packet.sequence);
  if (!place.packet) ++ring.count;
  place = packet;
}

const FeedPacket* PacketHistory::get(std::uint8_t layer, std::uint8_t generation, std::int64_t sequence) const {
  if (layer >= kMaxLayers) return nullptr;
  const Ring& ring = rings_[layer];
  if (ring.generation != generation || sequence < ring.oldest || sequence > ring.newest) return nullptr;
  const FeedPacket& packet = ring.slots[static_cast<std::size_t>(sequence) & (ring.slots.size() - 1)];
  return packet.packet ? &packet : nullptr;
}

void PacketHistory::expire(TimePoint now) {
  for (Ring& ring : rings_) drop_aged(ring, now);
}

void PacketHistory::clear() {
  for (Ring& ring : rings_) clear(ring);
}

std::size_t PacketHistory::size() const {
  std::size_t total = 0;
  for (const Ring& ring : rings_) total += ring.count;
  return total;
}

}  // namespace parley::forward

#include "base/packet_pool.h"

#include <algorithm>
#include <cstring>

namespace parley {

PacketPool::PacketPool(std::size_t max_packets) : max_packets_(max_packets) {}

PacketRef PacketPool::acquire() {
  if (free_.empty()) grow();
  if (free_.empty()) return {};
  PacketBuffer* buffer = free_.back();
  free_.pop_back();
  buffer->size = 0;
  return PacketRef(buffer);
}

PacketRef PacketPool::copy_of(ByteView bytes) {
  if (bytes.size() > kMaxPacketSize) return {};
  PacketRef ref = acquire();
  if (!ref) return ref;
  if (!bytes.empty()) std::memcpy(ref.storage().data(), bytes.data(), bytes.size());
  ref.set_size(bytes.size());
  return ref;
}

void PacketPool::grow() {
  const std::size_t n = std::min(kSlabPackets, max_packets_ - allocated_);
  if (n == 0) return;
  // Uninitialised on purpose: pages of a slab become resident when a packet is first received into them.
  slabs_.push_back(std::make_unique_for_overwrite<PacketBuffer[]>(n));
  free_.reserve(allocated_ + n);
  for (std::size_t i = 0; i < n; ++i) {
    PacketBuffer& buffer = slabs_.back()[i];
    buffer.pool = this;
    buffer.refs = 0;
    free_.push_back(&buffer);
  }
  allocated_ += n;
}

}  // namespace parley

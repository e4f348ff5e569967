// The road from each shard to each other: a ring of packets by value, and a mailbox for what must not be lost.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/packet_pool.h"
#include "forward/feed_packet.h"
#include "room/media_shard.h"
#include "shard/mailbox.h"
#include "shard/spsc_ring.h"

namespace parley::shard {

// A feed packet without its buffer reference, which must not leave its thread, followed by the bytes.
struct LinkPacket {  // NOLINT(cppcoreguidelines-pro-type-member-init): see bytes
  FeedId feed;
  forward::FeedPacket head;  // head.packet is empty
  std::uint16_t size = 0;
  // Rings are made of these and not cleared: only the first `size` bytes mean anything.
  std::array<std::uint8_t, kMaxPacketSize> bytes;
};

// Packets in flight from one shard to another: 1,024 × ~1.7 KB; touched only where there is traffic. At 50,000
// packets/s that is 20 ms of a stalled shard.
inline constexpr std::size_t kLinkPackets = 1024;
using PacketRing = SpscRing<LinkPacket>;

struct LinkEnvelope {
  room::ShardIndex from = 0;
  room::LinkMessage message;
};

}  // namespace parley::shard

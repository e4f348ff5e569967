#include "codec/red.h"

namespace parley::codec {

Result<RedPacket> parse_red(ByteView payload) {
  constexpr std::uint8_t kMoreBlocks = 0x80;
  ByteReader reader(payload);
  RedPacket packet;
  std::array<std::uint16_t, kMaxRedBlocks> sizes{};
  auto head = reader.try_u8();
  while (head && (*head & kMoreBlocks) != 0) {
    const auto rest = reader.try_u24();
    if (!rest || packet.count == kMaxRedBlocks) return DropReason::kPayloadMalformed;
    RedBlock& block = packet.blocks[packet.count];
    block.payload_type = *head & 0x7fU;
    block.timestamp_offset = static_cast<std::uint16_t>(*rest >> 10U);
    sizes[packet.count++] = static_cast<std::uint16_t>(*rest & 0x3ffU);
    head = reader.try_u8();
  }
  if (!head) return DropReason::kPayloadMalformed;
  packet.primary.payload_type = *head;
  for (std::size_t i = 0; i < packet.count; ++i) {
    const auto data = reader.try_bytes(sizes[i]);
    if (!data) return DropReason::kPayloadMalformed;
    packet.blocks[i].data = *data;
  }
  if (reader.empty()) return DropReason::kPayloadMalformed;
  packet.primary.data = reader.rest();
  return packet;
}

}  // namespace parley::codec

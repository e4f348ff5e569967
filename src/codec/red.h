// Redundant audio (RFC 2198): block headers, then the blocks in the same order, the primary (newest) one last.
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   |1|  block PT   |  timestamp offset (14)    |   length (10)     |   each redundant block
//   |0|  block PT   |                                                   the primary block
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "base/result.h"

namespace parley::codec {

// More than any sender uses (browsers send one or two); a bound for the fixed array below.
inline constexpr std::size_t kMaxRedBlocks = 8;

struct RedBlock {
  std::uint8_t payload_type = 0;
  std::uint16_t timestamp_offset = 0;  // RTP clock ticks before the packet's own timestamp; 0 for the primary
  ByteView data;                       // borrows the payload; may be empty for a redundant block
};

struct RedPacket {
  RedBlock primary;
  std::array<RedBlock, kMaxRedBlocks> blocks{};
  std::size_t count = 0;

  [[nodiscard]] std::span<const RedBlock> redundant() const { return std::span(blocks).first(count); }  // oldest first
};

// Error: kPayloadMalformed (cut short, more than kMaxRedBlocks redundant blocks, an empty primary block).
Result<RedPacket> parse_red(ByteView payload);

}  // namespace parley::codec

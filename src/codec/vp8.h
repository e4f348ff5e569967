// VP8 in RTP (RFC 7741): the payload descriptor of section 4.2 and the first bytes of a key frame (section 4.3, RFC
// 6386 section 9.1).
//
//    0 1 2 3 4 5 6 7
//   |X|R|N|S|R| PID |   always
// X |I|L|T|K|  RSV  |
// I |M| picture id  |   7 bits, or 15 when M is set
//   |  picture id   |
// L |   TL0PICIDX   |
// TK|TID|Y| KEYIDX  |   present when T or K is set
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "codec/packet_info.h"

namespace parley::codec {

inline constexpr std::size_t kMaxVp8DescriptorSize = 6;

// `payload` is one RTP payload without padding. Reads the descriptor and, where a frame begins, at most ten bytes after
// it: what end-to-end encryption leaves clear. Error: kPayloadMalformed (descriptor cut short, or nothing behind it).
Result<PacketInfo> describe_vp8(ByteView payload, bool marker);

// What a subscriber's stream numbers differently from the publisher's. A field that the original lacks stays absent.
struct Vp8Patch {
  std::optional<std::uint16_t> picture_id{};  // low 15 bits; always written in the 15-bit form
  std::optional<std::uint8_t> tl0_pic_idx{};
  std::optional<std::uint8_t> key_idx{};  // low 5 bits
};

// Writes the descriptor of `original_payload`, patched, to the front of `out` and returns its size, which may exceed
// the original's by one byte (a 7-bit picture id is widened). The caller appends the payload that follows the
// original's descriptor_size bytes. 0: the original is malformed or `out` is too small (kMaxVp8DescriptorSize always
// suffices).
std::size_t write_vp8_descriptor(ByteSpan out, ByteView original_payload, const Vp8Patch& patch);

}  // namespace parley::codec

// Opus packets (RFC 6716 section 3.1): the TOC byte, which end-to-end encryption leaves clear, and the frame count
// byte.
//
//    0 1 2 3 4 5 6 7
//   | config  |s| c |   c: 0 one frame, 1 and 2 two frames, 3 a count byte follows: |v|p|  M (6)  |
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"

namespace parley::codec {

inline constexpr std::uint32_t kOpusClockRate = 48000;

struct OpusToc {
  Duration frame_duration{};  // 2.5, 5, 10, 20, 40 or 60 ms
  bool stereo = false;
  std::uint8_t frame_count = 0;  // 1 or 2; 0 when the count byte tells
};

// Error: kPayloadMalformed (empty).
Result<OpusToc> parse_opus_toc(ByteView payload);

// Of the whole packet. Reads the count byte, so not for payloads encrypted end to end. nullopt: malformed, a count of 0
// or more than 120 ms.
std::optional<Duration> opus_packet_duration(ByteView payload);

// An encoder in discontinuous transmission sends packets of one or two bytes for silence. Not for payloads encrypted
// end to end, which are never that short.
bool is_opus_dtx(ByteView payload);

}  // namespace parley::codec

// RFC 3550 section 6.4.1: the reception report on one source, as sender and receiver reports carry it.
//
//  |                 SSRC of the source reported on                |
//  | fraction lost |       cumulative number of packets lost       |
//  |           extended highest sequence number received           |
//  |                      interarrival jitter                      |
//  |                         last SR (LSR)                         |
//  |                   delay since last SR (DLSR)                  |
#pragma once

#include <cstdint>
#include <span>

#include "rtp/rtcp/wire_list.h"

namespace parley::rtp::rtcp {

struct ReportBlock {
  Ssrc ssrc;
  std::uint8_t fraction_lost = 0;         // of 256, since the previous report
  std::int32_t cumulative_lost = 0;       // 24 bits on the wire, signed: duplicates can make it negative
  std::uint32_t highest_sequence = 0;     // cycles in the upper 16 bits
  std::uint32_t jitter = 0;               // in the source's clock
  std::uint32_t last_sr = 0;              // middle 32 bits of the NTP time of the last SR; 0: none received
  std::uint32_t delay_since_last_sr = 0;  // in 1/65536 s
  friend bool operator==(const ReportBlock&, const ReportBlock&) = default;
};

inline constexpr std::int32_t kMaxCumulativeLost = 0x7fffff;
inline constexpr std::int32_t kMinCumulativeLost = -0x800000;

template <>
struct Wire<ReportBlock> {
  static constexpr std::size_t kSize = 24;
  static ReportBlock load(const std::uint8_t* p);
  static void store(ByteWriter& out, const ReportBlock& block);  // cumulative_lost is clamped to its 24 bits
};

}  // namespace parley::rtp::rtcp

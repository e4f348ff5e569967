#include "codec/opus.h"

#include <array>

namespace parley::codec {
namespace {

// RFC 6716 table 2. SILK: configs 0..11, hybrid: 12..15, CELT: 16..31.
constexpr Duration frame_duration_of(unsigned config) {
  constexpr std::array<Duration, 4> kSilk = {10ms, 20ms, 40ms, 60ms};
  constexpr std::array<Duration, 2> kHybrid = {10ms, 20ms};
  constexpr std::array<Duration, 4> kCelt = {2500us, 5ms, 10ms, 20ms};
  if (config < 12) return kSilk[config % 4];
  if (config < 16) return kHybrid[config % 2];
  return kCelt[config % 4];
}

}  // namespace

Result<OpusToc> parse_opus_toc(ByteView payload) {
  if (payload.empty()) return DropReason::kPayloadMalformed;
  constexpr std::array<std::uint8_t, 4> kFrameCounts = {1, 2, 2, 0};
  OpusToc toc;
  toc.frame_duration = frame_duration_of(payload[0] >> 3U);
  toc.stereo = (payload[0] & 4U) != 0;
  toc.frame_count = kFrameCounts[payload[0] & 3U];
  return toc;
}

std::optional<Duration> opus_packet_duration(ByteView payload) {
  constexpr Duration kLongest = 120ms;
  const auto toc = parse_opus_toc(payload);
  if (!toc) return std::nullopt;
  unsigned count = toc->frame_count;
  if (count == 0) {
    if (payload.size() < 2) return std::nullopt;
    count = payload[1] & 0x3fU;
  }
  const Duration total = toc->frame_duration * count;
  if (count == 0 || total > kLongest) return std::nullopt;
  return total;
}

bool is_opus_dtx(ByteView payload) { return !payload.empty() && payload.size() <= 2; }

}  // namespace parley::codec

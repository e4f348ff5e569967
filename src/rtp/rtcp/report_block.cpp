#include "rtp/rtcp/report_block.h"

#include <algorithm>

namespace parley::rtp::rtcp {

ReportBlock Wire<ReportBlock>::load(const std::uint8_t* p) {
  ReportBlock block;
  block.ssrc = Ssrc{load_be<std::uint32_t>(p)};
  block.fraction_lost = p[4];
  // The shift up and back extends the sign of the 24 bits.
  const std::uint32_t lost = load_be<std::uint32_t>(p + 4) << 8U;
  block.cumulative_lost = static_cast<std::int32_t>(lost) >> 8U;
  block.highest_sequence = load_be<std::uint32_t>(p + 8);
  block.jitter = load_be<std::uint32_t>(p + 12);
  block.last_sr = load_be<std::uint32_t>(p + 16);
  block.delay_since_last_sr = load_be<std::uint32_t>(p + 20);
  return block;
}

void Wire<ReportBlock>::store(ByteWriter& out, const ReportBlock& block) {
  const std::int32_t lost = std::clamp(block.cumulative_lost, kMinCumulativeLost, kMaxCumulativeLost);
  out.u32(block.ssrc.value).u8(block.fraction_lost).u24(static_cast<std::uint32_t>(lost) & 0xffffffU);
  out.u32(block.highest_sequence).u32(block.jitter).u32(block.last_sr).u32(block.delay_since_last_sr);
}

}  // namespace parley::rtp::rtcp

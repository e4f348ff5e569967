#include "rtp/rtcp/pli.h"

namespace parley::rtp::rtcp {

Result<Pli> Pli::parse(const RawPacket& raw) {
  ByteReader reader(raw.body);
  const auto ssrcs = read_feedback_ssrcs(reader);
  if (!ssrcs) return DropReason::kRtcpMalformed;
  return Pli{*ssrcs};
}

bool write_pli(ByteWriter& out, const FeedbackSsrcs& ssrcs) {
  if (!begin_packet(out, kFormatPli, kTypePayloadFeedback, kFeedbackSsrcsSize)) return false;
  return out.u32(ssrcs.sender.value).u32(ssrcs.media.value).ok();
}

}  // namespace parley::rtp::rtcp

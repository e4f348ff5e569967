#include "rtp/rtcp/fir.h"

namespace parley::rtp::rtcp {

Result<Fir> Fir::parse(const RawPacket& raw) {
  ByteReader reader(raw.body);
  const auto ssrcs = read_feedback_ssrcs(reader);
  if (!ssrcs || reader.empty() || reader.remaining() % Wire<FirEntry>::kSize != 0) return DropReason::kRtcpMalformed;
  return Fir{ssrcs->sender, WireList<FirEntry>(reader.rest())};
}

bool write_fir(ByteWriter& out, Ssrc sender, std::span<const FirEntry> entries) {
  const std::size_t body_size = kFeedbackSsrcsSize + entries.size() * Wire<FirEntry>::kSize;
  if (entries.empty() || !begin_packet(out, kFormatFir, kTypePayloadFeedback, body_size)) return false;
  out.u32(sender.value).u32(0);
  for (const FirEntry& entry : entries) Wire<FirEntry>::store(out, entry);
  return out.ok();
}

}  // namespace parley::rtp::rtcp

#include "rtp/rtcp/receiver_report.h"

namespace parley::rtp::rtcp {

Result<ReceiverReport> ReceiverReport::parse(const RawPacket& raw) {
  ByteReader reader(raw.body);
  const auto sender = reader.try_u32();
  const auto blocks = reader.try_bytes(raw.count * Wire<ReportBlock>::kSize);
  if (!sender || !blocks) return DropReason::kRtcpMalformed;
  return ReceiverReport{Ssrc{*sender}, WireList<ReportBlock>(*blocks)};
}

bool write_receiver_report(ByteWriter& out, Ssrc sender, std::span<const ReportBlock> blocks) {
  const std::size_t body_size = 4 + blocks.size() * Wire<ReportBlock>::kSize;
  if (!begin_packet(out, blocks.size(), kTypeReceiverReport, body_size)) return false;
  out.u32(sender.value);
  for (const ReportBlock& block : blocks) Wire<ReportBlock>::store(out, block);
  return out.ok();
}

}  // namespace parley::rtp::rtcp

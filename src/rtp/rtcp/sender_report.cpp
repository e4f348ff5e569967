#include "rtp/rtcp/sender_report.h"

namespace parley::rtp::rtcp {
namespace {

constexpr std::size_t kSenderPartSize = 24;  // SSRC and sender info

}  // namespace

Result<SenderReport> SenderReport::parse(const RawPacket& raw) {
  ByteReader reader(raw.body);
  const auto part = reader.try_bytes(kSenderPartSize);
  const auto blocks = reader.try_bytes(raw.count * Wire<ReportBlock>::kSize);
  if (!part || !blocks) return DropReason::kRtcpMalformed;
  const std::uint8_t* p = part->data();
  SenderReport report;
  report.sender = Ssrc{load_be<std::uint32_t>(p)};
  report.info.ntp = NtpTime{load_be<std::uint64_t>(p + 4)};
  report.info.rtp_timestamp = load_be<std::uint32_t>(p + 12);
  report.info.packet_count = load_be<std::uint32_t>(p + 16);
  report.info.octet_count = load_be<std::uint32_t>(p + 20);
  report.blocks = WireList<ReportBlock>(*blocks);
  return report;
}

bool write_sender_report(ByteWriter& out, Ssrc sender, const SenderInfo& info, std::span<const ReportBlock> blocks) {
  const std::size_t body_size = kSenderPartSize + blocks.size() * Wire<ReportBlock>::kSize;
  if (!begin_packet(out, blocks.size(), kTypeSenderReport, body_size)) return false;
  out.u32(sender.value).u64(info.ntp.value).u32(info.rtp_timestamp).u32(info.packet_count).u32(info.octet_count);
  for (const ReportBlock& block : blocks) Wire<ReportBlock>::store(out, block);
  return out.ok();
}

}  // namespace parley::rtp::rtcp

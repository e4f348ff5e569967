#include "rtp/rtcp/extended_report.h"

namespace parley::rtp::rtcp {
namespace {

constexpr std::uint8_t kBlockRrtr = 4;
constexpr std::uint8_t kBlockDlrr = 5;
constexpr std::size_t kBlockHeadSize = 4;
constexpr std::size_t kRrtrSize = 8;

}  // namespace

Result<ExtendedReport> ExtendedReport::parse(const RawPacket& raw) {
  ByteReader reader(raw.body);
  const auto sender = reader.try_u32();
  if (!sender) return DropReason::kRtcpMalformed;
  ExtendedReport report;
  report.sender = Ssrc{*sender};
  while (!reader.empty()) {
    const auto type = reader.try_u8();
    const auto specific = reader.try_u8();
    const auto words = reader.try_u16();
    if (!type || !specific || !words) return DropReason::kRtcpMalformed;
    const auto body = reader.try_bytes(*words * std::size_t{4});
    if (!body) return DropReason::kRtcpMalformed;
    if (*type == kBlockRrtr) {
      if (body->size() != kRrtrSize) return DropReason::kRtcpMalformed;
      if (!report.receiver_reference_time)
        report.receiver_reference_time = NtpTime{load_be<std::uint64_t>(body->data())};
    } else if (*type == kBlockDlrr) {
      if (body->size() % Wire<DlrrEntry>::kSize != 0) return DropReason::kRtcpMalformed;
      if (report.dlrr.empty()) report.dlrr = WireList<DlrrEntry>(*body);
    }
  }
  return report;
}

bool write_extended_report(ByteWriter& out, Ssrc sender, std::optional<NtpTime> receiver_reference_time,
                           std::span<const DlrrEntry> dlrr) {
  const std::size_t dlrr_size = dlrr.size() * Wire<DlrrEntry>::kSize;
  const std::size_t body_size =
      4 + (receiver_reference_time ? kBlockHeadSize + kRrtrSize : 0) + (dlrr.empty() ? 0 : kBlockHeadSize + dlrr_size);
  if (!begin_packet(out, 0, kTypeExtendedReport, body_size)) return false;
  out.u32(sender.value);
  if (receiver_reference_time) {
    out.u8(kBlockRrtr).u8(0).u16(kRrtrSize / 4).u64(receiver_reference_time->value);
  }
  if (!dlrr.empty()) {
    out.u8(kBlockDlrr).u8(0).u16(static_cast<std::uint16_t>(dlrr_size / 4));
    for (const DlrrEntry& entry : dlrr) Wire<DlrrEntry>::store(out, entry);
  }
  return out.ok();
}

}  // namespace parley::rtp::rtcp

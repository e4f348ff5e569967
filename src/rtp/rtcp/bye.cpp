#include "rtp/rtcp/bye.h"

namespace parley::rtp::rtcp {

Result<Bye> Bye::parse(const RawPacket& raw) {
  ByteReader reader(raw.body);
  const auto ssrcs = reader.try_bytes(raw.count * Wire<Ssrc>::kSize);
  if (!ssrcs) return DropReason::kRtcpMalformed;
  Bye bye;
  bye.ssrcs = WireList<Ssrc>(*ssrcs);
  if (const auto length = reader.try_u8()) {
    const auto reason = reader.try_bytes(*length);
    if (!reason) return DropReason::kRtcpMalformed;
    bye.reason = as_text(*reason);
  }
  return bye;
}

bool write_bye(ByteWriter& out, std::span<const Ssrc> ssrcs, std::string_view reason) {
  if (reason.size() > 0xff) return false;
  const std::size_t reason_size = reason.empty() ? 0 : (1 + reason.size() + 3) / 4 * 4;
  if (!begin_packet(out, ssrcs.size(), kTypeBye, ssrcs.size() * Wire<Ssrc>::kSize + reason_size)) return false;
  for (const Ssrc ssrc : ssrcs) Wire<Ssrc>::store(out, ssrc);
  if (!reason.empty()) {
    out.u8(static_cast<std::uint8_t>(reason.size())).bytes(as_bytes(reason)).zeros(reason_size - 1 - reason.size());
  }
  return out.ok();
}

}  // namespace parley::rtp::rtcp

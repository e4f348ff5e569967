#include "rtp/rtcp/remb.h"

#include <algorithm>
#include <bit>

namespace parley::rtp::rtcp {
namespace {

constexpr std::uint32_t kIdentifier = 0x52454d42;  // "REMB"
constexpr unsigned kMantissaBits = 18;

}  // namespace

Result<std::optional<Remb>> Remb::parse(const RawPacket& raw) {
  ByteReader reader(raw.body);
  const auto ssrcs = read_feedback_ssrcs(reader);
  const auto identifier = reader.try_u32();
  if (!ssrcs) return DropReason::kRtcpMalformed;
  if (!identifier || *identifier != kIdentifier) return std::optional<Remb>{};
  const auto count = reader.try_u8();
  const auto rate = reader.try_u24();
  if (!count || !rate || reader.remaining() != *count * Wire<Ssrc>::kSize) return DropReason::kRtcpMalformed;

  const unsigned exponent = *rate >> kMantissaBits;
  const std::uint64_t mantissa = *rate & ((1U << kMantissaBits) - 1U);
  const std::uint64_t bitrate = mantissa << exponent;
  if ((bitrate >> exponent) != mantissa) return DropReason::kRtcpMalformed;
  return std::optional<Remb>(Remb{ssrcs->sender, bitrate, WireList<Ssrc>(reader.rest())});
}

bool write_remb(ByteWriter& out, Ssrc sender, std::uint64_t bitrate, std::span<const Ssrc> ssrcs) {
  const std::size_t body_size = kFeedbackSsrcsSize + 8 + ssrcs.size() * Wire<Ssrc>::kSize;
  if (ssrcs.size() > 0xff || !begin_packet(out, kFormatApplication, kTypePayloadFeedback, body_size)) return false;
  const unsigned width = static_cast<unsigned>(std::bit_width(bitrate));
  const unsigned exponent = width > kMantissaBits ? width - kMantissaBits : 0;
  out.u32(sender.value).u32(0).u32(kIdentifier).u8(static_cast<std::uint8_t>(ssrcs.size()));
  out.u24((exponent << kMantissaBits) | static_cast<std::uint32_t>(bitrate >> exponent));
  for (const Ssrc ssrc : ssrcs) Wire<Ssrc>::store(out, ssrc);
  return out.ok();
}

}  // namespace parley::rtp::rtcp

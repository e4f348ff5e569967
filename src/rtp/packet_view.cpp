#include "rtp/packet_view.h"

namespace parley::rtp {
namespace {

constexpr std::uint8_t kVersion = 2;

}  // namespace

Result<PacketView> PacketView::parse(ByteView bytes) {
  ByteReader reader(bytes);
  const auto fixed = reader.try_bytes(kFixedHeaderSize);
  if (!fixed || ((*fixed)[0] >> 6U) != kVersion) return DropReason::kRtpMalformed;
  const std::uint8_t* head = fixed->data();

  PacketView view;
  view.marker = (head[1] & 0x80U) != 0;
  view.payload_type = PayloadType{static_cast<std::uint8_t>(head[1] & 0x7fU)};
  view.sequence = load_be<std::uint16_t>(head + 2);
  view.timestamp = load_be<std::uint32_t>(head + 4);
  view.ssrc = Ssrc{load_be<std::uint32_t>(head + 8)};

  const auto csrcs = reader.try_bytes((head[0] & 0x0fU) * std::size_t{4});
  if (!csrcs) return DropReason::kRtpMalformed;
  view.csrcs = *csrcs;

  if ((head[0] & 0x10U) != 0) {
    const auto profile = reader.try_u16();
    const auto words = reader.try_u16();
    if (!profile || !words) return DropReason::kRtpMalformed;
    const auto block = reader.try_bytes(*words * std::size_t{4});
    if (!block) return DropReason::kRtpMalformed;
    view.extension_profile = *profile;
    view.extensions = *block;
  }
  // CSRCs and a block of 65,535 words would pass 16 bits; no datagram that we take is so long.
  if (reader.offset() > 0xffff) return DropReason::kRtpMalformed;
  view.header_size = static_cast<std::uint16_t>(reader.offset());

  view.payload = reader.rest();
  if ((head[0] & 0x20U) != 0) {
    if (view.payload.empty()) return DropReason::kRtpMalformed;
    view.padding = view.payload.back();
    if (view.padding == 0 || view.padding > view.payload.size()) return DropReason::kRtpMalformed;
    view.payload = view.payload.first(view.payload.size() - view.padding);
  }
  return view;
}

std::optional<Ssrc> peek_ssrc(ByteView bytes) {
  if (bytes.size() < kFixedHeaderSize) return std::nullopt;
  return Ssrc{load_be<std::uint32_t>(bytes.data() + 8)};
}

}  // namespace parley::rtp

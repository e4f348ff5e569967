#include "rtp/rtx.h"

#include <cstring>

namespace parley::rtp {

Result<std::uint16_t> original_sequence(const PacketView& view) {
  // Browsers probe for bandwidth with padding on the retransmission stream.
  if (view.payload.empty()) return DropReason::kPaddingOnly;
  if (view.payload.size() < kRtxHeaderSize) return DropReason::kRtxMalformed;
  return load_be<std::uint16_t>(view.payload.data());
}

Result<std::size_t> restore_from_rtx(ByteSpan packet, const PacketView& view, const RtxOrigin& origin) {
  const auto sequence = original_sequence(view);
  if (sequence.has_error()) return sequence.error();
  const std::size_t payload_size = view.payload.size() - kRtxHeaderSize;
  if (packet.size() < view.header_size + view.payload.size()) return DropReason::kRtxMalformed;

  std::uint8_t* data = packet.data();
  data[0] = static_cast<std::uint8_t>(data[0] & ~0x20U);  // the padding goes
  data[1] = static_cast<std::uint8_t>((data[1] & 0x80U) | (origin.payload_type.value & 0x7fU));
  store_be<std::uint16_t>(data + 2, *sequence);
  store_be<std::uint32_t>(data + 8, origin.ssrc.value);
  std::uint8_t* payload = data + view.header_size;
  std::memmove(payload, payload + kRtxHeaderSize, payload_size);
  return view.header_size + payload_size;
}

bool write_rtx_payload(ByteWriter& out, std::uint16_t original_sequence, ByteView original_payload) {
  if (!out.ok() || out.room() < kRtxHeaderSize + original_payload.size()) return false;
  return out.u16(original_sequence).bytes(original_payload).ok();
}

}  // namespace parley::rtp

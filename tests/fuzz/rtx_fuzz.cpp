// Any bytes as a retransmission: what is restored is a packet with the original's names, and wrapping it again and
// restoring that gives the same packet.
#include <algorithm>
#include <vector>

#include "rtp/rtx.h"

namespace {

using namespace parley;
using namespace parley::rtp;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

constexpr RtxOrigin kOrigin{Ssrc{0x01020304}, PayloadType{96}};

std::vector<std::uint8_t> wrap(ByteView original, const PacketView& view) {
  std::vector<std::uint8_t> out(original.size() + kRtxHeaderSize);
  std::copy_n(original.begin(), view.header_size, out.begin());
  ByteWriter payload(ByteSpan(out).subspan(view.header_size));
  require(write_rtx_payload(payload, view.sequence, view.payload));
  out.resize(view.header_size + payload.size());
  store_be<std::uint16_t>(out.data() + 2, 7);
  store_be<std::uint32_t>(out.data() + 8, 8);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<std::uint8_t> packet(data, data + size);
  const auto view = PacketView::parse(packet);
  if (!view) return 0;
  const auto sequence = original_sequence(*view);
  const PacketView before = *view;
  const auto restored_size = restore_from_rtx(packet, *view, kOrigin);
  require(sequence.has_value() == restored_size.has_value());
  if (!restored_size) {
    require(std::equal(packet.begin(), packet.end(), data, data + size));
    return 0;
  }
  packet.resize(*restored_size);
  const auto restored = PacketView::parse(packet);
  require(restored.has_value());
  require(restored->sequence == *sequence && restored->ssrc == kOrigin.ssrc);
  require(restored->payload_type == kOrigin.payload_type && restored->marker == before.marker);
  require(restored->timestamp == before.timestamp && restored->header_size == before.header_size);
  require(restored->padding == 0 &&
          restored->payload.size() + kRtxHeaderSize + before.padding + before.header_size == size);

  auto again = wrap(packet, *restored);
  const auto again_view = PacketView::parse(again);
  require(again_view.has_value());
  const auto again_size = restore_from_rtx(again, *again_view, kOrigin);
  require(again_size.has_value());
  again.resize(*again_size);
  require(again == packet);
  return 0;
}

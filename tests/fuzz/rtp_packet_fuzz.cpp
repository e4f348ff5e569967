// Any bytes as an RTP packet: the parts of the view tile the packet, and extensions written anew read the same.
#include <algorithm>
#include <array>

#include "rtp/header_extensions.h"

namespace {

using namespace parley;
using namespace parley::rtp;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

ExtensionMap full_map() {
  ExtensionMap map;
  for (std::size_t i = 0; i < kExtensionTypeCount; ++i) {
    map.set(static_cast<std::uint8_t>(i + 1), static_cast<ExtensionType>(i));
  }
  return map;
}

bool same(ByteView a, ByteView b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

bool same_level(const std::optional<AudioLevel>& a, const std::optional<AudioLevel>& b) {
  if (a.has_value() != b.has_value()) return false;
  return !a || (a->level == b->level && a->voice == b->voice);
}

bool same(const Extensions& a, const Extensions& b) {
  return a.mid == b.mid && a.rid == b.rid && a.repaired_rid == b.repaired_rid &&
         same_level(a.audio_level, b.audio_level) && a.transport_sequence == b.transport_sequence &&
         a.abs_send_time == b.abs_send_time && same(a.abs_capture_time, b.abs_capture_time) &&
         same(a.playout_delay, b.playout_delay) && same(a.video_orientation, b.video_orientation) &&
         same(a.dependency_descriptor, b.dependency_descriptor);
}

void write_all(ExtensionWriter& writer, const ExtensionMap& map, const Extensions& e) {
  const auto add = [&](ExtensionType type, ByteView value) {
    if (!value.empty()) writer.add(map.id_of(type), value);
  };
  if (e.mid) add(ExtensionType::kMid, as_bytes(e.mid->view()));
  if (e.rid) add(ExtensionType::kRid, as_bytes(e.rid->view()));
  if (e.repaired_rid) add(ExtensionType::kRepairedRid, as_bytes(e.repaired_rid->view()));
  if (e.audio_level) {
    const std::array<std::uint8_t, 1> raw = {
        static_cast<std::uint8_t>(e.audio_level->level | (e.audio_level->voice ? 0x80U : 0U))};
    add(ExtensionType::kAudioLevel, raw);
  }
  std::array<std::uint8_t, 4> raw{};
  if (e.transport_sequence) {
    store_be<std::uint16_t>(raw.data(), *e.transport_sequence);
    add(ExtensionType::kTransportCc, ByteView(raw).first(2));
  }
  if (e.abs_send_time) {
    store_be<std::uint32_t>(raw.data(), *e.abs_send_time);
    add(ExtensionType::kAbsSendTime, ByteView(raw).subspan(1));
  }
  add(ExtensionType::kAbsCaptureTime, e.abs_capture_time);
  add(ExtensionType::kPlayoutDelay, e.playout_delay);
  add(ExtensionType::kVideoOrientation, e.video_orientation);
  add(ExtensionType::kDependencyDescriptor, e.dependency_descriptor);
}

void check_rewritten(const PacketView& view, const ExtensionMap& map, const Extensions& extensions) {
  const bool two_byte = extensions.dependency_descriptor.size() > 16;
  std::array<std::uint8_t, 1024> out{};
  write_fixed_header(out, {view.marker, view.payload_type, view.sequence, view.timestamp, view.ssrc, true});
  ExtensionWriter writer(ByteSpan(out).subspan(kFixedHeaderSize), two_byte);
  write_all(writer, map, extensions);
  const auto size = writer.finish();
  require(size.has_value());
  if (*size == 0) return;
  const auto again = PacketView::parse(ByteView(out).first(kFixedHeaderSize + *size));
  require(again.has_value());
  require(again->marker == view.marker && again->payload_type == view.payload_type && again->ssrc == view.ssrc);
  require(again->sequence == view.sequence && again->timestamp == view.timestamp && again->payload.empty());
  const auto read = Extensions::parse(*again, map);
  require(read.has_value() && same(*read, extensions));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const ExtensionMap map = full_map();
  const ByteView bytes(data, size);
  const auto view = PacketView::parse(bytes);
  if (!view) return 0;
  require(view->header_size + view->payload.size() + view->padding == size);
  require(peek_ssrc(bytes) == view->ssrc);
  const std::size_t block = view->extension_profile == 0 && view->extensions.empty() ? 0 : 4 + view->extensions.size();
  // A block of profile 0 and length 0 is there without showing in the view.
  const std::size_t tiled = kFixedHeaderSize + view->csrcs.size() + block;
  require(tiled == view->header_size || (block == 0 && tiled + 4 == view->header_size));
  const auto extensions = Extensions::parse(*view, map);
  if (extensions) check_rewritten(*view, map, *extensions);
  return 0;
}

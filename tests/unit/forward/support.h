// Builders of packets for the tests of forward/.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/packet_pool.h"
#include "codec/describe.h"
#include "forward/feed_packet.h"
#include "forward/track_config.h"
#include "rtp/header_extensions.h"
#include "rtp/packet_view.h"

namespace parley::forward::testing {

inline TimePoint at_ms(std::int64_t ms) {
  return TimePoint{} + std::chrono::seconds(1'700'000'000) + Duration{ms * 1000};
}

// ---- bytes ----

struct Vp8Fields {
  std::uint16_t picture_id = 0;
  std::uint8_t tl0 = 0;
  std::uint8_t tid = 0;
  std::uint8_t key_idx = 0;
  bool sync = false;
  bool start = true;
  bool key = false;
};

// Descriptor (RFC 7741) with all fields, 15-bit picture id, then ten bytes of frame header and `tag`.
inline std::vector<std::uint8_t> vp8_payload(const Vp8Fields& f, std::uint32_t tag, std::size_t filler = 0) {
  std::vector<std::uint8_t> out = {
      static_cast<std::uint8_t>(0x80U | (f.start ? 0x10U : 0U)),
      0xf0,
      static_cast<std::uint8_t>(0x80U | (f.picture_id >> 8U)),
      static_cast<std::uint8_t>(f.picture_id),
      f.tl0,
      static_cast<std::uint8_t>((f.tid << 6U) | (f.sync ? 0x20U : 0U) | (f.key_idx & 0x1fU)),
  };
  const std::uint8_t head = f.start && !f.key ? 1 : 0;
  for (const std::uint8_t b :
       {head, std::uint8_t{0}, std::uint8_t{0}, std::uint8_t{0x9d}, std::uint8_t{0x01}, std::uint8_t{0x2a},
        std::uint8_t{0x80}, std::uint8_t{2}, std::uint8_t{0x68}, std::uint8_t{1}}) {
    out.push_back(b);
  }
  for (int shift = 24; shift >= 0; shift -= 8)
    out.push_back(static_cast<std::uint8_t>(tag >> static_cast<unsigned>(shift)));
  out.resize(out.size() + filler, 0xab);
  return out;
}
inline constexpr std::size_t kVp8TagOffset = 16;  // of the tag in a vp8_payload

struct Extension {
  std::uint8_t id = 0;
  std::vector<std::uint8_t> value;
};

inline std::vector<std::uint8_t> rtp_bytes(const rtp::Header& header, const std::vector<std::uint8_t>& payload,
                                           const std::vector<Extension>& extensions = {}, std::uint8_t padding = 0) {
  std::vector<std::uint8_t> out(1500);
  rtp::Header h = header;
  h.has_extensions = !extensions.empty();
  rtp::write_fixed_header(out, h);
  std::size_t size = rtp::kFixedHeaderSize;
  if (!extensions.empty()) {
    bool two_byte = false;
    for (const Extension& e : extensions) two_byte = two_byte || e.value.size() > 16;
    rtp::ExtensionWriter writer(ByteSpan(out).subspan(size), two_byte);
    for (const Extension& e : extensions) writer.add(e.id, e.value);
    size += writer.finish().value();
  }
  out.resize(size);
  out.insert(out.end(), payload.begin(), payload.end());
  if (padding > 0) {
    out[0] |= 0x20U;
    out.resize(out.size() + padding, 0);
    out.back() = padding;
  }
  return out;
}

inline std::vector<std::uint8_t> text_bytes(std::string_view text) { return {text.begin(), text.end()}; }

// ---- feed packets ----

// For the pure classes: a packet without bytes.
struct Spec {
  std::int64_t sequence = 0;
  std::int64_t timestamp = 0;
  std::uint8_t layer = 0;
  std::uint8_t generation = 0;
  bool marker = true;
  bool start = true;
  bool end = true;
  bool key = false;
  std::uint8_t sid = 0;
  std::uint8_t tid = 0;
  bool sync = false;
  std::optional<std::uint16_t> picture_id{};
  std::optional<std::uint8_t> tl0{};
  std::optional<std::uint8_t> key_idx{};
  codec::Codec codec = codec::Codec::kVp8;
  std::int64_t arrival_ms = 0;
  bool padding = false;
};

inline FeedPacket make(const Spec& s) {
  FeedPacket p;
  p.payload_size = s.padding ? 0 : 100;
  p.sequence = s.sequence;
  p.timestamp = s.timestamp;
  p.layer = s.layer;
  p.generation = s.generation;
  p.marker = s.marker;
  p.codec = s.codec;
  p.arrival = at_ms(s.arrival_ms);
  p.info.starts_frame = s.start && !s.padding;
  p.info.ends_frame = s.end && !s.padding;
  p.info.ends_picture = s.marker;
  p.info.keyframe = s.key;
  p.info.spatial_id = s.sid;
  p.info.temporal_id = s.tid;
  p.info.temporal_switch_up = s.sync;
  p.info.picture_id = s.picture_id;
  p.info.picture_id_long = s.picture_id.has_value();
  p.info.tl0_pic_idx = s.tl0;
  p.info.key_idx = s.key_idx;
  return p;
}

// From bytes, as IncomingTrack makes it; the wire's numbers are taken as they are.
inline FeedPacket feed_packet_of(PacketPool& pool, const std::vector<std::uint8_t>& bytes, codec::Codec codec,
                                 std::uint8_t layer = 0) {
  FeedPacket p;
  p.packet = pool.copy_of(bytes);
  const rtp::PacketView view = rtp::PacketView::parse(p.packet.bytes()).value();
  p.payload_offset = view.header_size;
  p.payload_size = static_cast<std::uint16_t>(view.payload.size());
  p.layer = layer;
  p.marker = view.marker;
  p.codec = codec;
  p.sequence = view.sequence;
  p.timestamp = view.timestamp;
  p.info = codec::describe(codec, view.payload, view.marker).value();
  return p;
}

}  // namespace parley::forward::testing

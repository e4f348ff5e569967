#include "support/video_source.h"

#include <algorithm>

#include "rtp/header_extensions.h"
#include "rtp/packet_view.h"
#include "rtp/rtcp/compound.h"
#include "rtp/rtx.h"

namespace parley::test {
namespace {

constexpr std::uint32_t kClock = 90'000;
constexpr std::size_t kHistory = 1024;

void add_token(rtp::ExtensionWriter& writer, std::uint8_t id, std::string_view text) {
  if (!text.empty()) writer.add(id, as_bytes(text));
}

}  // namespace

VideoPlan camera_plan(std::uint32_t ssrc_base, codec::Codec codec) {
  VideoPlan plan;
  plan.codec = codec;
  plan.layers = {{"q", Ssrc{ssrc_base}, Ssrc{ssrc_base + 10}, 1, 600, 320, 180},
                 {"h", Ssrc{ssrc_base + 1}, Ssrc{ssrc_base + 11}, 2, 900, 640, 360},
                 {"f", Ssrc{ssrc_base + 2}, Ssrc{ssrc_base + 12}, 6, 1000, 1280, 720}};
  return plan;
}

forward::IncomingConfig incoming_config(const VideoPlan& plan) {
  forward::IncomingConfig config;
  config.mid = plan.mid;
  config.kind = MediaKind::kVideo;
  config.codecs = {{plan.payload_type, plan.codec, plan.rtx_payload_type, PayloadType{}}};
  for (const VideoLayerPlan& layer : plan.layers) config.encodings.push_back({Rid(layer.rid), {}, {}});
  config.extensions.set(plan.mid_extension, rtp::ExtensionType::kMid);
  config.extensions.set(plan.rid_extension, rtp::ExtensionType::kRid);
  config.extensions.set(plan.repaired_rid_extension, rtp::ExtensionType::kRepairedRid);
  if (plan.transport_cc_extension != 0) {
    config.extensions.set(plan.transport_cc_extension, rtp::ExtensionType::kTransportCc);
    config.transport_cc = true;
  }
  config.nack = true;
  config.pli = true;
  return config;
}

VideoSource::VideoSource(TimePoint now, VideoPlan plan, std::uint64_t seed)
    : plan_(std::move(plan)), layers_(plan_.layers.size()), start_(now), next_frame_(now) {
  SeededRandom random(seed);
  for (Layer& layer : layers_) {
    layer.sequence = static_cast<std::uint16_t>(random.u32());
    layer.rtx_sequence = static_cast<std::uint16_t>(random.u32());
    layer.timestamp_offset = random.u32();
    layer.picture_id = static_cast<std::uint16_t>(random.u32() & 0x7fffU);
    layer.tl0_pic_idx = static_cast<std::uint8_t>(random.u32());
  }
}

std::uint32_t VideoSource::timestamp_at(const Layer& layer, TimePoint at) const {
  const auto ticks = static_cast<std::uint64_t>((at - start_).count()) * kClock / 1'000'000;
  return layer.timestamp_offset + static_cast<std::uint32_t>(ticks);
}

std::vector<std::vector<std::uint8_t>> VideoSource::poll(TimePoint now) {
  std::vector<std::vector<std::uint8_t>> out;
  while (next_frame_ <= now) {
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      if (layers_[i].active && !muted_) emit_frame(next_frame_, i, out);
    }
    ++frame_;
    next_frame_ += plan_.frame_interval;
  }
  return out;
}

void VideoSource::emit_frame(TimePoint at, std::size_t index, std::vector<std::vector<std::uint8_t>>& out) {
  Layer& layer = layers_[index];
  const bool keyframe = std::exchange(layer.keyframe_due, false);
  const std::uint8_t temporal = !keyframe && plan_.temporal_layers && frame_ % 2 == 1 ? 1 : 0;
  layer.picture_id = static_cast<std::uint16_t>((layer.picture_id + 1) & 0x7fff);
  if (temporal == 0) ++layer.tl0_pic_idx;
  ++layer.frames;
  const Frame frame{.timestamp = timestamp_at(layer, at),
                    .keyframe = keyframe,
                    .temporal = temporal,
                    .packets = plan_.layers[index].packets_per_frame * (keyframe ? 3 : 1)};
  for (std::size_t i = 0; i < frame.packets; ++i) out.push_back(packet(index, frame, i));
}

std::vector<std::uint8_t> VideoSource::packet(std::size_t index, const Frame& frame, std::size_t number) {
  Layer& layer = layers_[index];
  const VideoLayerPlan& plan = plan_.layers[index];
  std::vector<std::uint8_t> bytes(1500);
  const bool last = number + 1 == frame.packets;
  rtp::write_fixed_header(bytes, {last, plan_.payload_type, layer.sequence, frame.timestamp, plan.ssrc, true});
  rtp::ExtensionWriter extensions(ByteSpan(bytes).subspan(rtp::kFixedHeaderSize));
  add_token(extensions, plan_.mid_extension, plan_.mid.view());
  add_token(extensions, plan_.rid_extension, plan.rid);
  std::array<std::uint8_t, 2> transport{};
  store_be<std::uint16_t>(transport.data(), transport_sequence_);
  if (plan_.transport_cc_extension != 0) {
    extensions.add(plan_.transport_cc_extension, transport);
    ++transport_sequence_;
  }
  const std::size_t header = rtp::kFixedHeaderSize + *extensions.finish();
  ByteWriter writer(ByteSpan(bytes).subspan(header));
  if (plan_.codec == codec::Codec::kH264) {
    write_h264(writer, index, frame, number);
  } else {
    write_vp8(writer, index, frame, number == 0);
  }
  bytes.resize(header + writer.size());
  layer.history.push_back({layer.sequence, bytes});
  if (layer.history.size() > kHistory) layer.history.pop_front();
  ++layer.sequence;
  ++layer.packets;
  layer.octets += static_cast<std::uint32_t>(writer.size());
  ++packets_sent_;
  return bytes;
}

// RFC 7741: X|S, I|L|T|K, 15-bit picture id, TL0PICIDX, TID|Y|KEYIDX.
void VideoSource::write_vp8(ByteWriter& writer, std::size_t index, const Frame& frame, bool first) const {
  const Layer& layer = layers_[index];
  const VideoLayerPlan& plan = plan_.layers[index];
  writer.u8(static_cast<std::uint8_t>(0x80 | (first ? 0x10 : 0)));
  writer.u8(0xf0).u16(static_cast<std::uint16_t>(0x8000 | layer.picture_id)).u8(layer.tl0_pic_idx);
  writer.u8(static_cast<std::uint8_t>((frame.temporal << 6U) | (frame.temporal == 1 ? 0x20 : 0)));
  std::size_t written = 0;
  if (first && frame.keyframe) {
    // Frame tag of a keyframe, start code, size (RFC 6386 section 9.1).
    writer.u8(0x10).u8(0).u8(0).u8(0x9d).u8(0x01).u8(0x2a);
    writer.u8(static_cast<std::uint8_t>(plan.width)).u8(static_cast<std::uint8_t>(plan.width >> 8U));
    writer.u8(static_cast<std::uint8_t>(plan.height)).u8(static_cast<std::uint8_t>(plan.height >> 8U));
    written = 10;
  } else if (first) {
    writer.u8(0x11);
    written = 1;
  }
  // The rest names the layer, so that a receiver can tell what it got.
  while (written++ < plan.payload_size) writer.u8(static_cast<std::uint8_t>(index));
}

// RFC 6184, as browsers do it: parameter sets in a STAP-A before an IDR slice; a slice is one packet or several FU-A.
void VideoSource::write_h264(ByteWriter& writer, std::size_t index, const Frame& frame, std::size_t number) const {
  constexpr std::uint8_t kStapA = 0x78;
  constexpr std::uint8_t kFuA = 28;
  const auto layer = static_cast<std::uint8_t>(index);
  if (frame.keyframe && number == 0) {
    writer.u8(kStapA).u16(2).u8(0x67).u8(layer).u16(2).u8(0x68).u8(layer);
    return;
  }
  const std::uint8_t reference = frame.temporal == 0 ? 0x60 : 0;  // nal_ref_idc
  const std::uint8_t type = frame.keyframe ? 5 : 1;
  const std::size_t slice = frame.keyframe ? 1 : 0;  // the packet with which it begins
  if (slice + 1 == frame.packets) {
    writer.u8(reference | type);
  } else {
    const unsigned begins = number == slice ? 0x80 : 0;
    const unsigned ends = number + 1 == frame.packets ? 0x40 : 0;
    writer.u8(reference | kFuA).u8(static_cast<std::uint8_t>(begins | ends | type));
  }
  for (std::size_t i = 0; i < plan_.layers[index].payload_size; ++i) writer.u8(layer);
}

std::vector<std::uint8_t> VideoSource::retransmission(std::size_t index, const Sent& original) {
  Layer& layer = layers_[index];
  const VideoLayerPlan& plan = plan_.layers[index];
  const auto view = *rtp::PacketView::parse(original.bytes);
  std::vector<std::uint8_t> bytes(1500);
  rtp::write_fixed_header(
      bytes, {view.marker, plan_.rtx_payload_type, layer.rtx_sequence++, view.timestamp, plan.rtx_ssrc, true});
  rtp::ExtensionWriter extensions(ByteSpan(bytes).subspan(rtp::kFixedHeaderSize));
  add_token(extensions, plan_.mid_extension, plan_.mid.view());
  add_token(extensions, plan_.repaired_rid_extension, plan.rid);
  const std::size_t header = rtp::kFixedHeaderSize + *extensions.finish();
  ByteWriter writer(ByteSpan(bytes).subspan(header));
  (void)rtp::write_rtx_payload(writer, original.sequence, view.payload);
  bytes.resize(header + writer.size());
  return bytes;
}

std::vector<std::vector<std::uint8_t>> VideoSource::handle_rtcp(ByteView datagram) {
  using namespace rtp::rtcp;
  std::vector<std::vector<std::uint8_t>> out;
  const auto layer_of = [&](Ssrc ssrc) {
    return static_cast<std::size_t>(std::find_if(plan_.layers.begin(), plan_.layers.end(),
                                                 [&](const VideoLayerPlan& l) { return l.ssrc == ssrc; }) -
                                    plan_.layers.begin());
  };
  (void)parse_compound(datagram,
                       Overloaded{[&](const Nack& nack) {
                                    const std::size_t index = layer_of(nack.ssrcs.media);
                                    if (index == layers_.size()) return;
                                    nack.for_each_sequence([&](std::uint16_t sequence) {
                                      for (const Sent& sent : layers_[index].history) {
                                        if (sent.sequence != sequence) continue;
                                        out.push_back(retransmission(index, sent));
                                        return;
                                      }
                                    });
                                  },
                                  [&](const Pli& pli) {
                                    const std::size_t index = layer_of(pli.ssrcs.media);
                                    if (index == layers_.size()) return;
                                    layers_[index].keyframe_due = true;
                                    ++layers_[index].keyframes_asked;
                                  },
                                  [&](const TransportFeedback&) { ++transport_feedbacks_; }, [](const auto&) {}});
  return out;
}

std::vector<std::uint8_t> VideoSource::sender_reports(TimePoint now) {
  std::vector<std::uint8_t> bytes(1200);
  ByteWriter writer(bytes);
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const Layer& layer = layers_[i];
    (void)rtp::rtcp::write_sender_report(writer, plan_.layers[i].ssrc,
                                         {to_ntp(now), timestamp_at(layer, now), layer.packets, layer.octets});
  }
  bytes.resize(writer.size());
  return bytes;
}

}  // namespace parley::test

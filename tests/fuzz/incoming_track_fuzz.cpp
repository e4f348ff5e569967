// Bytes become a publisher's packets, valid RTP around whatever payload and extensions; what comes out lies within its
// packet, and the RTCP we answer with is well-formed.
#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <tuple>

#include "base/bytes.h"
#include "forward/incoming_track.h"
#include "rtp/rtcp/compound.h"

using namespace parley;

namespace {

void check(bool holds) {
  if (!holds) __builtin_trap();
}

constexpr std::array<codec::Codec, 8> kCodecs{codec::Codec::kVp8,  codec::Codec::kVp9, codec::Codec::kH264,
                                              codec::Codec::kH265, codec::Codec::kAv1, codec::Codec::kOpus,
                                              codec::Codec::kRed,  codec::Codec::kPcmu};

forward::IncomingConfig config() {
  forward::IncomingConfig c;
  c.kind = MediaKind::kVideo;
  c.nack = true;
  c.pli = true;
  for (std::size_t i = 0; i < kCodecs.size(); ++i) {
    forward::ReceiveCodec codec;
    codec.payload_type = PayloadType{static_cast<std::uint8_t>(96 + i * 2)};
    codec.rtx_payload_type = PayloadType{static_cast<std::uint8_t>(97 + i * 2)};
    codec.codec = kCodecs[i];
    c.codecs.push_back(codec);
  }
  c.encodings.resize(forward::kMaxLayers);
  for (std::uint8_t i = 0; i < rtp::kExtensionTypeCount; ++i) {
    c.extensions.set(static_cast<std::uint8_t>(i + 1), static_cast<rtp::ExtensionType>(i));
  }
  return c;
}

// Flags, type, sequence step, then a block of extensions and a payload, each with its length.
std::size_t build(ByteReader& in, std::uint16_t sequence, std::uint8_t layer, bool rtx, ByteSpan out) {
  const std::uint8_t shape = in.try_u8().value_or(0);
  const ByteView extensions =
      in.try_bytes(std::min<std::size_t>(in.remaining(), (shape & 0x0fU) * 4U)).value_or(ByteView{});
  const ByteView payload =
      in.try_bytes(std::min<std::size_t>(in.remaining(), in.try_u8().value_or(0))).value_or(ByteView{});
  const auto type = static_cast<std::uint8_t>(96 + ((shape >> 4U) % 8U) * 2 + (rtx ? 1 : 0));
  ByteWriter writer(out);
  const bool extended = !extensions.empty();
  writer.u8(extended ? 0x90 : 0x80).u8(static_cast<std::uint8_t>((shape & 0x80U) | type)).u16(sequence);
  writer.u32(sequence * 3000U).u32(100U + layer);
  if (extended) {
    writer.u16((shape & 1U) != 0 ? 0x1000 : 0xbede).u16(static_cast<std::uint16_t>((extensions.size() + 3) / 4));
    writer.bytes(extensions).zeros((4 - extensions.size() % 4) % 4);
  }
  writer.bytes(payload);
  return writer.ok() ? writer.size() : 0;
}

void check_packet(const forward::FeedPacket& p) {
  const std::size_t size = p.packet.bytes().size();
  check(std::size_t{p.payload_offset} + p.payload_size <= size);
  check(std::size_t{p.dependency_descriptor_offset} + p.dependency_descriptor_size <= size);
  check(p.dependency_descriptor_size == 0 || p.dependency_descriptor_size >= 3);
  check(std::size_t{p.abs_capture_time_offset} + p.abs_capture_time_size <= size);
  check(p.playout_delay_offset == 0 || p.playout_delay_offset + 3U <= size);
  check(p.video_orientation_offset < size);
  check(p.info.descriptor_size <= p.payload_size);
  check(p.info.spatial_id < codec::kMaxSpatialLayers && p.info.temporal_id < codec::kMaxTemporalLayers);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ByteReader in({data, size});
  PacketPool pool(64);
  forward::SenderClock clock;
  forward::IncomingTrack track(config(), Ssrc{1}, clock);
  TimePoint now{};
  std::array<std::uint16_t, forward::kMaxLayers> sequences{};
  std::set<std::tuple<std::uint8_t, std::uint8_t, std::int64_t>> seen;

  while (const auto op = in.try_u8()) {
    const std::uint8_t argument = in.try_u8().value_or(0);
    const std::uint8_t layer = argument % forward::kMaxLayers;
    now += Duration{std::int64_t{argument} * 500};
    switch (*op % 8) {
      case 0:
        track.bind(now, {0, layer, false}, Ssrc{argument});
        break;
      case 1:
        track.set_muted(now, (argument & 1U) != 0);
        break;
      case 2:
        track.request_keyframe(now, argument);
        break;
      case 3:
        track.handle_sender_report(now, argument, NtpTime{std::uint64_t{argument} << 32U}, argument * 1000U);
        break;
      case 4: {
        std::array<std::uint8_t, 400> buffer{};
        ByteWriter out(ByteSpan(buffer).first(std::min<std::size_t>(argument * 2U, buffer.size())));
        track.poll_rtcp(now, out);
        check(out.ok());
        if (out.size() == 0) break;
        bool first = true;
        check(rtp::rtcp::parse_compound(out.written(), [&]<class T>(const T&) {
                check(!first || std::is_same_v<T, rtp::rtcp::ReceiverReport>);
                first = false;
              }).has_value());
        break;
      }
      default: {
        const bool rtx = *op % 8 == 7;
        if (!rtx) sequences[layer] = static_cast<std::uint16_t>(sequences[layer] + static_cast<std::int8_t>(*op) / 16);
        PacketRef packet = pool.acquire();
        const std::size_t length = build(in, sequences[layer], layer, rtx, packet.storage());
        packet.set_size(length);
        const auto view = rtp::PacketView::parse(packet.bytes());
        if (!view) break;
        const auto extensions = rtp::Extensions::parse(*view, track.config().extensions);
        if (!extensions) break;
        const auto result = track.handle_rtp(now, packet, *view, *extensions, {0, layer, rtx});
        if (!result) break;
        check_packet(*result);
        check(seen.emplace(result->layer, result->generation, result->sequence).second);
        break;
      }
    }
    static_cast<void>(track.deadline());
  }
  for (std::uint8_t layer = 0; layer < forward::kMaxLayers; ++layer) {
    const auto stats = track.layer_stats(now, layer);
    check(stats.received <= stats.expected);
  }
  return 0;
}

// Bytes become a feed of several layers and the doings of its subscriber. Whatever comes in any order: a number is
// given out once, numbers grow without leaps, every packet written parses, and sending again changes nothing.
#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "base/bytes.h"
#include "base/random.h"
#include "base/unwrap.h"
#include "forward/outgoing_track.h"
#include "rtp/rtcp/report_block.h"

using namespace parley;

namespace {

void check(bool holds) {
  if (!holds) __builtin_trap();
}

constexpr Ssrc kSsrc{500};
constexpr Ssrc kRtxSsrc{501};

forward::OutgoingConfig config_of(std::uint8_t shape) {
  forward::OutgoingConfig c;
  c.mid = Mid("m");
  c.kind = MediaKind::kVideo;
  c.codec = (shape & 1U) != 0 ? codec::Codec::kVp9 : codec::Codec::kVp8;
  c.payload_type = PayloadType{96};
  c.ssrc = kSsrc;
  if ((shape & 2U) != 0) {
    c.rtx_payload_type = PayloadType{97};
    c.rtx_ssrc = kRtxSsrc;
  }
  c.cname = "c";
  for (std::uint8_t i = 0; (shape & 4U) != 0 && i < rtp::kExtensionTypeCount; ++i) {
    c.extensions.set(static_cast<std::uint8_t>((shape & 8U) != 0 ? i + 20 : i + 1), static_cast<rtp::ExtensionType>(i));
  }
  return c;
}

class Feed {
 public:
  Feed(PacketPool& pool, codec::Codec codec) : pool_(pool), codec_(codec) {}

  forward::FeedPacket next(TimePoint now, ByteReader& in, std::uint8_t op) {
    const std::uint8_t flags = in.try_u8().value_or(0);
    const std::uint8_t step = in.try_u8().value_or(0);
    Layer& layer = layers_[op >> 6U];
    if (step == 0xff) ++layer.generation;
    const std::int64_t distance = step >= 0xf0 ? (step - 0xefLL) * 40 : static_cast<std::int8_t>(step << 3U) / 16 + 1;
    layer.sequence += distance;
    if ((flags & 1U) != 0) ++layer.frame;
    return make(now, op, flags, layer);
  }

 private:
  struct Layer {
    std::uint8_t generation = 0;
    std::int64_t sequence = 65'500;
    std::int64_t frame = 0;
  };

  forward::FeedPacket make(TimePoint now, std::uint8_t op, std::uint8_t flags, const Layer& layer) {
    const auto picture = static_cast<std::uint16_t>((32'760 + layer.frame) & 0x7fff);
    const auto tid = static_cast<std::uint8_t>((flags >> 4U) & 3U);
    const std::uint8_t sid = codec_ == codec::Codec::kVp9 ? (flags >> 6U) & 3U : 0;
    const bool key = (flags & 6U) == 6U;
    forward::FeedPacket p;
    p.packet = pool_.acquire();
    std::vector<std::uint8_t> bytes = {0xc0, static_cast<std::uint8_t>(picture >> 8U),
                                       static_cast<std::uint8_t>(picture), 0};
    p.payload_offset = 4;
    if (codec_ == codec::Codec::kVp8) {
      const std::uint8_t head[] = {0x90,
                                   0xf0,
                                   static_cast<std::uint8_t>(0x80U | (picture >> 8U)),
                                   static_cast<std::uint8_t>(picture),
                                   static_cast<std::uint8_t>(layer.frame),
                                   static_cast<std::uint8_t>(tid << 6U)};
      bytes.insert(bytes.end(), std::begin(head), std::end(head));
    } else {
      const std::uint8_t head[] = {0xac, static_cast<std::uint8_t>(0x80U | (picture >> 8U)),
                                   static_cast<std::uint8_t>(picture), static_cast<std::uint8_t>(tid << 5U | sid << 1U),
                                   static_cast<std::uint8_t>(layer.frame)};
      bytes.insert(bytes.end(), std::begin(head), std::end(head));
    }
    bytes.insert(bytes.end(), {op, flags, static_cast<std::uint8_t>(layer.sequence >> 8U),
                               static_cast<std::uint8_t>(layer.sequence)});
    std::copy(bytes.begin(), bytes.end(), p.packet.storage().begin());
    p.packet.set_size(bytes.size());
    p.payload_size = (op & 0x20U) != 0 && (flags & 7U) == 0 ? 0 : static_cast<std::uint16_t>(bytes.size() - 4);
    p.layer = op >> 6U;
    p.generation = layer.generation;
    p.marker = (flags & 8U) != 0;
    p.codec = codec_;
    p.sequence = layer.sequence;
    p.timestamp = (std::int64_t{1} << 32) - 9000 + layer.frame * 3000;
    p.arrival = now;
    p.info.starts_frame = (flags & 2U) != 0;
    p.info.ends_frame = p.marker;
    p.info.keyframe = key && sid == 0;
    p.info.temporal_id = tid;
    p.info.spatial_id = sid;
    p.info.temporal_switch_up = (op & 0x10U) != 0;
    p.info.picture_id = picture;
    p.info.picture_id_long = true;
    p.info.tl0_pic_idx = static_cast<std::uint8_t>(layer.frame);
    p.info.descriptor_size = codec_ == codec::Codec::kVp8 ? 6 : 5;
    if ((op & 0x10U) != 0) p.dependency_descriptor_size = 3;
    return p;
  }

  PacketPool& pool_;
  codec::Codec codec_;
  std::array<Layer, forward::kMaxLayers> layers_{};
};

// What a receiver holds: by its own number, timestamp and payload.
struct Copy {
  std::uint32_t timestamp = 0;
  std::vector<std::uint8_t> payload;
  friend bool operator==(const Copy&, const Copy&) = default;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ByteReader in({data, size});
  const std::uint8_t shape = in.try_u8().value_or(0);
  SeededRandom random(shape);
  PacketPool pool(4096);
  const forward::OutgoingConfig config = config_of(shape);
  Feed feed(pool, config.codec);
  forward::OutgoingTrack track(config, random);
  forward::PacketHistory history(64);
  std::array<std::uint8_t, kMaxPacketSize> slot{};
  std::map<std::int64_t, Copy> written;
  std::set<std::tuple<std::uint8_t, std::uint8_t, std::int64_t>> seen;
  SeqUnwrapper numbers;
  std::int64_t highest = -1;
  TimePoint now{};

  const auto take = [&](const forward::Sent& sent, bool again) {
    const auto view = rtp::PacketView::parse(ByteView(slot).first(sent.size));
    check(view.has_value());
    check(view->ssrc == sent.ssrc && view->sequence == sent.sequence);
    check(sent.transport_cc_offset == 0 || sent.transport_cc_offset + 2 <= view->header_size);
    if (view->extension_profile != 0) check(rtp::Extensions::parse(*view, config.extensions).has_value());
    const bool rtx = sent.ssrc == kRtxSsrc;
    if (rtx) check(view->payload.size() >= 2);
    const ByteView payload = view->payload.subspan(rtx ? 2 : 0);
    const std::int64_t number = numbers.peek(rtx ? load_be<std::uint16_t>(view->payload.data()) : view->sequence);
    const Copy copy{.timestamp = view->timestamp, .payload = {payload.begin(), payload.end()}};
    const auto [at, fresh] = written.emplace(number, copy);
    if (!again) {
      check(fresh);
      check(highest < 0 || number <= highest + forward::SequenceMap::kMaxGap + 1);
      if (highest < 0 || number > highest) {
        highest = number;
        numbers.unwrap(view->sequence);
      }
    } else if (!fresh) {
      check(at->second == copy);
    }
  };

  while (const auto op = in.try_u8()) {
    const std::uint8_t kind = *op & 0x0fU;
    if (kind < 9) {
      const forward::FeedPacket packet = feed.next(now, in, *op);
      // The origin lets no number pass twice.
      if (!seen.emplace(packet.layer, packet.generation, packet.sequence).second) continue;
      history.add(packet);
      const auto sent = track.write(now, packet, slot);
      if (sent) take(*sent, false);
      now += 5ms;
      continue;
    }
    const std::uint8_t argument = in.try_u8().value_or(0);
    switch (kind) {
      case 9:
        track.set_target({.enabled = (argument & 0x80U) == 0,
                          .max_layer = static_cast<std::uint8_t>(argument & 7U),
                          .max_temporal = static_cast<std::uint8_t>((argument >> 3U) & 7U)});
        break;
      case 10: {
        const auto sent = track.retransmit(now, static_cast<std::uint16_t>(highest - argument + 2), history, slot);
        if (sent) {
          check(sent->retransmission);
          take(*sent, true);
        }
        break;
      }
      case 11:
        track.handle_clock({.layer = argument, .generation = 0, .timestamp = argument * 1000, .at = now});
        break;
      case 12: {
        ByteWriter out(slot);
        track.write_sender_report(now, out);
        check(out.ok());
        break;
      }
      case 13:
        static_cast<void>(track.write_padding(now, argument, slot));
        break;
      case 14:
        track.handle_keyframe_request();
        static_cast<void>(track.wanted_keyframe(now));
        break;
      default:
        now += Duration{std::int64_t{argument} * 10'000};
        history.expire(now);
        break;
    }
  }
  check(track.stats().packets <= written.size());
  return 0;
}

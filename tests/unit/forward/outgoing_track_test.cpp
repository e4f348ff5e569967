#include "forward/outgoing_track.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "rtp/rtcp/compound.h"
#include "unit/forward/support.h"

namespace parley::forward {
namespace {

using testing::at_ms;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using testing::rtp_bytes;

constexpr Ssrc kSsrc{777};
constexpr Ssrc kRtxSsrc{778};

OutgoingConfig video_config() {
  OutgoingConfig c;
  c.mid = Mid("v7");
  c.kind = MediaKind::kVideo;
  c.codec = codec::Codec::kVp8;
  c.payload_type = PayloadType{100};
  c.rtx_payload_type = PayloadType{101};
  c.ssrc = kSsrc;
  c.rtx_ssrc = kRtxSsrc;
  c.cname = "publisher";
  c.nack = true;
  c.extensions.set(3, rtp::ExtensionType::kTransportCc);
  c.extensions.set(4, rtp::ExtensionType::kMid);
  c.extensions.set(5, rtp::ExtensionType::kPlayoutDelay);
  c.extensions.set(6, rtp::ExtensionType::kVideoOrientation);
  c.extensions.set(7, rtp::ExtensionType::kAbsCaptureTime);
  c.extensions.set(8, rtp::ExtensionType::kAbsSendTime);
  c.extensions.set(9, rtp::ExtensionType::kDependencyDescriptor);
  return c;
}

OutgoingConfig audio_config(codec::Codec codec) {
  OutgoingConfig c;
  c.mid = Mid("a1");
  c.codec = codec;
  c.payload_type = PayloadType{111};
  c.ssrc = kSsrc;
  c.extensions.set(1, rtp::ExtensionType::kAudioLevel);
  return c;
}

class OutgoingTrackTest : public ::testing::Test {
 protected:
  FeedPacket vp8(std::uint16_t sequence, const testing::Vp8Fields& fields, std::uint32_t timestamp = 0,
                 const std::vector<testing::Extension>& extensions = {}) {
    return testing::feed_packet_of(pool_,
                                   rtp_bytes({.marker = true,
                                              .payload_type = PayloadType{96},
                                              .sequence = sequence,
                                              .timestamp = timestamp,
                                              .ssrc = Ssrc{1}},
                                             testing::vp8_payload(fields, sequence), extensions),
                                   codec::Codec::kVp8);
  }
  FeedPacket audio(std::uint16_t sequence, const std::vector<std::uint8_t>& payload, codec::Codec codec) {
    return testing::feed_packet_of(pool_,
                                   rtp_bytes({.marker = false,
                                              .payload_type = PayloadType{63},
                                              .sequence = sequence,
                                              .timestamp = sequence * 960U,
                                              .ssrc = Ssrc{1}},
                                             payload),
                                   codec);
  }
  rtp::PacketView view(const Sent& sent) { return rtp::PacketView::parse(ByteView(slot_).first(sent.size)).value(); }

  PacketPool pool_{512};
  SeededRandom random_{1};
  PacketHistory history_ = PacketHistory::for_kind(MediaKind::kVideo);
  std::array<std::uint8_t, kMaxPacketSize> slot_{};
};

TEST_F(OutgoingTrackTest, WritesACompletePacket) {
  const OutgoingConfig config = video_config();
  OutgoingTrack track(config, random_);
  FeedPacket packet = vp8(9, {.picture_id = 5, .tl0 = 6, .key_idx = 7, .key = true}, 1234);
  const Result<Sent> sent = track.write(at_ms(0), packet, slot_);
  ASSERT_TRUE(sent);
  const rtp::PacketView out = view(*sent);
  EXPECT_EQ(out.ssrc, kSsrc);
  EXPECT_EQ(out.payload_type, PayloadType{100});
  EXPECT_EQ(out.sequence, sent->sequence);
  EXPECT_LT(out.sequence, 0x8000);
  EXPECT_EQ(out.timestamp, 1234U);
  EXPECT_TRUE(out.marker);
  EXPECT_THAT(out.payload, ElementsAreArray(packet.payload()));
  const auto extensions = rtp::Extensions::parse(out, config.extensions).value();
  EXPECT_EQ(extensions.mid, Mid("v7"));
  EXPECT_EQ(extensions.transport_sequence, 0);
  EXPECT_EQ(extensions.abs_send_time, (to_ntp(at_ms(0)).value >> 14U) & 0xffffffU);
  slot_[sent->transport_cc_offset] = 0xab;
  slot_[sent->transport_cc_offset + 1] = 0xcd;
  EXPECT_EQ(rtp::Extensions::parse(view(*sent), config.extensions)->transport_sequence, 0xabcd);
  EXPECT_EQ(track.stats().packets, 1U);
  EXPECT_EQ(track.stats().bytes, sent->size);
}

TEST_F(OutgoingTrackTest, CopiesTheExtensionsTheReceiverKnows) {
  for (const bool negotiated : {true, false}) {
    OutgoingConfig config = video_config();
    if (!negotiated) config.extensions = {};
    OutgoingTrack track(config, random_);
    FeedPacket packet = vp8(9, {.key = true}, 0,
                            {{1, {1, 2, 3}}, {2, {2}}, {3, {0, 1, 2, 3, 4, 5, 6, 7}}, {4, {0xc0, 0x12, 0x34, 0x55}}});
    const ByteView raw = packet.packet.bytes();
    const auto find = [&](std::uint8_t head) {
      for (std::size_t i = 16; i < raw.size(); ++i) {
        if (raw[i] == head) return static_cast<std::uint16_t>(i + 1);
      }
      return std::uint16_t{0};
    };
    packet.playout_delay_offset = find(0x12);
    packet.video_orientation_offset = find(0x20);
    packet.abs_capture_time_offset = find(0x37);
    packet.abs_capture_time_size = 8;
    packet.dependency_descriptor_offset = find(0x43);
    packet.dependency_descriptor_size = 4;
    const Result<Sent> sent = track.write(at_ms(0), packet, slot_);
    ASSERT_TRUE(sent);
    const auto extensions = rtp::Extensions::parse(view(*sent), config.extensions).value();
    if (negotiated) {
      EXPECT_THAT(extensions.playout_delay, ElementsAre(1, 2, 3));
      EXPECT_THAT(extensions.video_orientation, ElementsAre(2));
      EXPECT_THAT(extensions.abs_capture_time, ElementsAre(0, 1, 2, 3, 4, 5, 6, 7));
      EXPECT_THAT(extensions.dependency_descriptor, ElementsAre(0xc0, 0x12, 0x34, 0x55));
    } else {
      EXPECT_EQ(view(*sent).extension_profile, 0);
      EXPECT_EQ(sent->transport_cc_offset, 0U);
    }
  }
}

TEST_F(OutgoingTrackTest, LongDescriptorsUseTheTwoByteForm) {
  const OutgoingConfig config = video_config();
  OutgoingTrack track(config, random_);
  const std::vector<std::uint8_t> value(40, 0x80);
  FeedPacket packet = vp8(9, {.key = true}, 0, {{12, value}});
  packet.dependency_descriptor_offset = 12 + 4 + 2;
  packet.dependency_descriptor_size = 40;
  const Result<Sent> sent = track.write(at_ms(0), packet, slot_);
  ASSERT_TRUE(sent);
  EXPECT_EQ(view(*sent).extension_profile & 0xfff0, 0x1000);
  EXPECT_THAT(rtp::Extensions::parse(view(*sent), config.extensions)->dependency_descriptor, ElementsAreArray(value));
}

TEST_F(OutgoingTrackTest, MidStopsOnceAReportCameIn) {
  const OutgoingConfig config = video_config();
  OutgoingTrack track(config, random_);
  const auto has_mid = [&](std::uint16_t sequence) {
    const Result<Sent> sent = track.write(at_ms(0), vp8(sequence, {.picture_id = sequence, .key = true}), slot_);
    return rtp::Extensions::parse(view(*sent), config.extensions)->mid.has_value();
  };
  EXPECT_TRUE(has_mid(1));
  track.handle_report_block(at_ms(0), {.ssrc = Ssrc{1}});
  EXPECT_TRUE(has_mid(2));
  track.handle_report_block(at_ms(0), {.ssrc = kSsrc});
  EXPECT_FALSE(has_mid(3));
}

TEST_F(OutgoingTrackTest, SmallSlotIsAnError) {
  const FeedPacket packet = vp8(1, {.key = true});
  for (const std::size_t room : {0U, 5U, 12U, 20U, 40U, 47U}) {
    OutgoingTrack fresh(video_config(), random_);
    EXPECT_EQ(fresh.write(at_ms(0), packet, ByteSpan(slot_).first(room)).error(), DropReason::kSendBufferFull) << room;
  }
}

TEST_F(OutgoingTrackTest, RedIsUnwrappedForAnOpusReceiver) {
  OutgoingTrack track(audio_config(codec::Codec::kOpus), random_);
  // One redundant block of 2 bytes, 960 ticks old, then the primary.
  const std::vector<std::uint8_t> red = {0x80U | 109U, 0x0f, 0x00, 0x02, 109, 1, 2, 31, 32, 33};
  const Result<Sent> sent = track.write(at_ms(0), audio(5, red, codec::Codec::kRed), slot_);
  ASSERT_TRUE(sent);
  EXPECT_THAT(view(*sent).payload, ElementsAre(31, 32, 33));
  EXPECT_EQ(view(*sent).payload_type, PayloadType{111});
  EXPECT_EQ(view(*sent).timestamp, 4800U);
}

TEST_F(OutgoingTrackTest, RedBlocksGetTheReceiversPayloadType) {
  OutgoingConfig config = audio_config(codec::Codec::kRed);
  config.payload_type = PayloadType{63};
  config.red_primary = PayloadType{111};
  OutgoingTrack track(config, random_);
  const std::vector<std::uint8_t> red = {0x80U | 109U, 0x0f, 0x00, 0x02, 109, 1, 2, 31};
  const Result<Sent> sent = track.write(at_ms(0), audio(5, red, codec::Codec::kRed), slot_);
  EXPECT_THAT(view(*sent).payload, ElementsAre(0x80U | 111U, 0x0f, 0x00, 0x02, 111, 1, 2, 31));
  // A packet that the sender left bare.
  const Result<Sent> bare = track.write(at_ms(20), audio(6, {40, 41}, codec::Codec::kOpus), slot_);
  EXPECT_EQ(view(*bare).payload_type, PayloadType{111});
  EXPECT_THAT(view(*bare).payload, ElementsAre(40, 41));
}

TEST_F(OutgoingTrackTest, ForeignCodecIsDroppedWithoutAGap) {
  OutgoingTrack track(audio_config(codec::Codec::kOpus), random_);
  const Result<Sent> first = track.write(at_ms(0), audio(5, {1}, codec::Codec::kOpus), slot_);
  EXPECT_EQ(track.write(at_ms(0), audio(6, {1}, codec::Codec::kPcmu), slot_).error(),
            DropReason::kRtpUnknownPayloadType);
  const Result<Sent> second = track.write(at_ms(0), audio(7, {1}, codec::Codec::kOpus), slot_);
  EXPECT_EQ(second->sequence, static_cast<std::uint16_t>(first->sequence + 1));
}

TEST_F(OutgoingTrackTest, AudioLevelIsWritten) {
  const OutgoingConfig config = audio_config(codec::Codec::kOpus);
  OutgoingTrack track(config, random_);
  FeedPacket packet = audio(5, {1}, codec::Codec::kOpus);
  packet.audio_level = rtp::AudioLevel{.level = 42, .voice = true};
  const Result<Sent> sent = track.write(at_ms(0), packet, slot_);
  const auto extensions = rtp::Extensions::parse(view(*sent), config.extensions).value();
  ASSERT_TRUE(extensions.audio_level);
  EXPECT_EQ(extensions.audio_level->level, 42);
  EXPECT_TRUE(extensions.audio_level->voice);
}

TEST_F(OutgoingTrackTest, PaddingOfThePublisherClosesItsGap) {
  OutgoingTrack track(audio_config(codec::Codec::kOpus), random_);
  const Result<Sent> first = track.write(at_ms(0), audio(5, {1}, codec::Codec::kOpus), slot_);
  FeedPacket padding = audio(6, {1}, codec::Codec::kOpus);
  padding.payload_size = 0;
  EXPECT_EQ(track.write(at_ms(0), padding, slot_).error(), DropReason::kPaddingOnly);
  const Result<Sent> second = track.write(at_ms(0), audio(7, {1}, codec::Codec::kOpus), slot_);
  EXPECT_EQ(second->sequence, static_cast<std::uint16_t>(first->sequence + 1));
}

TEST_F(OutgoingTrackTest, LatePaddingFillsItsGapWithoutPayload) {
  OutgoingTrack track(audio_config(codec::Codec::kOpus), random_);
  const Result<Sent> first = track.write(at_ms(0), audio(5, {1}, codec::Codec::kOpus), slot_);
  ASSERT_TRUE(track.write(at_ms(0), audio(7, {1}, codec::Codec::kOpus), slot_));
  FeedPacket padding = audio(6, {1}, codec::Codec::kOpus);
  padding.payload_size = 0;
  const Result<Sent> filler = track.write(at_ms(0), padding, slot_);
  ASSERT_TRUE(filler);
  EXPECT_EQ(filler->sequence, static_cast<std::uint16_t>(first->sequence + 1));
  EXPECT_TRUE(view(*filler).payload.empty());
}

// ---- retransmission ----

TEST_F(OutgoingTrackTest, NackIsAnsweredThroughRtx) {
  OutgoingTrack track(video_config(), random_);
  std::vector<std::uint16_t> numbers;
  for (std::uint16_t i = 0; i < 3; ++i) {
    const FeedPacket p = vp8(i, {.picture_id = i, .key = i == 0}, i * 3000U);
    history_.add(p);
    numbers.push_back(track.write(at_ms(0), p, slot_)->sequence);
  }
  const std::vector<std::uint16_t> asked = {numbers[1], numbers[2], static_cast<std::uint16_t>(numbers[2] + 1)};
  std::vector<Sent> sent;
  std::vector<std::uint16_t> originals;
  track.handle_nack(
      at_ms(50), asked, history_, [&] { return ByteSpan(slot_); },
      [&](const Sent& s) {
        sent.push_back(s);
        originals.push_back(load_be<std::uint16_t>(view(s).payload.data()));
        EXPECT_EQ(view(s).payload_type, PayloadType{101});
        EXPECT_EQ(view(s).ssrc, kRtxSsrc);
      });
  EXPECT_THAT(originals, ElementsAre(numbers[1], numbers[2]));
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_TRUE(sent[0].retransmission);
  EXPECT_EQ(sent[1].sequence, static_cast<std::uint16_t>(sent[0].sequence + 1));
  EXPECT_EQ(view(sent[1]).timestamp, 6000U);
  EXPECT_EQ(track.stats().nacked, 3U);
  EXPECT_EQ(track.stats().nack_missed, 1U);
  EXPECT_EQ(track.stats().retransmitted_packets, 2U);
  EXPECT_EQ(track.stats().packets, 3U);
}

TEST_F(OutgoingTrackTest, WithoutRtxTheSamePacketComesAgain) {
  OutgoingConfig config = video_config();
  config.rtx_ssrc.reset();
  config.rtx_payload_type.reset();
  config.extensions = {};
  OutgoingTrack track(config, random_);
  const FeedPacket p = vp8(0, {.picture_id = 3, .tl0 = 4, .key = true}, 3000);
  history_.add(p);
  const Result<Sent> sent = track.write(at_ms(0), p, slot_);
  const std::vector<std::uint8_t> original(slot_.begin(), slot_.begin() + static_cast<std::ptrdiff_t>(sent->size));
  slot_.fill(0);
  const Result<Sent> again = track.retransmit(at_ms(50), sent->sequence, history_, slot_);
  ASSERT_TRUE(again);
  EXPECT_THAT(ByteView(slot_).first(again->size), ElementsAreArray(original));
}

TEST_F(OutgoingTrackTest, NotTwiceWithinARoundTrip) {
  OutgoingTrack track(video_config(), random_);
  const FeedPacket p = vp8(0, {.key = true});
  history_.add(p);
  const std::uint16_t number = track.write(at_ms(0), p, slot_)->sequence;
  // LSR and DLSR that make 100 ms.
  track.handle_report_block(at_ms(500), {.ssrc = kSsrc, .last_sr = to_ntp(at_ms(400)).compact()});
  EXPECT_NEAR(static_cast<double>(track.stats().rtt->count()), 100'000, 20);
  EXPECT_TRUE(track.retransmit(at_ms(500), number, history_, slot_));
  EXPECT_EQ(track.retransmit(at_ms(570), number, history_, slot_).error(), DropReason::kRateLimited);
  EXPECT_TRUE(track.retransmit(at_ms(580), number, history_, slot_));
}

TEST_F(OutgoingTrackTest, OneNackIsBounded) {
  OutgoingTrack track(video_config(), random_);
  std::vector<std::uint16_t> numbers;
  for (std::uint16_t i = 0; i < 100; ++i) {
    const FeedPacket p = vp8(i, {.picture_id = i, .key = i == 0});
    history_.add(p);
    numbers.push_back(track.write(at_ms(0), p, slot_)->sequence);
  }
  std::size_t sent = 0;
  track.handle_nack(
      at_ms(50), numbers, history_, [&] { return ByteSpan(slot_); }, [&](const Sent&) { ++sent; });
  EXPECT_EQ(sent, OutgoingTrack::kMaxResendsPerNack);
  track.handle_nack(
      at_ms(500), numbers, history_, [] { return ByteSpan(); }, [&](const Sent&) { ++sent; });
  EXPECT_EQ(sent, OutgoingTrack::kMaxResendsPerNack);
}

TEST_F(OutgoingTrackTest, PacketThatOvertookItsKeyframeComesFromTheHistory) {
  OutgoingTrack track(video_config(), random_);
  const FeedPacket start = vp8(10, {.picture_id = 1, .key = true});
  const FeedPacket second = vp8(11, {.picture_id = 1, .start = false});
  const FeedPacket third = vp8(12, {.picture_id = 2});
  for (const FeedPacket& p : {second, start, third}) history_.add(p);
  EXPECT_EQ(track.write(at_ms(0), second, slot_).error(), DropReason::kAwaitingKeyframe);
  const std::uint16_t number = track.write(at_ms(0), start, slot_)->sequence;
  ASSERT_TRUE(track.write(at_ms(0), third, slot_));
  const Result<Sent> sent = track.retransmit(at_ms(9), static_cast<std::uint16_t>(number + 1), history_, slot_);
  ASSERT_TRUE(sent);
  EXPECT_EQ(view(*sent).payload.size(), 2 + second.payload().size());
}

TEST_F(OutgoingTrackTest, ProbesArePaddingOnTheRtxStream) {
  OutgoingTrack track(video_config(), random_);
  EXPECT_EQ(track.write_padding(at_ms(0), 200, slot_).error(), DropReason::kPaddingOnly);
  ASSERT_TRUE(track.write(at_ms(0), vp8(0, {.key = true}, 90), slot_));
  const Result<Sent> sent = track.write_padding(at_ms(0), 200, slot_);
  ASSERT_TRUE(sent);
  const rtp::PacketView out = view(*sent);
  EXPECT_EQ(out.padding, 200);
  EXPECT_TRUE(out.payload.empty());
  EXPECT_EQ(out.ssrc, kRtxSsrc);
  EXPECT_EQ(out.timestamp, 90U);
  EXPECT_NE(sent->transport_cc_offset, 0U);
  EXPECT_EQ(track.write_padding(at_ms(0), 0, slot_).error(), DropReason::kPaddingOnly);
  EXPECT_EQ(track.stats().padding_bytes, 200U);
}

// ---- RTCP and control ----

TEST_F(OutgoingTrackTest, SenderReportMapsTheCaptureClock) {
  OutgoingTrack track(video_config(), random_);
  std::array<std::uint8_t, 200> buffer{};
  ByteWriter early(buffer);
  EXPECT_FALSE(track.write_sender_report(at_ms(0), early));
  FeedPacket p = vp8(0, {.key = true}, 90'000);
  p.arrival = at_ms(100);
  ASSERT_TRUE(track.write(at_ms(100), p, slot_));
  track.handle_clock({.layer = 0, .generation = 0, .timestamp = 90'000, .at = at_ms(60)});
  ByteWriter small(ByteSpan(buffer).first(40));
  EXPECT_FALSE(track.write_sender_report(at_ms(160), small));
  EXPECT_EQ(small.size(), 0U);
  ByteWriter out(buffer);
  ASSERT_TRUE(track.write_sender_report(at_ms(160), out));
  std::optional<rtp::rtcp::SenderInfo> info;
  std::string cname;
  ASSERT_TRUE(rtp::rtcp::parse_compound(
      out.written(),
      rtp::rtcp::Overloaded{[&](const rtp::rtcp::SenderReport& r) { info = r.info; },
                            [&](rtp::rtcp::Sdes s) { cname = s.next_chunk()->cname; }, [](const auto&) {}}));
  ASSERT_TRUE(info);
  EXPECT_EQ(info->ntp, to_ntp(at_ms(160)));
  EXPECT_EQ(info->rtp_timestamp, 99'000U);
  EXPECT_EQ(info->packet_count, 1U);
  EXPECT_EQ(info->octet_count, 20U);
  EXPECT_EQ(cname, "publisher");
}

TEST_F(OutgoingTrackTest, ReportBlocksFillTheStats) {
  OutgoingTrack track(video_config(), random_);
  track.handle_report_block(at_ms(0), {.ssrc = kSsrc, .fraction_lost = 64});
  EXPECT_EQ(track.stats().fraction_lost, 0);  // nothing was sent: it cannot be about us
  ASSERT_TRUE(track.write(at_ms(0), vp8(0, {.key = true}), slot_));
  track.handle_report_block(at_ms(0), {.ssrc = kSsrc, .fraction_lost = 64, .cumulative_lost = 7, .jitter = 900});
  EXPECT_FLOAT_EQ(track.stats().fraction_lost, 0.25F);
  EXPECT_EQ(track.stats().cumulative_lost, 7U);
  EXPECT_EQ(track.stats().jitter, 10ms);
  EXPECT_FALSE(track.stats().rtt);
  track.handle_report_block(at_ms(0), {.ssrc = kSsrc, .last_sr = to_ntp(at_ms(50)).compact()});
  EXPECT_FALSE(track.stats().rtt);  // from the future
}

TEST_F(OutgoingTrackTest, KeyframeIsWantedAtOnceAndAgainUntilItCame) {
  OutgoingTrack track(video_config(), random_);
  EXPECT_TRUE(track.wanted_keyframe(at_ms(0)));
  EXPECT_FALSE(track.wanted_keyframe(at_ms(199)));
  EXPECT_TRUE(track.wanted_keyframe(at_ms(200)));
  ASSERT_TRUE(track.write(at_ms(210), vp8(0, {.key = true}), slot_));
  EXPECT_FALSE(track.wanted_keyframe(at_ms(900)));
  track.handle_keyframe_request();
  EXPECT_EQ(track.wanted_keyframe(at_ms(901)), 0);
  EXPECT_FALSE(track.wanted_keyframe(at_ms(902)));
  ASSERT_TRUE(track.write(at_ms(910), vp8(1, {.picture_id = 1}), slot_));
  EXPECT_TRUE(track.wanted_keyframe(at_ms(1101)));
  ASSERT_TRUE(track.write(at_ms(1110), vp8(2, {.picture_id = 2, .key = true}), slot_));
  EXPECT_FALSE(track.wanted_keyframe(at_ms(2000)));
}

TEST_F(OutgoingTrackTest, PauseKeepsNumbersAndResumesAtAKeyframe) {
  OutgoingTrack track(video_config(), random_);
  const std::uint16_t first = track.write(at_ms(0), vp8(0, {.picture_id = 9, .key = true}), slot_)->sequence;
  LayerTarget off;
  off.enabled = false;
  track.set_target(off);
  EXPECT_EQ(track.write(at_ms(10), vp8(1, {.picture_id = 10, .key = true}), slot_).error(),
            DropReason::kSubscriberPaused);
  EXPECT_FALSE(track.wanted_keyframe(at_ms(10)));
  track.set_target({});
  EXPECT_EQ(track.wanted_keyframe(at_ms(10)), 0);
  EXPECT_EQ(track.write(at_ms(20), vp8(2, {.picture_id = 11}), slot_).error(), DropReason::kAwaitingKeyframe);
  const Result<Sent> sent = track.write(at_ms(30), vp8(3, {.picture_id = 12, .key = true}), slot_);
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->sequence, static_cast<std::uint16_t>(first + 1));
  EXPECT_EQ(codec::describe(codec::Codec::kVp8, view(*sent).payload, true)->picture_id, 10);
  EXPECT_EQ(track.stats().switches, 2U);
}

TEST_F(OutgoingTrackTest, OwnsBothOfItsStreams) {
  const OutgoingTrack track(video_config(), random_);
  EXPECT_TRUE(track.owns(kSsrc));
  EXPECT_TRUE(track.owns(kRtxSsrc));
  EXPECT_FALSE(track.owns(Ssrc{1}));
}

TEST_F(OutgoingTrackTest, ASubscribedTrackIsSmall) {
  // With the ring of 512 entries it has to stay within 8 KiB.
  EXPECT_EQ(sizeof(SequenceEntry), 12U);
  EXPECT_LE(sizeof(OutgoingTrack) + 512 * sizeof(SequenceEntry), 8192U);
}

}  // namespace
}  // namespace parley::forward

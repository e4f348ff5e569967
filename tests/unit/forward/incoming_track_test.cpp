#include "forward/incoming_track.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "rtp/rtcp/compound.h"
#include "unit/forward/support.h"

namespace parley::forward {
namespace {

using testing::at_ms;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr PayloadType kVp8{96};
constexpr PayloadType kRtx{97};
constexpr Ssrc kLocal{1};
constexpr std::uint32_t kMedia = 1000;  // + layer
constexpr std::uint32_t kRepair = 2000;

// What poll_rtcp wrote, taken apart.
struct Rtcp {
  bool begins_with_report = false;
  std::vector<rtp::rtcp::ReportBlock> blocks;
  std::vector<std::uint16_t> nacks;
  std::vector<std::uint32_t> plis;
};

class IncomingTrackTest : public ::testing::Test {
 protected:
  IncomingTrackTest() : track_(config(), kLocal, clock_) {}

  static IncomingConfig config() {
    IncomingConfig c;
    c.mid = Mid("0");
    c.kind = MediaKind::kVideo;
    c.codecs = {{.payload_type = kVp8, .codec = codec::Codec::kVp8, .rtx_payload_type = kRtx, .red_primary = {}}};
    c.encodings = {{.rid = Rid("q"), .ssrc = {}, .rtx_ssrc = {}}, {.rid = Rid("h"), .ssrc = {}, .rtx_ssrc = {}}};
    c.extensions.set(1, rtp::ExtensionType::kAudioLevel);
    c.extensions.set(2, rtp::ExtensionType::kAbsCaptureTime);
    c.extensions.set(3, rtp::ExtensionType::kPlayoutDelay);
    c.extensions.set(4, rtp::ExtensionType::kVideoOrientation);
    c.extensions.set(5, rtp::ExtensionType::kDependencyDescriptor);
    c.nack = true;
    c.pli = true;
    return c;
  }

  Result<FeedPacket> handle(std::int64_t ms, const std::vector<std::uint8_t>& bytes, StreamRef stream) {
    PacketRef packet = pool_.copy_of(bytes);
    const auto view = rtp::PacketView::parse(packet.bytes()).value();
    const auto extensions = rtp::Extensions::parse(view, track_.config().extensions).value();
    return track_.handle_rtp(at_ms(ms), packet, view, extensions, stream);
  }
  static std::vector<std::uint8_t> media(std::uint16_t sequence, std::uint32_t timestamp, std::uint8_t layer = 0,
                                         bool key = false) {
    return testing::rtp_bytes({.marker = true,
                               .payload_type = kVp8,
                               .sequence = sequence,
                               .timestamp = timestamp,
                               .ssrc = Ssrc{kMedia + layer}},
                              testing::vp8_payload({.picture_id = sequence, .key = key}, sequence));
  }
  Result<FeedPacket> receive(std::int64_t ms, std::uint16_t sequence, std::uint8_t layer = 0, bool key = false) {
    return handle(ms, media(sequence, sequence * 3000U, layer, key), {0, layer, false});
  }
  Result<FeedPacket> repair(std::int64_t ms, std::uint16_t rtx_sequence, std::uint16_t sequence,
                            std::uint8_t layer = 0) {
    std::vector<std::uint8_t> payload{static_cast<std::uint8_t>(sequence >> 8U), static_cast<std::uint8_t>(sequence)};
    const auto original = testing::vp8_payload({.picture_id = sequence}, sequence);
    payload.insert(payload.end(), original.begin(), original.end());
    return handle(ms,
                  testing::rtp_bytes({.marker = true,
                                      .payload_type = kRtx,
                                      .sequence = rtx_sequence,
                                      .timestamp = sequence * 3000U,
                                      .ssrc = Ssrc{kRepair + layer}},
                                     payload),
                  {0, layer, true});
  }
  Rtcp poll(std::int64_t ms, std::size_t room = 1200) {
    std::vector<std::uint8_t> buffer(room);
    ByteWriter out(buffer);
    track_.poll_rtcp(at_ms(ms), out);
    Rtcp seen;
    if (out.size() == 0) return seen;
    bool first = true;
    const auto report = [&](const auto& r) {
      seen.begins_with_report = seen.begins_with_report || first;
      first = false;
      for (const auto block : r.blocks) seen.blocks.push_back(block);
    };
    const auto parsed = rtp::rtcp::parse_compound(
        out.written(),
        rtp::rtcp::Overloaded{
            [&](const rtp::rtcp::ReceiverReport& r) { report(r); },
            [&](const rtp::rtcp::Nack& n) { n.for_each_sequence([&](std::uint16_t s) { seen.nacks.push_back(s); }); },
            [&](const rtp::rtcp::Pli& p) { seen.plis.push_back(p.ssrcs.media.value); }, [](const auto&) {}});
    EXPECT_TRUE(parsed);
    return seen;
  }

  PacketPool pool_{4096};
  SenderClock clock_;
  IncomingTrack track_;
};

TEST_F(IncomingTrackTest, DescribesThePacket) {
  const auto bytes =
      testing::rtp_bytes({.marker = true, .payload_type = kVp8, .sequence = 7, .timestamp = 90, .ssrc = Ssrc{kMedia}},
                         testing::vp8_payload({.picture_id = 300, .tl0 = 4, .tid = 0, .key_idx = 2, .key = true}, 1),
                         {{1, {0x80U | 30U}}, {2, std::vector<std::uint8_t>(8, 9)}, {3, {1, 2, 3}}, {4, {1}}});
  const auto packet = handle(5, bytes, {0, 0, false});
  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->sequence, 7);
  EXPECT_EQ(packet->timestamp, 90);
  EXPECT_EQ(packet->arrival, at_ms(5));
  EXPECT_EQ(packet->codec, codec::Codec::kVp8);
  EXPECT_TRUE(packet->marker);
  EXPECT_TRUE(packet->info.keyframe);
  EXPECT_EQ(packet->info.picture_id, 300);
  EXPECT_EQ(packet->info.width, 640);
  EXPECT_EQ(packet->audio_level->level, 30);
  const ByteView raw = packet->packet.bytes();
  EXPECT_EQ(raw[packet->abs_capture_time_offset], 9);
  EXPECT_EQ(packet->abs_capture_time_size, 8);
  EXPECT_EQ(raw[packet->playout_delay_offset + 1U], 2);
  EXPECT_EQ(raw[packet->video_orientation_offset], 1);
  EXPECT_EQ(packet->payload().size(), 20U);
  const auto stats = track_.layer_stats(at_ms(5), 0);
  EXPECT_EQ(stats.keyframes, 1U);
  EXPECT_EQ(stats.width, 640);
  EXPECT_EQ(stats.height, 360);
  EXPECT_TRUE(stats.active);
}

TEST_F(IncomingTrackTest, WidensAcrossTheWrap) {
  EXPECT_EQ(receive(0, 65'535)->sequence, 65'535);
  EXPECT_EQ(receive(1, 1)->sequence, 65'537);
  EXPECT_EQ(receive(2, 0)->sequence, 65'536);
  EXPECT_EQ(receive(3, 65'534)->sequence, 65'534);
  EXPECT_EQ(handle(4, media(2, 0xffffff00U), {0, 0, false})->timestamp, 0xffffff00U - (std::int64_t{1} << 32));
}

TEST_F(IncomingTrackTest, RefusalsNameTheirReason) {
  ASSERT_TRUE(receive(0, 5000));
  EXPECT_EQ(receive(1, 5000).error(), DropReason::kRtpDuplicate);
  EXPECT_EQ(receive(1, static_cast<std::uint16_t>(5000 - 2048)).error(), DropReason::kRtpTooOld);
  ASSERT_TRUE(receive(1, 5000 - 2047));
  auto wrong_type = media(5001, 0);
  wrong_type[1] = 50;
  EXPECT_EQ(handle(1, wrong_type, {0, 0, false}).error(), DropReason::kRtpUnknownPayloadType);
  auto cut = media(5002, 0);
  cut.resize(rtp::kFixedHeaderSize + 3);
  EXPECT_EQ(handle(1, cut, {0, 0, false}).error(), DropReason::kPayloadMalformed);
  EXPECT_EQ(track_.layer_stats(at_ms(1), 0).duplicates, 1U);
}

TEST_F(IncomingTrackTest, RtxIsUndone) {
  EXPECT_EQ(repair(0, 1, 10).error(), DropReason::kRtxUnknownStream);
  ASSERT_TRUE(receive(0, 10));
  ASSERT_TRUE(receive(0, 12));
  const auto packet = repair(50, 1, 11);
  ASSERT_TRUE(packet) << to_string(packet.error());
  EXPECT_TRUE(packet->recovered);
  EXPECT_EQ(packet->sequence, 11);
  EXPECT_EQ(packet->info.picture_id, 11);
  const auto view = rtp::PacketView::parse(packet->packet.bytes()).value();
  EXPECT_EQ(view.ssrc, Ssrc{kMedia});
  EXPECT_EQ(view.sequence, 11);
  EXPECT_EQ(view.payload_type, kVp8);
  EXPECT_EQ(packet->payload().size(), view.payload.size());
  EXPECT_EQ(repair(51, 2, 11).error(), DropReason::kRtpDuplicate);
  EXPECT_EQ(repair(51, 3, 10).error(), DropReason::kRtpDuplicate);
  const auto stats = track_.layer_stats(at_ms(60), 0);
  EXPECT_EQ(stats.recovered, 1U);
  EXPECT_EQ(stats.expected, 3U);
  EXPECT_EQ(stats.received, 3U);
}

TEST_F(IncomingTrackTest, BrokenRtxIsRefused) {
  ASSERT_TRUE(receive(0, 10));
  const rtp::Header header{.marker = false, .payload_type = kRtx, .sequence = 1, .timestamp = 0, .ssrc = Ssrc{kRepair}};
  EXPECT_EQ(handle(0, testing::rtp_bytes(header, {}, {}, 200), {0, 0, true}).error(), DropReason::kPaddingOnly);
  EXPECT_EQ(handle(0, testing::rtp_bytes(header, {7}), {0, 0, true}).error(), DropReason::kRtxMalformed);
}

TEST_F(IncomingTrackTest, PaddingIsHandedOnWithoutPayload) {
  ASSERT_TRUE(receive(0, 10));
  const auto padding = handle(
      0,
      testing::rtp_bytes({.marker = false, .payload_type = kVp8, .sequence = 11, .timestamp = 0, .ssrc = Ssrc{kMedia}},
                         {}, {}, 100),
      {0, 0, false});
  ASSERT_TRUE(padding);
  EXPECT_EQ(padding->payload_size, 0);
  EXPECT_FALSE(padding->info.keyframe);
  EXPECT_FALSE(padding->info.starts_frame);
  EXPECT_EQ(track_.layer_stats(at_ms(0), 0).padding_only, 1U);
  ASSERT_TRUE(receive(0, 12));
  EXPECT_THAT(poll(100).nacks, IsEmpty());
}

TEST_F(IncomingTrackTest, AsksForWhatIsMissing) {
  ASSERT_TRUE(receive(0, 65'534));
  ASSERT_TRUE(receive(0, 2));
  ASSERT_TRUE(receive(0, 10, 1));
  ASSERT_TRUE(receive(0, 12, 1));
  EXPECT_LE(track_.deadline(), at_ms(5));
  const Rtcp rtcp = poll(5);
  EXPECT_TRUE(rtcp.begins_with_report);
  EXPECT_THAT(rtcp.nacks, ElementsAre(65'535, 0, 1, 11));
  EXPECT_EQ(track_.layer_stats(at_ms(5), 0).nacks, 3U);
  ASSERT_TRUE(repair(20, 1, 0));
  EXPECT_THAT(poll(105).nacks, ElementsAre(65'535, 1, 11));
}

TEST_F(IncomingTrackTest, NackThatDoesNotFitStaysDue) {
  ASSERT_TRUE(receive(0, 10));
  ASSERT_TRUE(receive(0, 12));
  EXPECT_THAT(poll(5, 20).nacks, IsEmpty());
  EXPECT_THAT(poll(5).nacks, ElementsAre(11));
}

TEST_F(IncomingTrackTest, ReportsOncePerSecondOnWhatWasHeard) {
  ASSERT_TRUE(receive(0, 10, 0));
  ASSERT_TRUE(receive(0, 11, 0));
  ASSERT_TRUE(receive(0, 13, 0));
  ASSERT_TRUE(receive(0, 50, 1));
  const Rtcp rtcp = poll(1000);
  ASSERT_EQ(rtcp.blocks.size(), 2U);
  EXPECT_EQ(rtcp.blocks[0].ssrc, Ssrc{kMedia});
  EXPECT_EQ(rtcp.blocks[0].highest_sequence, 13U);
  EXPECT_EQ(rtcp.blocks[0].cumulative_lost, 1);
  EXPECT_EQ(rtcp.blocks[0].fraction_lost, 64);
  EXPECT_EQ(rtcp.blocks[1].ssrc, Ssrc{kMedia + 1});
  EXPECT_THAT(poll(1999).blocks, IsEmpty());
  ASSERT_TRUE(receive(1999, 14, 0));
  const Rtcp second = poll(2000);
  ASSERT_EQ(second.blocks.size(), 1U);
  EXPECT_EQ(second.blocks[0].fraction_lost, 0);
}

TEST_F(IncomingTrackTest, SenderReportsTieTimestampsToOurClock) {
  EXPECT_FALSE(track_.handle_sender_report(at_ms(30), 0, to_ntp(at_ms(0)), 0));  // nothing to hang it on
  ASSERT_TRUE(handle(30, media(1, 0xfffffff0U), {0, 0, false}));
  const auto clock = track_.handle_sender_report(at_ms(1030), 0, to_ntp(at_ms(1000)), 89'984);
  ASSERT_TRUE(clock);
  EXPECT_EQ(clock->layer, 0);
  EXPECT_EQ(clock->timestamp, (std::int64_t{1} << 32) + 89'984);
  EXPECT_NEAR(static_cast<double>((clock->at - at_ms(1030)).count()), 0, 2);
  const Rtcp rtcp = poll(1100);
  ASSERT_EQ(rtcp.blocks.size(), 1U);
  EXPECT_EQ(rtcp.blocks[0].last_sr, to_ntp(at_ms(1000)).compact());
  EXPECT_FALSE(track_.handle_sender_report(at_ms(1130), 0, NtpTime{0}, 0));
}

TEST_F(IncomingTrackTest, KeyframeRequestGoesToTheLayerOrTheBestBelow) {
  track_.request_keyframe(at_ms(0), 1);
  EXPECT_THAT(poll(0).plis, IsEmpty());  // nobody to ask
  ASSERT_TRUE(receive(0, 10, 0));
  track_.request_keyframe(at_ms(0), 3);
  Rtcp rtcp = poll(0);
  EXPECT_TRUE(rtcp.begins_with_report);
  EXPECT_THAT(rtcp.plis, ElementsAre(kMedia));
  ASSERT_TRUE(receive(1, 10, 1));
  track_.request_keyframe(at_ms(1), 3);
  EXPECT_THAT(poll(1).plis, ElementsAre(kMedia + 1));
  EXPECT_THAT(poll(2).plis, IsEmpty());
  ASSERT_TRUE(receive(100, 11, 0, true));
  EXPECT_THAT(poll(501).plis, ElementsAre(kMedia + 1));  // only that one is still waited for
}

TEST_F(IncomingTrackTest, LayerThatStoppedIsNotAsked) {
  ASSERT_TRUE(receive(0, 10, 0));
  ASSERT_TRUE(receive(0, 10, 1));
  for (int i = 1; i <= 80; ++i) ASSERT_TRUE(receive(i * 33, static_cast<std::uint16_t>(10 + i), 0));
  EXPECT_TRUE(track_.layer_active(at_ms(2640), 0));
  EXPECT_FALSE(track_.layer_active(at_ms(2640), 1));
  poll(2640);
  track_.request_keyframe(at_ms(2640), 1);
  EXPECT_THAT(poll(2640).plis, ElementsAre(kMedia));
}

TEST_F(IncomingTrackTest, GivenUpLossAsksForAKeyframe) {
  ASSERT_TRUE(receive(0, 10));
  ASSERT_TRUE(receive(0, 12));
  std::vector<std::uint32_t> plis;
  for (int ms = 0; ms <= 1100; ms += 10) {
    for (const std::uint32_t pli : poll(ms).plis) plis.push_back(pli);
  }
  EXPECT_FALSE(plis.empty());
}

TEST_F(IncomingTrackTest, MutedTrackIsSilentAndComesBackAsANewGeneration) {
  ASSERT_TRUE(receive(0, 10));
  track_.set_muted(at_ms(1), true);
  EXPECT_EQ(receive(2, 12).error(), DropReason::kRtpMuted);
  EXPECT_THAT(poll(500).nacks, IsEmpty());
  track_.set_muted(at_ms(600), false);
  EXPECT_EQ(receive(601, 11).error(), DropReason::kRtpTooOld);
  const auto back = receive(602, 20);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->generation, 1);
  EXPECT_EQ(back->timestamp, 60'000);
  EXPECT_THAT(poll(700).nacks, IsEmpty());
  ASSERT_TRUE(receive(701, 22));
  EXPECT_THAT(poll(710).nacks, ElementsAre(21));
  EXPECT_EQ(receive(720, 19).error(), DropReason::kRtpTooOld);
}

TEST_F(IncomingTrackTest, RenegotiationNeitherMutesNorUnmutes) {
  ASSERT_TRUE(receive(0, 10));
  track_.set_muted(at_ms(1), true);
  track_.update(config());
  EXPECT_EQ(receive(2, 11).error(), DropReason::kRtpMuted);
}

TEST_F(IncomingTrackTest, NewSsrcStartsANewGeneration) {
  track_.bind(at_ms(0), {0, 0, false}, Ssrc{kMedia});
  ASSERT_TRUE(receive(0, 40'000));
  ASSERT_TRUE(receive(0, 40'002));
  track_.bind(at_ms(1), {0, 0, false}, Ssrc{77});
  EXPECT_EQ(track_.ssrc_of(0), Ssrc{77});
  const auto packet = receive(1, 5);
  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->sequence, 5);
  EXPECT_EQ(packet->generation, 1);
  EXPECT_THAT(poll(100).nacks, IsEmpty());
  const auto stats = track_.layer_stats(at_ms(100), 0);
  EXPECT_EQ(stats.expected, 4U);
  EXPECT_EQ(stats.received, 3U);
}

TEST_F(IncomingTrackTest, UnreadableDescriptorDoesNotHideThePayload) {
  const auto with_descriptor = [](std::uint16_t seq, std::vector<std::uint8_t> value) {
    return testing::rtp_bytes(
        {.marker = true, .payload_type = kVp8, .sequence = seq, .timestamp = 0, .ssrc = Ssrc{kMedia}},
        testing::vp8_payload({.picture_id = seq, .key = true}, seq), {{5, std::move(value)}});
  };
  // Without its structure: passed on, described by the payload.
  auto packet = handle(0, with_descriptor(1, {0xc0, 0x12, 0x34}), {0, 0, false});
  ASSERT_TRUE(packet);
  EXPECT_TRUE(packet->info.keyframe);
  EXPECT_EQ(packet->dependency_descriptor_size, 3);
  // Cut short: left out.
  packet = handle(0, with_descriptor(2, {0xc0, 0x12}), {0, 0, false});
  ASSERT_TRUE(packet);
  EXPECT_TRUE(packet->info.keyframe);
  EXPECT_EQ(packet->dependency_descriptor_size, 0);
}

TEST_F(IncomingTrackTest, BitrateIsMeasuredPerLayer) {
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(receive(i * 20, static_cast<std::uint16_t>(i)));
  EXPECT_NEAR(static_cast<double>(track_.layer_stats(at_ms(1990), 0).bits_per_second), 20 * 8 * 50, 500);
  EXPECT_EQ(track_.layer_stats(at_ms(1990), 1).bits_per_second, 0U);
}

}  // namespace
}  // namespace parley::forward

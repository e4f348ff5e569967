// The pieces of the control side that need no room around them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "room/alarm.h"
#include "room/context.h"
#include "room/dynacast.h"
#include "room/late_data.h"
#include "room/layers.h"
#include "room/link.h"
#include "room/negotiated_media.h"
#include "room/quality.h"
#include "room/section_matching.h"
#include "room/speakers.h"
#include "room/validation.h"
#include "unit/room/control_fixture.h"

namespace parley::room::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr TimePoint kStart{std::chrono::seconds(1000)};

TEST(AlarmTest, SettingWakesEverythingAbove) {
  Wakeup above;
  Wakeup room{&above};
  Alarm early{room};
  Alarm late{room};
  late.set(kStart + 10s);
  early.set(kStart + 5s);
  EXPECT_EQ(above.at, kStart + 5s);
  // The answer to a wake-up: reset, then ask everybody.
  room.at = above.at = kNever;
  EXPECT_TRUE(early.due(kStart + 5s));
  EXPECT_FALSE(late.due(kStart + 5s));
  EXPECT_EQ(above.at, kStart + 10s);
  EXPECT_FALSE(early.due(kStart + 60s));  // once
  late.set_by(kStart + 20s);
  EXPECT_EQ(late.at(), kStart + 10s);
  late.clear();
  EXPECT_FALSE(late.due(kStart + 60s));
}

TEST(LayersTest, RidNames) {
  EXPECT_EQ(quality_of_rid("q"), VideoQuality::kLow);
  EXPECT_EQ(quality_of_rid("h"), VideoQuality::kMedium);
  EXPECT_EQ(quality_of_rid("f"), VideoQuality::kHigh);
  EXPECT_EQ(quality_of_rid("x"), std::nullopt);
}

TEST(LayersTest, UprightLayersGoByWidth) {
  const std::vector<VideoLayer> layers = {{VideoQuality::kLow, 180, 320, 0, 0, 0, "q", 0},
                                          {VideoQuality::kHigh, 720, 1280, 0, 0, 0, "f", 0}};
  EXPECT_EQ(quality_for_size(layers, 180, 1000), VideoQuality::kLow);
  EXPECT_EQ(quality_for_size(layers, 181, 100), VideoQuality::kHigh);
}

TEST(LayersTest, SizesOfUnknownLayersMeanEverything) {
  EXPECT_EQ(quality_for_size({}, 100, 100), VideoQuality::kHigh);
  EXPECT_EQ(quality_for_size({{VideoQuality::kLow, 0, 0, 0, 0, 0, "", 0}}, 100, 100), VideoQuality::kHigh);
}

struct LayerRow {
  std::vector<VideoQuality> encodings;
  bool svc;
  std::uint8_t spatial;
  VideoQuality wish;
  std::uint8_t layer;
};

TEST(LayersTest, QualityToLayer) {
  using Q = VideoQuality;
  const std::vector<LayerRow> rows = {
      {{Q::kLow, Q::kMedium, Q::kHigh}, false, 1, Q::kLow, 0},
      {{Q::kLow, Q::kMedium, Q::kHigh}, false, 1, Q::kMedium, 1},
      {{Q::kLow, Q::kMedium, Q::kHigh}, false, 1, Q::kHigh, 2},
      {{Q::kLow, Q::kMedium}, false, 1, Q::kHigh, 1},  // the best there is
      {{Q::kMedium, Q::kHigh}, false, 1, Q::kLow, 0},  // the least there is
      {{Q::kHigh}, false, 1, Q::kLow, 0},
      {{Q::kHigh}, true, 3, Q::kMedium, 1},
      {{Q::kHigh}, true, 3, Q::kHigh, forward::kMaxLayers - 1},
      {{Q::kHigh}, true, 1, Q::kLow, forward::kMaxLayers - 1},
  };
  for (const LayerRow& row : rows)
    EXPECT_EQ(layer_for_quality({row.encodings, row.svc, row.spatial}, row.wish), row.layer);
}

TEST(LayersTest, FrameRateCaps) {
  for (const auto& [fps, layer] :
       std::vector<std::pair<int, int>>{{0, 3}, {30, 3}, {16, 3}, {15, 1}, {9, 1}, {8, 0}, {1, 0}}) {
    EXPECT_EQ(temporal_for_fps(static_cast<std::uint32_t>(fps)), layer) << fps;
  }
}

TEST(QualityTest, LossDelayAndSilence) {
  TransportQuality quality;
  quality.downlink_sent = 100;
  EXPECT_EQ(score_of(quality).quality, ConnectionQuality::kExcellent);
  quality.downlink_loss = 0.06F;
  EXPECT_EQ(score_of(quality).quality, ConnectionQuality::kGood);
  quality.downlink_loss = 0.2F;
  EXPECT_EQ(score_of(quality).quality, ConnectionQuality::kPoor);
  quality.downlink_sent = 0;  // measured on nothing
  EXPECT_EQ(score_of(quality).quality, ConnectionQuality::kExcellent);
  quality.rtt = 1000ms;
  EXPECT_NE(score_of(quality).quality, ConnectionQuality::kExcellent);
  quality.uplink_loss = 5;  // nonsense stays within bounds
  quality.uplink_expected = 1;
  EXPECT_GE(score_of(quality).score, 1);
}

TEST(QualityTest, TheWorstReportOfAPeriodCountsAndLasts) {
  QualityMeter meter;
  TransportQuality bad;
  bad.downlink_sent = 100;
  bad.downlink_loss = 0.3F;
  meter.report(TransportQuality{});
  meter.report(bad);
  meter.report(TransportQuality{});
  EXPECT_EQ(meter.evaluate().quality, ConnectionQuality::kPoor);
  EXPECT_EQ(meter.evaluate().quality, ConnectionQuality::kPoor);  // no report
  meter.report(TransportQuality{});
  EXPECT_EQ(meter.evaluate().quality, ConnectionQuality::kExcellent);
}

std::string on(const std::optional<std::vector<SubscribedCodec>>& told) {
  std::string text;
  if (!told) return "-";
  for (const auto& codec : *told) {
    text += codec.codec + ':';
    for (const auto& quality : codec.qualities) text += quality.enabled ? '1' : '0';
    text += ' ';
  }
  return text;
}

TEST(DynacastTest, DownWaitsUpDoesNotAndEachCodecCounts) {
  Wakeup wakeup;
  Dynacast dynacast(wakeup, 5s);
  EXPECT_EQ(on(dynacast.update(kStart, {{"vp9", VideoQuality::kHigh}, {"vp8", VideoQuality::kOff}})), "-");
  EXPECT_EQ(on(dynacast.update(kStart, {{"vp9", VideoQuality::kLow}, {"vp8", VideoQuality::kOff}})), "-");
  EXPECT_EQ(wakeup.at, kStart + 5s);
  // Somebody needs the other codec meanwhile: at once, without lowering the first before its time.
  EXPECT_EQ(on(dynacast.update(kStart + 1s, {{"vp9", VideoQuality::kLow}, {"vp8", VideoQuality::kMedium}})),
            "vp9:111 vp8:110 ");
  EXPECT_EQ(on(dynacast.handle_timeout(kStart + 4s)), "-");
  EXPECT_EQ(on(dynacast.handle_timeout(kStart + 5s)), "vp9:100 vp8:110 ");
  EXPECT_EQ(on(dynacast.handle_timeout(kStart + 50s)), "-");
}

TEST(DynacastTest, WishThatReturnsInTimeChangesNothing) {
  Wakeup wakeup;
  Dynacast dynacast(wakeup, 5s);
  EXPECT_EQ(on(dynacast.update(kStart, {{"vp8", VideoQuality::kOff}})), "-");
  EXPECT_EQ(on(dynacast.update(kStart + 4s, {{"vp8", VideoQuality::kHigh}})), "-");
  EXPECT_EQ(on(dynacast.handle_timeout(kStart + 60s)), "-");
}

TEST(SpeakerBoardTest, LoudestOfSeveralFeedsAndShards) {
  Wakeup wakeup;
  SpeakerBoard board(wakeup);
  board.report(0, {{"a", 0.2F}, {"b", 0.9F}});
  board.report(1, {{"a", 0.5F}});
  const auto changes = board.changes();
  ASSERT_THAT(changes, SizeIs(2));
  EXPECT_EQ(changes[0].sid, "b");
  EXPECT_FLOAT_EQ(changes[1].level, 0.5F);
  EXPECT_THAT(board.changes(), IsEmpty());
  board.remove("b");  // gone people need no "stopped speaking"
  EXPECT_THAT(board.changes(), IsEmpty());
  EXPECT_THAT(board.active(), SizeIs(1));
}

TEST(LateDataTest, KeepsLittleAndNotForLong) {
  LateData late;
  const auto packet = [](std::size_t size) { return std::make_shared<const std::vector<std::uint8_t>>(size); };
  late.keep(kStart, packet(1));
  late.keep(kStart + 1500ms, packet(2));
  auto kept = late.take(kStart + 2500ms);
  ASSERT_THAT(kept, SizeIs(1));
  EXPECT_EQ(kept[0]->size(), 2U);
  EXPECT_THAT(late.take(kStart + 2500ms), IsEmpty());
  for (std::size_t i = 0; i < LateData::kMaxPackets + 10; ++i) late.keep(kStart, packet(1));
  EXPECT_THAT(late.take(kStart), SizeIs(LateData::kMaxPackets));
  for (int i = 0; i < 5; ++i) late.keep(kStart, packet(LateData::kMaxBytes / 2));
  EXPECT_THAT(late.take(kStart), SizeIs(2));
  late.keep(kStart, packet(LateData::kMaxBytes + 1));  // larger than all there is room for
  EXPECT_THAT(late.take(kStart), IsEmpty());
}

TEST(ValidationTest, AttributesMerge) {
  EXPECT_EQ(merge_attributes({{"a", "1"}, {"b", "1"}}, {{"a", ""}, {"b", "2"}, {"c", "3"}, {"d", ""}}),
            (Attributes{{"b", "2"}, {"c", "3"}}));
}

TEST(ContextTest, SidsAreLettersAndDigits) {
  FakePlane plane;
  SeededRandom random{3};
  Context context(Config{}, plane, random, nullptr, nullptr);
  const std::string sid = context.make_sid("PA_");
  EXPECT_EQ(sid.size(), 15U);
  EXPECT_TRUE(std::all_of(sid.begin() + 3, sid.end(), [](unsigned char c) { return std::isalnum(c) != 0; }));
  EXPECT_NE(context.make_sid("PA_"), sid);
}

TEST(HostCandidatesTest, PortOfTheShardAndTcpBelowUdp) {
  Config config;
  config.hosts = {{"192.0.2.1", {7000, 7001}, 7443}, {"not an address", {7000}, 0}, {"2001:db8::1", {7000, 7001}, 0}};
  const auto candidates = host_candidates(config, 1);
  ASSERT_THAT(candidates, SizeIs(3));
  EXPECT_EQ(candidates[0].port, 7001);
  EXPECT_EQ(candidates[1].port, 7443);
  EXPECT_EQ(candidates[1].tcp_type, sdp::TcpType::kPassive);
  EXPECT_EQ(candidates[2].address, "2001:db8::1");
  EXPECT_GT(candidates[0].priority, candidates[2].priority);
  EXPECT_GT(candidates[2].priority, candidates[1].priority);
  EXPECT_EQ(host_candidates(config, 5)[0].port, 7001);  // more shards than ports: the last one's
}

// ---- matching ----

AnnouncedCodec waiting(const std::string& cid, MediaKind kind) { return {"TR_" + cid, cid, "", "", kind}; }

std::vector<std::string> matched(const std::string& capture, const std::vector<AnnouncedCodec>& announced,
                                 const std::vector<StaleSection>& stale = {}) {
  std::vector<std::string> out;
  for (const auto& match : match_sections(*sdp::parse(captured_offer(capture)), announced, stale)) {
    out.push_back(match.mid + '=' + match.cid);
  }
  return out;
}

constexpr const char* kCamera = "e5eb49ed-eecb-402c-8eef-ad75b484dde8";
constexpr const char* kFirefoxCamera = "{57dc17c9-1fa8-4196-8d16-8c2acd3d7da1}";

TEST(MatchingTest, MsidNamesTheTrackWhateverTheOrder) {
  EXPECT_THAT(matched("alice_2", {waiting("other", MediaKind::kVideo), waiting(kCamera, MediaKind::kVideo)}),
              ElementsAre(std::string("2=") + kCamera));
}

TEST(MatchingTest, OldestOfTheKindWhenMsidNamesNone) {
  EXPECT_THAT(matched("foxy_2", {waiting("v1", MediaKind::kVideo), waiting("v2", MediaKind::kVideo),
                                 waiting("a1", MediaKind::kAudio)}),
              ElementsAre("2=v1", "1=a1"));
}

TEST(MatchingTest, BoundSectionStaysWithItsTrack) {
  const AnnouncedCodec bound{"TR_old", "old", kFirefoxCamera, "2", MediaKind::kVideo};
  EXPECT_THAT(matched("foxy_2", {waiting("new", MediaKind::kVideo), bound}), ElementsAre("2=old"));
}

TEST(MatchingTest, BoundTrackNeverMovesToAnotherSection) {
  const AnnouncedCodec bound{"TR_old", kCamera, "", "7", MediaKind::kVideo};
  EXPECT_THAT(matched("alice_2", {bound}), IsEmpty());
  // The same device announced once more takes the new section.
  EXPECT_THAT(matched("alice_2", {bound, waiting(kCamera, MediaKind::kVideo)}), SizeIs(1));
}

TEST(MatchingTest, SectionThatWeEndedIsNotTakenByAge) {
  EXPECT_THAT(matched("foxy_2", {waiting("v", MediaKind::kVideo)}, {{"2", kFirefoxCamera}}), IsEmpty());
  EXPECT_THAT(matched("foxy_2", {waiting("v", MediaKind::kVideo)}, {{"2", "another"}}), SizeIs(1));
}

TEST(MatchingTest, InactiveAndReceivingSectionsCarryNothing) {
  EXPECT_THAT(matched("rusty_1", {waiting("v", MediaKind::kVideo), waiting("a", MediaKind::kAudio)}), IsEmpty());
}

TEST(MatchingTest, SingleMsidTokenIsTheTracks) {
  sdp::MediaSection section;
  section.msid = sdp::Msid{"only", ""};
  EXPECT_EQ(msid_token(section), "only");
  section.msid.reset();
  EXPECT_EQ(msid_token(section), "");
}

// ---- negotiated media ----

TEST(IncomingConfigTest, RepairSsrcsAndSimulcastGroups) {
  sdp::NegotiatedMedia media;
  media.mid = "1";
  media.type = sdp::MediaType::kVideo;
  for (const std::uint32_t ssrc : {1U, 2U, 3U, 4U}) media.ssrcs.push_back({Ssrc{ssrc}, "c", std::nullopt});
  media.ssrc_groups = {{"FID", {Ssrc{1}, Ssrc{2}}}, {"FID", {Ssrc{3}, Ssrc{4}}}};
  auto config = incoming_config(media);
  ASSERT_THAT(config.encodings, SizeIs(1));  // two cameras in one section make no layers
  EXPECT_EQ(config.encodings[0].ssrc, Ssrc{1});
  EXPECT_EQ(config.encodings[0].rtx_ssrc, Ssrc{2});
  media.ssrc_groups.push_back({"SIM", {Ssrc{1}, Ssrc{3}}});
  config = incoming_config(media);
  ASSERT_THAT(config.encodings, SizeIs(2));
  EXPECT_EQ(config.encodings[1].rtx_ssrc, Ssrc{4});
}

TEST(IncomingConfigTest, SectionWithoutSsrcsHasOneEncoding) {
  EXPECT_THAT(incoming_config(sdp::NegotiatedMedia{}).encodings, SizeIs(1));
}

TEST(CodecForFeedTest, RedPassesOnlyWhereTheInnerPayloadTypeIsTheSame) {
  sdp::NegotiatedMedia media;
  sdp::NegotiatedCodec red{PayloadType{63}, codec::Codec::kRed, std::nullopt, PayloadType{111}, ""};
  sdp::NegotiatedCodec opus{PayloadType{111}, codec::Codec::kOpus, std::nullopt, std::nullopt, ""};
  media.codecs = {red, opus};
  EXPECT_EQ(codec_for_feed(media, codec::Codec::kRed, PayloadType{111})->codec, codec::Codec::kRed);
  EXPECT_EQ(codec_for_feed(media, codec::Codec::kRed, PayloadType{109})->codec, codec::Codec::kOpus);
  EXPECT_EQ(codec_for_feed(media, codec::Codec::kOpus, std::nullopt)->codec, codec::Codec::kOpus);
  EXPECT_EQ(codec_for_feed(media, codec::Codec::kVp8, std::nullopt), nullptr);
}

}  // namespace
}  // namespace parley::room::test

#include "forward/stream_demux.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/forward/support.h"

namespace parley::forward {
namespace {

using testing::at_ms;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr PayloadType kOpus{111};
constexpr PayloadType kVp8{96};
constexpr PayloadType kRtx{97};

IncomingConfig audio(std::string_view mid) {
  IncomingConfig config;
  config.mid = Mid(mid);
  config.codecs = {{.payload_type = kOpus, .codec = codec::Codec::kOpus, .rtx_payload_type = {}, .red_primary = {}}};
  config.encodings = {{}};
  config.extensions.set(4, rtp::ExtensionType::kMid);
  config.extensions.set(1, rtp::ExtensionType::kAudioLevel);
  return config;
}

IncomingConfig video(std::string_view mid, const std::vector<std::string_view>& rids) {
  IncomingConfig config;
  config.mid = Mid(mid);
  config.kind = MediaKind::kVideo;
  config.codecs = {{.payload_type = kVp8, .codec = codec::Codec::kVp8, .rtx_payload_type = kRtx, .red_primary = {}}};
  for (const std::string_view rid : rids) config.encodings.push_back({.rid = Rid(rid), .ssrc = {}, .rtx_ssrc = {}});
  config.extensions.set(4, rtp::ExtensionType::kMid);
  config.extensions.set(10, rtp::ExtensionType::kRid);
  config.extensions.set(11, rtp::ExtensionType::kRepairedRid);
  return config;
}

rtp::PacketView view(std::uint32_t ssrc, PayloadType type) {
  rtp::PacketView v;
  v.ssrc = Ssrc{ssrc};
  v.payload_type = type;
  return v;
}

rtp::Extensions named(std::string_view mid, std::string_view rid = "", std::string_view repaired = "") {
  rtp::Extensions e;
  if (!mid.empty()) e.mid = Mid(mid);
  if (!rid.empty()) e.rid = Rid(rid);
  if (!repaired.empty()) e.repaired_rid = Rid(repaired);
  return e;
}

class StreamDemuxTest : public ::testing::Test {
 protected:
  Result<Route> route(std::uint32_t ssrc, PayloadType type, const rtp::Extensions& extensions = {},
                      std::int64_t ms = 0) {
    return demux_.route(at_ms(ms), view(ssrc, type), extensions);
  }
  StreamDemux demux_;
};

TEST_F(StreamDemuxTest, EachSourceOfKnowledgeBinds) {
  IncomingConfig declared = video("2", {""});
  declared.encodings[0].ssrc = Ssrc{500};
  declared.encodings[0].rtx_ssrc = Ssrc{501};
  demux_.set(0, audio("0"));
  demux_.set(1, video("1", {"q", "h", "f"}));
  demux_.set(2, declared);

  struct Row {
    const char* what = "";
    std::uint32_t ssrc = 0;
    PayloadType type;
    rtp::Extensions extensions;
    StreamRef stream;
  };
  const Row rows[] = {
      {"mid alone", 10, kOpus, named("0"), {0, 0, false}},
      {"mid and rid", 21, kVp8, named("1", "h"), {1, 1, false}},
      {"mid and rid, top", 22, kVp8, named("1", "f"), {1, 2, false}},
      {"repaired rid", 31, kRtx, named("1", "", "h"), {1, 1, true}},
      {"plain rid on a retransmission", 30, kRtx, named("1", "q"), {1, 0, true}},
      {"declared", 500, kVp8, {}, {2, 0, false}},
      {"declared group", 501, kRtx, {}, {2, 0, true}},
  };
  for (const Row& row : rows) {
    const Result<Route> first = route(row.ssrc, row.type, row.extensions);
    ASSERT_TRUE(first) << row.what << ' ' << to_string(first.error());
    EXPECT_EQ(first->stream, row.stream) << row.what;
    EXPECT_TRUE(first->fresh) << row.what;
    const Result<Route> second = route(row.ssrc, row.type);
    ASSERT_TRUE(second) << row.what;
    EXPECT_EQ(second->stream, row.stream) << row.what;
    EXPECT_FALSE(second->fresh) << row.what;
    EXPECT_EQ(demux_.find(Ssrc{row.ssrc}), row.stream) << row.what;
  }
}

TEST_F(StreamDemuxTest, PayloadTypeOfOneSectionAloneBinds) {
  demux_.set(0, audio("0"));
  demux_.set(1, video("1", {""}));
  EXPECT_EQ(route(7, kOpus)->stream, (StreamRef{0, 0, false}));
  EXPECT_EQ(route(8, kVp8)->stream, (StreamRef{1, 0, false}));
  EXPECT_EQ(route(9, kRtx)->stream, (StreamRef{1, 0, true}));
  demux_.set(2, video("2", {""}));
  EXPECT_EQ(route(10, kVp8).error(), DropReason::kRtpUnknownSsrc);
}

TEST_F(StreamDemuxTest, RefusalsNameTheirReason) {
  demux_.set(0, audio("0"));
  demux_.set(1, video("1", {"q", "h"}));
  struct Row {
    const char* what = "";
    PayloadType type;
    rtp::Extensions extensions;
    DropReason reason{};
  };
  const Row rows[] = {
      {"unknown mid", kOpus, named("9"), DropReason::kRtpUnknownSsrc},
      {"unknown rid", kVp8, named("1", "x"), DropReason::kRtpUnknownSsrc},
      {"simulcast without rid", kVp8, {}, DropReason::kRtpUnknownSsrc},
      {"payload type of another section", kVp8, named("0"), DropReason::kRtpUnknownPayloadType},
      {"payload type of nobody", PayloadType{50}, {}, DropReason::kRtpUnknownSsrc},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(route(1, row.type, row.extensions).error(), row.reason) << row.what;
    EXPECT_FALSE(demux_.find(Ssrc{1})) << row.what;
  }
}

TEST_F(StreamDemuxTest, BoundSsrcMustKeepItsRole) {
  demux_.set(0, video("0", {""}));
  ASSERT_TRUE(route(1, kVp8, named("0")));
  EXPECT_EQ(route(1, kRtx).error(), DropReason::kRtpUnknownPayloadType);
  EXPECT_EQ(route(1, PayloadType{33}).error(), DropReason::kRtpUnknownPayloadType);
}

TEST_F(StreamDemuxTest, NewSsrcOfALayerTakesOver) {
  demux_.set(0, video("0", {"q", "h"}));
  ASSERT_TRUE(route(1, kVp8, named("0", "q")));
  const Result<Route> taken = route(2, kVp8, named("0", "q"));
  ASSERT_TRUE(taken);
  EXPECT_TRUE(taken->fresh);
  EXPECT_EQ(taken->replaced, Ssrc{1});
  EXPECT_FALSE(demux_.find(Ssrc{1}));
  EXPECT_EQ(demux_.bound_count(), 1U);
}

TEST_F(StreamDemuxTest, StragglersOfTheReplacedSsrcDoNotTakeItBack) {
  demux_.set(0, video("0", {"q", "h"}));
  ASSERT_TRUE(route(1, kVp8, named("0", "q")));
  ASSERT_TRUE(route(2, kVp8, named("0", "q")));
  EXPECT_EQ(route(1, kVp8, named("0", "q"), 1999).error(), DropReason::kRtpUnknownSsrc);
  EXPECT_TRUE(route(1, kVp8, named("0", "q"), 2000));
}

TEST_F(StreamDemuxTest, MidOnAPacketMovesItsSsrc) {
  demux_.set(0, video("0", {""}));
  demux_.set(1, video("1", {""}));
  ASSERT_TRUE(route(1, kVp8, named("0")));
  const Result<Route> moved = route(1, kVp8, named("1"));
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->stream, (StreamRef{1, 0, false}));
  EXPECT_TRUE(moved->fresh);
  EXPECT_EQ(demux_.bound_count(), 1U);
}

TEST_F(StreamDemuxTest, NumberOfSsrcsIsBounded) {
  for (std::uint16_t slot = 0; slot < 40; ++slot) demux_.set(slot, video(std::to_string(slot), {"a", "b", "c", "d"}));
  std::size_t refused = 0;
  for (std::uint32_t i = 0; i < 160; ++i) {
    const std::string rid(1, static_cast<char>('a' + i % 4));
    const Result<Route> result = route(1000 + i, kVp8, named(std::to_string(i / 4), rid));
    if (result) continue;
    EXPECT_EQ(result.error(), DropReason::kRtpSsrcLimit);
    ++refused;
  }
  EXPECT_EQ(refused, 160 - StreamDemux::kMaxSsrcs);
  EXPECT_EQ(demux_.bound_count(), StreamDemux::kMaxSsrcs);
}

TEST_F(StreamDemuxTest, RemoveUnbindsTheTrack) {
  demux_.set(0, audio("0"));
  demux_.set(1, video("1", {"q", "h"}));
  ASSERT_TRUE(route(1, kOpus, named("0")));
  ASSERT_TRUE(route(2, kVp8, named("1", "q")));
  ASSERT_TRUE(route(3, kRtx, named("1", "", "q")));
  EXPECT_THAT(demux_.remove(1), UnorderedElementsAre(Ssrc{2}, Ssrc{3}));
  EXPECT_THAT(demux_.remove(1), IsEmpty());
  EXPECT_THAT(demux_.remove(77), IsEmpty());
  EXPECT_TRUE(demux_.find(Ssrc{1}));
  EXPECT_EQ(route(2, kVp8, named("1", "q")).error(), DropReason::kRtpUnknownSsrc);
}

TEST_F(StreamDemuxTest, UpdateKeepsWhatStillExists) {
  demux_.set(0, video("0", {"q", "h", "f"}));
  ASSERT_TRUE(route(1, kVp8, named("0", "q")));
  ASSERT_TRUE(route(2, kVp8, named("0", "h")));
  ASSERT_TRUE(route(3, kVp8, named("0", "f")));
  EXPECT_THAT(demux_.set(0, video("0", {"q", "h", "f"})), IsEmpty());
  EXPECT_THAT(demux_.set(0, video("0", {"q", "x"})), UnorderedElementsAre(Ssrc{2}, Ssrc{3}));
  EXPECT_TRUE(demux_.find(Ssrc{1}));
  IncomingConfig other_codec = video("0", {"q", "x"});
  other_codec.codecs[0].payload_type = PayloadType{45};
  EXPECT_THAT(demux_.set(0, other_codec), IsEmpty());
  EXPECT_EQ(route(1, kVp8).error(), DropReason::kRtpUnknownPayloadType);
  EXPECT_TRUE(route(1, PayloadType{45}));
}

TEST_F(StreamDemuxTest, ExtensionIdsOfAllSectionsAreMerged) {
  demux_.set(0, audio("0"));
  demux_.set(1, video("1", {"q"}));
  EXPECT_EQ(demux_.extensions().id_of(rtp::ExtensionType::kMid), 4);
  EXPECT_EQ(demux_.extensions().id_of(rtp::ExtensionType::kAudioLevel), 1);
  EXPECT_EQ(demux_.extensions().id_of(rtp::ExtensionType::kRid), 10);
  demux_.remove(0);
  EXPECT_EQ(demux_.extensions().id_of(rtp::ExtensionType::kAudioLevel), 0);
  EXPECT_EQ(demux_.extensions().id_of(rtp::ExtensionType::kMid), 4);
}

}  // namespace
}  // namespace parley::forward

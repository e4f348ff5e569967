#include "forward/munger.h"

#include <gtest/gtest.h>

#include "unit/forward/support.h"

namespace parley::forward {
namespace {

using testing::at_ms;
using testing::make;
using testing::Spec;

constexpr Selection kSwitch{.action = Selection::Action::kSwitch, .reason = {}, .marker = true};
constexpr Selection kForward{.action = Selection::Action::kForward, .reason = {}, .marker = true};
constexpr Selection kDrop{.action = Selection::Action::kDrop, .reason = DropReason::kLayerNotSelected, .marker = false};

// ---- SequenceMap ----

TEST(SequenceMap, OwnDropsCloseTheirGapsLossLeavesThem) {
  SequenceMap map(64, 7);
  map.start_run(0, 0, 100);
  EXPECT_EQ(map.append(100), 7);
  EXPECT_EQ(map.append(101), 8);
  EXPECT_EQ(map.append(103), 10);  // 102 lost
  map.skip(104);
  EXPECT_EQ(map.append(105), 11);
  EXPECT_EQ(map.hole_of(102), 9);
  EXPECT_FALSE(map.hole_of(104));  // closed
  EXPECT_FALSE(map.hole_of(105));  // sent
  EXPECT_FALSE(map.hole_of(99));   // before the run
  EXPECT_FALSE(map.hole_of(106));  // not late
}

TEST(SequenceMap, LossBeforeADropStaysOpen) {
  SequenceMap map(64, 0);
  map.start_run(0, 0, 10);
  EXPECT_EQ(map.append(10), 0);
  map.skip(13);  // 11 and 12 lost, 13 dropped
  EXPECT_EQ(map.append(14), 3);
  EXPECT_EQ(map.hole_of(11), 1);
  EXPECT_EQ(map.hole_of(12), 2);
}

TEST(SequenceMap, FindsHolesAmongManyDrops) {
  SequenceMap map(512, 65'000);
  map.start_run(0, 0, 0);
  std::int64_t expected_hole = 0;
  for (std::int64_t s = 0; s < 1000; ++s) {
    if (s == 950) {
      expected_hole = map.highest_output() + 1;
    } else if (s % 3 == 2) {
      map.skip(s);
    } else {
      map.append(s);
    }
  }
  EXPECT_EQ(map.hole_of(950), expected_hole);
  EXPECT_FALSE(map.hole_of(953));
}

TEST(SequenceMap, LongGapIsShortened) {
  SequenceMap map(512, 0);
  map.start_run(0, 0, 0);
  map.append(0);
  EXPECT_EQ(map.append(10'000), 1 + SequenceMap::kMaxGap);
  EXPECT_EQ(map.hole_of(9'999), SequenceMap::kMaxGap);
  EXPECT_FALSE(map.hole_of(5'000));
}

TEST(SequenceMap, GapsBetweenTwoSentPacketsAreShortenedTogether) {
  SequenceMap map(512, 0);
  map.start_run(0, 0, 0);
  map.append(0);
  for (std::int64_t s = 200; s < 10'000; s += 200) map.skip(s);
  EXPECT_EQ(map.append(10'000), 1 + SequenceMap::kMaxGap);
  EXPECT_EQ(map.hole_of(57), 57);
  EXPECT_FALSE(map.hole_of(9'999));
}

TEST(SequenceMap, WidensWithinReachAcrossTheWrap) {
  SequenceMap map(64, 65'530);
  map.start_run(0, 0, 0);
  EXPECT_FALSE(map.widen(65'530));
  for (std::int64_t s = 0; s < 20; ++s) map.append(s);
  EXPECT_EQ(map.widen(65'530), 65'530);
  EXPECT_EQ(map.widen(3), 65'539);
  EXPECT_EQ(map.widen(13), 65'549);
  EXPECT_FALSE(map.widen(14));      // not given out yet
  EXPECT_FALSE(map.widen(65'529));  // before the first
  for (std::int64_t s = 20; s < 100; ++s) map.append(s);
  EXPECT_FALSE(map.widen(3));  // overwritten
}

TEST(SequenceMap, EntriesOfForgottenRunsAreUnknown) {
  SequenceMap map(512, 0);
  for (int i = 0; i < 9; ++i) {
    map.start_run(0, static_cast<std::uint8_t>(i), i * 10);
    map.append(i * 10);
  }
  EXPECT_EQ(map.run_of(map.at(0)), nullptr);
  ASSERT_NE(map.run_of(map.at(1)), nullptr);
  EXPECT_EQ(map.run_of(map.at(1))->generation, 1);
  EXPECT_EQ(map.source_of(map.at(1), *map.run_of(map.at(1))), 10);
}

// ---- RtpMunger: sequence ----

TEST(RtpMunger, NothingIsTranslatedBeforeTheFirstSwitch) {
  RtpMunger munger(90'000, 64, 10);
  EXPECT_EQ(munger.translate(make({.sequence = 5}), kDrop).error(), DropReason::kLayerNotSelected);
  EXPECT_FALSE(munger.started());
  EXPECT_FALSE(munger.timestamp_at(at_ms(0)));
  EXPECT_FALSE(munger.origin_of(10));
}

TEST(RtpMunger, NumbersGoOnAcrossASwitchAndTheWrap) {
  RtpMunger munger(90'000, 64, 65'534);
  EXPECT_EQ(munger.translate(make({.sequence = 5}), kSwitch)->sequence, 65'534);
  EXPECT_EQ(munger.translate(make({.sequence = 6}), kForward)->sequence, 65'535);
  EXPECT_EQ(munger.translate(make({.sequence = 70'000, .layer = 1}), kSwitch)->sequence, 0);
  EXPECT_EQ(munger.translate(make({.sequence = 70'001, .layer = 1}), kForward)->sequence, 1);
  EXPECT_EQ(munger.translate(make({.sequence = 7}), kDrop).error(), DropReason::kLayerNotSelected);
  EXPECT_EQ(munger.translate(make({.sequence = 70'002, .layer = 1}), kForward)->sequence, 2);
}

TEST(RtpMunger, LatePacketFillsItsHole) {
  RtpMunger munger(90'000, 64, 0);
  ASSERT_TRUE(munger.translate(make({.sequence = 10, .timestamp = 900}), kSwitch));
  ASSERT_TRUE(munger.translate(make({.sequence = 13, .timestamp = 3900}), kForward));
  const Result<Translation> late = munger.translate(make({.sequence = 11, .timestamp = 900}), kForward);
  ASSERT_TRUE(late);
  EXPECT_EQ(late->sequence, 1);
  EXPECT_EQ(late->timestamp, 900U);
  EXPECT_FALSE(late->empty);
  EXPECT_EQ(munger.translate(make({.sequence = 11, .timestamp = 900}), kForward).error(), DropReason::kRtpTooOld);
  EXPECT_EQ(munger.translate(make({.sequence = 14}), kForward)->sequence, 4);
}

TEST(RtpMunger, LatePacketThatIsDroppedFillsItsHoleEmpty) {
  RtpMunger munger(90'000, 64, 0);
  ASSERT_TRUE(munger.translate(make({.sequence = 10}), kSwitch));
  ASSERT_TRUE(munger.translate(make({.sequence = 12}), kForward));
  const Result<Translation> late = munger.translate(make({.sequence = 11}), kDrop);
  ASSERT_TRUE(late);
  EXPECT_EQ(late->sequence, 1);
  EXPECT_TRUE(late->empty);
  EXPECT_TRUE(munger.origin_of(1)->empty);
}

TEST(RtpMunger, LatePacketFromBeforeTheSwitchIsDropped) {
  RtpMunger munger(90'000, 64, 0);
  ASSERT_TRUE(munger.translate(make({.sequence = 10}), kSwitch));
  EXPECT_EQ(munger.translate(make({.sequence = 9}), kForward).error(), DropReason::kRtpTooOld);
  ASSERT_TRUE(munger.translate(make({.sequence = 12}), kForward));
  ASSERT_TRUE(munger.translate(make({.sequence = 500, .layer = 1}), kSwitch));
  EXPECT_EQ(munger.translate(make({.sequence = 11}), kDrop).error(), DropReason::kLayerNotSelected);
}

TEST(RtpMunger, OriginNamesTheSource) {
  RtpMunger munger(90'000, 64, 100);
  ASSERT_TRUE(munger.translate(make({.sequence = 10}), kSwitch));
  ASSERT_TRUE(munger.translate(make({.sequence = 12}), kForward));
  ASSERT_TRUE(munger.translate(make({.sequence = 77, .layer = 2, .generation = 3}), kSwitch));
  struct Row {
    std::uint16_t sequence;
    std::uint8_t layer;
    std::uint8_t generation;
    std::int64_t source;
    bool sent;
  };
  for (const Row& row :
       {Row{100, 0, 0, 10, true}, Row{101, 0, 0, 11, false}, Row{102, 0, 0, 12, true}, Row{103, 2, 3, 77, true}}) {
    const std::optional<Origin> origin = munger.origin_of(row.sequence);
    ASSERT_TRUE(origin) << row.sequence;
    EXPECT_EQ(origin->layer, row.layer);
    EXPECT_EQ(origin->generation, row.generation);
    EXPECT_EQ(origin->source, row.source);
    EXPECT_EQ(origin->sent, row.sent);
  }
  EXPECT_FALSE(munger.origin_of(104));
  EXPECT_FALSE(munger.origin_of(99));
}

TEST(RtpMunger, RetranslationEqualsTheFirst) {
  RtpMunger munger(90'000, 64, 100);
  const FeedPacket a = make({.sequence = 10, .timestamp = 900, .picture_id = 5, .tl0 = 9, .key_idx = 1});
  const FeedPacket b = make({.sequence = 50, .timestamp = 7, .layer = 1, .picture_id = 900, .tl0 = 3, .key_idx = 7});
  const Translation first_a = *munger.translate(a, kSwitch);
  const Translation first_b = *munger.translate(b, kSwitch);
  for (const auto& [packet, first] : {std::pair{a, first_a}, std::pair{b, first_b}}) {
    const Translation again = munger.retranslate(*munger.origin_of(first.sequence), packet, kDrop);
    EXPECT_EQ(again.sequence, first.sequence);
    EXPECT_EQ(again.timestamp, first.timestamp);
    EXPECT_EQ(again.marker, first.marker);
    EXPECT_FALSE(again.empty);
    EXPECT_EQ(again.patch.picture_id, first.patch.picture_id);
    EXPECT_EQ(again.patch.tl0_pic_idx, first.patch.tl0_pic_idx);
    EXPECT_EQ(again.patch.key_idx, first.patch.key_idx);
  }
}

TEST(RtpMunger, ResendingIsThrottledPerNumber) {
  RtpMunger munger(90'000, 64, 0);
  ASSERT_TRUE(munger.translate(make({.sequence = 10}), kSwitch));
  ASSERT_TRUE(munger.translate(make({.sequence = 11}), kForward));
  EXPECT_FALSE(munger.throttle_resend(at_ms(0), 0, 50ms));
  EXPECT_TRUE(munger.throttle_resend(at_ms(49), 0, 50ms));
  EXPECT_FALSE(munger.throttle_resend(at_ms(49), 1, 50ms));
  EXPECT_FALSE(munger.throttle_resend(at_ms(50), 0, 50ms));
}

// ---- timestamps ----

TEST(RtpMunger, TimestampsFollowCaptureClocksAcrossASwitch) {
  RtpMunger munger(90'000, 64, 0);
  // Both layers' timestamps at the same instant.
  munger.set_clock({.layer = 0, .generation = 0, .timestamp = 100'000, .at = at_ms(0)});
  munger.set_clock({.layer = 1, .generation = 0, .timestamp = 5'000'000, .at = at_ms(0)});
  ASSERT_TRUE(munger.translate(make({.sequence = 1, .timestamp = 100'000, .arrival_ms = 50}), kSwitch));
  // Captured 100 ms later, but 70 ms late on its way.
  const auto out =
      munger.translate(make({.sequence = 1, .timestamp = 5'009'000, .layer = 1, .arrival_ms = 220}), kSwitch);
  EXPECT_EQ(out->timestamp, 109'000U);
  EXPECT_EQ(munger.timestamp_at(at_ms(200)), 118'000U);
}

TEST(RtpMunger, TimestampsFollowTheArrivalWithoutClocks) {
  RtpMunger munger(90'000, 64, 0);
  ASSERT_TRUE(munger.translate(make({.sequence = 1, .timestamp = 100'000, .arrival_ms = 50}), kSwitch));
  const auto out = munger.translate(make({.sequence = 1, .timestamp = 77, .layer = 1, .arrival_ms = 150}), kSwitch);
  EXPECT_EQ(out->timestamp, 109'000U);
  EXPECT_EQ(munger.timestamp_at(at_ms(200)), 113'500U);
}

TEST(RtpMunger, ClocksThatCannotBeRightAreNotBelieved) {
  RtpMunger munger(90'000, 64, 0);
  munger.set_clock({.layer = 0, .generation = 0, .timestamp = 100'000, .at = at_ms(0)});
  munger.set_clock({.layer = 1, .generation = 0, .timestamp = 5'000'000, .at = at_ms(60'000)});
  ASSERT_TRUE(munger.translate(make({.sequence = 1, .timestamp = 100'000, .arrival_ms = 50}), kSwitch));
  const auto out =
      munger.translate(make({.sequence = 1, .timestamp = 5'000'000, .layer = 1, .arrival_ms = 150}), kSwitch);
  EXPECT_EQ(out->timestamp, 109'000U);
}

TEST(RtpMunger, ASwitchNeverGoesBackAndTheNextOneMakesUpForIt) {
  RtpMunger munger(90'000, 64, 0);
  for (std::uint8_t layer = 0; layer < 3; ++layer) {
    munger.set_clock({.layer = layer, .generation = 0, .timestamp = 1'000'000 * layer, .at = at_ms(0)});
  }
  const auto packet = [](std::uint8_t layer, std::int64_t captured_ms) {
    return make(
        {.sequence = 1, .timestamp = 1'000'000 * layer + captured_ms * 90, .layer = layer, .arrival_ms = captured_ms});
  };
  EXPECT_EQ(munger.translate(packet(0, 1000), kSwitch)->timestamp, 90'000U);
  EXPECT_EQ(munger.translate(packet(1, 1000), kSwitch)->timestamp, 90'900U);  // the same instant: 10 ms later
  EXPECT_EQ(munger.timestamp_at(at_ms(1000)), 90'900U);
  EXPECT_EQ(munger.translate(packet(2, 1100), kSwitch)->timestamp, 99'000U);
}

TEST(RtpMunger, TimestampsWrapWithTheSource) {
  RtpMunger munger(90'000, 64, 0);
  const std::int64_t near = (std::int64_t{1} << 32) - 1000;
  EXPECT_EQ(munger.translate(make({.sequence = 1, .timestamp = near}), kSwitch)->timestamp, 0xffffffffU - 999U);
  EXPECT_EQ(munger.translate(make({.sequence = 2, .timestamp = near + 3000}), kForward)->timestamp, 2000U);
}

TEST(RtpMunger, ResumingTheSameStreamKeepsItsTimestamps) {
  RtpMunger munger(48'000, 64, 0);
  ASSERT_TRUE(munger.translate(make({.sequence = 1, .timestamp = 1000, .arrival_ms = 0}), kSwitch));
  // Five seconds of silence; the packet is 100 ms late.
  const auto out = munger.translate(
      make({.sequence = 251, .timestamp = 1000 + 240'000, .generation = 1, .arrival_ms = 5100}), kSwitch);
  EXPECT_EQ(out->timestamp, 241'000U);
  EXPECT_EQ(out->sequence, 1);
}

TEST(RtpMunger, NewSsrcOfTheSameLayerGoesOnByTheArrival) {
  RtpMunger munger(48'000, 64, 0);
  munger.set_clock({.layer = 0, .generation = 0, .timestamp = 1000, .at = at_ms(0)});
  ASSERT_TRUE(munger.translate(make({.sequence = 1, .timestamp = 1000, .arrival_ms = 0}), kSwitch));
  const auto out =
      munger.translate(make({.sequence = 9, .timestamp = 3'000'000'000, .generation = 1, .arrival_ms = 20}), kSwitch);
  EXPECT_EQ(out->timestamp, 1960U);
  EXPECT_EQ(munger.timestamp_at(at_ms(40)), 2920U);  // the clock is of the stream before
}

// ---- codec counters ----

TEST(RtpMunger, Vp8PictureIdsCloseOverDroppedFrames) {
  RtpMunger munger(90'000, 64, 0);
  const auto frame = [](std::int64_t seq, std::uint16_t id) { return make({.sequence = seq, .picture_id = id}); };
  EXPECT_EQ(munger.translate(frame(1, 0x7ffe), kSwitch)->patch.picture_id, 0x7ffe);
  ASSERT_FALSE(munger.translate(frame(2, 0x7fff), kDrop));
  ASSERT_FALSE(munger.translate(frame(3, 0x7fff), kDrop));  // the same frame
  EXPECT_EQ(munger.translate(frame(4, 0), kForward)->patch.picture_id, 0x7fff);
  EXPECT_EQ(munger.translate(frame(5, 1), kForward)->patch.picture_id, 0);
  EXPECT_EQ(munger.translate(frame(8, 3), kForward)->patch.picture_id, 2);  // 2 is lost, its id stays free
  EXPECT_EQ(munger.translate(frame(6, 2), kForward)->patch.picture_id, 1);
}

TEST(RtpMunger, LateVp8PacketKeepsTheNumberingOfItsPlace) {
  RtpMunger munger(90'000, 64, 0);
  const auto frame = [](std::int64_t seq, std::uint16_t id) { return make({.sequence = seq, .picture_id = id}); };
  ASSERT_TRUE(munger.translate(frame(1, 10), kSwitch));
  ASSERT_FALSE(munger.translate(frame(3, 12), kDrop));  // 2 (picture 11) is missing
  EXPECT_EQ(munger.translate(frame(4, 13), kForward)->patch.picture_id, 12);
  const auto late = munger.translate(frame(2, 11), kForward);
  EXPECT_EQ(late->patch.picture_id, 11);
  EXPECT_EQ(late->sequence, 1);
}

TEST(RtpMunger, ShortPictureIdsGoOnAsLongOnes) {
  RtpMunger munger(90'000, 64, 0);
  const auto frame = [](std::int64_t seq, std::uint16_t id) {
    FeedPacket p = make({.sequence = seq, .picture_id = id});
    p.info.picture_id_long = false;
    return p;
  };
  EXPECT_EQ(munger.translate(frame(1, 126), kSwitch)->patch.picture_id, 126);
  EXPECT_EQ(munger.translate(frame(2, 127), kForward)->patch.picture_id, 127);
  EXPECT_EQ(munger.translate(frame(3, 0), kForward)->patch.picture_id, 128);
  EXPECT_EQ(munger.translate(frame(4, 1), kForward)->patch.picture_id, 129);
}

TEST(RtpMunger, Vp8CountersGoOnAcrossASwitch) {
  RtpMunger munger(90'000, 64, 0);
  ASSERT_TRUE(munger.translate(make({.sequence = 1, .picture_id = 0x7fff, .tl0 = 255, .key_idx = 31}), kSwitch));
  const auto out =
      munger.translate(make({.sequence = 9, .layer = 1, .picture_id = 1234, .tl0 = 77, .key_idx = 5}), kSwitch);
  EXPECT_EQ(out->patch.picture_id, 0);
  EXPECT_EQ(out->patch.tl0_pic_idx, 0);
  EXPECT_EQ(out->patch.key_idx, 0);
  const auto next =
      munger.translate(make({.sequence = 10, .layer = 1, .picture_id = 1235, .tl0 = 78, .key_idx = 5}), kForward);
  EXPECT_EQ(next->patch.picture_id, 1);
  EXPECT_EQ(next->patch.tl0_pic_idx, 1);
  EXPECT_EQ(next->patch.key_idx, 0);
}

TEST(RtpMunger, Vp9PictureIdsKeepTheirDistances) {
  RtpMunger munger(90'000, 64, 0);
  const auto frame = [](std::int64_t seq, std::uint16_t id) {
    return make({.sequence = seq, .picture_id = id, .codec = codec::Codec::kVp9});
  };
  EXPECT_EQ(munger.translate(frame(1, 10), kSwitch)->patch.picture_id, 10);
  ASSERT_FALSE(munger.translate(frame(2, 11), kDrop));
  EXPECT_EQ(munger.translate(frame(3, 12), kForward)->patch.picture_id, 12);
}

TEST(RtpMunger, Vp9PictureIdsWrapWithTheSourceAndAcrossASwitch) {
  RtpMunger munger(90'000, 64, 0);
  const auto frame = [](std::int64_t seq, std::uint16_t id, std::uint8_t layer = 0) {
    return make({.sequence = seq, .layer = layer, .picture_id = id, .codec = codec::Codec::kVp9});
  };
  EXPECT_EQ(munger.translate(frame(1, 0x7ffe), kSwitch)->patch.picture_id, 0x7ffe);
  ASSERT_FALSE(munger.translate(frame(2, 0x7fff), kDrop));
  EXPECT_EQ(munger.translate(frame(3, 0), kForward)->patch.picture_id, 0);

  RtpMunger other(90'000, 64, 0);
  EXPECT_EQ(other.translate(frame(1, 0x7ffe), kSwitch)->patch.picture_id, 0x7ffe);
  // The next one is 0x7fff, whatever the other layer calls it; then 0.
  EXPECT_EQ(other.translate(frame(50, 900, 1), kSwitch)->patch.picture_id, 0x7fff);
  EXPECT_EQ(other.translate(frame(51, 901, 1), kForward)->patch.picture_id, 0);
}

TEST(RtpMunger, FrameNumbersOfTheDescriptorGoOnAcrossASwitch) {
  PacketPool pool(8);
  RtpMunger munger(90'000, 64, 0);
  const auto frame = [&](std::int64_t seq, std::uint16_t number, std::uint8_t layer) {
    FeedPacket p = make({.sequence = seq, .layer = layer, .codec = codec::Codec::kAv1});
    const std::uint8_t bytes[] = {0, 0xc0, static_cast<std::uint8_t>(number >> 8U), static_cast<std::uint8_t>(number)};
    p.packet = pool.copy_of(bytes);
    p.dependency_descriptor_offset = 1;
    p.dependency_descriptor_size = 3;
    return p;
  };
  EXPECT_EQ(munger.translate(frame(1, 0xfffe, 0), kSwitch)->patch.frame_number, 0xfffe);
  ASSERT_FALSE(munger.translate(frame(2, 0xffff, 0), kDrop));
  EXPECT_EQ(munger.translate(frame(3, 0, 0), kForward)->patch.frame_number, 0);
  EXPECT_EQ(munger.translate(frame(70, 900, 1), kSwitch)->patch.frame_number, 1);
  EXPECT_EQ(munger.translate(frame(71, 903, 1), kForward)->patch.frame_number, 4);
}

}  // namespace
}  // namespace parley::forward

#include "forward/nack_generator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "unit/forward/support.h"

namespace parley::forward {
namespace {

using testing::at_ms;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::int64_t> poll(NackGenerator& nack, std::int64_t ms, std::size_t most = 64) {
  std::vector<std::int64_t> out(most);
  out.resize(nack.poll(at_ms(ms), out));
  return out;
}

void receive(NackGenerator& nack, std::int64_t ms, std::initializer_list<std::int64_t> sequences) {
  for (const std::int64_t s : sequences) nack.on_packet(at_ms(ms), s, false);
}

TEST(NackGenerator, AsksForNothingWithoutGaps) {
  NackGenerator nack;
  receive(nack, 0, {10, 11, 12});
  EXPECT_EQ(nack.deadline(), kNever);
  EXPECT_THAT(poll(nack, 1000), IsEmpty());
}

TEST(NackGenerator, WaitsForReorderingBeforeTheFirstRequest) {
  NackGenerator nack;
  receive(nack, 0, {10, 12});
  EXPECT_THAT(poll(nack, 4), IsEmpty());
  EXPECT_EQ(nack.deadline(), at_ms(5));
  EXPECT_THAT(poll(nack, 5), ElementsAre(11));
}

TEST(NackGenerator, ThreeLaterPacketsEndTheWait) {
  NackGenerator nack;
  receive(nack, 0, {10, 12, 13});
  EXPECT_THAT(poll(nack, 0), IsEmpty());
  receive(nack, 0, {14});
  EXPECT_EQ(nack.deadline(), at_ms(0));
  EXPECT_THAT(poll(nack, 0), ElementsAre(11));
}

TEST(NackGenerator, HastensOnlyThoseThatWereOvertaken) {
  NackGenerator nack;
  receive(nack, 0, {10, 14});  // 11, 12, 13 missing; 11 is overtaken by three numbers
  EXPECT_THAT(poll(nack, 0), ElementsAre(11));
  EXPECT_THAT(poll(nack, 5), ElementsAre(12, 13));
}

TEST(NackGenerator, LatePacketIsNoLongerAskedFor) {
  NackGenerator nack;
  receive(nack, 0, {10, 13});
  EXPECT_TRUE(nack.on_packet(at_ms(1), 11, false));
  EXPECT_FALSE(nack.on_packet(at_ms(1), 11, false));
  EXPECT_THAT(poll(nack, 5), ElementsAre(12));
}

TEST(NackGenerator, RepeatsEveryRoundTripBeforeItIsKnownEvery100ms) {
  NackGenerator nack;
  receive(nack, 0, {10, 12});
  EXPECT_THAT(poll(nack, 5), ElementsAre(11));
  EXPECT_THAT(poll(nack, 104), IsEmpty());
  EXPECT_THAT(poll(nack, 105), ElementsAre(11));
  nack.set_rtt(40ms);
  EXPECT_THAT(poll(nack, 205), ElementsAre(11));
  EXPECT_THAT(poll(nack, 244), IsEmpty());
  EXPECT_THAT(poll(nack, 245), ElementsAre(11));
}

TEST(NackGenerator, RepeatsNoFasterThan20ms) {
  NackGenerator nack;
  nack.set_rtt(1ms);
  receive(nack, 0, {10, 12});
  EXPECT_THAT(poll(nack, 5), ElementsAre(11));
  EXPECT_THAT(poll(nack, 24), IsEmpty());
  EXPECT_THAT(poll(nack, 25), ElementsAre(11));
}

TEST(NackGenerator, GivesUpAfterTenTriesAndAsksForAKeyframe) {
  NackGenerator nack;
  nack.set_rtt(20ms);
  receive(nack, 0, {10, 12});
  int tries = 0;
  for (int ms = 0; ms < 900; ++ms) tries += static_cast<int>(poll(nack, ms).size());
  EXPECT_EQ(tries, 10);
  EXPECT_EQ(nack.missing(), 0U);
  EXPECT_TRUE(nack.take_keyframe_request());
  EXPECT_FALSE(nack.take_keyframe_request());
}

TEST(NackGenerator, GivesUpAfterASecond) {
  NackGenerator nack;
  nack.set_rtt(400ms);
  receive(nack, 0, {10, 12});
  for (int ms = 0; ms < 1000; ++ms) poll(nack, ms);
  EXPECT_EQ(nack.missing(), 1U);
  EXPECT_FALSE(nack.take_keyframe_request());
  EXPECT_LE(nack.deadline(), at_ms(1000));
  EXPECT_THAT(poll(nack, 1000), IsEmpty());
  EXPECT_EQ(nack.missing(), 0U);
  EXPECT_TRUE(nack.take_keyframe_request());
}

TEST(NackGenerator, KeyframeClearsWhatWasMissingBeforeIt) {
  NackGenerator nack;
  receive(nack, 0, {10, 15});
  nack.on_packet(at_ms(1), 17, true);
  EXPECT_THAT(poll(nack, 50), IsEmpty());
  EXPECT_FALSE(nack.take_keyframe_request());
}

TEST(NackGenerator, LateKeyframeClearsOnlyWhatIsOlder) {
  NackGenerator nack;
  receive(nack, 0, {10, 20});
  EXPECT_TRUE(nack.on_packet(at_ms(1), 15, true));
  EXPECT_THAT(poll(nack, 50), ElementsAre(16, 17, 18, 19));
}

TEST(NackGenerator, TooManyMissingIsOneKeyframeRequest) {
  NackGenerator nack;
  receive(nack, 0, {10, 1012});  // 1,001 missing
  EXPECT_EQ(nack.missing(), 0U);
  EXPECT_TRUE(nack.take_keyframe_request());
  receive(nack, 1, {1013, 1015});
  EXPECT_THAT(poll(nack, 6), ElementsAre(1014));
}

TEST(NackGenerator, AnAstronomicGapCostsNothing) {
  NackGenerator nack;
  receive(nack, 0, {0, std::int64_t{1} << 60});
  EXPECT_EQ(nack.missing(), 0U);
  EXPECT_TRUE(nack.take_keyframe_request());
}

TEST(NackGenerator, SmallBufferLeavesTheRestDue) {
  NackGenerator nack;
  receive(nack, 0, {10, 14});
  EXPECT_THAT(poll(nack, 10, 2), ElementsAre(11, 12));
  EXPECT_LE(nack.deadline(), at_ms(10));
  EXPECT_THAT(poll(nack, 10, 2), ElementsAre(13));
}

TEST(NackGenerator, ResetForgetsEverything) {
  NackGenerator nack;
  receive(nack, 0, {10, 14});
  nack.reset();
  EXPECT_EQ(nack.deadline(), kNever);
  receive(nack, 1, {500, 501});
  EXPECT_THAT(poll(nack, 100), IsEmpty());
}

}  // namespace
}  // namespace parley::forward

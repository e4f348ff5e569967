#include <gtest/gtest.h>

#include "forward/keyframe_requester.h"
#include "forward/rate_meter.h"
#include "forward/sender_clock.h"
#include "unit/forward/support.h"

namespace parley::forward {
namespace {

using testing::at_ms;

// ---- SenderClock ----

constexpr std::int64_t kAhead = 3'600'000;  // the sender's clock against ours, ms

NtpTime sender_ntp(std::int64_t ms) { return to_ntp(at_ms(ms + kAhead)); }

std::int64_t error_us(const SenderClock& clock, std::int64_t sent_ms) {
  return (clock.to_local(sender_ntp(sent_ms)).value() - at_ms(sent_ms)).count();
}

TEST(SenderClock, UnknownBeforeTheFirstReport) {
  const SenderClock clock;
  EXPECT_FALSE(clock.to_local(sender_ntp(0)));
}

TEST(SenderClock, TheLeastDelayedReportDecides) {
  SenderClock clock;
  struct Row {
    std::int64_t sent;
    std::int64_t delay;
    std::int64_t error;
  };
  for (const Row& row : {Row{0, 80, 80}, Row{1000, 30, 30}, Row{2000, 250, 30}, Row{3000, 31, 30}}) {
    clock.update(at_ms(row.sent + row.delay), sender_ntp(row.sent));
    EXPECT_NEAR(static_cast<double>(error_us(clock, row.sent)), static_cast<double>(row.error) * 1000, 2) << row.sent;
  }
}

TEST(SenderClock, AnOldMinimumIsForgotten) {
  SenderClock clock;
  clock.update(at_ms(10), sender_ntp(0));
  for (std::int64_t s = 1; s <= 70; ++s) clock.update(at_ms(s * 1000 + 40), sender_ntp(s * 1000));
  EXPECT_NEAR(static_cast<double>(error_us(clock, 70'000)), 40'000, 2);
}

TEST(SenderClock, AClockThatWasSetIsFollowedAtOnce) {
  for (const std::int64_t step : {-3'600'000, 60'000}) {
    SenderClock clock;
    clock.update(at_ms(20), sender_ntp(0));
    clock.update(at_ms(1020), sender_ntp(1000 + step));
    const auto local = clock.to_local(sender_ntp(1000 + step)).value();
    EXPECT_NEAR(static_cast<double>((local - at_ms(1020)).count()), 0, 2) << step;
  }
}

TEST(SenderClock, ReportWithoutWallClockIsIgnored) {
  SenderClock clock;
  clock.update(at_ms(0), NtpTime{0});
  EXPECT_FALSE(clock.to_local(sender_ntp(0)));
  clock.update(at_ms(0), sender_ntp(0));
  EXPECT_FALSE(clock.to_local(NtpTime{0}));
}

// ---- RateMeter ----

TEST(RateMeter, SteadyStreamIsMeasured) {
  RateMeter meter;
  EXPECT_EQ(meter.bits_per_second(at_ms(0)), 0U);
  for (int ms = 0; ms < 3000; ms += 10) meter.add(at_ms(ms), 125);  // 100 kbit/s
  EXPECT_NEAR(static_cast<double>(meter.bits_per_second(at_ms(2995))), 100'000, 2'000);
}

TEST(RateMeter, YoungStreamIsNotDividedByAWholeSecond) {
  RateMeter meter;
  for (int ms = 0; ms < 200; ms += 10) meter.add(at_ms(ms), 125);
  EXPECT_NEAR(static_cast<double>(meter.bits_per_second(at_ms(199))), 100'000, 2'000);
}

TEST(RateMeter, FadesWithinASecondOfSilence) {
  RateMeter meter;
  for (int ms = 0; ms < 2000; ms += 10) meter.add(at_ms(ms), 125);
  EXPECT_NEAR(static_cast<double>(meter.bits_per_second(at_ms(2500))), 50'000, 12'000);
  EXPECT_EQ(meter.bits_per_second(at_ms(3000)), 0U);
  meter.add(at_ms(60'000), 125);
  EXPECT_EQ(meter.bits_per_second(at_ms(60'000)), 10'000U);
}

// ---- KeyframeRequester ----

TEST(KeyframeRequester, AsksAtOnceThenOncePerInterval) {
  KeyframeRequester requester;
  EXPECT_FALSE(requester.take(at_ms(0), 1));
  requester.request(at_ms(0), 1);
  EXPECT_EQ(requester.deadline(), TimePoint{});
  EXPECT_TRUE(requester.take(at_ms(0), 1));
  EXPECT_EQ(requester.deadline(), at_ms(500));
  requester.request(at_ms(10), 1);
  EXPECT_FALSE(requester.take(at_ms(499), 1));
  EXPECT_TRUE(requester.take(at_ms(500), 1));
}

TEST(KeyframeRequester, LayersAreIndependent) {
  KeyframeRequester requester;
  requester.request(at_ms(0), 0);
  requester.request(at_ms(0), 2);
  EXPECT_TRUE(requester.take(at_ms(0), 0));
  EXPECT_FALSE(requester.take(at_ms(0), 1));
  EXPECT_TRUE(requester.take(at_ms(0), 2));
}

TEST(KeyframeRequester, KeyframeEndsIt) {
  KeyframeRequester requester;
  requester.request(at_ms(0), 0);
  EXPECT_TRUE(requester.take(at_ms(0), 0));
  requester.on_keyframe(0);
  EXPECT_FALSE(requester.pending(0));
  EXPECT_FALSE(requester.take(at_ms(600), 0));
  EXPECT_EQ(requester.deadline(), kNever);
}

TEST(KeyframeRequester, AnswerDoesNotLiftTheInterval) {
  KeyframeRequester requester;
  requester.request(at_ms(0), 0);
  EXPECT_TRUE(requester.take(at_ms(0), 0));
  requester.on_keyframe(0);
  requester.request(at_ms(100), 0);
  EXPECT_FALSE(requester.take(at_ms(100), 0));
  EXPECT_EQ(requester.deadline(), at_ms(500));
  EXPECT_TRUE(requester.take(at_ms(500), 0));
}

TEST(KeyframeRequester, ForgottenWishIsGivenUp) {
  KeyframeRequester requester;
  requester.request(at_ms(0), 0);
  int sent = 0;
  for (int ms = 0; ms < 60'000; ms += 10) sent += requester.take(at_ms(ms), 0) ? 1 : 0;
  EXPECT_EQ(sent, 11);  // 0, 0.5 … 5 s
  EXPECT_EQ(requester.deadline(), kNever);
}

}  // namespace
}  // namespace parley::forward

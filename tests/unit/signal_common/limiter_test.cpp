#include "signal/common/limiter.h"

#include <gtest/gtest.h>

namespace parley::signal::common {
namespace {

constexpr TimePoint kStart{Duration{1'000'000'000}};

TEST(Limiter, BurstThenOneEachInterval) {
  Limiter limiter({.per_second = 0.5, .burst = 3}, "log-ins come");
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.take(kStart, "a")) << i;
  const auto refused = limiter.take(kStart, "a");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "rate_limited");
  EXPECT_EQ(refused.error().retry_after, 2U);
  EXPECT_EQ(refused.error().message, "log-ins come too often; again in 2 s");
  EXPECT_FALSE(limiter.take(kStart + 1s, "a"));
  EXPECT_TRUE(limiter.take(kStart + 3s, "a"));
}

TEST(Limiter, KeysDoNotShareABucket) {
  Limiter limiter({.per_second = 1, .burst = 1});
  EXPECT_TRUE(limiter.take(kStart, "a"));
  EXPECT_TRUE(limiter.take(kStart, "b"));
  EXPECT_FALSE(limiter.take(kStart, "a"));
}

TEST(Limiter, ZeroRateLimitsNothing) {
  Limiter limiter({});
  for (int i = 0; i < 10'000; ++i) ASSERT_TRUE(limiter.take(kStart, "a"));
  EXPECT_EQ(limiter.size(), 0U);
}

TEST(Limiter, FullTableStillLimitsAndIsSweptOnceBucketsAreFull) {
  Limiter limiter({.per_second = 1, .burst = 2}, "requests come", 2);
  EXPECT_TRUE(limiter.take(kStart, "a"));
  EXPECT_TRUE(limiter.take(kStart, "b"));
  // Those who find no place share one bucket.
  EXPECT_TRUE(limiter.take(kStart, "c"));
  EXPECT_TRUE(limiter.take(kStart, "d"));
  EXPECT_FALSE(limiter.take(kStart, "e"));
  EXPECT_EQ(limiter.size(), 2U);
  EXPECT_TRUE(limiter.take(kStart + 10s, "c"));
  EXPECT_EQ(limiter.size(), 1U);
}

}  // namespace
}  // namespace parley::signal::common

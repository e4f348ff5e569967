#include <gtest/gtest.h>

#include "http/ip_rate_limiter.h"
#include "http/stats.h"
#include "http/token_bucket.h"

namespace parley::http {
namespace {

constexpr TimePoint kStart{std::chrono::seconds(1000)};

TEST(TokenBucketTest, BurstThenSteadyRate) {
  TokenBucket bucket({.per_second = 10, .burst = 3});
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(bucket.take(kStart));
  EXPECT_FALSE(bucket.take(kStart));
  EXPECT_FALSE(bucket.take(kStart + 99ms));
  EXPECT_TRUE(bucket.take(kStart + 200ms));
  EXPECT_TRUE(bucket.take(kStart + 200ms));
  EXPECT_FALSE(bucket.take(kStart + 200ms));
}

TEST(TokenBucketTest, LongSilenceFillsNoMoreThanTheBurst) {
  TokenBucket bucket({.per_second = 10, .burst = 2});
  EXPECT_TRUE(bucket.take(kStart));
  EXPECT_TRUE(bucket.take(kStart + 24h));
  EXPECT_TRUE(bucket.take(kStart + 24h));
  EXPECT_FALSE(bucket.take(kStart + 24h));
}

TEST(TokenBucketTest, ClockGoingBackAddsNothing) {
  TokenBucket bucket({.per_second = 1000, .burst = 1});
  EXPECT_TRUE(bucket.take(kStart));
  EXPECT_FALSE(bucket.take(kStart - 10s));
  EXPECT_FALSE(bucket.take(kStart));
}

TEST(TokenBucketTest, TakesManyTokensOrNone) {
  TokenBucket bucket({.per_second = 10, .burst = 100});
  EXPECT_TRUE(bucket.take(kStart, 60));
  EXPECT_FALSE(bucket.take(kStart, 60));
  EXPECT_TRUE(bucket.take(kStart, 40));
  EXPECT_FALSE(bucket.take(kStart + 1s, 1000)) << "more than the burst needs a full bucket";
  EXPECT_TRUE(bucket.take(kStart + 11s, 1000));
}

TEST(TokenBucketTest, TellsHowLongToWait) {
  TokenBucket bucket({.per_second = 2, .burst = 1});
  EXPECT_EQ(bucket.wait(kStart), Duration{0});
  ASSERT_TRUE(bucket.take(kStart));
  EXPECT_NEAR(to_seconds(bucket.wait(kStart)), 0.5, 0.001);
  EXPECT_FALSE(bucket.take(kStart + 499ms));
  EXPECT_TRUE(bucket.take(kStart + 501ms));
}

TEST(TokenBucketTest, ZeroRateMeansNoLimit) {
  TokenBucket bucket({});
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(bucket.take(kStart));
}

TEST(IpRateLimiterTest, EachAddressHasItsOwnBucket) {
  IpRateLimiter limiter({.per_second = 1, .burst = 1});
  EXPECT_TRUE(limiter.allow(kStart, Address::v4(10, 0, 0, 1, 5)));
  EXPECT_FALSE(limiter.allow(kStart, Address::v4(10, 0, 0, 1, 6)));
  EXPECT_TRUE(limiter.allow(kStart, Address::v4(10, 0, 0, 2, 5)));
}

TEST(IpRateLimiterTest, AddressesOfOneIpv6SiteShareABucket) {
  IpRateLimiter limiter({.per_second = 1, .burst = 1});
  EXPECT_TRUE(limiter.allow(kStart, *Address::parse("2001:db8:1:2::1", 0)));
  EXPECT_FALSE(limiter.allow(kStart, *Address::parse("2001:db8:1:2:ffff::9", 0)));
  EXPECT_TRUE(limiter.allow(kStart, *Address::parse("2001:db8:1:3::1", 0)));
}

TEST(IpRateLimiterTest, TableIsBoundedAndForgetsQuietClients) {
  IpRateLimiter limiter({.per_second = 1, .burst = 1}, 4);
  for (std::uint8_t i = 0; i < 4; ++i) EXPECT_TRUE(limiter.allow(kStart, Address::v4(10, 0, 0, i, 0)));
  // Full: newcomers share one bucket.
  EXPECT_TRUE(limiter.allow(kStart, Address::v4(10, 0, 1, 1, 0)));
  EXPECT_FALSE(limiter.allow(kStart, Address::v4(10, 0, 1, 2, 0)));
  EXPECT_EQ(limiter.size(), 4U);
  EXPECT_TRUE(limiter.allow(kStart + 5s, Address::v4(10, 0, 1, 3, 0)));
  EXPECT_EQ(limiter.size(), 1U);
}

TEST(LatencyHistogramTest, ValuesFallIntoTheBucketOfTheirUpperBound) {
  LatencyHistogram histogram;
  histogram.record(100us);
  histogram.record(101us);
  histogram.record(2s);
  EXPECT_EQ(histogram.buckets.front(), 1U);
  EXPECT_EQ(histogram.buckets[1], 1U);
  EXPECT_EQ(histogram.buckets.back(), 1U);
  EXPECT_EQ(histogram.count, 3U);
  EXPECT_EQ(histogram.sum, 2s + 201us);
}

}  // namespace
}  // namespace parley::http

#include "cc/loss_rtt.h"

#include <gtest/gtest.h>

namespace parley::cc {
namespace {

constexpr TimePoint kStart{Duration{1'700'000'000'000'000}};

TEST(RoundTripTest, FollowsTheRfcExample) {
  // RFC 3550 section 6.4.1, figure 2: LSR 0xb705:2000, DLSR 5.250 s, RR received at 0xb710:8000, round trip 6.125 s.
  // The figure gives compact times; the upper 16 bits of the seconds are any that lie after 1970.
  const std::uint64_t received = (std::uint64_t{0xb710} << 32U) | 0x80000000U;
  const NtpTime now{(std::uint64_t{0xeb190000} << 32U) + received};
  EXPECT_EQ(round_trip(from_ntp(now), 0xb7052000, 0x00054000), Duration{6'125'000});
}

TEST(RoundTripTest, ImplausibleReportsGiveNone) {
  const std::uint32_t now = to_ntp(kStart).compact();
  struct Row {
    const char* name = "";
    std::uint32_t last_sr = 0;
    std::uint32_t delay = 0;
    std::optional<Duration> rtt;
  };
  const Row rows[] = {
      {"no SR seen", 0, 0, std::nullopt},
      {"at once", now, 0, Duration{0}},
      {"a second", now - 65536, 0, 1s},
      {"all of it held by the peer", now - 65536, 65536, Duration{0}},
      {"below zero by rounding", now - 65536, 65536 + 600, Duration{0}},
      {"below zero by more", now - 65536, 65536 + 700, std::nullopt},
      {"a minute", now - 60 * 65536, 0, 60s},
      {"above a minute", now - 61 * 65536, 0, std::nullopt},
      {"from the future", now + 65536, 0, std::nullopt},
  };
  for (const Row& row : rows) EXPECT_EQ(round_trip(kStart, row.last_sr, row.delay), row.rtt) << row.name;
}

TEST(RoundTripTest, CompactTimeWraps) {
  // The SR left before the compact form wrapped, its report came after.
  const NtpTime wrap{(std::uint64_t{0xe9000000} << 32U)};
  const TimePoint now = from_ntp(wrap) + 50ms;
  const std::uint32_t sent = to_ntp(now - 100ms).compact();
  ASSERT_GT(sent, to_ntp(now).compact());
  EXPECT_NEAR(static_cast<double>(round_trip(now, sent, 0)->count()), 100'000, 20);
}

TEST(QualityTest, ScoreFallsWithEachImpairment) {
  struct Row {
    double loss;
    Duration rtt, jitter;
    Quality quality;
  };
  const Row rows[] = {
      {0, 0ms, 0ms, Quality::kExcellent},       {0.01, 50ms, 5ms, Quality::kExcellent},
      {0.04, 100ms, 10ms, Quality::kExcellent}, {0.06, 50ms, 5ms, Quality::kGood},
      {0, 600ms, 10ms, Quality::kGood},         {0.10, 100ms, 10ms, Quality::kGood},
      {0.15, 50ms, 5ms, Quality::kPoor},        {0, 1000ms, 30ms, Quality::kPoor},
      {0, 100ms, 250ms, Quality::kPoor},        {1, 0ms, 0ms, Quality::kPoor},
  };
  for (const Row& row : rows) {
    const double rating = transmission_rating(row.loss, row.rtt, row.jitter);
    EXPECT_EQ(quality_of_rating(rating), row.quality) << row.loss << " " << row.rtt.count() << " " << rating;
  }
}

TEST(QualityTest, DelayCurveHasNoStepAtItsKnee) {
  const double before = transmission_rating(0, 299'999us, 0ms);
  const double after = transmission_rating(0, 300'001us, 0ms);
  EXPECT_NEAR(before, after, 0.01);
}

TEST(QualityTest, OpinionScoreStaysInItsRange) {
  double last = 0;
  for (int rating = -10; rating <= 110; ++rating) {
    const double score = mean_opinion_score(rating);
    EXPECT_GE(score, 1.0);
    EXPECT_LE(score, 4.5);
    EXPECT_GE(score, last);
    last = score;
  }
  EXPECT_NEAR(mean_opinion_score(kExcellentRating), 4.02, 0.01);
  EXPECT_NEAR(mean_opinion_score(kGoodRating), 3.10, 0.01);
}

TEST(QualityTest, BoundsBelongToTheBetterSide) {
  EXPECT_EQ(quality_of_rating(80), Quality::kExcellent);
  EXPECT_EQ(quality_of_rating(79.99), Quality::kGood);
  EXPECT_EQ(quality_of_rating(60), Quality::kGood);
  EXPECT_EQ(quality_of_rating(59.99), Quality::kPoor);
}

TEST(LinkQualityTest, UnmeasuredLinkIsExcellent) {
  LinkQuality link;
  const LinkReport report = link.report(kStart);
  EXPECT_EQ(report.loss, 0);
  EXPECT_EQ(report.rtt, 0ms);
  EXPECT_EQ(report.quality, Quality::kExcellent);
}

TEST(LinkQualityTest, LossIsWeightedByPackets) {
  LinkQuality link;
  link.on_loss(kStart, 10, 100);
  link.on_loss(kStart, 0, 900);
  EXPECT_DOUBLE_EQ(link.report(kStart).loss, 0.01);
  link.on_loss(kStart, -5, 100);   // duplicates: no negative loss
  link.on_loss(kStart, 500, 100);  // never above all
  EXPECT_DOUBLE_EQ(link.report(kStart).loss, 110.0 / 1200);
  link.on_loss(kStart, 1, 0);  // nothing expected, nothing said
  EXPECT_DOUBLE_EQ(link.report(kStart).loss, 110.0 / 1200);
}

TEST(LinkQualityTest, OldSamplesLeaveTheWindow) {
  LinkQuality link(5s);
  link.on_loss(kStart, 50, 100);
  link.on_rtt(kStart, 900ms);
  link.on_jitter(kStart, 100ms);
  link.on_loss(kStart + 3s, 0, 100);
  link.on_rtt(kStart + 3s, 100ms);
  EXPECT_EQ(link.report(kStart + 3s).quality, Quality::kPoor);
  EXPECT_EQ(link.report(kStart + 3s).rtt, 500ms);
  const LinkReport later = link.report(kStart + 6s);
  EXPECT_EQ(later.loss, 0);
  EXPECT_EQ(later.rtt, 100ms);
  EXPECT_EQ(later.jitter, 0ms);
  EXPECT_EQ(later.quality, Quality::kExcellent);
  EXPECT_EQ(link.report(kStart + 60s).rtt, 100ms);  // the last known one
}

TEST(LinkQualityTest, ReportBlockBringsAllThree) {
  LinkQuality link;
  rtp::rtcp::ReportBlock block;
  block.fraction_lost = 64;
  block.jitter = 900;  // of 90 kHz: 10 ms
  block.last_sr = to_ntp(kStart - 200ms).compact();
  block.delay_since_last_sr = 65536 / 10;
  link.on_report_block(kStart, block, 90000, 200);
  const LinkReport report = link.report(kStart);
  EXPECT_DOUBLE_EQ(report.loss, 0.25);
  EXPECT_EQ(report.jitter, 10ms);
  EXPECT_NEAR(static_cast<double>(report.rtt.count()), 100'000, 50);
  EXPECT_EQ(report.quality, Quality::kPoor);
}

TEST(LinkQualityTest, ReportBlockWithoutPacketsOrClockIsHarmless) {
  LinkQuality link;
  rtp::rtcp::ReportBlock block;
  block.fraction_lost = 255;
  block.jitter = 0xffffffff;
  link.on_report_block(kStart, block, 0, 0);
  EXPECT_EQ(link.report(kStart).loss, 0);
  EXPECT_EQ(link.report(kStart).jitter, 0ms);
}

TEST(LinkQualityTest, MemoryIsBounded) {
  LinkQuality link;
  link.on_loss(kStart, 100, 100);
  for (std::size_t i = 0; i < LinkQuality::kMaxSamples; ++i) link.on_loss(kStart, 0, 1);
  EXPECT_EQ(link.report(kStart).loss, 0);  // the first sample had to go
}

}  // namespace
}  // namespace parley::cc

#include "rtp/receive_stats.h"

#include <gtest/gtest.h>

namespace parley::rtp {
namespace {

constexpr TimePoint kStart{Duration{1'700'000'000'000'000}};
constexpr Ssrc kSsrc{77};

// One packet every 20 ms of a 48 kHz stream: timestamps fit the arrivals, so there is no jitter.
void feed(ReceiveStats& stats, std::int64_t sequence, Duration late = 0ms) {
  stats.on_packet(kStart + sequence * 20ms + late, sequence, static_cast<std::uint32_t>(sequence * 960));
}

TEST(ReceiveStatsTest, NothingReceivedNothingReported) {
  ReceiveStats stats(48000);
  EXPECT_FALSE(stats.report(kStart, kSsrc));
  EXPECT_EQ(stats.expected(), 0U);
  EXPECT_EQ(stats.lost(), 0);
  EXPECT_EQ(stats.jitter_time(), 0ms);
}

TEST(ReceiveStatsTest, FractionCoversTheIntervalOnly) {
  ReceiveStats stats(48000);
  for (int i = 0; i < 100; ++i) {
    if (i % 4 != 1) feed(stats, 1000 + i);
  }
  auto block = stats.report(kStart, kSsrc);
  ASSERT_TRUE(block);
  EXPECT_EQ(block->ssrc, kSsrc);
  EXPECT_EQ(block->cumulative_lost, 25);
  EXPECT_EQ(block->fraction_lost, 64);
  EXPECT_EQ(block->highest_sequence, 1099U);
  for (int i = 100; i < 200; ++i) feed(stats, 1000 + i);
  block = stats.report(kStart, kSsrc);
  EXPECT_EQ(block->fraction_lost, 0);
  EXPECT_EQ(block->cumulative_lost, 25);
}

TEST(ReceiveStatsTest, EmptyIntervalHasNoLoss) {
  ReceiveStats stats(48000);
  feed(stats, 1);
  feed(stats, 4);
  EXPECT_EQ(stats.report(kStart, kSsrc)->fraction_lost, 128);
  EXPECT_EQ(stats.report(kStart, kSsrc)->fraction_lost, 0);
}

TEST(ReceiveStatsTest, HighestSequenceCountsCycles) {
  ReceiveStats stats(48000);
  feed(stats, 65534);
  feed(stats, 65535);
  feed(stats, 65536);
  feed(stats, 65537);
  const auto block = stats.report(kStart, kSsrc);
  EXPECT_EQ(block->highest_sequence, 0x00010001U);
  EXPECT_EQ(block->cumulative_lost, 0);
}

TEST(ReceiveStatsTest, ReorderedPacketsAreNotLost) {
  ReceiveStats stats(48000);
  for (const std::int64_t sequence : {10, 12, 11, 9, 8, 13}) feed(stats, sequence);  // 8 and 9 before the first seen
  EXPECT_EQ(stats.expected(), 6U);
  EXPECT_EQ(stats.lost(), 0);
  EXPECT_EQ(stats.report(kStart, kSsrc)->highest_sequence, 13U);
}

TEST(ReceiveStatsTest, LatePacketMakesTheNextIntervalNoNegativeLoss) {
  ReceiveStats stats(48000);
  feed(stats, 1);
  feed(stats, 3);
  EXPECT_EQ(stats.report(kStart, kSsrc)->cumulative_lost, 1);
  feed(stats, 2);
  const auto block = stats.report(kStart, kSsrc);
  EXPECT_EQ(block->fraction_lost, 0);
  EXPECT_EQ(block->cumulative_lost, 0);
}

TEST(ReceiveStatsTest, RecoveredPacketsStayLostInReports) {
  ReceiveStats stats(90000);
  feed(stats, 1);
  feed(stats, 4);
  stats.on_recovered();
  EXPECT_EQ(stats.lost(), 2);
  EXPECT_EQ(stats.residual_lost(), 1U);
  EXPECT_EQ(stats.report(kStart, kSsrc)->cumulative_lost, 2);
  stats.on_recovered();
  stats.on_recovered();  // one that came late after all
  EXPECT_EQ(stats.residual_lost(), 0U);
}

TEST(ReceiveStatsTest, CumulativeLossIsClampedTo24Bits) {
  ReceiveStats stats(48000);
  feed(stats, 0);
  feed(stats, 0x1000000);
  EXPECT_EQ(stats.report(kStart, kSsrc)->cumulative_lost, 0x7fffff);
}

TEST(ReceiveStatsTest, SteadyArrivalsHaveNoJitter) {
  ReceiveStats stats(48000);
  for (int i = 0; i < 500; ++i) feed(stats, i, 100ms);
  EXPECT_EQ(stats.jitter(), 0U);
}

TEST(ReceiveStatsTest, JitterFollowsTheRfcFilter) {
  ReceiveStats stats(8000);
  stats.on_packet(kStart, 1, 0);
  stats.on_packet(kStart + 30ms, 2, 160);  // 10 ms late: D = 80
  EXPECT_EQ(stats.jitter(), 80U / 16U);
  stats.on_packet(kStart + 40ms, 3, 320);  // back in time: D = -80; J = 5 + (80 - 5) / 16
  EXPECT_EQ(stats.jitter(), 9U);
  EXPECT_EQ(stats.jitter_time(), Duration{1125});
}

TEST(ReceiveStatsTest, JitterConvergesToTheMeanDeviation) {
  ReceiveStats stats(48000);
  for (int i = 0; i < 1000; ++i) feed(stats, i, i % 2 == 0 ? 0ms : 10ms);  // |D| is always 10 ms
  EXPECT_NEAR(static_cast<double>(stats.jitter_time().count()), 10'000, 100);
}

TEST(ReceiveStatsTest, JitterSurvivesTimestampWrapAndLongStreams) {
  ReceiveStats stats(90000);
  std::uint32_t timestamp = 0xfffff000U;
  for (int i = 0; i < 100; ++i, timestamp += 3000) {
    stats.on_packet(kStart + i * Duration{33'333}, i, timestamp);
  }
  EXPECT_LE(stats.jitter(), 1U);
  // Three weeks later, in step: the arrival has wrapped many times in 32 bits of the clock.
  ReceiveStats days(90000);
  const Duration weeks = 24h * 21;
  days.on_packet(kStart, 0, 5);
  days.on_packet(kStart + weeks, 1, static_cast<std::uint32_t>(5 + weeks.count() * 9 / 100));
  EXPECT_EQ(days.jitter(), 0U);
}

TEST(ReceiveStatsTest, NewTimeBaseIsNoJitter) {
  ReceiveStats stats(90000);
  stats.on_packet(kStart, 1, 0);
  stats.on_packet(kStart + 20ms, 2, 0x40000000);
  stats.on_packet(kStart + 40ms, 3, 0x40000000 + 1800);
  EXPECT_EQ(stats.jitter(), 0U);
}

TEST(ReceiveStatsTest, SenderReportIsEchoedWithItsAge) {
  ReceiveStats stats(90000);
  feed(stats, 1);
  EXPECT_EQ(stats.report(kStart, kSsrc)->last_sr, 0U);
  EXPECT_EQ(stats.report(kStart, kSsrc)->delay_since_last_sr, 0U);
  stats.on_sender_report(kStart, NtpTime{0x1122334455667788});
  auto block = stats.report(kStart + 1500ms, kSsrc);
  EXPECT_EQ(block->last_sr, 0x33445566U);
  EXPECT_EQ(block->delay_since_last_sr, 65536U * 3 / 2);
  EXPECT_EQ(stats.report(kStart - 1ms, kSsrc)->delay_since_last_sr, 0U);
  EXPECT_EQ(stats.report(kStart + 48h, kSsrc)->delay_since_last_sr, 65535U * 65536U);
}

}  // namespace
}  // namespace parley::rtp

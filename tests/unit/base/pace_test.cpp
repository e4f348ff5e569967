#include "base/pace.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

constexpr TimePoint kStart{1'700'000'000s};

// One by one at a steady interval.
TimePoint feed(Pace& pace, TimePoint now, Duration interval, int number) {
  for (int i = 0; i < number; ++i) pace.note(now += interval, 1);
  return now;
}

TEST(Pace, NothingIsLikelyBeforeManyCame) {
  Pace pace;
  EXPECT_FALSE(pace.likely_within(10ms));
  feed(pace, kStart, 1ms, 20);
  EXPECT_FALSE(pace.likely_within(10ms));
}

TEST(Pace, WhatComesSteadilyIsLikelyAtItsInterval) {
  const struct {
    Duration interval;
    bool within_10ms;
  } rows[] = {{1ms, true}, {5ms, true}, {9ms, true}, {12ms, false}, {25ms, false}, {2s, false}};
  for (const auto& row : rows) {
    Pace pace;
    feed(pace, kStart, row.interval, 100);
    EXPECT_EQ(pace.likely_within(10ms), row.within_10ms) << row.interval.count() << " us";
  }
}

TEST(Pace, OnePauseEndsIt) {
  Pace pace;
  TimePoint now = feed(pace, kStart, 5ms, 100);
  pace.note(now += 100ms, 1);
  EXPECT_FALSE(pace.likely_within(10ms));
}

TEST(Pace, BurstAfterSilenceMakesNothingLikely) {
  Pace pace;
  feed(pace, kStart, 30s, 3);
  pace.note(kStart + 120s, 5);
  EXPECT_FALSE(pace.likely_within(10ms));
}

TEST(Pace, ThoseThatCameTogetherCountEach) {
  Pace pace;
  TimePoint now = kStart;
  for (int i = 0; i < 50; ++i) pace.note(now += 24ms, 4);
  EXPECT_TRUE(pace.likely_within(10ms));
  EXPECT_FALSE(pace.likely_within(5ms));
}

TEST(Pace, NothingComingChangesNothing) {
  Pace pace;
  TimePoint now = feed(pace, kStart, 5ms, 100);
  pace.note(now + 1h, 0);
  EXPECT_TRUE(pace.likely_within(10ms));
}

TEST(Pace, ClockThatGoesBackIsNoPause) {
  Pace pace;
  const TimePoint now = feed(pace, kStart, 5ms, 100);
  pace.note(now - 1h, 1);
  EXPECT_TRUE(pace.likely_within(10ms));
}

}  // namespace
}  // namespace parley

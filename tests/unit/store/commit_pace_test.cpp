#include "store/commit_pace.h"

#include <gtest/gtest.h>

namespace parley::store::detail {
namespace {

constexpr TimePoint kStart{1'700'000'000s};

TimePoint feed(CommitPace& pace, Duration interval, int jobs) {
  TimePoint now = kStart;
  for (int i = 0; i < jobs; ++i) pace.note_job(now += interval);
  return now;
}

TEST(CommitPace, FewJobsAreCommittedAtOnce) {
  CommitPace pace;
  EXPECT_EQ(pace.hold(kStart), Duration{});
  EXPECT_EQ(pace.hold(feed(pace, 20ms, 200)), Duration{});
}

TEST(CommitPace, ManyJobsShareACommit) {
  CommitPace pace;
  EXPECT_EQ(pace.hold(feed(pace, 5ms, 200)), kCommitHold);
}

TEST(CommitPace, BurstAfterSilenceDoesNotWait) {
  CommitPace pace;
  feed(pace, 1s, 10);
  EXPECT_EQ(pace.hold(feed(pace, 1ms, 10)), Duration{});
}

TEST(CommitPace, WaitsInVainAreFollowedByATimeWithout) {
  CommitPace pace;
  const TimePoint now = feed(pace, 1ms, 200);
  for (int i = 0; i < kWaitsInVain; ++i) {
    EXPECT_EQ(pace.hold(now), kCommitHold) << i;
    pace.note_wait(now, kCommitHold / 3);
  }
  EXPECT_EQ(pace.hold(now), Duration{});
  EXPECT_EQ(pace.hold(now + kNoHold - 1us), Duration{});
  EXPECT_EQ(pace.hold(now + kNoHold), kCommitHold);
}

TEST(CommitPace, OneWaitThatPaysForgivesThoseBefore) {
  CommitPace pace;
  const TimePoint now = feed(pace, 1ms, 200);
  for (int i = 0; i < 5 * kWaitsInVain; ++i) {
    pace.note_wait(now, i % kWaitsInVain == 0 ? kCommitHold - 1ms : Duration{});
    EXPECT_EQ(pace.hold(now), kCommitHold) << i;
  }
}

}  // namespace
}  // namespace parley::store::detail

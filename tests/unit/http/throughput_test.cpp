#include "http/throughput.h"

#include <gtest/gtest.h>

#include "http/websocket.h"

namespace parley::http {
namespace {

constexpr TimePoint kStart{1'700'000'000s};

TEST(Throughput, CountsOverATenthOfASecond) {
  Throughput throughput;
  EXPECT_EQ(throughput.per_second(), 0U);
  throughput.note(kStart, 0);
  throughput.note(kStart + 50ms, 1'000);
  EXPECT_EQ(throughput.per_second(), 0U);
  throughput.note(kStart + 100ms, 2'000);
  EXPECT_EQ(throughput.per_second(), 20'000U);
}

TEST(Throughput, SilenceEndsIt) {
  Throughput throughput;
  throughput.note(kStart, 0);
  throughput.note(kStart + 100ms, 2'000);
  throughput.note(kStart + 10s, 2'010);
  EXPECT_EQ(throughput.per_second(), 1U);
}

TEST(Throughput, ClockThatGoesBackBeginsAnew) {
  Throughput throughput;
  throughput.note(kStart, 0);
  throughput.note(kStart - 1h, 10);
  throughput.note(kStart - 1h + 100ms, 1'010);
  EXPECT_EQ(throughput.per_second(), 10'000U);
}

TEST(WebSocketLimits, BusierServersLetMessagesWaitLonger) {
  const WebSocketLimits limits;
  EXPECT_EQ(limits.hold_at(limits.busy_rate - 1), Duration{});
  EXPECT_EQ(limits.hold_at(limits.busy_rate), limits.write_hold);
  EXPECT_EQ(limits.hold_at(limits.crowded_rate - 1), limits.write_hold);
  EXPECT_EQ(limits.hold_at(limits.crowded_rate), limits.crowded_hold);
  EXPECT_GT(limits.crowded_hold, limits.write_hold);
}

}  // namespace
}  // namespace parley::http

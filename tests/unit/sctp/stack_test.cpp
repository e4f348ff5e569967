#include <malloc.h>
#include <usrsctp.h>

#include <cstdlib>

#include "unit/sctp/pipe.h"

namespace parley::sctp {
namespace {

void live_and_die(int round) {
  Pipe pipe;
  pipe.up();
  const auto stream = pipe.open(pipe.client);
  ASSERT_TRUE(pipe.client.say(stream, "hello"));
  // Some end in order, some by destruction with data under way.
  if (round % 2 == 0) {
    pipe.run(5);
    pipe.server.association->close();
    pipe.run();
  }
}

// usrsctp stops only when it holds no endpoint any more. In a process of its own, for it cannot be used afterwards.
[[noreturn]] void run_rounds_and_stop(int rounds) {
  for (int i = 0; i < rounds; ++i) live_and_die(i);
  TimePoint now{};
  for (int i = 0; i < 100; ++i) Stack::handle_timers(now += 1s);
  std::exit(usrsctp_finish() == 0 ? 0 : 1);
}

TEST(Stack, HundredPairsLeaveNoEndpoint) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(run_rounds_and_stop(100), ::testing::ExitedWithCode(0), "");
}

TEST(Stack, TimersBeforeTheFirstAssociationAreHarmless) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        Stack::handle_timers(TimePoint{} + 1s);
        Stack::handle_timers(TimePoint{} + 2s);
        std::exit(0);
      },
      ::testing::ExitedWithCode(0), "");
}

// What a retransmission needs is RTO by the stack's own count of time, whatever its clock began with.
std::int64_t ms_until_repeated(Pipe& pipe, std::uint16_t stream, Duration step) {
  EXPECT_TRUE(pipe.client.say(stream, "x"));
  while (pipe.client.association->poll_transmit()) {
  }
  const TimePoint start = pipe.now;
  for (int i = 0; i < 100'000; ++i) {
    Stack::handle_timers(pipe.now += step);
    if (pipe.client.association->poll_transmit()) return to_millis(pipe.now - start);
  }
  return -1;
}

TEST(Stack, FractionsOfAMillisecondAddUp) {
  Pipe pipe;
  pipe.up();
  const auto stream = pipe.open(pipe.client);
  pipe.run(100);
  const std::int64_t ms = ms_until_repeated(pipe, stream, 300us);
  EXPECT_GE(ms, 200);
  EXPECT_LE(ms, 1100);
}

TEST(Stack, TimeThatGoesBackStartsACountAnew) {
  Pipe pipe;
  pipe.now = TimePoint{} + 1'000'000s;
  pipe.up();
  const auto stream = pipe.open(pipe.client);
  pipe.run(100);
  pipe.now = TimePoint{};
  Stack::handle_timers(pipe.now);
  const std::int64_t ms = ms_until_repeated(pipe, stream, 10ms);
  EXPECT_GE(ms, 200);
  EXPECT_LE(ms, 1100);
}

}  // namespace
}  // namespace parley::sctp

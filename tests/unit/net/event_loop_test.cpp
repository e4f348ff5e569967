#include "net/event_loop.h"

#include <sys/socket.h>

#include <chrono>
#include <ctime>
#include <numeric>
#include <thread>

#include "unit/net/loop_fixture.h"

namespace parley::net {
namespace {

struct SocketPair {
  SocketPair() {
    std::array<int, 2> fds{};
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds.data()), 0);
    a.reset(fds[0]);
    b.reset(fds[1]);
  }
  void poke() const { EXPECT_EQ(::send(b.get(), "x", 1, 0), 1); }
  UniqueFd a;
  UniqueFd b;
};

TEST(Clock, AgreesWithTheWallClock) {
  const auto wall = std::chrono::duration_cast<Duration>(std::chrono::system_clock::now().time_since_epoch());
  EXPECT_LT(std::chrono::abs(now().time_since_epoch() - wall), 60s);
}

TEST(Clock, NeverGoesBack) {
  TimePoint last = now();
  for (int i = 0; i < 10'000; ++i) {
    const TimePoint next = now();
    ASSERT_GE(next, last);
    last = next;
  }
}

using EventLoopTest = LoopTest;

TEST_F(EventLoopTest, DeadlineInTheFutureIsWaitedForAndMeasured) {
  const TimePoint deadline = now() + 2ms;
  const TimePoint served = loop_.turn(deadline);
  EXPECT_GE(served, deadline);
  EXPECT_EQ(loop_.stats().deadlines, 1U);
  EXPECT_EQ(loop_.stats().max_lag, served - deadline);
}

TEST_F(EventLoopTest, DeadlineInThePastDoesNotWait) {
  const TimePoint start = now();
  loop_.turn(start - 1s);
  EXPECT_LT(now() - start, 1s);
  EXPECT_GE(loop_.stats().max_lag, 1s);
}

TEST_F(EventLoopTest, WaitForADeadlineTakesOneTurnOnly) {
  std::uint64_t turns = 0;
  const TimePoint deadline = now() + 5ms;
  loop_.run([&] { return deadline; },
            [&](TimePoint t) {
              ++turns;
              if (t >= deadline) loop_.stop();
            });
  // A loop that rounds its wait down would spin through the last millisecond.
  EXPECT_LE(turns, 2U);
}

TEST(LoopStats, LagFallsIntoTheBucketOfItsBound) {
  struct Row {
    Duration lag;
    std::size_t bucket;
  };
  for (const Row& row : {Row{0us, 0}, Row{100us, 0}, Row{101us, 1}, Row{1ms, 3}, Row{100ms, 9}, Row{101ms, 10}}) {
    LoopStats stats;
    stats.record_lag(row.lag);
    EXPECT_EQ(stats.lag_buckets[row.bucket], 1U) << row.lag.count();
    EXPECT_EQ(stats.max_lag, row.lag);
    EXPECT_EQ(std::accumulate(stats.lag_buckets.begin(), stats.lag_buckets.end(), std::uint64_t{0}), stats.deadlines);
  }
}

TEST_F(EventLoopTest, ReadableDescriptorCallsBackWithTheTurnsTime) {
  const SocketPair pair;
  TimePoint seen;
  std::uint32_t events = 0;
  ASSERT_TRUE(loop_.add(pair.a.get(), EPOLLIN, [&](TimePoint t, std::uint32_t e) {
    seen = t;
    events = e;
  }));
  pair.poke();
  const TimePoint turn = loop_.turn(kNever);
  EXPECT_EQ(seen, turn);
  EXPECT_EQ(events, static_cast<std::uint32_t>(EPOLLIN));
}

TEST_F(EventLoopTest, DescriptorThatCannotBePolledIsAnError) {
  const auto added = loop_.add(-1, EPOLLIN, [](TimePoint, std::uint32_t) {});
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().code, "io");
}

TEST_F(EventLoopTest, ModifiedInterestTakesEffect) {
  const SocketPair pair;
  int calls = 0;
  ASSERT_TRUE(loop_.add(pair.a.get(), EPOLLIN, [&](TimePoint, std::uint32_t) { ++calls; }));
  loop_.modify(pair.a.get(), EPOLLOUT);
  loop_.turn(kNever);
  EXPECT_EQ(calls, 1);
  loop_.modify(pair.a.get(), EPOLLIN);
  loop_.turn(now());
  EXPECT_EQ(calls, 1);
}

TEST_F(EventLoopTest, RemovedWithinTheSameTurnIsNotCalled) {
  const SocketPair one;
  const SocketPair two;
  int calls = 0;
  const auto remove_both = [&](TimePoint, std::uint32_t) {
    ++calls;
    loop_.remove(one.a.get());
    loop_.remove(two.a.get());
  };
  ASSERT_TRUE(loop_.add(one.a.get(), EPOLLIN, remove_both));
  ASSERT_TRUE(loop_.add(two.a.get(), EPOLLIN, remove_both));
  one.poke();
  two.poke();
  loop_.turn(kNever);
  loop_.turn(now());
  EXPECT_EQ(calls, 1);
}

TEST_F(EventLoopTest, DescriptorAddedUnderARemovedOnesNumberGetsNoneOfItsEvents) {
  SocketPair one;
  SocketPair two;
  int fresh_calls = 0;
  // Whichever is called first closes the other and reuses its number for a silent descriptor.
  const auto replace = [&](SocketPair& other) {
    const int number = other.a.get();
    loop_.remove(number);
    other = SocketPair();
    const SocketPair silent;
    EXPECT_EQ(dup2(silent.a.get(), number), number);
    EXPECT_TRUE(loop_.add(number, EPOLLIN, [&](TimePoint, std::uint32_t) { ++fresh_calls; }));
    static_cast<void>(dup2(silent.b.get(), 900));  // keeps the silent side from reading as closed
  };
  bool replaced = false;
  ASSERT_TRUE(loop_.add(one.a.get(), EPOLLIN, [&](TimePoint, std::uint32_t) {
    if (!std::exchange(replaced, true)) replace(two);
  }));
  ASSERT_TRUE(loop_.add(two.a.get(), EPOLLIN, [&](TimePoint, std::uint32_t) {
    if (!std::exchange(replaced, true)) replace(one);
  }));
  one.poke();
  two.poke();
  loop_.turn(kNever);
  EXPECT_TRUE(replaced);
  EXPECT_EQ(fresh_calls, 0);
  close(900);
}

TEST_F(EventLoopTest, CallbackThatRemovesItselfSurvivesItsOwnCall) {
  const SocketPair pair;
  std::string after;
  ASSERT_TRUE(loop_.add(pair.a.get(), EPOLLIN, [&, text = std::string(64, 'x')](TimePoint, std::uint32_t) {
    loop_.remove(pair.a.get());
    after = text;  // reads the closure, which must still be there
  }));
  pair.poke();
  loop_.turn(kNever);
  EXPECT_EQ(after.size(), 64U);
}

TEST_F(EventLoopTest, WakeFromAnotherThreadMakesWhatItAnnouncedVisible) {
  constexpr int kRounds = 2000;
  std::atomic<int> announced{0};
  int seen = 0;
  std::thread producer([&] {
    for (int i = 1; i <= kRounds; ++i) {
      announced.store(i, std::memory_order_relaxed);
      loop_.wake();
    }
  });
  loop_.run([] { return kNever; },
            [&](TimePoint) {
              seen = announced.load(std::memory_order_relaxed);
              if (seen == kRounds) loop_.stop();
            });
  producer.join();
  EXPECT_EQ(seen, kRounds);
}

TEST_F(EventLoopTest, WakesWhileOnePendsAreOneTurn) {
  for (int i = 0; i < 100; ++i) loop_.wake();
  loop_.turn(kNever);
  EXPECT_EQ(loop_.stats().turns, 1U);
  const TimePoint soon = now() + 1ms;
  EXPECT_GE(loop_.turn(soon), soon);
}

TEST_F(EventLoopTest, StopFromAnotherThreadEndsRun) {
  std::thread stopper([&] { loop_.stop(); });
  loop_.run([] { return kNever; }, [](TimePoint) {});
  stopper.join();
}

TEST(Waker, WakeAfterItsLoopIsGoneDoesNothing) {
  std::shared_ptr<Waker> waker;
  {
    const EventLoop loop;
    waker = loop.waker();
  }
  waker->wake();
}

}  // namespace
}  // namespace parley::net

#include "work/pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace parley::work {

namespace {

namespace asio = boost::asio;

struct Seen {
  std::vector<std::string> lines;
  std::thread::id thread;
};

asio::awaitable<void> note(Pool& pool, Seen& seen, int number) {
  auto job = [number]() -> Result<int, Error> { return number * 2; };
  const auto answer = co_await pool.run(job);
  seen.thread = std::this_thread::get_id();
  seen.lines.push_back(answer ? std::to_string(*answer) : answer.error().code);
}

asio::awaitable<void> note_thrown(Pool& pool, Seen& seen) {
  auto job = []() -> Result<int, Error> { throw std::runtime_error("boom"); };
  const auto answer = co_await pool.run(job);
  seen.lines.push_back(answer ? "value" : answer.error().code);
}

asio::awaitable<void> note_blocked(Pool& pool, Seen& seen, std::shared_future<void> until) {
  auto job = [until]() -> Result<void, Error> {
    until.wait();
    return {};
  };
  const auto answer = co_await pool.run(std::move(job));
  seen.lines.push_back(answer ? "done" : answer.error().code);
}

}  // namespace

TEST(PoolTest, ResultsComeBackOnTheThreadThatAsked) {
  asio::io_context io;
  Pool pool({.name = "test", .threads = 1, .max_queue = 100}, io.get_executor());
  Seen seen;
  for (int i = 1; i <= 3; ++i) asio::co_spawn(io, note(pool, seen, i), asio::detached);
  io.run();
  EXPECT_EQ(seen.lines, (std::vector<std::string>{"2", "4", "6"}));
  EXPECT_EQ(seen.thread, std::this_thread::get_id());
  EXPECT_EQ(pool.stats().run.count(), 3U);
  EXPECT_EQ(pool.stats().running, 0U);
}

TEST(PoolTest, AnExceptionIsAnInternalError) {
  asio::io_context io;
  Pool pool({.name = "test", .threads = 1, .max_queue = 100}, io.get_executor());
  Seen seen;
  asio::co_spawn(io, note_thrown(pool, seen), asio::detached);
  io.run();
  EXPECT_EQ(seen.lines, std::vector<std::string>{"internal"});
}

TEST(PoolTest, AFullQueueRefusesAtOnce) {
  asio::io_context io;
  Pool pool({.name = "test", .threads = 1, .max_queue = 1}, io.get_executor());
  std::promise<void> gate;
  const std::shared_future<void> open = gate.get_future().share();
  Seen seen;
  asio::co_spawn(io, note_blocked(pool, seen, open), asio::detached);
  // The first one must have left the queue for the thread.
  while (pool.stats().running == 0) io.poll();
  asio::co_spawn(io, note(pool, seen, 1), asio::detached);
  asio::co_spawn(io, note(pool, seen, 2), asio::detached);
  io.poll();
  EXPECT_EQ(seen.lines, std::vector<std::string>{"resource_exhausted"});
  EXPECT_EQ(pool.stats().refused, 1U);
  EXPECT_EQ(pool.stats().queued, 1U);
  gate.set_value();
  io.restart();
  io.run();
  EXPECT_EQ(seen.lines, (std::vector<std::string>{"resource_exhausted", "done", "2"}));
}

TEST(PoolTest, ThreadsWorkSideBySide) {
  asio::io_context io;
  Pool pool({.name = "test", .threads = 2, .max_queue = 100}, io.get_executor());
  std::promise<void> gate;
  Seen seen;
  asio::co_spawn(io, note_blocked(pool, seen, gate.get_future().share()), asio::detached);
  asio::co_spawn(io, note(pool, seen, 21), asio::detached);
  while (seen.lines.empty()) io.run_one();
  EXPECT_EQ(seen.lines, std::vector<std::string>{"42"});
  gate.set_value();
  io.run();
}

TEST(PoolTest, WhatWaitsWhenThePoolGoesIsUnavailable) {
  asio::io_context io;
  std::promise<void> gate;
  Seen seen;
  std::thread release;
  {
    Pool pool({.name = "test", .threads = 1, .max_queue = 10}, io.get_executor());
    asio::co_spawn(io, note_blocked(pool, seen, gate.get_future().share()), asio::detached);
    while (pool.stats().running == 0) io.poll();
    asio::co_spawn(io, note(pool, seen, 1), asio::detached);
    io.poll();
    // The destructor empties the queue, then waits for the job that runs, which is let go meanwhile.
    release = std::thread([&pool, &gate] {
      while (pool.stats().queued != 0) std::this_thread::yield();
      gate.set_value();
    });
  }
  release.join();
  io.restart();
  io.run();
  std::sort(seen.lines.begin(), seen.lines.end());
  EXPECT_EQ(seen.lines, (std::vector<std::string>{"done", "unavailable"}));
}

TEST(HistogramTest, CountsStandInTheFirstBoundThatHoldsThem) {
  LatencyHistogram histogram;
  histogram.add(100us);  // exactly the first bound
  histogram.add(101us);
  histogram.add(20s);
  EXPECT_EQ(histogram.counts().front(), 1U);
  EXPECT_EQ(histogram.counts()[1], 1U);
  EXPECT_EQ(histogram.counts().back(), 1U);
  EXPECT_EQ(histogram.count(), 3U);
  EXPECT_NEAR(histogram.sum_seconds(), 20.000201, 1e-9);
}

}  // namespace parley::work

// Threads for what blocks: hashing a password, decoding an image, a request through libcurl. The coroutine that asked
// resumes on the control thread.
//
//   control thread            pool thread
//   co_await pool.run(f) ──▶ queue ──▶ f()
//   resumes on `home`    ◀── post ◀── its result
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "base/result.h"
#include "work/completion.h"
#include "work/histogram.h"

namespace parley::work {

namespace detail {

class PoolTask {
 public:
  PoolTask() = default;
  PoolTask(const PoolTask&) = delete;
  PoolTask& operator=(const PoolTask&) = delete;
  virtual ~PoolTask() = default;
  virtual void run() = 0;  // may throw
  virtual void fail(Error why) = 0;
  std::unique_ptr<Completion> completion;
};

template <class F>
class PoolTaskOf final : public PoolTask {
 public:
  using Answer = std::invoke_result_t<F&>;
  static_assert(std::is_constructible_v<Answer, Error>, "a job of a pool returns Result<T, Error>");

  explicit PoolTaskOf(F job) : job_(std::move(job)) {}
  void run() override { answer_.emplace(job_()); }
  void fail(Error why) override { answer_.emplace(std::move(why)); }
  Answer take() { return std::move(*answer_); }

 private:
  F job_;
  std::optional<Answer> answer_;
};

}  // namespace detail

class Pool {
 public:
  struct Config {
    std::string name;  // of the threads, for a person looking at the process; 15 characters at most
    std::size_t threads = 2;
    std::size_t max_queue = 1024;  // waiting jobs; one more is refused
  };
  struct Stats {
    std::size_t queued = 0;
    std::size_t running = 0;
    std::uint64_t refused = 0;
    LatencyHistogram wait;
    LatencyHistogram run;
  };

  Pool(Config config, boost::asio::any_io_executor home);
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  // Waits for the jobs that run; those that wait fail with "unavailable".
  ~Pool();

  // f: Result<T, Error> (), called once on a thread of the pool; it owns whatever it reads. "resource_exhausted" when
  // the queue is full; an exception becomes "internal". Call from the home executor; the coroutine resumes there.
  template <class F>
  boost::asio::awaitable<std::invoke_result_t<F&>> run(F f) {
    auto task = std::make_shared<detail::PoolTaskOf<F>>(std::move(f));
    co_await submit(task);
    co_return task->take();
  }

  [[nodiscard]] Stats stats() const;

 private:
  boost::asio::awaitable<void> submit(std::shared_ptr<detail::PoolTask> task);

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::work

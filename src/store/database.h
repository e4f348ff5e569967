// The one way to the data: jobs go to threads that own the connections, results come back to the control thread.
//
//   control thread                writer thread (one)                 reader threads
//   co_await db.write(job) ──▶ BEGIN; a savepoint per job; COMMIT
//   co_await db.read(job)  ───────────────────────────────────────▶ a read transaction
//   resumes on `home`      ◀── one post per commit, in order      ◀── one post per job
//
// A job is `Result<T, Error> (Session&)`. It runs on another thread: it owns what it captures (move values in, never
// refer to the caller's), and touches nothing else.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "base/result.h"
#include "base/time.h"
#include "store/session.h"
#include "work/completion.h"
#include "work/histogram.h"

namespace parley::store {

struct Config {
  // sqlite:relative/or/absolute/path.db · sqlite::memory: (gone when the process ends) · postgresql://user:pw@host/db?…
  std::string url = "sqlite:data/parley.db";
  std::size_t readers = 4;
  // A job that could not reach the database for this long fails with "unavailable".
  Duration unavailable_after = 15s;
  // Jobs waiting, of each kind; one more is refused with "resource_exhausted".
  std::size_t max_queue = 20'000;
  // Jobs that share one commit.
  std::size_t max_batch = 256;
  // Called on the database's threads. Empty: the system's clock.
  std::function<TimePoint()> clock;
  // Told of each query that a connection prepares, on the connection's thread: for tests, which look at its plan.
  std::function<void(std::string_view query)> on_prepare;
};

struct LaneStats {
  std::size_t queued = 0;
  std::uint64_t jobs = 0;     // that came to an end, failed ones among them
  std::uint64_t errors = 0;   // of the database, not those that a job answered by itself
  std::uint64_t refused = 0;  // the queue was full
  work::LatencyHistogram wait;
  work::LatencyHistogram run;
};

struct Stats {
  LaneStats read;
  LaneStats write;
  std::uint64_t commits = 0;
  std::uint64_t committed_jobs = 0;  // over commits: how well grouping works
  std::uint64_t reconnects = 0;
};

namespace detail {

class Task {
 public:
  Task() = default;
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;
  virtual ~Task() = default;
  // False: the job answered with an Error and what it wrote must be undone. May throw; may be called again.
  virtual bool run(Session& session) = 0;
  virtual void fail(Error why) = 0;

  std::chrono::steady_clock::time_point queued_at;
  std::unique_ptr<work::Completion> completion;  // of a coroutine
  std::function<void()> done;                    // of a blocking caller
};

template <class F>
class TaskOf final : public Task {
 public:
  using Answer = std::invoke_result_t<F&, Session&>;
  static_assert(std::is_constructible_v<Answer, Error>, "a job of the database returns Result<T, Error>");

  explicit TaskOf(F job) : job_(std::move(job)) {}
  bool run(Session& session) override {
    answer_.emplace(job_(session));
    return answer_->has_value();
  }
  void fail(Error why) override { answer_.emplace(std::move(why)); }
  Answer take() { return std::move(*answer_); }

 private:
  F job_;
  std::optional<Answer> answer_;
};

}  // namespace detail

class Database {
 public:
  // Connects and brings the schema up to date; blocks. `home` is where coroutines resume. Errors: "invalid_argument"
  // (the URL), "failed_precondition" (the database is newer than this program), "unavailable" (cannot be reached).
  static Result<std::unique_ptr<Database>, Error> open(Config config, boost::asio::any_io_executor home);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  // Runs what was queued, then closes. Coroutines still waiting resume when `home` runs next.
  ~Database();

  // The job only reads, in one snapshot. Jobs run side by side and in no order.
  template <class F>
  boost::asio::awaitable<std::invoke_result_t<F&, Session&>> read(F job) {
    auto task = std::make_shared<detail::TaskOf<F>>(std::move(job));
    co_await submit(Lane::kRead, task);
    co_return task->take();
  }

  // Jobs run one after the other in the order in which they were awaited, and their coroutines resume in that order
  // once their changes are safe on disk. An Error or an exception undoes that job alone. After a lost connection a job
  // may run a second time although its first run was committed: what it writes must bear that (ids made by the caller,
  // keys that tell a repetition).
  template <class F>
  boost::asio::awaitable<std::invoke_result_t<F&, Session&>> write(F job) {
    auto task = std::make_shared<detail::TaskOf<F>>(std::move(job));
    co_await submit(Lane::kWrite, task);
    co_return task->take();
  }

  // The same for the command line and tests: block until done.
  template <class F>
  std::invoke_result_t<F&, Session&> read_now(F job) {
    auto task = std::make_shared<detail::TaskOf<F>>(std::move(job));
    wait(Lane::kRead, task);
    return task->take();
  }
  template <class F>
  std::invoke_result_t<F&, Session&> write_now(F job) {
    auto task = std::make_shared<detail::TaskOf<F>>(std::move(job));
    wait(Lane::kWrite, task);
    return task->take();
  }

  [[nodiscard]] Stats stats() const;
  [[nodiscard]] Engine engine() const;
  [[nodiscard]] const Config& config() const;

 private:
  enum class Lane : std::uint8_t { kRead, kWrite };
  struct Impl;
  explicit Database(std::unique_ptr<Impl> impl);

  boost::asio::awaitable<void> submit(Lane lane, std::shared_ptr<detail::Task> task);
  void wait(Lane lane, const std::shared_ptr<detail::Task>& task);

  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::store

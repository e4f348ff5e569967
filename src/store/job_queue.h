// The jobs that wait for a lane's threads. Inside the store only; any thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "store/commit_pace.h"
#include "store/database.h"

namespace parley::store::detail {

using TaskRef = std::shared_ptr<Task>;
using Clock = std::chrono::steady_clock;

class JobQueue {
 public:
  JobQueue(std::size_t limit, boost::asio::any_io_executor home) : limit_(limit), home_(std::move(home)) {}

  // False: full or closed; the task is as it was.
  bool push(TaskRef task);
  // At least one, at most `most`, in the order of push(); waits. Empty: closed and nothing left.
  [[nodiscard]] std::vector<TaskRef> pop(std::size_t most);
  // The same, but while many come it waits a few ms for more (commit_pace.h).
  [[nodiscard]] std::vector<TaskRef> pop_together(std::size_t most);
  // Takes out those that were queued before; they are the oldest, so order is kept.
  [[nodiscard]] std::vector<TaskRef> pop_older_than(Clock::time_point limit);
  // No more are taken.
  void close();
  [[nodiscard]] bool closed() const;
  // Waits until closed, at most this long; true: closed.
  bool wait_closed(Clock::duration at_most);

  // Has the tasks' callers go on, in this order, with one post.
  void deliver(std::vector<TaskRef> tasks, Clock::time_point started);

  void count_error();
  [[nodiscard]] LaneStats stats() const;

 private:
  std::vector<TaskRef> take(std::size_t most);  // under the lock

  std::size_t limit_;
  boost::asio::any_io_executor home_;
  mutable std::mutex mutex_;
  std::condition_variable filled_;
  std::condition_variable closing_;
  std::deque<TaskRef> tasks_;
  bool closed_ = false;
  LaneStats stats_;
  CommitPace pace_;
};

}  // namespace parley::store::detail

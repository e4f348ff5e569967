#include "store/job_queue.h"

#include <boost/asio/post.hpp>
#include <utility>

namespace parley::store::detail {

namespace {

TimePoint time_point(Clock::time_point at) {
  return TimePoint{std::chrono::duration_cast<Duration>(at.time_since_epoch())};
}

}  // namespace

bool JobQueue::push(TaskRef task) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_ || tasks_.size() >= limit_) {
      ++stats_.refused;
      return false;
    }
    task->queued_at = Clock::now();
    pace_.note_job(time_point(task->queued_at));
    tasks_.push_back(std::move(task));
  }
  filled_.notify_one();
  return true;
}

std::vector<TaskRef> JobQueue::pop(std::size_t most) {
  std::unique_lock lock(mutex_);
  filled_.wait(lock, [this] { return closed_ || !tasks_.empty(); });
  return take(most);
}

std::vector<TaskRef> JobQueue::pop_together(std::size_t most) {
  std::unique_lock lock(mutex_);
  filled_.wait(lock, [this] { return closed_ || !tasks_.empty(); });
  if (closed_ || tasks_.empty()) return take(most);
  const Duration hold = pace_.hold(time_point(Clock::now()));
  const Clock::time_point first = tasks_.front()->queued_at;
  if (hold > Duration{} && first + hold > Clock::now()) {
    // Not woken by each job that comes: only the end of the time and closing end the wait.
    closing_.wait_until(lock, first + hold, [this] { return closed_; });
    const auto span = tasks_.back()->queued_at - first;
    pace_.note_wait(time_point(Clock::now()), std::chrono::duration_cast<Duration>(span));
  }
  return take(most);
}

std::vector<TaskRef> JobQueue::take(std::size_t most) {
  std::vector<TaskRef> taken;
  while (!tasks_.empty() && taken.size() < most) {
    taken.push_back(std::move(tasks_.front()));
    tasks_.pop_front();
  }
  return taken;
}

std::vector<TaskRef> JobQueue::pop_older_than(Clock::time_point limit) {
  const std::lock_guard lock(mutex_);
  std::vector<TaskRef> taken;
  while (!tasks_.empty() && tasks_.front()->queued_at < limit) {
    taken.push_back(std::move(tasks_.front()));
    tasks_.pop_front();
  }
  return taken;
}

void JobQueue::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  filled_.notify_all();
  closing_.notify_all();
}

bool JobQueue::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

bool JobQueue::wait_closed(Clock::duration at_most) {
  std::unique_lock lock(mutex_);
  return closing_.wait_for(lock, at_most, [this] { return closed_; });
}

void JobQueue::deliver(std::vector<TaskRef> tasks, Clock::time_point started) {
  const auto ended = Clock::now();
  {
    const std::lock_guard lock(mutex_);
    for (const TaskRef& task : tasks) {
      ++stats_.jobs;
      stats_.wait.add(std::chrono::duration_cast<Duration>(started - task->queued_at));
      stats_.run.add(std::chrono::duration_cast<Duration>(ended - started));
    }
  }
  std::vector<TaskRef> awaited;
  for (TaskRef& task : tasks) {
    if (task->completion) {
      awaited.push_back(std::move(task));
    } else {
      task->done();
    }
  }
  if (awaited.empty()) return;
  boost::asio::post(home_, [awaited = std::move(awaited)] {
    // The coroutine may destroy its task's last other owner; the completion is taken out first.
    for (const TaskRef& task : awaited) std::exchange(task->completion, nullptr)->resume();
  });
}

void JobQueue::count_error() {
  const std::lock_guard lock(mutex_);
  ++stats_.errors;
}

LaneStats JobQueue::stats() const {
  const std::lock_guard lock(mutex_);
  LaneStats now = stats_;
  now.queued = tasks_.size();
  return now;
}

}  // namespace parley::store::detail

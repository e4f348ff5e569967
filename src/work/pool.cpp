#include "work/pool.h"

#include <pthread.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "base/log.h"

namespace parley::work {

namespace {

using Clock = std::chrono::steady_clock;

struct Waiting {
  std::shared_ptr<detail::PoolTask> task;
  Clock::time_point since;
};

Duration between(Clock::time_point from, Clock::time_point to) {
  return std::chrono::duration_cast<Duration>(to - from);
}

}  // namespace

struct Pool::Impl {
  Config config;
  boost::asio::any_io_executor home;
  mutable std::mutex mutex;
  std::condition_variable filled;
  std::deque<Waiting> queue;
  bool closed = false;
  Stats stats;
  std::vector<std::thread> threads;

  void deliver(std::shared_ptr<detail::PoolTask> task) {
    boost::asio::post(home, [task = std::move(task)] { std::exchange(task->completion, nullptr)->resume(); });
  }

  void run() {
    ::pthread_setname_np(::pthread_self(), config.name.substr(0, 15).c_str());
    for (;;) {
      Waiting next;
      {
        std::unique_lock lock(mutex);
        filled.wait(lock, [this] { return closed || !queue.empty(); });
        if (queue.empty()) return;
        next = std::move(queue.front());
        queue.pop_front();
        ++stats.running;
      }
      const auto started = Clock::now();
      run_one(*next.task);
      {
        const std::lock_guard lock(mutex);
        --stats.running;
        stats.wait.add(between(next.since, started));
        stats.run.add(between(started, Clock::now()));
      }
      deliver(std::move(next.task));
    }
  }

  void run_one(detail::PoolTask& task) const {
    try {
      task.run();
    } catch (const std::exception& error) {
      log::error("work", "a job failed", {{"pool", config.name}, {"cause", error.what()}});
      task.fail(Error{"internal", "the server failed to do this; its log tells more", {}});
    }
  }

  // False: there is no room.
  bool push(std::shared_ptr<detail::PoolTask> task) {
    {
      const std::lock_guard lock(mutex);
      if (closed || queue.size() >= config.max_queue) {
        ++stats.refused;
        return false;
      }
      queue.push_back({std::move(task), Clock::now()});
    }
    filled.notify_one();
    return true;
  }
};

Pool::Pool(Config config, boost::asio::any_io_executor home) : impl_(std::make_unique<Impl>()) {
  impl_->config = std::move(config);
  impl_->home = std::move(home);
  for (std::size_t i = 0; i < std::max<std::size_t>(impl_->config.threads, 1); ++i) {
    impl_->threads.emplace_back([impl = impl_.get()] { impl->run(); });
  }
}

Pool::~Pool() {
  std::deque<Waiting> left;
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->closed = true;
    left.swap(impl_->queue);
  }
  impl_->filled.notify_all();
  for (std::thread& thread : impl_->threads) thread.join();
  for (Waiting& waiting : left) {
    waiting.task->fail(Error{"unavailable", "the server is stopping", {}});
    impl_->deliver(std::move(waiting.task));
  }
}

boost::asio::awaitable<void> Pool::submit(std::shared_ptr<detail::PoolTask> task) {
  auto start = [impl = impl_.get(), &task](std::unique_ptr<Completion> completion) {
    task->completion = std::move(completion);
    if (impl->push(task)) return;
    task->fail(Error{"resource_exhausted", "the server has too much to do; try again later", {}});
    impl->deliver(task);
  };
  co_await suspend(std::move(start));
}

Pool::Stats Pool::stats() const {
  const std::lock_guard lock(impl_->mutex);
  Stats now = impl_->stats;
  now.queued = impl_->queue.size();
  return now;
}

}  // namespace parley::work

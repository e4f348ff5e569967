// A single-threaded epoll loop with µs deadlines.
//
//   turn: wait (fds, wake(), deadline) → one clock read → fd callbacks → on_turn(now)
//
// Everything belongs to the thread that runs the loop, except where "any thread" is said.
#pragma once

#include <sys/epoll.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "net/unique_fd.h"

namespace parley::net {

// Ends a loop's wait from any thread. Shared, so that a late wake() from a thread that outlives the loop is harmless.
// What was written before wake() is visible to the turn that it causes. Wakes are merged while one is pending: a wake()
// of a busy loop costs no system call.
class Waker {
 public:
  Waker();
  Waker(const Waker&) = delete;
  Waker& operator=(const Waker&) = delete;

  void wake() noexcept;  // any thread

 private:
  friend class EventLoop;
  void drain() noexcept;

  UniqueFd fd_;
  std::atomic<bool> pending_{false};
};

// Read on the loop's thread (copy it for another).
struct LoopStats {
  // Upper bounds (inclusive) of the lag buckets; one more bucket holds what is above the last.
  static constexpr std::array<Duration, 10> kLagBounds = {100us, 250us, 500us, 1ms, 2ms, 5ms, 10ms, 20ms, 50ms, 100ms};

  std::uint64_t turns = 0;
  std::uint64_t events = 0;     // fd callbacks made
  std::uint64_t deadlines = 0;  // deadlines served; equals the sum of the buckets
  // How late a deadline was served: time of the turn minus the deadline asked for.
  Duration max_lag{0};
  Duration total_lag{0};
  std::array<std::uint64_t, kLagBounds.size() + 1> lag_buckets{};

  void record_lag(Duration lag);
};

class EventLoop {
 public:
  // events: the EPOLL* bits that are ready.
  using Callback = std::function<void(TimePoint now, std::uint32_t events)>;

  // Aborts when the kernel gives no epoll or event descriptor: nothing can run then.
  EventLoop();
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  // Level-triggered. The loop does not own fd: remove() it before closing it. All three may be called from callbacks,
  // for any fd; a removed fd's callback is not called again, even when its event was already fetched. Error code "io":
  // the kernel refused (not pollable, already added, out of memory).
  Result<void, Error> add(int fd, std::uint32_t events, Callback callback);
  void modify(int fd, std::uint32_t events);
  void remove(int fd);

  // Runs turns until stop(). next_deadline is asked before each wait (kNever: none; past: do not wait), on_turn is
  // called after the callbacks of every turn, whatever caused it.
  void run(const std::function<TimePoint()>& next_deadline, const std::function<void(TimePoint)>& on_turn);
  // One wait and its callbacks; returns the turn's time. For loops that are driven by hand.
  TimePoint turn(TimePoint deadline);

  void stop() noexcept;                     // any thread; run() returns after the turn in progress, for good
  void wake() noexcept { waker_->wake(); }  // any thread
  [[nodiscard]] std::shared_ptr<Waker> waker() const { return waker_; }
  [[nodiscard]] const LoopStats& stats() const { return stats_; }

 private:
  struct Handler {
    std::uint32_t generation = 0;
    Callback callback;
  };

  int wait(TimePoint deadline);
  void dispatch(int ready, TimePoint now);

  UniqueFd epoll_;
  std::shared_ptr<Waker> waker_;
  std::atomic<bool> stopping_{false};
  std::unordered_map<int, std::unique_ptr<Handler>> handlers_;
  std::vector<std::unique_ptr<Handler>> removed_;  // kept until the turn ends: one of them may be running
  std::uint32_t next_generation_ = 1;
  std::array<epoll_event, 128> ready_{};
  bool precise_ = true;  // epoll_pwait2 exists
  LoopStats stats_;
};

}  // namespace parley::net

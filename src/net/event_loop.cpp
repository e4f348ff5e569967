#include "net/event_loop.h"

#include <sys/eventfd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

#include "net/clock.h"

namespace parley::net {
namespace {

// An fd number is reused as soon as it is closed; the generation tells an event of its former owner apart.
std::uint64_t tag_of(int fd, std::uint32_t generation) {
  return (std::uint64_t{generation} << 32U) | static_cast<std::uint32_t>(fd);
}
constexpr std::uint32_t kWakerGeneration = 0;

}  // namespace

Waker::Waker() : fd_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

void Waker::wake() noexcept {
  if (pending_.exchange(true, std::memory_order_acq_rel)) return;
  const std::uint64_t one = 1;
  // Cannot fail: the counter is at most 1.
  [[maybe_unused]] const ssize_t n = write(fd_.get(), &one, sizeof one);
}

void Waker::drain() noexcept {
  // In this order: a wake() between the two finds pending_ set and does not write, and the turn in progress, which
  // comes after, sees what it announced. The other way round its write could be swallowed with pending_ left set for
  // ever.
  std::uint64_t count = 0;
  [[maybe_unused]] const ssize_t n = read(fd_.get(), &count, sizeof count);
  pending_.exchange(false, std::memory_order_acq_rel);
}

void LoopStats::record_lag(Duration lag) {
  lag = std::max(lag, Duration{0});
  ++deadlines;
  max_lag = std::max(max_lag, lag);
  total_lag += lag;
  const auto* bucket = std::lower_bound(kLagBounds.begin(), kLagBounds.end(), lag);
  ++lag_buckets[static_cast<std::size_t>(bucket - kLagBounds.begin())];
}

EventLoop::EventLoop() : epoll_(epoll_create1(EPOLL_CLOEXEC)), waker_(std::make_shared<Waker>()) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = tag_of(waker_->fd_.get(), kWakerGeneration);
  if (!epoll_ || !waker_->fd_ || epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, waker_->fd_.get(), &event) != 0) std::abort();
}

EventLoop::~EventLoop() = default;

Result<void, Error> EventLoop::add(int fd, std::uint32_t events, Callback callback) {
  auto handler = std::make_unique<Handler>();
  handler->generation = next_generation_++;
  if (next_generation_ == kWakerGeneration) ++next_generation_;
  handler->callback = std::move(callback);
  epoll_event event{};
  event.events = events;
  event.data.u64 = tag_of(fd, handler->generation);
  if (epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) != 0) {
    return Error{"io", "cannot watch descriptor " + std::to_string(fd) + ": " + std::generic_category().message(errno),
                 ""};
  }
  handlers_[fd] = std::move(handler);
  return {};
}

void EventLoop::modify(int fd, std::uint32_t events) {
  const auto it = handlers_.find(fd);
  if (it == handlers_.end()) return;
  epoll_event event{};
  event.events = events;
  event.data.u64 = tag_of(fd, it->second->generation);
  epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, fd, &event);
}

void EventLoop::remove(int fd) {
  const auto it = handlers_.find(fd);
  if (it == handlers_.end()) return;
  epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr);
  removed_.push_back(std::move(it->second));
  handlers_.erase(it);
}

int EventLoop::wait(TimePoint deadline) {
  const auto size = static_cast<int>(ready_.size());
  if (deadline == kNever) return epoll_wait(epoll_.get(), ready_.data(), size, -1);
  // The turn's own time is not used here: the work since then would come on top of the wait.
  const Duration left = std::max(deadline - net::now(), Duration{0});
  if (precise_) {
    timespec timeout{};
    timeout.tv_sec = left.count() / 1'000'000;
    timeout.tv_nsec = left.count() % 1'000'000 * 1000;
    const int n = epoll_pwait2(epoll_.get(), ready_.data(), size, &timeout, nullptr);
    // Before Linux 5.11, or behind a seccomp filter of that age.
    if (n >= 0 || (errno != ENOSYS && errno != EPERM)) return n;
    precise_ = false;
  }
  // Rounded up: a wait that ends before its deadline would be followed by a spin of empty turns.
  const std::int64_t ms = std::min<std::int64_t>((left.count() + 999) / 1000, 60'000);
  return epoll_wait(epoll_.get(), ready_.data(), size, static_cast<int>(ms));
}

void EventLoop::dispatch(int ready, TimePoint now) {
  for (int i = 0; i < ready; ++i) {
    const epoll_event& event = ready_[static_cast<std::size_t>(i)];
    const auto generation = static_cast<std::uint32_t>(event.data.u64 >> 32U);
    if (generation == kWakerGeneration) {
      waker_->drain();
      continue;
    }
    const auto it = handlers_.find(static_cast<int>(event.data.u64 & 0xffffffffU));
    if (it == handlers_.end() || it->second->generation != generation) continue;
    ++stats_.events;
    it->second->callback(now, event.events);
  }
  removed_.clear();
}

TimePoint EventLoop::turn(TimePoint deadline) {
  const int ready = wait(deadline);
  const TimePoint now = net::now();
  ++stats_.turns;
  if (now >= deadline) stats_.record_lag(now - deadline);
  dispatch(ready, now);
  return now;
}

void EventLoop::run(const std::function<TimePoint()>& next_deadline, const std::function<void(TimePoint)>& on_turn) {
  while (!stopping_.load(std::memory_order_acquire)) on_turn(turn(next_deadline()));
}

void EventLoop::stop() noexcept {
  stopping_.store(true, std::memory_order_release);
  wake();
}

}  // namespace parley::net

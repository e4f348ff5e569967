#include "sctp/stack_clock.h"

#include <dlfcn.h>
#include <sys/time.h>

#include <atomic>

namespace parley::sctp {
namespace {

using GetTimeOfDay = int (*)(timeval*, void*);

// Not from zero: usrsctp takes a zero time for "never".
std::atomic<std::int64_t> g_stack_us{1'000'000'000'000};
thread_local int t_depth = 0;

int library_gettimeofday(timeval* tv, void* zone) {
  static const auto next = reinterpret_cast<GetTimeOfDay>(dlsym(RTLD_NEXT, "gettimeofday"));
  return next == nullptr ? -1 : next(tv, zone);
}

}  // namespace

StackClock::Scope::Scope() { ++t_depth; }
StackClock::Scope::~Scope() { --t_depth; }

void StackClock::advance(Duration by) { g_stack_us.fetch_add(by.count(), std::memory_order_relaxed); }

// Called by the function below, which cannot be in a namespace.
int answer_gettimeofday(timeval* tv, void* zone) {
  if (t_depth == 0) return library_gettimeofday(tv, zone);
  const std::int64_t us = g_stack_us.load(std::memory_order_relaxed);
  tv->tv_sec = us / 1'000'000;
  tv->tv_usec = us % 1'000'000;
  return 0;
}

}  // namespace parley::sctp

extern "C" int gettimeofday(timeval* tv, void* zone) noexcept { return parley::sctp::answer_gettimeofday(tv, zone); }

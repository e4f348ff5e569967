#include "net/clock.h"

#include <ctime>

namespace parley::net {
namespace {

std::int64_t read_us(clockid_t clock) {
  timespec t{};
  clock_gettime(clock, &t);
  return std::int64_t{t.tv_sec} * 1'000'000 + t.tv_nsec / 1000;
}

}  // namespace

TimePoint now() {
  static const std::int64_t anchor = read_us(CLOCK_REALTIME) - read_us(CLOCK_MONOTONIC);
  return TimePoint{Duration{anchor + read_us(CLOCK_MONOTONIC)}};
}

}  // namespace parley::net

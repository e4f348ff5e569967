// Time as an argument: every part that decides is handed `now`; nothing below src/net reads a clock.
#pragma once

#include <chrono>
#include <cstdint>

namespace parley {

using namespace std::chrono_literals;

// A clock without now(): µs since the Unix epoch, advancing monotonically. The outermost loop (or the simulator)
// anchors it once to the wall clock, so that a TimePoint also yields an NTP timestamp for sender reports.
struct MediaClock {
  using rep = std::int64_t;
  using period = std::micro;
  using duration = std::chrono::duration<rep, period>;
  using time_point = std::chrono::time_point<MediaClock>;
  static constexpr bool is_steady = true;
};

using Duration = MediaClock::duration;
using TimePoint = MediaClock::time_point;

// "No deadline": later than every real one.
inline constexpr TimePoint kNever = TimePoint::max();

constexpr TimePoint soonest(TimePoint a, TimePoint b) { return a < b ? a : b; }

constexpr double to_seconds(Duration d) { return static_cast<double>(d.count()) / 1e6; }
constexpr std::int64_t to_millis(Duration d) { return d.count() / 1000; }

// RFC 5905 timestamp: seconds since 1900 in the upper 32 bits, fraction of a second in the lower 32.
struct NtpTime {
  std::uint64_t value = 0;

  // The middle 32 bits, as receiver reports carry them (RFC 3550 section 6.4.1, LSR).
  [[nodiscard]] constexpr std::uint32_t compact() const { return static_cast<std::uint32_t>(value >> 16U); }
  friend constexpr auto operator<=>(NtpTime, NtpTime) = default;
};

inline constexpr std::int64_t kUnixToNtpSeconds = 2'208'988'800;

constexpr NtpTime to_ntp(TimePoint t) {
  const std::int64_t us = t.time_since_epoch().count();
  const auto seconds = static_cast<std::uint64_t>(us / 1'000'000 + kUnixToNtpSeconds);
  const auto fraction = (static_cast<std::uint64_t>(us % 1'000'000) << 32U) / 1'000'000U;
  return NtpTime{(seconds << 32U) | fraction};
}

constexpr TimePoint from_ntp(NtpTime ntp) {
  const auto seconds = static_cast<std::int64_t>(ntp.value >> 32U) - kUnixToNtpSeconds;
  const auto us = static_cast<std::int64_t>(((ntp.value & 0xffffffffU) * 1'000'000U + (1ULL << 31U)) >> 32U);
  return TimePoint{Duration{seconds * 1'000'000 + us}};
}

}  // namespace parley

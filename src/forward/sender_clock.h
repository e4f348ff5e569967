// Where a publisher's clock stands against ours. Every sender report gives arrival - NTP = offset + delay of its way;
// the smallest of the last while is the offset with the least queueing in it. One per publisher, shared by its tracks:
// an error in it shifts audio and video alike, so they stay together.
#pragma once

#include <optional>

#include "base/time.h"

namespace parley::forward {

class SenderClock {
 public:
  // Clocks drift up to 100 ppm: a minimum older than this would be off by 3 ms or more.
  static constexpr Duration kWindow = 30s;
  // A report later than this is no delay of a network: the publisher's clock was set.
  static constexpr Duration kClockWasSet = 5s;

  // A report's NTP time as it arrived. Zero (RFC 3550 section 6.4.1: no wall clock) is ignored.
  void update(TimePoint arrival, NtpTime sender);
  // The sender's time on our clock; nullopt before the first report.
  [[nodiscard]] std::optional<TimePoint> to_local(NtpTime sender) const;

 private:
  std::optional<Duration> offset_;    // ours - theirs
  std::optional<Duration> current_;   // minimum of the window that is filling
  std::optional<Duration> previous_;  // minimum of the window before
  TimePoint window_start_;
};

}  // namespace parley::forward

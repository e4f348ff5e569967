#include "forward/sender_clock.h"

#include <algorithm>

namespace parley::forward {

void SenderClock::update(TimePoint arrival, NtpTime sender) {
  if (sender.value == 0) return;
  const Duration offset = arrival - from_ntp(sender);
  const std::optional<Duration> known = offset_;
  if (known && (offset > *known + kClockWasSet || offset < *known - kClockWasSet)) {
    current_.reset();
    previous_.reset();
  }
  if (!current_) {
    current_ = offset;
    window_start_ = arrival;
  } else if (arrival - window_start_ >= kWindow) {
    previous_ = current_;
    current_ = offset;
    window_start_ = arrival;
  } else {
    current_ = std::min(*current_, offset);
  }
  offset_ = previous_ ? std::min(*previous_, *current_) : *current_;
}

std::optional<TimePoint> SenderClock::to_local(NtpTime sender) const {
  if (!offset_ || sender.value == 0) return std::nullopt;
  return from_ntp(sender) + *offset_;
}

}  // namespace parley::forward

// How fast things come: whether it is worth waiting for the next one. No clock.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace parley {

// A moving average of the time between two of them. It takes some 35 at a steady pace until the next one is likely, and
// one pause of a tenth of a second to make it unlikely again: a burst after silence makes nobody wait.
class Pace {
 public:
  // So many came since the last call, the last of them now.
  void note(TimePoint now, std::size_t number) {
    if (number == 0) return;
    const std::int64_t gap = std::clamp<std::int64_t>((now - last_).count(), 0, kSlowest);
    last_ = now;
    const auto count = static_cast<std::int64_t>(number);
    interval_ += static_cast<std::int32_t>((gap / count - interval_) * std::min(count, kMemory) / kMemory);
  }
  // The next one is likely to come within that time.
  [[nodiscard]] bool likely_within(Duration time) const { return interval_ <= time.count(); }

 private:
  static constexpr std::int64_t kSlowest = 1'000'000;  // µs between two
  static constexpr std::int64_t kMemory = 8;           // how many the average covers

  TimePoint last_{};
  std::int32_t interval_ = kSlowest;  // µs
};

}  // namespace parley

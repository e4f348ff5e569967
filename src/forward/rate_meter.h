// Bits per second over the last second, in ten buckets.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace parley::forward {

class RateMeter {
 public:
  void add(TimePoint now, std::size_t bytes);
  [[nodiscard]] std::uint64_t bits_per_second(TimePoint now) const;

 private:
  static constexpr Duration kBucket = 100ms;
  static constexpr std::int64_t kBuckets = 10;

  std::array<std::uint32_t, kBuckets> bytes_{};
  std::int64_t newest_ = 0;  // index of the newest bucket since the epoch
  std::int64_t first_ = 0;   // bucket of the first bytes ever: a young stream is not divided by a whole second
  bool started_ = false;
};

}  // namespace parley::forward

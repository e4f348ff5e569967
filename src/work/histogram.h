// How long things took, in the shape that Prometheus wants: counts per bound. Not synchronised.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace parley::work {

class LatencyHistogram {
 public:
  // Upper bounds in seconds: a commit on flash takes half a millisecond, on a worn disk 50 ms; a lost database seconds.
  static constexpr std::array<double, 15> kBounds{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                  0.05,   0.1,     0.25,   0.5,   1.0,    2.5,   10.0};

  void add(Duration took) {
    const double seconds = to_seconds(took);
    std::size_t bucket = 0;
    while (bucket < kBounds.size() && seconds > kBounds[bucket]) ++bucket;
    ++counts_[bucket];
    ++count_;
    sum_seconds_ += seconds;
  }

  // Of each bound by itself (not cumulative); the last one holds what took longer than every bound.
  [[nodiscard]] const std::array<std::uint64_t, kBounds.size() + 1>& counts() const { return counts_; }
  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] double sum_seconds() const { return sum_seconds_; }

 private:
  std::array<std::uint64_t, kBounds.size() + 1> counts_{};
  std::uint64_t count_ = 0;
  double sum_seconds_ = 0;
};

}  // namespace parley::work

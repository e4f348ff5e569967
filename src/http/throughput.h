// How many messages a server sends, on which depends whether they wait for each other:
//
//   messages  | |  | |   | |  |        one write each costs most of what a delivery costs;
//   writes    ────┴─────────┴─────     two or three in one cost hardly more than one
//
// A socket's messages wait only while they come so fast that another one is likely within the wait (base/pace.h), and
// only on a server with so much to send that it matters. Everything else is written in the turn in which it was said.
#pragma once

#include <algorithm>
#include <cstdint>

#include "base/time.h"

namespace parley::http {

// Counted over a tenth of a second. No clock.
class Throughput {
 public:
  // total: messages sent so far.
  void note(TimePoint now, std::uint64_t total) {
    const Duration elapsed = now - begin_;
    if (elapsed < kWindow && elapsed >= Duration{}) return;
    const auto us = static_cast<std::uint64_t>(std::max<std::int64_t>(elapsed.count(), 1));
    per_second_ = (total - at_begin_) * 1'000'000U / us;
    begin_ = now;
    at_begin_ = total;
  }
  [[nodiscard]] std::uint64_t per_second() const { return per_second_; }

 private:
  static constexpr Duration kWindow = 100ms;

  TimePoint begin_{};
  std::uint64_t at_begin_ = 0;
  std::uint64_t per_second_ = 0;
};

}  // namespace parley::http

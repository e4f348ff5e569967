// A rate limit with room for bursts. Starts full.
#pragma once

#include <algorithm>

#include "base/time.h"

namespace parley {

struct Rate {
  double per_second = 0;  // 0: no limit
  double burst = 0;       // tokens held at most
};

class TokenBucket {
 public:
  explicit TokenBucket(Rate rate) : rate_(rate), tokens_(rate.burst) {}

  // Takes `amount` tokens, or none and returns false when there are fewer. An amount above the burst takes a full
  // bucket: what is allowed at all must pass some time.
  bool take(TimePoint now, double amount = 1) {
    if (rate_.per_second <= 0) return true;
    tokens_ = tokens_at(now);
    last_ = std::max(last_, now);
    amount = std::min(amount, rate_.burst);
    if (tokens_ < amount) return false;
    tokens_ -= amount;
    return true;
  }
  [[nodiscard]] bool full(TimePoint now) const { return tokens_at(now) >= rate_.burst; }
  // How long until take(amount) would succeed.
  [[nodiscard]] Duration wait(TimePoint now, double amount = 1) const {
    const double missing = std::min(amount, rate_.burst) - tokens_at(now);
    if (rate_.per_second <= 0 || missing <= 0) return Duration{0};
    return Duration{static_cast<Duration::rep>(missing / rate_.per_second * 1e6) + 1};
  }

 private:
  [[nodiscard]] double tokens_at(TimePoint now) const {
    if (now <= last_) return tokens_;
    return std::min(rate_.burst, tokens_ + rate_.per_second * to_seconds(now - last_));
  }

  Rate rate_;
  double tokens_;
  TimePoint last_{};
};

}  // namespace parley

// A rate limit with room for bursts. Starts full.
#pragma once

#include <algorithm>

#include "base/time.h"

namespace parley::http {

struct Rate {
  double per_second = 0;  // 0: no limit
  double burst = 0;       // tokens held at most
};

class TokenBucket {
 public:
  explicit TokenBucket(Rate rate) : rate_(rate), tokens_(rate.burst) {}

  // Takes a token; false when there is none.
  bool take(TimePoint now) {
    if (rate_.per_second <= 0) return true;
    refill(now);
    if (tokens_ < 1) return false;
    tokens_ -= 1;
    return true;
  }
  [[nodiscard]] bool full(TimePoint now) {
    refill(now);
    return tokens_ >= rate_.burst;
  }

 private:
  void refill(TimePoint now) {
    if (started_ && now > last_) tokens_ = std::min(rate_.burst, tokens_ + rate_.per_second * to_seconds(now - last_));
    if (!started_ || now > last_) last_ = now;
    started_ = true;
  }

  Rate rate_;
  double tokens_;
  TimePoint last_{};
  bool started_ = false;
};

}  // namespace parley::http

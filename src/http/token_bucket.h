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
    tokens_ = tokens_at(now);
    last_ = std::max(last_, now);
    if (tokens_ < 1) return false;
    tokens_ -= 1;
    return true;
  }
  [[nodiscard]] bool full(TimePoint now) const { return tokens_at(now) >= rate_.burst; }

 private:
  [[nodiscard]] double tokens_at(TimePoint now) const {
    if (now <= last_) return tokens_;
    return std::min(rate_.burst, tokens_ + rate_.per_second * to_seconds(now - last_));
  }

  Rate rate_;
  double tokens_;
  TimePoint last_{};
};

}  // namespace parley::http

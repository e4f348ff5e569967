// One token bucket for each person or address, in a table of bounded size.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"
#include "base/time.h"
#include "http/token_bucket.h"

namespace parley::signal::common {

class Limiter {
 public:
  static constexpr std::size_t kMaxEntries = 65'536;

  // A rate of 0 per second limits nothing. what stands in errors: "messages are being sent too often".
  explicit Limiter(http::Rate rate, std::string what = "requests come", std::size_t max_entries = kMaxEntries);

  // Error "rate_limited" with retry_after.
  [[nodiscard]] Result<void, Error> take(TimePoint now, std::string_view key);
  [[nodiscard]] std::size_t size() const { return buckets_.size(); }

 private:
  void sweep(TimePoint now);

  http::Rate rate_;
  std::string what_;
  std::size_t max_entries_;
  std::unordered_map<std::string, http::TokenBucket> buckets_;
  // Shared by whoever finds the table full: many keys must neither grow it nor switch limits off.
  http::TokenBucket overflow_;
  TimePoint last_sweep_{};
};

}  // namespace parley::signal::common

#include "signal/common/limiter.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace parley::signal::common {

namespace {

// A full table is looked through for buckets that have filled up again at most this often.
constexpr Duration kSweepInterval = 1s;

}  // namespace

Limiter::Limiter(http::Rate rate, std::string what, std::size_t max_entries)
    : rate_(rate), what_(std::move(what)), max_entries_(max_entries), overflow_(rate) {}

Result<void, Error> Limiter::take(TimePoint now, std::string_view key) {
  if (rate_.per_second <= 0) return {};
  auto it = buckets_.find(std::string(key));
  if (it == buckets_.end() && buckets_.size() >= max_entries_) sweep(now);
  if (it == buckets_.end() && buckets_.size() < max_entries_) {
    it = buckets_.emplace(std::string(key), http::TokenBucket(rate_)).first;
  }
  http::TokenBucket& bucket = it == buckets_.end() ? overflow_ : it->second;
  if (bucket.take(now)) return {};
  Error error{"rate_limited", "", ""};
  // The time that one token takes: never too short, at most one token's time too long.
  error.retry_after = static_cast<std::uint32_t>(std::max(1.0, std::ceil(1.0 / rate_.per_second)));
  error.message = what_ + " too often; again in " + std::to_string(error.retry_after) + " s";
  return error;
}

void Limiter::sweep(TimePoint now) {
  if (now < last_sweep_ + kSweepInterval) return;
  last_sweep_ = now;
  std::erase_if(buckets_, [now](const auto& entry) { return entry.second.full(now); });
}

}  // namespace parley::signal::common

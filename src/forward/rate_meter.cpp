#include "forward/rate_meter.h"

#include <algorithm>

namespace parley::forward {

void RateMeter::add(TimePoint now, std::size_t bytes) {
  const std::int64_t bucket = now.time_since_epoch() / kBucket;
  if (!started_ || bucket - newest_ >= kBuckets) {
    bytes_.fill(0);
    // After a silence of the whole window the stream is as young as at its start.
    first_ = bucket;
    newest_ = bucket;
    started_ = true;
  }
  while (newest_ < bucket) {
    ++newest_;
    bytes_[static_cast<std::size_t>(newest_ % kBuckets)] = 0;
  }
  bytes_[static_cast<std::size_t>(newest_ % kBuckets)] += static_cast<std::uint32_t>(bytes);
}

std::uint64_t RateMeter::bits_per_second(TimePoint now) const {
  const std::int64_t bucket = now.time_since_epoch() / kBucket;
  if (!started_ || bucket - newest_ >= kBuckets) return 0;
  const std::int64_t oldest = std::max(bucket, newest_) - kBuckets + 1;
  std::uint64_t bytes = 0;
  for (std::int64_t i = std::max(oldest, first_); i <= newest_; ++i) {
    bytes += bytes_[static_cast<std::size_t>(i % kBuckets)];
  }
  const auto buckets = static_cast<std::uint64_t>(std::max(bucket, newest_) - std::max(oldest, first_) + 1);
  return bytes * 8U * 10U / buckets;
}

}  // namespace parley::forward

#include "http/ip_rate_limiter.h"

#include <algorithm>

namespace parley::http {

namespace {

// A bucket that has filled up again says nothing; looking for such ones walks the whole table, so not too often.
constexpr Duration kSweepInterval = 1s;

Address network_of(Address peer) {
  peer.port = 0;
  peer.protocol = Protocol::kTcp;
  if (!peer.is_v4()) std::fill(peer.ip.begin() + 8, peer.ip.end(), std::uint8_t{0});
  return peer;
}

}  // namespace

bool IpRateLimiter::allow(TimePoint now, const Address& peer) {
  if (rate_.per_second <= 0) return true;
  const Address key = network_of(peer);
  if (const auto it = buckets_.find(key); it != buckets_.end()) return it->second.take(now);
  if (buckets_.size() >= max_entries_) sweep(now);
  if (buckets_.size() >= max_entries_) return overflow_.take(now);
  return buckets_.try_emplace(key, rate_).first->second.take(now);
}

void IpRateLimiter::sweep(TimePoint now) {
  if (now < last_sweep_ + kSweepInterval) return;
  last_sweep_ = now;
  std::erase_if(buckets_, [now](const auto& entry) { return entry.second.full(now); });
}

}  // namespace parley::http

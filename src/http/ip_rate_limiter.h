// One token bucket per client network, in a table of bounded size.
#pragma once

#include <cstddef>
#include <unordered_map>

#include "base/address.h"
#include "base/time.h"
#include "http/token_bucket.h"

namespace parley::http {

class IpRateLimiter {
 public:
  static constexpr std::size_t kMaxEntries = 65'536;

  explicit IpRateLimiter(Rate rate, std::size_t max_entries = kMaxEntries)
      : rate_(rate), max_entries_(max_entries), overflow_(rate) {}

  // Counts one request of this client; false when it asks too often. Clients are told apart by IPv4 address or IPv6
  // /64, the smallest block that one site has.
  bool allow(TimePoint now, const Address& peer);
  [[nodiscard]] std::size_t size() const { return buckets_.size(); }

 private:
  void sweep(TimePoint now);

  Rate rate_;
  std::size_t max_entries_;
  std::unordered_map<Address, TokenBucket> buckets_;
  // Shared by whoever finds the table full: an attacker with many addresses must not grow it, nor switch limits off.
  TokenBucket overflow_;
  TimePoint last_sweep_{};
};

}  // namespace parley::http

#include "net/connection_quota.h"

#include <algorithm>

namespace parley::net {
namespace {

Address network_of(const Address& peer) {
  Address key = peer;
  key.port = 0;
  key.protocol = Protocol::kTcp;
  if (!key.is_v4()) std::fill(key.ip.begin() + 8, key.ip.end(), std::uint8_t{0});
  return key;
}

}  // namespace

std::shared_ptr<ConnectionQuota> ConnectionQuota::create(TcpLimits limits) {
  return std::shared_ptr<ConnectionQuota>(new ConnectionQuota(limits));
}

std::optional<ConnectionQuota::Ticket> ConnectionQuota::take(const Address& peer) {
  const Address key = network_of(peer);
  const std::scoped_lock lock(mutex_);
  if (open_ >= limits_.max_connections) return std::nullopt;
  std::size_t& mine = per_ip_[key];
  if (mine >= limits_.max_per_ip) {
    if (mine == 0) per_ip_.erase(key);
    return std::nullopt;
  }
  ++mine;
  ++open_;
  return Ticket(shared_from_this(), key);
}

std::size_t ConnectionQuota::open() const {
  const std::scoped_lock lock(mutex_);
  return open_;
}

void ConnectionQuota::give_back(const Address& key) {
  const std::scoped_lock lock(mutex_);
  --open_;
  const auto it = per_ip_.find(key);
  if (it != per_ip_.end() && --it->second == 0) per_ip_.erase(it);
}

ConnectionQuota::Ticket& ConnectionQuota::Ticket::operator=(Ticket&& other) noexcept {
  if (this == &other) return *this;
  release();
  quota_ = std::move(other.quota_);
  key_ = other.key_;
  return *this;
}

void ConnectionQuota::Ticket::release() {
  if (const auto quota = std::move(quota_)) quota->give_back(key_);
}

}  // namespace parley::net

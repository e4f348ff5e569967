#include "auth/lockout.h"

#include <algorithm>
#include <array>

#include "base/address.h"

namespace parley::auth {

namespace {

// An IPv6 network of 64 bits is one customer: its addresses are as one.
std::string network_of(std::string_view text) {
  auto address = Address::parse(text, 0);
  if (!address) return std::string(text.substr(0, 64));
  if (!address->is_v4()) std::fill(address->ip.begin() + 8, address->ip.end(), std::uint8_t{0});
  return address->ip_text();
}

struct Keys {
  std::string pair;
  std::string address;
  std::string account;
};

Keys keys_of(std::string_view account, std::string_view address) {
  const std::string network = network_of(address);
  const std::string who(account.substr(0, 256));
  return {"p " + network + " " + who, "i " + network, "a " + who};
}

}  // namespace

Lockout::Lockout(LockoutConfig config) : config_(config) {}

TimePoint Lockout::until(const std::string& key, TimePoint now) const {
  const auto it = entries_.find(key);
  return it == entries_.end() || now - it->second.last > config_.forget_after ? TimePoint{} : it->second.until;
}

Result<void, Error> Lockout::check(TimePoint now, std::string_view account, std::string_view address) const {
  if (!config_.enabled) return {};
  const Keys keys = keys_of(account, address);
  const TimePoint free = std::max({until(keys.pair, now), until(keys.address, now), until(keys.account, now)});
  if (free <= now) return {};
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(free - now).count();
  return Error{"locked_out", "too many failed attempts: try again later", "", static_cast<std::uint32_t>(seconds)};
}

void Lockout::failed(TimePoint now, std::string_view account, std::string_view address) {
  if (!config_.enabled) return;
  make_room(now);
  const Keys keys = keys_of(account, address);
  count(keys.pair, config_.free_failures, config_.longest_wait, now);
  count(keys.address, config_.free_per_address, config_.longest_wait, now);
  count(keys.account, config_.free_per_account, config_.longest_account_wait, now);
}

void Lockout::count(const std::string& key, unsigned free_failures, Duration longest, TimePoint now) {
  Entry& entry = entries_[key];
  if (now - entry.last > config_.forget_after) entry = {};
  entry.last = now;
  ++entry.failures;
  if (entry.failures < free_failures) return;
  const unsigned doublings = std::min(entry.failures - free_failures, 20U);
  entry.until = now + std::min(longest, config_.first_wait * (1 << doublings));
}

void Lockout::take_back(const std::string& key) {
  const auto it = entries_.find(key);
  if (it == entries_.end()) return;
  it->second.until = {};
  if (--it->second.failures == 0) entries_.erase(it);
}

void Lockout::forgive(std::string_view account, std::string_view address) {
  const Keys keys = keys_of(account, address);
  take_back(keys.pair);
  take_back(keys.address);
  take_back(keys.account);
}

void Lockout::succeeded(std::string_view account, std::string_view address) {
  const Keys keys = keys_of(account, address);
  entries_.erase(keys.pair);
  take_back(keys.address);
  take_back(keys.account);
}

void Lockout::make_room(TimePoint now) {
  if (entries_.size() + 3 <= config_.max_entries) return;
  std::erase_if(entries_, [&](const auto& item) { return now - item.second.last > config_.forget_after; });
  if (entries_.size() + 3 <= config_.max_entries) return;
  // Too many at a time: those who wait least are forgotten first, so that a flood of names frees nobody who waits long.
  std::erase_if(entries_, [&](const auto& item) { return item.second.until <= now; });
  if (entries_.size() + 3 > config_.max_entries) entries_.clear();
}

}  // namespace parley::auth

// Against guessing: after some failures an account, as seen from one address, must wait, longer each time; so must an
// address that fails at many accounts, and an account that many addresses try. In memory and bounded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"
#include "base/time.h"

namespace parley::auth {

struct LockoutConfig {
  bool enabled = true;
  unsigned free_failures = 5;      // per account and address, before the first wait
  unsigned free_per_address = 30;  // per address, whatever the account
  unsigned free_per_account = 50;  // per account, whatever the address
  Duration first_wait = 2s;        // doubles with each failure
  Duration longest_wait = 15min;
  // Of an account as such: others must not be able to keep its owner out for long.
  Duration longest_account_wait = 30s;
  Duration forget_after = 1h;  // without failures
  std::size_t max_entries = 100'000;
};

class Lockout {
 public:
  explicit Lockout(LockoutConfig config);

  // Error "locked_out" with retry_after while waiting. Asked before the password is looked at.
  [[nodiscard]] Result<void, Error> check(TimePoint now, std::string_view account, std::string_view address) const;
  // Counted when an attempt begins, so that many at once cannot slip through before the first has failed.
  void failed(TimePoint now, std::string_view account, std::string_view address);
  // The attempt came to nothing for another reason: takes back what failed() counted.
  void forgive(std::string_view account, std::string_view address);
  // Forgets the account's failures from this address, and of those of the address and of the account the last one.
  void succeeded(std::string_view account, std::string_view address);
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    unsigned failures = 0;
    TimePoint last{};
    TimePoint until{};
  };
  [[nodiscard]] TimePoint until(const std::string& key, TimePoint now) const;
  void count(const std::string& key, unsigned free_failures, Duration longest, TimePoint now);
  void take_back(const std::string& key);
  void make_room(TimePoint now);

  LockoutConfig config_;
  std::unordered_map<std::string, Entry> entries_;
};

}  // namespace parley::auth

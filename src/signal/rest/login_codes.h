// Tokens that wait for their page: a log-in at a provider ends in a redirect, and what stands in an address stays in
// histories. The page gets a code that is good once and for a minute.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/time.h"

namespace parley::signal::rest {

class LoginCodes {
 public:
  static constexpr Duration kLife = 60s;
  static constexpr std::size_t kMax = 1'000;  // the oldest gives way

  // answer: the JSON text that the code is exchanged for.
  [[nodiscard]] std::string put(TimePoint now, RandomSource& random, std::string answer);
  [[nodiscard]] std::optional<std::string> take(TimePoint now, std::string_view code);

 private:
  struct Entry {
    std::string code;
    std::string answer;
    TimePoint until{};
  };
  std::deque<Entry> entries_;  // oldest first
};

}  // namespace parley::signal::rest

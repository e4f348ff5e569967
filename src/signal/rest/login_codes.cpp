#include "signal/rest/login_codes.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "auth/base64url.h"

namespace parley::signal::rest {

std::string LoginCodes::put(TimePoint now, RandomSource& random, std::string answer) {
  while (!entries_.empty() && (entries_.front().until <= now || entries_.size() >= kMax)) entries_.pop_front();
  std::array<std::uint8_t, 32> raw{};
  random.fill(raw);
  Entry entry{auth::base64url_encode(std::string(raw.begin(), raw.end())), std::move(answer), now + kLife};
  entries_.push_back(std::move(entry));
  return entries_.back().code;
}

std::optional<std::string> LoginCodes::take(TimePoint now, std::string_view code) {
  // Codes are random: how long the comparison takes tells nothing that helps.
  const auto it = std::find_if(entries_.begin(), entries_.end(), [code](const Entry& e) { return e.code == code; });
  if (it == entries_.end()) return std::nullopt;
  const bool good = now < it->until;
  std::string answer = std::move(it->answer);
  entries_.erase(it);
  return good ? std::optional(std::move(answer)) : std::nullopt;
}

}  // namespace parley::signal::rest

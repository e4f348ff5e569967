// The keys of an issuer: from its key set's URL, remembered, and fetched again when a token names a key that is not
// known, though never often. Lives on the control thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "auth/external_token.h"
#include "auth/jwt.h"
#include "base/result.h"
#include "base/time.h"

namespace parley::auth {

// https, or http to this machine.
[[nodiscard]] bool is_safe_url(std::string_view url);

class JwksSource {
 public:
  static constexpr Duration kFresh = 1h;            // asked again after this
  static constexpr Duration kKept = 24h;            // used for so long when the issuer cannot be reached
  static constexpr Duration kBetweenFetches = 30s;  // however many tokens name unknown keys

  JwksSource(std::string url, HttpFetch fetch);
  // Fixed keys.
  explicit JwksSource(std::vector<JwtKey> keys);
  JwksSource(const JwksSource&) = delete;
  JwksSource& operator=(const JwksSource&) = delete;

  // The key that signed the token fits. False: no key of this name, or another signature. Error "unavailable" when the
  // keys cannot be had.
  boost::asio::awaitable<Result<bool, Error>> verifies(const Jwt& token, TimePoint now);

 private:
  [[nodiscard]] bool may_fetch(TimePoint now) const;
  boost::asio::awaitable<void> refresh(TimePoint now);

  std::string url_;  // empty: fixed keys
  HttpFetch fetch_;
  std::vector<JwtKey> keys_;
  bool fetched_ = false;
  TimePoint fetched_at_{};
  bool attempted_ = false;
  TimePoint attempted_at_{};
  bool fetching_ = false;
  std::vector<std::shared_ptr<boost::asio::steady_timer>> waiting_;  // for the fetch under way
};

}  // namespace parley::auth

// Our own access tokens: JWTs, HS256, with a key that the database keeps. They say "parley" as issuer and audience and
// "at+jwt" as type, so that none is ever taken for a LiveKit token, nor the other way round.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "auth/jwt.h"
#include "auth/subject.h"
#include "base/result.h"
#include "base/time.h"

namespace parley::auth {

class SessionKeys {
 public:
  // The first signs; all verify. At least one, ids not empty.
  void set(std::vector<JwtKey> keys) { keys_ = std::move(keys); }
  [[nodiscard]] bool empty() const { return keys_.empty(); }

  [[nodiscard]] std::string sign(const Subject& subject, TimePoint now, Duration ttl) const;
  struct Read {
    Subject subject;
    std::int64_t expires_at = 0;  // s
  };
  // Error "unauthenticated".
  [[nodiscard]] Result<Read, Error> verify(const Jwt& token, TimePoint now) const;
  [[nodiscard]] static bool is_ours(const Jwt& token);
  // The refresh token that follows this one: the same whoever asks, and unknown to whoever has not the key.
  [[nodiscard]] std::string next_refresh_secret(std::string_view secret) const;

 private:
  std::vector<JwtKey> keys_;
};

}  // namespace parley::auth

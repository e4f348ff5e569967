// Tokens of other issuers: JWTs that an identity service (Supabase Auth, Keycloak, …) signed for its users.
//
//   iss ──→ ExternalIssuer ──→ key by kid (pinned to one algorithm) ──→ signature ──→ exp nbf aud ──→ who it is
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "http/client.h"

namespace parley::auth {

// How keys are fetched: http::Client::send in the server, a table in tests.
using HttpFetch =
    std::function<boost::asio::awaitable<Result<http::ClientResponse, Error>>(http::ClientRequest request)>;

struct ExternalIssuer {
  std::string issuer;    // `iss`, exactly
  std::string audience;  // `aud` must contain it; empty: not asked
  // Exactly one of the three:
  std::string hs256_secret;  // at least 32 bytes
  std::string jwks_url;      // https; http for loopback
  std::string jwks_file;     // a path
  // Names of claims; "user_metadata.full_name" reads within objects.
  std::string subject_claim = "sub";
  std::string email_claim = "email";
  std::string email_verified_claim = "email_verified";
  std::vector<std::string> name_claims = {"name", "user_metadata.full_name", "user_metadata.name",
                                          "preferred_username"};
  std::vector<std::string> avatar_claims = {"picture", "user_metadata.avatar_url"};
  // Claims that must have these values: {"role", "authenticated"} keeps Supabase's anonymous and service keys out.
  std::map<std::string, std::string> required_claims;
  bool trust_email = false;    // addresses count as verified even where no claim says so
  bool auto_create = true;     // an account at first sight
  bool link_by_email = false;  // to an account that exists and has the same verified address
  std::string name;            // in the settings, for messages about them
};

// What such a token says.
struct ExternalIdentity {
  std::string issuer;
  std::string subject;
  std::string session;  // the issuer's session (session_id, sid, jti), empty where it names none
  std::string email;
  bool email_verified = false;
  std::string name;
  std::string avatar_url;
  std::int64_t expires_at = 0;  // s
};

class ExternalTokens {
 public:
  ExternalTokens(std::vector<ExternalIssuer> issuers, HttpFetch fetch);
  ~ExternalTokens();
  ExternalTokens(const ExternalTokens&) = delete;
  ExternalTokens& operator=(const ExternalTokens&) = delete;

  // Checks the settings and reads key files. Error invalid_argument; field "auth.issuers.<name>.jwks_url".
  Result<void, Error> start();
  // nullptr where nobody of that name is trusted.
  [[nodiscard]] const ExternalIssuer* find(std::string_view issuer) const;
  // Error "unauthenticated", or "unavailable" when the issuer's keys cannot be had.
  boost::asio::awaitable<Result<ExternalIdentity, Error>> verify(std::string token, TimePoint now);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::auth

// JSON Web Tokens of issuers other than LiveKit's keys (RFC 7519 in the compact form of RFC 7515).
//
//   base64url({"alg","kid","typ"}) "." base64url(claims) "." base64url(signature over both, with the dot between)
//
// A key is good for one algorithm; a token's header chooses among keys, never how a key is used.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

struct evp_pkey_st;

namespace parley::auth {

// A longer one is refused before anything is decoded.
inline constexpr std::size_t kMaxJwtBytes = 16 * 1024;
inline constexpr Duration kJwtLeeway = 60s;

enum class JwtAlgorithm : std::uint8_t {
  kHs256,  // HMAC with SHA-256
  kRs256,  // RSASSA-PKCS1-v1_5 with SHA-256, 2048 to 8192 bits
  kEs256,  // ECDSA on P-256 with SHA-256
  kEdDsa,  // Ed25519 (RFC 8037)
};
[[nodiscard]] std::string_view to_string(JwtAlgorithm algorithm);

struct JwtKey {
  JwtAlgorithm algorithm = JwtAlgorithm::kHs256;
  std::string id;                                 // kid; empty: none
  std::string secret;                             // kHs256
  std::shared_ptr<const evp_pkey_st> public_key;  // the others
};

struct Jwt {
  std::string algorithm;  // as the header says
  std::string key_id;     // empty: none
  std::string type;
  boost::json::object claims;
  std::string signed_part;
  std::string signature;
};

// Form and size alone; nothing in it may be believed before signature_fits(). Errors "unauthenticated". A header with
// "crit" is refused: it asks for what is not known here (RFC 7515 section 4.1.11).
[[nodiscard]] Result<Jwt, Error> parse_jwt(std::string_view token);
[[nodiscard]] bool signature_fits(const Jwt& token, const JwtKey& key);
// The only key that the header can mean: the one with its kid and algorithm; without kid, the only one of the
// algorithm.
[[nodiscard]] const JwtKey* choose_key(const Jwt& token, const std::vector<JwtKey>& keys);

struct JwtExpectation {
  std::string_view issuer;
  std::string_view audience;  // empty: not asked
  // False for tokens of this server: its clock may have been set back since, which makes no token wrong.
  bool judge_issued_at = true;
};
// iss, aud, exp (must be there), nbf, iat. Errors "unauthenticated".
[[nodiscard]] Result<void, Error> check_claims(const boost::json::object& claims, const JwtExpectation& expected,
                                               TimePoint now);

// HS256, for tokens of our own. `header` is complete JSON text.
[[nodiscard]] std::string sign_hs256(std::string_view header, const boost::json::object& claims,
                                     std::string_view secret);

// A key set (RFC 7517): public keys that sign with an algorithm of ours; all others are passed over. At most 64. Error
// invalid_argument when it is none.
[[nodiscard]] Result<std::vector<JwtKey>, Error> parse_jwks(std::string_view json);

// Text of a claim; empty where it is absent or no text. "a.b" is b within a, where no claim has that whole name.
[[nodiscard]] std::string claim_text(const boost::json::object& claims, std::string_view path);
// Seconds since the epoch of a NumericDate (RFC 7519 section 2), a fraction cut off; nullopt: none, or out of all
// bounds.
[[nodiscard]] std::optional<std::int64_t> claim_date(const boost::json::object& claims, std::string_view name);
// Likewise; a text "true" counts.
[[nodiscard]] bool claim_bool(const boost::json::object& claims, std::string_view path);

}  // namespace parley::auth

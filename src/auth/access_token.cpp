#include "auth/access_token.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <boost/json.hpp>

#include "auth/base64url.h"

namespace parley::auth {

namespace {

namespace json = boost::json;

using Signature = std::array<unsigned char, 32>;

Signature hmac_sha256(std::string_view secret, std::string_view message) {
  Signature out{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(message.data()), message.size(), out.data(), &size);
  return out;
}

Error unauthenticated(std::string message) { return {"unauthenticated", std::move(message), "access_token"}; }

struct Parts {
  std::string_view signed_part;  // header "." claims
  std::string_view header;
  std::string_view claims;
  std::string_view signature;
};

std::optional<Parts> split(std::string_view token) {
  const std::size_t first = token.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const std::size_t second = token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) return std::nullopt;
  return Parts{token.substr(0, second), token.substr(0, first), token.substr(first + 1, second - first - 1),
               token.substr(second + 1)};
}

// Only HS256 is known, whatever the header says: "none" and the public-key algorithms are how JWT checks get bypassed.
bool header_is_hs256(std::string_view encoded) {
  const auto text = base64url_decode(encoded);
  if (!text) return false;
  boost::system::error_code ec;
  const json::value header = json::parse(*text, ec);
  if (ec || !header.is_object()) return false;
  const json::value* alg = header.get_object().if_contains("alg");
  return alg != nullptr && alg->is_string() && alg->get_string() == "HS256";
}

bool signature_fits(const Parts& parts, std::string_view secret) {
  const auto given = base64url_decode(parts.signature);
  const Signature expected = hmac_sha256(secret, parts.signed_part);
  return given && given->size() == expected.size() &&
         CRYPTO_memcmp(given->data(), expected.data(), expected.size()) == 0;
}

Result<Claims, Error> check_times(Claims claims, TimePoint now) {
  const std::int64_t seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
  constexpr std::int64_t kLeeway = std::chrono::duration_cast<std::chrono::seconds>(kClockLeeway).count();
  if (!claims.expires_at) return unauthenticated("invalid token: it has no expiry (exp)");
  if (seconds - kLeeway >= *claims.expires_at) return unauthenticated("invalid token: it has expired");
  if (claims.not_before && seconds + kLeeway < *claims.not_before) {
    return unauthenticated("invalid token: it is not valid yet (nbf)");
  }
  return claims;
}

}  // namespace

const std::string* KeyTable::secret_of(std::string_view key) const {
  const auto it = secrets_.find(key);
  return it == secrets_.end() ? nullptr : &it->second;
}

std::string sign_token(const Claims& claims, std::string_view secret) {
  std::string token = base64url_encode(R"({"alg":"HS256","typ":"JWT"})");
  token += '.';
  token += base64url_encode(claims_to_json(claims));
  const Signature signature = hmac_sha256(secret, token);
  token += '.';
  token += base64url_encode({reinterpret_cast<const char*>(signature.data()), signature.size()});
  return token;
}

Result<Claims, Error> verify_token(std::string_view token, const KeyTable& keys, TimePoint now) {
  if (token.size() > kMaxTokenBytes) return unauthenticated("invalid token: it is too long");
  const auto parts = split(token);
  if (!parts) return unauthenticated("invalid token: not a JWT");
  if (!header_is_hs256(parts->header)) return unauthenticated("invalid token: its algorithm must be HS256");
  const auto text = base64url_decode(parts->claims);
  if (!text) return unauthenticated("invalid token: its claims are not base64url");
  // The claims are read before the signature is checked, because they name the key; nothing else of them is used.
  auto claims = claims_from_json(*text);
  if (!claims) return unauthenticated("invalid token: " + claims.error().message);
  const std::string* secret = keys.secret_of(claims->issuer);
  if (secret == nullptr) return unauthenticated("invalid API key: " + claims->issuer.substr(0, 64));
  if (!signature_fits(*parts, *secret)) return unauthenticated("invalid token: its signature does not fit");
  return check_times(std::move(*claims), now);
}

}  // namespace parley::auth

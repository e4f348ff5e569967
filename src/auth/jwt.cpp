#include "auth/jwt.h"

#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>

#include <boost/json.hpp>
#include <cmath>
#include <optional>

#include "auth/base64url.h"
#include "auth/digest.h"

namespace parley::auth {

namespace {

namespace json = boost::json;

Error refused(std::string_view why) {
  return {"unauthenticated", "invalid token: " + std::string(why), "access_token"};
}

std::optional<json::object> decode_object(std::string_view part) {
  const auto text = base64url_decode(part);
  if (!text) return std::nullopt;
  boost::system::error_code ec;
  json::value value = json::parse(*text, ec);
  if (ec || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

const json::value* find_claim(const json::object& claims, std::string_view path) {
  if (const json::value* whole = claims.if_contains(path)) return whole;
  const std::size_t dot = path.find('.');
  if (dot == std::string_view::npos) return nullptr;
  const json::value* outer = claims.if_contains(path.substr(0, dot));
  if (outer == nullptr || !outer->is_object()) return nullptr;
  return find_claim(outer->get_object(), path.substr(dot + 1));
}

std::optional<std::int64_t> date_of(const json::value& value) {
  constexpr double kLargest = 1.0e14;
  double seconds = 0;
  if (value.is_int64()) {
    seconds = static_cast<double>(value.get_int64());
  } else if (value.is_double()) {
    seconds = value.get_double();
  } else {
    return std::nullopt;
  }
  if (!(std::abs(seconds) < kLargest)) return std::nullopt;
  return static_cast<std::int64_t>(std::floor(seconds));
}

bool audience_fits(const json::value* aud, std::string_view wanted) {
  if (aud == nullptr) return false;
  if (aud->is_string()) return aud->get_string() == wanted;
  if (!aud->is_array()) return false;
  for (const json::value& item : aud->get_array()) {
    if (item.is_string() && item.get_string() == wanted) return true;
  }
  return false;
}

// r and s of 32 bytes each (RFC 7518 section 3.4) as the DER sequence that OpenSSL takes.
std::string to_der(std::string_view signature) {
  if (signature.size() != 64) return {};
  const auto* raw = reinterpret_cast<const unsigned char*>(signature.data());
  ECDSA_SIG* sig = ECDSA_SIG_new();
  ECDSA_SIG_set0(sig, BN_bin2bn(raw, 32, nullptr), BN_bin2bn(raw + 32, 32, nullptr));
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(sig, &der);
  std::string out;
  if (size > 0) out.assign(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  ECDSA_SIG_free(sig);
  return out;
}

bool public_key_fits(const Jwt& token, const JwtKey& key) {
  if (!key.public_key) return false;
  const std::string signature = key.algorithm == JwtAlgorithm::kEs256 ? to_der(token.signature) : token.signature;
  if (signature.empty()) return false;
  const EVP_MD* digest = key.algorithm == JwtAlgorithm::kEdDsa ? nullptr : EVP_sha256();
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  auto* pkey = const_cast<EVP_PKEY*>(key.public_key.get());  // counted, not changed
  const bool fits =
      EVP_DigestVerifyInit(context, nullptr, digest, nullptr, pkey) == 1 &&
      EVP_DigestVerify(context, reinterpret_cast<const unsigned char*>(signature.data()), signature.size(),
                       reinterpret_cast<const unsigned char*>(token.signed_part.data()), token.signed_part.size()) == 1;
  EVP_MD_CTX_free(context);
  return fits;
}

}  // namespace

std::string_view to_string(JwtAlgorithm algorithm) {
  switch (algorithm) {
    case JwtAlgorithm::kRs256:
      return "RS256";
    case JwtAlgorithm::kEs256:
      return "ES256";
    case JwtAlgorithm::kEdDsa:
      return "EdDSA";
    case JwtAlgorithm::kHs256:
      break;
  }
  return "HS256";
}

Result<Jwt, Error> parse_jwt(std::string_view token) {
  if (token.size() > kMaxJwtBytes) return refused("it is too long");
  const std::size_t first = token.find('.');
  const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
    return refused("not a JWT");
  }
  const auto header = decode_object(token.substr(0, first));
  if (!header) return refused("its header is no JSON object");
  if (header->contains("crit")) return refused("it asks for an extension (crit)");
  auto claims = decode_object(token.substr(first + 1, second - first - 1));
  if (!claims) return refused("its claims are no JSON object");
  auto signature = base64url_decode(token.substr(second + 1));
  if (!signature || signature->empty()) return refused("it has no signature");
  Jwt out;
  out.algorithm = claim_text(*header, "alg");
  out.key_id = claim_text(*header, "kid");
  out.type = claim_text(*header, "typ");
  out.claims = std::move(*claims);
  out.signed_part = token.substr(0, second);
  out.signature = std::move(*signature);
  return out;
}

bool signature_fits(const Jwt& token, const JwtKey& key) {
  if (token.algorithm != to_string(key.algorithm)) return false;
  if (key.algorithm != JwtAlgorithm::kHs256) return public_key_fits(token, key);
  return !key.secret.empty() && equal_in_constant_time(hmac_sha256(key.secret, token.signed_part), token.signature);
}

const JwtKey* choose_key(const Jwt& token, const std::vector<JwtKey>& keys) {
  const JwtKey* found = nullptr;
  for (const JwtKey& key : keys) {
    if (token.algorithm != to_string(key.algorithm)) continue;
    if (!token.key_id.empty() && key.id == token.key_id) return &key;
    // A key without id may be meant by any kid; several of them leave it open which.
    if (!token.key_id.empty() && !key.id.empty()) continue;
    if (found != nullptr) return nullptr;
    found = &key;
  }
  return found;
}

Result<void, Error> check_claims(const json::object& claims, const JwtExpectation& expected, TimePoint now) {
  if (claim_text(claims, "iss") != expected.issuer) return refused("its issuer (iss) is another one");
  if (!expected.audience.empty() && !audience_fits(claims.if_contains("aud"), expected.audience)) {
    return refused("it is for somebody else (aud)");
  }
  const std::int64_t seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
  constexpr std::int64_t kLeeway = std::chrono::duration_cast<std::chrono::seconds>(kJwtLeeway).count();
  const auto expires = claim_date(claims, "exp");
  if (!expires) return refused("it has no expiry (exp)");
  if (seconds - kLeeway >= *expires) return refused("it has expired");
  for (const std::string_view name : {"nbf", "iat"}) {
    if (!claims.contains(name) || (name == "iat" && !expected.judge_issued_at)) continue;
    const auto date = claim_date(claims, name);
    if (!date || seconds + kLeeway < *date) return refused("it is not valid yet (" + std::string(name) + ")");
  }
  return {};
}

std::string sign_hs256(std::string_view header, const json::object& claims, std::string_view secret) {
  std::string token = base64url_encode(header);
  token += '.';
  token += base64url_encode(json::serialize(claims));
  const std::string signature = hmac_sha256(secret, token);
  token += '.';
  token += base64url_encode(signature);
  return token;
}

std::string claim_text(const json::object& claims, std::string_view path) {
  const json::value* value = find_claim(claims, path);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::optional<std::int64_t> claim_date(const json::object& claims, std::string_view name) {
  const json::value* value = claims.if_contains(name);
  return value == nullptr ? std::nullopt : date_of(*value);
}

bool claim_bool(const json::object& claims, std::string_view path) {
  const json::value* value = find_claim(claims, path);
  if (value == nullptr) return false;
  if (value->is_bool()) return value->get_bool();
  return value->is_string() && value->get_string() == "true";
}

}  // namespace parley::auth

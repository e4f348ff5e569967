#include "auth/session_keys.h"

#include <boost/json.hpp>

#include "auth/base64url.h"
#include "auth/digest.h"

namespace parley::auth {

namespace {

namespace json = boost::json;

constexpr std::string_view kName = "parley";
constexpr std::string_view kType = "at+jwt";

}  // namespace

std::string SessionKeys::sign(const Subject& subject, TimePoint now, Duration ttl) const {
  const JwtKey& key = keys_.front();
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch());
  json::object claims;
  claims["iss"] = kName;
  claims["aud"] = kName;
  claims["sub"] = subject.user_id;
  claims["sid"] = subject.session_id;
  claims["name"] = subject.name;
  claims["role"] = to_string(subject.role);
  if (subject.guest) {
    claims["guest"] = true;
    claims["room"] = subject.guest_room;
  }
  claims["iat"] = seconds.count();
  claims["exp"] = (seconds + std::chrono::floor<std::chrono::seconds>(ttl)).count();
  const json::object header = {{"alg", "HS256"}, {"typ", kType}, {"kid", key.id}};
  return sign_hs256(json::serialize(header), claims, key.secret);
}

bool SessionKeys::is_ours(const Jwt& token) { return token.type == kType && claim_text(token.claims, "iss") == kName; }

Result<SessionKeys::Read, Error> SessionKeys::verify(const Jwt& token, TimePoint now) const {
  const JwtKey* key = is_ours(token) ? choose_key(token, keys_) : nullptr;
  if (key == nullptr || !signature_fits(token, *key)) {
    return Error{"unauthenticated", "invalid token: its signature does not fit", "access_token"};
  }
  const auto fine = check_claims(token.claims, {kName, kName, false}, now);
  if (!fine) return fine.error();
  Read out;
  out.subject.user_id = claim_text(token.claims, "sub");
  out.subject.session_id = claim_text(token.claims, "sid");
  out.subject.name = claim_text(token.claims, "name");
  out.subject.role = server_role_from(claim_text(token.claims, "role")).value_or(ServerRole::kUser);
  out.subject.guest = claim_bool(token.claims, "guest");
  out.subject.guest_room = claim_text(token.claims, "room");
  out.expires_at = claim_date(token.claims, "exp").value_or(0);
  return out;
}

std::string SessionKeys::next_refresh_secret(std::string_view secret) const {
  return base64url_encode(hmac_sha256(keys_.front().secret, "refresh " + std::string(secret)));
}

}  // namespace parley::auth

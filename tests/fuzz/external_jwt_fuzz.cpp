// Input: a token as an external issuer's user would send it; or the claims of one that is signed rightly.
#include <boost/json.hpp>
#include <string_view>

#include "auth/authenticator.h"
#include "auth/jwt.h"
#include "auth/session_keys.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const TimePoint now{std::chrono::seconds(1'800'000'000)};
  const auth::JwtKey key{auth::JwtAlgorithm::kHs256, "", std::string(32, 'k'), nullptr};
  (void)auth::Authenticator::expiry_of(text);

  if (const auto token = auth::parse_jwt(text)) {
    (void)auth::signature_fits(*token, key);
    (void)auth::choose_key(*token, {key, key});
  }
  boost::system::error_code ec;
  const boost::json::value value = boost::json::parse(text, ec);
  if (ec || !value.is_object()) return 0;
  const std::string signed_text = auth::sign_hs256(R"({"alg":"HS256"})", value.get_object(), key.secret);
  const auto token = auth::parse_jwt(signed_text);
  if (!token) return 0;
  if (!auth::signature_fits(*token, key)) __builtin_trap();
  const bool fine = auth::check_claims(token->claims, {"me", "you"}, now).has_value();
  if (fine && auth::claim_text(token->claims, "iss") != "me") __builtin_trap();
  if (fine && auth::claim_date(token->claims, "exp").value_or(0) < 1'799'999'940) __builtin_trap();
  for (const char* path : {"sub", "user_metadata.full_name", "a.b.c.d", "."}) {
    (void)auth::claim_text(token->claims, path);
    (void)auth::claim_bool(token->claims, path);
  }
  auth::SessionKeys keys;
  keys.set({key});
  if (keys.verify(*token, now)) __builtin_trap();  // it has not the type of ours
  return 0;
}

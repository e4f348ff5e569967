#include "hooks/signature.h"

#include <openssl/evp.h>

#include <chrono>

#include "auth/access_token.h"
#include "auth/digest.h"

namespace parley::hooks {

namespace {

// With padding and the standard alphabet, unlike what the rest of a JWT uses.
std::string base64(std::string_view bytes) {
  std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int length =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

}  // namespace

std::string sign_body(std::string_view body, const std::string& api_key, std::string_view api_secret, TimePoint now) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
  auth::Claims claims;
  claims.issuer = api_key;
  claims.not_before = seconds;
  claims.expires_at = seconds + std::chrono::duration_cast<std::chrono::seconds>(kSignatureLife).count();
  claims.sha256 = base64(auth::sha256(body));
  return auth::sign_token(claims, api_secret);
}

}  // namespace parley::hooks

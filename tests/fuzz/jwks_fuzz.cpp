// Input: a key set. No key that comes out of it verifies what it did not sign.
#include <string_view>

#include "auth/jwt.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley;
  const auto keys = auth::parse_jwks({reinterpret_cast<const char*>(data), size});
  if (!keys) return 0;
  if (keys->size() > 64) __builtin_trap();
  auth::Jwt token;
  token.signed_part = "e30.e30";
  for (const auth::JwtKey& key : *keys) {
    if (key.algorithm == auth::JwtAlgorithm::kHs256 || !key.public_key) __builtin_trap();
    token.algorithm = auth::to_string(key.algorithm);
    token.key_id = key.id;
    for (const std::size_t length : {64U, 256U}) {
      token.signature.assign(length, '\x01');
      if (auth::signature_fits(token, key)) __builtin_trap();
    }
    if (key.id.empty()) continue;
    if (auth::choose_key(token, *keys) == nullptr) __builtin_trap();
  }
  return 0;
}

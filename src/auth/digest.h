// Digests and secrets of the accounts: SHA-256, HMAC-SHA256, tokens that cannot be guessed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/random.h"

namespace parley::auth {

// 32 bytes.
[[nodiscard]] std::string sha256(std::string_view data);
// 64 characters.
[[nodiscard]] std::string sha256_hex(std::string_view data);
// 32 bytes.
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view data);
// In time that depends on the lengths alone.
[[nodiscard]] bool equal_in_constant_time(std::string_view a, std::string_view b);
// base64url of so many random bytes; 32 (43 characters) where it is a secret.
[[nodiscard]] std::string random_token(RandomSource& random, std::size_t bytes = 32);

}  // namespace parley::auth

// base64url (RFC 4648 section 5), the alphabet of JWTs and of the v1 join request.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley::auth {

enum class Padding : std::uint8_t {
  kNone,      // '=' is refused: what JWS asks (RFC 7515 section 2)
  kOptional,  // '=' at the end may stand or be absent
};

// Without padding.
[[nodiscard]] std::string base64url_encode(std::string_view bytes);
// nullopt for a character outside the alphabet, an impossible length, or padding where none may be.
[[nodiscard]] std::optional<std::string> base64url_decode(std::string_view text, Padding padding = Padding::kNone);

}  // namespace parley::auth

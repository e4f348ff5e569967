// What people type about themselves: what is taken, and in which form.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace parley::auth {

// Addresses are compared without regard to case, the part before the '@' included, as every provider does. Returns the
// form to store. Error invalid_argument; RFC 5321 lengths, no quoted local parts, UTF-8 allowed (RFC 6531).
[[nodiscard]] Result<std::string, Error> normalise_email(std::string_view email, std::string_view field = "email");
// 1 to 80 characters without blanks at the ends; nothing that controls, breaks lines or turns the direction of text.
[[nodiscard]] Result<std::string, Error> clean_name(std::string_view name, std::string_view field = "name");
// Likewise, may be empty.
[[nodiscard]] Result<std::string, Error> clean_line(std::string_view text, std::size_t max_characters,
                                                    std::string_view field);
// http(s) URL or path on this server, at most 2048 bytes; may be empty.
[[nodiscard]] Result<std::string, Error> check_avatar_url(std::string_view url, std::string_view field = "avatarUrl");
// A language tag ("de", "pt-BR"); may be empty.
[[nodiscard]] Result<std::string, Error> check_locale(std::string_view tag, std::string_view field = "locale");
// The best name out of what another issuer says: cleaned, cut; `otherwise` where nothing is left.
[[nodiscard]] std::string name_from_outside(std::string_view name, std::string_view otherwise);

}  // namespace parley::auth

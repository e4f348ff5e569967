// Rules for text that people send.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace parley::chat {

struct TextBound {
  std::string_view field;
  std::size_t min = 0;  // bytes
  std::size_t max = 0;
};

// Error invalid_argument (payload_too_large beyond max) with that field: text that a database or a client could not
// take. Without NUL, as PostgreSQL has none.
[[nodiscard]] Result<void, Error> check_text(std::string_view text, const TextBound& bound);
// A name that people read in a list: one line, not blank. Error invalid_argument.
[[nodiscard]] Result<void, Error> check_line(std::string_view text, const TextBound& bound);

// Is there something in it that clients show as a link?
[[nodiscard]] bool has_link(std::string_view text);

}  // namespace parley::chat

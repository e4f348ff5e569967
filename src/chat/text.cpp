#include "chat/text.h"

#include <algorithm>

#include "http/query.h"

namespace parley::chat {

Result<void, Error> check_text(std::string_view text, const TextBound& bound) {
  const std::string field(bound.field);
  if (text.size() > bound.max) {
    return Error{"payload_too_large", field + " may have " + std::to_string(bound.max) + " bytes at most", field};
  }
  if (text.size() < bound.min) return Error{"invalid_argument", field + " must not be empty", field};
  if (text.find('\0') != std::string_view::npos || !http::is_utf8(text)) {
    return Error{"invalid_argument", field + " must be UTF-8 text without NUL", field};
  }
  return {};
}

Result<void, Error> check_line(std::string_view text, const TextBound& bound) {
  if (const auto fine = check_text(text, bound); !fine)
    return Error{"invalid_argument", fine.error().message, fine.error().field};
  const auto control = [](char c) { return (static_cast<unsigned char>(c) < 0x20) || c == 0x7f; };
  const auto blank = [](char c) { return c == ' '; };
  if (std::ranges::any_of(text, control)) {
    return Error{"invalid_argument", std::string(bound.field) + " must be one line", std::string(bound.field)};
  }
  if (bound.min > 0 && std::ranges::all_of(text, blank)) {
    return Error{"invalid_argument", std::string(bound.field) + " must not be blank", std::string(bound.field)};
  }
  return {};
}

bool has_link(std::string_view text) {
  return text.find("http://") != std::string_view::npos || text.find("https://") != std::string_view::npos;
}

}  // namespace parley::chat

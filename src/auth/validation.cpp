#include "auth/validation.h"

#include <algorithm>
#include <cstdint>

#include "http/query.h"

namespace parley::auth {

namespace {

constexpr std::size_t kMaxNameCharacters = 80;

// A text alone could also be the beginning of an Error.
Result<std::string, Error> fine(std::string_view text) { return {boost::system::in_place_value, text}; }

Error wrong(std::string_view field, std::string message) {
  return {"invalid_argument", std::move(message), std::string(field)};
}

// The code point at `at`, which moves behind it. The text is valid UTF-8.
std::uint32_t next_character(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return lead;
  unsigned more = 1;
  if (lead >= 0xe0) more = 2;
  if (lead >= 0xf0) more = 3;
  std::uint32_t c = lead & (0x3fU >> more);
  for (; more > 0 && at < text.size(); --more) c = (c << 6U) | (static_cast<unsigned char>(text[at++]) & 0x3fU);
  return c;
}

bool is_control(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0)  // C0, DEL, C1
         || c == 0x2028 || c == 0x2029        // line and paragraph separator
         || (c >= 0x202a && c <= 0x202e)      // direction overrides and embeddings
         || (c >= 0x2066 && c <= 0x2069)      // isolates
         || c == 0x200e || c == 0x200f || c == 0xfeff || (c >= 0xe0000 && c <= 0xe007f);  // marks, tags
}

bool is_blank(std::uint32_t c) {
  return c == ' ' || c == 0xa0 || (c >= 0x2000 && c <= 0x200d) || c == 0x202f || c == 0x205f || c == 0x2060 ||
         c == 0x3000 || c == 0x2800 || c == 0x3164 || c == 0x115f || c == 0x1160 || c == 0xffa0;
}

std::string_view trim(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

bool is_ascii_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

bool is_local_part(std::string_view local) {
  if (local.empty() || local.size() > 64 || local.front() == '.' || local.back() == '.') return false;
  constexpr std::string_view kAtext = "!#$%&'*+-/=?^_`{|}~.";
  return local.find("..") == std::string_view::npos && std::all_of(local.begin(), local.end(), [&](char c) {
           return is_ascii_letter_or_digit(c) || is_beyond_ascii(c) || kAtext.find(c) != std::string_view::npos;
         });
}

bool is_domain(std::string_view domain) {
  if (domain.empty() || domain.size() > 253) return false;
  while (!domain.empty()) {
    const std::size_t dot = domain.find('.');
    const std::string_view label = domain.substr(0, dot);
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    if (!std::all_of(label.begin(), label.end(),
                     [](char c) { return is_ascii_letter_or_digit(c) || is_beyond_ascii(c) || c == '-'; })) {
      return false;
    }
    if (dot == std::string_view::npos) return true;
    domain.remove_prefix(dot + 1);
  }
  return false;  // ended with a dot
}

}  // namespace

Result<std::string, Error> normalise_email(std::string_view email, std::string_view field) {
  email = trim(email);
  const std::size_t at = email.rfind('@');
  if (email.size() > 254 || at == std::string_view::npos || !is_local_part(email.substr(0, at)) ||
      !is_domain(email.substr(at + 1)) || !http::is_utf8(email)) {
    return wrong(field, "not an e-mail address");
  }
  std::string out(email);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return fine(out);
}

Result<std::string, Error> clean_line(std::string_view text, std::size_t max_characters, std::string_view field) {
  text = trim(text);
  if (!http::is_utf8(text)) return wrong(field, "must be UTF-8 text");
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++characters) {
    if (is_control(next_character(text, at))) return wrong(field, "must not have control characters");
  }
  if (characters > max_characters) {
    return wrong(field, "must have at most " + std::to_string(max_characters) + " characters");
  }
  return fine(text);
}

Result<std::string, Error> clean_name(std::string_view name, std::string_view field) {
  auto out = clean_line(name, kMaxNameCharacters, field);
  if (!out) return out;
  bool visible = false;
  for (std::size_t at = 0; at < out->size();) visible |= !is_blank(next_character(*out, at));
  if (!visible) return wrong(field, "must not be empty");
  return out;
}

Result<std::string, Error> check_avatar_url(std::string_view url, std::string_view field) {
  if (url.empty()) return fine({});
  const bool web = url.starts_with("https://") || url.starts_with("http://");
  const bool here = url.starts_with("/") && !url.starts_with("//") && url.find('\\') == std::string_view::npos;
  const bool clean = std::all_of(url.begin(), url.end(), [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && c != 0x7f && c != '"' && c != '<' && c != '>';
  });
  if (url.size() > 2048 || !(web || here) || !clean || !http::is_utf8(url)) {
    return wrong(field, "must be an http(s) URL or a path on this server, of at most 2048 bytes");
  }
  return fine(url);
}

Result<std::string, Error> check_locale(std::string_view tag, std::string_view field) {
  const bool fits = tag.size() <= 35 && (tag.empty() || (tag.front() != '-' && tag.back() != '-')) &&
                    std::all_of(tag.begin(), tag.end(), [](char c) { return is_ascii_letter_or_digit(c) || c == '-'; });
  if (!fits) return wrong(field, "must be a language tag, such as \"en\" or \"pt-BR\"");
  return fine(tag);
}

std::string name_from_outside(std::string_view name, std::string_view otherwise) {
  if (!http::is_utf8(name)) name = {};
  std::string kept;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < name.size() && characters < kMaxNameCharacters;) {
    const std::size_t begin = at;
    if (is_control(next_character(name, at))) continue;
    kept += name.substr(begin, at - begin);
    ++characters;
  }
  auto out = clean_name(kept);
  return out ? *out : std::string(otherwise);
}

}  // namespace parley::auth

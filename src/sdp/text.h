// Cutting and checking of SDP text, for this folder's parsers.
#pragma once

#include <algorithm>
#include <charconv>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace parley::sdp::text {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alnum(char c) { return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z'); }
constexpr bool is_hex(char c) { return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f'); }
// RFC 8839: ice-char, of ufrag, pwd and foundation. Browsers and others use '-' and '_' as well.
constexpr bool is_ice_char(char c) { return is_alnum(c) || c == '+' || c == '/' || c == '-' || c == '_' || c == '='; }
// Anything that is printed without cutting: no space, no control character.
constexpr bool is_visible(char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7f; }

inline bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

inline std::string_view trim(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
  return s;
}

// Takes everything up to `separator` off the front of `rest`, and the separator with it.
inline std::string_view cut(std::string_view& rest, char separator) {
  const std::size_t at = rest.find(separator);
  const std::string_view head = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
  return head;
}

// Takes the next word (spaces and tabs around it are skipped); empty at the end.
inline std::string_view word(std::string_view& rest) {
  rest = trim(rest);
  const std::size_t at = rest.find_first_of(" \t");
  const std::string_view head = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view{} : trim(rest.substr(at));
  return head;
}

// The whole text as a decimal number; nullopt when it is none or does not fit.
template <std::unsigned_integral T>
std::optional<T> number(std::string_view s) {
  T value{};
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  if (s.empty() || error != std::errc{} || end != s.data() + s.size()) return std::nullopt;
  return value;
}

template <class Predicate>
bool all(std::string_view s, Predicate predicate, std::size_t min, std::size_t max) {
  return s.size() >= min && s.size() <= max && std::ranges::all_of(s, predicate);
}

}  // namespace parley::sdp::text

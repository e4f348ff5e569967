#include "http/query.h"

#include <charconv>

namespace parley::http {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_unreserved(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

// Bytes of the character that starts with lead, and the smallest code point that may be written so long.
struct Form {
  std::size_t size = 0;  // 0: no lead byte
  char32_t smallest = 0;
};

Form form_of(unsigned char lead) {
  if (lead < 0x80U) return {1, 0};
  if ((lead & 0xe0U) == 0xc0U) return {2, 0x80};
  if ((lead & 0xf0U) == 0xe0U) return {3, 0x800};
  if ((lead & 0xf8U) == 0xf0U) return {4, 0x10000};
  return {};
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const Form form = form_of(lead);
    if (form.size == 0 || form.size > text.size() - i) return false;
    char32_t code = form.size == 1 ? lead : lead & (0x7fU >> form.size);
    for (std::size_t k = 1; k < form.size; ++k) {
      if (!is_continuation(text[i + k])) return false;
      code = (code << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3fU);
    }
    if (code < form.smallest || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return false;
    i += form.size;
  }
  return true;
}

std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  while (max_bytes > 0 && is_continuation(text[max_bytes])) --max_bytes;
  return text.substr(0, max_bytes);
}

std::string percent_decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low >= 0) {
      out.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    } else {
      out.push_back(plus_is_space && text[i] == '+' ? ' ' : text[i]);
    }
  }
  return out;
}

std::string percent_encode(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c)) {
      out.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out.push_back('%');
    out.push_back(kHex[byte >> 4U]);
    out.push_back(kHex[byte & 15U]);
  }
  return out;
}

Query::Query(std::string_view text) {
  while (!text.empty() && parameters_.size() < kMaxParameters) {
    const std::size_t end = text.find('&');
    const std::string_view item = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (item.empty()) continue;
    const std::size_t equals = item.find('=');
    const std::string_view value = equals == std::string_view::npos ? std::string_view() : item.substr(equals + 1);
    std::pair<std::string, std::string> parameter(percent_decode(item.substr(0, equals), true),
                                                  percent_decode(value, true));
    if (is_utf8(parameter.first) && is_utf8(parameter.second)) parameters_.push_back(std::move(parameter));
  }
}

const std::string* Query::find(std::string_view name) const {
  for (const auto& [key, value] : parameters_) {
    if (key == name) return &value;
  }
  return nullptr;
}

std::string_view Query::get(std::string_view name, std::string_view otherwise) const {
  const std::string* value = find(name);
  return value != nullptr ? std::string_view(*value) : otherwise;
}

bool Query::get_bool(std::string_view name, bool otherwise) const {
  const std::string_view value = get(name);
  if (value == "1" || value == "true") return true;
  if (value == "0" || value == "false") return false;
  return otherwise;
}

std::int64_t Query::get_int(std::string_view name, std::int64_t otherwise) const {
  const std::string_view value = get(name);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  return error == std::errc() && end == value.data() + value.size() ? number : otherwise;
}

}  // namespace parley::http

#include "files/ranges.h"

#include <algorithm>
#include <array>
#include <utility>

#include "files/tus_headers.h"
#include "http/query.h"

namespace parley::files {

namespace {

constexpr std::size_t kMaxNameBytes = 255;

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_control(std::string_view c) {
  const auto byte = static_cast<std::uint8_t>(c.front());
  if (byte < 0x20 || byte == 0x7f) return true;
  if (byte == 0xc2 && static_cast<std::uint8_t>(c[1]) < 0xa0) return true;  // C1
  // U+200E, U+200F, U+2028 to U+202E, U+2066 to U+2069, U+FEFF.
  static constexpr std::array<std::string_view, 14> kInvisible = {"\u200e", "\u200f", "\u2028", "\u2029", "\u202a",
                                                                  "\u202b", "\u202c", "\u202d", "\u202e", "\u2066",
                                                                  "\u2067", "\u2068", "\u2069", "\ufeff"};
  return std::find(kInvisible.begin(), kInvisible.end(), c) != kInvisible.end();
}

std::size_t utf8_length(char first) {
  const auto byte = static_cast<std::uint8_t>(first);
  return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

// attr-char of RFC 8187 section 3.2.1.
bool is_attr_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view("!#$&+-.^_`|~").find(c) != std::string_view::npos;
}

}  // namespace

RangeAnswer parse_range(std::string_view header, std::uint64_t size) {
  constexpr std::string_view kUnit = "bytes=";
  if (header.size() < kUnit.size()) return {};
  for (std::size_t i = 0; i < kUnit.size(); ++i) {
    if (lower(header[i]) != kUnit[i]) return {};
  }
  const std::string_view spec = trim(header.substr(kUnit.size()));
  const std::size_t dash = spec.find('-');
  if (dash == std::string_view::npos || spec.find(',') != std::string_view::npos) return {};
  const auto first = parse_tus_number(spec.substr(0, dash));
  const auto last = parse_tus_number(spec.substr(dash + 1));
  if ((dash > 0 && !first) || (dash + 1 < spec.size() && !last) || (!first && !last)) return {};
  if (!first) {  // the last so many
    if (*last == 0 || size == 0) return {RangeWish::kUnsatisfiable, {}};
    return {RangeWish::kPart, {size - std::min(*last, size), size - 1}};
  }
  if (last && *last < *first) return {};
  if (*first >= size) return {RangeWish::kUnsatisfiable, {}};
  return {RangeWish::kPart, {*first, last ? std::min(*last, size - 1) : size - 1}};
}

bool etag_matches(std::string_view list, std::string_view etag) {
  if (trim(list) == "*") return true;
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    std::string_view item = trim(list.substr(0, comma));
    if (item.starts_with("W/")) item.remove_prefix(2);
    if (item == etag) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

bool if_range_matches(std::string_view if_range, std::string_view etag) { return trim(if_range) == etag; }

std::string content_disposition(bool attachment, std::string_view name) {
  std::string plain;
  std::string encoded;
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  for (const char c : name) {
    const auto byte = static_cast<std::uint8_t>(c);
    const bool quotable = byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\' && c != '%';
    // One '_' for each character beyond ASCII, not for each of its bytes.
    if ((byte & 0xc0U) != 0x80U) plain += quotable ? c : '_';
    if (is_attr_char(c)) {
      encoded += c;
    } else {
      encoded += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
    }
  }
  std::string out = attachment ? "attachment" : "inline";
  if (name.empty()) return out;
  out += "; filename=\"" + plain + '"';
  if (plain != name) out += "; filename*=UTF-8''" + encoded;
  return out;
}

SafeType safe_type(std::string_view mime) {
  static constexpr std::array<std::string_view, 17> kShown = {
      "image/png",  "image/jpeg", "image/gif",  "image/webp", "image/avif",      "image/bmp",
      "image/heic", "audio/mpeg", "audio/ogg",  "audio/wav",  "audio/x-wav",     "audio/flac",
      "audio/mp4",  "video/mp4",  "video/webm", "video/ogg",  "application/pdf",
  };
  if (std::find(kShown.begin(), kShown.end(), mime) != kShown.end()) return {std::string(mime), true};
  if (mime == "text/plain" || mime == "text/csv" || mime == "text/markdown") return {"text/plain; charset=utf-8", true};
  // What is a page, a script or a style sheet in a browser, whoever sent it.
  for (const std::string_view active :
       {"html", "svg", "xml", "javascript", "ecmascript", "css", "shockwave", "multipart"}) {
    if (mime.find(active) != std::string_view::npos) return {"application/octet-stream", false};
  }
  if (mime.empty() || mime.starts_with("text/")) return {"application/octet-stream", false};
  return {std::string(mime), false};
}

std::string clean_file_name(std::string_view name) {
  if (!http::is_utf8(name)) return {};
  std::string out;
  for (std::size_t i = 0; i < name.size();) {
    const std::string_view c = name.substr(i, utf8_length(name[i]));
    i += c.size();
    if (is_control(c)) continue;
    if (c == "/" || c == "\\") {
      out.clear();  // browsers of old send the whole path
      continue;
    }
    out += c;
  }
  std::string_view kept = out;
  while (!kept.empty() && kept.front() == ' ') kept.remove_prefix(1);
  while (!kept.empty() && (kept.back() == ' ' || kept.back() == '.')) kept.remove_suffix(1);
  if (kept.size() <= kMaxNameBytes) return std::string(kept);
  const std::size_t dot = kept.rfind('.');
  const std::string_view tail =
      dot != std::string_view::npos && kept.size() - dot <= 16 ? kept.substr(dot) : std::string_view();
  return std::string(http::utf8_prefix(kept.substr(0, kept.size() - tail.size()), kMaxNameBytes - tail.size())) +
         std::string(tail);
}

std::string extension_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot + 1 == name.size()) return {};
  std::string out(name.substr(dot + 1));
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

}  // namespace parley::files

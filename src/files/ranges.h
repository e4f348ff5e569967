// Conditional and partial answers (RFC 9110 sections 13 and 14), and what a file may be called in a header (RFC 6266).
// Pure text to values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley::files {

struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;  // inclusive
  [[nodiscard]] std::uint64_t length() const { return last - first + 1; }
  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

enum class RangeWish : std::uint8_t {
  kWhole,  // no Range, one that is no valid range, or several ranges: all of it, as RFC 9110 section 14.2 allows
  kPart,   // 206
  kUnsatisfiable,  // 416
};
struct RangeAnswer {
  RangeWish wish = RangeWish::kWhole;
  ByteRange range;  // kPart
};
// "bytes=0-499", "bytes=500-", "bytes=-500" of a body of `size` bytes.
[[nodiscard]] RangeAnswer parse_range(std::string_view header, std::uint64_t size);

// If-None-Match: weak comparison (section 8.8.3.2). etag is quoted.
[[nodiscard]] bool etag_matches(std::string_view if_none_match, std::string_view etag);
// If-Range: strong comparison; a date never matches, for we send none.
[[nodiscard]] bool if_range_matches(std::string_view if_range, std::string_view etag);

// "attachment; filename=\"a_.pdf\"; filename*=UTF-8''a%C3%A9.pdf"
[[nodiscard]] std::string content_disposition(bool attachment, std::string_view name);

// How content of this type may be answered. Types that a browser would run as a page of ours become a download.
struct SafeType {
  std::string content_type;
  bool inline_allowed = false;
};
[[nodiscard]] SafeType safe_type(std::string_view mime);

// One line without slashes and control characters, at most 255 bytes of UTF-8 with its extension kept; bidirectional
// overrides, which make "gpj.exe" read as something else, go. Empty when nothing is left.
[[nodiscard]] std::string clean_file_name(std::string_view name);
// "pdf" of "Report.PDF"; empty when there is none.
[[nodiscard]] std::string extension_of(std::string_view name);

}  // namespace parley::files

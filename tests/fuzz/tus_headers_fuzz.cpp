// What clients write into the headers of uploads and downloads.
#include <cstdint>
#include <string_view>

#include "files/ranges.h"
#include "files/tus_headers.h"
#include "http/query.h"

using namespace parley::files;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 6) {
    case 0: {
      const auto metadata = parse_tus_metadata(text);
      if (!metadata) break;
      const auto again = parse_tus_metadata(write_tus_metadata(*metadata));
      if (!again || *again != *metadata) __builtin_trap();
      for (const auto& [key, value] : *metadata) {
        if (key.empty() || !parley::http::is_utf8(value)) __builtin_trap();
      }
      break;
    }
    case 1: {
      const auto checksum = parse_tus_checksum(text);
      if (checksum && checksum->digest.size() != (checksum->kind == ChecksumKind::kSha1 ? 20U : 32U)) __builtin_trap();
      break;
    }
    case 2: {
      const auto concat = parse_tus_concat(text);
      if (concat && concat->final == concat->parts.empty()) __builtin_trap();
      break;
    }
    case 3: {
      const auto decoded = base64_decode(text);
      if (decoded && base64_encode(*decoded) != text) __builtin_trap();
      break;
    }
    case 4: {
      const std::uint64_t length = data[0];
      const RangeAnswer answer = parse_range(text, length);
      if (answer.wish == RangeWish::kPart && (answer.range.first > answer.range.last || answer.range.last >= length)) {
        __builtin_trap();
      }
      break;
    }
    default: {
      const std::string name = clean_file_name(text);
      if (!parley::http::is_utf8(name) || name.size() > 255 || name.find('/') != std::string::npos) __builtin_trap();
      const std::string header = content_disposition(true, name);
      if (header.find_first_of("\r\n") != std::string::npos) __builtin_trap();
      break;
    }
  }
  return 0;
}

// The headers of resumable uploads (tus 1.0.0, https://tus.io/protocols/resumable-upload). Pure text to values.
//
//   Upload-Metadata: filename d29ybGQucGRm,filetype YXBwbGljYXRpb24vcGRm,is_confidential
//   Upload-Checksum: sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=
//   Upload-Concat:   partial  |  final;/api/v1/uploads/a /api/v1/uploads/b
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace parley::files {

inline constexpr std::string_view kTusVersion = "1.0.0";
inline constexpr std::string_view kTusExtensions =
    "creation,creation-with-upload,creation-defer-length,termination,checksum,expiration,concatenation";
inline constexpr std::string_view kTusChecksums = "sha1,sha256";

struct TusLimits {
  static constexpr std::size_t kMetadataBytes = 8U << 10U;
  static constexpr std::size_t kMetadataKeys = 32;
  static constexpr std::size_t kParts = 1000;
};

// Decimal digits alone, at most 2^63 - 1. nullopt: anything else.
[[nodiscard]] std::optional<std::uint64_t> parse_tus_number(std::string_view text);

using TusMetadata = std::vector<std::pair<std::string, std::string>>;
// Values decoded; a key without one has "". Error invalid_argument, field "Upload-Metadata": broken Base64, a key
// twice, a value that is no UTF-8 or has control characters, too much of it.
[[nodiscard]] Result<TusMetadata, Error> parse_tus_metadata(std::string_view text);
[[nodiscard]] std::string write_tus_metadata(const TusMetadata& metadata);
// Empty when absent.
[[nodiscard]] std::string_view find_metadata(const TusMetadata& metadata, std::string_view key);

enum class ChecksumKind : std::uint8_t { kSha1, kSha256 };
struct TusChecksum {
  ChecksumKind kind = ChecksumKind::kSha1;
  std::string digest;  // raw bytes, as many as the kind has
};
// Error invalid_argument, field "Upload-Checksum".
[[nodiscard]] Result<TusChecksum, Error> parse_tus_checksum(std::string_view text);

struct TusConcat {
  bool final = false;              // else partial
  std::vector<std::string> parts;  // final: paths or URLs as they stand
};
// Error invalid_argument, field "Upload-Concat".
[[nodiscard]] Result<TusConcat, Error> parse_tus_concat(std::string_view text);

// RFC 4648 section 4, padded, nothing but its alphabet.
[[nodiscard]] std::optional<std::string> base64_decode(std::string_view text);
[[nodiscard]] std::string base64_encode(std::string_view bytes);

}  // namespace parley::files

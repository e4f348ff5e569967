// What an operator may set about files.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/time.h"

namespace parley::files {

struct S3Config {
  std::string endpoint;  // "https://s3.example.org"; path-style: endpoint/bucket/key
  std::string region = "us-east-1";
  std::string bucket;
  std::string access_key;
  std::string secret_key;
  std::uint64_t part_size = 16U << 20U;  // of multipart uploads; larger objects are put in parts
  Duration timeout = 60s;                // without a byte coming or going
};

enum class StorageKind : std::uint8_t { kDisk, kS3 };

struct StorageConfig {
  StorageKind kind = StorageKind::kDisk;
  std::string dir = "data/files";  // kDisk: objects; always: uploads under way
  S3Config s3;
};

// By the type that the content has, whatever its name says. A pattern is "image/png" or "image/*".
struct TypePolicy {
  std::vector<std::string> allow;  // empty: everything that is not denied
  std::vector<std::string> deny = {"application/x-dosexec",        "application/vnd.microsoft.portable-executable",
                                   "application/x-msdownload",     "application/x-executable",
                                   "application/x-pie-executable", "application/x-sharedlib",
                                   "application/x-mach-binary",    "application/x-msi"};
  // Endings of the name that are refused whatever the content: what a double click would run.
  std::vector<std::string> deny_extensions = {"exe", "com", "scr", "pif", "bat", "cmd", "msi", "vbs", "lnk", "hta"};
};

// Of previews: the longest edge, in pixels.
inline constexpr std::array<int, 3> kPreviewSizes = {64, 320, 1280};

struct PreviewLimits {
  std::uint64_t max_pixels = 100'000'000;  // of the original
  std::uint64_t max_bytes = 256U << 20U;   // of the original
  Duration time = 20s;                     // for one file
  std::size_t text_bytes = 16U << 10U;     // of a text's preview
  std::size_t at_once = 1;
  std::size_t waiting = 256;  // files that wait for theirs; later ones get it when first asked for
};

struct Config {
  StorageConfig storage;
  TypePolicy types;
  PreviewLimits previews;
  std::string clamav_socket;  // path, or "host:port"; empty: files are not scanned
  Duration clamav_timeout = 60s;
  std::uint64_t max_file_size = 5ULL << 30U;     // bytes
  std::uint64_t quota_per_user = 50ULL << 30U;   // bytes of all versions; 0: no limit
  std::uint64_t quota_per_room = 200ULL << 30U;  // likewise
  std::int64_t max_uploads_per_user = 100;       // under way
  Duration upload_ttl = 24h;                     // since the last byte
  Duration url_ttl = 15min;                      // of signed URLs
  Duration object_grace = 24h;                   // unused content is collected this long after its last use
  std::int64_t max_versions = 200;               // of one file
  bool guests_upload = true;
  std::string public_url;            // "https://parley.example.org"; empty: URLs without a host
  std::string cdn_url;               // instead, for signed URLs
  std::string url_key;               // secret of signed URLs; at least 16 bytes
  std::function<TimePoint()> clock;  // required
};

}  // namespace parley::files

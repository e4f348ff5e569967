// One signed request to an S3. Internal to files/.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "files/config.h"
#include "files/posix_file.h"

using CURL = void;

namespace parley::files {

struct S3Request {
  std::string method = "GET";
  std::string path;                          // "/bucket/key", plain
  std::map<std::string, std::string> query;  // sorted by name, as the signature wants them
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  // Instead of body: this part of a file.
  const PosixFile* file = nullptr;
  std::uint64_t file_offset = 0;
  std::uint64_t file_length = 0;
  std::size_t max_answer = 4U << 20U;
};

struct S3Answer {
  long status = 0;
  std::string etag;
  std::uint64_t content_length = 0;
  std::string body;
};

// Keeps its connection from one request to the next. For one thread at a time.
class S3Client {
 public:
  explicit S3Client(const S3Config& config);
  // An answer of any status below 500; what fails on the way, and 5xx, is tried again a few times and becomes
  // "unavailable".
  [[nodiscard]] Result<S3Answer, Error> send(const S3Request& request);

 private:
  struct Free {
    void operator()(CURL* handle) const;
  };
  [[nodiscard]] Result<S3Answer, Error> send_once(const S3Request& request);

  const S3Config& config_;
  std::unique_ptr<CURL, Free> curl_;
};

// Of an answer that is no success.
[[nodiscard]] Error s3_error(std::string_view doing, const S3Answer& answer);

}  // namespace parley::files

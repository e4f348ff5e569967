// The file of one upload while bytes are added to it. Its methods block and run on the pool, one at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "files/digest.h"
#include "files/posix_file.h"
#include "files/tus_headers.h"

namespace parley::files {

// A digest and how many bytes of the upload it has seen.
struct Progress {
  Digest digest{Digest::Kind::kSha256};
  std::uint64_t hashed = 0;
};

class UploadWriter {
 public:
  explicit UploadWriter(Progress progress) : progress_(std::move(progress)) {}

  // Opens, or makes, the file. What lies behind `durable` was never promised to anybody and goes. Error "gone": the
  // file is shorter.
  [[nodiscard]] Result<void, Error> open(const std::filesystem::path& path, std::uint64_t durable,
                                         std::optional<ChecksumKind> checksum);
  // Appends buffer()[0, size).
  [[nodiscard]] Result<void, Error> write(std::size_t size);
  [[nodiscard]] Result<void, Error> sync();
  // Nothing of what was written since open() stays.
  [[nodiscard]] Result<void, Error> undo();
  [[nodiscard]] bool checksum_matches(const TusChecksum& expected) const;

  [[nodiscard]] std::vector<std::uint8_t>& buffer() { return buffer_; }
  [[nodiscard]] std::uint64_t offset() const { return offset_; }
  [[nodiscard]] std::uint64_t durable() const { return durable_; }
  [[nodiscard]] Progress take_progress() { return std::move(progress_); }

 private:
  PosixFile file_;
  Progress progress_;
  std::optional<Digest> checksum_;
  std::optional<Digest> digest_before_;
  std::uint64_t hashed_before_ = 0;
  std::uint64_t begin_ = 0;
  std::uint64_t offset_ = 0;
  std::uint64_t durable_ = 0;
  std::vector<std::uint8_t> buffer_;
};

// Goes on with the digest to the file's end. Error "gone": there is no such file, or it is not `size` bytes long.
[[nodiscard]] Result<std::string, Error> finish_digest(Progress progress, const std::filesystem::path& path,
                                                       std::uint64_t size);
// Writes the parts one after the other into `to`, durably, and answers the digest of it all.
[[nodiscard]] Result<std::string, Error> concatenate(const std::vector<std::filesystem::path>& parts,
                                                     const std::filesystem::path& to);

}  // namespace parley::files

// Files of the operating system with errors as values. Blocking: for threads of the pool.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "base/bytes.h"
#include "base/result.h"

namespace parley::files {

class PosixFile {
 public:
  PosixFile() = default;
  explicit PosixFile(int descriptor) : descriptor_(descriptor) {}
  PosixFile(PosixFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  PosixFile& operator=(PosixFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  PosixFile(const PosixFile&) = delete;
  PosixFile& operator=(const PosixFile&) = delete;
  ~PosixFile();

  // flags of open(2); O_CLOEXEC is added.
  [[nodiscard]] static Result<PosixFile, Error> open(const std::filesystem::path& path, int flags);

  [[nodiscard]] Result<std::uint64_t, Error> size() const;
  // Fewer than asked for only at the end.
  [[nodiscard]] Result<std::size_t, Error> read_at(std::uint64_t offset, ByteSpan out) const;
  // All of it, or an Error; "insufficient_storage" when the disk or the quota is full.
  [[nodiscard]] Result<void, Error> write_at(std::uint64_t offset, ByteView bytes) const;
  [[nodiscard]] Result<void, Error> truncate(std::uint64_t size) const;
  // What was written survives a power loss.
  [[nodiscard]] Result<void, Error> sync() const;
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_ = -1;
};

// Of errno.
[[nodiscard]] Error file_error(std::string_view doing, const std::filesystem::path& path, int error);
// The names in it survive a power loss.
[[nodiscard]] Result<void, Error> sync_directory(const std::filesystem::path& dir);
[[nodiscard]] Result<void, Error> make_directories(const std::filesystem::path& dir);
// Gives the content of `from` the name `to`, durably, unless something has that name. By a second name for the same
// file, or a copy where that cannot be.
[[nodiscard]] Result<void, Error> link_into_place(const std::filesystem::path& from, const std::filesystem::path& to);
// A whole small file; Error payload_too_large beyond max_bytes.
[[nodiscard]] Result<std::string, Error> read_whole(const std::filesystem::path& path, std::size_t max_bytes);

}  // namespace parley::files

#include "files/posix_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

#include "files/text_result.h"

namespace parley::files {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kCopyBuffer = 1U << 20U;

Error plain_error(std::string_view doing, int error) { return file_error(doing, {}, error); }

// The target is complete before it takes its name.
Result<void, Error> copy_into_place(const fs::path& from, const fs::path& to) {
  const fs::path part = to.string() + ".copy";
  auto source = PosixFile::open(from, O_RDONLY);
  if (!source) return source.error();
  auto target = PosixFile::open(part, O_WRONLY | O_CREAT | O_TRUNC);
  if (!target) return target.error();
  std::vector<std::uint8_t> buffer(kCopyBuffer);
  std::uint64_t offset = 0;
  while (true) {
    const auto got = source->read_at(offset, buffer);
    if (!got) return got.error();
    if (*got == 0) break;
    if (auto written = target->write_at(offset, ByteView(buffer).first(*got)); !written) return written;
    offset += *got;
  }
  if (auto synced = target->sync(); !synced) return synced;
  if (::rename(part.c_str(), to.c_str()) != 0) return file_error("rename", part, errno);
  return {};
}

}  // namespace

Error file_error(std::string_view doing, const fs::path& path, int error) {
  std::string message = "cannot " + std::string(doing);
  if (!path.empty()) message += " " + path.string();
  message += ": " + std::string(std::strerror(error));
  if (error == ENOSPC || error == EDQUOT || error == EFBIG) {
    return {"insufficient_storage", "the server's storage is full; what has arrived is kept, try again later", ""};
  }
  if (error == ENOENT) return {"not_found", std::move(message), ""};
  return {"internal", std::move(message), ""};
}

PosixFile::~PosixFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<PosixFile, Error> PosixFile::open(const fs::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, 0600);
  if (descriptor < 0) return file_error("open", path, errno);
  return PosixFile(descriptor);
}

Result<std::uint64_t, Error> PosixFile::size() const {
  struct stat info {};
  if (::fstat(descriptor_, &info) != 0) return plain_error("look at a file", errno);
  return static_cast<std::uint64_t>(info.st_size);
}

Result<std::size_t, Error> PosixFile::read_at(std::uint64_t offset, ByteSpan out) const {
  std::size_t total = 0;
  while (total < out.size()) {
    const ssize_t n = ::pread(descriptor_, out.data() + total, out.size() - total, static_cast<off_t>(offset + total));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return plain_error("read a file", errno);
    if (n == 0) break;
    total += static_cast<std::size_t>(n);
  }
  return total;
}

Result<void, Error> PosixFile::write_at(std::uint64_t offset, ByteView bytes) const {
  while (!bytes.empty()) {
    const ssize_t n = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return plain_error("write a file", errno);
    offset += static_cast<std::uint64_t>(n);
    bytes = bytes.subspan(static_cast<std::size_t>(n));
  }
  return {};
}

Result<void, Error> PosixFile::truncate(std::uint64_t size) const {
  if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) return plain_error("shorten a file", errno);
  return {};
}

Result<void, Error> PosixFile::sync() const {
  if (::fdatasync(descriptor_) != 0) return plain_error("make a file durable", errno);
  return {};
}

Result<void, Error> sync_directory(const fs::path& dir) {
  const auto opened = PosixFile::open(dir, O_RDONLY | O_DIRECTORY);
  if (!opened) return opened.error();
  if (::fsync(opened->descriptor()) != 0) return file_error("make durable", dir, errno);
  return {};
}

Result<void, Error> make_directories(const fs::path& dir) {
  std::error_code ec;
  if (dir.empty() || fs::is_directory(dir, ec)) return {};
  if (auto made = make_directories(dir.parent_path()); !made) return made;
  if (::mkdir(dir.c_str(), 0700) != 0 && errno != EEXIST) return file_error("make the folder", dir, errno);
  return sync_directory(dir.has_parent_path() ? dir.parent_path() : fs::path("."));
}

Result<void, Error> link_into_place(const fs::path& from, const fs::path& to) {
  if (auto made = make_directories(to.parent_path()); !made) return made;
  if (::link(from.c_str(), to.c_str()) != 0 && errno != EEXIST) {
    if (errno == ENOENT) return file_error("find", from, ENOENT);
    if (auto copied = copy_into_place(from, to); !copied) return copied;
  }
  return sync_directory(to.parent_path());
}

Result<std::string, Error> read_whole(const fs::path& path, std::size_t max_bytes) {
  const auto file = PosixFile::open(path, O_RDONLY);
  if (!file) return file.error();
  const auto size = file->size();
  if (!size) return size.error();
  if (*size > max_bytes) return Error{"payload_too_large", "the file is too large", ""};
  std::string out(*size, '\0');
  const auto got = file->read_at(0, {reinterpret_cast<std::uint8_t*>(out.data()), out.size()});
  if (!got) return got.error();
  out.resize(*got);
  return text_result(std::move(out));
}

}  // namespace parley::files

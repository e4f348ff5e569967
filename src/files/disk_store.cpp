#include "files/disk_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "files/posix_file.h"
#include "files/s3_store.h"

namespace parley::files {

namespace fs = std::filesystem;

namespace {

class DiskReader final : public ObjectReader {
 public:
  DiskReader(PosixFile file, std::uint64_t size) : file_(std::move(file)), size_(size) {}
  std::uint64_t size() const override { return size_; }
  Result<std::size_t, Error> read_at(std::uint64_t offset, ByteSpan out) override { return file_.read_at(offset, out); }

 private:
  PosixFile file_;
  std::uint64_t size_;
};

Error no_object() { return {"not_found", "there is no such object", ""}; }

std::size_t last_slash(const std::string& key) {
  const std::size_t slash = key.rfind('/');
  return slash == std::string::npos ? 0 : slash + 1;
}

}  // namespace

bool is_object_key(std::string_view key) {
  if (key.empty() || key.size() > 200 || key.front() == '/' || key.back() == '/') return false;
  std::size_t begin = 0;
  while (begin < key.size()) {
    const std::size_t end = std::min(key.find('/', begin), key.size());
    const std::string_view segment = key.substr(begin, end - begin);
    if (segment.find_first_not_of('.') == std::string_view::npos) return false;
    for (const char c : segment) {
      const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && c != '-' && c != '.' && c != '_') return false;
    }
    begin = end + 1;
  }
  return true;
}

Result<std::unique_ptr<ObjectStore>, Error> open_object_store(const StorageConfig& config) {
  if (config.kind == StorageKind::kS3) {
    auto made = S3Store::create(config.s3);
    if (!made) return made.error();
    return std::unique_ptr<ObjectStore>(std::move(*made));
  }
  return DiskStore::create(config.dir);
}

Result<std::unique_ptr<ObjectStore>, Error> DiskStore::create(const fs::path& dir) {
  const fs::path root = fs::path(dir) / "objects";
  const auto made = make_directories(root);
  if (!made || ::access(root.c_str(), W_OK) != 0) {
    return Error{"invalid_argument", "cannot write to " + root.string() + "; set files.dir to a folder of the server's",
                 "files.dir"};
  }
  return std::unique_ptr<ObjectStore>(new DiskStore(root));
}

// The two levels keep folders small: 65,536 of them.
fs::path DiskStore::path_of(const std::string& key) const {
  const std::size_t name = last_slash(key);
  const std::string stem = key.substr(name);
  const std::string padded = stem + "____";
  return root_ / key.substr(0, name) / padded.substr(0, 2) / padded.substr(2, 2) / stem;
}

Result<void, Error> DiskStore::put(const std::string& key, const fs::path& file) {
  if (!is_object_key(key)) return Error{"internal", "no name for an object: " + key, ""};
  {
    const auto source = PosixFile::open(file, O_RDONLY);
    if (!source) return source.error();
    if (auto synced = source->sync(); !synced) return synced;
  }
  return link_into_place(file, path_of(key));
}

Result<std::unique_ptr<ObjectReader>, Error> DiskStore::open(const std::string& key) {
  if (!is_object_key(key)) return no_object();
  auto file = PosixFile::open(path_of(key), O_RDONLY);
  if (!file) return file.error().code == "not_found" ? no_object() : file.error();
  const auto size = file->size();
  if (!size) return size.error();
  return std::unique_ptr<ObjectReader>(std::make_unique<DiskReader>(std::move(*file), *size));
}

Result<bool, Error> DiskStore::exists(const std::string& key) {
  return is_object_key(key) && ::access(path_of(key).c_str(), F_OK) == 0;
}

Result<void, Error> DiskStore::remove(const std::string& key) {
  if (!is_object_key(key)) return {};
  const fs::path path = path_of(key);
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return file_error("remove", path, errno);
  return {};
}

Result<std::vector<std::string>, Error> DiskStore::list(const std::string& after, std::size_t limit) {
  std::vector<std::string> keys;
  std::error_code ec;
  for (auto it = fs::recursive_directory_iterator(root_, ec); !ec && it != fs::recursive_directory_iterator();
       it.increment(ec)) {
    if (!it->is_regular_file(ec) || it->path().extension() == ".copy") continue;
    // Without the two levels that path_of() put in.
    const fs::path relative = it->path().lexically_relative(root_);
    fs::path key = relative.parent_path().parent_path().parent_path() / relative.filename();
    if (key.string() > after) keys.push_back(key.string());
  }
  if (ec && ec.value() != ENOENT) return file_error("list", root_, ec.value());
  std::sort(keys.begin(), keys.end());
  if (keys.size() > limit) keys.resize(limit);
  return keys;
}

}  // namespace parley::files

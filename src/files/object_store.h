// Where content lies: objects that never change, named by their SHA-256 (or "previews/…"). Every call blocks and is
// made on a pool's thread; implementations may be used by several threads at once.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "files/config.h"

namespace parley::files {

// One object, open for reading. Used by one thread at a time.
class ObjectReader {
 public:
  virtual ~ObjectReader() = default;
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  // Fills as much of out as there is from offset on; 0 only at the end.
  [[nodiscard]] virtual Result<std::size_t, Error> read_at(std::uint64_t offset, ByteSpan out) = 0;
};

class ObjectStore {
 public:
  virtual ~ObjectStore() = default;
  // The content of `file` becomes the object. The file stays, but must not be written to any more: it may be the
  // object itself by another name. When this returns, the object
  // survives a power loss. Putting an object that exists is fine. Error codes: "insufficient_storage", "unavailable",
  // "internal".
  [[nodiscard]] virtual Result<void, Error> put(const std::string& key, const std::filesystem::path& file) = 0;
  // Error "not_found".
  [[nodiscard]] virtual Result<std::unique_ptr<ObjectReader>, Error> open(const std::string& key) = 0;
  [[nodiscard]] virtual Result<bool, Error> exists(const std::string& key) = 0;
  // Removing what is not there is fine.
  [[nodiscard]] virtual Result<void, Error> remove(const std::string& key) = 0;
  // Where the object lies as a file of this machine; empty when it does not.
  [[nodiscard]] virtual std::filesystem::path local_path(const std::string& /*key*/) const { return {}; }
  // Keys after `after` in ascending order, at most limit.
  [[nodiscard]] virtual Result<std::vector<std::string>, Error> list(const std::string& after, std::size_t limit) = 0;
};

// Letters, digits, '-', '.', '_' and '/' between non-empty segments that are not dots alone.
[[nodiscard]] bool is_object_key(std::string_view key);

// Error invalid_argument; the field names the setting ("files.dir", "files.s3.endpoint", …).
[[nodiscard]] Result<std::unique_ptr<ObjectStore>, Error> open_object_store(const StorageConfig& config);

}  // namespace parley::files

// Objects as files: <dir>/objects/ab/cd/abcd… by the first letters of their names.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "files/object_store.h"

namespace parley::files {

class DiskStore final : public ObjectStore {
 public:
  // Error invalid_argument, field "files.dir": the folder cannot be made or written to.
  static Result<std::unique_ptr<ObjectStore>, Error> create(const std::filesystem::path& dir);

  Result<void, Error> put(const std::string& key, const std::filesystem::path& file) override;
  Result<std::unique_ptr<ObjectReader>, Error> open(const std::string& key) override;
  Result<bool, Error> exists(const std::string& key) override;
  Result<void, Error> remove(const std::string& key) override;
  std::filesystem::path local_path(const std::string& key) const override { return path_of(key); }
  Result<std::vector<std::string>, Error> list(const std::string& after, std::size_t limit) override;

 private:
  explicit DiskStore(std::filesystem::path root) : root_(std::move(root)) {}
  [[nodiscard]] std::filesystem::path path_of(const std::string& key) const;

  std::filesystem::path root_;
};

}  // namespace parley::files

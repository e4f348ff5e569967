// Objects in any S3 (path-style addresses, AWS Signature Version 4 by libcurl). Larger ones are put in parts; reading
// asks for ranges, so that a slow reader holds no connection.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "files/object_store.h"

namespace parley::files {

class S3Store final : public ObjectStore {
 public:
  // Does not connect. Error invalid_argument, field "files.s3.…".
  static Result<std::unique_ptr<S3Store>, Error> create(S3Config config);

  Result<void, Error> put(const std::string& key, const std::filesystem::path& file) override;
  Result<std::unique_ptr<ObjectReader>, Error> open(const std::string& key) override;
  Result<bool, Error> exists(const std::string& key) override;
  Result<void, Error> remove(const std::string& key) override;
  Result<std::vector<std::string>, Error> list(const std::string& after, std::size_t limit) override;
  // Makes the bucket; one that is there is fine.
  Result<void, Error> make_bucket();

 private:
  explicit S3Store(S3Config config);
  S3Config config_;
};

// The texts of all <tag>…</tag> of an XML document, entities resolved.
[[nodiscard]] std::vector<std::string> xml_texts(std::string_view document, std::string_view tag);

}  // namespace parley::files

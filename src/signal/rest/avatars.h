// Pictures of people: kept in the object storage under their SHA-256, so that an address always shows the same picture
// and may be cached for ever. Nobody's permission is asked to see one: <img> sends no token, and the address cannot be
// guessed.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace parley::files {
class ObjectStore;
}
namespace parley::work {
class Pool;
}

namespace parley::signal::rest {

// By the first bytes: "image/png", "image/jpeg", "image/gif", "image/webp"; empty for anything else.
[[nodiscard]] std::string_view image_type_of(std::string_view bytes);

class Avatars {
 public:
  // Both outlive it. temp_dir: a folder for pictures on their way into the storage.
  Avatars(files::ObjectStore& objects, work::Pool& pool, std::string temp_dir, std::size_t max_bytes)
      : objects_(objects), pool_(pool), temp_dir_(std::move(temp_dir)), max_bytes_(max_bytes) {}

  // The picture's name. Errors: "payload_too_large", "unsupported_media_type", and those of the storage.
  boost::asio::awaitable<Result<std::string, Error>> put(std::string bytes);
  // Error "not_found".
  boost::asio::awaitable<Result<std::string, Error>> get(std::string name);

 private:
  files::ObjectStore& objects_;
  work::Pool& pool_;
  std::string temp_dir_;
  std::size_t max_bytes_;
};

}  // namespace parley::signal::rest

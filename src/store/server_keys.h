// Secrets that the server makes for itself and keeps across restarts, such as the key that signs its access tokens.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/result.h"

namespace parley::store {

class Session;

struct ServerKey {
  std::string id{};       // "kid" of a token
  std::string purpose{};  // "session", …
  std::string secret{};   // text: base64 where it is bytes
  std::int64_t created_at = 0;

  auto columns() { return std::tie(id, purpose, secret, created_at); }
};

// Newest first.
Result<std::vector<ServerKey>, Error> list_server_keys(Session& session, std::string_view purpose);
// A new key becomes the newest of its purpose; created_at is set.
Result<void, Error> insert_server_key(Session& session, const ServerKey& key);
// The newest key of candidate.purpose; where there is none, `candidate` becomes it. Of servers that start at once all
// get the same.
Result<ServerKey, Error> ensure_server_key(Session& session, const ServerKey& candidate);
// Keys of the purpose made before, except the newest; answers how many went.
Result<std::int64_t, Error> delete_server_keys(Session& session, std::string_view purpose, std::int64_t made_before);

}  // namespace parley::store

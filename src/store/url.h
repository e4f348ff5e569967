// database.url, taken apart.
#pragma once

#include <string>

#include "base/result.h"
#include "store/session.h"

namespace parley::store {

struct Url {
  Engine engine = Engine::kSqlite;
  std::string path;        // SQLite: the file; empty: one that lives as long as the process
  std::string connection;  // PostgreSQL: libpq's keywords and values, written for SOCI's factory
  std::string shown;       // for messages: without a password
};

// Error "invalid_argument" of field "database.url".
[[nodiscard]] Result<Url, Error> parse_url(const std::string& url);

}  // namespace parley::store

// What administrators look at: everything on the server, page by page, and its size.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/result.h"
#include "store/calls.h"
#include "store/rooms.h"

namespace parley::store {

class Session;

// All rooms, direct and private ones among them, by id (age) after `after`.
Result<std::vector<Room>, Error> list_all_rooms(Session& session, std::string_view after, std::size_t limit);
// Those without an end, oldest first.
Result<std::vector<Call>, Error> list_live_calls(Session& session, std::size_t limit);

struct Totals {
  std::int64_t users = 0;  // guests among them, deleted ones not
  std::int64_t rooms = 0;
  std::int64_t files = 0;
  std::int64_t versions = 0;
  std::int64_t bytes = 0;         // of all versions
  std::int64_t stored_bytes = 0;  // of their contents, equal ones counted once
  std::int64_t uploads = 0;       // under way
  std::int64_t upload_bytes = 0;  // received of them
  std::int64_t database_bytes = 0;

  auto columns() {
    return std::tie(users, rooms, files, versions, bytes, stored_bytes, uploads, upload_bytes, database_bytes);
  }
};
// Reads whole tables or their indexes: for a page that a person looks at, not for every request.
Result<Totals, Error> totals(Session& session);

}  // namespace parley::store

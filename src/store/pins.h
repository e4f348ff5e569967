// Pinned messages of a room.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/result.h"

namespace parley::store {

class Session;

struct Pin {
  std::string room_id;
  std::string message_id;
  std::string pinned_by;
  std::int64_t pinned_at = 0;

  auto columns() { return std::tie(room_id, message_id, pinned_by, pinned_at); }
};

// False: was pinned already.
Result<bool, Error> insert_pin(Session& session, const Pin& pin);
// False: was not pinned.
Result<bool, Error> delete_pin(Session& session, std::string_view message_id);
Result<std::int64_t, Error> count_pins(Session& session, std::string_view room_id);
// Newest first.
Result<std::vector<Pin>, Error> list_pins(Session& session, std::string_view room_id, std::size_t limit);

}  // namespace parley::store

// What a member wants of a room: where it stands in lists, and what of it makes a notice.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "base/result.h"

namespace parley::store {

class Session;

struct RoomPreferences {
  bool starred = false;
  bool muted = false;
  std::string notify;  // "everything", "mentions", "nothing"; empty: never chosen

  auto columns() { return std::tie(starred, muted, notify); }
  friend bool operator==(const RoomPreferences&, const RoomPreferences&) = default;
};

// Nothing chosen: the defaults of RoomPreferences.
Result<RoomPreferences, Error> room_preferences(Session& session, std::string_view room_id, std::string_view user_id);
Result<void, Error> save_room_preferences(Session& session, std::string_view room_id, std::string_view user_id,
                                          const RoomPreferences& preferences);

}  // namespace parley::store

#include "store/preferences.h"

#include "store/session.h"

namespace parley::store {

Result<RoomPreferences, Error> room_preferences(Session& session, std::string_view room_id, std::string_view user_id) {
  return session
      .row<RoomPreferences>(
          "SELECT starred, muted, notify FROM room_preferences WHERE room_id = :room AND user_id = :user", room_id,
          user_id)
      .value_or(RoomPreferences{});
}

Result<void, Error> save_room_preferences(Session& session, std::string_view room_id, std::string_view user_id,
                                          const RoomPreferences& preferences) {
  session.exec(
      "INSERT INTO room_preferences (room_id, user_id, starred, muted, notify) "
      "VALUES (:room, :user, :starred, :muted, :notify) ON CONFLICT (room_id, user_id) DO UPDATE SET "
      "starred = excluded.starred, muted = excluded.muted, notify = excluded.notify",
      room_id, user_id, preferences.starred, preferences.muted, preferences.notify);
  return {};
}

}  // namespace parley::store

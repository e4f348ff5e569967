#include "store/pins.h"

#include "store/session.h"

namespace parley::store {

Result<bool, Error> insert_pin(Session& session, const Pin& pin) {
  const std::int64_t rows = session.exec(
      "INSERT INTO pins (message_id, room_id, pinned_by, pinned_at) VALUES (:message, :room, :by, :at) "
      "ON CONFLICT (message_id) DO NOTHING",
      pin.message_id, pin.room_id, pin.pinned_by, pin.pinned_at);
  if (rows == 0) return false;
  session.exec("UPDATE messages SET pinned = 1 WHERE id = :id", pin.message_id);
  return true;
}

Result<bool, Error> delete_pin(Session& session, std::string_view message_id) {
  if (session.exec("DELETE FROM pins WHERE message_id = :id", message_id) == 0) return false;
  session.exec("UPDATE messages SET pinned = 0 WHERE id = :id", message_id);
  return true;
}

Result<std::int64_t, Error> count_pins(Session& session, std::string_view room_id) {
  return session.value<std::int64_t>("SELECT count(*) FROM pins WHERE room_id = :room", room_id).value_or(0);
}

Result<std::vector<Pin>, Error> list_pins(Session& session, std::string_view room_id, std::size_t limit) {
  return session.rows<Pin>(
      "SELECT room_id, message_id, pinned_by, pinned_at FROM pins WHERE room_id = :room ORDER BY pinned_at DESC "
      "LIMIT :limit",
      room_id, limit);
}

}  // namespace parley::store

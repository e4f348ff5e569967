#include "store/read_markers.h"

#include "store/session.h"

namespace parley::store {

Result<bool, Error> advance_read_marker(Session& session, const ReadMarker& marker) {
  return session.exec(
             "INSERT INTO read_markers (room_id, user_id, seq, read_at) VALUES (:room, :user, :seq, :at) "
             "ON CONFLICT (room_id, user_id) DO UPDATE SET seq = excluded.seq, read_at = excluded.read_at "
             "WHERE read_markers.seq < excluded.seq",
             marker.room_id, marker.user_id, marker.seq, marker.read_at) > 0;
}

Result<std::int64_t, Error> read_seq(Session& session, std::string_view room_id, std::string_view user_id) {
  return session
      .value<std::int64_t>("SELECT seq FROM read_markers WHERE room_id = :room AND user_id = :user", room_id, user_id)
      .value_or(0);
}

Result<std::vector<ReadMarker>, Error> list_read_markers(Session& session, std::string_view room_id,
                                                         std::size_t limit) {
  return session.rows<ReadMarker>(
      "SELECT room_id, user_id, seq, read_at FROM read_markers WHERE room_id = :room ORDER BY user_id LIMIT :limit",
      room_id, limit);
}

Result<std::vector<ReadMarker>, Error> read_markers_of(Session& session, std::string_view user_id) {
  return session.rows<ReadMarker>(
      "SELECT room_id, user_id, seq, read_at FROM read_markers WHERE user_id = :user ORDER BY room_id", user_id);
}

}  // namespace parley::store

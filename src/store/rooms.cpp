#include "store/rooms.h"

#include "store/session.h"

namespace parley::store {

namespace {

#define PARLEY_ROOM_COLUMNS                                                                                        \
  "r.id, r.name, r.type, r.visibility, r.topic, r.flag, r.e2ee, r.archived, r.locked, r.retention_days, "          \
  "COALESCE(r.owner_id, ''), COALESCE(r.direct_key, ''), r.member_count, r.last_seq, r.created_at, r.updated_at, " \
  "r.deleted_at"

// What a list shows of a room besides the room. :unread bounds how far the counting goes.
#define PARLEY_LISTING                                                                                     \
  "SELECT " PARLEY_ROOM_COLUMNS                                                                            \
  ", m.role, COALESCE(k.seq, 0), "                                                                         \
  "(SELECT count(*) FROM (SELECT 1 FROM messages x WHERE x.room_id = r.id AND x.seq > COALESCE(k.seq, 0) " \
  "AND x.sender_id <> :me AND x.deleted_at = 0 LIMIT :unread) u), "                                        \
  "(SELECT count(*) FROM mentions n WHERE n.user_id IN (:me, 'room') AND n.room_id = r.id "                \
  "AND n.seq > COALESCE(k.seq, 0)), "                                                                      \
  "COALESCE((SELECT y.id FROM messages y WHERE y.room_id = r.id ORDER BY y.seq DESC LIMIT 1), ''), "       \
  "COALESCE((SELECT p.user_id FROM room_members p WHERE r.type = 'direct' AND p.room_id = r.id "           \
  "AND p.user_id <> :me LIMIT 1), ''), "                                                                   \
  "COALESCE(f.starred, 0), COALESCE(f.muted, 0), COALESCE(f.notify, '') "                                  \
  "FROM room_members m JOIN rooms r ON r.id = m.room_id "                                                  \
  "LEFT JOIN read_markers k ON k.room_id = m.room_id AND k.user_id = m.user_id "                           \
  "LEFT JOIN room_preferences f ON f.room_id = m.room_id AND f.user_id = m.user_id "

std::optional<std::string_view> text_or_null(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

}  // namespace

Result<void, Error> insert_room(Session& session, const Room& room) {
  session.exec(
      "INSERT INTO rooms (id, name, type, visibility, topic, flag, e2ee, archived, locked, retention_days, owner_id, "
      "direct_key, member_count, last_seq, created_at, updated_at, deleted_at) VALUES (:id, :name, :type, :visibility, "
      ":topic, :flag, :e2ee, :archived, :locked, :retention, :owner, :direct, 0, 0, :created, :updated, 0)",
      room.id, room.name, room.type, room.visibility, room.topic, room.flag, room.e2ee, room.archived, room.locked,
      room.retention_days, text_or_null(room.owner_id), text_or_null(room.direct_key), room.created_at,
      room.updated_at);
  return {};
}

Result<std::optional<Room>, Error> find_room(Session& session, std::string_view id) {
  return session.row<Room>("SELECT " PARLEY_ROOM_COLUMNS " FROM rooms r WHERE r.id = :id AND r.deleted_at = 0", id);
}

Result<std::optional<Room>, Error> find_direct_room(Session& session, std::string_view direct_key) {
  return session.row<Room>(
      "SELECT " PARLEY_ROOM_COLUMNS " FROM rooms r WHERE r.direct_key = :direct_key AND r.deleted_at = 0", direct_key);
}

Result<void, Error> update_room(Session& session, const Room& room) {
  session.exec(
      "UPDATE rooms SET name = :name, topic = :topic, flag = :flag, visibility = :visibility, e2ee = :e2ee, "
      "archived = :archived, locked = :locked, retention_days = :retention, updated_at = :updated WHERE id = :id",
      room.name, room.topic, room.flag, room.visibility, room.e2ee, room.archived, room.locked, room.retention_days,
      room.updated_at, room.id);
  return {};
}

Result<void, Error> delete_room(Session& session, std::string_view id, std::int64_t at) {
  // The key goes at once, so that the two can have a new room.
  session.exec("UPDATE rooms SET deleted_at = :at, direct_key = NULL WHERE id = :id AND deleted_at = 0", at, id);
  session.exec("DELETE FROM room_members WHERE room_id = :id", id);
  return {};
}

Result<std::vector<std::string>, Error> deleted_rooms(Session& session, std::size_t limit) {
  return session.rows<std::string>("SELECT id FROM rooms WHERE deleted_at > 0 ORDER BY deleted_at LIMIT :limit", limit);
}

Result<void, Error> purge_room(Session& session, std::string_view id) {
  session.exec("DELETE FROM rooms WHERE id = :id AND deleted_at > 0", id);
  return {};
}

Result<std::vector<Room>, Error> list_public_rooms(Session& session, std::string_view after, std::size_t limit) {
  return session.rows<Room>("SELECT " PARLEY_ROOM_COLUMNS
                            " FROM rooms r WHERE r.visibility = 'public' AND r.deleted_at = 0 AND r.id > :after "
                            "ORDER BY r.id LIMIT :limit",
                            after, limit);
}

Result<std::vector<RoomListing>, Error> list_rooms_of(Session& session, std::string_view user_id,
                                                      std::string_view after, std::size_t limit) {
  return session.rows<RoomListing>(PARLEY_LISTING
                                   "WHERE m.user_id = :me AND m.room_id > :after AND r.deleted_at = 0 "
                                   "ORDER BY m.room_id LIMIT :limit",
                                   user_id, kUnreadLimit, after, limit);
}

Result<std::optional<RoomListing>, Error> find_room_of(Session& session, std::string_view user_id,
                                                       std::string_view room_id) {
  return session.row<RoomListing>(PARLEY_LISTING "WHERE m.user_id = :me AND m.room_id = :room AND r.deleted_at = 0",
                                  user_id, kUnreadLimit, room_id);
}

Result<std::vector<RoomSize>, Error> room_sizes_of(Session& session, std::string_view user_id) {
  return session.rows<RoomSize>(
      "SELECT r.id, r.member_count FROM room_members m JOIN rooms r ON r.id = m.room_id "
      "WHERE m.user_id = :me AND r.deleted_at = 0",
      user_id);
}

Result<std::vector<RoomName>, Error> room_names_of(Session& session, std::string_view user_id) {
  return session.rows<RoomName>(
      "SELECT r.id, r.name FROM room_members m JOIN rooms r ON r.id = m.room_id "
      "WHERE m.user_id = :me AND r.deleted_at = 0",
      user_id);
}

Result<std::vector<Room>, Error> rooms_with_retention(Session& session, std::string_view after, std::size_t limit) {
  return session.rows<Room>("SELECT " PARLEY_ROOM_COLUMNS
                            " FROM rooms r WHERE r.retention_days > 0 AND r.deleted_at = 0 AND r.id > :after "
                            "ORDER BY r.id LIMIT :limit",
                            after, limit);
}

}  // namespace parley::store

#include "store/room_events.h"

#include "store/session.h"

namespace parley::store {

namespace {

// Old events go in lots: one removal for so many events costs less than one for each.
constexpr std::int64_t kTrimEvery = 64;

void trim(Session& session, std::string_view room_id, std::int64_t seq) {
  if (seq % kTrimEvery != 0 || seq <= kKeptRoomEvents) return;
  session.exec("DELETE FROM room_events WHERE room_id = :room AND seq <= :oldest", room_id, seq - kKeptRoomEvents);
}

}  // namespace

std::string event_data(std::string_view room_id, std::int64_t seq, std::string_view body_json) {
  std::string data = R"({"roomId":")";
  data.append(room_id).append(R"(","seq":)").append(std::to_string(seq));
  const std::string_view rest = body_json.substr(1);
  if (rest != "}") data.push_back(',');
  return data.append(rest);
}

Result<std::int64_t, Error> take_room_seq(Session& session, std::string_view room_id, std::string_view member_id) {
  if (member_id.empty()) {
    const auto seq = session.value<std::int64_t>(
        "UPDATE rooms SET last_seq = last_seq + 1 WHERE id = :room AND deleted_at = 0 RETURNING last_seq", room_id);
    if (!seq) return Error{"not_found", "there is no such room", "roomId"};
    return *seq;
  }
  const auto seq = session.value<std::int64_t>(
      "UPDATE rooms SET last_seq = last_seq + 1 WHERE id = :room AND deleted_at = 0 AND EXISTS "
      "(SELECT 1 FROM room_members WHERE room_id = :room AND user_id = :member) RETURNING last_seq",
      room_id, member_id);
  if (!seq) return Error{"permission_denied", "you do not belong to this room any more", "roomId"};
  return *seq;
}

Result<void, Error> insert_room_event(Session& session, const RoomEvent& event) {
  session.exec(
      "INSERT INTO room_events (room_id, seq, name, data, message_id, created_at) VALUES (:room, :seq, :name, :data, "
      ":message, :created)",
      event.room_id, event.seq, event.name, event.data,
      event.message_id.empty() ? std::optional<std::string_view>() : event.message_id, event.created_at);
  trim(session, event.room_id, event.seq);
  return {};
}

Result<RoomEvent, Error> append_room_event(Session& session, std::string_view room_id, std::string_view name,
                                           std::string_view body_json) {
  const Result<std::int64_t, Error> seq = take_room_seq(session, room_id);
  if (!seq) return seq.error();
  RoomEvent event{std::string(room_id), *seq, std::string(name), event_data(room_id, *seq, body_json), {},
                  session.now_ms()};
  if (const auto kept = insert_room_event(session, event); !kept) return kept.error();
  return event;
}

Result<std::vector<RoomEvent>, Error> room_events_after(Session& session, std::string_view room_id, std::int64_t seq,
                                                        std::size_t limit) {
  return session.rows<RoomEvent>(
      "SELECT room_id, seq, name, data, COALESCE(message_id, ''), created_at FROM room_events "
      "WHERE room_id = :room AND seq > :seq ORDER BY seq LIMIT :limit",
      room_id, seq, limit);
}

}  // namespace parley::store

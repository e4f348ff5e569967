// The log of what happened in a room, by which clients that were away catch up. Chat, calls and files write it, each in
// the write job of the change itself, so that change and event are kept or lost together.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/result.h"

namespace parley::store {

class Session;

struct RoomEvent {
  std::string room_id;
  std::int64_t seq = 0;    // 1, 2, 3, … in each room
  std::string name;        // "new-message"
  std::string data;        // JSON object with "roomId" and "seq" first; empty when message_id stands in for it
  std::string message_id;  // the event's data is made from that message as it is now
  std::int64_t created_at = 0;

  auto columns() { return std::tie(room_id, seq, name, data, message_id, created_at); }
  friend bool operator==(const RoomEvent&, const RoomEvent&) = default;
};

// The newest that are kept for each room; a client that missed more loads the room anew.
inline constexpr std::int64_t kKeptRoomEvents = 1'000;

// Gives the event the room's next number and keeps it. body_json is a JSON object ("{}" at least); the answer's data is
// the same with "roomId" and "seq" put in front, ready to be published once the job is committed.
// Error not_found: no such room.
Result<RoomEvent, Error> append_room_event(Session& session, std::string_view room_id, std::string_view name,
                                           std::string_view body_json);

// The two halves, for events that refer to a message: the number first (the message carries it), the row after.
// Error not_found: no such room; permission_denied: `member_id` is given and is no member (any more).
Result<std::int64_t, Error> take_room_seq(Session& session, std::string_view room_id, std::string_view member_id = {});
Result<void, Error> insert_room_event(Session& session, const RoomEvent& event);

// `body_json` with "roomId" and "seq" put in front.
[[nodiscard]] std::string event_data(std::string_view room_id, std::int64_t seq, std::string_view body_json);

// In order, after `seq`, at most `limit`.
Result<std::vector<RoomEvent>, Error> room_events_after(Session& session, std::string_view room_id, std::int64_t seq,
                                                        std::size_t limit);

}  // namespace parley::store

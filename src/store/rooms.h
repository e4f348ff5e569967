// Rooms: places with members and a history. Times are ms since the Unix epoch; an absent one is 0.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/result.h"
#include "store/preferences.h"

namespace parley::store {

class Session;

struct Room {
  std::string id;
  std::string name;                    // empty for direct rooms
  std::string type = "group";          // "group", "direct", "project"
  std::string visibility = "private";  // "private", "public"
  std::string topic;
  std::string flag;  // a short mark that clients show beside the name (an emoji, a colour), as they please
  bool e2ee = false;
  bool archived = false;
  bool locked = false;
  std::int64_t retention_days = 0;  // messages older than this are removed; 0: kept
  std::string owner_id;             // who made it; empty once that account is gone
  std::string direct_key;           // direct rooms: "<smaller user id>:<larger user id>"
  std::int64_t member_count = 0;
  std::int64_t last_seq = 0;  // number of the last persistent event
  std::int64_t created_at = 0;
  std::int64_t updated_at = 0;
  std::int64_t deleted_at = 0;  // gone for everybody; its rows are being removed

  auto columns() {
    return std::tie(id, name, type, visibility, topic, flag, e2ee, archived, locked, retention_days, owner_id,
                    direct_key, member_count, last_seq, created_at, updated_at, deleted_at);
  }
  friend bool operator==(const Room&, const Room&) = default;
};

Result<void, Error> insert_room(Session& session, const Room& room);
// Deleted rooms are not found.
Result<std::optional<Room>, Error> find_room(Session& session, std::string_view id);
Result<std::optional<Room>, Error> find_direct_room(Session& session, std::string_view direct_key);
// Name, topic, flag, visibility, e2ee, archived, locked, retention_days, updated_at.
Result<void, Error> update_room(Session& session, const Room& room);
// Marks it deleted and takes its members out; the rows go later, bit by bit: delete_messages(), then purge_room().
Result<void, Error> delete_room(Session& session, std::string_view id, std::int64_t at);
Result<std::vector<std::string>, Error> deleted_rooms(Session& session, std::size_t limit);
// Removes a deleted room and what is left of it.
Result<void, Error> purge_room(Session& session, std::string_view id);
// Public rooms, by id (age), for people who look around.
Result<std::vector<Room>, Error> list_public_rooms(Session& session, std::string_view after, std::size_t limit);

// A room as one of its members sees it in a list.
struct RoomListing {
  Room room;
  std::string role;
  std::int64_t last_read_seq = 0;
  std::int64_t unread = 0;    // messages of others after last_read_seq; counted up to kUnreadLimit
  std::int64_t mentions = 0;  // of them, those that name the asker or the room
  std::string last_message_id;
  std::string peer_id;  // direct rooms: the other person
  RoomPreferences preferences;

  auto columns() {
    return std::tuple_cat(room.columns(), std::tie(role, last_read_seq, unread, mentions, last_message_id, peer_id),
                          preferences.columns());
  }
};
inline constexpr std::int64_t kUnreadLimit = 1'000;

// Rooms of the user after room id `after` ("": from the first), by id.
Result<std::vector<RoomListing>, Error> list_rooms_of(Session& session, std::string_view user_id,
                                                      std::string_view after, std::size_t limit);
Result<std::optional<RoomListing>, Error> find_room_of(Session& session, std::string_view user_id,
                                                       std::string_view room_id);

// Ids and sizes of all rooms of a user, for the hub.
struct RoomSize {
  std::string id;
  std::int64_t members = 0;

  auto columns() { return std::tie(id, members); }
};
Result<std::vector<RoomSize>, Error> room_sizes_of(Session& session, std::string_view user_id);

struct RoomName {
  std::string id;
  std::string name;

  auto columns() { return std::tie(id, name); }
};
Result<std::vector<RoomName>, Error> room_names_of(Session& session, std::string_view user_id);

// Rooms with a retention period, for the job that applies it.
Result<std::vector<Room>, Error> rooms_with_retention(Session& session, std::string_view after, std::size_t limit);

}  // namespace parley::store

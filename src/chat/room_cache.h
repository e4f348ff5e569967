// Rooms and their members in memory, so that a message asks no database whether its sender may send it. The control
// thread's own writes keep it right; what it does not know it loads. Least recently used rooms go first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "auth/authorize.h"
#include "auth/subject.h"
#include "chat/answer.h"
#include "store/members.h"
#include "store/rooms.h"

namespace parley::store {
class Database;
}

namespace parley::chat {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <class T>
using TextMap = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

struct CachedMember {
  auth::RoomRole role = auth::RoomRole::kNone;
  std::string name;
  std::string handle;
  std::string avatar_url;
};

struct CachedRoom {
  store::Room room;  // member_count and last_seq are as old as the entry
  TextMap<CachedMember> members;

  [[nodiscard]] auth::RoomRole role_of(std::string_view user_id) const;
  [[nodiscard]] bool only_owner(std::string_view user_id) const;
  // What authorize() wants to know of the room and the person's place in it.
  [[nodiscard]] auth::Object object_for(std::string_view user_id) const;
};
using CachedRoomRef = std::shared_ptr<CachedRoom>;

class RoomCache {
 public:
  // max_members: bound on the memberships kept, over all rooms.
  RoomCache(store::Database& database, std::size_t max_members) : database_(database), max_members_(max_members) {}

  // Null when it is not in memory.
  CachedRoomRef find(std::string_view room_id);
  // Error not_found: no such room.
  Answer<CachedRoomRef> load(std::string room_id);

  // After a commit.
  void set_room(const store::Room& room);
  void set_member(const store::Member& member);
  void remove_member(std::string_view room_id, std::string_view user_id);
  void forget(std::string_view room_id);
  void forget_rooms_of(std::string_view user_id);

 private:
  struct Entry {
    CachedRoomRef room;
    std::list<std::string>::iterator age;
  };
  // Loads that are under way: what they read may be older than what was committed since.
  struct Loading {
    int count = 0;
    bool stale = false;
  };

  void insert(CachedRoomRef room);
  void erase(TextMap<Entry>::iterator entry);
  CachedRoom* touched(std::string_view room_id);

  store::Database& database_;
  std::size_t max_members_;
  std::size_t members_ = 0;
  TextMap<Entry> rooms_;
  std::list<std::string> ages_;  // most recently used first
  TextMap<Loading> loading_;
};

}  // namespace parley::chat

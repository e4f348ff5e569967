#include "chat/room_cache.h"

#include <optional>
#include <utility>
#include <vector>

#include "store/database.h"

namespace parley::chat {

namespace {

constexpr int kMaxLoads = 8;                  // of a room that changes all the time
constexpr std::size_t kAllMembers = 100'000;  // more than any room may have

struct LoadedRoom {
  store::Room room;
  std::vector<store::Member> members;
};

Result<LoadedRoom, Error> read_room(store::Session& session, const std::string& room_id) {
  auto room = store::find_room(session, room_id);
  if (!room) return room.error();
  if (!*room) return Error{"not_found", "there is no such room", "roomId"};
  auto members = store::list_members(session, room_id, "", kAllMembers);
  if (!members) return members.error();
  return LoadedRoom{std::move(**room), std::move(*members)};
}

CachedMember cached(const store::Member& member) {
  return {auth::room_role_from(member.role).value_or(auth::RoomRole::kNone), member.name, member.handle,
          member.avatar_url};
}

auth::RoomType type_of(const std::string& type) {
  if (type == "direct") return auth::RoomType::kDirect;
  return type == "project" ? auth::RoomType::kProject : auth::RoomType::kGroup;
}

}  // namespace

auth::RoomRole CachedRoom::role_of(std::string_view user_id) const {
  const auto found = members.find(user_id);
  return found == members.end() ? auth::RoomRole::kNone : found->second.role;
}

bool CachedRoom::only_owner(std::string_view user_id) const {
  if (role_of(user_id) != auth::RoomRole::kOwner) return false;
  std::size_t owners = 0;
  for (const auto& [id, member] : members) owners += member.role == auth::RoomRole::kOwner ? 1 : 0;
  return owners == 1;
}

auth::Object CachedRoom::object_for(std::string_view user_id) const {
  auth::Object object;
  object.room_type = type_of(room.type);
  object.room_public = room.visibility == "public";
  object.role_in_room = role_of(user_id);
  object.archived = room.archived;
  object.locked = room.locked;
  object.room_id = room.id;
  return object;
}

CachedRoomRef RoomCache::find(std::string_view room_id) {
  const auto found = rooms_.find(room_id);
  if (found == rooms_.end()) return nullptr;
  ages_.splice(ages_.begin(), ages_, found->second.age);
  return found->second.room;
}

Answer<CachedRoomRef> RoomCache::load(std::string room_id) {
  if (CachedRoomRef known = find(room_id)) co_return known;
  for (int i = 0; i < kMaxLoads; ++i) {
    ++loading_[room_id].count;
    loading_[room_id].stale = false;
    auto job = [room_id](store::Session& session) { return read_room(session, room_id); };
    auto loaded = co_await database_.read(std::move(job));
    const auto loading = loading_.find(room_id);
    const bool stale = loading->second.stale;
    if (--loading->second.count == 0) loading_.erase(loading);
    if (CachedRoomRef known = find(room_id)) co_return known;  // another load was faster
    if (!loaded) co_return loaded.error();
    if (stale) continue;
    auto room = std::make_shared<CachedRoom>();
    room->room = std::move(loaded->room);
    for (const store::Member& member : loaded->members) room->members.emplace(member.user_id, cached(member));
    insert(room);
    co_return room;
  }
  co_return Error{"unavailable", "the room changes too fast; try again", ""};
}

void RoomCache::insert(CachedRoomRef room) {
  ages_.push_front(room->room.id);
  members_ += room->members.size() + 1;
  std::string id = room->room.id;  // before the room moves on: arguments are evaluated in any order
  rooms_.emplace(std::move(id), Entry{std::move(room), ages_.begin()});
  while (members_ > max_members_ && rooms_.size() > 1) erase(rooms_.find(ages_.back()));
}

void RoomCache::erase(TextMap<Entry>::iterator entry) {
  members_ -= entry->second.room->members.size() + 1;
  ages_.erase(entry->second.age);
  rooms_.erase(entry);
}

CachedRoom* RoomCache::touched(std::string_view room_id) {
  if (const auto loading = loading_.find(room_id); loading != loading_.end()) loading->second.stale = true;
  const auto found = rooms_.find(room_id);
  return found == rooms_.end() ? nullptr : found->second.room.get();
}

void RoomCache::set_room(const store::Room& room) {
  if (CachedRoom* known = touched(room.id)) known->room = room;
}

void RoomCache::set_member(const store::Member& member) {
  CachedRoom* known = touched(member.room_id);
  if (known == nullptr) return;
  if (known->members.insert_or_assign(member.user_id, cached(member)).second) ++members_;
}

void RoomCache::remove_member(std::string_view room_id, std::string_view user_id) {
  CachedRoom* known = touched(room_id);
  if (known == nullptr) return;
  const auto found = known->members.find(user_id);
  if (found == known->members.end()) return;
  known->members.erase(found);
  --members_;
}

void RoomCache::forget(std::string_view room_id) {
  touched(room_id);
  if (const auto found = rooms_.find(room_id); found != rooms_.end()) erase(found);
}

void RoomCache::forget_rooms_of(std::string_view user_id) {
  for (auto& [id, loading] : loading_) loading.stale = true;
  for (auto entry = rooms_.begin(); entry != rooms_.end();) {
    const auto next = std::next(entry);
    if (entry->second.room->members.contains(user_id)) erase(entry);
    entry = next;
  }
}

}  // namespace parley::chat

// Who belongs to which room, as what.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/result.h"

namespace parley::store {

class Session;

struct Member {
  std::string room_id;
  std::string user_id;
  std::string role = "member";  // "guest", "member", "moderator", "owner"
  std::int64_t joined_at = 0;
  // Of the account, filled in by queries.
  std::string name;
  std::string handle;
  std::string avatar_url;
  bool guest = false;  // account made by a guest link

  auto columns() { return std::tie(room_id, user_id, role, joined_at, name, handle, avatar_url, guest); }
  friend bool operator==(const Member&, const Member&) = default;
};

// Error already_exists when the user is a member. Both keep rooms.member_count.
Result<void, Error> insert_member(Session& session, const Member& member);
// False: was no member.
Result<bool, Error> delete_member(Session& session, std::string_view room_id, std::string_view user_id);
Result<bool, Error> set_member_role(Session& session, std::string_view room_id, std::string_view user_id,
                                    std::string_view role);
Result<std::optional<Member>, Error> find_member(Session& session, std::string_view room_id, std::string_view user_id);
// By user id, after `after` ("": from the first).
Result<std::vector<Member>, Error> list_members(Session& session, std::string_view room_id, std::string_view after,
                                                std::size_t limit);
Result<std::int64_t, Error> count_owners(Session& session, std::string_view room_id);
// Who is to own the room after `user_id`: the oldest moderator, else the oldest member who is no guest.
Result<std::optional<Member>, Error> find_heir(Session& session, std::string_view room_id, std::string_view user_id);
// Does some room have both as members?
Result<bool, Error> share_a_room(Session& session, std::string_view user_id, std::string_view other_id);
// People who share a room with the user, other than the user, at most `limit`.
Result<std::vector<Member>, Error> people_around(Session& session, std::string_view user_id, std::size_t limit);

}  // namespace parley::store

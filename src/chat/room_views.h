// Rooms and members as answers show them. Inside chat only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chat/context.h"
#include "chat/views.h"

namespace parley::chat {

// As a member sees it; within a job. The last message is filled in by add_last_messages().
[[nodiscard]] RoomView to_view(store::RoomListing listing);
Result<void, Error> add_last_messages(store::Session& session, std::vector<RoomView>& views,
                                      const std::vector<std::string>& message_ids);
// Whatever the asker is to the room.
Result<RoomView, Error> read_room_view(store::Session& session, const std::string& user_id, const std::string& room_id);
[[nodiscard]] MemberView with_presence(const Context& context, store::Member member, std::int64_t last_seen_ms);

// {"action", "userId", "role", "member"?, "by"}: body of a member-updated event. Actions: added, joined, removed, left,
// role.
[[nodiscard]] std::string member_event_body(std::string_view action, const store::Member& member, std::string_view by);

// Change of a membership, as a write job answers it.
struct MemberChange {
  store::Member member;
  store::RoomEvent event;  // seq 0: nothing changed
  std::int64_t members = 0;
};

// Within a job. Error not_found (userId) when there is no such living account, resource_exhausted when the room is
// full.
Result<MemberChange, Error> add_member(store::Session& session, const store::Member& member, std::string_view action,
                                       std::string_view by, std::size_t max_members);
// Error not_found when the user is no member, failed_precondition when the room would be left without an owner.
Result<MemberChange, Error> drop_member(store::Session& session, std::string_view room_id, std::string_view user_id,
                                        std::string_view action, std::string_view by);

}  // namespace parley::chat

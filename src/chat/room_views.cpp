#include "chat/room_views.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "chat/json.h"
#include "store/session.h"
#include "store/users.h"

namespace parley::chat {

RoomView to_view(store::RoomListing listing) {
  RoomView view;
  view.room = std::move(listing.room);
  view.role = auth::room_role_from(listing.role).value_or(auth::RoomRole::kNone);
  view.last_read_seq = listing.last_read_seq;
  view.unread = listing.unread;
  view.mentions = listing.mentions;
  view.peer_id = std::move(listing.peer_id);
  view.preferences = std::move(listing.preferences);
  return view;
}

Result<void, Error> add_last_messages(store::Session& session, std::vector<RoomView>& views,
                                      const std::vector<std::string>& message_ids) {
  auto messages = store::find_messages(session, message_ids);
  if (!messages) return messages.error();
  for (store::Message& message : *messages) {
    const auto view = std::ranges::find_if(views, [&](const RoomView& v) { return v.room.id == message.room_id; });
    if (view != views.end()) view->last_message = std::move(message);
  }
  return {};
}

Result<RoomView, Error> read_room_view(store::Session& session, const std::string& user_id,
                                       const std::string& room_id) {
  auto listing = store::find_room_of(session, user_id, room_id);
  if (!listing) return listing.error();
  if (*listing) {
    const std::string last = (*listing)->last_message_id;
    std::vector<RoomView> one;
    one.push_back(to_view(std::move(**listing)));
    if (last.empty()) return std::move(one.front());
    if (const auto added = add_last_messages(session, one, {last}); !added) return added.error();
    return std::move(one.front());
  }
  auto room = store::find_room(session, room_id);
  if (!room) return room.error();
  if (!*room) return Error{"not_found", "there is no such room", "roomId"};
  RoomView view;
  view.room = std::move(**room);
  return view;
}

MemberView with_presence(const Context& context, store::Member member, std::int64_t last_seen_ms) {
  MemberView view{std::move(member), {}};
  view.presence = context.hub.presence_of(view.member.user_id);
  if (view.presence.status == hub::Status::kOffline) view.presence.last_seen_ms = last_seen_ms;
  return view;
}

std::string member_event_body(std::string_view action, const store::Member& member, std::string_view by) {
  boost::json::object body{
      {"action", action}, {"userId", member.user_id}, {"name", member.name}, {"role", member.role}, {"by", by}};
  if (action != "removed" && action != "left") body.emplace("member", to_json(member));
  return boost::json::serialize(body);
}

namespace {

Result<std::int64_t, Error> member_count(store::Session& session, std::string_view room_id) {
  const auto room = store::find_room(session, room_id);
  if (!room) return room.error();
  if (!*room) return Error{"not_found", "there is no such room", "roomId"};
  return (*room)->member_count;
}

}  // namespace

Result<MemberChange, Error> add_member(store::Session& session, const store::Member& member, std::string_view action,
                                       std::string_view by, std::size_t max_members) {
  const std::vector<std::string> ids{member.user_id};
  const auto accounts = store::find_users(session, ids);
  if (!accounts) return accounts.error();
  if (accounts->empty() || !accounts->front().active()) {
    return Error{"not_found", "there is no such account", "userId"};
  }
  const auto seq = store::take_room_seq(session, member.room_id);
  if (!seq) return seq.error();
  if (const auto added = store::insert_member(session, member); !added) return added.error();
  const store::ReadMarker marker{member.room_id, member.user_id, *seq, member.joined_at};
  // Who comes in has nothing to catch up with.
  if (const auto read = store::advance_read_marker(session, marker); !read) return read.error();
  const auto members = member_count(session, member.room_id);
  if (!members) return members.error();
  if (*members > static_cast<std::int64_t>(max_members)) {
    return Error{"resource_exhausted", "the room has as many members as it may have", "userId"};
  }
  auto stored = store::find_member(session, member.room_id, member.user_id);
  if (!stored) return stored.error();
  MemberChange change{std::move(**stored), {}, *members};
  const std::string body = member_event_body(action, change.member, by);
  change.event = {member.room_id,  *seq, "member-updated", store::event_data(member.room_id, *seq, body), {},
                  member.joined_at};
  if (const auto kept = store::insert_room_event(session, change.event); !kept) return kept.error();
  return change;
}

Result<MemberChange, Error> drop_member(store::Session& session, std::string_view room_id, std::string_view user_id,
                                        std::string_view action, std::string_view by) {
  auto member = store::find_member(session, room_id, user_id);
  if (!member) return member.error();
  if (!*member) return Error{"not_found", "this person is no member of the room", "userId"};
  if (const auto gone = store::delete_member(session, room_id, user_id); !gone) return gone.error();
  const auto members = member_count(session, room_id);
  if (!members) return members.error();
  if ((*member)->role == "owner") {
    const auto owners = store::count_owners(session, room_id);
    if (!owners) return owners.error();
    if (*owners == 0) {
      return Error{"failed_precondition", "the room would be left without an owner: make somebody else one first",
                   "userId"};
    }
  }
  auto event = store::append_room_event(session, room_id, "member-updated", member_event_body(action, **member, by));
  if (!event) return event.error();
  return MemberChange{std::move(**member), std::move(*event), *members};
}

}  // namespace parley::chat

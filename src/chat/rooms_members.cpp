// Who belongs to a room: coming, going, roles.
#include "chat/context.h"
#include "chat/json.h"
#include "chat/room_views.h"
#include "chat/rooms.h"
#include "store/session.h"
#include "store/users.h"

namespace parley::chat {

namespace {

Result<std::int64_t, Error> last_seen(store::Session& session, const std::string& user_id) {
  const auto user = store::find_user(session, user_id);
  if (!user) return user.error();
  return user->last_seen_at;
}

struct AddJob {
  store::Member member;
  std::string action = "added";
  std::string by;
  std::size_t max_members = 0;
  bool repeatable = false;  // who is a member stays one, instead of an error

  Result<MemberChange, Error> operator()(store::Session& session) const {
    const auto known = store::find_member(session, member.room_id, member.user_id);
    if (!known) return known.error();
    if (*known && repeatable) return MemberChange{**known, {}, 0};
    if (*known) return Error{"already_exists", "this person is a member of the room", "userId"};
    return add_member(session, member, action, by, max_members);
  }
};

struct DropJob {
  std::string room_id;
  std::string user_id;
  std::string action;
  std::string by;

  Result<MemberChange, Error> operator()(store::Session& session) const {
    return drop_member(session, room_id, user_id, action, by);
  }
};

// For Context::observed(); nothing has happened where no event was written.
template <auto kWhat>
Result<void, Error> tell_of(const Context& context, store::Session& session, const MemberChange& change) {
  if (change.event.seq == 0) return {};
  return context.tell(kWhat, session, change.member);
}

// What one does to others, and only where it changed something, is in the audit log; coming and going is in the room's
// events alone.
auto audited_change(std::optional<store::AuditEntry> entry, auto job) {
  const auto happened = [office = entry.has_value()](const Result<MemberChange, Error>& change) {
    return office && change->event.seq != 0;
  };
  return store::audited(std::move(entry).value_or(store::AuditEntry{}), std::move(job), happened);
}

Answer<MemberChange> add(Context& context, AddJob job, std::optional<store::AuditEntry> entry) {
  job.max_members = context.config.max_members_per_room;
  auto observed = context.observed(std::move(job), tell_of<&Observer::on_member_added>);
  auto audited = audited_change(std::move(entry), std::move(observed));
  auto change = co_await context.database.write(std::move(audited));
  if (!change) co_return change.error();
  if (change->event.seq != 0) {
    context.member_set(change->member, static_cast<std::size_t>(change->members), change->event);
    context.committed();
  }
  co_return std::move(*change);
}

Answer<void> drop(Context& context, DropJob job, std::optional<store::AuditEntry> entry) {
  auto observed = context.observed(std::move(job), tell_of<&Observer::on_member_removed>);
  auto audited = audited_change(std::move(entry), std::move(observed));
  const auto change = co_await context.database.write(std::move(audited));
  if (!change) co_return change.error();
  const store::Member& member = change->member;
  context.member_gone(member.room_id, member.user_id, static_cast<std::size_t>(change->members), change->event);
  context.committed();
  co_return Result<void, Error>{};
}

}  // namespace

Answer<Page<MemberView>> Rooms::list_members(auth::Subject subject, std::string room_id, std::string cursor,
                                             std::size_t limit) {
  const auto allowed = co_await authorize(std::move(subject), auth::Action::kMemberList, room_id);
  if (!allowed) co_return allowed.error();
  struct Row {
    store::Member member;
    std::int64_t last_seen = 0;
  };
  const std::size_t size = context_.page_size(limit);
  auto job = [room_id, cursor = std::move(cursor), size](store::Session& session) -> Result<std::vector<Row>, Error> {
    auto members = store::list_members(session, room_id, cursor, size);
    if (!members) return members.error();
    std::vector<Row> rows;
    for (store::Member& member : *members) {
      const auto seen = last_seen(session, member.user_id);
      if (!seen) return seen.error();
      rows.push_back({std::move(member), *seen});
    }
    return rows;
  };
  auto rows = co_await context_.database.read(std::move(job));
  if (!rows) co_return rows.error();
  Page<MemberView> page;
  for (Row& row : *rows) page.items.push_back(with_presence(context_, std::move(row.member), row.last_seen));
  if (page.items.size() == size) page.next_cursor = page.items.back().member.user_id;
  co_return page;
}

Answer<MemberView> Rooms::add_member(auth::Subject subject, std::string room_id, std::string user_id,
                                     auth::RoomRole role) {
  const auto room = co_await context_.cache.load(room_id);
  if (!room) co_return room.error();
  if (role == auth::RoomRole::kNone) co_return Error{"invalid_argument", "there is no such role", "role"};
  auth::Object object = (*room)->object_for(subject.user_id);
  object.new_role = role;
  const auto allowed = auth::authorize(subject, auth::Action::kMemberAdd, object);
  if (!allowed) co_return allowed.error();
  AddJob job;
  job.member = {room_id, user_id, std::string(auth::to_string(role)), context_.now_ms(), {}, {}, {}, false};
  job.by = subject.user_id;
  std::optional<store::AuditEntry> entry =
      context_.act(subject, "member.add", user_id, room_id, {{"role", job.member.role}});
  auto change = co_await add(context_, std::move(job), std::move(entry));
  if (!change) co_return change.error();
  co_return with_presence(context_, std::move(change->member), 0);
}

Answer<void> Rooms::remove_member(auth::Subject subject, std::string room_id, std::string user_id) {
  if (user_id == subject.user_id) co_return co_await leave(std::move(subject), std::move(room_id));
  const auto room = co_await context_.cache.load(room_id);
  if (!room) co_return room.error();
  auth::Object object = (*room)->object_for(subject.user_id);
  object.target_role = (*room)->role_of(user_id);
  object.last_owner = (*room)->only_owner(user_id);
  const auto allowed = auth::authorize(subject, auth::Action::kMemberRemove, object);
  if (!allowed) co_return allowed.error();
  DropJob job{room_id, user_id, "removed", subject.user_id};
  std::optional<store::AuditEntry> entry = context_.act(subject, "member.remove", user_id, room_id, {});
  co_return co_await drop(context_, std::move(job), std::move(entry));
}

Answer<void> Rooms::leave(auth::Subject subject, std::string room_id) {
  const auto room = co_await context_.cache.load(room_id);
  if (!room) co_return room.error();
  auth::Object object = (*room)->object_for(subject.user_id);
  object.last_owner = (*room)->only_owner(subject.user_id);
  const auto allowed = auth::authorize(subject, auth::Action::kRoomLeave, object);
  if (!allowed) co_return allowed.error();
  DropJob job{room_id, subject.user_id, "left", subject.user_id};
  std::optional<store::AuditEntry> nothing;
  co_return co_await drop(context_, std::move(job), std::move(nothing));
}

Answer<RoomView> Rooms::join(auth::Subject subject, std::string room_id) {
  const auto room = co_await context_.cache.load(room_id);
  if (!room) co_return room.error();
  const auto allowed = auth::authorize(subject, auth::Action::kRoomJoin, (*room)->object_for(subject.user_id));
  if (!allowed) co_return allowed.error();
  if ((*room)->role_of(subject.user_id) == auth::RoomRole::kNone) {
    AddJob job;
    job.member = {room_id, subject.user_id, "member", context_.now_ms(), {}, {}, {}, false};
    job.action = "joined";
    job.by = subject.user_id;
    job.repeatable = true;
    std::optional<store::AuditEntry> nothing;
    const auto change = co_await add(context_, std::move(job), std::move(nothing));
    if (!change) co_return change.error();
  }
  co_return co_await get(std::move(subject), std::move(room_id));
}

Answer<void> Rooms::admit(std::string room_id, std::string user_id, auth::RoomRole role) {
  AddJob job;
  job.member = {room_id, user_id, std::string(auth::to_string(role)), context_.now_ms(), {}, {}, {}, false};
  job.action = "joined";
  job.by = user_id;
  job.repeatable = true;
  std::optional<store::AuditEntry> nothing;
  const auto change = co_await add(context_, std::move(job), std::move(nothing));
  if (!change) co_return change.error();
  co_return Result<void, Error>{};
}

Answer<MemberView> Rooms::set_role(auth::Subject subject, std::string room_id, std::string user_id,
                                   auth::RoomRole role) {
  const auto room = co_await context_.cache.load(room_id);
  if (!room) co_return room.error();
  if (role == auth::RoomRole::kNone) co_return Error{"invalid_argument", "there is no such role", "role"};
  auth::Object object = (*room)->object_for(subject.user_id);
  object.own = user_id == subject.user_id;
  object.target_role = (*room)->role_of(user_id);
  object.new_role = role;
  object.last_owner = (*room)->only_owner(user_id);
  const auto allowed = auth::authorize(subject, auth::Action::kMemberSetRole, object);
  if (!allowed) co_return allowed.error();

  auto job = [room_id, user_id, role = std::string(auth::to_string(role)),
              by = subject.user_id](store::Session& session) -> Result<MemberChange, Error> {
    const auto before = store::find_member(session, room_id, user_id);
    if (!before) return before.error();
    if (!*before) return Error{"not_found", "this person is no member of the room", "userId"};
    if ((*before)->guest && role != "guest") {
      return Error{"failed_precondition", "who came by a guest link stays a guest", "role"};
    }
    if ((*before)->role == role) return MemberChange{**before, {}, 0};
    const auto set = store::set_member_role(session, room_id, user_id, role);
    if (!set) return set.error();
    const auto owners = store::count_owners(session, room_id);
    if (!owners) return owners.error();
    if (*owners == 0 && (*before)->role == "owner") {
      return Error{"failed_precondition", "the room would be left without an owner: make somebody else one first",
                   "role"};
    }
    MemberChange change{**before, {}, 0};
    change.member.role = role;
    auto event =
        store::append_room_event(session, room_id, "member-updated", member_event_body("role", change.member, by));
    if (!event) return event.error();
    change.event = std::move(*event);
    return change;
  };
  std::optional<store::AuditEntry> entry =
      context_.act(subject, "member.set-role", user_id, room_id, {{"role", auth::to_string(role)}});
  auto audited = audited_change(std::move(entry), std::move(job));
  auto change = co_await context_.database.write(std::move(audited));
  if (!change) co_return change.error();
  if (change->event.seq != 0) {
    context_.cache.set_member(change->member);
    context_.hub.member_role(room_id, user_id, change->member.role);
    context_.publish(change->event);
  }
  co_return with_presence(context_, std::move(change->member), 0);
}

Answer<std::vector<std::string>> Rooms::member_ids(std::string room_id) {
  const auto room = co_await context_.cache.load(std::move(room_id));
  if (!room) co_return room.error();
  std::vector<std::string> ids;
  ids.reserve((*room)->members.size());
  for (const auto& [id, member] : (*room)->members) ids.push_back(id);
  co_return ids;
}

void Rooms::user_changed(std::string_view user_id) { context_.cache.forget_rooms_of(user_id); }

}  // namespace parley::chat

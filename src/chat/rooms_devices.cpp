// Devices that come, open rooms, type and go.
#include <algorithm>

#include "chat/catch_up.h"
#include "chat/context.h"
#include "chat/room_views.h"
#include "chat/rooms.h"
#include "store/session.h"
#include "store/users.h"

namespace parley::chat {

namespace {

constexpr int kMaxReads = 8;
constexpr std::size_t kMaxPresenceIds = 500;

}  // namespace

Answer<hub::DeviceId> Rooms::connect(auth::Subject subject, hub::Device& device) {
  if (subject.guest && !subject.guest_room.empty()) {
    const auto admitted = co_await admit(subject.guest_room, subject.user_id, auth::RoomRole::kGuest);
    if (!admitted) co_return admitted.error();
  }
  Context::Connecting connecting(context_, subject.user_id);
  for (int i = 0; i < kMaxReads; ++i) {
    auto job = [user_id = subject.user_id](store::Session& session) { return store::room_sizes_of(session, user_id); };
    const auto rooms = co_await context_.database.read(std::move(job));
    if (!rooms) co_return rooms.error();
    if (connecting.changed()) continue;  // what was read may be older than what was committed meanwhile
    std::vector<hub::Membership> memberships;
    memberships.reserve(rooms->size());
    for (const store::RoomSize& room : *rooms) {
      if (subject.guest && room.id != subject.guest_room) continue;
      memberships.push_back({room.id, static_cast<std::size_t>(room.members)});
    }
    co_return context_.hub.attach(context_.now(), device, subject.user_id, subject.session_id, memberships);
  }
  co_return Error{"unavailable", "your memberships change too fast; try again", ""};
}

Answer<Opened> Rooms::open(auth::Subject subject, hub::DeviceId device, std::string room_id,
                           std::optional<std::int64_t> last_seq) {
  const auto room = co_await context_.cache.load(room_id);
  if (!room) co_return room.error();
  if ((*room)->role_of(subject.user_id) == auth::RoomRole::kNone) {
    const auto joined = co_await join(subject, room_id);
    if (!joined) co_return joined.error();
  }
  const auto allowed = co_await authorize(subject, auth::Action::kMessageRead, room_id);
  if (!allowed) co_return allowed.error();
  if (!context_.hub.room_opened(context_.now(), device, room_id, subject.name)) {
    co_return Error{"failed_precondition", "this device is not connected any more", ""};
  }

  struct Read {
    RoomView view;
    std::vector<std::pair<store::Member, std::int64_t>> members;
    std::vector<store::ReadMarker> reads;
    CatchUp missed;
  };
  auto job = [files = context_.files, user_id = subject.user_id, room_id, last_seq,
              quiet = context_.config.quiet_room_size,
              max_bytes = context_.config.max_missed_bytes](store::Session& session) -> Result<Read, Error> {
    auto view = read_room_view(session, user_id, room_id);
    if (!view) return view.error();
    Read read{std::move(*view), {}, {}, {}};
    read.missed.last_seq = read.view.room.last_seq;
    if (last_seq) {
      auto missed = read_missed(session, files, room_id, *last_seq, max_bytes);
      if (!missed) return missed.error();
      read.missed = std::move(*missed);
    }
    if (read.view.room.member_count > static_cast<std::int64_t>(quiet)) return read;
    auto members = store::list_members(session, room_id, "", quiet);
    if (!members) return members.error();
    for (store::Member& member : *members) {
      const auto user = store::find_user(session, member.user_id);
      if (!user) return user.error();
      read.members.emplace_back(std::move(member), user->last_seen_at);
    }
    auto reads = store::list_read_markers(session, room_id, quiet);
    if (!reads) return reads.error();
    read.reads = std::move(*reads);
    return read;
  };
  auto read = co_await context_.database.read(std::move(job));
  if (!read) co_return read.error();
  Opened opened;
  opened.view = std::move(read->view);
  for (auto& [member, seen] : read->members) {
    opened.members.push_back(with_presence(context_, std::move(member), seen));
  }
  opened.reads = std::move(read->reads);
  if (!opened.members.empty()) opened.present = context_.hub.present_in(room_id);
  opened.missed = std::move(read->missed.events);
  opened.reload = read->missed.reload;
  opened.last_seq = read->missed.last_seq;
  co_return opened;
}

void Rooms::close(const auth::Subject& /*subject*/, hub::DeviceId device, std::string_view room_id) {
  context_.hub.room_closed(context_.now(), device, room_id);
}

void Rooms::set_presence(const auth::Subject& subject, hub::Status status) {
  context_.hub.set_status(context_.now(), subject.user_id, status);
}

Answer<std::vector<std::pair<std::string, hub::Presence>>> Rooms::presence(auth::Subject subject,
                                                                           std::vector<std::string> user_ids) {
  if (user_ids.size() > kMaxPresenceIds) {
    co_return Error{"invalid_argument", "at most 500 people at once", "userIds"};
  }
  using Seen = std::vector<std::pair<std::string, std::int64_t>>;
  auto job = [me = subject.user_id, ids = std::move(user_ids)](store::Session& session) -> Result<Seen, Error> {
    const auto users = store::find_users(session, ids);
    if (!users) return users.error();
    Seen seen;
    for (const std::string& id : ids) {
      const auto user = std::ranges::find(*users, id, &store::User::id);
      if (user == users->end()) continue;
      if (id != me) {
        const auto shared = store::share_a_room(session, me, id);
        if (!shared) return shared.error();
        if (!*shared) continue;
      }
      seen.emplace_back(id, user->last_seen_at);
    }
    return seen;
  };
  auto seen = co_await context_.database.read(std::move(job));
  if (!seen) co_return seen.error();
  std::vector<std::pair<std::string, hub::Presence>> all;
  for (auto& [id, last] : *seen) {
    hub::Presence presence = context_.hub.presence_of(id);
    if (presence.status == hub::Status::kOffline) presence.last_seen_ms = last;
    all.emplace_back(std::move(id), presence);
  }
  co_return all;
}

Answer<void> Rooms::typing(auth::Subject subject, hub::DeviceId device, std::string room_id) {
  const auto allowed = co_await authorize(subject, auth::Action::kMessageSend, room_id);
  if (!allowed) co_return allowed.error();
  if (!context_.hub.typing(context_.now(), room_id, device, subject.name)) {
    co_return Error{"failed_precondition", "this device is not connected any more", ""};
  }
  co_return Result<void, Error>{};
}

Answer<void> Rooms::stop_typing(auth::Subject subject, std::string room_id) {
  const auto allowed = co_await authorize(subject, auth::Action::kRoomView, room_id);
  if (!allowed) co_return allowed.error();
  context_.hub.stop_typing(context_.now(), room_id, subject.user_id);
  co_return Result<void, Error>{};
}

}  // namespace parley::chat

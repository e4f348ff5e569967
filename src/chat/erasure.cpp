// What goes for good: a person's data, messages past their time, deleted rooms.
#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <set>

#include "chat/context.h"
#include "chat/json.h"
#include "chat/records.h"
#include "chat/room_views.h"
#include "store/reactions.h"
#include "store/search.h"
#include "store/session.h"

namespace parley::chat {

namespace json = boost::json;

namespace {

constexpr std::int64_t kDayMs = 86'400'000;

// Takes a person out of a room although the last owner goes: the oldest moderator, else the oldest member inherits.
struct Departure {
  MemberChange gone;
  std::optional<MemberChange> heir;
};

Result<Departure, Error> take_out(store::Session& session, const std::string& room_id, const std::string& user_id,
                                  const std::string& by) {
  const auto member = store::find_member(session, room_id, user_id);
  if (!member) return member.error();
  if (!*member) return Departure{};
  const auto owners = store::count_owners(session, room_id);
  if (!owners) return owners.error();
  Departure departure;
  if ((*member)->role == "owner" && *owners == 1) {
    auto heir = store::find_heir(session, room_id, user_id);
    if (!heir) return heir.error();
    if (*heir) {
      (*heir)->role = "owner";
      if (const auto set = store::set_member_role(session, room_id, (*heir)->user_id, "owner"); !set)
        return set.error();
      auto event = store::append_room_event(session, room_id, "member-updated", member_event_body("role", **heir, by));
      if (!event) return event.error();
      departure.heir = MemberChange{std::move(**heir), std::move(*event), 0};
    } else {
      // Nobody is left, or guests alone: the room has nobody to hand it to.
      if (const auto set = store::set_member_role(session, room_id, user_id, "member"); !set) return set.error();
    }
  }
  auto gone = drop_member(session, room_id, user_id, "removed", by);
  if (!gone) return gone.error();
  departure.gone = std::move(*gone);
  return departure;
}

Result<store::RoomEvent, Error> append_removed(store::Session& session, std::string_view room_id,
                                               const json::object& what) {
  return store::append_room_event(session, room_id, "messages-removed", json::serialize(what));
}

struct Wiped {
  std::vector<std::string> room_ids;
  std::string last;  // client_id to go on from; empty: that was all
};

// A page of somebody's messages loses its content.
Result<Wiped, Error> wipe_page(store::Session& session, const FileLinks* files, const std::string& user_id,
                               const std::string& after, std::size_t batch, std::int64_t at) {
  const auto messages = store::list_messages_of(session, user_id, after, batch);
  if (!messages) return messages.error();
  Wiped wiped;
  std::set<std::string> rooms;
  std::vector<std::string> ids;
  for (const store::Message& message : *messages) {
    if (message.deleted_at != 0) continue;
    ids.push_back(message.id);
    rooms.insert(message.room_id);
    if (const auto gone = store::mark_message_deleted(session, message.id, user_id, at); !gone) return gone.error();
    if (message.thread_id.empty()) continue;
    if (const auto counted = store::count_reply(session, message.thread_id, -1, 0); !counted) return counted.error();
  }
  if (files != nullptr && !ids.empty()) {
    if (const auto gone = files->detach(session, ids); !gone) return gone.error();
  }
  wiped.room_ids.assign(rooms.begin(), rooms.end());
  if (messages->size() == batch) wiped.last = messages->back().client_id;
  return wiped;
}

struct Expired {
  std::vector<store::RoomEvent> events;
  std::int64_t rows = 0;
};

// A lot of messages past the time of their room.
Result<Expired, Error> expire(store::Session& session, const FileLinks* files, const std::string& room_id,
                              std::int64_t before, std::size_t batch) {
  const auto places = store::messages_before(session, room_id, before, batch);
  if (!places) return places.error();
  Expired expired;
  if (places->empty()) return expired;
  std::vector<std::string> ids;
  for (const store::MessagePlace& place : *places) ids.push_back(place.id);
  if (files != nullptr) {
    if (const auto gone = files->detach(session, ids); !gone) return gone.error();
  }
  if (const auto gone = store::delete_messages(session, ids); !gone) return gone.error();
  auto event = append_removed(session, room_id, {{"beforeSeq", places->back().seq + 1}});
  if (!event) return event.error();
  expired.events.push_back(std::move(*event));
  expired.rows = static_cast<std::int64_t>(ids.size());
  return expired;
}

// A lot of a deleted room; -1 rows: the room itself is gone now.
Result<std::int64_t, Error> purge(store::Session& session, const FileLinks* files, const std::string& room_id,
                                  std::size_t batch) {
  const auto documents = store::unindex_room(session, room_id, batch);
  if (!documents) return documents.error();
  if (*documents > 0) return *documents;
  const auto places = store::messages_before(session, room_id, INT64_MAX, batch);
  if (!places) return places.error();
  if (places->empty()) {
    if (const auto gone = store::purge_room(session, room_id); !gone) return gone.error();
    return -1;
  }
  std::vector<std::string> ids;
  for (const store::MessagePlace& place : *places) ids.push_back(place.id);
  if (files != nullptr) {
    if (const auto gone = files->detach(session, ids); !gone) return gone.error();
  }
  if (const auto gone = store::delete_messages(session, ids); !gone) return gone.error();
  return static_cast<std::int64_t>(ids.size());
}

Answer<void> leave_everything(Context& context, std::string user_id, std::string by) {
  auto list = [user_id](store::Session& session) { return store::room_sizes_of(session, user_id); };
  const auto rooms = co_await context.database.read(std::move(list));
  if (!rooms) co_return rooms.error();
  for (const store::RoomSize& room : *rooms) {
    auto job = [room_id = room.id, user_id, by](store::Session& session) {
      return take_out(session, room_id, user_id, by);
    };
    const auto note = [](const Context& within, store::Session& session, const Departure& done) -> Result<void, Error> {
      if (done.gone.event.seq == 0) return {};
      return within.tell(&Observer::on_member_removed, session, done.gone.member);
    };
    auto observed = context.observed(std::move(job), note);
    const auto departure = co_await context.database.write(std::move(observed));
    if (!departure) co_return departure.error();
    if (departure->gone.event.seq == 0) continue;  // was out already
    if (departure->heir) {
      context.cache.set_member(departure->heir->member);
      context.hub.member_role(room.id, departure->heir->member.user_id, "owner");
      context.publish(departure->heir->event);
    }
    context.member_gone(room.id, user_id, static_cast<std::size_t>(departure->gone.members), departure->gone.event);
    context.committed();
  }
  co_return Result<void, Error>{};
}

Answer<std::int64_t> expire_room(Context& context, const store::Room& room) {
  const std::int64_t before = context.now_ms() - room.retention_days * kDayMs;
  std::int64_t rows = 0;
  while (true) {
    auto job = [files = context.files, room_id = room.id, before, batch = context.config.housekeeping_batch](
                   store::Session& session) { return expire(session, files, room_id, before, batch); };
    const auto expired = co_await context.database.write(std::move(job));
    if (!expired) co_return expired.error();
    for (const store::RoomEvent& event : expired->events) context.publish(event);
    rows += expired->rows;
    if (expired->rows < static_cast<std::int64_t>(context.config.housekeeping_batch)) co_return rows;
  }
}

Answer<std::int64_t> purge_rooms(Context& context) {
  auto list = [batch = context.config.housekeeping_batch](store::Session& session) {
    return store::deleted_rooms(session, batch);
  };
  const auto rooms = co_await context.database.read(std::move(list));
  if (!rooms) co_return rooms.error();
  std::int64_t rows = 0;
  for (const std::string& room_id : *rooms) {
    while (true) {
      auto job = [files = context.files, room_id, batch = context.config.housekeeping_batch](store::Session& session) {
        return purge(session, files, room_id, batch);
      };
      const auto gone = co_await context.database.write(std::move(job));
      if (!gone) co_return gone.error();
      if (*gone < 0) break;
      rows += *gone;
    }
  }
  co_return rows;
}

}  // namespace

Answer<void> Records::erase_user(auth::Subject subject, std::string user_id) {
  auth::Object object;
  object.own = subject.user_id == user_id;
  const auto allowed = auth::authorize(subject, auth::Action::kUserDelete, object);
  if (!allowed) co_return allowed.error();
  const auto left = co_await leave_everything(context_, user_id, subject.user_id);
  if (!left) co_return left.error();

  std::set<std::string> touched;
  std::string after;
  do {
    auto job = [files = context_.files, user_id, after, batch = context_.config.housekeeping_batch,
                at = context_.now_ms()](store::Session& session) {
      return wipe_page(session, files, user_id, after, batch, at);
    };
    auto wiped = co_await context_.database.write(std::move(job));
    if (!wiped) co_return wiped.error();
    touched.insert(wiped->room_ids.begin(), wiped->room_ids.end());
    after = wiped->last;
  } while (!after.empty());

  auto traces = [user_id](store::Session& session) { return store::delete_traces_of(session, user_id); };
  const auto rooms = co_await context_.database.write(std::move(traces));
  if (!rooms) co_return rooms.error();
  touched.insert(rooms->begin(), rooms->end());
  for (const std::string& room_id : touched) {
    auto job = [room_id, user_id](store::Session& session) {
      return append_removed(session, room_id, {{"senderId", user_id}});
    };
    const auto event = co_await context_.database.write(std::move(job));
    if (event) context_.publish(*event);  // a room that is deleted meanwhile needs none
  }
  co_return Result<void, Error>{};
}

Answer<std::int64_t> Records::housekeeping() {
  auto purged = co_await purge_rooms(context_);
  if (!purged) co_return purged.error();
  std::int64_t rows = *purged;
  std::string after;
  while (true) {
    auto list = [after, batch = context_.config.housekeeping_batch](store::Session& session) {
      return store::rooms_with_retention(session, after, batch);
    };
    const auto rooms = co_await context_.database.read(std::move(list));
    if (!rooms) co_return rooms.error();
    for (const store::Room& room : *rooms) {
      const auto expired = co_await expire_room(context_, room);
      if (!expired) co_return expired.error();
      rows += *expired;
    }
    if (rooms->size() < context_.config.housekeeping_batch) co_return rows;
    after = rooms->back().id;
  }
}

}  // namespace parley::chat

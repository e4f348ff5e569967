// Rooms: making, finding, changing, deleting.
#include "chat/rooms.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "chat/context.h"
#include "chat/json.h"
#include "chat/room_views.h"
#include "chat/text.h"
#include "store/search.h"
#include "store/session.h"
#include "store/users.h"

namespace parley::chat {

namespace {

Result<void, Error> check_new_room(const Config& config, const auth::Subject& subject, const NewRoom& room) {
  const bool direct = room.type == "direct";
  if (!direct && room.type != "group" && room.type != "project") {
    return Error{"invalid_argument", "type must be direct, group or project", "type"};
  }
  if (room.visibility != "private" && room.visibility != "public") {
    return Error{"invalid_argument", "visibility must be private or public", "visibility"};
  }
  if (direct && room.visibility == "public") {
    return Error{"invalid_argument", "a direct conversation is private", "visibility"};
  }
  if (auto fine = check_line(room.name, {"name", direct ? 0U : 1U, config.max_room_name}); !fine) return fine;
  if (auto fine = check_text(room.topic, {"topic", 0, config.max_topic}); !fine) return fine;
  if (auto fine = check_line(room.flag, {"flag", 0, config.max_flag}); !fine) return fine;
  if (room.member_ids.size() > config.max_members_at_creation) {
    return Error{"invalid_argument", "too many people at once; add the others later", "memberIds"};
  }
  if (!std::ranges::all_of(room.member_ids, is_uuid)) {
    return Error{"invalid_argument", "memberIds must be ids of accounts", "memberIds"};
  }
  const auto others = std::ranges::count_if(room.member_ids, [&](const auto& id) { return id != subject.user_id; });
  if (direct && others != 1) {
    return Error{"invalid_argument", "a direct conversation is with exactly one other person", "memberIds"};
  }
  return {};
}

struct CreateJob {
  store::Room room;
  std::vector<std::string> member_ids;  // the maker first, each once

  struct Made {
    std::string room_id;
    bool existed = false;
    std::vector<store::Member> members;
  };

  Result<Made, Error> operator()(store::Session& session) const {
    if (!room.direct_key.empty()) {
      const auto known = store::find_direct_room(session, room.direct_key);
      if (!known) return known.error();
      if (*known) return Made{(*known)->id, true, {}};
    }
    const auto accounts = store::find_users(session, member_ids);
    if (!accounts) return accounts.error();
    for (const std::string& id : member_ids) {
      const auto account = std::ranges::find(*accounts, id, &store::User::id);
      if (account == accounts->end() || !account->active() || account->guest) {
        return Error{"not_found", "there is no account " + id, "memberIds"};
      }
    }
    if (const auto made = store::insert_room(session, room); !made) return made.error();
    Made made{room.id, false, {}};
    for (const std::string& id : member_ids) {
      const bool owner = id == member_ids.front() && room.type != "direct";
      const store::Member member{room.id, id, owner ? "owner" : "member", room.created_at, {}, {}, {}, false};
      if (const auto added = store::insert_member(session, member); !added) return added.error();
      auto stored = store::find_member(session, room.id, id);
      if (!stored) return stored.error();
      made.members.push_back(std::move(**stored));
    }
    return made;
  }
};

// For Context::observed().
Result<void, Error> tell_of_creation(const Context& context, store::Session& session, const CreateJob::Made& made) {
  if (made.existed) return {};
  const auto room = store::find_room(session, made.room_id);
  if (!room) return room.error();
  if (auto kept = context.tell(&Observer::on_room_created, session, **room); !kept) return kept;
  for (const store::Member& member : made.members) {
    if (auto kept = context.tell(&Observer::on_member_added, session, member); !kept) return kept;
  }
  return {};
}

store::Room room_from(const NewRoom& input, const auth::Subject& subject, std::string id, std::int64_t at) {
  store::Room room;
  room.id = std::move(id);
  room.name = input.name;
  room.type = input.type;
  room.visibility = input.visibility;
  room.topic = input.topic;
  room.flag = input.flag;
  room.e2ee = input.e2ee;
  room.owner_id = subject.user_id;
  room.created_at = room.updated_at = at;
  return room;
}

Result<void, Error> check_change(const Config& config, const RoomChange& change) {
  if (change.name) {
    if (auto fine = check_line(*change.name, {"name", 1, config.max_room_name}); !fine) return fine;
  }
  if (change.topic) {
    if (auto fine = check_text(*change.topic, {"topic", 0, config.max_topic}); !fine) return fine;
  }
  if (change.flag) {
    if (auto fine = check_line(*change.flag, {"flag", 0, config.max_flag}); !fine) return fine;
  }
  if (change.visibility && *change.visibility != "private" && *change.visibility != "public") {
    return Error{"invalid_argument", "visibility must be private or public", "visibility"};
  }
  if (change.retention_days && (*change.retention_days < 0 || *change.retention_days > config.max_retention_days)) {
    return Error{"invalid_argument", "retentionDays must be from 0 to " + std::to_string(config.max_retention_days),
                 "retentionDays"};
  }
  return {};
}

Result<void, Error> may_change(const auth::Subject& subject, const RoomChange& change, const CachedRoom& room) {
  auth::Object object = room.object_for(subject.user_id);
  if (change.archived) {
    if (auto allowed = auth::authorize(subject, auth::Action::kRoomArchive, object); !allowed) return allowed;
    object.archived = object.archived && *change.archived;  // what else is changed is changed in a room that lives
  }
  if (change.retention_days) {
    if (auto allowed = auth::authorize(subject, auth::Action::kRoomRetention, object); !allowed) return allowed;
  }
  const bool other = change.name || change.topic || change.flag || change.visibility || change.e2ee || change.locked;
  const bool nothing = !other && !change.archived && !change.retention_days;
  if (other || nothing) return auth::authorize(subject, auth::Action::kRoomEdit, object);
  return {};
}

Result<store::Room, Error> changed(store::Room room, const RoomChange& change) {
  if (change.e2ee && !*change.e2ee && room.e2ee) {
    return Error{"failed_precondition", "end-to-end encryption stays on once it is on", "e2ee"};
  }
  room.name = change.name.value_or(room.name);
  room.topic = change.topic.value_or(room.topic);
  room.flag = change.flag.value_or(room.flag);
  room.visibility = change.visibility.value_or(room.visibility);
  room.e2ee = change.e2ee.value_or(room.e2ee);
  room.archived = change.archived.value_or(room.archived);
  room.locked = change.locked.value_or(room.locked);
  room.retention_days = change.retention_days.value_or(room.retention_days);
  return room;
}

// For the audit log: what was to be changed, and to what.
boost::json::object change_json(const RoomChange& change) {
  boost::json::object out;
  const auto put = [&out](const char* key, const auto& value) {
    if (value) out[key] = *value;
  };
  put("name", change.name);
  put("topic", change.topic);
  put("flag", change.flag);
  put("visibility", change.visibility);
  put("e2ee", change.e2ee);
  put("archived", change.archived);
  put("locked", change.locked);
  put("retentionDays", change.retention_days);
  return out;
}

std::string room_event_body(const store::Room& room) {
  return boost::json::serialize(boost::json::object{{"room", to_json(room)}});
}

}  // namespace

Answer<Created> Rooms::create(auth::Subject subject, NewRoom input) {
  if (const auto allowed = auth::authorize(subject, auth::Action::kRoomCreate, {}); !allowed) co_return allowed.error();
  if (const auto fine = check_new_room(context_.config, subject, input); !fine) co_return fine.error();
  CreateJob job;
  job.room = room_from(input, subject, context_.new_id(), context_.now_ms());
  job.member_ids.push_back(subject.user_id);
  for (std::string& id : input.member_ids) {
    if (std::ranges::find(job.member_ids, id) == job.member_ids.end()) job.member_ids.push_back(std::move(id));
  }
  if (job.room.type == "direct") {
    const auto [smaller, larger] = std::minmax(job.member_ids[0], job.member_ids[1]);
    job.room.direct_key = smaller + ":" + larger;
  }
  auto observed = context_.observed(std::move(job), tell_of_creation);
  const auto made = co_await context_.database.write(std::move(observed));
  if (!made) co_return made.error();
  context_.committed();
  for (const store::Member& member : made->members) {
    context_.member_created(member, made->members.size());
  }
  const std::string room_id = made->room_id;
  auto read = [user_id = subject.user_id, room_id](store::Session& session) {
    return read_room_view(session, user_id, room_id);
  };
  auto view = co_await context_.database.read(std::move(read));
  if (!view) co_return view.error();
  if (!made->existed) {
    for (const store::Member& member : made->members) {
      const std::string body = boost::json::serialize(boost::json::object{{"roomId", room_id},
                                                                          {"action", "added"},
                                                                          {"userId", member.user_id},
                                                                          {"role", member.role},
                                                                          {"by", subject.user_id},
                                                                          {"member", to_json(member)},
                                                                          {"room", to_json(view->room)}});
      context_.hub.publish_to_user(hub::make_event({"member-updated", body, room_id, 0}), member.user_id);
    }
  }
  co_return Created{std::move(*view), made->existed};
}

Answer<RoomView> Rooms::get(auth::Subject subject, std::string room_id) {
  const auto allowed = co_await authorize(subject, auth::Action::kRoomView, room_id);
  if (!allowed) co_return allowed.error();
  auto job = [user_id = subject.user_id, room_id](store::Session& session) {
    return read_room_view(session, user_id, room_id);
  };
  co_return co_await context_.database.read(std::move(job));
}

Answer<Page<RoomView>> Rooms::list_mine(auth::Subject subject, std::string cursor, std::size_t limit) {
  auto job = [user_id = subject.user_id, cursor = std::move(cursor),
              size = context_.page_size(limit)](store::Session& session) -> Result<Page<RoomView>, Error> {
    auto listings = store::list_rooms_of(session, user_id, cursor, size);
    if (!listings) return listings.error();
    Page<RoomView> page;
    std::vector<std::string> last_ids;
    for (store::RoomListing& listing : *listings) {
      if (!listing.last_message_id.empty()) last_ids.push_back(listing.last_message_id);
      page.items.push_back(to_view(std::move(listing)));
    }
    if (const auto added = add_last_messages(session, page.items, last_ids); !added) return added.error();
    if (page.items.size() == size) page.next_cursor = page.items.back().room.id;
    return page;
  };
  co_return co_await context_.database.read(std::move(job));
}

Answer<Page<RoomView>> Rooms::list_public(auth::Subject subject, std::string cursor, std::size_t limit) {
  auth::Object object;
  object.room_public = true;
  // What a stranger may see of public rooms; a guest sees none.
  const auto allowed = auth::authorize(subject, auth::Action::kRoomView, object);
  if (!allowed) co_return Page<RoomView>{};
  auto job = [user_id = subject.user_id, cursor = std::move(cursor),
              size = context_.page_size(limit)](store::Session& session) -> Result<Page<RoomView>, Error> {
    auto rooms = store::list_public_rooms(session, cursor, size);
    if (!rooms) return rooms.error();
    Page<RoomView> page;
    for (store::Room& room : *rooms) {
      const auto member = store::find_member(session, room.id, user_id);
      if (!member) return member.error();
      RoomView view;
      view.room = std::move(room);
      if (*member) view.role = auth::room_role_from((*member)->role).value_or(auth::RoomRole::kNone);
      page.items.push_back(std::move(view));
    }
    if (page.items.size() == size) page.next_cursor = page.items.back().room.id;
    return page;
  };
  co_return co_await context_.database.read(std::move(job));
}

Answer<RoomView> Rooms::update(auth::Subject subject, std::string room_id, RoomChange change) {
  if (const auto fine = check_change(context_.config, change); !fine) co_return fine.error();
  const auto room = co_await context_.cache.load(room_id);
  if (!room) co_return room.error();
  if (const auto allowed = may_change(subject, change, **room); !allowed) co_return allowed.error();

  struct Updated {
    store::Room room;
    store::RoomEvent event;
  };
  auto job = [room_id, change, at = context_.now_ms()](store::Session& session) -> Result<Updated, Error> {
    auto known = store::find_room(session, room_id);
    if (!known) return known.error();
    if (!*known) return Error{"not_found", "there is no such room", "roomId"};
    auto after = changed(std::move(**known), change);
    if (!after) return after.error();
    after->updated_at = at;
    ++after->last_seq;
    if (const auto kept = store::update_room(session, *after); !kept) return kept.error();
    auto event = store::append_room_event(session, room_id, "room-updated", room_event_body(*after));
    if (!event) return event.error();
    return Updated{std::move(*after), std::move(*event)};
  };
  const auto note = [](const Context& context, store::Session& session, const Updated& done) {
    return context.tell(&Observer::on_room_updated, session, done.room);
  };
  auto observed = context_.observed(std::move(job), note);
  auto entry = context_.act(subject, "room.update", room_id, room_id, change_json(change));
  auto audited = store::audited(std::move(entry), std::move(observed));
  const auto updated = co_await context_.database.write(std::move(audited));
  if (!updated) co_return updated.error();
  context_.cache.set_room(updated->room);
  context_.publish(updated->event);
  context_.committed();
  const bool encrypted = change.e2ee.value_or(false);
  while (encrypted) {
    auto unindex = [room_id, batch = context_.config.housekeeping_batch](store::Session& session) {
      return store::unindex_room(session, room_id, batch);
    };
    const auto gone = co_await context_.database.write(std::move(unindex));
    if (!gone) co_return gone.error();
    if (*gone == 0) break;
  }
  auto read = [user_id = subject.user_id, room_id](store::Session& session) {
    return read_room_view(session, user_id, room_id);
  };
  co_return co_await context_.database.read(std::move(read));
}

Answer<void> Rooms::remove(auth::Subject subject, std::string room_id) {
  const auto room = co_await context_.cache.load(room_id);
  if (!room) co_return room.error();
  const auto allowed = auth::authorize(subject, auth::Action::kRoomDelete, (*room)->object_for(subject.user_id));
  if (!allowed) co_return allowed.error();
  auto job = [room_id, at = context_.now_ms(), context = &context_,
              known = (*room)->room](store::Session& session) -> Result<void, Error> {
    if (auto gone = store::delete_room(session, room_id, at); !gone) return gone.error();
    return context->tell(&Observer::on_room_deleted, session, known);
  };
  auto entry = context_.act(subject, "room.delete", room_id, room_id, {{"name", (*room)->room.name}});
  auto audited = store::audited(std::move(entry), std::move(job));
  const auto gone = co_await context_.database.write(std::move(audited));
  if (!gone) co_return gone.error();
  context_.cache.forget(room_id);
  const boost::json::object data{{"roomId", room_id}, {"by", subject.user_id}};
  context_.hub.publish_to_room(context_.now(),
                               hub::make_event({"room-deleted", boost::json::serialize(data), room_id, 0}));
  context_.hub.room_deleted(context_.now(), room_id);
  context_.committed();
  co_return Result<void, Error>{};
}

Answer<auth::Object> Rooms::object_for(std::string user_id, std::string room_id) {
  const auto room = co_await context_.cache.load(std::move(room_id));
  if (!room) co_return room.error();
  auth::Object object = (*room)->object_for(user_id);
  object.room_id = {};  // would refer to memory that may go; see authorize()
  co_return object;
}

Answer<auth::Object> Rooms::authorize(auth::Subject subject, auth::Action action, std::string room_id) {
  const auto room = co_await context_.cache.load(std::move(room_id));
  if (!room) co_return room.error();
  auth::Object object = (*room)->object_for(subject.user_id);
  const auto allowed = auth::authorize(subject, action, object);
  if (!allowed) co_return allowed.error();
  object.room_id = {};
  co_return object;
}

}  // namespace parley::chat

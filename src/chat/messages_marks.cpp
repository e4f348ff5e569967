// Reactions, pins and read markers.
#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "chat/context.h"
#include "chat/json.h"
#include "chat/messages.h"
#include "chat/text.h"
#include "store/pins.h"
#include "store/reactions.h"
#include "store/session.h"

namespace parley::chat {

namespace {

struct Marked {
  store::RoomEvent event;  // seq 0: nothing changed
  FullMessage full;
};

// For Context::observed().
Result<void, Error> tell_of_mark(const Context& context, store::Session& session, const Marked& marked) {
  if (marked.event.seq == 0) return {};
  return context.tell(&Observer::on_message_updated, session, marked.full.message);
}

struct ReactionJob {
  std::string message_id;
  std::string user_id;
  std::string emoji;
  bool add = true;
  std::size_t max_emoji = 0;
  std::int64_t at = 0;

  Result<Marked, Error> operator()(store::Session& session) const {
    auto message = read_message(session, nullptr, message_id);
    if (!message) return message.error();
    if (message->deleted_at != 0) return Error{"failed_precondition", "the message is deleted", "messageId"};
    const auto changed = add ? store::insert_reaction(session, message_id, user_id, emoji, at)
                             : store::delete_reaction(session, message_id, user_id, emoji);
    if (!changed) return changed.error();
    if (!*changed) return Marked{{}, {std::move(*message), {}}};
    auto reactions = store::reactions_of(session, message_id);
    if (!reactions) return reactions.error();
    if (add && reactions->size() > max_emoji) {
      return Error{"resource_exhausted", "the message has as many different reactions as it may have", "emoji"};
    }
    message->reactions = std::move(*reactions);
    const auto seq = store::take_room_seq(session, message->room_id, user_id);
    if (!seq) return seq.error();
    const boost::json::object said{{"emoji", emoji}, {"userId", user_id}, {"added", add}};
    store::RoomEvent event{message->room_id, *seq, "reaction-updated", boost::json::serialize(said), message_id, at};
    if (const auto kept = store::insert_room_event(session, event); !kept) return kept.error();
    return Marked{std::move(event), {std::move(*message), {}}};
  }
};

Answer<std::vector<store::Reaction>> change_reaction(Context& context, Messages& messages, auth::Subject subject,
                                                     ReactionJob job) {
  if (const auto fine = check_line(job.emoji, {"emoji", 1, context.config.max_emoji}); !fine) co_return fine.error();
  const auto known = co_await messages.get(subject, job.message_id);
  if (!known) co_return known.error();
  const auto room = co_await context.cache.load(known->room_id);
  if (!room) co_return room.error();
  const auto allowed = auth::authorize(subject, auth::Action::kReact, (*room)->object_for(subject.user_id));
  if (!allowed) co_return allowed.error();
  job.user_id = subject.user_id;
  job.max_emoji = context.config.max_reactions_per_message;
  job.at = context.now_ms();
  auto marked = co_await context.database.write(std::move(job));
  if (!marked) co_return marked.error();
  if (marked->event.seq != 0) context.publish(marked->event, marked->full);
  co_return std::move(marked->full.message.reactions);
}

}  // namespace

Answer<std::vector<store::Reaction>> Messages::add_reaction(auth::Subject subject, std::string message_id,
                                                            std::string emoji) {
  ReactionJob job;
  job.message_id = std::move(message_id);
  job.emoji = std::move(emoji);
  return change_reaction(context_, *this, std::move(subject), std::move(job));
}

Answer<std::vector<store::Reaction>> Messages::remove_reaction(auth::Subject subject, std::string message_id,
                                                               std::string emoji) {
  ReactionJob job;
  job.message_id = std::move(message_id);
  job.emoji = std::move(emoji);
  job.add = false;
  return change_reaction(context_, *this, std::move(subject), std::move(job));
}

Answer<store::Message> Messages::pin(auth::Subject subject, std::string message_id, bool pinned) {
  const auto known = co_await get(subject, message_id);
  if (!known) co_return known.error();
  const auto room = co_await context_.cache.load(known->room_id);
  if (!room) co_return room.error();
  const auto allowed = auth::authorize(subject, auth::Action::kPin, (*room)->object_for(subject.user_id));
  if (!allowed) co_return allowed.error();

  auto job = [files = context_.files, message_id, pinned, user_id = subject.user_id,
              max = context_.config.max_pins_per_room,
              at = context_.now_ms()](store::Session& session) -> Result<Marked, Error> {
    auto full = read_full_message(session, files, message_id);
    if (!full) return full.error();
    store::Message& m = full->message;
    if (m.deleted_at != 0) return Error{"failed_precondition", "the message is deleted", "messageId"};
    const auto changed =
        pinned ? store::insert_pin(session, {m.room_id, m.id, user_id, at}) : store::delete_pin(session, m.id);
    if (!changed) return changed.error();
    if (!*changed) return Marked{{}, std::move(*full)};
    const auto count = store::count_pins(session, m.room_id);
    if (!count) return count.error();
    if (pinned && *count > static_cast<std::int64_t>(max)) {
      return Error{"resource_exhausted", "the room has as many pinned messages as it may have", "messageId"};
    }
    m.pinned = pinned;
    const auto seq = store::take_room_seq(session, m.room_id, user_id);
    if (!seq) return seq.error();
    const boost::json::object said{{"pinnedBy", pinned ? boost::json::value(user_id) : boost::json::value(nullptr)}};
    store::RoomEvent event{m.room_id, *seq, "message-updated", boost::json::serialize(said), m.id, at};
    if (const auto kept = store::insert_room_event(session, event); !kept) return kept.error();
    return Marked{std::move(event), std::move(*full)};
  };
  auto observed = context_.observed(std::move(job), tell_of_mark);
  auto marked = co_await context_.database.write(std::move(observed));
  if (!marked) co_return marked.error();
  if (marked->event.seq != 0) {
    context_.publish(marked->event, marked->full);
    context_.committed();
  }
  co_return std::move(marked->full.message);
}

Answer<std::vector<store::Message>> Messages::pins(auth::Subject subject, std::string room_id) {
  const auto room = co_await context_.cache.load(room_id);
  if (!room) co_return room.error();
  const auto allowed = auth::authorize(subject, auth::Action::kMessageRead, (*room)->object_for(subject.user_id));
  if (!allowed) co_return allowed.error();
  auto job = [files = context_.files, room_id, max = context_.config.max_pins_per_room](
                 store::Session& session) -> Result<std::vector<store::Message>, Error> {
    const auto pins = store::list_pins(session, room_id, max);
    if (!pins) return pins.error();
    std::vector<std::string> ids;
    for (const store::Pin& pin : *pins) ids.push_back(pin.message_id);
    auto found = store::find_messages(session, ids);
    if (!found) return found.error();
    if (const auto loaded = load_details(session, files, *found); !loaded) return loaded.error();
    std::vector<store::Message> ordered;
    for (const std::string& id : ids) {
      const auto message = std::ranges::find(*found, id, &store::Message::id);
      if (message != found->end()) ordered.push_back(std::move(*message));
    }
    return ordered;
  };
  co_return co_await context_.database.read(std::move(job));
}

Answer<store::ReadMarker> Messages::mark_read(auth::Subject subject, std::string room_id, std::int64_t seq) {
  if (seq < 0) co_return Error{"invalid_argument", "seq must be the number of an event of the room", "seq"};
  const auto room = co_await context_.cache.load(room_id);
  if (!room) co_return room.error();
  const auto allowed = auth::authorize(subject, auth::Action::kMessageRead, (*room)->object_for(subject.user_id));
  if (!allowed) co_return allowed.error();

  struct Moved {
    store::ReadMarker marker;
    bool changed = false;
    std::int64_t members = 0;
  };
  auto job = [room_id, seq, user_id = subject.user_id,
              at = context_.now_ms()](store::Session& session) -> Result<Moved, Error> {
    const auto known = store::find_room(session, room_id);
    if (!known) return known.error();
    if (!*known) return Error{"not_found", "there is no such room", "roomId"};
    Moved moved{{room_id, user_id, std::min(seq, (*known)->last_seq), at}, false, (*known)->member_count};
    const auto changed = store::advance_read_marker(session, moved.marker);
    if (!changed) return changed.error();
    moved.changed = *changed;
    if (moved.changed) return moved;
    const auto now_at = store::read_seq(session, room_id, user_id);
    if (!now_at) return now_at.error();
    moved.marker.seq = *now_at;
    return moved;
  };
  auto moved = co_await context_.database.write(std::move(job));
  if (!moved) co_return moved.error();
  if (moved->changed) {
    const boost::json::object data{{"roomId", room_id},
                                   {"userId", subject.user_id},
                                   {"lastReadSeq", moved->marker.seq},
                                   {"readAt", to_iso(moved->marker.read_at)}};
    const auto event = hub::make_event({"read-updated", boost::json::serialize(data), room_id, 0});
    if (moved->members <= static_cast<std::int64_t>(context_.config.quiet_room_size)) {
      context_.hub.publish_to_room(context_.now(), event);
    } else {
      context_.hub.publish_to_user(event, subject.user_id);
    }
  }
  co_return std::move(moved->marker);
}

Answer<std::vector<store::ReadMarker>> Messages::read_markers(auth::Subject subject, std::string room_id) {
  const auto room = co_await context_.cache.load(room_id);
  if (!room) co_return room.error();
  const auto allowed = auth::authorize(subject, auth::Action::kMessageRead, (*room)->object_for(subject.user_id));
  if (!allowed) co_return allowed.error();
  auto job = [room_id, max = context_.config.max_members_per_room](store::Session& session) {
    return store::list_read_markers(session, room_id, max);
  };
  co_return co_await context_.database.read(std::move(job));
}

}  // namespace parley::chat

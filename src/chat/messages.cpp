// Sending, editing and deleting messages.
#include "chat/messages.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "chat/context.h"
#include "chat/json.h"
#include "chat/link.h"
#include "chat/link_previews.h"
#include "chat/mentions.h"
#include "chat/text.h"
#include "store/inbox.h"
#include "store/search.h"
#include "store/session.h"

namespace parley::chat {

namespace {

constexpr std::string_view kEverybody = "room";

// Ids of the members that the content names, and "room" when it names all and the sender may.
std::vector<std::string> mentioned(const Config& config, const CachedRoom& room, const auth::Subject& subject,
                                   std::string_view content) {
  std::vector<std::string> ids;
  if (content.find('@') == std::string_view::npos) return ids;
  for (const std::string& handle : mentioned_handles(content, config.max_mentions)) {
    if (handle == kEverybody) {
      if (auth::authorize(subject, auth::Action::kMentionRoom, room.object_for(subject.user_id))) ids.push_back(handle);
      continue;
    }
    for (const auto& [id, member] : room.members) {
      if (member.handle == handle) ids.push_back(id);
    }
  }
  return ids;
}

std::string mentions_json(const std::vector<std::string>& ids) {
  if (ids.empty()) return "[]";
  return boost::json::serialize(boost::json::array(ids.begin(), ids.end()));
}

std::vector<store::Mention> mention_rows(const store::Message& message, const std::vector<std::string>& ids) {
  std::vector<store::Mention> rows;
  for (const std::string& id : ids) {
    if (id != message.sender_id) rows.push_back({message.id, message.room_id, message.seq, id});
  }
  return rows;
}

store::SearchDocument document_of(const store::Message& message) {
  const bool image =
      std::ranges::any_of(message.files, [](const store::LinkedFile& file) { return file.mime.starts_with("image/"); });
  return {
      "message",       message.id,        message.room_id,           message.id, message.sender_id, message.created_at,
      message.content, message.has_files, has_link(message.content), image};
}

// Replies and threads stay within a room and one level deep.
Result<void, Error> check_anchor(store::Session& session, const std::string& id, const std::string& room_id,
                                 std::string_view field) {
  if (id.empty()) return {};
  const auto anchor = store::find_message(session, id);
  if (!anchor) return anchor.error();
  if (!*anchor || (*anchor)->room_id != room_id) {
    return Error{"not_found", "there is no such message in this room", std::string(field)};
  }
  if (field == "threadId" && !(*anchor)->thread_id.empty()) {
    return Error{"invalid_argument", "a reply in a thread has no thread of its own; name the thread's first message",
                 std::string(field)};
  }
  return {};
}

// For Context::observed(); nothing has happened where no event was written.
template <auto kWhat>
Result<void, Error> tell_of(const Context& context, store::Session& session, const Written& written) {
  if (written.event.seq == 0) return {};
  return context.tell(kWhat, session, written.full.message);
}

// The write job of one message. Owns all that it needs: it runs on the database's thread, and perhaps twice.
struct SendJob {
  store::Message message;
  std::vector<std::string> mentions;
  std::vector<std::string> file_ids;
  const FileLinks* files = nullptr;
  bool indexed = true;

  Result<Written, Error> operator()(store::Session& session) const {
    Written written{{}, {message, {}}};
    store::Message& m = written.full.message;
    if (const auto fine = check_anchor(session, m.reply_to, m.room_id, "replyTo"); !fine) return fine.error();
    if (const auto fine = check_anchor(session, m.thread_id, m.room_id, "threadId"); !fine) return fine.error();
    const auto seq = store::take_room_seq(session, m.room_id, m.sender_id);
    if (!seq) return seq.error();
    m.seq = *seq;
    if (const auto kept = store::insert_message(session, m); !kept) return kept.error();
    if (const auto kept = store::insert_mentions(session, mention_rows(m, mentions)); !kept) return kept.error();
    if (!file_ids.empty()) {
      auto linked = files->attach(session, {m.room_id, m.id, m.sender_id, file_ids});
      if (!linked) return linked.error();
      m.files = std::move(*linked);
    }
    if (!m.thread_id.empty()) {
      const auto thread = store::count_reply(session, m.thread_id, 1, m.created_at);
      if (!thread) return thread.error();
      written.full.thread = *thread;
      if (const auto kept = store::follow_by_reply(session, m.thread_id, m.sender_id); !kept) return kept.error();
    }
    if (indexed) {
      if (const auto kept = store::index_document(session, document_of(m)); !kept) return kept.error();
    }
    written.event = {m.room_id, m.seq, "new-message", "{}", m.id, m.created_at};
    if (const auto kept = store::insert_room_event(session, written.event); !kept) return kept.error();
    return written;
  }
};

Result<void, Error> check_new_message(const Config& config, const NewMessage& input, const FileLinks* files) {
  const std::size_t least = input.file_ids.empty() ? 1 : 0;
  if (auto fine = check_text(input.content, {"content", least, config.max_content}); !fine) return fine;
  if (auto fine = check_line(input.client_id, {"clientId", 0, config.max_client_id}); !fine) return fine;
  if (!input.reply_to.empty() && !is_uuid(input.reply_to)) {
    return Error{"invalid_argument", "replyTo must be the id of a message", "replyTo"};
  }
  if (!input.thread_id.empty() && !is_uuid(input.thread_id)) {
    return Error{"invalid_argument", "threadId must be the id of a message", "threadId"};
  }
  if (input.file_ids.size() > config.max_files_per_message) {
    return Error{"invalid_argument",
                 "a message carries " + std::to_string(config.max_files_per_message) + " files at most", "fileIds"};
  }
  std::vector<std::string> sorted = input.file_ids;
  std::ranges::sort(sorted);
  if (std::ranges::adjacent_find(sorted) != sorted.end()) {
    return Error{"invalid_argument", "each file can be there once", "fileIds"};
  }
  if (!input.file_ids.empty() && files == nullptr) {
    return Error{"failed_precondition", "this server takes no files", "fileIds"};
  }
  return {};
}

// What an already_exists of a send means: the message that this client_id gave once.
Result<Sent, Error> as_repeated(const NewMessage& input, std::optional<store::Message> earlier) {
  if (!earlier) return Error{"unavailable", "the message could not be kept; try again", ""};
  if (earlier->room_id != input.room_id) {
    return Error{"already_exists", "you used this clientId in another room", "clientId"};
  }
  return Sent{std::move(*earlier), true};
}

}  // namespace

Answer<Sent> Messages::send(auth::Subject subject, NewMessage input) {
  const TimePoint asked = context_.now();
  if (const auto fine = check_new_message(context_.config, input, context_.files); !fine) co_return fine.error();
  CachedRoomRef room = context_.cache.find(input.room_id);
  if (!room) {
    auto loaded = co_await context_.cache.load(input.room_id);
    if (!loaded) co_return loaded.error();
    room = *loaded;
  }
  const auto allowed = auth::authorize(subject, auth::Action::kMessageSend, room->object_for(subject.user_id));
  if (!allowed) co_return allowed.error();

  SendJob job;
  store::Message& message = job.message;
  message.id = context_.new_id();
  message.room_id = input.room_id;
  message.sender_id = subject.user_id;
  message.type = input.content.empty() ? "file" : "text";
  message.content = std::move(input.content);
  message.reply_to = input.reply_to;
  message.thread_id = input.thread_id;
  message.client_id = input.client_id.empty() ? message.id : input.client_id;
  message.has_files = !input.file_ids.empty();
  message.created_at = context_.now_ms();
  const auto sender = room->members.find(subject.user_id);
  message.sender_name = sender == room->members.end() ? subject.name : sender->second.name;
  if (sender != room->members.end()) message.sender_avatar_url = sender->second.avatar_url;
  job.mentions = mentioned(context_.config, *room, subject, message.content);
  message.mentions = mentions_json(job.mentions);
  job.file_ids = std::move(input.file_ids);
  job.files = context_.files;
  job.indexed = !room->room.e2ee;
  const std::string id = message.id;
  const std::string client_id = message.client_id;

  auto observed = context_.observed(std::move(job), tell_of<&Observer::on_message_created>);
  auto written = co_await context_.database.write(std::move(observed));
  if (!written && written.error().code == "already_exists") {
    auto find = [files = context_.files, sender_id = subject.user_id,
                 client_id](store::Session& session) -> Result<std::optional<FullMessage>, Error> {
      auto earlier = store::find_message_by_client_id(session, sender_id, client_id);
      if (!earlier) return earlier.error();
      if (!*earlier) return std::optional<FullMessage>();
      auto full = read_full_message(session, files, (*earlier)->id);
      if (!full) return full.error();
      return std::optional<FullMessage>(std::move(*full));
    };
    auto earlier = co_await context_.database.read(std::move(find));
    if (!earlier) co_return earlier.error();
    const bool own_first_run = *earlier && (*earlier)->message.id == id;
    if (!own_first_run) {
      co_return as_repeated(input, *earlier ? std::optional((*earlier)->message) : std::nullopt);
    }
    // The connection broke after the commit and the job ran again: the message is there, but nobody was told.
    const store::Message& m = (*earlier)->message;
    store::RoomEvent event{m.room_id, m.seq, "new-message", "{}", m.id, m.created_at};
    written = Written{std::move(event), std::move(**earlier)};
  }
  if (!written) co_return written.error();
  context_.hub.stop_typing(context_.now(), written->event.room_id, subject.user_id);
  context_.publish(written->event, written->full);
  context_.fanout.add(context_.now() - asked);
  context_.committed();
  want_link_preview(context_, room->room, written->full.message);
  co_return Sent{std::move(written->full.message), false};
}

Answer<store::Message> Messages::get(auth::Subject subject, std::string message_id) {
  auto job = [files = context_.files, message_id](store::Session& session) {
    return read_message(session, files, message_id);
  };
  auto message = co_await context_.database.read(std::move(job));
  if (!message) co_return message.error();
  auto room = co_await context_.cache.load(message->room_id);
  if (!room) co_return room.error();
  const auth::Object object = (*room)->object_for(subject.user_id);
  const auto allowed = auth::authorize(subject, auth::Action::kMessageRead, object);
  if (!allowed) co_return Error{"not_found", "there is no such message", "messageId"};
  co_return std::move(*message);
}

Answer<store::Message> Messages::edit(auth::Subject subject, std::string message_id, std::string content) {
  if (auto fine = check_text(content, {"content", 1, context_.config.max_content}); !fine) co_return fine.error();
  auto known = co_await get(subject, message_id);
  if (!known) co_return known.error();
  auto room = co_await context_.cache.load(known->room_id);
  if (!room) co_return room.error();
  auth::Object object = (*room)->object_for(subject.user_id);
  object.own = known->sender_id == subject.user_id;
  const auto allowed = auth::authorize(subject, auth::Action::kMessageEdit, object);
  if (!allowed) co_return allowed.error();

  const std::vector<std::string> mentions = mentioned(context_.config, **room, subject, content);
  auto job = [files = context_.files, message_id, mentions, content = std::move(content), user_id = subject.user_id,
              indexed = !(*room)->room.e2ee,
              at = context_.now_ms()](store::Session& session) -> Result<Written, Error> {
    auto full = read_full_message(session, files, message_id);
    if (!full) return full.error();
    store::Message& m = full->message;
    if (m.deleted_at != 0) return Error{"failed_precondition", "the message is deleted", "messageId"};
    const auto seq = store::take_room_seq(session, m.room_id, user_id);
    if (!seq) return seq.error();
    if (m.link_preview != store::kNoLinkPreview && first_link(m.content) != first_link(content)) m.link_preview.clear();
    m.content = content;
    m.mentions = mentions_json(mentions);
    m.edited_at = at;
    if (const auto kept = store::update_message_content(session, m); !kept) return kept.error();
    if (const auto gone = store::delete_mentions(session, m.id); !gone) return gone.error();
    if (const auto kept = store::insert_mentions(session, mention_rows(m, mentions)); !kept) return kept.error();
    if (indexed) {
      if (const auto kept = store::index_document(session, document_of(m)); !kept) return kept.error();
    }
    Written written{{m.room_id, *seq, "message-updated", "{}", m.id, at}, std::move(*full)};
    if (const auto kept = store::insert_room_event(session, written.event); !kept) return kept.error();
    return written;
  };
  auto observed = context_.observed(std::move(job), tell_of<&Observer::on_message_updated>);
  auto written = co_await context_.database.write(std::move(observed));
  if (!written) co_return written.error();
  context_.publish(written->event, written->full);
  context_.committed();
  want_link_preview(context_, (*room)->room, written->full.message);
  co_return std::move(written->full.message);
}

Answer<store::Message> Messages::remove(auth::Subject subject, std::string message_id) {
  auto known = co_await get(subject, message_id);
  if (!known) co_return known.error();
  auto room = co_await context_.cache.load(known->room_id);
  if (!room) co_return room.error();
  auth::Object object = (*room)->object_for(subject.user_id);
  object.own = known->sender_id == subject.user_id;
  const auto allowed = auth::authorize(subject, auth::Action::kMessageDelete, object);
  if (!allowed) co_return allowed.error();
  if (known->deleted_at != 0) co_return std::move(*known);

  auto job = [files = context_.files, message_id, user_id = subject.user_id,
              at = context_.now_ms()](store::Session& session) -> Result<Written, Error> {
    auto full = read_full_message(session, files, message_id);
    if (!full) return full.error();
    store::Message& m = full->message;
    if (m.deleted_at != 0) return Written{{}, std::move(*full)};  // somebody else was faster
    const auto seq = store::take_room_seq(session, m.room_id, user_id);
    if (!seq) return seq.error();
    if (const auto gone = store::mark_message_deleted(session, m.id, user_id, at); !gone) return gone.error();
    if (m.has_files && files != nullptr) {
      if (const auto gone = files->detach(session, {&m.id, 1}); !gone) return gone.error();
    }
    if (!m.thread_id.empty()) {
      const auto thread = store::count_reply(session, m.thread_id, -1, 0);
      if (!thread) return thread.error();
    }
    const store::RoomEvent event{m.room_id, *seq, "message-deleted", "{}", m.id, at};
    if (const auto kept = store::insert_room_event(session, event); !kept) return kept.error();
    auto after = read_full_message(session, files, message_id);
    if (!after) return after.error();
    return Written{event, std::move(*after)};
  };
  auto observed = context_.observed(std::move(job), tell_of<&Observer::on_message_deleted>);
  auto entry = context_.act(subject, "message.delete", message_id, known->room_id, {{"senderId", known->sender_id}});
  // One's own words are one's own to take back.
  const auto moderated = [own = object.own](const Result<Written, Error>& done) {
    return !own && done->event.seq != 0;
  };
  auto audited = store::audited(std::move(entry), std::move(observed), moderated);
  auto written = co_await context_.database.write(std::move(audited));
  if (!written) co_return written.error();
  if (written->event.seq != 0) {
    context_.publish(written->event, written->full);
    context_.committed();
  }
  co_return std::move(written->full.message);
}

}  // namespace parley::chat

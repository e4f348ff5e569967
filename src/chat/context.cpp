#include "chat/context.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/json/serialize.hpp>

#include "chat/json.h"
#include "store/session.h"
#include "store/users.h"

namespace parley::chat {

Context::Context(Config settings, Dependencies dependencies)
    : config(settings),
      database(dependencies.database),
      hub(dependencies.hub),
      random(dependencies.random),
      clock(std::move(dependencies.clock)),
      files(dependencies.files),
      home(std::move(dependencies.home)),
      link_preview(std::move(dependencies.link_preview)),
      cache(database, settings.cached_members) {
  hub.add_listener(*this);
}

Context::~Context() { hub.remove_listener(*this); }

std::size_t Context::page_size(std::size_t asked) const { return std::clamp<std::size_t>(asked, 1, config.max_page); }

hub::EventRef Context::to_event_of(const store::RoomEvent& event) { return to_event(event); }

store::AuditEntry Context::act(const auth::Subject& actor, std::string action, std::string object_id,
                               std::string room_id, const boost::json::object& detail) {
  return auth::audit_entry(new_id(), actor, std::move(action), std::move(object_id), std::move(room_id),
                           boost::json::serialize(detail));
}

void Context::publish(store::RoomEvent event, const FullMessage& full) {
  event.data = message_event_data(event, full.message, full.thread);
  publish(event);
}

void Context::member_created(const store::Member& member, std::size_t members) {
  note_change(member.user_id);
  cache.set_member(member);
  hub.member_added(now(), member.room_id, member.user_id, members);
}

void Context::member_set(const store::Member& member, std::size_t members, const store::RoomEvent& event) {
  member_created(member, members);
  publish(event);
}

void Context::member_gone(std::string_view room_id, std::string_view user_id, std::size_t members,
                          const store::RoomEvent& event) {
  note_change(user_id);
  cache.remove_member(room_id, user_id);
  hub.member_removed(now(), room_id, user_id, members);
  const hub::EventRef shared = to_event(event);
  hub.publish_to_room(now(), shared);
  hub.publish_to_user(shared, user_id);
}

void Context::note_change(std::string_view user_id) {
  if (const auto found = connecting_.find(user_id); found != connecting_.end()) found->second.dirty = true;
}

Context::Connecting::Connecting(Context& context, std::string user_id)
    : context_(context), user_id_(std::move(user_id)) {
  ++context_.connecting_[user_id_].count;
}

Context::Connecting::~Connecting() {
  const auto found = context_.connecting_.find(user_id_);
  if (--found->second.count == 0) context_.connecting_.erase(found);
}

bool Context::Connecting::changed() { return std::exchange(context_.connecting_[user_id_].dirty, false); }

namespace {

boost::asio::awaitable<void> keep_last_seen(store::Database& database, std::string user, std::int64_t at) {
  auto job = [user = std::move(user), at](store::Session& session) { return store::set_last_seen(session, user, at); };
  // Who is gone from the accounts meanwhile has no time to keep.
  static_cast<void>(co_await database.write(std::move(job)));
}

}  // namespace

void Context::on_user_offline(std::string_view user, std::int64_t last_seen_ms) {
  if (!home) return;
  boost::asio::co_spawn(home, keep_last_seen(database, std::string(user), last_seen_ms), boost::asio::detached);
}

Result<void, Error> load_details(store::Session& session, const FileLinks* files,
                                 std::vector<store::Message>& messages) {
  if (const auto loaded = store::load_reactions(session, messages); !loaded) return loaded.error();
  std::vector<std::string> ids;
  for (const store::Message& message : messages) {
    if (message.has_files) ids.push_back(message.id);
  }
  if (files == nullptr || ids.empty()) return {};
  auto linked = files->of_messages(session, ids);
  if (!linked) return linked.error();
  for (store::LinkedFile& file : *linked) {
    const auto message = std::ranges::find(messages, file.message_id, &store::Message::id);
    if (message != messages.end()) message->files.push_back(std::move(file));
  }
  return {};
}

Result<store::Message, Error> read_message(store::Session& session, const FileLinks* files, std::string_view id) {
  auto found = store::find_message(session, id);
  if (!found) return found.error();
  if (!*found) return Error{"not_found", "there is no such message", "messageId"};
  std::vector<store::Message> one;
  one.push_back(std::move(**found));
  if (const auto loaded = load_details(session, files, one); !loaded) return loaded.error();
  return std::move(one.front());
}

Result<FullMessage, Error> read_full_message(store::Session& session, const FileLinks* files, std::string_view id) {
  auto message = read_message(session, files, id);
  if (!message) return message.error();
  FullMessage full{std::move(*message), {}};
  if (full.message.thread_id.empty()) return full;
  const auto root = store::find_message(session, full.message.thread_id);
  if (!root) return root.error();
  if (*root) full.thread = {(*root)->id, (*root)->reply_count, (*root)->last_reply_at};
  return full;
}

Result<std::vector<store::RoomEvent>, Error> with_data(store::Session& session, const FileLinks* files,
                                                       std::vector<store::RoomEvent> events) {
  std::vector<std::string> ids;
  for (const store::RoomEvent& event : events) {
    if (!event.message_id.empty()) ids.push_back(event.message_id);
  }
  auto messages = store::find_messages(session, ids);
  if (!messages) return messages.error();
  if (const auto loaded = load_details(session, files, *messages); !loaded) return loaded.error();
  std::vector<std::string> root_ids;
  for (const store::Message& message : *messages) {
    if (!message.thread_id.empty()) root_ids.push_back(message.thread_id);
  }
  const auto roots = store::find_messages(session, root_ids);
  if (!roots) return roots.error();

  TextMap<const store::Message*> by_id;
  for (const store::Message& message : *messages) by_id.emplace(message.id, &message);
  TextMap<store::ThreadState> threads;
  for (const store::Message& root : *roots) {
    threads.emplace(root.id, store::ThreadState{root.id, root.reply_count, root.last_reply_at});
  }
  std::vector<store::RoomEvent> complete;
  complete.reserve(events.size());
  for (store::RoomEvent& event : events) {
    if (!event.message_id.empty()) {
      const auto found = by_id.find(event.message_id);
      if (found == by_id.end()) continue;
      const auto thread = threads.find(found->second->thread_id);
      event.data =
          message_event_data(event, *found->second, thread == threads.end() ? store::ThreadState{} : thread->second);
    }
    complete.push_back(std::move(event));
  }
  return complete;
}

}  // namespace parley::chat

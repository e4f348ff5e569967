#include "chat/inbox.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <set>

#include "chat/context.h"
#include "chat/json.h"
#include "chat/room_views.h"
#include "store/inbox.h"
#include "store/messages.h"
#include "store/session.h"

namespace parley::chat {

namespace {

// "<ms>:<id>" of the last entry of a page.
Result<store::InboxCursor, Error> cursor_from(std::string_view text) {
  store::InboxCursor cursor;
  if (text.empty()) return cursor;
  const auto colon = text.find(':');
  const auto id = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  const auto parsed = std::from_chars(text.data(), text.data() + std::min(colon, text.size()), cursor.at);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + colon || !is_uuid(id)) {
    return Error{"invalid_argument", "the cursor is none that this list gave", "cursor"};
  }
  cursor.id = id;
  return cursor;
}

struct Found {
  InboxKind kind = InboxKind::kMention;
  store::InboxEntry entry;
};

Result<std::vector<Found>, Error> find_entries(store::Session& session, const std::string& user_id,
                                               const store::InboxCursor& before, std::size_t limit) {
  std::vector<Found> all;
  const auto add = [&](InboxKind kind, Result<std::vector<store::InboxEntry>, Error> entries) -> Result<void, Error> {
    if (!entries) return entries.error();
    for (store::InboxEntry& entry : *entries) all.push_back({kind, std::move(entry)});
    return {};
  };
  // Mentions first: an answer that also names the person is told once, as what concerns them more.
  if (auto got = add(InboxKind::kMention, store::inbox_mentions(session, user_id, before, limit)); !got) {
    return got.error();
  }
  if (auto got = add(InboxKind::kThread, store::inbox_threads(session, user_id, before, limit)); !got) {
    return got.error();
  }
  if (auto got = add(InboxKind::kMissedCall, store::inbox_missed_calls(session, user_id, before, limit)); !got) {
    return got.error();
  }
  std::ranges::stable_sort(all, [](const Found& a, const Found& b) {
    return std::tie(a.entry.at, a.entry.id) > std::tie(b.entry.at, b.entry.id);
  });
  const auto twice = std::ranges::unique(all, [](const Found& a, const Found& b) { return a.entry.id == b.entry.id; });
  all.erase(twice.begin(), twice.end());
  if (all.size() > limit) all.resize(limit);
  return all;
}

Result<std::vector<store::Message>, Error> messages_of(store::Session& session, const FileLinks* files,
                                                       const std::vector<Found>& entries) {
  std::vector<std::string> ids;
  for (const Found& found : entries) {
    if (found.kind != InboxKind::kMissedCall) ids.push_back(found.entry.id);
  }
  auto messages = store::find_messages(session, ids);
  if (!messages) return messages.error();
  if (const auto loaded = load_details(session, files, *messages); !loaded) return loaded.error();
  return messages;
}

InboxItem item_of(Found found, std::vector<store::Message>& messages) {
  InboxItem item{found.kind, std::move(found.entry.room_id), found.entry.at, found.entry.read, {}, {}};
  if (found.kind == InboxKind::kMissedCall) {
    item.call_id = std::move(found.entry.id);
    return item;
  }
  const auto message = std::ranges::find(messages, found.entry.id, &store::Message::id);
  if (message != messages.end()) item.message = std::move(*message);
  return item;
}

}  // namespace

Answer<Page<InboxItem>> Inbox::list(auth::Subject subject, std::string cursor, std::size_t limit) {
  auto before = cursor_from(cursor);
  if (!before) co_return before.error();
  auto job = [user_id = subject.user_id, files = context_.files, from = std::move(*before),
              size = context_.page_size(limit)](store::Session& session) -> Result<Page<InboxItem>, Error> {
    auto entries = find_entries(session, user_id, from, size);
    if (!entries) return entries.error();
    auto messages = messages_of(session, files, *entries);
    if (!messages) return messages.error();
    Page<InboxItem> page;
    if (entries->size() == size) {
      const store::InboxEntry& last = entries->back().entry;
      page.next_cursor = std::to_string(last.at) + ":" + last.id;
    }
    for (Found& found : *entries) page.items.push_back(item_of(std::move(found), *messages));
    return page;
  };
  co_return co_await context_.database.read(std::move(job));
}

Answer<void> Inbox::mark_seen(auth::Subject subject) {
  auto job = [user_id = subject.user_id, at = context_.now_ms()](store::Session& session) {
    return store::mark_inbox_seen(session, user_id, at);
  };
  co_return co_await context_.database.write(std::move(job));
}

Answer<void> Inbox::follow_thread(auth::Subject subject, std::string message_id, bool following) {
  const auto message = co_await Messages(context_).get(subject, message_id);
  if (!message) co_return message.error();
  if (!message->thread_id.empty()) {
    co_return Error{"invalid_argument", "a reply has no thread of its own; name the thread's first message",
                    "messageId"};
  }
  auto job = [message_id, following, user_id = subject.user_id](store::Session& session) {
    return store::set_following(session, message_id, user_id, following);
  };
  co_return co_await context_.database.write(std::move(job));
}

Answer<bool> Inbox::follows_thread(auth::Subject subject, std::string message_id) {
  auto job = [message_id, user_id = subject.user_id](store::Session& session) {
    return store::is_following(session, message_id, user_id);
  };
  co_return co_await context_.database.read(std::move(job));
}

Answer<RoomView> Inbox::set_preferences(auth::Subject subject, std::string room_id, PreferencesChange change) {
  const auto room = co_await context_.cache.load(room_id);
  if (!room) co_return room.error();
  if (!(*room)->members.contains(subject.user_id)) {
    co_return Error{"permission_denied", "only a member has wishes for a room: join it first", "roomId"};
  }
  auto job = [room_id, change = std::move(change),
              user_id = subject.user_id](store::Session& session) -> Result<RoomView, Error> {
    auto wishes = store::room_preferences(session, room_id, user_id);
    if (!wishes) return wishes.error();
    if (change.starred) wishes->starred = *change.starred;
    if (change.muted) wishes->muted = *change.muted;
    if (change.notify) wishes->notify = *change.notify;
    const auto kept = store::save_room_preferences(session, room_id, user_id, *wishes);
    if (!kept) return kept.error();
    return read_room_view(session, user_id, room_id);
  };
  auto view = co_await context_.database.write(std::move(job));
  if (!view) co_return view.error();
  boost::json::object data{{"roomId", room_id}};
  for (const auto& [name, value] : preferences_json(*view)) data.emplace(name, value);
  const auto event = hub::make_event({"preferences-updated", boost::json::serialize(data), room_id, 0});
  context_.hub.publish_to_user(event, subject.user_id);
  co_return std::move(*view);
}

}  // namespace parley::chat

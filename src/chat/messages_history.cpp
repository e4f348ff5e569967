// Pages of messages, threads, and what a client missed.
#include <algorithm>
#include <charconv>

#include "chat/catch_up.h"
#include "chat/context.h"
#include "chat/messages.h"
#include "store/session.h"

namespace parley::chat {

namespace {

Result<HistoryPage, Error> read_history(store::Session& session, const FileLinks* files, store::HistoryQuery query) {
  const std::size_t limit = query.limit;
  // One more than asked for tells whether there are more; around a message, nobody asks.
  if (!query.around) query.limit = limit + 1;
  auto found = store::list_messages(session, query);
  if (!found) return found.error();
  HistoryPage page;
  page.items = std::move(*found);
  const bool more = page.items.size() > limit;
  if (more) page.items.erase(query.after ? page.items.end() - 1 : page.items.begin());
  if (const auto loaded = load_details(session, files, page.items); !loaded) return loaded.error();
  if (page.items.empty()) return page;
  const std::string first = std::to_string(page.items.front().seq);
  const std::string last = std::to_string(page.items.back().seq);
  if (query.after) {
    page.before_cursor = first;
    if (more) page.after_cursor = page.next_cursor = last;
  } else if (query.around) {
    page.before_cursor = page.next_cursor = first;
    page.after_cursor = last;
  } else {
    if (more) page.before_cursor = page.next_cursor = first;
    if (query.before) page.after_cursor = last;
  }
  return page;
}

store::HistoryQuery store_query(std::string room_id, std::string thread_id, const History& query, std::size_t limit) {
  return {std::move(room_id), std::move(thread_id), query.before, query.after, query.around, limit};
}

}  // namespace

Answer<HistoryPage> Messages::history(auth::Subject subject, std::string room_id, History query) {
  const auto room = co_await context_.cache.load(room_id);
  if (!room) co_return room.error();
  const auto allowed = auth::authorize(subject, auth::Action::kMessageRead, (*room)->object_for(subject.user_id));
  if (!allowed) co_return allowed.error();
  if (!query.thread_id.empty()) {
    auto thread_of = co_await thread(std::move(subject), query.thread_id, query);
    if (!thread_of) co_return thread_of.error();
    if (thread_of->first.room_id != room_id) {
      co_return Error{"not_found", "there is no such message in this room", "threadId"};
    }
    co_return std::move(thread_of->second);
  }
  auto job = [files = context_.files, asked = store_query(room_id, "", query, context_.page_size(query.limit))](
                 store::Session& session) { return read_history(session, files, asked); };
  co_return co_await context_.database.read(std::move(job));
}

Answer<std::pair<store::Message, HistoryPage>> Messages::thread(auth::Subject subject, std::string message_id,
                                                                History query) {
  auto root = co_await get(std::move(subject), message_id);
  if (!root) co_return root.error();
  auto job = [files = context_.files,
              asked = store_query(root->room_id, message_id, query, context_.page_size(query.limit))](
                 store::Session& session) { return read_history(session, files, asked); };
  auto page = co_await context_.database.read(std::move(job));
  if (!page) co_return page.error();
  co_return std::pair(std::move(*root), std::move(*page));
}

Answer<Page<store::Message>> Messages::threads(auth::Subject subject, std::string room_id, std::string cursor,
                                               std::size_t limit) {
  const auto room = co_await context_.cache.load(room_id);
  if (!room) co_return room.error();
  const auto allowed = auth::authorize(subject, auth::Action::kMessageRead, (*room)->object_for(subject.user_id));
  if (!allowed) co_return allowed.error();
  // "<time>.<id>" of the last one seen.
  std::int64_t before = 0;
  const std::string_view time = std::string_view(cursor).substr(0, cursor.find('.'));
  const auto [end, failure] = std::from_chars(time.data(), time.data() + time.size(), before);
  const bool whole = failure == std::errc{} && end == time.data() + time.size() && time.size() < cursor.size();
  if (!cursor.empty() && !whole) co_return Error{"invalid_argument", "the cursor is none of this list", "cursor"};
  std::string before_id = cursor.empty() ? cursor : cursor.substr(time.size() + 1);
  auto job = [files = context_.files, room_id, before, before_id = std::move(before_id),
              size = context_.page_size(limit)](store::Session& session) -> Result<Page<store::Message>, Error> {
    auto found = store::list_threads(session, room_id, before, before_id, size);
    if (!found) return found.error();
    if (const auto loaded = load_details(session, files, *found); !loaded) return loaded.error();
    Page<store::Message> page;
    page.items = std::move(*found);
    if (page.items.size() == size) {
      page.next_cursor = std::to_string(page.items.back().last_reply_at) + "." + page.items.back().id;
    }
    return page;
  };
  co_return co_await context_.database.read(std::move(job));
}

Result<CatchUp, Error> read_missed(store::Session& session, const FileLinks* files, const std::string& room_id,
                                   std::int64_t last_seq, std::size_t max_bytes) {
  const auto room = store::find_room(session, room_id);
  if (!room) return room.error();
  if (!*room) return Error{"not_found", "there is no such room", "roomId"};
  CatchUp answer{{}, (*room)->last_seq, true};
  const std::int64_t behind = answer.last_seq - last_seq;
  // A number from the future: the database was set back to a backup.
  if (behind < 0 || behind > store::kKeptRoomEvents) return answer;
  auto events = store::room_events_after(session, room_id, last_seq, store::kKeptRoomEvents);
  if (!events) return events.error();
  // Each number has its event, unless those were kept no longer.
  if (static_cast<std::int64_t>(events->size()) != behind) return answer;
  auto complete = with_data(session, files, std::move(*events));
  if (!complete) return complete.error();
  std::size_t bytes = 0;
  for (const store::RoomEvent& event : *complete) bytes += event.data.size();
  if (bytes > max_bytes) return answer;
  answer.events = std::move(*complete);
  answer.reload = false;
  return answer;
}

Answer<Opened> Messages::resync(auth::Subject subject, std::string room_id, std::int64_t last_seq) {
  const auto room = co_await context_.cache.load(room_id);
  if (!room) co_return room.error();
  const auto allowed = auth::authorize(subject, auth::Action::kMessageRead, (*room)->object_for(subject.user_id));
  if (!allowed) co_return allowed.error();
  auto job = [files = context_.files, room_id, last_seq, max = context_.config.max_missed_bytes](
                 store::Session& session) { return read_missed(session, files, room_id, last_seq, max); };
  auto missed = co_await context_.database.read(std::move(job));
  if (!missed) co_return missed.error();
  Opened opened;
  opened.view.room = (*room)->room;
  opened.view.room.last_seq = missed->last_seq;
  opened.view.role = (*room)->role_of(subject.user_id);
  opened.missed = std::move(missed->events);
  opened.reload = missed->reload;
  opened.last_seq = missed->last_seq;
  co_return opened;
}

}  // namespace parley::chat

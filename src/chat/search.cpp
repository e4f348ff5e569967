#include "chat/search.h"

#include <algorithm>
#include <charconv>

#include "chat/context.h"
#include "chat/search_query.h"
#include "chat/snippet.h"
#include "chat/text.h"
#include "store/session.h"
#include "store/tokenizer.h"
#include "store/users.h"

namespace parley::chat {

namespace {

constexpr std::size_t kSnippetBytes = 240;
constexpr std::size_t kMaxPeople = 5'000;  // among whom from: looks
// No id is like it: a name that nobody has finds nothing.
const std::string nobody = "-";

bool is_named(std::string_view typed, std::string_view folded_typed, std::string_view id, std::string_view name,
              std::string_view handle) {
  if (typed == id) return true;
  if (folded_typed.empty()) return false;
  const std::string folded_name = store::folded(name);
  return folded_name == folded_typed || store::folded(handle) == folded_typed ||
         folded_name.starts_with(std::string(folded_typed) + " ");
}

Result<std::vector<std::string>, Error> senders_named(store::Session& session, const std::string& asker,
                                                      const std::vector<std::string>& names) {
  std::vector<std::string> ids;
  if (names.empty()) return ids;
  const auto people = store::people_around(session, asker, kMaxPeople);
  if (!people) return people.error();
  const auto self = store::find_user(session, asker);
  if (!self) return self.error();
  for (const std::string& typed : names) {
    const std::string folded = store::folded(typed);
    if (folded == "me" || is_named(typed, folded, asker, self->name, self->handle)) ids.push_back(asker);
    for (const store::Member& person : *people) {
      if (is_named(typed, folded, person.user_id, person.name, person.handle)) ids.push_back(person.user_id);
    }
  }
  if (ids.empty()) ids.push_back(nobody);
  return ids;
}

Result<std::vector<std::string>, Error> rooms_named(store::Session& session, const std::string& asker,
                                                    const std::vector<std::string>& names) {
  std::vector<std::string> ids;
  if (names.empty()) return ids;
  const auto rooms = store::room_names_of(session, asker);
  if (!rooms) return rooms.error();
  for (const std::string& typed : names) {
    const std::string folded = store::folded(typed);
    for (const store::RoomName& room : *rooms) {
      if (typed == room.id || (!folded.empty() && store::folded(room.name) == folded)) ids.push_back(room.id);
    }
  }
  if (ids.empty()) ids.push_back(nobody);
  return ids;
}

struct SearchJob {
  store::SearchQuery query;
  std::vector<std::string> from;
  std::vector<std::string> in;
  std::string room_id;

  Result<std::vector<store::SearchHit>, Error> operator()(store::Session& session) const {
    store::SearchQuery complete = query;
    auto senders = senders_named(session, query.asker_id, from);
    if (!senders) return senders.error();
    complete.senders = std::move(*senders);
    auto rooms = rooms_named(session, query.asker_id, in);
    if (!rooms) return rooms.error();
    complete.rooms = std::move(*rooms);
    if (!room_id.empty()) {
      const bool among = complete.rooms.empty() || std::ranges::find(complete.rooms, room_id) != complete.rooms.end();
      complete.rooms = {among ? room_id : nobody};
    }
    return store::search_documents(session, complete);
  }
};

SearchItem item_of(const store::SearchHit& hit, const std::vector<store::SearchPhrase>& phrases) {
  Snippet snippet = make_snippet(hit.body, phrases, kSnippetBytes);
  const bool file = hit.kind == "file";
  return {hit.kind,      hit.room_id,    hit.message_id,          file ? hit.ref_id : "",
          hit.sender_id, hit.created_at, std::move(snippet.text), std::move(snippet.highlights)};
}

}  // namespace

Answer<Page<SearchItem>> Search::find(auth::Subject subject, SearchRequest request) {
  if (const auto fine = check_text(request.text, {"q", 1, context_.config.max_query}); !fine) {
    co_return Error{"invalid_argument", fine.error().message, "q"};
  }
  auto parsed = parse_search_query(request.text);
  if (!parsed) co_return parsed.error();
  if (!request.room_id.empty()) {
    const auto room = co_await context_.cache.load(request.room_id);
    if (!room) co_return room.error();
    const auto allowed = auth::authorize(subject, auth::Action::kMessageRead, (*room)->object_for(subject.user_id));
    if (!allowed) co_return allowed.error();
  }
  std::int64_t cursor = 0;
  const char* const end = request.cursor.data() + request.cursor.size();
  const auto number = std::from_chars(request.cursor.data(), end, cursor);
  if (!request.cursor.empty() && (number.ec != std::errc{} || number.ptr != end || cursor < 0)) {
    co_return Error{"invalid_argument", "the cursor is none of this search", "cursor"};
  }

  auth::Object stranger;
  stranger.room_public = true;
  SearchJob job;
  job.query.asker_id = subject.user_id;
  job.query.public_rooms = auth::authorize(subject, auth::Action::kMessageRead, stranger).has_value();
  if (subject.guest) job.query.only_room = subject.guest_room;
  job.query.phrases = parsed->phrases;
  job.query.has_file = parsed->has_file;
  job.query.has_link = parsed->has_link;
  job.query.has_image = parsed->has_image;
  job.query.after_ms = parsed->after_ms;
  job.query.before_ms = parsed->before_ms;
  job.query.by_rank = request.by_rank;
  job.query.cursor = cursor;
  const std::size_t size = context_.page_size(request.limit);
  job.query.limit = size;
  job.from = std::move(parsed->from);
  job.in = std::move(parsed->in);
  job.room_id = std::move(request.room_id);
  const bool ranked =
      request.by_rank && std::ranges::any_of(parsed->phrases, [](const auto& phrase) { return !phrase.exclude; });
  const auto hits = co_await context_.database.read(std::move(job));
  if (!hits) co_return hits.error();
  Page<SearchItem> page;
  for (const store::SearchHit& hit : *hits) page.items.push_back(item_of(hit, parsed->phrases));
  if (hits->size() == size) {
    page.next_cursor = std::to_string(ranked ? cursor + static_cast<std::int64_t>(size) : hits->back().document);
  }
  co_return page;
}

}  // namespace parley::chat

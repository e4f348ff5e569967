#include "chat/records.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <set>

#include "chat/context.h"
#include "chat/json.h"
#include "chat/room_views.h"
#include "store/reactions.h"
#include "store/read_markers.h"
#include "store/session.h"

namespace parley::chat {

namespace json = boost::json;

namespace {

constexpr std::size_t kExportPage = 200;

// Pieces of one JSON document, a few hundred objects at a time.
class Writer {
 public:
  explicit Writer(Sink& sink) : sink_(sink) {}

  // "members": [ …
  void begin_list(std::string_view name) {
    text_.append(first_ ? "" : ",\n").append("\"").append(name).append("\": [");
    first_ = false;
    first_item_ = true;
  }
  void end_list() { text_.append("]"); }
  void add(const json::object& item) {
    text_.append(first_item_ ? "\n" : ",\n").append(json::serialize(item));
    first_item_ = false;
  }
  void field(std::string_view name, const json::value& value) {
    text_.append(first_ ? "" : ",\n").append("\"").append(name).append("\": ").append(json::serialize(value));
    first_ = false;
  }
  void text(std::string_view raw) { text_.append(raw); }
  boost::asio::awaitable<bool> flush() {
    std::string piece = std::move(text_);
    text_.clear();
    co_return co_await sink_(std::move(piece));
  }

 private:
  Sink& sink_;
  std::string text_;
  bool first_ = true;
  bool first_item_ = true;
};

using Messages = Result<std::vector<store::Message>, Error>;

// A page of messages with what belongs to them: reactions, files, threads.
Messages with_details(store::Session& session, const FileLinks* files, Messages page) {
  if (!page) return page;
  if (const auto loaded = load_details(session, files, *page); !loaded) return loaded.error();
  return page;
}

const Error stopped_reading{"canceled", "the reader of the export has gone", ""};

}  // namespace

Answer<void> Records::export_room(auth::Subject subject, std::string room_id, Sink sink) {
  const auto room = co_await context_.cache.load(room_id);
  if (!room) co_return room.error();
  const auto allowed = auth::authorize(subject, auth::Action::kRoomExport, (*room)->object_for(subject.user_id));
  if (!allowed) co_return allowed.error();
  auto read_room = [room_id](store::Session& session) -> Result<store::Room, Error> {
    auto found = store::find_room(session, room_id);
    if (!found) return found.error();
    if (!*found) return Error{"not_found", "there is no such room", "roomId"};
    return std::move(**found);
  };
  const auto fresh = co_await context_.database.read(std::move(read_room));
  if (!fresh) co_return fresh.error();
  Writer out(sink);
  out.text("{\n");
  out.field("room", to_json(*fresh));

  out.begin_list("members");
  std::string after;
  while (true) {
    auto job = [room_id, after](store::Session& session) {
      return store::list_members(session, room_id, after, kExportPage);
    };
    const auto members = co_await context_.database.read(std::move(job));
    if (!members) co_return members.error();
    for (const store::Member& member : *members) out.add(to_json(member));
    if (members->size() < kExportPage) break;
    after = members->back().user_id;
    if (!co_await out.flush()) co_return stopped_reading;
  }
  out.end_list();

  out.begin_list("messages");
  std::int64_t seq = 0;
  while (true) {
    auto job = [files = context_.files, room_id, seq](store::Session& session) {
      return with_details(session, files, store::list_messages(session, {room_id, "", {}, seq, {}, kExportPage}));
    };
    const auto messages = co_await context_.database.read(std::move(job));
    if (!messages) co_return messages.error();
    for (const store::Message& message : *messages) out.add(to_json(message));
    if (messages->size() < kExportPage) break;
    seq = messages->back().seq;
    if (!co_await out.flush()) co_return stopped_reading;
  }
  out.end_list();
  out.text("\n}\n");
  if (!co_await out.flush()) co_return stopped_reading;
  co_return Result<void, Error>{};
}

Answer<void> Records::export_user(auth::Subject subject, std::string user_id, Sink sink) {
  auth::Object object;
  object.own = subject.user_id == user_id;
  const auto allowed = auth::authorize(subject, auth::Action::kUserExport, object);
  if (!allowed) co_return allowed.error();
  Writer out(sink);
  out.text("{\n");
  out.field("userId", json::value(user_id));

  out.begin_list("rooms");
  std::string after;
  while (true) {
    auto job = [user_id, after](store::Session& session) {
      return store::list_rooms_of(session, user_id, after, kExportPage);
    };
    auto rooms = co_await context_.database.read(std::move(job));
    if (!rooms) co_return rooms.error();
    const bool last = rooms->size() < kExportPage;
    for (store::RoomListing& listing : *rooms) {
      after = listing.room.id;
      out.add(to_json(to_view(std::move(listing))));
    }
    if (last) break;
    if (!co_await out.flush()) co_return stopped_reading;
  }
  out.end_list();

  out.begin_list("messages");
  after.clear();
  while (true) {
    auto job = [files = context_.files, user_id, after](store::Session& session) {
      return with_details(session, files, store::list_messages_of(session, user_id, after, kExportPage));
    };
    const auto messages = co_await context_.database.read(std::move(job));
    if (!messages) co_return messages.error();
    for (const store::Message& message : *messages) out.add(to_json(message));
    if (messages->size() < kExportPage) break;
    after = messages->back().client_id;
    if (!co_await out.flush()) co_return stopped_reading;
  }
  out.end_list();

  out.begin_list("reactions");
  after.clear();
  while (true) {
    auto job = [user_id, after](store::Session& session) {
      return store::list_reactions_of(session, user_id, after, kExportPage);
    };
    const auto reactions = co_await context_.database.read(std::move(job));
    if (!reactions) co_return reactions.error();
    for (const store::OwnReaction& reaction : *reactions) {
      out.add(
          {{"messageId", reaction.message_id}, {"emoji", reaction.emoji}, {"createdAt", to_iso(reaction.created_at)}});
      after = reaction.message_id;
    }
    if (reactions->empty()) break;
    if (!co_await out.flush()) co_return stopped_reading;
  }
  out.end_list();

  out.begin_list("readMarkers");
  auto job = [user_id](store::Session& session) { return store::read_markers_of(session, user_id); };
  const auto markers = co_await context_.database.read(std::move(job));
  if (!markers) co_return markers.error();
  for (const store::ReadMarker& marker : *markers) out.add(to_json(marker));
  out.end_list();
  out.text("\n}\n");
  if (!co_await out.flush()) co_return stopped_reading;
  co_return Result<void, Error>{};
}

}  // namespace parley::chat

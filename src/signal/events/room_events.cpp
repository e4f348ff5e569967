// join-room, leave-room, resync.
#include <algorithm>
#include <boost/json/array.hpp>

#include "chat/json.h"
#include "chat/service.h"
#include "signal/common/fields.h"
#include "signal/common/problem.h"
#include "signal/events/tables.h"

namespace parley::signal::events {

namespace json = boost::json;
using common::Fields;

namespace {

constexpr std::size_t kMaxResyncRooms = 100;

// What was missed, or that loading anew is the way; nothing for a client that named no number.
void add_missed(json::object& out, const chat::Opened& opened) {
  if (opened.reload) {
    out["reload"] = true;
    return;
  }
  json::array missed;
  missed.reserve(opened.missed.size());
  for (const auto& event : opened.missed) missed.emplace_back(chat::missed_json(event));
  out["missed"] = std::move(missed);
}

json::object to_json(const chat::Opened& opened, bool resumes) {
  json::object out{{"room", chat::to_json(opened.view)}, {"lastSeq", opened.last_seq}};
  json::array members;
  for (const auto& member : opened.members) members.emplace_back(chat::to_json(member));
  json::array reads;
  for (const auto& marker : opened.reads) reads.emplace_back(chat::to_json(marker));
  out["members"] = std::move(members);
  out["reads"] = std::move(reads);
  out["present"] = json::array(opened.present.begin(), opened.present.end());
  if (resumes) add_missed(out, opened);
  return out;
}

EventAnswer join_room(chat::Service& chat, Caller caller, json::object args) {
  Fields fields(args);
  std::string room = fields.uuid("roomId");
  const std::optional<std::int64_t> last_seq = fields.optional_integer("lastSeq", {.min = 0});
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  const auto opened = co_await chat.rooms().open(std::move(subject), caller.device, std::move(room), last_seq);
  if (!opened) co_return opened.error();
  co_return to_json(*opened, last_seq.has_value());
}

EventAnswer leave_room(chat::Service& chat, Caller caller, json::object args) {
  Fields fields(args);
  const std::string room = fields.uuid("roomId");
  if (!fields.ok()) co_return fields.error();
  chat.rooms().close(caller.subject, caller.device, room);
  co_return json::object();
}

struct Known {
  std::string room;
  std::int64_t last_seq = 0;
};

Result<std::vector<Known>, Error> known_rooms(const json::object& args) {
  Fields fields(args);
  const json::array* rooms = fields.list("rooms", 0, kMaxResyncRooms);
  if (!fields.ok()) return fields.error();
  std::vector<Known> out;
  for (std::size_t i = 0; i < rooms->size(); ++i) {
    const std::string name = "rooms[" + std::to_string(i) + "]";
    const json::object* each = rooms->at(i).if_object();
    if (each == nullptr) return Error{"invalid_argument", name + " must be an object", name};
    Fields member(*each, name + ".");
    Known known{member.uuid("roomId"), member.integer("lastSeq", {.min = 0})};
    if (!member.ok()) return member.error();
    out.push_back(std::move(known));
  }
  return out;
}

// One answer for all rooms of a client that comes back. A room that is none any more fails alone.
EventAnswer resync(chat::Service& chat, Caller caller, json::object args) {
  auto rooms = known_rooms(args);
  if (!rooms) co_return rooms.error();
  json::array out;
  for (Known& known : *rooms) {
    json::object entry{{"roomId", known.room}};
    auth::Subject subject = caller.subject;
    const auto opened = co_await chat.messages().resync(std::move(subject), std::move(known.room), known.last_seq);
    if (opened) {
      entry["lastSeq"] = opened->last_seq;
      add_missed(entry, *opened);
    } else {
      entry["error"] = common::error_json(opened.error());
    }
    out.emplace_back(std::move(entry));
  }
  co_return json::object{{"rooms", std::move(out)}};
}

}  // namespace

void add_room_events(Dispatcher& dispatcher, chat::Service& chat) {
  dispatcher.add({"join-room", LimitGroup::kRooms, "roomId", with(chat, join_room)});
  dispatcher.add({"leave-room", LimitGroup::kRooms, "roomId", with(chat, leave_room)});
  dispatcher.add({"resync", LimitGroup::kRooms, "", with(chat, resync)});
}

}  // namespace parley::signal::events

// Rooms.
#include "chat/json.h"
#include "chat/service.h"
#include "signal/rest/routes.h"

namespace parley::signal::rest {

namespace json = boost::json;

namespace {

constexpr common::TextRule kName{.min = 1, .max = 120};
constexpr common::TextRule kTopic{.min = 0, .max = 1'000, .form = common::TextForm::kLines};
constexpr common::TextRule kFlag{.min = 0, .max = 64};
constexpr std::size_t kMaxMembersAtCreation = 500;

json::object room_json(const chat::RoomView& view) { return chat::to_json(view); }

Result<chat::NewRoom, Error> new_room_from(const json::object& body) {
  Fields fields(body);
  chat::NewRoom room;
  room.type = fields.optional_choice("type", {"group", "direct", "project"}).value_or("group");
  room.visibility = fields.optional_choice("visibility", {"private", "public"}).value_or("private");
  room.member_ids = fields.uuids("memberIds", 0, kMaxMembersAtCreation);
  // Direct rooms have no name: clients show the other person's.
  room.name =
      room.type == "direct" ? fields.optional_text("name", {.max = 120}).value_or("") : fields.text("name", kName);
  room.topic = fields.optional_text("topic", kTopic).value_or("");
  room.flag = fields.optional_text("flag", kFlag).value_or("");
  room.e2ee = fields.optional_boolean("e2ee").value_or(false);
  if (!fields.ok()) return fields.error();
  return room;
}

Result<chat::RoomChange, Error> room_change_from(const json::object& body) {
  Fields fields(body);
  chat::RoomChange change;
  change.name = fields.optional_text("name", kName);
  change.topic = fields.optional_text("topic", kTopic);
  change.flag = fields.optional_text("flag", kFlag);
  change.visibility = fields.optional_choice("visibility", {"private", "public"});
  change.e2ee = fields.optional_boolean("e2ee");
  change.archived = fields.optional_boolean("archived");
  change.locked = fields.optional_boolean("locked");
  change.retention_days = fields.optional_integer("retentionDays", {.min = 0, .max = 36'500});
  if (!fields.ok()) return fields.error();
  return change;
}

Reply create_room(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  auto room = new_room_from(*body);
  if (!room) co_return problem(room.error());
  chat::NewRoom wanted = std::move(*room);
  const auto created = co_await state.chat.rooms().create(std::move(subject), std::move(wanted));
  if (!created) co_return problem(created.error());
  co_return json_answer(created->existed ? 200 : 201, room_json(created->view));
}

Reply list_rooms(State& state, const Request& request, auth::Subject subject) {
  Parameters parameters(request.query);
  const std::size_t limit = parameters.limit();
  std::string cursor = parameters.cursor();
  if (!parameters.ok()) co_return problem(parameters.error());
  const auto page = co_await state.chat.rooms().list_mine(std::move(subject), std::move(cursor), limit);
  if (!page) co_return problem(page.error());
  co_return json_answer(200, page_json(array_of(page->items, room_json), page->next_cursor));
}

Reply list_public_rooms(State& state, const Request& request, auth::Subject subject) {
  Parameters parameters(request.query);
  const std::size_t limit = parameters.limit();
  std::string cursor = parameters.cursor();
  if (!parameters.ok()) co_return problem(parameters.error());
  const auto page = co_await state.chat.rooms().list_public(std::move(subject), std::move(cursor), limit);
  if (!page) co_return problem(page.error());
  co_return json_answer(200, page_json(array_of(page->items, room_json), page->next_cursor));
}

Reply get_room(State& state, const Request& request, auth::Subject subject) {
  std::string room_id = path_param(request, "roomId");
  const auto view = co_await state.chat.rooms().get(std::move(subject), std::move(room_id));
  if (!view) co_return problem(view.error());
  co_return json_answer(200, room_json(*view));
}

Reply update_room(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  auto wanted = room_change_from(*body);
  if (!wanted) co_return problem(wanted.error());
  chat::RoomChange change = std::move(*wanted);
  std::string room_id = path_param(request, "roomId");
  const auto view = co_await state.chat.rooms().update(std::move(subject), std::move(room_id), std::move(change));
  if (!view) co_return problem(view.error());
  co_return json_answer(200, room_json(*view));
}

Reply delete_room(State& state, const Request& request, auth::Subject subject) {
  std::string room_id = path_param(request, "roomId");
  const auto done = co_await state.chat.rooms().remove(std::move(subject), std::move(room_id));
  co_return done ? no_content() : problem(done.error());
}

Reply join_room(State& state, const Request& request, auth::Subject subject) {
  std::string room_id = path_param(request, "roomId");
  const auto view = co_await state.chat.rooms().join(std::move(subject), std::move(room_id));
  if (!view) co_return problem(view.error());
  co_return json_answer(200, room_json(*view));
}

Reply leave_room(State& state, const Request& request, auth::Subject subject) {
  std::string room_id = path_param(request, "roomId");
  const auto done = co_await state.chat.rooms().leave(std::move(subject), std::move(room_id));
  co_return done ? no_content() : problem(done.error());
}

}  // namespace

void add_room_routes(Routes& routes) {
  routes.add(Method::get, "/rooms", Cost::kRead, list_rooms);
  routes.add(Method::post, "/rooms", Cost::kInvite, create_room);
  // Before the variable: the first pattern that fits is taken.
  routes.add(Method::get, "/rooms/public", Cost::kRead, list_public_rooms);
  routes.add(Method::get, "/rooms/{roomId}", Cost::kRead, get_room);
  routes.add(Method::patch, "/rooms/{roomId}", Cost::kWrite, update_room);
  routes.add(Method::delete_, "/rooms/{roomId}", Cost::kWrite, delete_room);
  routes.add(Method::post, "/rooms/{roomId}/join", Cost::kWrite, join_room);
  routes.add(Method::post, "/rooms/{roomId}/leave", Cost::kWrite, leave_room);
}

}  // namespace parley::signal::rest

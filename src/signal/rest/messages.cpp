// The history of a room: messages, threads, reactions, pins, how far people have read.
#include "chat/json.h"
#include "chat/service.h"
#include "signal/rest/routes.h"

namespace parley::signal::rest {

namespace json = boost::json;

namespace {

// Code points. The service counts bytes and knows the configured bound; this only keeps out what no configuration
// allows, as on sockets.
constexpr std::size_t kMaxMessage = 100'000;
constexpr common::TextRule kContent{.min = 0, .max = kMaxMessage, .form = common::TextForm::kAny};
constexpr std::size_t kMaxFiles = 10;

json::object message_json(const store::Message& message) { return chat::to_json(message); }

Result<chat::History, Error> history_from(const Request& request) {
  Parameters parameters(request.query);
  chat::History query;
  query.before = parameters.integer("before", {.min = 0});
  query.after = parameters.integer("after", {.min = 0});
  query.around = parameters.integer("around", {.min = 0});
  query.limit = parameters.limit();
  const int given = int{query.before.has_value()} + int{query.after.has_value()} + int{query.around.has_value()};
  if (given > 1) parameters.fail(query.before ? "before" : "after", "cannot stand with another place to begin at");
  if (!parameters.ok()) return parameters.error();
  return query;
}

json::object history_json(const chat::HistoryPage& page) {
  json::object out = page_json(array_of(page.items, message_json), page.next_cursor);
  out["beforeCursor"] = text_or_null(page.before_cursor);
  out["afterCursor"] = text_or_null(page.after_cursor);
  return out;
}

Reply list_messages(State& state, const Request& request, auth::Subject subject) {
  auto wanted = history_from(request);
  if (!wanted) co_return problem(wanted.error());
  chat::History query = *wanted;
  std::string room_id = path_param(request, "roomId");
  const auto page = co_await state.chat.messages().history(std::move(subject), std::move(room_id), std::move(query));
  if (!page) co_return problem(page.error());
  co_return json_answer(200, history_json(*page));
}

Reply send_message(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  chat::NewMessage message;
  message.room_id = path_param(request, "roomId");
  message.content = fields.text("content", kContent);
  message.client_id =
      fields.optional_text("clientId", {.min = 1, .max = 128, .form = common::TextForm::kAny}).value_or("");
  message.reply_to = fields.optional_uuid("replyTo").value_or("");
  message.thread_id = fields.optional_uuid("threadId").value_or("");
  message.file_ids = fields.uuids("fileIds", 0, kMaxFiles);
  if (!fields.ok()) co_return problem(fields.error());
  const auto sent = co_await state.chat.messages().send(std::move(subject), std::move(message));
  if (!sent) co_return problem(sent.error());
  co_return json_answer(sent->repeated ? 200 : 201, message_json(sent->message));
}

// A message under a room's path must be one of that room: a wrong path must not look right.
template <class Ok>
http::Response within_room(const Request& request, const Result<store::Message, Error>& message, const Ok& answer) {
  if (!message) return problem(message.error());
  if (message->room_id != request.param("roomId"))
    return problem({"not_found", "there is no such message", "messageId"});
  return answer(*message);
}

// Asks before anything is changed. nullopt: the message is there, visible, and of the room.
http::awaitable<std::optional<Error>> misplaced(State& state, const Request& request, auth::Subject subject) {
  std::string message_id = path_param(request, "messageId");
  const auto message = co_await state.chat.messages().get(std::move(subject), std::move(message_id));
  if (!message) co_return message.error();
  if (message->room_id == request.param("roomId")) co_return std::nullopt;
  co_return Error{"not_found", "there is no such message", "messageId"};
}

Reply get_message(State& state, const Request& request, auth::Subject subject) {
  std::string message_id = path_param(request, "messageId");
  const auto message = co_await state.chat.messages().get(std::move(subject), std::move(message_id));
  co_return within_room(request, message, [](const auto& m) { return json_answer(200, message_json(m)); });
}

Reply edit_message(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  std::string content = fields.text("content", {.min = 1, .max = kMaxMessage, .form = common::TextForm::kAny});
  if (!fields.ok()) co_return problem(fields.error());
  if (const auto fault = co_await misplaced(state, request, subject)) co_return problem(*fault);
  std::string message_id = path_param(request, "messageId");
  const auto message =
      co_await state.chat.messages().edit(std::move(subject), std::move(message_id), std::move(content));
  if (!message) co_return problem(message.error());
  co_return json_answer(200, message_json(*message));
}

Reply delete_message(State& state, const Request& request, auth::Subject subject) {
  if (const auto fault = co_await misplaced(state, request, subject)) co_return problem(*fault);
  std::string message_id = path_param(request, "messageId");
  const auto message = co_await state.chat.messages().remove(std::move(subject), std::move(message_id));
  co_return message ? no_content() : problem(message.error());
}

json::object reactions_json(const std::vector<store::Reaction>& reactions) {
  return {{"items", array_of(reactions, [](const store::Reaction& reaction) { return chat::to_json(reaction); })}};
}

Result<std::string, Error> emoji_of(const Request& request) {
  std::string emoji = path_param(request, "emoji");
  if (const auto fault = common::text_fault(emoji, {.min = 1, .max = 64})) {
    return Error{"invalid_argument", "\"emoji\" " + *fault, "emoji"};
  }
  return {boost::system::in_place_value, std::move(emoji)};
}

Reply add_reaction(State& state, const Request& request, auth::Subject subject) {
  auto wanted = emoji_of(request);
  if (!wanted) co_return problem(wanted.error());
  if (const auto fault = co_await misplaced(state, request, subject)) co_return problem(*fault);
  std::string message_id = path_param(request, "messageId");
  std::string emoji = std::move(*wanted);
  const auto all =
      co_await state.chat.messages().add_reaction(std::move(subject), std::move(message_id), std::move(emoji));
  if (!all) co_return problem(all.error());
  co_return json_answer(200, reactions_json(*all));
}

Reply remove_reaction(State& state, const Request& request, auth::Subject subject) {
  auto wanted = emoji_of(request);
  if (!wanted) co_return problem(wanted.error());
  if (const auto fault = co_await misplaced(state, request, subject)) co_return problem(*fault);
  std::string message_id = path_param(request, "messageId");
  std::string emoji = std::move(*wanted);
  const auto all =
      co_await state.chat.messages().remove_reaction(std::move(subject), std::move(message_id), std::move(emoji));
  if (!all) co_return problem(all.error());
  co_return json_answer(200, reactions_json(*all));
}

Reply get_thread(State& state, const Request& request, auth::Subject subject) {
  auto wanted = history_from(request);
  if (!wanted) co_return problem(wanted.error());
  if (const auto fault = co_await misplaced(state, request, subject)) co_return problem(*fault);
  chat::History query = *wanted;
  std::string message_id = path_param(request, "messageId");
  const auto thread = co_await state.chat.messages().thread(subject, message_id, std::move(query));
  if (!thread) co_return problem(thread.error());
  const auto following = co_await state.chat.inbox().follows_thread(std::move(subject), std::move(message_id));
  if (!following) co_return problem(following.error());
  json::object out = history_json(thread->second);
  out["message"] = message_json(thread->first);
  out["following"] = *following;
  co_return json_answer(200, out);
}

Reply set_follow(State& state, const Request& request, auth::Subject subject, bool following) {
  if (const auto fault = co_await misplaced(state, request, subject)) co_return problem(*fault);
  std::string message_id = path_param(request, "messageId");
  const auto done = co_await state.chat.inbox().follow_thread(std::move(subject), std::move(message_id), following);
  co_return done ? no_content() : problem(done.error());
}

Reply follow_thread(State& state, const Request& request, auth::Subject subject) {
  return set_follow(state, request, std::move(subject), true);
}

Reply unfollow_thread(State& state, const Request& request, auth::Subject subject) {
  return set_follow(state, request, std::move(subject), false);
}

Reply list_threads(State& state, const Request& request, auth::Subject subject) {
  Parameters parameters(request.query);
  const std::size_t limit = parameters.limit();
  std::string cursor = parameters.cursor();
  if (!parameters.ok()) co_return problem(parameters.error());
  std::string room_id = path_param(request, "roomId");
  const auto page =
      co_await state.chat.messages().threads(std::move(subject), std::move(room_id), std::move(cursor), limit);
  if (!page) co_return problem(page.error());
  co_return json_answer(200, page_json(array_of(page->items, message_json), page->next_cursor));
}

Reply list_pins(State& state, const Request& request, auth::Subject subject) {
  std::string room_id = path_param(request, "roomId");
  const auto pins = co_await state.chat.messages().pins(std::move(subject), std::move(room_id));
  if (!pins) co_return problem(pins.error());
  co_return json_answer(200, {{"items", array_of(*pins, message_json)}});
}

Reply set_pin(State& state, const Request& request, auth::Subject subject, bool pinned) {
  if (const auto fault = co_await misplaced(state, request, subject)) co_return problem(*fault);
  std::string message_id = path_param(request, "messageId");
  const auto message = co_await state.chat.messages().pin(std::move(subject), std::move(message_id), pinned);
  if (!message) co_return problem(message.error());
  co_return json_answer(200, message_json(*message));
}

Reply pin_message(State& state, const Request& request, auth::Subject subject) {
  return set_pin(state, request, std::move(subject), true);
}

Reply unpin_message(State& state, const Request& request, auth::Subject subject) {
  return set_pin(state, request, std::move(subject), false);
}

Reply remove_preview(State& state, const Request& request, auth::Subject subject) {
  if (const auto fault = co_await misplaced(state, request, subject)) co_return problem(*fault);
  std::string message_id = path_param(request, "messageId");
  const auto message = co_await state.chat.messages().remove_preview(std::move(subject), std::move(message_id));
  if (!message) co_return problem(message.error());
  co_return json_answer(200, message_json(*message));
}

Reply mark_read(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  const std::int64_t seq = fields.integer("seq", {.min = 0});
  if (!fields.ok()) co_return problem(fields.error());
  std::string room_id = path_param(request, "roomId");
  const auto marker = co_await state.chat.messages().mark_read(std::move(subject), std::move(room_id), seq);
  if (!marker) co_return problem(marker.error());
  co_return json_answer(200, chat::to_json(*marker));
}

Reply list_receipts(State& state, const Request& request, auth::Subject subject) {
  std::string room_id = path_param(request, "roomId");
  const auto markers = co_await state.chat.messages().read_markers(std::move(subject), std::move(room_id));
  if (!markers) co_return problem(markers.error());
  const auto marker_json = [](const store::ReadMarker& marker) { return chat::to_json(marker); };
  co_return json_answer(200, {{"items", array_of(*markers, marker_json)}});
}

}  // namespace

void add_message_routes(Routes& routes) {
  routes.add(Method::get, "/rooms/{roomId}/messages", Cost::kRead, list_messages);
  routes.add(Method::post, "/rooms/{roomId}/messages", Cost::kSend, send_message);
  routes.add(Method::get, "/rooms/{roomId}/messages/{messageId}", Cost::kRead, get_message);
  routes.add(Method::patch, "/rooms/{roomId}/messages/{messageId}", Cost::kSend, edit_message);
  routes.add(Method::delete_, "/rooms/{roomId}/messages/{messageId}", Cost::kSend, delete_message);
  routes.add(Method::delete_, "/rooms/{roomId}/messages/{messageId}/preview", Cost::kWrite, remove_preview);
  routes.add(Method::put, "/rooms/{roomId}/messages/{messageId}/reactions/{emoji}", Cost::kSend, add_reaction);
  routes.add(Method::delete_, "/rooms/{roomId}/messages/{messageId}/reactions/{emoji}", Cost::kSend, remove_reaction);
  routes.add(Method::get, "/rooms/{roomId}/messages/{messageId}/thread", Cost::kRead, get_thread);
  routes.add(Method::put, "/rooms/{roomId}/messages/{messageId}/follow", Cost::kWrite, follow_thread);
  routes.add(Method::delete_, "/rooms/{roomId}/messages/{messageId}/follow", Cost::kWrite, unfollow_thread);
  routes.add(Method::get, "/rooms/{roomId}/threads", Cost::kRead, list_threads);
  routes.add(Method::get, "/rooms/{roomId}/pins", Cost::kRead, list_pins);
  routes.add(Method::put, "/rooms/{roomId}/pins/{messageId}", Cost::kWrite, pin_message);
  routes.add(Method::delete_, "/rooms/{roomId}/pins/{messageId}", Cost::kWrite, unpin_message);
  routes.add(Method::put, "/rooms/{roomId}/read", Cost::kWrite, mark_read);
  routes.add(Method::get, "/rooms/{roomId}/receipts", Cost::kRead, list_receipts);
}

}  // namespace parley::signal::rest

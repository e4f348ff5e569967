// Calls: ringing, joining, history, and the host's hand.
#include "calls/json.h"
#include "calls/service.h"
#include "signal/rest/routes.h"

namespace parley::signal::rest {

namespace json = boost::json;

namespace {

constexpr std::size_t kMaxRung = 500;

calls::Origin origin_of(const Request& request) { return {std::string(request.header("Host")), request.secure}; }

http::Response joined_answer(const Result<calls::Joined, Error>& joined) {
  return joined ? json_answer(200, calls::to_json(*joined)) : problem(joined.error());
}

http::Response call_answer(const Result<calls::CallView, Error>& view) {
  return view ? json_answer(200, calls::to_personal_json(*view)) : problem(view.error());
}

http::Response done_answer(const Result<void, Error>& done) { return done ? no_content() : problem(done.error()); }

// ---- coming and going ----

Reply start_call(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  calls::StartParams params;
  params.room_id = path_param(request, "roomId");
  if (const auto type = fields.optional_choice("type", {"audio", "video"})) params.type = store::call_type_from(*type);
  params.ring.ring = fields.optional_boolean("ring").value_or(true);
  params.ring.users = fields.uuids("userIds", 0, kMaxRung);
  params.second_device = fields.optional_boolean("secondDevice").value_or(false);
  if (!fields.ok()) co_return problem(fields.error());
  calls::Origin origin = origin_of(request);
  const auto joined = co_await state.calls.start(std::move(subject), std::move(params), std::move(origin));
  co_return joined_answer(joined);
}

Reply accept_call(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  calls::JoinParams params;
  params.second_device = fields.optional_boolean("secondDevice").value_or(false);
  if (!fields.ok()) co_return problem(fields.error());
  std::string call_id = path_param(request, "callId");
  calls::Origin origin = origin_of(request);
  const auto joined = co_await state.calls.accept(std::move(subject), std::move(call_id), params, std::move(origin));
  co_return joined_answer(joined);
}

Reply decline_call(State& state, const Request& request, auth::Subject subject) {
  std::string call_id = path_param(request, "callId");
  const auto view = co_await state.calls.decline(std::move(subject), std::move(call_id));
  co_return call_answer(view);
}

Reply cancel_call(State& state, const Request& request, auth::Subject subject) {
  std::string call_id = path_param(request, "callId");
  const auto view = co_await state.calls.cancel(std::move(subject), std::move(call_id));
  co_return call_answer(view);
}

Reply leave_call(State& state, const Request& request, auth::Subject subject) {
  std::string call_id = path_param(request, "callId");
  const auto view = co_await state.calls.leave(std::move(subject), std::move(call_id));
  co_return call_answer(view);
}

Reply end_call(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  const bool for_all = fields.optional_boolean("forAll").value_or(false);
  if (!fields.ok()) co_return problem(fields.error());
  std::string call_id = path_param(request, "callId");
  const auto view = co_await state.calls.end(std::move(subject), std::move(call_id), for_all);
  co_return call_answer(view);
}

Reply ring_call(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  std::vector<std::string> users = fields.uuids("userIds", 1, kMaxRung);
  if (!fields.ok()) co_return problem(fields.error());
  std::string call_id = path_param(request, "callId");
  const auto view = co_await state.calls.ring(std::move(subject), std::move(call_id), std::move(users));
  co_return call_answer(view);
}

// ---- looking ----

Reply get_current_call(State& state, const Request& request, auth::Subject subject) {
  std::string room_id = path_param(request, "roomId");
  const auto live = co_await state.calls.live_in_room(std::move(subject), std::move(room_id));
  if (!live) co_return problem(live.error());
  json::object answer{{"call", nullptr}};
  if (*live) answer["call"] = calls::to_personal_json(**live);
  co_return json_answer(200, answer);
}

Reply get_call(State& state, const Request& request, auth::Subject subject) {
  std::string call_id = path_param(request, "callId");
  const auto view = co_await state.calls.get(std::move(subject), std::move(call_id));
  co_return call_answer(view);
}

Reply list_calls(State& state, const Request& request, auth::Subject subject) {
  Parameters parameters(request.query);
  calls::HistoryParams params;
  params.room_id = parameters.uuid("roomId").value_or("");
  params.cursor = parameters.uuid("cursor").value_or("");
  params.limit = parameters.limit();
  if (!parameters.ok()) co_return problem(parameters.error());
  const auto page = co_await state.calls.history(std::move(subject), std::move(params));
  if (!page) co_return problem(page.error());
  co_return json_answer(200, calls::to_json(*page));
}

Reply get_in_call_state(State& state, const Request& request, auth::Subject subject) {
  std::string call_id = path_param(request, "callId");
  const auto now = co_await state.calls.in_call_state(std::move(subject), std::move(call_id));
  co_return now ? json_answer(200, *now) : problem(now.error());
}

// ---- the host's hand ----

// Of {microphone?, camera?, screenShare?}; nullopt where nothing was said.
Result<std::optional<calls::RightsChange>, Error> rights_from(const json::object* said) {
  if (said == nullptr) return std::optional<calls::RightsChange>();
  Fields fields(*said);
  calls::RightsChange change;
  change.microphone = fields.optional_boolean("microphone");
  change.camera = fields.optional_boolean("camera");
  change.screen_share = fields.optional_boolean("screenShare");
  if (!fields.ok()) return fields.error();
  return std::optional(change);
}

Reply change_call(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  const auto locked = fields.optional_boolean("locked");
  const auto allowed = rights_from(fields.optional_object("allowed"));
  if (!fields.ok()) co_return problem(fields.error());
  if (!allowed) co_return problem(allowed.error());
  if (!locked && !*allowed) co_return problem(Error{"invalid_argument", "name locked or allowed", "locked"});
  const std::string call_id = path_param(request, "callId");
  std::optional<calls::CallView> last;
  if (locked) {
    std::string id = call_id;
    auth::Subject who = subject;
    auto view = co_await state.calls.lock(std::move(who), std::move(id), *locked);
    if (!view) co_return problem(view.error());
    last = std::move(*view);
  }
  if (*allowed) {
    std::string id = call_id;
    auto view = co_await state.calls.allow(std::move(subject), std::move(id), **allowed);
    if (!view) co_return problem(view.error());
    last = std::move(*view);
  }
  co_return json_answer(200, calls::to_personal_json(*last));
}

Reply mute_participant(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  std::string track = fields.optional_text("trackSid", {.max = 64}).value_or("");
  if (!fields.ok()) co_return problem(fields.error());
  std::string call_id = path_param(request, "callId");
  std::string user_id = path_param(request, "userId");
  const auto done =
      co_await state.calls.mute(std::move(subject), std::move(call_id), std::move(user_id), std::move(track));
  co_return done_answer(done);
}

Reply remove_participant(State& state, const Request& request, auth::Subject subject) {
  std::string call_id = path_param(request, "callId");
  std::string user_id = path_param(request, "userId");
  const auto view = co_await state.calls.remove(std::move(subject), std::move(call_id), std::move(user_id));
  co_return call_answer(view);
}

Reply list_lobby(State& state, const Request& request, auth::Subject subject) {
  std::string call_id = path_param(request, "callId");
  const auto waiting = co_await state.calls.waiting(std::move(subject), std::move(call_id));
  if (!waiting) co_return problem(waiting.error());
  co_return json_answer(200, {{"items", calls::to_json(*waiting)}});
}

Reply knock(State& state, const Request& request, auth::Subject subject) {
  std::string call_id = path_param(request, "callId");
  const auto done = co_await state.calls.knock(std::move(subject), std::move(call_id));
  co_return done_answer(done);
}

Reply stop_knocking(State& state, const Request& request, auth::Subject subject) {
  std::string call_id = path_param(request, "callId");
  const auto done = co_await state.calls.stop_knocking(std::move(subject), std::move(call_id));
  co_return done_answer(done);
}

Reply admit(State& state, const Request& request, auth::Subject subject) {
  std::string call_id = path_param(request, "callId");
  std::string user_id = path_param(request, "userId");
  const auto done = co_await state.calls.admit(std::move(subject), std::move(call_id), std::move(user_id));
  co_return done_answer(done);
}

Reply turn_away(State& state, const Request& request, auth::Subject subject) {
  std::string call_id = path_param(request, "callId");
  std::string user_id = path_param(request, "userId");
  const auto done = co_await state.calls.deny(std::move(subject), std::move(call_id), std::move(user_id));
  co_return done_answer(done);
}

}  // namespace

void add_call_routes(Routes& routes) {
  routes.add(Method::post, "/rooms/{roomId}/call", Cost::kInvite, start_call);
  routes.add(Method::get, "/rooms/{roomId}/call", Cost::kRead, get_current_call);
  routes.add(Method::get, "/calls", Cost::kRead, list_calls);
  routes.add(Method::get, "/calls/{callId}", Cost::kRead, get_call);
  routes.add(Method::patch, "/calls/{callId}", Cost::kWrite, change_call);
  routes.add(Method::post, "/calls/{callId}/accept", Cost::kWrite, accept_call);
  routes.add(Method::post, "/calls/{callId}/decline", Cost::kWrite, decline_call);
  routes.add(Method::post, "/calls/{callId}/cancel", Cost::kWrite, cancel_call);
  routes.add(Method::post, "/calls/{callId}/leave", Cost::kWrite, leave_call);
  routes.add(Method::post, "/calls/{callId}/end", Cost::kWrite, end_call);
  routes.add(Method::post, "/calls/{callId}/ring", Cost::kInvite, ring_call);
  routes.add(Method::get, "/calls/{callId}/state", Cost::kRead, get_in_call_state);
  routes.add(Method::post, "/calls/{callId}/participants/{userId}/mute", Cost::kWrite, mute_participant);
  routes.add(Method::delete_, "/calls/{callId}/participants/{userId}", Cost::kWrite, remove_participant);
  routes.add(Method::get, "/calls/{callId}/lobby", Cost::kRead, list_lobby);
  routes.add(Method::post, "/calls/{callId}/lobby", Cost::kInvite, knock);
  routes.add(Method::delete_, "/calls/{callId}/lobby", Cost::kWrite, stop_knocking);
  routes.add(Method::post, "/calls/{callId}/lobby/{userId}", Cost::kWrite, admit);
  routes.add(Method::delete_, "/calls/{callId}/lobby/{userId}", Cost::kWrite, turn_away);
}

}  // namespace parley::signal::rest

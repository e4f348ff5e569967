// What administrators look at, and what they do to rooms and webhooks.
#include <boost/beast/http/verb.hpp>
#include <boost/json/parse.hpp>

#include "auth/authorize.h"
#include "base/iso_time.h"
#include "calls/json.h"
#include "calls/service.h"
#include "chat/json.h"
#include "chat/service.h"
#include "files/service.h"
#include "hooks/service.h"
#include "hub/hub.h"
#include "signal/rest/audit.h"
#include "signal/rest/routes.h"
#include "store/audit.h"
#include "store/database.h"
#include "store/overview.h"
#include "store/webhooks.h"

namespace parley::signal::rest {

namespace json = boost::json;

namespace {

constexpr std::size_t kMaxLiveCalls = 500;

Result<void, Error> may(const auth::Subject& subject, auth::Action action) {
  return auth::authorize(subject, action, {});
}

std::string_view engine_name(const State& state) {
  return state.database.engine() == store::Engine::kSqlite ? "sqlite" : "postgresql";
}

// ---- numbers ----

json::object database_json(const State& state, bool available) {
  const store::Stats stats = state.database.stats();
  return {
      {"engine", engine_name(state)}, {"available", available},   {"queued", stats.write.queued + stats.read.queued},
      {"writes", stats.write.jobs},   {"reads", stats.read.jobs}, {"errors", stats.write.errors + stats.read.errors}};
}

Reply get_overview(State& state, const Request& /*request*/, auth::Subject subject) {
  if (const auto allowed = may(subject, auth::Action::kServerAdmin); !allowed) co_return problem(allowed.error());
  auto job = store::totals;
  const auto sizes = co_await state.database.read(job);
  const hub::Stats hub = state.hub.stats();
  const calls::Service::Stats calls = state.calls.stats();
  json::object answer{{"version", state.config.place.version},
                      {"uptime", to_seconds(state.now() - state.started)},
                      {"draining", state.config.draining && state.config.draining()},
                      {"database", database_json(state, sizes.has_value())},
                      {"connected", hub.users},
                      {"devices", hub.devices},
                      {"callsInProgress", calls.live_calls},
                      {"inCalls", calls.participants}};
  if (sizes) {
    answer["users"] = sizes->users;
    answer["rooms"] = sizes->rooms;
  }
  co_return json_answer(200, answer);
}

Reply get_storage(State& state, const Request& /*request*/, auth::Subject subject) {
  if (const auto allowed = may(subject, auth::Action::kServerAdmin); !allowed) co_return problem(allowed.error());
  auto job = store::totals;
  const auto sizes = co_await state.database.read(job);
  if (!sizes) co_return problem(sizes.error());
  const files::Config& files = state.files.config();
  co_return json_answer(200,
                        {{"files", sizes->files},
                         {"versions", sizes->versions},
                         {"bytes", sizes->bytes},
                         {"storedBytes", sizes->stored_bytes},
                         {"uploads", sizes->uploads},
                         {"uploadBytes", sizes->upload_bytes},
                         {"quotaPerUser", files.quota_per_user},
                         {"quotaPerRoom", files.quota_per_room},
                         {"maxFileSize", files.max_file_size},
                         {"database", json::object{{"engine", engine_name(state)}, {"bytes", sizes->database_bytes}}}});
}

Reply get_settings(State& state, const Request& /*request*/, auth::Subject subject) {
  if (const auto allowed = may(subject, auth::Action::kServerAdmin); !allowed) co_return problem(allowed.error());
  co_return json_answer(200, {{"settings", state.config.settings ? state.config.settings() : json::object{}}});
}

Reply get_routes(State& state, const Request& /*request*/, auth::Subject subject) {
  if (const auto allowed = may(subject, auth::Action::kServerAdmin); !allowed) co_return problem(allowed.error());
  json::array routes;
  for (const auto& [method, pattern] : state.router->patterns()) {
    if (!pattern.starts_with(Routes::kPrefix)) continue;
    routes.push_back(json::object{{"method", std::string(boost::beast::http::to_string(method))}, {"path", pattern}});
  }
  co_return json_answer(200, {{"items", std::move(routes)}});
}

// ---- rooms and calls ----

Reply list_rooms(State& state, const Request& request, auth::Subject subject) {
  Parameters parameters(request.query);
  const std::size_t limit = parameters.limit();
  std::string cursor = parameters.uuid("cursor").value_or("");
  if (!parameters.ok()) co_return problem(parameters.error());
  if (const auto allowed = may(subject, auth::Action::kServerAdmin); !allowed) co_return problem(allowed.error());
  auto job = [cursor = std::move(cursor), limit](store::Session& session) {
    return store::list_all_rooms(session, cursor, limit);
  };
  const auto rooms = co_await state.database.read(std::move(job));
  if (!rooms) co_return problem(rooms.error());
  const auto to_json = [](const store::Room& room) { return chat::to_json(room); };
  const std::string next = rooms->size() < limit ? "" : rooms->back().id;
  co_return json_answer(200, page_json(array_of(*rooms, to_json), next));
}

Reply delete_room(State& state, const Request& request, auth::Subject subject) {
  std::string room_id = path_param(request, "roomId");
  const auto done = co_await state.chat.rooms().remove(std::move(subject), std::move(room_id));
  if (!done) co_return problem(done.error());
  co_return no_content();
}

struct LiveCall {
  store::Call call;
  std::string room_name;
};

Result<std::vector<LiveCall>, Error> live_calls(store::Session& session) {
  auto calls = store::list_live_calls(session, kMaxLiveCalls);
  if (!calls) return calls.error();
  std::vector<LiveCall> out;
  out.reserve(calls->size());
  for (store::Call& call : *calls) {
    const auto room = store::find_room(session, call.room_id);
    if (!room) return room.error();
    out.push_back({std::move(call), *room ? (*room)->name : std::string()});
  }
  return out;
}

Reply list_calls(State& state, const Request& /*request*/, auth::Subject subject) {
  if (const auto allowed = may(subject, auth::Action::kServerAdmin); !allowed) co_return problem(allowed.error());
  auto job = live_calls;
  const auto live = co_await state.database.read(job);
  if (!live) co_return problem(live.error());
  const auto to_json = [&state](const LiveCall& one) {
    json::object out{{"call", calls::to_json(calls::CallView{one.call})}, {"roomName", one.room_name}};
    if (state.config.media_of_room) out["participants"] = state.config.media_of_room(one.call.room_id);
    return out;
  };
  co_return json_answer(200, {{"items", array_of(*live, to_json)}});
}

// ---- the audit log ----

json::value detail_json(const std::string& text) {
  boost::system::error_code failure;
  json::value detail = json::parse(text, failure);
  return failure || !detail.is_object() ? json::value(json::object{}) : detail;
}

json::object entry_json(const store::AuditEntry& entry) {
  return {{"id", entry.id},
          {"at", to_iso(entry.at)},
          {"actorId", text_or_null(entry.actor_id)},
          {"actorName", text_or_null(entry.actor_name)},
          {"action", entry.action},
          {"objectType", text_or_null(entry.object_type)},
          {"objectId", text_or_null(entry.object_id)},
          {"roomId", text_or_null(entry.room_id)},
          {"address", text_or_null(entry.address)},
          {"detail", detail_json(entry.detail)}};
}

Reply list_audit(State& state, const Request& request, auth::Subject subject) {
  Parameters parameters(request.query);
  store::AuditQuery query;
  query.actor_id = parameters.uuid("actorId").value_or("");
  query.object_id = parameters.text("objectId", {.max = 64}).value_or("");
  query.room_id = parameters.uuid("roomId").value_or("");
  query.before = parameters.uuid("cursor").value_or("");
  query.limit = parameters.limit();
  if (!parameters.ok()) co_return problem(parameters.error());
  if (const auto allowed = may(subject, auth::Action::kAuditRead); !allowed) co_return problem(allowed.error());
  const std::size_t limit = query.limit;
  auto job = [query = std::move(query)](store::Session& session) { return store::list_audit(session, query); };
  const auto entries = co_await state.database.read(std::move(job));
  if (!entries) co_return problem(entries.error());
  const std::string next = entries->size() < limit ? "" : entries->back().id;
  co_return json_answer(200, page_json(array_of(*entries, entry_json), next));
}

// ---- webhooks that could not be delivered ----

json::object dead_letter_json(const store::WebhookDelivery& delivery) {
  return {{"id", delivery.id},
          {"url", delivery.url},
          {"event", delivery.event},
          {"body", delivery.body},
          {"attempts", delivery.attempts},
          {"lastError", delivery.last_error},
          {"createdAt", to_iso(delivery.created_at)}};
}

Reply list_dead_letters(State& state, const Request& request, auth::Subject subject) {
  Parameters parameters(request.query);
  const std::size_t limit = parameters.limit();
  const std::int64_t before = parameters.integer("cursor", {.min = 0}).value_or(0);
  if (!parameters.ok()) co_return problem(parameters.error());
  if (const auto allowed = may(subject, auth::Action::kServerAdmin); !allowed) co_return problem(allowed.error());
  auto job = [before, limit](store::Session& session) { return store::list_dead_webhooks(session, before, limit); };
  const auto letters = co_await state.database.read(std::move(job));
  if (!letters) co_return problem(letters.error());
  const std::string next = letters->size() < limit ? "" : std::to_string(letters->back().position);
  co_return json_answer(200, page_json(array_of(*letters, dead_letter_json), next));
}

Reply retry_dead_letter(State& state, const Request& request, auth::Subject subject) {
  if (const auto allowed = may(subject, auth::Action::kServerAdmin); !allowed) co_return problem(allowed.error());
  auto job = [id = path_param(request, "delivery")](store::Session& session) {
    return store::retry_dead_webhook(session, id);
  };
  const auto url = co_await state.database.write(std::move(job));
  if (!url) co_return problem(url.error());
  state.hooks.wake(*url);
  Act act{"webhook.retry", path_param(request, "delivery"), "", {{"url", *url}}};
  co_await note(state, std::move(subject), std::move(act));
  co_return no_content();
}

Reply drop_dead_letter(State& state, const Request& request, auth::Subject subject) {
  if (const auto allowed = may(subject, auth::Action::kServerAdmin); !allowed) co_return problem(allowed.error());
  auto job = [id = path_param(request, "delivery")](store::Session& session) {
    return store::delete_dead_webhook(session, id);
  };
  const auto done = co_await state.database.write(std::move(job));
  if (!done) co_return problem(done.error());
  Act act{"webhook.drop", path_param(request, "delivery"), "", {}};
  co_await note(state, std::move(subject), std::move(act));
  co_return no_content();
}

}  // namespace

void add_admin_routes(Routes& routes) {
  routes.add(Method::get, "/admin/overview", Cost::kRead, get_overview);
  routes.add(Method::get, "/admin/storage", Cost::kRead, get_storage);
  routes.add(Method::get, "/admin/settings", Cost::kRead, get_settings);
  routes.add(Method::get, "/admin/routes", Cost::kRead, get_routes);
  routes.add(Method::get, "/admin/rooms", Cost::kRead, list_rooms);
  routes.add(Method::delete_, "/admin/rooms/{roomId}", Cost::kWrite, delete_room);
  routes.add(Method::get, "/admin/calls", Cost::kRead, list_calls);
  routes.add(Method::get, "/admin/audit-log", Cost::kRead, list_audit);
  routes.add(Method::get, "/admin/webhooks/dead-letters", Cost::kRead, list_dead_letters);
  routes.add(Method::post, "/admin/webhooks/dead-letters/{delivery}/retry", Cost::kWrite, retry_dead_letter);
  routes.add(Method::delete_, "/admin/webhooks/dead-letters/{delivery}", Cost::kWrite, drop_dead_letter);
}

}  // namespace parley::signal::rest

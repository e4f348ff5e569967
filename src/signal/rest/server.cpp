// What a client needs to know of the server before anybody has logged in, and the contract itself.
#include "auth/accounts.h"
#include "auth/oidc.h"
#include "files/service.h"
#include "signal/rest/account_json.h"
#include "signal/rest/routes.h"
#include "store/database.h"
#include "store/users.h"

namespace parley::signal::rest {

namespace json = boost::json;

namespace {

constexpr std::int64_t kMaxName = 80;
constexpr std::int64_t kMaxPage = 200;
constexpr std::int64_t kUploadChunk = 8 << 20;
constexpr std::string_view kDocumentCaching = "no-cache";

std::string_view to_string(auth::Registration registration) {
  switch (registration) {
    case auth::Registration::kOpen:
      return "open";
    case auth::Registration::kInvite:
      return "invite";
    case auth::Registration::kClosed:
      return "closed";
  }
  return "closed";
}

json::object limits_json(const State& state) {
  const Place& place = state.config.place;
  return {{"messageLength", place.max_message},
          {"nameLength", kMaxName},
          {"passwordMinLength", auth::kMinPasswordBytes},
          {"filesPerMessage", place.max_files_per_message},
          {"fileSize", state.files.config().max_file_size},
          {"avatarSize", state.config.max_avatar},
          {"pageSize", kMaxPage}};
}

Result<bool, Error> nobody_yet(store::Session& session) {
  const auto users = store::any_users(session);
  if (!users) return users.error();
  return !*users;
}

Reply get_config(State& state, const Request& /*request*/) {
  // Without a database there are no people either: a client must be able to say so.
  auto job = nobody_yet;
  const auto first_run = co_await state.database.read(job);
  const Place& place = state.config.place;
  json::object answer{{"name", place.name}, {"version", place.version}};
  answer["registration"] = to_string(state.accounts.config().registration);
  answer["passwordLogin"] = true;
  answer["guests"] = true;
  answer["firstRun"] = first_run && *first_run;
  answer["providers"] = providers_json(state.oidc);
  answer["limits"] = limits_json(state);
  answer["features"] =
      json::object{{"calls", true}, {"files", true}, {"e2ee", true}, {"search", true}, {"lobby", true}};
  answer["calls"] = json::object{{"ringTimeout", place.ring_timeout_s}};
  answer["media"] = json::object{{"url", place.media_url}};
  answer["events"] = json::object{{"socketIoPath", "/socket.io/"}, {"webSocketPath", "/ws"}};
  answer["uploads"] = json::object{{"url", "/api/v1/uploads"}, {"chunkSize", kUploadChunk}};
  co_return json_answer(200, answer);
}

Result<bool, Error> answers(store::Session& session) { return session.value<int>("SELECT 1") == 1; }

Reply get_health(State& state, const Request& /*request*/) {
  auto job = answers;
  const auto database = co_await state.database.read(job);
  const bool draining = state.config.draining && state.config.draining();
  const bool well = database && *database && !draining;
  json::object answer{{"status", well ? "ok" : "degraded"},
                      {"database", database && *database ? "ok" : "unavailable"},
                      {"uptime", to_seconds(state.now() - state.started)}};
  co_return json_answer(well ? 200 : 503, answer);
}

Reply get_version(State& state, const Request& /*request*/) {
  co_return json_answer(200, {{"name", "Parley"}, {"version", state.config.place.version}, {"api", "v1"}});
}

http::Response document(std::string_view text, std::string type) {
  http::Response response;
  response.content_type = std::move(type);
  response.body = text;
  response.set("Cache-Control", std::string(kDocumentCaching));
  return response;
}

Reply get_openapi_yaml(State& /*state*/, const Request& /*request*/) {
  co_return document(openapi_yaml(), "application/yaml");
}

Reply get_openapi_json(State& /*state*/, const Request& /*request*/) {
  co_return document(openapi_json(), "application/json");
}

}  // namespace

void add_server_routes(Routes& routes) {
  routes.open(Method::get, "/config", Cost::kOpen, get_config);
  routes.open(Method::get, "/health", Cost::kOpen, get_health);
  routes.open(Method::get, "/version", Cost::kOpen, get_version);
  routes.open(Method::get, "/openapi.yaml", Cost::kOpen, get_openapi_yaml);
  routes.open(Method::get, "/openapi.json", Cost::kOpen, get_openapi_json);
}

}  // namespace parley::signal::rest

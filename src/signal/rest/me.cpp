// One's own account.
#include "auth/accounts.h"
#include "chat/service.h"
#include "files/service.h"
#include "signal/rest/account_json.h"
#include "signal/rest/erase.h"
#include "signal/rest/routes.h"

namespace parley::signal::rest {

namespace json = boost::json;

namespace {

constexpr std::string_view kAvatarPath = "/api/v1/avatars/";
constexpr std::string_view kForEver = "public, max-age=31536000, immutable";

http::Response user_answer(const Result<store::User, Error>& user, const auth::Subject& asker) {
  return user ? json_answer(200, user_json(*user, asker)) : problem(user.error());
}

Reply get_me(State& state, const Request& /*request*/, auth::Subject subject) {
  const auto user = co_await state.accounts.me(subject);
  co_return user_answer(user, subject);
}

Reply update_me(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  auth::ProfileChange change;
  change.name = fields.optional_text("name", {.min = 1, .max = 80});
  change.status_text = fields.optional_text("statusText", {.max = 140});
  change.locale = fields.optional_text("locale", {.max = 35});
  if (!fields.ok()) co_return problem(fields.error());
  const auto user = co_await state.accounts.update_profile(subject, std::move(change));
  co_return user_answer(user, subject);
}

Reply delete_me(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  std::string password = fields.optional_text("password", {.max = 256, .form = common::TextForm::kAny}).value_or("");
  if (!fields.ok()) co_return problem(fields.error());
  const auto done = co_await state.accounts.delete_account(subject, std::move(password));
  if (!done) co_return problem(done.error());
  std::string user_id = subject.user_id;
  const auto erased = co_await erase_traces(state, std::move(subject), std::move(user_id));
  co_return erased ? no_content() : problem(erased.error());
}

// ---- pictures ----

Reply set_avatar(State& state, const Request& request, auth::Subject subject) {
  std::string bytes = request.body;
  auto name = co_await state.avatars.put(std::move(bytes));
  if (!name) co_return problem(name.error());
  auth::ProfileChange change;
  change.avatar_url = std::string(kAvatarPath) + *name;
  const auto user = co_await state.accounts.update_profile(subject, std::move(change));
  co_return user_answer(user, subject);
}

Reply delete_avatar(State& state, const Request& /*request*/, auth::Subject subject) {
  auth::ProfileChange change;
  change.avatar_url = "";
  const auto user = co_await state.accounts.update_profile(subject, std::move(change));
  co_return user_answer(user, subject);
}

Reply get_avatar(State& state, const Request& request) {
  std::string name = path_param(request, "avatar");
  const std::string etag = "\"" + name + "\"";
  http::Response response;
  response.set("ETag", etag).set("Cache-Control", std::string(kForEver));
  if (request.header("If-None-Match") == etag) {
    response.status = 304;
    co_return response;
  }
  auto bytes = co_await state.avatars.get(std::move(name));
  if (!bytes) co_return problem(bytes.error());
  response.content_type = image_type_of(*bytes);
  // Nothing in it runs, whatever a browser takes it for.
  response.set("Content-Security-Policy", "default-src 'none'; sandbox");
  response.body = std::move(*bytes);
  co_return response;
}

// ---- sessions ----

Reply list_sessions(State& state, const Request& /*request*/, auth::Subject subject) {
  const auto sessions = co_await state.accounts.sessions(subject);
  if (!sessions) co_return problem(sessions.error());
  const auto session_json = [&subject](const store::AuthSession& session) { return log_in_json(session, subject); };
  co_return json_answer(200, {{"items", array_of(*sessions, session_json)}});
}

Reply end_session(State& state, const Request& request, auth::Subject subject) {
  std::string session_id = path_param(request, "sessionId");
  const auto done = co_await state.accounts.end_session(std::move(subject), std::move(session_id));
  co_return done ? no_content() : problem(done.error());
}

}  // namespace

http::awaitable<Result<void, Error>> erase_traces(State& state, auth::Subject subject, std::string user_id) {
  std::string of_files = user_id;
  const auto chat = co_await state.chat.records().erase_user(std::move(subject), std::move(user_id));
  if (!chat) co_return chat.error();
  co_return co_await state.files.forget_user(std::move(of_files));
}

void add_me_routes(Routes& routes) {
  routes.add(Method::get, "/me", Cost::kRead, get_me);
  routes.add(Method::patch, "/me", Cost::kWrite, update_me);
  routes.add(Method::delete_, "/me", Cost::kExpensive, delete_me);
  routes.add(Method::put, "/me/avatar", Cost::kExpensive, set_avatar);
  routes.add(Method::delete_, "/me/avatar", Cost::kWrite, delete_avatar);
  routes.open(Method::get, "/avatars/{avatar}", Cost::kOpen, get_avatar);
  routes.add(Method::get, "/me/sessions", Cost::kRead, list_sessions);
  routes.add(Method::delete_, "/me/sessions/{sessionId}", Cost::kWrite, end_session);
}

}  // namespace parley::signal::rest

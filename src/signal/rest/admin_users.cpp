// Accounts, as administrators manage them.
#include "auth/accounts.h"
#include "signal/rest/account_json.h"
#include "signal/rest/erase.h"
#include "signal/rest/routes.h"

namespace parley::signal::rest {

namespace json = boost::json;

namespace {

constexpr common::TextRule kPassword{.min = 1, .max = 256, .form = common::TextForm::kAny};

Reply list_users(State& state, const Request& request, auth::Subject subject) {
  Parameters parameters(request.query);
  store::UserQuery query;
  query.prefix = parameters.text("q", {.max = 254}).value_or("");
  query.guests = parameters.boolean("guests");
  query.inactive = true;
  query.after = parameters.uuid("cursor").value_or("");
  query.limit = parameters.limit();
  if (!parameters.ok()) co_return problem(parameters.error());
  if (const auto may = auth::authorize(subject, auth::Action::kUserAdmin, {}); !may) co_return problem(may.error());
  const std::size_t limit = query.limit;
  const auto users = co_await state.accounts.list_users(subject, std::move(query));
  if (!users) co_return problem(users.error());
  const auto to_json = [&subject](const store::User& user) { return user_json(user, subject); };
  const std::string next = users->size() < limit ? "" : users->back().id;
  co_return json_answer(200, page_json(array_of(*users, to_json), next));
}

Reply create_user(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  auth::NewUser wanted;
  wanted.email = fields.text("email", {.min = 3, .max = 254});
  // Without one the account is for log-ins at a provider.
  wanted.password = fields.optional_text("password", kPassword).value_or("");
  wanted.name = fields.text("name", {.min = 1, .max = 80});
  const std::string role = fields.optional_choice("role", {"user", "admin"}).value_or("user");
  if (!fields.ok()) co_return problem(fields.error());
  const auth::ServerRole as = auth::server_role_from(role).value_or(auth::ServerRole::kUser);
  const auto user = co_await state.accounts.admin_create_user(subject, std::move(wanted), as);
  if (!user) co_return problem(user.error());
  co_return json_answer(201, user_json(*user, subject));
}

Reply change_user(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  const auto role = fields.optional_choice("role", {"user", "admin"});
  const auto disabled = fields.optional_boolean("disabled");
  if (!role && !disabled) fields.fail("role", "or \"disabled\" must be given");
  if (!fields.ok()) co_return problem(fields.error());
  const std::string user_id = path_param(request, "userId");
  Result<store::User, Error> user = Error{"internal", "nothing was asked for", ""};
  if (role) {
    std::string id = user_id;
    const auth::ServerRole as = auth::server_role_from(*role).value_or(auth::ServerRole::kUser);
    user = co_await state.accounts.admin_set_role(subject, std::move(id), as);
    if (!user) co_return problem(user.error());
  }
  if (disabled) {
    std::string id = user_id;
    user = co_await state.accounts.admin_set_disabled(subject, std::move(id), *disabled);
    if (!user) co_return problem(user.error());
  }
  co_return json_answer(200, user_json(*user, subject));
}

Reply delete_user(State& state, const Request& request, auth::Subject subject) {
  std::string user_id = path_param(request, "userId");
  const auto done = co_await state.accounts.admin_delete_user(subject, std::move(user_id));
  if (!done) co_return problem(done.error());
  user_id = path_param(request, "userId");
  const auto erased = co_await erase_traces(state, subject, std::move(user_id));
  co_return erased ? no_content() : problem(erased.error());
}

Reply reset_password(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  std::string password = fields.text("password", kPassword);
  if (!fields.ok()) co_return problem(fields.error());
  std::string user_id = path_param(request, "userId");
  const auto done = co_await state.accounts.admin_reset_password(subject, std::move(user_id), std::move(password));
  if (!done) co_return problem(done.error());
  co_return no_content();
}

Reply log_out_user(State& state, const Request& request, auth::Subject subject) {
  std::string user_id = path_param(request, "userId");
  const auto done = co_await state.accounts.admin_log_out_user(subject, std::move(user_id));
  if (!done) co_return problem(done.error());
  co_return no_content();
}

// ---- invitations to make an account ----

Reply list_invitations(State& state, const Request& /*request*/, auth::Subject subject) {
  std::string no_room;
  const auto found = co_await state.accounts.list_invitations(std::move(subject), std::move(no_room));
  if (!found) co_return problem(found.error());
  const auto to_json = [](const store::Invitation& invitation) { return invitation_json(invitation, {}); };
  co_return json_answer(200, {{"items", array_of(*found, to_json)}});
}

Reply create_invitation(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  auth::NewInvitation wanted;
  wanted.email = fields.optional_text("email", {.min = 3, .max = 254}).value_or("");
  wanted.admin = fields.optional_boolean("admin").value_or(false);
  wanted.max_uses = fields.optional_integer("maxUses", {.min = 0, .max = 100'000}).value_or(wanted.max_uses);
  if (const auto s = fields.optional_integer("expiresIn", {.min = 60, .max = 90 * 86'400})) wanted.ttl = *s * 1s;
  if (!fields.ok()) co_return problem(fields.error());
  const auto made = co_await state.accounts.create_invitation(subject, std::move(wanted));
  if (!made) co_return problem(made.error());
  co_return json_answer(201, invitation_json(made->row, made->token));
}

}  // namespace

void add_admin_user_routes(Routes& routes) {
  routes.add(Method::get, "/admin/users", Cost::kRead, list_users);
  routes.add(Method::post, "/admin/users", Cost::kWrite, create_user);
  routes.add(Method::patch, "/admin/users/{userId}", Cost::kWrite, change_user);
  routes.add(Method::delete_, "/admin/users/{userId}", Cost::kWrite, delete_user);
  routes.add(Method::post, "/admin/users/{userId}/password", Cost::kWrite, reset_password);
  routes.add(Method::post, "/admin/users/{userId}/logout", Cost::kWrite, log_out_user);
  routes.add(Method::get, "/admin/invitations", Cost::kRead, list_invitations);
  routes.add(Method::post, "/admin/invitations", Cost::kWrite, create_invitation);
}

}  // namespace parley::signal::rest

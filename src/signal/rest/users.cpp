// The directory.
#include "auth/accounts.h"
#include "signal/rest/account_json.h"
#include "signal/rest/routes.h"

namespace parley::signal::rest {

namespace {

Reply search_users(State& state, const Request& request, auth::Subject subject) {
  Parameters parameters(request.query);
  store::UserQuery query;
  query.prefix = parameters.text("q", {.max = 100}).value_or("");
  query.after = parameters.uuid("cursor").value_or("");
  query.limit = parameters.limit();
  if (!parameters.ok()) co_return problem(parameters.error());
  const std::size_t limit = query.limit;
  const auto users = co_await state.accounts.list_users(subject, std::move(query));
  if (!users) co_return problem(users.error());
  const auto to_json = [&subject](const store::User& user) { return user_json(user, subject); };
  const std::string next = users->size() < limit ? "" : users->back().id;
  co_return json_answer(200, page_json(array_of(*users, to_json), next));
}

Reply get_user(State& state, const Request& request, auth::Subject subject) {
  std::string user_id = path_param(request, "userId");
  const auto user = co_await state.accounts.user(subject, std::move(user_id));
  co_return user ? json_answer(200, user_json(*user, subject)) : problem(user.error());
}

}  // namespace

void add_user_routes(Routes& routes) {
  routes.add(Method::get, "/users", Cost::kSearch, search_users);
  routes.add(Method::get, "/users/{userId}", Cost::kRead, get_user);
}

}  // namespace parley::signal::rest

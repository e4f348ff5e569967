// Who is there.

#include "base/uuid.h"
#include "chat/json.h"
#include "chat/service.h"
#include "hub/hub.h"
#include "signal/rest/routes.h"

namespace parley::signal::rest {

namespace json = boost::json;

namespace {

constexpr std::size_t kMaxIds = 500;

Result<std::vector<std::string>, Error> ids_from(const Request& request) {
  const std::string_view list = request.query.get("userIds");
  std::vector<std::string> ids;
  for (std::size_t begin = 0; begin < list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    const std::string_view id = list.substr(begin, end - begin);
    if (!is_uuid(id)) return Error{"invalid_argument", "\"userIds\" must be ids with commas between them", "userIds"};
    if (ids.size() == kMaxIds) return Error{"invalid_argument", "\"userIds\" may hold at most 500 ids", "userIds"};
    ids.emplace_back(id);
    begin = end + 1;
  }
  if (ids.empty()) return Error{"invalid_argument", "the parameter \"userIds\" is missing", "userIds"};
  return ids;
}

Reply list_presence(State& state, const Request& request, auth::Subject subject) {
  auto wanted = ids_from(request);
  if (!wanted) co_return problem(wanted.error());
  std::vector<std::string> ids = std::move(*wanted);
  const auto found = co_await state.chat.rooms().presence(std::move(subject), std::move(ids));
  if (!found) co_return problem(found.error());
  const auto entry_json = [](const auto& entry) { return chat::presence_json(entry.first, entry.second); };
  co_return json_answer(200, {{"items", array_of(*found, entry_json)}});
}

Reply get_user_presence(State& state, const Request& request, auth::Subject subject) {
  std::vector<std::string> ids{path_param(request, "userId")};
  const auto found = co_await state.chat.rooms().presence(std::move(subject), std::move(ids));
  if (!found) co_return problem(found.error());
  if (found->empty()) co_return problem({"not_found", "nobody who shares a room with you has this id", "userId"});
  co_return json_answer(200, chat::presence_json(found->front().first, found->front().second));
}

Reply set_presence(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  const std::string status = fields.choice("status", {"online", "away", "busy", "offline"});
  if (!fields.ok()) co_return problem(fields.error());
  state.chat.rooms().set_presence(subject, hub::status_from(status).value_or(hub::Status::kOnline));
  co_return json_answer(200, chat::presence_json(subject.user_id, state.hub.presence_of(subject.user_id)));
}

}  // namespace

void add_presence_routes(Routes& routes) {
  routes.add(Method::get, "/presence", Cost::kRead, list_presence);
  routes.add(Method::get, "/users/{userId}/presence", Cost::kRead, get_user_presence);
  routes.add(Method::put, "/me/presence", Cost::kWrite, set_presence);
}

}  // namespace parley::signal::rest

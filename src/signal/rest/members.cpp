// Who belongs to a room, as what.
#include "chat/json.h"
#include "chat/service.h"
#include "signal/rest/routes.h"

namespace parley::signal::rest {

namespace json = boost::json;

namespace {

json::object member_json(const chat::MemberView& view) { return chat::to_json(view); }

Reply list_members(State& state, const Request& request, auth::Subject subject) {
  Parameters parameters(request.query);
  const std::size_t limit = parameters.limit();
  std::string cursor = parameters.cursor();
  if (!parameters.ok()) co_return problem(parameters.error());
  std::string room_id = path_param(request, "roomId");
  const auto page =
      co_await state.chat.rooms().list_members(std::move(subject), std::move(room_id), std::move(cursor), limit);
  if (!page) co_return problem(page.error());
  co_return json_answer(200, page_json(array_of(page->items, member_json), page->next_cursor));
}

Reply add_member(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  std::string user_id = fields.uuid("userId");
  const auto role = fields.optional_choice("role", {"owner", "moderator", "member"});
  if (!fields.ok()) co_return problem(fields.error());
  const auth::RoomRole as = auth::room_role_from(role.value_or("member")).value_or(auth::RoomRole::kMember);
  std::string room_id = path_param(request, "roomId");
  const auto member =
      co_await state.chat.rooms().add_member(std::move(subject), std::move(room_id), std::move(user_id), as);
  if (!member) co_return problem(member.error());
  co_return json_answer(201, member_json(*member));
}

Reply change_member(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  const std::string role = fields.choice("role", {"owner", "moderator", "member"});
  if (!fields.ok()) co_return problem(fields.error());
  const auth::RoomRole as = auth::room_role_from(role).value_or(auth::RoomRole::kMember);
  std::string room_id = path_param(request, "roomId");
  std::string user_id = path_param(request, "userId");
  const auto member =
      co_await state.chat.rooms().set_role(std::move(subject), std::move(room_id), std::move(user_id), as);
  if (!member) co_return problem(member.error());
  co_return json_answer(200, member_json(*member));
}

Reply remove_member(State& state, const Request& request, auth::Subject subject) {
  std::string room_id = path_param(request, "roomId");
  std::string user_id = path_param(request, "userId");
  const auto done =
      co_await state.chat.rooms().remove_member(std::move(subject), std::move(room_id), std::move(user_id));
  co_return done ? no_content() : problem(done.error());
}

}  // namespace

void add_member_routes(Routes& routes) {
  routes.add(Method::get, "/rooms/{roomId}/members", Cost::kRead, list_members);
  routes.add(Method::post, "/rooms/{roomId}/members", Cost::kInvite, add_member);
  routes.add(Method::patch, "/rooms/{roomId}/members/{userId}", Cost::kWrite, change_member);
  routes.add(Method::delete_, "/rooms/{roomId}/members/{userId}", Cost::kWrite, remove_member);
}

}  // namespace parley::signal::rest

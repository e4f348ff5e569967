// Links that lead into a room.
#include "auth/accounts.h"
#include "base/iso_time.h"
#include "chat/json.h"
#include "chat/service.h"
#include "signal/rest/account_json.h"
#include "signal/rest/routes.h"

namespace parley::signal::rest {

namespace json = boost::json;

namespace {

constexpr common::IntegerRule kUses{.min = 0, .max = 100'000};
constexpr common::IntegerRule kExpiresIn{.min = 60, .max = 90 * 86'400};  // seconds
constexpr common::TextRule kToken{.min = 1, .max = 256, .form = common::TextForm::kAny};

Reply list_invitations(State& state, const Request& request, auth::Subject subject) {
  std::string room_id = path_param(request, "roomId");
  const auto found = co_await state.accounts.list_invitations(std::move(subject), std::move(room_id));
  if (!found) co_return problem(found.error());
  const auto to_json = [](const store::Invitation& invitation) { return invitation_json(invitation, {}); };
  co_return json_answer(200, {{"items", array_of(*found, to_json)}});
}

Reply create_invitation(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  auth::NewInvitation wanted;
  wanted.room_id = path_param(request, "roomId");
  const std::string role = fields.optional_choice("role", {"moderator", "member"}).value_or("member");
  wanted.role = auth::room_role_from(role).value_or(auth::RoomRole::kMember);
  wanted.email = fields.optional_text("email", {.min = 3, .max = 254}).value_or("");
  wanted.max_uses = fields.optional_integer("maxUses", kUses).value_or(wanted.max_uses);
  if (const auto seconds = fields.optional_integer("expiresIn", kExpiresIn)) wanted.ttl = *seconds * 1s;
  if (!fields.ok()) co_return problem(fields.error());
  const auto made = co_await state.accounts.create_invitation(std::move(subject), std::move(wanted));
  if (!made) co_return problem(made.error());
  co_return json_answer(201, invitation_json(made->row, made->token));
}

Reply revoke_invitation(State& state, const Request& request, auth::Subject subject) {
  std::string id = path_param(request, "invitationId");
  const auto done = co_await state.accounts.revoke_invitation(std::move(subject), std::move(id));
  co_return done ? no_content() : problem(done.error());
}

Reply accept_invitation(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  std::string token = fields.text("token", kToken);
  if (!fields.ok()) co_return problem(fields.error());
  auto room_id = co_await state.accounts.accept_invitation(subject, std::move(token));
  if (!room_id) co_return problem(room_id.error());
  json::object answer{{"roomId", *room_id}};
  std::string id = std::move(*room_id);
  const auto view = co_await state.chat.rooms().get(std::move(subject), std::move(id));
  if (view) answer["room"] = chat::to_json(*view);
  co_return json_answer(200, answer);
}

// ---- guest links ----

Reply list_guest_links(State& state, const Request& request, auth::Subject subject) {
  std::string room_id = path_param(request, "roomId");
  const auto found = co_await state.accounts.list_guest_links(std::move(subject), std::move(room_id));
  if (!found) co_return problem(found.error());
  const auto to_json = [](const store::GuestLink& link) { return guest_link_json(link, {}); };
  co_return json_answer(200, {{"items", array_of(*found, to_json)}});
}

Reply create_guest_link(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  auth::NewGuestLink wanted;
  wanted.room_id = path_param(request, "roomId");
  wanted.password = fields.optional_text("password", {.max = 256, .form = common::TextForm::kAny}).value_or("");
  wanted.max_uses = fields.optional_integer("maxUses", kUses).value_or(wanted.max_uses);
  if (const auto seconds = fields.optional_integer("expiresIn", kExpiresIn)) wanted.ttl = *seconds * 1s;
  if (!fields.ok()) co_return problem(fields.error());
  const auto made = co_await state.accounts.create_guest_link(std::move(subject), std::move(wanted));
  if (!made) co_return problem(made.error());
  co_return json_answer(201, guest_link_json(made->row, made->token));
}

Reply revoke_guest_link(State& state, const Request& request, auth::Subject subject) {
  std::string id = path_param(request, "linkId");
  const auto done = co_await state.accounts.revoke_guest_link(std::move(subject), std::move(id));
  co_return done ? no_content() : problem(done.error());
}

Reply view_guest_link(State& state, const Request& request) {
  std::string token = path_param(request, "token");
  const auto view = co_await state.accounts.view_guest_link(std::move(token));
  if (!view) co_return problem(view.error());
  co_return json_answer(
      200, {{"roomId", view->room_id}, {"passwordProtected", view->password}, {"expiresAt", to_iso(view->expires_at)}});
}

}  // namespace

void add_invitation_routes(Routes& routes) {
  routes.add(Method::get, "/rooms/{roomId}/invitations", Cost::kRead, list_invitations);
  routes.add(Method::post, "/rooms/{roomId}/invitations", Cost::kInvite, create_invitation);
  routes.add(Method::delete_, "/invitations/{invitationId}", Cost::kWrite, revoke_invitation);
  routes.add(Method::post, "/invitations/accept", Cost::kInvite, accept_invitation);
  routes.add(Method::get, "/rooms/{roomId}/guest-links", Cost::kRead, list_guest_links);
  routes.add(Method::post, "/rooms/{roomId}/guest-links", Cost::kInvite, create_guest_link);
  routes.add(Method::delete_, "/guest-links/{linkId}", Cost::kWrite, revoke_guest_link);
  // Guessing links is slowed down like guessing passwords.
  routes.open(Method::get, "/guest-links/{token}", Cost::kSignIn, view_guest_link);
}

}  // namespace parley::signal::rest

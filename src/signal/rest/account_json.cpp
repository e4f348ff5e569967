#include "signal/rest/account_json.h"

#include "base/iso_time.h"
#include "signal/rest/routes.h"

namespace parley::signal::rest {

namespace json = boost::json;

json::object user_json(const store::User& user, const auth::Subject& asker) {
  json::object out{{"id", user.id}, {"name", user.name}, {"handle", user.handle}};
  if (!user.email.empty()) out["email"] = user.email;
  out["role"] = user.admin ? "admin" : "user";
  out["avatarUrl"] = text_or_null(user.avatar_url);
  out["guest"] = user.guest;
  if (user.guest) out["guestRoomId"] = text_or_null(user.guest_room_id);
  out["statusText"] = user.status_text;
  if (user.id == asker.user_id) out["locale"] = user.locale;
  out["createdAt"] = to_iso(user.created_at);
  out["lastSeenAt"] = time_or_null(user.last_seen_at);
  if (asker.admin()) {
    out["disabled"] = user.disabled_at != 0;
    out["deleted"] = user.deleted_at != 0;
  }
  return out;
}

json::object signed_in_json(const auth::SignedIn& signed_in) {
  json::object out{{"user", user_json(signed_in.user, signed_in.subject())},
                   {"accessToken", signed_in.access_token},
                   {"refreshToken", signed_in.refresh_token},
                   {"expiresIn", signed_in.expires_in}};
  if (!signed_in.room_id.empty()) out["roomId"] = signed_in.room_id;
  return out;
}

json::object log_in_json(const store::AuthSession& session, const auth::Subject& asker) {
  return {{"id", session.id},
          {"current", session.id == asker.session_id},
          {"method", session.method},
          {"address", session.address},
          {"userAgent", session.user_agent},
          {"createdAt", to_iso(session.created_at)},
          {"lastUsedAt", to_iso(session.last_used_at)},
          {"expiresAt", to_iso(session.expires_at)}};
}

json::object invitation_json(const store::Invitation& invitation, std::string_view token) {
  json::object out{{"id", invitation.id},
                   {"roomId", text_or_null(invitation.room_id)},
                   {"role", text_or_null(invitation.role)},
                   {"admin", invitation.admin},
                   {"email", text_or_null(invitation.email)},
                   {"createdBy", invitation.created_by},
                   {"maxUses", invitation.max_uses},
                   {"uses", invitation.uses},
                   {"createdAt", to_iso(invitation.created_at)},
                   {"expiresAt", to_iso(invitation.expires_at)}};
  if (!token.empty()) out["token"] = token;
  return out;
}

json::object guest_link_json(const store::GuestLink& link, std::string_view token) {
  json::object out{{"id", link.id},
                   {"roomId", link.room_id},
                   {"createdBy", link.created_by},
                   {"passwordProtected", !link.password_hash.empty()},
                   {"maxUses", link.max_uses},
                   {"uses", link.uses},
                   {"createdAt", to_iso(link.created_at)},
                   {"expiresAt", to_iso(link.expires_at)}};
  if (!token.empty()) out["token"] = token;
  return out;
}

auth::ClientInfo client_of(const http::Request& request) {
  // Headers may hold any bytes; the database and JSON may not.
  const std::string_view agent = request.header("User-Agent");
  return {request.peer.ip_text(), http::is_utf8(agent) ? std::string(http::utf8_prefix(agent, 256)) : std::string()};
}

}  // namespace parley::signal::rest

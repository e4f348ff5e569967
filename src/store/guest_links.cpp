#include "store/guest_links.h"

#include "store/session.h"

namespace parley::store {

namespace {
#define PARLEY_GUEST_LINK_COLUMNS \
  "id, token_hash, room_id, created_by, password_hash, max_uses, uses, created_at, expires_at, revoked_at"
}  // namespace

Result<void, Error> insert_guest_link(Session& session, const GuestLink& row) {
  session.exec("INSERT INTO guest_links (" PARLEY_GUEST_LINK_COLUMNS
               ") VALUES (:id, :hash, :room, :creator, :password, :max, :uses, :created, :expires, :revoked)",
               row.id, row.token_hash, row.room_id, row.created_by, row.password_hash, row.max_uses, row.uses,
               row.created_at, row.expires_at, row.revoked_at);
  return {};
}

Result<std::optional<GuestLink>, Error> find_guest_link(Session& session, std::string_view id) {
  return session.row<GuestLink>("SELECT " PARLEY_GUEST_LINK_COLUMNS " FROM guest_links WHERE id = :id", id);
}

Result<std::optional<GuestLink>, Error> find_guest_link_by_token(Session& session, std::string_view token_hash) {
  return session.row<GuestLink>("SELECT " PARLEY_GUEST_LINK_COLUMNS " FROM guest_links WHERE token_hash = :hash",
                                token_hash);
}

Result<void, Error> use_guest_link(Session& session, std::string_view id) {
  const auto used = session.exec(
      "UPDATE guest_links SET uses = uses + 1 WHERE id = :id AND revoked_at = 0 AND expires_at > :now AND "
      "(max_uses = 0 OR uses < max_uses)",
      id, session.now_ms());
  if (used == 1) return {};
  return Error{"failed_precondition", "the link has expired or was used up", "link"};
}

Result<void, Error> revoke_guest_link(Session& session, std::string_view id) {
  session.exec("UPDATE guest_links SET revoked_at = :now WHERE id = :id AND revoked_at = 0", session.now_ms(), id);
  return {};
}

Result<std::vector<GuestLink>, Error> list_guest_links(Session& session, std::string_view room_id) {
  return session.rows<GuestLink>("SELECT " PARLEY_GUEST_LINK_COLUMNS
                                 " FROM guest_links WHERE room_id = :room AND revoked_at = 0 ORDER BY id DESC "
                                 "LIMIT 200",
                                 room_id);
}

Result<std::vector<std::string>, Error> guests_of_link(Session& session, std::string_view link_id) {
  return session.rows<std::string>("SELECT id FROM users WHERE guest_link_id = :link AND deleted_at = 0", link_id);
}

}  // namespace parley::store

#include "store/invitations.h"

#include "store/session.h"

namespace parley::store {

namespace {
#define PARLEY_INVITATION_COLUMNS \
  "id, token_hash, created_by, room_id, role, admin, email, max_uses, uses, created_at, expires_at, revoked_at"
}  // namespace

Result<void, Error> insert_invitation(Session& session, const Invitation& row) {
  session.exec("INSERT INTO invitations (" PARLEY_INVITATION_COLUMNS
               ") VALUES (:id, :hash, :creator, :room, :role, :admin, :email, :max, :uses, :created, :expires, "
               ":revoked)",
               row.id, row.token_hash, row.created_by, row.room_id, row.role, row.admin, row.email, row.max_uses,
               row.uses, row.created_at, row.expires_at, row.revoked_at);
  return {};
}

Result<std::optional<Invitation>, Error> find_invitation(Session& session, std::string_view id) {
  return session.row<Invitation>("SELECT " PARLEY_INVITATION_COLUMNS " FROM invitations WHERE id = :id", id);
}

Result<std::optional<Invitation>, Error> find_invitation_by_token(Session& session, std::string_view token_hash) {
  return session.row<Invitation>("SELECT " PARLEY_INVITATION_COLUMNS " FROM invitations WHERE token_hash = :hash",
                                 token_hash);
}

Result<void, Error> use_invitation(Session& session, std::string_view id) {
  const auto used = session.exec(
      "UPDATE invitations SET uses = uses + 1 WHERE id = :id AND revoked_at = 0 AND expires_at > :now AND "
      "(max_uses = 0 OR uses < max_uses)",
      id, session.now_ms());
  if (used == 1) return {};
  return Error{"failed_precondition", "the invitation has expired or was used up", "invitation"};
}

Result<void, Error> revoke_invitation(Session& session, std::string_view id) {
  session.exec("UPDATE invitations SET revoked_at = :now WHERE id = :id AND revoked_at = 0", session.now_ms(), id);
  return {};
}

Result<std::vector<Invitation>, Error> list_invitations(Session& session, std::string_view room_id) {
  return session.rows<Invitation>("SELECT " PARLEY_INVITATION_COLUMNS
                                  " FROM invitations WHERE room_id = :room AND revoked_at = 0 ORDER BY id DESC "
                                  "LIMIT 200",
                                  room_id);
}

}  // namespace parley::store

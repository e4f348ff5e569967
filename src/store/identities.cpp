#include "store/identities.h"

#include "store/session.h"

namespace parley::store {

namespace {
#define PARLEY_IDENTITY_COLUMNS "issuer, subject, user_id, email, created_at, last_used_at"
}  // namespace

Result<void, Error> insert_identity(Session& session, const Identity& identity) {
  const auto added = session.exec(
      "INSERT INTO identities (issuer, subject, user_id, email, created_at, last_used_at) "
      "VALUES (:issuer, :subject, :user, :email, :created, :used) ON CONFLICT DO NOTHING",
      identity.issuer, identity.subject, identity.user_id, identity.email, identity.created_at, identity.last_used_at);
  if (added == 1) return {};
  return Error{"already_exists", "this log-in belongs to an account", "subject"};
}

Result<std::optional<Identity>, Error> find_identity(Session& session, std::string_view issuer,
                                                     std::string_view subject) {
  return session.row<Identity>("SELECT " PARLEY_IDENTITY_COLUMNS
                               " FROM identities WHERE issuer = :issuer AND subject = :subject",
                               issuer, subject);
}

Result<std::vector<Identity>, Error> identities_of(Session& session, std::string_view user_id) {
  return session.rows<Identity>(
      "SELECT " PARLEY_IDENTITY_COLUMNS " FROM identities WHERE user_id = :user ORDER BY issuer, subject", user_id);
}

Result<void, Error> touch_identity(Session& session, std::string_view issuer, std::string_view subject,
                                   std::int64_t at) {
  session.exec("UPDATE identities SET last_used_at = :at WHERE issuer = :issuer AND subject = :subject", at, issuer,
               subject);
  return {};
}

Result<void, Error> delete_identities_of(Session& session, std::string_view user_id) {
  session.exec("DELETE FROM identities WHERE user_id = :user", user_id);
  return {};
}

}  // namespace parley::store

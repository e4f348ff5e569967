#include "store/auth_sessions.h"

#include "store/session.h"

namespace parley::store {

namespace {
#define PARLEY_SESSION_COLUMNS                                                                                   \
  "id, user_id, family_hash, refresh_hash, previous_hash, rotated_at, address, user_agent, method, created_at, " \
  "last_used_at, expires_at, ended_at, end_reason"
}  // namespace

Result<void, Error> insert_auth_session(Session& session, const AuthSession& row) {
  session.exec("INSERT INTO auth_sessions (" PARLEY_SESSION_COLUMNS
               ") VALUES (:id, :user, :family, :refresh, :previous, :rotated, :address, :agent, :method, :created, "
               ":used, :expires, :ended, :reason)",
               row.id, row.user_id, row.family_hash, row.refresh_hash, row.previous_hash, row.rotated_at, row.address,
               row.user_agent, row.method, row.created_at, row.last_used_at, row.expires_at, row.ended_at,
               row.end_reason);
  return {};
}

Result<std::optional<AuthSession>, Error> find_auth_session(Session& session, std::string_view id) {
  return session.row<AuthSession>("SELECT " PARLEY_SESSION_COLUMNS " FROM auth_sessions WHERE id = :id", id);
}

Result<void, Error> rotate_auth_session(Session& session, std::string_view id, std::string_view new_hash,
                                        std::string_view address, std::string_view user_agent,
                                        std::int64_t expires_at) {
  session.exec(
      "UPDATE auth_sessions SET previous_hash = refresh_hash, refresh_hash = :hash, rotated_at = :now, "
      "last_used_at = :now, address = :address, user_agent = :agent, expires_at = :expires WHERE id = :id",
      new_hash, session.now_ms(), address, user_agent, expires_at, id);
  return {};
}

Result<std::vector<AuthSession>, Error> auth_sessions_of(Session& session, std::string_view user_id) {
  return session.rows<AuthSession>(
      "SELECT " PARLEY_SESSION_COLUMNS
      " FROM auth_sessions WHERE user_id = :user AND ended_at = 0 AND expires_at > :now ORDER BY last_used_at DESC, id",
      user_id, session.now_ms());
}

Result<bool, Error> end_auth_session(Session& session, std::string_view id, std::string_view reason) {
  return session.exec("UPDATE auth_sessions SET ended_at = :now, end_reason = :reason WHERE id = :id AND ended_at = 0",
                      session.now_ms(), reason, id) == 1;
}

Result<std::vector<std::string>, Error> end_auth_sessions_of(Session& session, std::string_view user_id,
                                                             std::string_view except, std::string_view reason) {
  auto ids = session.rows<std::string>(
      "SELECT id FROM auth_sessions WHERE user_id = :user AND ended_at = 0 AND id <> :except", user_id, except);
  for (const std::string& id : ids) {
    session.exec("UPDATE auth_sessions SET ended_at = :now, end_reason = :reason WHERE id = :id AND ended_at = 0",
                 session.now_ms(), reason, id);
  }
  return ids;
}

Result<std::vector<AuthSession>, Error> auth_sessions_ended_since(Session& session, std::int64_t since) {
  return session.rows<AuthSession>("SELECT " PARLEY_SESSION_COLUMNS
                                   " FROM auth_sessions WHERE ended_at > 0 AND ended_at >= :since "
                                   "ORDER BY ended_at LIMIT 1000",
                                   since);
}

Result<std::vector<AuthSession>, Error> auth_sessions_expired(Session& session) {
  return session.rows<AuthSession>("SELECT " PARLEY_SESSION_COLUMNS
                                   " FROM auth_sessions WHERE ended_at = 0 AND expires_at <= :now "
                                   "ORDER BY expires_at LIMIT 200",
                                   session.now_ms());
}

Result<std::int64_t, Error> purge_auth_sessions(Session& session, std::int64_t before) {
  return session.exec(
      "DELETE FROM auth_sessions WHERE id IN (SELECT id FROM auth_sessions WHERE ended_at > 0 AND ended_at < :before "
      "LIMIT 1000)",
      before);
}

}  // namespace parley::store

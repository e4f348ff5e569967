#include "store/server_keys.h"

#include <optional>

#include "store/session.h"

namespace parley::store {

namespace {

constexpr std::string_view kNewest =
    "SELECT id, purpose, secret, created_at FROM server_keys WHERE purpose = :purpose"
    " ORDER BY created_at DESC, id DESC LIMIT 1";

}  // namespace

Result<std::vector<ServerKey>, Error> list_server_keys(Session& session, std::string_view purpose) {
  return session.rows<ServerKey>(
      "SELECT id, purpose, secret, created_at FROM server_keys WHERE purpose = :purpose"
      " ORDER BY created_at DESC, id DESC",
      purpose);
}

Result<void, Error> insert_server_key(Session& session, const ServerKey& key) {
  session.exec("INSERT INTO server_keys (id, purpose, secret, created_at) VALUES (:id, :purpose, :secret, :now)",
               key.id, key.purpose, key.secret, session.now_ms());
  return {};
}

Result<ServerKey, Error> ensure_server_key(Session& session, const ServerKey& candidate) {
  // Two programs may come here at once on PostgreSQL; the lock lasts until the commit.
  if (session.engine() == Engine::kPostgres) session.script("LOCK TABLE server_keys IN EXCLUSIVE MODE");
  if (auto newest = session.row<ServerKey>(kNewest, candidate.purpose)) return std::move(*newest);
  if (auto inserted = insert_server_key(session, candidate); !inserted) return inserted.error();
  return *session.row<ServerKey>(kNewest, candidate.purpose);
}

Result<std::int64_t, Error> delete_server_keys(Session& session, std::string_view purpose, std::int64_t made_before) {
  const auto newest = session.row<ServerKey>(kNewest, purpose);
  if (!newest) return 0;
  return session.exec("DELETE FROM server_keys WHERE purpose = :purpose AND created_at < :before AND id <> :newest",
                      purpose, made_before, newest->id);
}

}  // namespace parley::store

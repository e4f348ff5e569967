#include "auth/audit.h"

#include <utility>

#include "base/log.h"

namespace parley::auth {

store::AuditEntry audit_entry(std::string id, const Subject& actor, std::string action, std::string object_id,
                              std::string room_id, std::string detail) {
  store::AuditEntry entry;
  entry.id = std::move(id);
  entry.actor_id = actor.user_id;
  entry.actor_name = actor.name;
  entry.address = actor.address;
  entry.object_type = action.substr(0, action.find('.'));
  entry.action = std::move(action);
  entry.object_id = std::move(object_id);
  entry.room_id = std::move(room_id);
  entry.detail = std::move(detail);
  return entry;
}

boost::asio::awaitable<void> keep_audit(store::Database& database, store::AuditEntry entry) {
  auto job = [entry](store::Session& session) { return store::append_audit(session, entry); };
  const auto written = co_await database.write(std::move(job));
  if (written) co_return;
  log::error("audit", "an entry of the audit log is lost",
             {{"action", entry.action}, {"object", entry.object_id}, {"actor", entry.actor_id}});
}

}  // namespace parley::auth

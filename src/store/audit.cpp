#include "store/audit.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "store/session.h"

namespace parley::store {

namespace {

// Greater than every UUID.
constexpr std::string_view kEnd = "g";

// The least UUIDv7 of a millisecond: ids sort by their time.
std::string first_uuid_of(std::int64_t ms) {
  std::array<char, 40> text{};
  const auto bits = static_cast<unsigned long long>(std::max<std::int64_t>(ms, 0));
  const int length = std::snprintf(text.data(), text.size(), "%08llx-%04llx-7000-8000-000000000000",
                                   (bits >> 16U) & 0xffffffffU, bits & 0xffffU);
  return {text.data(), static_cast<std::size_t>(length)};
}

}  // namespace

Result<void, Error> append_audit(Session& session, const AuditEntry& entry) {
  session.exec(
      "INSERT INTO audit_log (id, at, actor_id, actor_name, action, object_type, object_id, room_id, address, detail)"
      " VALUES (:id, :at, :actor_id, :actor_name, :action, :object_type, :object_id, :room_id, :address, :detail)"
      " ON CONFLICT DO NOTHING",
      entry.id, entry.at == 0 ? session.now_ms() : entry.at, entry.actor_id, entry.actor_name, entry.action,
      entry.object_type, entry.object_id, entry.room_id, entry.address, entry.detail);
  return {};
}

Result<std::vector<AuditEntry>, Error> list_audit(Session& session, const AuditQuery& query) {
  const int filters = static_cast<int>(!query.actor_id.empty()) + static_cast<int>(!query.object_id.empty()) +
                      static_cast<int>(!query.room_id.empty());
  if (filters > 1) return Error{"invalid_argument", "filter by actor, by object or by room, not by several", "actorId"};
  std::string sql =
      "SELECT id, at, actor_id, actor_name, action, object_type, object_id, room_id, address, detail FROM audit_log"
      " WHERE ";
  Params params;
  if (!query.actor_id.empty()) {
    sql += "actor_id = :actor AND ";
    params.emplace_back(std::string_view(query.actor_id));
  } else if (!query.object_id.empty()) {
    sql += "object_id = :object AND ";
    params.emplace_back(std::string_view(query.object_id));
  } else if (!query.room_id.empty()) {
    sql += "room_id = :room AND ";
    params.emplace_back(std::string_view(query.room_id));
  }
  sql += "id < :before ORDER BY id DESC LIMIT :limit";
  params.emplace_back(query.before.empty() ? kEnd : std::string_view(query.before));
  params.emplace_back(static_cast<std::int64_t>(std::clamp<std::size_t>(query.limit, 1, 200)));
  return session.rows<AuditEntry>(sql, params);
}

Result<std::int64_t, Error> delete_audit(Session& session, std::int64_t older_than_ms, std::size_t limit) {
  return session.exec(
      "DELETE FROM audit_log WHERE id IN (SELECT id FROM audit_log WHERE id < :bound ORDER BY id LIMIT :limit)",
      first_uuid_of(older_than_ms), static_cast<std::int64_t>(limit));
}

}  // namespace parley::store

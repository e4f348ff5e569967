// What the running of a server leaves behind: the audit log, webhooks on their way, keys of its own.
#include "store/migration.h"

namespace parley::store {

namespace {

constexpr std::string_view kSql = R"sql(
-- Nothing is referred to: an entry outlives what it tells of.
CREATE TABLE audit_log (
  id TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  action TEXT NOT NULL,
  object_type TEXT NOT NULL,
  object_id TEXT NOT NULL,
  room_id TEXT NOT NULL,
  address TEXT NOT NULL,
  detail TEXT NOT NULL
);
CREATE INDEX audit_log_by_actor ON audit_log (actor_id, id);
CREATE INDEX audit_log_by_object ON audit_log (object_id, id);
CREATE INDEX audit_log_by_room ON audit_log (room_id, id);

-- Rows go once they are delivered; state is 'waiting' or 'dead'. position: the order of the events.
CREATE TABLE webhook_deliveries (
  position BIGINT PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  url TEXT NOT NULL,
  event TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  next_attempt_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  last_error TEXT NOT NULL
);
CREATE INDEX webhook_deliveries_by_url ON webhook_deliveries (state, url, position);
CREATE INDEX webhook_deliveries_by_state ON webhook_deliveries (state, position);

-- secret: base64.
CREATE TABLE server_keys (
  id TEXT PRIMARY KEY,
  purpose TEXT NOT NULL,
  secret TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX server_keys_by_purpose ON server_keys (purpose, created_at, id);
)sql";

}  // namespace

extern const Migration k0005Operations;
const Migration k0005Operations{5, "operations", kSql, kSql};

}  // namespace parley::store

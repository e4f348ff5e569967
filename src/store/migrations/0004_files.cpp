// Files: content by its digest, versions, who may see them, who fetched them, which messages they hang on, and uploads
// under way.
#include "store/migration.h"

namespace parley::store {

namespace {

constexpr std::string_view kTables = R"sql(
CREATE TABLE objects (
  sha256 TEXT PRIMARY KEY,
  size BIGINT NOT NULL,
  previews INTEGER NOT NULL,
  touched_at BIGINT NOT NULL
);
CREATE INDEX objects_touched ON objects (touched_at, sha256);
CREATE TABLE files (
  id TEXT PRIMARY KEY,
  owner_id TEXT REFERENCES users (id) ON DELETE SET NULL,
  room_id TEXT REFERENCES rooms (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  version BIGINT NOT NULL,
  version_id TEXT NOT NULL,
  size BIGINT NOT NULL,
  mime TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX files_room ON files (room_id, created_at, id);
CREATE INDEX files_owner ON files (owner_id, created_at, id);
CREATE TABLE file_versions (
  id TEXT PRIMARY KEY,
  file_id TEXT NOT NULL REFERENCES files (id) ON DELETE CASCADE,
  room_id TEXT,
  number BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  size BIGINT NOT NULL,
  mime TEXT NOT NULL,
  uploader_id TEXT REFERENCES users (id) ON DELETE SET NULL,
  note TEXT NOT NULL,
  restored_from BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (file_id, number)
);
CREATE INDEX file_versions_sha256 ON file_versions (sha256);
CREATE INDEX file_versions_uploader ON file_versions (uploader_id, size);
CREATE INDEX file_versions_room ON file_versions (room_id, size);
CREATE TABLE file_grants (
  id TEXT PRIMARY KEY,
  file_id TEXT NOT NULL REFERENCES files (id) ON DELETE CASCADE,
  kind INTEGER NOT NULL,
  room_id TEXT REFERENCES rooms (id) ON DELETE CASCADE,
  user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
  token_hash TEXT UNIQUE,
  password_hash TEXT NOT NULL,
  created_by TEXT REFERENCES users (id) ON DELETE SET NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX file_grants_file ON file_grants (file_id, created_at);
CREATE INDEX file_grants_user ON file_grants (user_id, file_id);
CREATE INDEX file_grants_room ON file_grants (room_id, file_id);
CREATE INDEX file_grants_created_by ON file_grants (created_by);
CREATE TABLE file_downloads (
  id TEXT PRIMARY KEY,
  file_id TEXT NOT NULL REFERENCES files (id) ON DELETE CASCADE,
  version BIGINT NOT NULL,
  user_id TEXT REFERENCES users (id) ON DELETE SET NULL,
  grant_id TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  complete INTEGER NOT NULL,
  started_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL
);
CREATE INDEX file_downloads_file ON file_downloads (file_id, started_at, id);
CREATE INDEX file_downloads_user ON file_downloads (user_id);
CREATE TABLE message_files (
  message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  file_id TEXT NOT NULL REFERENCES files (id) ON DELETE CASCADE,
  PRIMARY KEY (message_id, position)
);
CREATE INDEX message_files_file ON message_files (file_id);
CREATE TABLE uploads (
  id TEXT PRIMARY KEY,
  owner_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  room_id TEXT NOT NULL,
  file_id TEXT NOT NULL,
  kind INTEGER NOT NULL,
  name TEXT NOT NULL,
  declared_type TEXT NOT NULL,
  note TEXT NOT NULL,
  metadata TEXT NOT NULL,
  parts TEXT NOT NULL,
  length BIGINT,
  received BIGINT NOT NULL,
  done INTEGER NOT NULL,
  refusal TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX uploads_owner ON uploads (owner_id);
CREATE INDEX uploads_expiry ON uploads (expires_at);
CREATE INDEX uploads_unfinished ON uploads (id) WHERE done = 0 AND refusal = '';
)sql";

}  // namespace

extern const Migration k0004Files;
const Migration k0004Files{4, "files", kTables, kTables};

}  // namespace parley::store

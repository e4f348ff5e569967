// Accounts, how they log in and what leads to them.
#include <algorithm>
#include <array>

#include "store/migration.h"

namespace parley::store {

namespace {

constexpr std::string_view kSqlite = R"sql(
CREATE TABLE users (
  id TEXT PRIMARY KEY,
  email TEXT UNIQUE,
  email_verified INTEGER NOT NULL,
  name TEXT NOT NULL,
  handle TEXT UNIQUE,
  password_hash TEXT NOT NULL,
  admin INTEGER NOT NULL,
  guest INTEGER NOT NULL,
  guest_link_id TEXT,
  guest_room_id TEXT,
  avatar_url TEXT NOT NULL,
  status_text TEXT NOT NULL,
  locale TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  disabled_at BIGINT NOT NULL,
  deleted_at BIGINT NOT NULL
);
CREATE INDEX users_admins ON users (id) WHERE admin = 1;
CREATE INDEX users_guests ON users (guest_link_id) WHERE guest_link_id IS NOT NULL;
CREATE TABLE first_admin (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  user_id TEXT NOT NULL REFERENCES users (id)
);
CREATE TABLE identities (
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  email TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL,
  PRIMARY KEY (issuer, subject)
);
CREATE INDEX identities_user ON identities (user_id);
CREATE TABLE auth_sessions (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  family_hash TEXT NOT NULL,
  refresh_hash TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  rotated_at BIGINT NOT NULL,
  address TEXT NOT NULL,
  user_agent TEXT NOT NULL,
  method TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  end_reason TEXT NOT NULL
);
CREATE INDEX auth_sessions_user ON auth_sessions (user_id, ended_at);
CREATE INDEX auth_sessions_ended ON auth_sessions (ended_at) WHERE ended_at > 0;
CREATE INDEX auth_sessions_expires ON auth_sessions (expires_at) WHERE ended_at = 0;
CREATE TABLE invitations (
  id TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  created_by TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  room_id TEXT NOT NULL,
  role TEXT NOT NULL,
  admin INTEGER NOT NULL,
  email TEXT NOT NULL,
  max_uses BIGINT NOT NULL,
  uses BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT NOT NULL
);
CREATE INDEX invitations_room ON invitations (room_id, id);
CREATE INDEX invitations_creator ON invitations (created_by);
CREATE TABLE guest_links (
  id TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  room_id TEXT NOT NULL,
  created_by TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  password_hash TEXT NOT NULL,
  max_uses BIGINT NOT NULL,
  uses BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT NOT NULL
);
CREATE INDEX guest_links_room ON guest_links (room_id, id);
CREATE INDEX guest_links_creator ON guest_links (created_by);
)sql";

// Addresses and handles are compared byte by byte, so that a prefix is a range of the index. SQLite does so by itself.
constexpr std::string_view kBytewise = R"sql(
ALTER TABLE users ALTER COLUMN email TYPE TEXT COLLATE "C";
ALTER TABLE users ALTER COLUMN handle TYPE TEXT COLLATE "C";
)sql";

constexpr auto kPostgres = [] {
  std::array<char, kSqlite.size() + kBytewise.size()> text{};
  std::copy(kBytewise.begin(), kBytewise.end(), std::copy(kSqlite.begin(), kSqlite.end(), text.begin()));
  return text;
}();

}  // namespace

extern const Migration k0001Accounts;
const Migration k0001Accounts{1, "accounts", kSqlite, {kPostgres.data(), kPostgres.size()}};

}  // namespace parley::store

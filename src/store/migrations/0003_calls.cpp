// Calls, who took part, and in whose history they stand.
#include "store/migration.h"

namespace parley::store {

namespace {

// calls_live: a room has one call at a time, whatever the server thinks.
constexpr std::string_view kTables = R"sql(
CREATE TABLE calls (
  id TEXT PRIMARY KEY,
  room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  type TEXT NOT NULL CHECK (type IN ('audio', 'video')),
  initiator_id TEXT REFERENCES users (id) ON DELETE SET NULL,
  status TEXT NOT NULL CHECK (status IN ('ringing', 'active', 'ended', 'missed', 'declined', 'cancelled')),
  started_at BIGINT NOT NULL,
  answered_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  duration_ms BIGINT NOT NULL,
  seen_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX calls_live ON calls (room_id) WHERE ended_at = 0;
CREATE INDEX calls_unfinished ON calls (ended_at) WHERE ended_at = 0;
CREATE INDEX calls_room ON calls (room_id, id);
CREATE INDEX calls_initiator ON calls (initiator_id);
CREATE TABLE call_participants (
  call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('ringing', 'joined', 'left', 'missed', 'declined')),
  joined_at BIGINT NOT NULL,
  left_at BIGINT NOT NULL,
  PRIMARY KEY (call_id, user_id)
);
CREATE INDEX call_participants_user ON call_participants (user_id);
CREATE TABLE call_audience (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
  PRIMARY KEY (user_id, call_id)
);
CREATE INDEX call_audience_call ON call_audience (call_id);
)sql";

}  // namespace

extern const Migration k0003Calls;
const Migration k0003Calls{3, "calls", kTables, kTables};

}  // namespace parley::store

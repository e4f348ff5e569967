// Rooms, what is said in them and who has read it; the log of events that clients catch up from; the search index.
#include <algorithm>
#include <array>
#include <string_view>

#include "store/migration.h"

namespace parley::store {

namespace {

// What both engines take as it is.
constexpr std::string_view kTables = R"sql(
CREATE TABLE rooms (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('group', 'direct', 'project')),
  visibility TEXT NOT NULL CHECK (visibility IN ('private', 'public')),
  topic TEXT NOT NULL,
  flag TEXT NOT NULL,
  e2ee INTEGER NOT NULL,
  archived INTEGER NOT NULL,
  locked INTEGER NOT NULL,
  retention_days BIGINT NOT NULL,
  owner_id TEXT REFERENCES users (id) ON DELETE SET NULL,
  direct_key TEXT UNIQUE,
  member_count BIGINT NOT NULL,
  last_seq BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT NOT NULL
);
CREATE INDEX rooms_public ON rooms (id) WHERE visibility = 'public';
CREATE INDEX rooms_deleted ON rooms (deleted_at) WHERE deleted_at > 0;
CREATE INDEX rooms_retention ON rooms (id) WHERE retention_days > 0;
CREATE INDEX rooms_owner ON rooms (owner_id);
CREATE TABLE room_members (
  room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id),
  role TEXT NOT NULL CHECK (role IN ('guest', 'member', 'moderator', 'owner')),
  joined_at BIGINT NOT NULL,
  PRIMARY KEY (room_id, user_id)
);
CREATE INDEX room_members_user ON room_members (user_id, room_id);
CREATE TABLE messages (
  id TEXT PRIMARY KEY,
  room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  seq BIGINT NOT NULL,
  sender_id TEXT NOT NULL REFERENCES users (id),
  type TEXT NOT NULL,
  content TEXT NOT NULL,
  reply_to TEXT,
  thread_id TEXT,
  reply_count BIGINT NOT NULL,
  last_reply_at BIGINT NOT NULL,
  mentions TEXT NOT NULL,
  client_id TEXT NOT NULL,
  pinned INTEGER NOT NULL,
  has_files INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  edited_at BIGINT NOT NULL,
  deleted_at BIGINT NOT NULL,
  deleted_by TEXT,
  UNIQUE (room_id, seq),
  UNIQUE (sender_id, client_id)
);
CREATE INDEX messages_thread ON messages (thread_id, seq) WHERE thread_id IS NOT NULL;
CREATE INDEX messages_threads ON messages (room_id, last_reply_at, id) WHERE reply_count > 0;
CREATE TABLE reactions (
  message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  emoji TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES users (id),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (message_id, emoji, user_id)
);
CREATE INDEX reactions_user ON reactions (user_id, message_id);
CREATE TABLE pins (
  message_id TEXT PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  pinned_by TEXT NOT NULL,
  pinned_at BIGINT NOT NULL
);
CREATE INDEX pins_room ON pins (room_id, pinned_at);
CREATE TABLE read_markers (
  room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id),
  seq BIGINT NOT NULL,
  read_at BIGINT NOT NULL,
  PRIMARY KEY (room_id, user_id)
);
CREATE INDEX read_markers_user ON read_markers (user_id, room_id);
CREATE TABLE mentions (
  user_id TEXT NOT NULL,
  room_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  PRIMARY KEY (user_id, room_id, seq)
);
CREATE INDEX mentions_message ON mentions (message_id);
CREATE TABLE thread_follows (
  user_id TEXT NOT NULL REFERENCES users (id),
  thread_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  following INTEGER NOT NULL,
  PRIMARY KEY (user_id, thread_id)
);
CREATE INDEX thread_follows_thread ON thread_follows (thread_id);
CREATE TABLE room_preferences (
  room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id),
  starred INTEGER NOT NULL,
  muted INTEGER NOT NULL,
  notify TEXT NOT NULL CHECK (notify IN ('', 'everything', 'mentions', 'nothing')),
  PRIMARY KEY (room_id, user_id)
);
CREATE INDEX room_preferences_user ON room_preferences (user_id);
CREATE TABLE inbox_marks (
  user_id TEXT PRIMARY KEY REFERENCES users (id),
  seen_at BIGINT NOT NULL
);
CREATE TABLE room_events (
  room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  seq BIGINT NOT NULL,
  name TEXT NOT NULL,
  data TEXT NOT NULL,
  message_id TEXT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (room_id, seq)
);
)sql";

constexpr std::string_view kSqliteSearch = R"sql(
CREATE TABLE search_documents (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  ref_id TEXT NOT NULL,
  room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  message_id TEXT NOT NULL,
  sender_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  has_file INTEGER NOT NULL,
  has_link INTEGER NOT NULL,
  has_image INTEGER NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (kind, ref_id)
);
CREATE INDEX search_documents_room ON search_documents (room_id, id);
CREATE INDEX search_documents_sender ON search_documents (sender_id, id);
CREATE VIRTUAL TABLE search_words USING fts5(body, content='search_documents', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER search_documents_added AFTER INSERT ON search_documents BEGIN INSERT INTO search_words (rowid, body) VALUES (new.id, new.body); END;
CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents BEGIN INSERT INTO search_words (search_words, rowid, body) VALUES ('delete', old.id, old.body); END;
CREATE TRIGGER search_documents_changed AFTER UPDATE OF body ON search_documents BEGIN INSERT INTO search_words (search_words, rowid, body) VALUES ('delete', old.id, old.body); INSERT INTO search_words (rowid, body) VALUES (new.id, new.body); END;
)sql";

// `words` is put together by the server from the same words that FTS5 would see.
constexpr std::string_view kPostgresSearch = R"sql(
CREATE TABLE search_documents (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind TEXT NOT NULL,
  ref_id TEXT NOT NULL,
  room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  message_id TEXT NOT NULL,
  sender_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  has_file INTEGER NOT NULL,
  has_link INTEGER NOT NULL,
  has_image INTEGER NOT NULL,
  body TEXT NOT NULL,
  words TSVECTOR NOT NULL,
  UNIQUE (kind, ref_id)
);
CREATE INDEX search_documents_room ON search_documents (room_id, id);
CREATE INDEX search_documents_sender ON search_documents (sender_id, id);
CREATE INDEX search_documents_words ON search_documents USING GIN (words);
)sql";

// Two texts as one, at compile time.
template <const std::string_view& kFirst, const std::string_view& kSecond>
struct Joined {
  static constexpr auto kCharacters = [] {
    std::array<char, kFirst.size() + kSecond.size()> all{};
    std::copy(kSecond.begin(), kSecond.end(), std::copy(kFirst.begin(), kFirst.end(), all.begin()));
    return all;
  }();
  static constexpr std::string_view kText{kCharacters.data(), kCharacters.size()};
};

}  // namespace

extern const Migration k0002RoomsAndMessages;
const Migration k0002RoomsAndMessages{2, "rooms_and_messages", Joined<kTables, kSqliteSearch>::kText,
                                      Joined<kTables, kPostgresSearch>::kText};

}  // namespace parley::store

#include "store/inbox.h"

#include "store/session.h"

namespace parley::store {

namespace {

// A message counts as read where the room was read up to it, or the inbox was seen since.
#define PARLEY_INBOX_MESSAGE               \
  "SELECT x.id, x.room_id, x.created_at, " \
  "CASE WHEN x.seq <= COALESCE(k.seq, 0) OR x.created_at <= COALESCE(i.seen_at, 0) THEN 1 ELSE 0 END "
#define PARLEY_INBOX_MARKS                                                       \
  "LEFT JOIN read_markers k ON k.room_id = m.room_id AND k.user_id = m.user_id " \
  "LEFT JOIN inbox_marks i ON i.user_id = m.user_id WHERE m.user_id = :me "

}  // namespace

Result<std::vector<InboxEntry>, Error> inbox_mentions(Session& session, std::string_view user_id,
                                                      const InboxCursor& before, std::size_t limit) {
  return session.rows<InboxEntry>(
      PARLEY_INBOX_MESSAGE
      "FROM room_members m JOIN mentions n ON n.user_id IN (:me, 'room') AND n.room_id = m.room_id "
      "JOIN messages x ON x.id = n.message_id " PARLEY_INBOX_MARKS
      "AND x.sender_id <> :me AND x.deleted_at = 0 AND (x.created_at, x.id) < (:at, :id) "
      "GROUP BY x.id, x.room_id, x.created_at, x.seq, k.seq, i.seen_at "
      "ORDER BY x.created_at DESC, x.id DESC LIMIT :limit",
      user_id, before.at, before.id, limit);
}

Result<std::vector<InboxEntry>, Error> inbox_threads(Session& session, std::string_view user_id,
                                                     const InboxCursor& before, std::size_t limit) {
  return session.rows<InboxEntry>(
      PARLEY_INBOX_MESSAGE
      "FROM thread_follows f JOIN messages x ON x.thread_id = f.thread_id AND x.seq = (SELECT z.seq FROM messages z "
      "WHERE z.thread_id = f.thread_id AND z.sender_id <> :me AND z.deleted_at = 0 ORDER BY z.seq DESC LIMIT 1) "
      "JOIN room_members m ON m.room_id = x.room_id AND m.user_id = f.user_id " PARLEY_INBOX_MARKS
      "AND f.user_id = :me AND f.following = 1 AND (x.created_at, x.id) < (:at, :id) "
      "ORDER BY x.created_at DESC, x.id DESC LIMIT :limit",
      user_id, before.at, before.id, limit);
}

Result<std::vector<InboxEntry>, Error> inbox_missed_calls(Session& session, std::string_view user_id,
                                                          const InboxCursor& before, std::size_t limit) {
  return session.rows<InboxEntry>(
      "SELECT c.id, c.room_id, c.started_at, CASE WHEN c.started_at <= COALESCE(k.read_at, 0) "
      "OR c.started_at <= COALESCE(i.seen_at, 0) THEN 1 ELSE 0 END "
      "FROM call_participants p JOIN calls c ON c.id = p.call_id "
      "JOIN room_members m ON m.room_id = c.room_id AND m.user_id = p.user_id " PARLEY_INBOX_MARKS
      "AND p.user_id = :me AND p.status = 'missed' AND (c.started_at, c.id) < (:at, :id) "
      "ORDER BY c.started_at DESC, c.id DESC LIMIT :limit",
      user_id, before.at, before.id, limit);
}

Result<void, Error> mark_inbox_seen(Session& session, std::string_view user_id, std::int64_t at) {
  session.exec(
      "INSERT INTO inbox_marks (user_id, seen_at) VALUES (:user, :at) ON CONFLICT (user_id) DO UPDATE SET "
      "seen_at = excluded.seen_at WHERE inbox_marks.seen_at < excluded.seen_at",
      user_id, at);
  return {};
}

Result<void, Error> follow_by_reply(Session& session, std::string_view thread_id, std::string_view replier_id) {
  session.exec(
      "INSERT INTO thread_follows (user_id, thread_id, following) SELECT sender_id, id, 1 FROM messages "
      "WHERE id = :thread ON CONFLICT (user_id, thread_id) DO NOTHING",
      thread_id);
  session.exec(
      "INSERT INTO thread_follows (user_id, thread_id, following) VALUES (:user, :thread, 1) "
      "ON CONFLICT (user_id, thread_id) DO NOTHING",
      replier_id, thread_id);
  return {};
}

Result<void, Error> set_following(Session& session, std::string_view thread_id, std::string_view user_id,
                                  bool following) {
  session.exec(
      "INSERT INTO thread_follows (user_id, thread_id, following) VALUES (:user, :thread, :following) "
      "ON CONFLICT (user_id, thread_id) DO UPDATE SET following = excluded.following",
      user_id, thread_id, following);
  return {};
}

Result<bool, Error> is_following(Session& session, std::string_view thread_id, std::string_view user_id) {
  return session
             .value<std::int64_t>("SELECT following FROM thread_follows WHERE user_id = :user AND thread_id = :thread",
                                  user_id, thread_id)
             .value_or(0) != 0;
}

}  // namespace parley::store

#include "store/messages.h"

#include <algorithm>
#include <unordered_map>

#include "store/session.h"

namespace parley::store {

namespace {

#define PARLEY_MESSAGES                                                                                         \
  "SELECT m.id, m.room_id, m.seq, m.sender_id, m.type, m.content, COALESCE(m.reply_to, ''), "                   \
  "COALESCE(m.thread_id, ''), m.reply_count, m.last_reply_at, m.mentions, m.client_id, m.pinned, m.has_files, " \
  "m.created_at, m.edited_at, m.deleted_at, COALESCE(m.deleted_by, ''), m.link_preview, u.name, u.avatar_url "  \
  "FROM messages m JOIN users u ON u.id = m.sender_id "

std::optional<std::string_view> text_or_null(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

// Messages of a room or thread on one side of `seq`, in ascending order.
std::vector<Message> older(Session& session, const HistoryQuery& query, std::int64_t seq, std::size_t limit) {
  std::vector<Message> page =
      query.thread_id.empty()
          ? session.rows<Message>(PARLEY_MESSAGES
                                  "WHERE m.room_id = :room AND m.seq < :seq ORDER BY m.seq DESC LIMIT :limit",
                                  query.room_id, seq, limit)
          : session.rows<Message>(PARLEY_MESSAGES
                                  "WHERE m.thread_id = :thread AND m.seq < :seq ORDER BY m.seq DESC LIMIT :limit",
                                  query.thread_id, seq, limit);
  std::reverse(page.begin(), page.end());
  return page;
}

std::vector<Message> newer(Session& session, const HistoryQuery& query, std::int64_t seq, std::size_t limit) {
  if (query.thread_id.empty()) {
    return session.rows<Message>(PARLEY_MESSAGES "WHERE m.room_id = :room AND m.seq > :seq ORDER BY m.seq LIMIT :limit",
                                 query.room_id, seq, limit);
  }
  return session.rows<Message>(PARLEY_MESSAGES
                               "WHERE m.thread_id = :thread AND m.seq > :seq ORDER BY m.seq LIMIT :limit",
                               query.thread_id, seq, limit);
}

// ids as one text, which both engines take apart again: a fixed query serves any number of them.
std::string joined(const Session& session, std::span<const std::string> ids) {
  const bool json = session.engine() == Engine::kSqlite;
  std::string text = json ? "[" : "";
  for (const std::string& id : ids) {
    if (text.size() > 1) text.push_back(',');
    if (json) text.push_back('"');
    for (const char c : id) {
      if (c != '"' && c != '\\' && c != ',') text.push_back(c);  // no id has these; none may end the list early
    }
    if (json) text.push_back('"');
  }
  if (json) text.push_back(']');
  return text;
}

struct ReactionRow {
  std::string message_id;
  std::string emoji;
  std::string user_id;
  auto columns() { return std::tie(message_id, emoji, user_id); }
};

}  // namespace

Result<void, Error> insert_message(Session& session, const Message& message) {
  session.exec(
      "INSERT INTO messages (id, room_id, seq, sender_id, type, content, reply_to, thread_id, reply_count, "
      "last_reply_at, mentions, client_id, pinned, has_files, created_at, edited_at, deleted_at) VALUES (:id, :room, "
      ":seq, :sender, :type, :content, :reply_to, :thread, 0, 0, :mentions, :client, 0, :has_files, :created, 0, 0)",
      message.id, message.room_id, message.seq, message.sender_id, message.type, message.content,
      text_or_null(message.reply_to), text_or_null(message.thread_id), message.mentions,
      message.client_id.empty() ? message.id : message.client_id, message.has_files, message.created_at);
  return {};
}

Result<std::optional<Message>, Error> find_message(Session& session, std::string_view id) {
  return session.row<Message>(PARLEY_MESSAGES "WHERE m.id = :id", id);
}

Result<std::optional<Message>, Error> find_message_by_client_id(Session& session, std::string_view sender_id,
                                                                std::string_view client_id) {
  return session.row<Message>(PARLEY_MESSAGES "WHERE m.sender_id = :sender AND m.client_id = :client", sender_id,
                              client_id);
}

Result<void, Error> update_message_content(Session& session, const Message& message) {
  session.exec(
      "UPDATE messages SET content = :content, mentions = :mentions, edited_at = :edited, link_preview = :preview "
      "WHERE id = :id",
      message.content, message.mentions, message.edited_at, message.link_preview, message.id);
  return {};
}

Result<void, Error> update_link_preview(Session& session, std::string_view id, std::string_view preview) {
  session.exec("UPDATE messages SET link_preview = :preview WHERE id = :id", preview, id);
  return {};
}

Result<void, Error> mark_message_deleted(Session& session, std::string_view id, std::string_view by, std::int64_t at) {
  session.exec(
      "UPDATE messages SET content = '', mentions = '[]', pinned = 0, has_files = 0, link_preview = '', deleted_at = "
      ":at, deleted_by = :by WHERE id = :id",
      at, by, id);
  session.exec("DELETE FROM reactions WHERE message_id = :id", id);
  session.exec("DELETE FROM pins WHERE message_id = :id", id);
  session.exec("DELETE FROM mentions WHERE message_id = :id", id);
  session.exec("DELETE FROM search_documents WHERE kind = 'message' AND ref_id = :id", id);
  return {};
}

Result<ThreadState, Error> count_reply(Session& session, std::string_view thread_id, int change, std::int64_t at) {
  const auto state = change < 0
                         ? session.row<ThreadState>(
                               "UPDATE messages SET reply_count = reply_count - 1 WHERE id = :id AND reply_count > 0 "
                               "RETURNING id, reply_count, last_reply_at",
                               thread_id)
                         : session.row<ThreadState>(
                               "UPDATE messages SET reply_count = reply_count + 1, last_reply_at = :at WHERE id = :id "
                               "RETURNING id, reply_count, last_reply_at",
                               at, thread_id);
  return state.value_or(ThreadState{});
}

Result<std::vector<Message>, Error> list_messages(Session& session, const HistoryQuery& query) {
  if (query.after) return newer(session, query, *query.after, query.limit);
  if (query.before) return older(session, query, *query.before, query.limit);
  if (!query.around) return older(session, query, INT64_MAX, query.limit);
  std::vector<Message> page = older(session, query, *query.around, query.limit / 2);
  std::vector<Message> rest = newer(session, query, *query.around - 1, query.limit - query.limit / 2);
  std::move(rest.begin(), rest.end(), std::back_inserter(page));
  return page;
}

Result<std::vector<Message>, Error> find_messages(Session& session, std::span<const std::string> ids) {
  if (ids.empty()) return std::vector<Message>();
  const std::string list = joined(session, ids);
  if (session.engine() == Engine::kSqlite) {
    return session.rows<Message>(PARLEY_MESSAGES "WHERE m.id IN (SELECT value FROM json_each(:ids))", list);
  }
  return session.rows<Message>(PARLEY_MESSAGES "WHERE m.id = ANY (string_to_array(CAST(:ids AS TEXT), ','))", list);
}

Result<std::vector<Message>, Error> list_threads(Session& session, std::string_view room_id, std::int64_t before,
                                                 std::string_view before_id, std::size_t limit) {
  return session.rows<Message>(PARLEY_MESSAGES
                               "WHERE m.room_id = :room AND m.reply_count > 0 "
                               "AND (m.last_reply_at, m.id) < (:before, :before_id) "
                               "ORDER BY m.last_reply_at DESC, m.id DESC LIMIT :limit",
                               room_id, before == 0 ? INT64_MAX : before, before_id, limit);
}

Result<void, Error> insert_mentions(Session& session, std::span<const Mention> mentions) {
  for (const Mention& mention : mentions) {
    session.exec("INSERT INTO mentions (user_id, room_id, seq, message_id) VALUES (:user, :room, :seq, :message)",
                 mention.user_id, mention.room_id, mention.seq, mention.message_id);
  }
  return {};
}

Result<void, Error> delete_mentions(Session& session, std::string_view message_id) {
  session.exec("DELETE FROM mentions WHERE message_id = :id", message_id);
  return {};
}

Result<void, Error> load_reactions(Session& session, std::vector<Message>& messages) {
  if (messages.empty()) return {};
  std::unordered_map<std::string_view, Message*> by_id;
  std::vector<std::string> ids;
  for (Message& message : messages) {
    by_id.emplace(message.id, &message);
    ids.push_back(message.id);
  }
  const std::string list = joined(session, ids);
  const auto use = [&by_id](const ReactionRow& row) {
    std::vector<Reaction>& reactions = by_id.at(row.message_id)->reactions;
    auto found = std::ranges::find(reactions, row.emoji, &Reaction::emoji);
    if (found == reactions.end()) found = reactions.insert(found, {row.message_id, row.emoji, 0, {}});
    ++found->count;
    found->user_ids.push_back(row.user_id);
  };
  if (session.engine() == Engine::kSqlite) {
    session.each<ReactionRow>(
        "SELECT message_id, emoji, user_id FROM reactions WHERE message_id IN (SELECT value FROM json_each(:ids)) "
        "ORDER BY created_at, user_id, emoji",
        use, list);
  } else {
    session.each<ReactionRow>(
        "SELECT message_id, emoji, user_id FROM reactions WHERE message_id = ANY (string_to_array(CAST(:ids AS TEXT), "
        "',')) ORDER BY created_at, user_id, emoji",
        use, list);
  }
  return {};
}

Result<std::vector<MessagePlace>, Error> messages_before(Session& session, std::string_view room_id, std::int64_t at,
                                                         std::size_t limit) {
  // The oldest by number, then by time: an index on the time would be written for every message to serve this alone.
  return session.rows<MessagePlace>(
      "SELECT o.id, o.seq FROM (SELECT id, seq, created_at FROM messages WHERE room_id = :room ORDER BY seq "
      "LIMIT :limit) o WHERE o.created_at < :at ORDER BY o.seq",
      room_id, limit, at);
}

Result<void, Error> delete_messages(Session& session, std::span<const std::string> ids) {
  for (const std::string& id : ids) {
    session.exec("DELETE FROM search_documents WHERE kind = 'message' AND ref_id = :id", id);
    session.exec("DELETE FROM messages WHERE id = :id", id);
  }
  return {};
}

Result<std::vector<Message>, Error> list_messages_of(Session& session, std::string_view sender_id,
                                                     std::string_view after, std::size_t limit) {
  return session.rows<Message>(PARLEY_MESSAGES
                               "WHERE m.sender_id = :sender AND m.client_id > :after ORDER BY m.client_id LIMIT :limit",
                               sender_id, after, limit);
}

}  // namespace parley::store

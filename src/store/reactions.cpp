#include "store/reactions.h"

#include <utility>

#include "store/session.h"

namespace parley::store {

Result<bool, Error> insert_reaction(Session& session, std::string_view message_id, std::string_view user_id,
                                    std::string_view emoji, std::int64_t at) {
  return session.exec(
             "INSERT INTO reactions (message_id, user_id, emoji, created_at) VALUES (:message, :user, :emoji, :at) "
             "ON CONFLICT (message_id, emoji, user_id) DO NOTHING",
             message_id, user_id, emoji, at) > 0;
}

Result<bool, Error> delete_reaction(Session& session, std::string_view message_id, std::string_view user_id,
                                    std::string_view emoji) {
  return session.exec("DELETE FROM reactions WHERE message_id = :message AND user_id = :user AND emoji = :emoji",
                      message_id, user_id, emoji) > 0;
}

Result<std::vector<Reaction>, Error> reactions_of(Session& session, std::string_view message_id) {
  std::vector<Message> one(1);
  one.front().id = message_id;
  if (const auto loaded = load_reactions(session, one); !loaded) return loaded.error();
  return std::move(one.front().reactions);
}

Result<std::vector<OwnReaction>, Error> list_reactions_of(Session& session, std::string_view user_id,
                                                          std::string_view after, std::size_t limit) {
  std::vector<OwnReaction> page = session.rows<OwnReaction>(
      "SELECT message_id, emoji, created_at FROM reactions WHERE user_id = :user AND message_id > :after "
      "ORDER BY message_id LIMIT :limit",
      user_id, after, limit);
  if (page.size() < limit) return page;
  // The page may end in the middle of a message's reactions.
  const std::string last = page.back().message_id;
  std::erase_if(page, [&last](const OwnReaction& reaction) { return reaction.message_id == last; });
  std::vector<OwnReaction> rest = session.rows<OwnReaction>(
      "SELECT message_id, emoji, created_at FROM reactions WHERE user_id = :user AND message_id = :message", user_id,
      last);
  page.insert(page.end(), rest.begin(), rest.end());
  return page;
}

Result<std::vector<std::string>, Error> delete_traces_of(Session& session, std::string_view user_id) {
  std::vector<std::string> rooms = session.rows<std::string>(
      "SELECT DISTINCT m.room_id FROM reactions r JOIN messages m ON m.id = r.message_id WHERE r.user_id = :user",
      user_id);
  session.exec("DELETE FROM reactions WHERE user_id = :user", user_id);
  session.exec("DELETE FROM read_markers WHERE user_id = :user", user_id);
  session.exec("DELETE FROM mentions WHERE user_id = :user", user_id);
  session.exec("DELETE FROM thread_follows WHERE user_id = :user", user_id);
  session.exec("DELETE FROM room_preferences WHERE user_id = :user", user_id);
  session.exec("DELETE FROM inbox_marks WHERE user_id = :user", user_id);
  return rooms;
}

}  // namespace parley::store

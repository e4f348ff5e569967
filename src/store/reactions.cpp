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

}  // namespace parley::store

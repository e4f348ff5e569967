// Every query of rooms, messages and search finds its rows through an index: the functions are called once, and what
// they prepared on the connection is what is explained.
#include <soci/sqlite3/soci-sqlite3.h>

#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "chat_store.h"
#include "store/inbox.h"
#include "store/pins.h"
#include "store/preferences.h"
#include "store/reactions.h"
#include "store/read_markers.h"
#include "store/search.h"

namespace parley::store {
namespace {

class ChatPlans : public ChatStore {
 protected:
  // Texts of the statements that the session's connection keeps prepared.
  static std::vector<std::string> prepared(Session& session) {
    if (session.engine() == Engine::kPostgres) {
      std::vector<std::string> all = session.rows<std::string>("SELECT statement FROM pg_prepared_statements");
      // $1 as a name, which the explaining knows.
      for (std::string& text : all) text = std::regex_replace(text, std::regex(R"(\$(\d+))"), ":p$1");
      return all;
    }
    std::vector<std::string> all;
    // SOCI does not export what a dynamic_cast would need.
    auto* backend = static_cast<soci::sqlite3_session_backend*>(session.sql().get_backend());
    for (auto* statement = sqlite_api::sqlite3_next_stmt(backend->conn_, nullptr); statement != nullptr;
         statement = sqlite_api::sqlite3_next_stmt(backend->conn_, statement)) {
      all.emplace_back(sqlite_api::sqlite3_sql(statement));
    }
    return all;
  }
};
STORE_TEST_BOTH_ENGINES(ChatPlans);

void call_everything(Session& s) {
  Room room;
  room.id = test_id(1);
  User user;
  user.id = test_id(2);
  user.name = "ann";
  must(insert_user(s, user));
  must(insert_room(s, room));
  must(update_room(s, room));
  must(insert_member(s, {room.id, user.id, "member", 1, {}, {}, {}, false}));
  must(set_member_role(s, room.id, user.id, "owner"));
  must(find_room(s, room.id));
  must(find_direct_room(s, "a:b"));
  must(list_public_rooms(s, "", 1));
  must(list_rooms_of(s, user.id, "", 1));
  must(find_room_of(s, user.id, room.id));
  must(room_sizes_of(s, user.id));
  must(room_names_of(s, user.id));
  must(rooms_with_retention(s, "", 1));
  must(deleted_rooms(s, 1));
  must(find_member(s, room.id, user.id));
  must(list_members(s, room.id, "", 1));
  must(count_owners(s, room.id));
  must(find_heir(s, room.id, user.id));
  must(share_a_room(s, user.id, user.id));
  must(people_around(s, user.id, 1));

  Message message;
  message.id = test_id(3);
  message.room_id = room.id;
  message.sender_id = user.id;
  message.seq = must(take_room_seq(s, room.id, user.id));
  must(insert_message(s, message));
  must(insert_room_event(s, {room.id, message.seq, "new-message", "{}", message.id, 1}));
  for (int i = 0; i < 1'100; ++i) must(append_room_event(s, room.id, "x", "{}"));
  must(room_events_after(s, room.id, 0, 1));
  must(find_message(s, message.id));
  must(find_message_by_client_id(s, user.id, "c"));
  must(update_message_content(s, message));
  must(count_reply(s, message.id, 1, 1));
  must(count_reply(s, message.id, -1, 1));
  for (const char* thread : {"", "t"}) {
    must(list_messages(s, {room.id, thread, {}, {}, {}, 1}));
    must(list_messages(s, {room.id, thread, {}, 1, {}, 1}));
  }
  const std::vector<std::string> ids{message.id};
  must(find_messages(s, ids));
  must(list_threads(s, room.id, 0, "", 1));
  const std::vector<Mention> mentions{{message.id, room.id, message.seq, user.id}};
  must(insert_mentions(s, mentions));
  must(delete_mentions(s, message.id));
  std::vector<Message> messages{message};
  must(load_reactions(s, messages));
  must(messages_before(s, room.id, 1, 1));
  must(list_messages_of(s, user.id, "", 1));
  must(insert_reaction(s, message.id, user.id, "x", 1));
  must(delete_reaction(s, message.id, user.id, "x"));
  must(list_reactions_of(s, user.id, "", 1));
  must(insert_pin(s, {room.id, message.id, user.id, 1}));
  must(count_pins(s, room.id));
  must(list_pins(s, room.id, 1));
  must(delete_pin(s, message.id));
  must(advance_read_marker(s, {room.id, user.id, 1, 1}));
  must(read_seq(s, room.id, user.id));
  must(list_read_markers(s, room.id, 1));
  must(read_markers_of(s, user.id));

  must(index_file_name(s, "f", room.id, user.id, "name", false, 1));
  must(unindex_room(s, room.id, 1));
  for (const bool words : {false, true}) {
    for (const bool by_rank : {false, true}) {
      SearchQuery query;
      query.asker_id = user.id;
      if (words) query.phrases.push_back({{"word"}});
      query.by_rank = by_rank;
      query.cursor = 1;
      must(search_documents(s, query));
      query.phrases.push_back({{"other"}, false, true});
      query.only_room = room.id;
      query.rooms = {room.id};
      query.senders = {user.id};
      must(search_documents(s, query));
    }
  }
  must(save_room_preferences(s, room.id, user.id, {}));
  must(room_preferences(s, room.id, user.id));
  must(inbox_mentions(s, user.id, {}, 1));
  must(inbox_threads(s, user.id, {}, 1));
  must(inbox_missed_calls(s, user.id, {}, 1));
  must(mark_inbox_seen(s, user.id, 1));
  must(follow_by_reply(s, message.id, user.id));
  must(set_following(s, message.id, user.id, true));
  must(is_following(s, message.id, user.id));
  must(mark_message_deleted(s, message.id, user.id, 1));
  must(delete_messages(s, ids));
  must(delete_traces_of(s, user.id));
  must(delete_member(s, room.id, user.id));
  must(delete_room(s, room.id, 1));
  must(purge_room(s, room.id));
}

TEST_P(ChatPlans, EveryQueryIsIndexed) {
  write([&](Session& session) -> Result<void, Error> {
    call_everything(session);
    std::size_t explained = 0;
    for (const std::string& query : prepared(session)) {
      const bool explainable =
          query.starts_with("SELECT") || query.starts_with("UPDATE") || query.starts_with("DELETE");
      if (!explainable || query.find("pg_") != std::string::npos) continue;
      ++explained;
      expect_indexed(session, query);
    }
    EXPECT_GT(explained, 60U);
    return {};
  });
}

}  // namespace
}  // namespace parley::store

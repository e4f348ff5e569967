#include "store/messages.h"

#include <gmock/gmock.h>

#include "chat_store.h"
#include "store/pins.h"
#include "store/reactions.h"
#include "store/search.h"

namespace parley::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class MessageStore : public ChatStore {
 protected:
  MessageStore() {
    ann = add_user("ann");
    bob = add_user("bob");
    room = make_room("r").id;
    add_member(room, ann);
    add_member(room, bob);
  }
  std::vector<std::int64_t> seqs(HistoryQuery query) {
    std::vector<std::int64_t> numbers;
    for (const Message& message : *read([&](Session& session) { return list_messages(session, query); })) {
      numbers.push_back(message.seq);
    }
    return numbers;
  }
  std::optional<Message> find(const std::string& id) {
    return *read([&](Session& session) { return find_message(session, id); });
  }
  std::string ann;
  std::string bob;
  std::string room;
};
STORE_TEST_BOTH_ENGINES(MessageStore);

TEST_P(MessageStore, MessageComesBackAsItWasSent) {
  Message message = add_message(room, ann, "<b>Grüße</b> 👋 '; DROP TABLE messages; --\n\ttab");
  message.sender_name = "ann";
  EXPECT_EQ(find(message.id), message);
}

TEST_P(MessageStore, ClientIdIsUniqueForEachSender) {
  Message first;
  first.id = next_id();
  first.room_id = room;
  first.seq = 1;
  first.sender_id = ann;
  first.client_id = "c1";
  write([&](Session& session) { return insert_message(session, first); });
  Message again = first;
  again.id = next_id();
  again.seq = 2;
  const auto second = db().write_now([&](Session& session) { return insert_message(session, again); });
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "already_exists");
  again.sender_id = bob;
  write([&](Session& session) { return insert_message(session, again); });
  EXPECT_EQ((*read([&](Session& session) { return find_message_by_client_id(session, ann, "c1"); }))->id, first.id);
  EXPECT_EQ((*read([&](Session& session) { return find_message_by_client_id(session, bob, "c1"); }))->id, again.id);
  EXPECT_FALSE(*read([&](Session& session) { return find_message_by_client_id(session, ann, "c2"); }));
}

TEST_P(MessageStore, HistoryPagesBothWays) {
  for (int i = 0; i < 10; ++i) add_message(room, ann, "m");
  EXPECT_THAT(seqs({.room_id = room, .limit = 3}), ElementsAre(8, 9, 10));
  EXPECT_THAT(seqs({.room_id = room, .before = 8, .limit = 3}), ElementsAre(5, 6, 7));
  EXPECT_THAT(seqs({.room_id = room, .before = 2, .limit = 3}), ElementsAre(1));
  EXPECT_THAT(seqs({.room_id = room, .after = 5, .limit = 3}), ElementsAre(6, 7, 8));
  EXPECT_THAT(seqs({.room_id = room, .after = 10, .limit = 3}), IsEmpty());
  EXPECT_THAT(seqs({.room_id = room, .around = 5, .limit = 4}), ElementsAre(3, 4, 5, 6));
  EXPECT_THAT(seqs({.room_id = room, .around = 1, .limit = 4}), ElementsAre(1, 2));
  EXPECT_THAT(seqs({.room_id = next_id(), .limit = 3}), IsEmpty());
}

TEST_P(MessageStore, ThreadsHaveTheirOwnPages) {
  const Message root = add_message(room, ann, "root");
  add_message(room, bob, "beside");
  const Message one = add_message(room, bob, "reply", root.id);
  const Message two = add_message(room, ann, "reply", root.id);
  write([&](Session& session) -> Result<void, Error> {
    must(count_reply(session, root.id, 1, 10));
    EXPECT_EQ(must(count_reply(session, root.id, 1, 20)), (ThreadState{root.id, 2, 20}));
    return {};
  });
  EXPECT_THAT(seqs({.room_id = room, .thread_id = root.id, .limit = 10}), ElementsAre(one.seq, two.seq));
  EXPECT_THAT(seqs({.room_id = room, .thread_id = root.id, .before = two.seq, .limit = 10}), ElementsAre(one.seq));
  EXPECT_THAT(seqs({.room_id = room, .thread_id = root.id, .after = one.seq, .limit = 10}), ElementsAre(two.seq));
  const auto threads = read([&](Session& session) { return list_threads(session, room, 0, "", 10); });
  ASSERT_EQ(threads->size(), 1U);
  EXPECT_EQ(threads->front().reply_count, 2);
  EXPECT_THAT(*read([&](Session& session) { return list_threads(session, room, 20, root.id, 10); }), IsEmpty());
  write([&](Session& session) { return count_reply(session, root.id, -1, 0); });
  EXPECT_EQ(find(root.id)->reply_count, 1);
  EXPECT_EQ(find(root.id)->last_reply_at, 20);
}

TEST_P(MessageStore, DeletionWipesAllButThePlace) {
  const Message message = add_message(room, ann, "secret");
  write([&](Session& session) -> Result<void, Error> {
    must(insert_reaction(session, message.id, bob, "👍", 1));
    must(insert_pin(session, {room, message.id, bob, 1}));
    const std::vector<Mention> mentions{{message.id, room, message.seq, bob}};
    must(insert_mentions(session, mentions));
    SearchDocument document;
    document.ref_id = document.message_id = message.id;
    document.room_id = room;
    document.sender_id = ann;
    document.body = "secret";
    must(index_document(session, document));
    return mark_message_deleted(session, message.id, bob, 99);
  });
  const auto after = find(message.id);
  EXPECT_EQ(after->content, "");
  EXPECT_EQ(after->mentions, "[]");
  EXPECT_EQ(after->deleted_at, 99);
  EXPECT_EQ(after->deleted_by, bob);
  EXPECT_EQ(after->seq, message.seq);
  EXPECT_FALSE(after->pinned);
  read([&](Session& session) -> Result<void, Error> {
    EXPECT_THAT(must(reactions_of(session, message.id)), IsEmpty());
    EXPECT_THAT(must(list_pins(session, room, 10)), IsEmpty());
    EXPECT_EQ(session.value<std::int64_t>("SELECT count(*) FROM mentions"), 0);
    EXPECT_EQ(session.value<std::int64_t>("SELECT count(*) FROM search_documents"), 0);
    return {};
  });
}

TEST_P(MessageStore, ReactionsAreOnePerPersonAndEmoji) {
  const Message message = add_message(room, ann, "hi");
  const Message other = add_message(room, ann, "ho");
  const auto react = [&](const std::string& user, const std::string& emoji, std::int64_t at) {
    return *write([&](Session& session) { return insert_reaction(session, message.id, user, emoji, at); });
  };
  EXPECT_TRUE(react(bob, "👍", 1));
  EXPECT_FALSE(react(bob, "👍", 2));
  EXPECT_TRUE(react(bob, "🎉", 3));
  EXPECT_TRUE(react(ann, "👍", 4));
  const auto reactions = [&] { return *read([&](Session& session) { return reactions_of(session, message.id); }); };
  EXPECT_EQ(reactions(), (std::vector<Reaction>{{message.id, "👍", 2, {bob, ann}}, {message.id, "🎉", 1, {bob}}}));
  std::vector<Message> both{other, message};
  read([&](Session& session) { return load_reactions(session, both); });
  EXPECT_THAT(both[0].reactions, IsEmpty());
  EXPECT_EQ(both[1].reactions, reactions());
  EXPECT_TRUE(*write([&](Session& session) { return delete_reaction(session, message.id, bob, "👍"); }));
  EXPECT_FALSE(*write([&](Session& session) { return delete_reaction(session, message.id, bob, "👍"); }));
  EXPECT_EQ(reactions().size(), 2U);
}

TEST_P(MessageStore, PinsAreListedNewestFirst) {
  const Message one = add_message(room, ann, "1");
  const Message two = add_message(room, ann, "2");
  EXPECT_TRUE(*write([&](Session& session) { return insert_pin(session, {room, one.id, ann, 1}); }));
  EXPECT_TRUE(*write([&](Session& session) { return insert_pin(session, {room, two.id, ann, 2}); }));
  EXPECT_FALSE(*write([&](Session& session) { return insert_pin(session, {room, two.id, bob, 3}); }));
  const auto pins = read([&](Session& session) { return list_pins(session, room, 10); });
  ASSERT_EQ(pins->size(), 2U);
  EXPECT_EQ(pins->front().message_id, two.id);
  EXPECT_EQ(*read([&](Session& session) { return count_pins(session, room); }), 2);
  EXPECT_TRUE(find(two.id)->pinned);
  EXPECT_TRUE(*write([&](Session& session) { return delete_pin(session, two.id); }));
  EXPECT_FALSE(*write([&](Session& session) { return delete_pin(session, two.id); }));
  EXPECT_FALSE(find(two.id)->pinned);
}

TEST_P(MessageStore, MessagesBeforeATimeGoOldestFirst) {
  std::vector<Message> sent;
  for (int i = 0; i < 5; ++i) sent.push_back(add_message(room, ann, "m"));
  const auto before = [&](std::int64_t at, std::size_t limit) {
    return read([&](Session& session) { return messages_before(session, room, at, limit); })->size();
  };
  EXPECT_EQ(before(sent[3].created_at, 10), 3U);
  EXPECT_EQ(before(sent[3].created_at, 2), 2U);
  EXPECT_EQ(before(sent[0].created_at, 10), 0U);
  const std::vector<std::string> ids{sent[0].id, sent[1].id};
  write([&](Session& session) { return delete_messages(session, ids); });
  EXPECT_THAT(seqs({.room_id = room, .limit = 10}), ElementsAre(3, 4, 5));
}

TEST_P(MessageStore, EverythingOfAPersonIsFound) {
  std::vector<std::string> ids;
  for (int i = 0; i < 5; ++i) ids.push_back(add_message(room, ann, "m").id);
  add_message(room, bob, "other");
  std::vector<std::string> found;
  std::string after;
  while (true) {
    const auto page = read([&](Session& session) { return list_messages_of(session, ann, after, 2); });
    if (page->empty()) break;
    for (const Message& message : *page) found.push_back(message.id);
    after = page->back().client_id;
  }
  EXPECT_EQ(found, ids);
}

TEST_P(MessageStore, ReactionsOfAPersonComeInWholeMessages) {
  std::vector<std::string> ids;
  for (int i = 0; i < 3; ++i) {
    ids.push_back(add_message(room, ann, "m").id);
    for (const char* emoji : {"a", "b", "c"}) {
      write([&](Session& session) { return insert_reaction(session, ids.back(), bob, emoji, 1); });
    }
  }
  std::size_t found = 0;
  std::string after;
  for (int pages = 0; pages < 10; ++pages) {
    const auto page = read([&](Session& session) { return list_reactions_of(session, bob, after, 2); });
    if (page->empty()) break;
    EXPECT_EQ(page->size(), 3U);
    found += page->size();
    after = page->back().message_id;
  }
  EXPECT_EQ(found, 9U);
  EXPECT_THAT(*write([&](Session& session) { return delete_traces_of(session, bob); }), ElementsAre(room));
  EXPECT_THAT(*read([&](Session& session) { return list_reactions_of(session, bob, "", 2); }), IsEmpty());
}

TEST_P(MessageStore, IdsThatAreNoneFindNothing) {
  const Message message = add_message(room, ann, "m");
  const std::vector<std::string> ids{message.id, "a,b", "\"]", "", "'"};
  EXPECT_EQ(read([&](Session& session) { return find_messages(session, ids); })->size(), 1U);
  EXPECT_THAT(*read([&](Session& session) { return find_messages(session, {}); }), IsEmpty());
}

}  // namespace
}  // namespace parley::store

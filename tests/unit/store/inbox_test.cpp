#include "store/inbox.h"

#include <gtest/gtest.h>

#include "chat_store.h"
#include "store/calls.h"
#include "store/preferences.h"
#include "store/read_markers.h"

namespace parley::store {
namespace {

class InboxStore : public ChatStore {
 protected:
  void SetUp() override {
    ChatStore::SetUp();
    me_ = add_user("me");
    other_ = add_user("other");
    room_ = make_room("harbour").id;
    add_member(room_, me_);
    add_member(room_, other_);
  }
  void name_in(const Message& message, const std::string& who) {
    write([&](Session& session) -> Result<void, Error> {
      const std::vector<Mention> rows{{message.id, message.room_id, message.seq, who}};
      return insert_mentions(session, rows);
    });
  }
  Message answer(const Message& root, const std::string& sender) {
    Message reply = add_message(root.room_id, sender, "answer", root.id);
    write([&](Session& session) { return follow_by_reply(session, root.id, sender); });
    return reply;
  }
  std::string missed_call(std::int64_t at) {
    Call call;
    call.id = next_id();
    call.room_id = room_;
    call.initiator_id = other_;
    call.status = CallStatus::kMissed;
    call.started_at = at;
    call.ended_at = at + 45'000;
    call.participants = {{me_, "", CallParticipantStatus::kMissed, 0, 0, false}};
    write([&](Session& session) { return save_call(session, call, at); });
    return call.id;
  }
  using List = Result<std::vector<InboxEntry>, Error> (*)(Session&, std::string_view, const InboxCursor&, std::size_t);
  std::vector<InboxEntry> entries(List list, const InboxCursor& before = {}, std::size_t limit = 10) {
    std::vector<InboxEntry> found;
    write([&](Session& session) -> Result<void, Error> {
      found = must(list(session, me_, before, limit));
      return {};
    });
    return found;
  }
  std::vector<std::string> ids(List list) {
    std::vector<std::string> all;
    for (const InboxEntry& entry : entries(list)) all.push_back(entry.id);
    return all;
  }

  std::string me_, other_, room_;
};
STORE_TEST_BOTH_ENGINES(InboxStore);

TEST_P(InboxStore, MentionsOfMeAndOfEverybodyNewestFirst) {
  const Message to_me = add_message(room_, other_, "@me");
  const Message to_all = add_message(room_, other_, "@room");
  const Message mine = add_message(room_, me_, "@room");
  const Message to_other = add_message(room_, me_, "@other");
  name_in(to_me, me_);
  name_in(to_all, "room");
  name_in(mine, "room");
  name_in(to_other, other_);
  EXPECT_EQ(ids(inbox_mentions), (std::vector<std::string>{to_all.id, to_me.id}));
}

TEST_P(InboxStore, AMessageThatNamesMeTwiceIsThereOnce) {
  const Message message = add_message(room_, other_, "@room @me");
  name_in(message, me_);
  name_in(message, "room");
  EXPECT_EQ(ids(inbox_mentions), std::vector<std::string>{message.id});
}

TEST_P(InboxStore, LeavesOutRoomsThatOneLeft) {
  const Message message = add_message(room_, other_, "@me");
  name_in(message, me_);
  const std::string call = missed_call(50'000);
  EXPECT_EQ(ids(inbox_missed_calls), std::vector<std::string>{call});
  write([&](Session& session) { return delete_member(session, room_, me_); });
  EXPECT_TRUE(ids(inbox_mentions).empty());
  EXPECT_TRUE(ids(inbox_missed_calls).empty());
}

TEST_P(InboxStore, AThreadShowsItsNewestAnswerOfSomebodyElse) {
  const Message root = add_message(room_, me_, "question");
  answer(root, other_);
  const Message second = answer(root, other_);
  answer(root, me_);
  const Message foreign = add_message(room_, other_, "theirs");
  answer(foreign, other_);  // nobody asked me
  EXPECT_EQ(ids(inbox_threads), std::vector<std::string>{second.id});
}

TEST_P(InboxStore, WhoSaidNotToFollowHearsNothingThoughTheyAnswer) {
  const Message root = add_message(room_, other_, "question");
  answer(root, me_);
  answer(root, other_);
  EXPECT_EQ(ids(inbox_threads).size(), 1U);
  write([&](Session& session) { return set_following(session, root.id, me_, false); });
  answer(root, me_);
  answer(root, other_);
  EXPECT_TRUE(ids(inbox_threads).empty());
}

TEST_P(InboxStore, ReadByTheRoomsMarkerOrByTheInboxs) {
  const Message first = add_message(room_, other_, "@me");
  const Message second = add_message(room_, other_, "@me");
  name_in(first, me_);
  name_in(second, me_);
  missed_call(90'000);
  write([&](Session& session) { return advance_read_marker(session, {room_, me_, first.seq, 10}); });
  EXPECT_FALSE(entries(inbox_mentions).at(0).read);
  EXPECT_TRUE(entries(inbox_mentions).at(1).read);
  EXPECT_FALSE(entries(inbox_missed_calls).at(0).read);
  write([&](Session& session) { return mark_inbox_seen(session, me_, 90'000); });
  write([&](Session& session) { return mark_inbox_seen(session, me_, 1); });  // never back
  EXPECT_TRUE(entries(inbox_mentions).at(0).read);
  EXPECT_TRUE(entries(inbox_missed_calls).at(0).read);
}

TEST_P(InboxStore, PagesGoOnAfterTheCursor) {
  std::vector<std::string> sent;
  for (int i = 0; i < 5; ++i) {
    const Message message = add_message(room_, other_, "@me");
    name_in(message, me_);
    sent.insert(sent.begin(), message.id);
  }
  std::vector<std::string> seen;
  InboxCursor before;
  while (true) {
    const auto page = entries(inbox_mentions, before, 2);
    if (page.empty()) break;
    for (const InboxEntry& entry : page) seen.push_back(entry.id);
    before = {page.back().at, page.back().id};
  }
  EXPECT_EQ(seen, sent);
}

TEST_P(InboxStore, PreferencesStandInTheListing) {
  write([&](Session& session) { return save_room_preferences(session, room_, me_, {true, false, "nothing"}); });
  write([&](Session& session) { return save_room_preferences(session, room_, me_, {true, true, "mentions"}); });
  write([&](Session& session) -> Result<void, Error> {
    EXPECT_EQ(must(list_rooms_of(session, me_, "", 10)).at(0).preferences, (RoomPreferences{true, true, "mentions"}));
    EXPECT_EQ(must(list_rooms_of(session, other_, "", 10)).at(0).preferences, RoomPreferences{});
    return {};
  });
}

}  // namespace
}  // namespace parley::store

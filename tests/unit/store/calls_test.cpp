// Calls and their history, on both engines.
#include "store/calls.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "base/iso_time.h"
#include "store/members.h"
#include "store/rooms.h"
#include "store/users.h"
#include "unit/store/store_harness.h"

namespace parley::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Ids as UUIDv7 sort: by their first characters.
std::string id(int n) {
  const std::string number = std::to_string(n);
  return "01890000-0000-7000-8000-" + std::string(12 - number.size(), '0') + number;
}

class CallStore : public StoreTest {
 protected:
  void SetUp() override {
    write([](Session& session) -> Result<void, Error> {
      for (int n = 1; n <= 3; ++n) {
        User user;
        user.id = id(n);
        user.name = "Person " + std::to_string(n);
        if (const auto made = insert_user(session, user); !made) return made.error();
      }
      for (int n = 11; n <= 12; ++n) {
        Room room;
        room.id = id(n);
        room.name = "Room";
        room.owner_id = id(1);
        if (const auto made = insert_room(session, room); !made) return made.error();
        for (int member = 1; member <= 2; ++member) {
          Member row;
          row.room_id = room.id;
          row.user_id = id(member);
          if (const auto added = insert_member(session, row); !added) return added.error();
        }
      }
      return {};
    });
  }

  static Call call(int n, int room = 11) {
    Call out;
    out.id = id(n);
    out.room_id = id(room);
    out.type = CallType::kAudio;
    out.initiator_id = id(1);
    out.started_at = 1'000 * n;
    out.participants = {{id(1), "Person 1", CallParticipantStatus::kJoined, 1'000 * n, 0, false},
                        {id(2), "Person 2", CallParticipantStatus::kRinging, 0, 0, false}};
    return out;
  }
  static Call ended(int n, int room = 11) {
    Call out = call(n, room);
    out.status = CallStatus::kEnded;
    out.answered_at = out.started_at + 5'000;
    out.ended_at = out.started_at + 65'000;
    out.participants[0].status = CallParticipantStatus::kLeft;
    out.participants[0].left_at = out.ended_at;
    out.participants[1] = {id(2), "Person 2", CallParticipantStatus::kLeft, out.answered_at, out.ended_at, false};
    return out;
  }
  void save(const Call& row) {
    write([&](Session& session) -> Result<void, Error> {
      if (const auto saved = save_call(session, row, row.started_at); !saved) return saved.error();
      return note_call_audience(session, row.id, row.room_id);
    });
  }
  std::vector<std::string> history(int user, const CallPage& page = {}) {
    const auto calls = read([&](Session& session) { return list_calls_of_user(session, id(user), page); });
    std::vector<std::string> ids;
    for (const Call& found : *calls) ids.push_back(found.id);
    return ids;
  }
};
STORE_TEST_BOTH_ENGINES(CallStore);

TEST_P(CallStore, IsReadAsItWasWritten) {
  save(call(101));
  EXPECT_EQ(*read([](Session& s) { return find_call(s, id(101)); }), call(101));
  save(ended(101));
  const auto found = read([](Session& s) { return find_call(s, id(101)); });
  EXPECT_EQ(*found, ended(101));
  EXPECT_EQ(found->duration_ms(), 60'000);
  const auto none = db().read_now([](Session& s) { return find_call(s, id(999)); });
  EXPECT_EQ(none.error().code, "not_found");
}

TEST_P(CallStore, OnlyTouchedParticipantsAreWritten) {
  save(call(101));
  Call changed = ended(101);
  const std::vector<std::string> touched{id(2)};
  write([&](Session& s) { return save_call(s, changed, touched, 1); });
  const auto found = read([](Session& s) { return find_call(s, id(101)); });
  EXPECT_EQ(found->participants[0].status, CallParticipantStatus::kJoined);
  EXPECT_EQ(found->participants[1].status, CallParticipantStatus::kLeft);
}

TEST_P(CallStore, RoomHasOneCallWithoutAnEnd) {
  save(call(101));
  const auto second = db().write_now([](Session& s) { return save_call(s, call(102), 1); });
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, "already_exists");
  save(call(103, 12));  // another room
  save(ended(101));
  save(call(102));
}

TEST_P(CallStore, HistoryIsOfThoseWhoWereMembersThen) {
  save(ended(101));
  write([](Session& s) { return delete_member(s, id(11), id(2)); });
  save(ended(102));
  save(ended(103, 12));
  EXPECT_THAT(history(1), ElementsAre(id(103), id(102), id(101)));
  EXPECT_THAT(history(2), ElementsAre(id(103), id(101)));
  EXPECT_THAT(history(3), IsEmpty());
  EXPECT_TRUE(*read([](Session& s) { return in_call_audience(s, id(101), id(2)); }));
  EXPECT_FALSE(*read([](Session& s) { return in_call_audience(s, id(102), id(2)); }));
}

TEST_P(CallStore, HistoryComesInPages) {
  for (int n = 101; n <= 105; ++n) save(ended(n));
  EXPECT_THAT(history(1, {"", 2}), ElementsAre(id(105), id(104)));
  EXPECT_THAT(history(1, {id(104), 2}), ElementsAre(id(103), id(102)));
  EXPECT_THAT(history(1, {id(102), 2}), ElementsAre(id(101)));
  const auto of_room = read([](Session& s) { return list_calls_of_room(s, id(11), {id(103), 50}); });
  EXPECT_EQ(of_room->size(), 2U);
}

TEST_P(CallStore, UnfinishedCallsAreClosedAtTheLastKnownTime) {
  save(call(101));
  Call active = ended(102, 12);
  active.status = CallStatus::kActive;
  active.ended_at = 0;
  for (CallParticipant& participant : active.participants) {
    participant.status = CallParticipantStatus::kJoined;
    participant.left_at = 0;
  }
  save(active);
  write([&](Session& s) { return touch_live_calls(s, active.answered_at + 30'000); });
  const auto closed = write([](Session& s) { return close_unfinished_calls(s); });
  ASSERT_EQ(closed->size(), 2U);
  const auto rang = read([](Session& s) { return find_call(s, id(101)); });
  EXPECT_EQ(rang->status, CallStatus::kMissed);
  EXPECT_EQ(rang->participants[1].status, CallParticipantStatus::kMissed);
  EXPECT_EQ(rang->duration_ms(), 0);
  const auto talked = read([](Session& s) { return find_call(s, id(102)); });
  EXPECT_EQ(talked->status, CallStatus::kEnded);
  EXPECT_EQ(talked->duration_ms(), 30'000);
  EXPECT_EQ(talked->participants[1].left_at, talked->ended_at);
  EXPECT_TRUE(write([](Session& s) { return close_unfinished_calls(s); })->empty());
}

TEST_P(CallStore, QueriesUseIndexes) {
  read([](Session& session) -> Result<void, Error> {
    for (const char* query :
         {"SELECT c.id FROM calls c WHERE c.id = :id",
          "SELECT p.user_id, u.name FROM call_participants p JOIN users u ON u.id = p.user_id WHERE p.call_id = :call "
          "ORDER BY p.position, p.user_id",
          "SELECT c.id FROM call_audience a JOIN calls c ON c.id = a.call_id WHERE a.user_id = :user AND "
          "a.call_id < :before ORDER BY a.call_id DESC LIMIT :limit",
          "SELECT c.id FROM calls c WHERE c.room_id = :room AND c.id < :before ORDER BY c.id DESC LIMIT :limit",
          "SELECT 1 FROM call_audience WHERE user_id = :user AND call_id = :call",
          "SELECT id, seen_at FROM calls WHERE ended_at = 0", "UPDATE calls SET seen_at = :seen WHERE ended_at = 0",
          "SELECT m.user_id FROM room_members m WHERE m.room_id = :room"}) {
      expect_indexed(session, query);
    }
    return {};
  });
}

}  // namespace
}  // namespace parley::store

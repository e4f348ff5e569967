#include "store/overview.h"

#include "store/users.h"
#include "unit/store/store_harness.h"

namespace parley::store {
namespace {

class Overview : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    ASSERT_TRUE(db().write_now([](Session& session) -> Result<void, Error> {
      User user;
      user.id = "0193566b-2f10-7c3a-9d52-8a4b1c6e7f00";
      user.name = "Ada";
      if (auto made = insert_user(session, user); !made) return made.error();
      for (const char* id : {"0193566c-0000-7000-8000-000000000001", "0193566c-0000-7000-8000-000000000002",
                             "0193566c-0000-7000-8000-000000000003"}) {
        Room room;
        room.id = id;
        room.name = id;
        if (auto made = insert_room(session, room); !made) return made;
      }
      return delete_room(session, "0193566c-0000-7000-8000-000000000002", 5);
    }));
  }
};
STORE_TEST_BOTH_ENGINES(Overview);

TEST_P(Overview, RoomsComeByIdWithoutDeletedOnes) {
  const auto first = db().read_now([](Session& session) { return list_all_rooms(session, "", 1); });
  ASSERT_TRUE(first);
  ASSERT_EQ(first->size(), 1U);
  EXPECT_EQ(first->front().id, "0193566c-0000-7000-8000-000000000001");
  const auto rest =
      db().read_now([after = first->front().id](Session& session) { return list_all_rooms(session, after, 10); });
  ASSERT_TRUE(rest);
  ASSERT_EQ(rest->size(), 1U);
  EXPECT_EQ(rest->front().id, "0193566c-0000-7000-8000-000000000003");
}

TEST_P(Overview, OnlyCallsWithoutAnEndAreLive) {
  ASSERT_TRUE(db().write_now([](Session& session) -> Result<void, Error> {
    Call call;
    call.id = "0193566e-0000-7000-8000-000000000001";
    call.room_id = "0193566c-0000-7000-8000-000000000001";
    call.status = CallStatus::kActive;
    call.started_at = 1;
    if (auto saved = save_call(session, call, 1); !saved) return saved;
    call.id = "0193566e-0000-7000-8000-000000000002";
    call.room_id = "0193566c-0000-7000-8000-000000000003";
    call.status = CallStatus::kEnded;
    call.ended_at = 2;
    return save_call(session, call, 2);
  }));
  const auto live = db().read_now([](Session& session) { return list_live_calls(session, 10); });
  ASSERT_TRUE(live);
  ASSERT_EQ(live->size(), 1U);
  EXPECT_EQ(live->front().id, "0193566e-0000-7000-8000-000000000001");
}

TEST_P(Overview, TotalsCountWhatIsThere) {
  const auto sizes = db().read_now([](Session& session) { return totals(session); });
  ASSERT_TRUE(sizes);
  EXPECT_EQ(sizes->users, 1);
  EXPECT_EQ(sizes->rooms, 2);
  EXPECT_EQ(sizes->files, 0);
  EXPECT_EQ(sizes->bytes, 0);
  EXPECT_GT(sizes->database_bytes, 0);
}

TEST_P(Overview, PagesFindTheirRowsByIndexes) {
  (void)db().write_now([](Session& session) -> Result<void, Error> {
    expect_indexed(session, "SELECT id FROM rooms WHERE id > :after AND deleted_at = 0 ORDER BY id LIMIT :n");
    expect_indexed(session, "SELECT id FROM calls WHERE ended_at = 0 ORDER BY id LIMIT :n", {"calls"});
    return {};
  });
}

}  // namespace
}  // namespace parley::store

#include "store/audit.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/random.h"
#include "base/uuid.h"
#include "unit/store/store_harness.h"

namespace parley::store {

namespace {

class AuditTest : public StoreTest {
 protected:
  std::string add(const std::string& actor, const std::string& object, const std::string& room) {
    now += 1s;
    AuditEntry entry{.id = make_uuid(now, random_),
                     .at = 0,
                     .actor_id = actor,
                     .actor_name = "Ada",
                     .action = "act",
                     .object_type = "user",
                     .object_id = object,
                     .room_id = room,
                     .address = "192.0.2.1",
                     .detail = "{}"};
    write([entry](Session& s) { return append_audit(s, entry); });
    return entry.id;
  }
  std::vector<std::string> ids(const AuditQuery& query) {
    const auto entries = read([query](Session& s) { return list_audit(s, query); });
    std::vector<std::string> out;
    for (const AuditEntry& entry : *entries) out.push_back(entry.id);
    return out;
  }

 private:
  SeededRandom random_{1};
};
STORE_TEST_BOTH_ENGINES(AuditTest);

}  // namespace

TEST_P(AuditTest, EntriesAreListedNewestFirstInPages) {
  std::vector<std::string> added;
  for (int i = 0; i < 5; ++i) added.push_back(add("a", "o", ""));
  EXPECT_EQ(ids({.limit = 2}), (std::vector<std::string>{added[4], added[3]}));
  EXPECT_EQ(ids({.before = added[3], .limit = 2}), (std::vector<std::string>{added[2], added[1]}));
  EXPECT_EQ(ids({.before = added[0]}), std::vector<std::string>{});
}

TEST_P(AuditTest, FiltersNarrowByActorObjectAndRoom) {
  const std::string one = add("a", "x", "r");
  const std::string two = add("b", "x", "");
  EXPECT_EQ(ids({.actor_id = "a"}), std::vector<std::string>{one});
  EXPECT_EQ(ids({.object_id = "x"}), (std::vector<std::string>{two, one}));
  EXPECT_EQ(ids({.room_id = "r"}), std::vector<std::string>{one});
  const auto both = db().read_now([](Session& s) { return list_audit(s, {.actor_id = "a", .room_id = "r"}); });
  EXPECT_EQ(both.error().code, "invalid_argument");
}

TEST_P(AuditTest, AnEntryAppendedTwiceIsThereOnceWithItsTime) {
  const std::string id = add("a", "x", "r");
  write([id](Session& s) { return append_audit(s, {.id = id, .action = "other"}); });
  const auto entries = read([](Session& s) { return list_audit(s, {}); });
  ASSERT_EQ(entries->size(), 1U);
  EXPECT_EQ(entries->front().action, "act");
  EXPECT_EQ(entries->front().at, 1'800'000'001'000);
  EXPECT_EQ(entries->front().address, "192.0.2.1");
}

TEST_P(AuditTest, OldEntriesGoAndNewOnesStay) {
  add("a", "x", "");
  add("a", "x", "");
  const std::string kept = add("a", "x", "");
  static constexpr std::int64_t kBound = 1'800'000'003'000;
  EXPECT_EQ(*write([](Session& s) { return delete_audit(s, kBound, 1); }), 1);
  EXPECT_EQ(*write([](Session& s) { return delete_audit(s, kBound, 100); }), 1);
  EXPECT_EQ(ids({}), std::vector<std::string>{kept});
}

TEST_P(AuditTest, QueriesUseIndexes) {
  read([](Session& s) -> Result<void, Error> {
    for (const char* filter : {"", "actor_id = :a AND ", "object_id = :a AND ", "room_id = :a AND "}) {
      expect_indexed(s, std::string("SELECT id FROM audit_log WHERE ") + filter + "id < :b ORDER BY id DESC LIMIT :l");
    }
    expect_indexed(
        s, "DELETE FROM audit_log WHERE id IN (SELECT id FROM audit_log WHERE id < :bound ORDER BY id LIMIT :limit)");
    return {};
  });
}

}  // namespace parley::store

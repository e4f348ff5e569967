#include "store/server_keys.h"

#include <gtest/gtest.h>

#include "unit/store/store_harness.h"

namespace parley::store {

namespace {

class ServerKeysTest : public StoreTest {};
STORE_TEST_BOTH_ENGINES(ServerKeysTest);

}  // namespace

TEST_P(ServerKeysTest, TheFirstCandidateStays) {
  const auto first = write([](Session& s) { return ensure_server_key(s, {"k1", "session", "s1", 0}); });
  const auto second = write([](Session& s) { return ensure_server_key(s, {"k2", "session", "s2", 0}); });
  const auto other = write([](Session& s) { return ensure_server_key(s, {"k3", "link", "s3", 0}); });
  EXPECT_EQ(first->id, "k1");
  EXPECT_EQ(first->created_at, 1'800'000'000'000);
  EXPECT_EQ(second->id, "k1");
  EXPECT_EQ(second->secret, "s1");
  EXPECT_EQ(other->id, "k3");
}

TEST_P(ServerKeysTest, ANewKeyLeadsAndOldOnesCanGo) {
  for (const char* id : {"a", "b", "c"}) {
    now += 1s;
    write([id](Session& s) { return insert_server_key(s, {id, "session", "x", 0}); });
  }
  const auto keys = read([](Session& s) { return list_server_keys(s, "session"); });
  ASSERT_EQ(keys->size(), 3U);
  EXPECT_EQ(keys->front().id, "c");
  // The newest stays, however old it is.
  EXPECT_EQ(*write([](Session& s) { return delete_server_keys(s, "session", 1'900'000'000'000); }), 2);
  EXPECT_EQ(read([](Session& s) { return list_server_keys(s, "session"); })->front().id, "c");
}

TEST_P(ServerKeysTest, QueriesUseIndexes) {
  read([](Session& s) -> Result<void, Error> {
    expect_indexed(s, "SELECT id FROM server_keys WHERE purpose = :p ORDER BY created_at DESC, id DESC LIMIT 1");
    expect_indexed(s, "DELETE FROM server_keys WHERE purpose = :p AND created_at < :b AND id <> :n");
    return {};
  });
}

}  // namespace parley::store

#include "store/migration.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "store/connection.h"
#include "store/migrate.h"
#include "unit/store/store_harness.h"

namespace parley::store {

namespace {

class MigrationTest : public StoreTest {
 protected:
  static constexpr Migration kFirst{1001, "first", "CREATE TABLE one (id TEXT);\nCREATE TABLE two (id TEXT);\n",
                                    "CREATE TABLE one (id TEXT);\nCREATE TABLE two (id TEXT);\n"};
  static constexpr Migration kSecond{1002, "second", "INSERT INTO one VALUES ('x; y');\n",
                                     "INSERT INTO one VALUES ('x; y');\n"};
  static constexpr Migration kBroken{1003, "broken", "CREATE TABLE three (id TEXT);\nSELEC 1;\n",
                                     "CREATE TABLE three (id TEXT);\nSELEC 1;\n"};

  std::unique_ptr<detail::Connection> connect() {
    return detail::Connection::open(*parse_url(url()), detail::Access::kWrite);
  }
};
STORE_TEST_BOTH_ENGINES(MigrationTest);

}  // namespace

TEST(AllMigrationsTest, NumbersAscendAndNamesAreThere) {
  int last = 0;
  for (const Migration* migration : all_migrations()) {
    EXPECT_EQ(migration->number, last + 1);
    EXPECT_FALSE(migration->name.empty());
    EXPECT_FALSE(migration->sqlite_sql.empty());
    EXPECT_FALSE(migration->postgres_sql.empty());
    last = migration->number;
  }
}

TEST_P(MigrationTest, MissingStepsAreAppliedOnce) {
  const auto connection = connect();
  std::vector<const Migration*> steps(all_migrations().begin(), all_migrations().end());
  steps.push_back(&kFirst);
  ASSERT_TRUE(detail::migrate(*connection, steps, 5));
  steps.push_back(&kSecond);
  ASSERT_TRUE(detail::migrate(*connection, steps, 6));
  ASSERT_TRUE(detail::migrate(*connection, steps, 7));
  read([](Session& s) -> Result<void, Error> {
    EXPECT_EQ(s.rows<std::string>("SELECT id FROM one"), std::vector<std::string>{"x; y"});
    EXPECT_EQ(s.value<std::int64_t>("SELECT applied_at FROM schema_migrations WHERE number = 1002"), 6);
    return {};
  });
}

TEST_P(MigrationTest, ABrokenStepLeavesNothingBehind) {
  const auto connection = connect();
  std::vector<const Migration*> steps(all_migrations().begin(), all_migrations().end());
  steps.push_back(&kFirst);
  steps.push_back(&kBroken);
  EXPECT_THROW((void)detail::migrate(*connection, steps, 5), SqlError);
  steps.pop_back();
  EXPECT_TRUE(detail::migrate(*connection, steps, 6));
}

TEST_P(MigrationTest, ANewerDatabaseIsRefused) {
  write([](Session& s) -> Result<void, Error> {
    s.exec("INSERT INTO schema_migrations (number, name, applied_at) VALUES (4711, 'future', 0)");
    return {};
  });
  const auto opened = Database::open(config(), io().get_executor());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, "failed_precondition");
  EXPECT_NE(opened.error().message.find("newer than this program"), std::string::npos);
  EXPECT_NE(opened.error().message.find("4711"), std::string::npos);
}

TEST_P(MigrationTest, ServersThatStartAtOnceDoNotCollide) {
  const TestDatabase fresh(engine());
  std::atomic<int> opened{0};
  std::vector<std::thread> servers;
  for (int i = 0; i < 4; ++i) {
    servers.emplace_back([&] {
      boost::asio::io_context home;
      Config settings;
      settings.url = fresh.url();
      settings.readers = 1;
      const auto db = Database::open(settings, home.get_executor());
      if (db) {
        ++opened;
      } else {
        ADD_FAILURE() << db.error().message;
      }
    });
  }
  for (std::thread& server : servers) server.join();
  EXPECT_EQ(opened, 4);
}

}  // namespace parley::store

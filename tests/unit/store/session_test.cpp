#include "store/session.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

#include "store/sql_error.h"
#include "unit/store/store_harness.h"

namespace parley::store {

namespace {

struct Thing {
  std::string id;
  std::optional<std::string> name;
  std::int64_t size = 0;
  bool big = false;
  auto columns() { return std::tie(id, name, size, big); }
  friend bool operator==(const Thing&, const Thing&) = default;
};

class SessionTest : public StoreTest {
 protected:
  SessionTest() {
    write([](Session& s) -> Result<void, Error> {
      s.script(
          "CREATE TABLE things (id TEXT PRIMARY KEY, name TEXT UNIQUE, size BIGINT NOT NULL CHECK (size >= 0),"
          " big INTEGER NOT NULL, owner_id TEXT REFERENCES things (id));"
          "CREATE INDEX things_big ON things (id) WHERE big = 1");
      return {};
    });
  }
  static void add(Session& s, std::string_view id, std::optional<std::string> name, std::int64_t size) {
    s.exec("INSERT INTO things (id, name, size, big) VALUES (:id, :name, :size, :big)", id, name, size, size > 100);
  }
};
STORE_TEST_BOTH_ENGINES(SessionTest);

}  // namespace

TEST_P(SessionTest, WhatIsWrittenIsReadInEveryShape) {
  constexpr std::int64_t kBig = 9'007'199'254'740'993;  // no double holds it
  write([](Session& s) -> Result<void, Error> {
    add(s, "a", "Ada ☎ 'quoted' :name", kBig);
    add(s, "b", std::nullopt, 5);
    return {};
  });
  read([](Session& s) -> Result<void, Error> {
    const Thing ada{"a", "Ada ☎ 'quoted' :name", kBig, true};
    EXPECT_EQ(s.row<Thing>("SELECT id, name, size, big FROM things WHERE id = :id", "a"), ada);
    EXPECT_EQ(s.rows<Thing>("SELECT id, name, size, big FROM things ORDER BY id").at(1),
              (Thing{"b", std::nullopt, 5, false}));
    using Pair = std::tuple<std::string, std::optional<std::int64_t>>;
    EXPECT_EQ(s.rows<Pair>("SELECT id, size FROM things ORDER BY id DESC").front(), Pair("b", 5));
    EXPECT_EQ(s.value<std::int64_t>("SELECT count(*) FROM things"), 2);
    EXPECT_EQ(s.value<bool>("SELECT size > 10 FROM things WHERE id = :id", "b"), false);
    EXPECT_EQ(s.value<double>("SELECT 1.5 FROM things WHERE id = :id", std::string("b")), 1.5);
    EXPECT_EQ(s.value<std::string>("SELECT id FROM things WHERE id = :id", "none"), std::nullopt);
    return {};
  });
}

TEST_P(SessionTest, ANameUsedTwiceTakesOneArgument) {
  write([](Session& s) -> Result<void, Error> {
    add(s, "a", "x", 1);
    const auto found =
        s.row<std::string>("SELECT id FROM things WHERE (id = :key OR name = :key) AND size = :size", "x", 1);
    EXPECT_EQ(found, "a");
    return {};
  });
}

TEST_P(SessionTest, AffectedRowsAreCounted) {
  write([](Session& s) -> Result<void, Error> {
    for (const char* id : {"a", "b", "c"}) add(s, id, std::nullopt, 1);
    EXPECT_EQ(s.exec("UPDATE things SET size = :size WHERE id <> :id", 7, "b"), 2);
    EXPECT_EQ(s.exec("DELETE FROM things WHERE size = 99"), 0);
    EXPECT_EQ(s.exec("INSERT INTO things (id, size, big) VALUES (:id, 1, 0) ON CONFLICT DO NOTHING", "a"), 0);
    EXPECT_EQ(s.exec("DELETE FROM things"), 3);
    return {};
  });
}

TEST_P(SessionTest, AnArgumentMayBeNullAndLaterANumber) {
  write([](Session& s) -> Result<void, Error> {
    constexpr std::string_view kAdd = "INSERT INTO things (id, size, big, name) VALUES (:id, :size, 0, :name)";
    s.exec(kAdd, "a", 1, nullptr);
    s.exec(kAdd, "b", std::optional<std::int64_t>(2), std::optional<std::string>("n"));
    s.exec(kAdd, "c", 3, std::nullopt);
    EXPECT_EQ(s.value<std::int64_t>("SELECT count(*) FROM things WHERE name IS NULL"), 2);
    return {};
  });
}

TEST_P(SessionTest, AQueryRunsWithinItsOwnRows) {
  write([](Session& s) -> Result<void, Error> {
    for (const char* id : {"a", "b", "c"}) add(s, id, std::nullopt, 1);
    constexpr std::string_view kAll = "SELECT id FROM things WHERE size = :size ORDER BY id";
    std::string seen;
    s.each<std::string>(
        kAll,
        [&](const std::string& outer) {
          for (const std::string& inner : s.rows<std::string>(kAll, 1)) seen += outer + inner + " ";
        },
        1);
    EXPECT_EQ(seen, "aa ab ac ba bb bc ca cb cc ");
    return {};
  });
}

TEST_P(SessionTest, BrokenUniqueNamesTheColumn) {
  write([](Session& s) -> Result<void, Error> {
    add(s, "a", "taken", 1);
    return {};
  });
  const auto answer = db().write_now([](Session& s) -> Result<void, Error> {
    add(s, "b", "taken", 1);
    return {};
  });
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "already_exists");
  EXPECT_EQ(answer.error().field, "name");
}

TEST_P(SessionTest, BrokenConstraintsAreFailedPreconditions) {
  for (const char* statement : {"INSERT INTO things (id, size, big) VALUES ('a', -1, 0)",
                                "INSERT INTO things (id, size, big) VALUES ('a', NULL, 0)",
                                "INSERT INTO things (id, size, big, owner_id) VALUES ('a', 1, 0, 'nobody')"}) {
    const auto answer = db().write_now([statement](Session& s) -> Result<void, Error> {
      s.exec(statement);
      return {};
    });
    ASSERT_FALSE(answer) << statement;
    EXPECT_EQ(answer.error().code, "failed_precondition") << statement;
  }
}

TEST_P(SessionTest, TextWithANulCharacterIsRefused) {
  const auto answer = db().write_now([](Session& s) -> Result<void, Error> {
    add(s, std::string_view("a\0b", 3), std::nullopt, 1);
    return {};
  });
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "invalid_argument");
}

TEST_P(SessionTest, MistakesInAQueryAreInternalAndSayNothing) {
  log::set_sink(nullptr, log::Level::kError);
  for (const std::string statement : {"SELECT nothing FROM nowhere", "SELECT :a", "SELEC"}) {
    const auto answer = db().write_now([statement](Session& s) -> Result<void, Error> {
      s.exec(statement);
      return {};
    });
    ASSERT_FALSE(answer) << statement;
    EXPECT_EQ(answer.error().code, "internal");
    EXPECT_EQ(answer.error().message.find("nowhere"), std::string::npos);
  }
}

TEST_P(SessionTest, NullWhereNoneMayBeIsAnError) {
  log::set_sink(nullptr, log::Level::kError);
  const auto answer = db().read_now(
      [](Session& s) -> Result<std::size_t, Error> { return s.row<std::string>("SELECT CAST(NULL AS TEXT)")->size(); });
  EXPECT_EQ(answer.error().code, "internal");
}

TEST_P(SessionTest, JobsSeeTheClockOfTheConfig) {
  const auto at = read([](Session& s) -> Result<std::int64_t, Error> { return s.now_ms(); });
  EXPECT_EQ(*at, 1'800'000'000'000);
}

TEST_P(SessionTest, PlanCheckerTellsScansFromSearches) {
  read([](Session& s) -> Result<void, Error> {
    expect_indexed(s, "SELECT id FROM things WHERE id = :id");
    expect_indexed(s, "UPDATE things SET size = :size WHERE name = :name");
    expect_indexed(s, "SELECT id FROM things WHERE size = :size", {"things"});
    expect_indexed(s, "SELECT id FROM things WHERE big = 1 ORDER BY id LIMIT :n");
    EXPECT_EQ((s.engine() == Engine::kSqlite ? detail::scanned_sqlite(s, "SELECT id FROM things WHERE size = :size")
                                             : detail::scanned_postgres(s, "SELECT id FROM things WHERE size = :size")),
              std::vector<std::string>{"things"});
    return {};
  });
}

}  // namespace parley::store

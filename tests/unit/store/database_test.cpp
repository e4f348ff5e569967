#include "store/database.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "unit/store/store_harness.h"

namespace parley::store {

namespace {

namespace asio = boost::asio;

class DatabaseTest : public StoreTest {
 protected:
  DatabaseTest() {
    write([](Session& s) -> Result<void, Error> {
      s.script("CREATE TABLE notes (n BIGINT PRIMARY KEY, place INTEGER NOT NULL)");
      return {};
    });
  }

  // Adds note n; its place is the number of notes before it. An Error for numbers that end in 7.
  asio::awaitable<void> add(std::int64_t n, std::vector<std::int64_t>& order) {
    auto job = [n](Session& s) -> Result<std::int64_t, Error> {
      s.exec("INSERT INTO notes (n, place) SELECT CAST(:n AS BIGINT), count(*) FROM notes", n);
      if (n % 10 == 7) return Error{"failed_precondition", "sevens are refused", "n"};
      return n;
    };
    const auto answer = co_await db().write(job);
    order.push_back(answer ? *answer : -n);
  }

  asio::awaitable<void> count(std::int64_t& out) {
    auto job = [](Session& s) -> Result<std::int64_t, Error> {
      return *s.value<std::int64_t>("SELECT count(*) FROM notes");
    };
    const auto answer = co_await db().read(job);
    out = answer ? *answer : -1;
  }

  // Keeps the writer busy until the gate opens; returns once it is.
  void hold(std::promise<void>& gate) {
    std::promise<void> busy;
    asio::co_spawn(io(), hold_until(gate.get_future().share(), busy), asio::detached);
    io().poll();
    busy.get_future().wait();
  }
  asio::awaitable<void> hold_until(std::shared_future<void> open, std::promise<void>& busy) {
    auto job = [open, &busy](Session&) -> Result<void, Error> {
      busy.set_value();
      open.wait();
      return {};
    };
    co_await db().write(std::move(job));
  }
};
STORE_TEST_BOTH_ENGINES(DatabaseTest);

}  // namespace

TEST_P(DatabaseTest, JobsCommitAndResumeInTheOrderOfTheCalls) {
  std::vector<std::int64_t> order;
  for (std::int64_t n = 100; n > 0; --n) asio::co_spawn(io(), add(n, order), asio::detached);
  io().run();
  ASSERT_EQ(order.size(), 100U);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto n = static_cast<std::int64_t>(100 - i);
    EXPECT_EQ(order[i], n % 10 == 7 ? -n : n);
  }
  // On the disk they came in that order, too, without those that failed.
  const auto stored = read([](Session& s) -> Result<std::vector<std::int64_t>, Error> {
    return s.rows<std::int64_t>("SELECT n FROM notes ORDER BY place");
  });
  std::vector<std::int64_t> expected;
  for (const std::int64_t n : order) {
    if (n > 0) expected.push_back(n);
  }
  EXPECT_EQ(*stored, expected);
}

TEST_P(DatabaseTest, JobsThatWaitShareOneCommit) {
  const auto before = db().stats();
  std::promise<void> gate;
  hold(gate);
  std::vector<std::int64_t> order;
  for (std::int64_t n = 1; n <= 50; ++n) asio::co_spawn(io(), add(n * 10, order), asio::detached);
  io().poll();
  EXPECT_EQ(db().stats().write.queued, 50U);
  gate.set_value();
  io().restart();
  io().run();
  EXPECT_EQ(order.size(), 50U);
  const auto after = db().stats();
  EXPECT_EQ(after.committed_jobs - before.committed_jobs, 51U);
  EXPECT_EQ(after.commits - before.commits, 2U);
  EXPECT_EQ(after.write.queued, 0U);
  EXPECT_EQ(after.write.run.count() - before.write.run.count(), 51U);
}

TEST_P(DatabaseTest, AFailingJobIsUndoneAloneWithinTheirCommit) {
  log::set_sink(nullptr, log::Level::kError);
  const auto note = [](std::int64_t n) {
    return [n](Session& s) -> Result<void, Error> {
      s.exec("INSERT INTO notes (n, place) VALUES (:n, 0)", n);
      return {};
    };
  };
  std::promise<void> gate;
  hold(gate);
  std::vector<std::string> codes;
  const auto add_and = [this, &codes](auto job) -> asio::awaitable<void> {
    const auto answer = co_await db().write(std::move(job));
    codes.push_back(answer ? "ok" : answer.error().code);
  };
  auto good = note(1);
  auto twice = note(1);
  auto thrown = [](Session& s) -> Result<void, Error> {
    s.exec("INSERT INTO notes (n, place) VALUES (2, 0)");
    throw std::runtime_error("boom");
  };
  auto wrong = [](Session& s) -> Result<void, Error> {
    s.exec("INSERT INTO notes (n, place) VALUES (3, 0)");
    s.exec("INSERT INTO no_such_table VALUES (1)");
    return {};
  };
  auto last = note(4);
  asio::co_spawn(io(), add_and(good), asio::detached);
  asio::co_spawn(io(), add_and(twice), asio::detached);
  asio::co_spawn(io(), add_and(thrown), asio::detached);
  asio::co_spawn(io(), add_and(wrong), asio::detached);
  asio::co_spawn(io(), add_and(last), asio::detached);
  io().poll();
  gate.set_value();
  io().restart();
  io().run();
  EXPECT_EQ(codes, (std::vector<std::string>{"ok", "already_exists", "internal", "internal", "ok"}));
  const auto stored = read([](Session& s) -> Result<std::vector<std::int64_t>, Error> {
    return s.rows<std::int64_t>("SELECT n FROM notes ORDER BY n");
  });
  EXPECT_EQ(*stored, (std::vector<std::int64_t>{1, 4}));
}

TEST_P(DatabaseTest, AJobThatHidesAFailedStatementIsNotAcknowledgedForNothing) {
  log::set_sink(nullptr, log::Level::kError);
  const auto answer = db().write_now([](Session& s) -> Result<void, Error> {
    s.exec("INSERT INTO notes (n, place) VALUES (1, 0)");
    try {
      s.exec("INSERT INTO notes (n, place) VALUES (1, 0)");
    } catch (const std::exception&) {  // what a job should not do
    }
    return {};
  });
  const auto stored = read(
      [](Session& s) -> Result<std::int64_t, Error> { return *s.value<std::int64_t>("SELECT count(*) FROM notes"); });
  EXPECT_EQ(*stored, answer ? 1 : 0);
}

TEST_P(DatabaseTest, AReaderSeesOneSnapshot) {
  std::promise<void> first_read;
  std::promise<void> written;
  std::future<void> may_go_on = written.get_future();
  std::thread writer([&] {
    first_read.get_future().wait();
    write([](Session& s) -> Result<void, Error> {
      s.exec("INSERT INTO notes (n, place) VALUES (1, 0)");
      return {};
    });
    written.set_value();
  });
  read([&](Session& s) -> Result<void, Error> {
    EXPECT_EQ(s.value<std::int64_t>("SELECT count(*) FROM notes"), 0);
    first_read.set_value();
    may_go_on.wait();
    EXPECT_EQ(s.value<std::int64_t>("SELECT count(*) FROM notes WHERE n > :n", 0), 0);
    return {};
  });
  writer.join();
  read([](Session& s) -> Result<void, Error> {
    EXPECT_EQ(s.value<std::int64_t>("SELECT count(*) FROM notes"), 1);
    return {};
  });
}

TEST_P(DatabaseTest, AReaderCannotWrite) {
  log::set_sink(nullptr, log::Level::kError);
  const auto answer = db().read_now([](Session& s) -> Result<void, Error> {
    s.exec("INSERT INTO notes (n, place) VALUES (1, 0)");
    return {};
  });
  EXPECT_FALSE(answer);
  std::int64_t stored = 0;
  asio::co_spawn(io(), count(stored), asio::detached);
  io().run();
  EXPECT_EQ(stored, 0);
}

TEST_P(DatabaseTest, AFullQueueRefusesAtOnce) {
  Config small = config();
  small.max_queue = 2;
  reopen(small);
  std::promise<void> gate;
  hold(gate);
  std::vector<std::int64_t> order;
  for (std::int64_t n = 1; n <= 3; ++n) asio::co_spawn(io(), add(n, order), asio::detached);
  io().restart();
  while (order.empty()) io().run_one();
  EXPECT_EQ(order, std::vector<std::int64_t>{-3});
  EXPECT_EQ(db().stats().write.refused, 1U);
  gate.set_value();
  io().run();
  EXPECT_EQ(order, (std::vector<std::int64_t>{-3, 1, 2}));
}

TEST_P(DatabaseTest, WhatIsWrittenOutlivesAReopening) {
  write([](Session& s) -> Result<void, Error> {
    s.exec("INSERT INTO notes (n, place) VALUES (5, 0)");
    return {};
  });
  reopen();
  read([](Session& s) -> Result<void, Error> {
    EXPECT_EQ(s.value<std::int64_t>("SELECT n FROM notes"), 5);
    return {};
  });
}

TEST_P(DatabaseTest, QueuedJobsAreDoneBeforeItCloses) {
  std::vector<std::int64_t> order;
  for (std::int64_t n = 1; n <= 5; ++n) asio::co_spawn(io(), add(n, order), asio::detached);
  io().poll();
  reopen();
  io().restart();
  io().run();
  EXPECT_EQ(order, (std::vector<std::int64_t>{1, 2, 3, 4, 5}));
}

TEST(MemoryDatabaseTest, LivesAsLongAsItIsOpenAndLeavesNothing) {
  asio::io_context io;
  Config config;
  config.url = "sqlite::memory:";
  const auto create = [](Session& s) -> Result<void, Error> {
    s.script("CREATE TABLE t (id TEXT)");
    return {};
  };
  {
    auto db = Database::open(config, io.get_executor());
    ASSERT_TRUE(db);
    EXPECT_TRUE((*db)->write_now(create));
    const auto seen = (*db)->read_now(
        [](Session& s) -> Result<std::int64_t, Error> { return *s.value<std::int64_t>("SELECT count(*) FROM t"); });
    EXPECT_TRUE(seen);
  }
  auto again = Database::open(config, io.get_executor());
  ASSERT_TRUE(again);
  EXPECT_TRUE((*again)->write_now(create));
}

TEST(SqliteFileTest, FoldersAreMadeAndDurabilityIsFull) {
  const TestDatabase home(Engine::kSqlite);
  asio::io_context io;
  Config config;
  config.url = "sqlite:" + (home.folder() / "a" / "b with space" / "x.db").string();
  auto db = Database::open(config, io.get_executor());
  ASSERT_TRUE(db) << db.error().message;
  EXPECT_TRUE(std::filesystem::exists(home.folder() / "a" / "b with space" / "x.db"));
  const auto checked = (*db)->write_now([](Session& s) -> Result<void, Error> {
    EXPECT_EQ(s.value<std::int64_t>("PRAGMA synchronous"), 2);
    EXPECT_EQ(s.value<std::int64_t>("PRAGMA foreign_keys"), 1);
    EXPECT_EQ(s.value<std::string>("PRAGMA journal_mode"), "wal");
    return {};
  });
  EXPECT_TRUE(checked);
}

TEST(OpenTest, WhatCannotBeOpenedIsNamed) {
  asio::io_context io;
  struct Row {
    std::string url;
    std::string code;
    std::string says;
  };
  for (const Row& row :
       {Row{"mysql://x", "invalid_argument", "postgresql://parley:secret@"}, Row{"", "invalid_argument", "is empty"},
        Row{"sqlite:", "invalid_argument", "names no file"}, Row{"sqlite:/proc/nope/x.db", "unavailable", "/proc/nope"},
        Row{"postgresql://u:geheim@127.0.0.1:1/db", "unavailable", "postgresql://127.0.0.1:1/db"}}) {
    Config config;
    config.url = row.url;
    const auto db = Database::open(config, io.get_executor());
    ASSERT_FALSE(db) << row.url;
    EXPECT_EQ(db.error().code, row.code);
    EXPECT_EQ(db.error().field, "database.url");
    EXPECT_NE(db.error().message.find(row.says), std::string::npos) << db.error().message;
    EXPECT_NE(db.error().message.find("database.url"), std::string::npos);
    EXPECT_EQ(db.error().message.find("geheim"), std::string::npos);
  }
}

}  // namespace parley::store

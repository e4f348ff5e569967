// What must hold when the ground shakes: no acknowledged write is lost, none is done twice, and work goes on
// afterwards.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "store/database.h"
#include "unit/store/store_harness.h"

namespace parley::store {

namespace {

namespace asio = boost::asio;

// As messages are: an id that its sender made, so that a repetition changes nothing.
Result<std::int64_t, Error> add_note(Session& s, std::int64_t n) {
  s.exec("INSERT INTO notes (n) VALUES (:n) ON CONFLICT DO NOTHING", n);
  return n;
}

Result<void, Error> create_notes(Session& s) {
  s.script("CREATE TABLE notes (n BIGINT PRIMARY KEY)");
  return {};
}

asio::awaitable<void> acknowledge(Database& db, std::int64_t n, int out) {
  auto job = [n](Session& s) { return add_note(s, n); };
  const auto answer = co_await db.write(job);
  if (answer && ::write(out, &n, sizeof n) != sizeof n) ::_exit(3);
}

// The child: writes as fast as it can and says in the pipe what was acknowledged, until it is killed.
[[noreturn]] void write_until_killed(const std::string& url, int out) {
  asio::io_context io;
  Config config;
  config.url = url;
  config.readers = 1;
  auto db = Database::open(config, io.get_executor());
  if (!db) ::_exit(2);
  std::int64_t n = 0;
  for (;;) {
    for (int i = 0; i < 20; ++i) asio::co_spawn(io, acknowledge(**db, ++n, out), asio::detached);
    io.restart();
    io.run();
  }
}

std::vector<std::int64_t> stored_notes(Database& db) {
  const auto stored = db.read_now([](Session& s) -> Result<std::vector<std::int64_t>, Error> {
    return s.rows<std::int64_t>("SELECT n FROM notes ORDER BY n");
  });
  EXPECT_TRUE(stored);
  return stored ? *stored : std::vector<std::int64_t>{};
}

class FaultTest : public StoreTest {
 protected:
  FaultTest() { write(create_notes); }
};
STORE_TEST_BOTH_ENGINES(FaultTest);

class LostConnectionTest : public StoreTest {
 protected:
  LostConnectionTest() { write(create_notes); }

  // Ends every connection of this database.
  void cut() {
    postgres_admin("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + home().name() + "'");
  }
  // From now on nobody can connect; whoever is connected is thrown out.
  void take_away() {
    postgres_admin("ALTER DATABASE " + home().name() + " ALLOW_CONNECTIONS false");
    cut();
  }
  void bring_back() { postgres_admin("ALTER DATABASE " + home().name() + " ALLOW_CONNECTIONS true"); }
};
INSTANTIATE_TEST_SUITE_P(Engines, LostConnectionTest, ::testing::Values(Engine::kPostgres),
                         [](const auto& row) { return engine_name(row.param); });

}  // namespace

TEST_P(FaultTest, KilledInTheMiddleOfWritesNothingAcknowledgedIsLost) {
  int pipe_ends[2];
  ASSERT_EQ(::pipe(pipe_ends), 0);
  // Without threads of our own at this moment the child may go on as it is.
  close();
  const pid_t child = ::fork();
  if (child == 0) write_until_killed(url(), pipe_ends[1]);
  ::close(pipe_ends[1]);
  std::vector<std::int64_t> acknowledged;
  std::int64_t n = 0;
  while (acknowledged.size() < 400 && ::read(pipe_ends[0], &n, sizeof n) == sizeof n) acknowledged.push_back(n);
  ::kill(child, SIGKILL);
  while (::read(pipe_ends[0], &n, sizeof n) == sizeof n) acknowledged.push_back(n);
  ::close(pipe_ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself: " << status;
  ASSERT_GE(acknowledged.size(), 400U);
  EXPECT_TRUE(std::is_sorted(acknowledged.begin(), acknowledged.end()));

  reopen();
  const std::vector<std::int64_t> stored = stored_notes(db());
  EXPECT_TRUE(std::includes(stored.begin(), stored.end(), acknowledged.begin(), acknowledged.end()));
  write([](Session& s) { return add_note(s, 1'000'000); });
}

TEST_P(LostConnectionTest, AJobRunsAgainAfterTheConnectionBroke) {
  log::set_sink(nullptr, log::Level::kError);
  int runs = 0;
  const auto answer = db().write_now([&](Session& s) -> Result<int, Error> {
    ++runs;
    (void)add_note(s, 7);
    if (runs == 1) cut();
    (void)add_note(s, 8);
    return runs;
  });
  ASSERT_TRUE(answer);
  EXPECT_EQ(*answer, 2);
  EXPECT_EQ(stored_notes(db()), (std::vector<std::int64_t>{7, 8}));
  EXPECT_GE(db().stats().reconnects, 1U);
}

TEST_P(LostConnectionTest, ABatchRunsAgainInItsOrder) {
  log::set_sink(nullptr, log::Level::kError);
  std::vector<std::int64_t> order;
  const auto add = [&](std::int64_t n) -> asio::awaitable<void> {
    auto job = [this, n, first = true](Session& s) mutable -> Result<std::int64_t, Error> {
      if (n == 5 && first) cut();
      first = false;
      return add_note(s, n);
    };
    const auto answer = co_await db().write(std::move(job));
    order.push_back(answer ? *answer : -1);
  };
  for (std::int64_t n = 1; n <= 10; ++n) asio::co_spawn(io(), add(n), asio::detached);
  io().run();
  EXPECT_EQ(order, (std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
  EXPECT_EQ(stored_notes(db()).size(), 10U);
}

TEST_P(LostConnectionTest, ReadersFindTheirWayBack) {
  log::set_sink(nullptr, log::Level::kError);
  EXPECT_TRUE(stored_notes(db()).empty());
  cut();
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(stored_notes(db()).empty());
}

TEST_P(LostConnectionTest, JobsThatWaitedTooLongFailAndLaterOnesSucceed) {
  log::set_sink(nullptr, log::Level::kError);
  Config impatient = config();
  impatient.unavailable_after = 300ms;
  reopen(impatient);
  EXPECT_TRUE(stored_notes(db()).empty());
  take_away();
  const auto began = std::chrono::steady_clock::now();
  const auto written = db().write_now([](Session& s) { return add_note(s, 1); });
  const auto seen = db().read_now(
      [](Session& s) -> Result<std::int64_t, Error> { return *s.value<std::int64_t>("SELECT count(*) FROM notes"); });
  EXPECT_LT(std::chrono::steady_clock::now() - began, 10s);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, "unavailable");
  ASSERT_FALSE(seen);
  EXPECT_EQ(seen.error().code, "unavailable");
  bring_back();
  EXPECT_TRUE(db().write_now([](Session& s) { return add_note(s, 2); }));
  EXPECT_EQ(stored_notes(db()), std::vector<std::int64_t>{2});
}

TEST_P(LostConnectionTest, JobsThatWaitedThroughAShortOutageSucceedInOrder) {
  log::set_sink(nullptr, log::Level::kError);
  EXPECT_TRUE(stored_notes(db()).empty());
  take_away();
  std::vector<std::int64_t> order;
  const auto add = [&](std::int64_t n) -> asio::awaitable<void> {
    auto job = [n](Session& s) { return add_note(s, n); };
    const auto answer = co_await db().write(job);
    order.push_back(answer ? *answer : -1);
  };
  for (std::int64_t n = 1; n <= 300; ++n) asio::co_spawn(io(), add(n), asio::detached);
  io().poll();
  // Long enough for several tries to fail.
  while (db().stats().write.errors < 4) std::this_thread::yield();
  bring_back();
  io().restart();
  io().run();
  ASSERT_EQ(order.size(), 300U);
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
  EXPECT_EQ(order.front(), 1);
  EXPECT_EQ(stored_notes(db()).size(), 300U);
}

TEST_P(LostConnectionTest, ClosingDoesNotWaitForAnAbsentDatabase) {
  log::set_sink(nullptr, log::Level::kError);
  take_away();
  std::string code;
  const auto add = [&]() -> asio::awaitable<void> {
    auto job = [](Session& s) { return add_note(s, 1); };
    const auto answer = co_await db().write(job);
    code = answer ? "ok" : answer.error().code;
  };
  asio::co_spawn(io(), add(), asio::detached);
  io().poll();
  while (db().stats().write.errors < 2) std::this_thread::yield();
  const auto began = std::chrono::steady_clock::now();
  close();
  EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
  io().restart();
  io().run();
  EXPECT_EQ(code, "unavailable");
  bring_back();
}

TEST(PostgresRestartTest, JobsWaitUntilTheServerIsBack) {
  log::set_sink(nullptr, log::Level::kError);
  const std::string folder =
      (std::filesystem::temp_directory_path() / "parley-own-cluster-").string() + std::to_string(::getpid());
  const auto cluster = [&](const std::string& command) {
    const std::string line = parley::test::in_tree("tools/postgres ") + command + " " + folder;
    FILE* pipe = ::popen(line.c_str(), "r");
    std::string answer;
    for (int c = 0; (c = std::fgetc(pipe)) != EOF && c != '\n';) answer += static_cast<char>(c);
    EXPECT_EQ(::pclose(pipe), 0);
    return answer;
  };
  asio::io_context io;
  Config config;
  config.url = cluster("start");
  {
    auto opened = Database::open(config, io.get_executor());
    ASSERT_TRUE(opened) << opened.error().message;
    Database& db = **opened;
    EXPECT_TRUE(db.write_now(create_notes));
    cluster("stop");
    std::vector<std::int64_t> order;
    const auto add = [&](std::int64_t n) -> asio::awaitable<void> {
      auto job = [n](Session& s) { return add_note(s, n); };
      const auto answer = co_await db.write(job);
      order.push_back(answer ? *answer : -1);
    };
    for (std::int64_t n = 1; n <= 20; ++n) asio::co_spawn(io, add(n), asio::detached);
    io.poll();
    while (db.stats().write.errors < 3) std::this_thread::yield();
    EXPECT_EQ(cluster("start"), config.url);
    io.restart();
    io.run();
    EXPECT_EQ(order.size(), 20U);
    EXPECT_EQ(stored_notes(db).size(), 20U);
  }
  cluster("stop");
  std::filesystem::remove_all(folder);
}

TEST(FullDiskTest, IsUnavailableLosesNothingAndEndsOnceThereIsRoom) {
  log::set_sink(nullptr, log::Level::kError);
  const TestDatabase home(Engine::kSqlite);
  asio::io_context io;
  Config config;
  config.url = home.url();
  auto db = *Database::open(config, io.get_executor());
  ASSERT_TRUE(db->write_now([](Session& s) -> Result<void, Error> {
    s.script("CREATE TABLE notes (n BIGINT PRIMARY KEY, text TEXT)");
    return {};
  }));
  const auto limit = [&](std::int64_t more_pages) {
    return db->write_now([more_pages](Session& s) -> Result<void, Error> {
      const auto pages = *s.value<std::int64_t>("PRAGMA page_count");
      (void)s.value<std::int64_t>("PRAGMA max_page_count = " + std::to_string(pages + more_pages));
      return {};
    });
  };
  ASSERT_TRUE(limit(20));
  const auto add = [&](std::int64_t n) {
    return db->write_now([n](Session& s) -> Result<void, Error> {
      s.exec("INSERT INTO notes (n, text) VALUES (:n, :text)", n, std::string(3000, 'x'));
      return {};
    });
  };
  std::int64_t acknowledged = 0;
  Result<void, Error> last = add(1);
  while (last) {
    ++acknowledged;
    ASSERT_LT(acknowledged, 100);
    last = add(acknowledged + 1);
  }
  EXPECT_EQ(last.error().code, "unavailable");
  EXPECT_NE(last.error().message.find("disk"), std::string::npos);
  EXPECT_GT(acknowledged, 5);
  // What needs no room still goes, reading as well.
  const auto seen = db->read_now(
      [](Session& s) -> Result<std::int64_t, Error> { return *s.value<std::int64_t>("SELECT count(*) FROM notes"); });
  EXPECT_EQ(*seen, acknowledged);
  ASSERT_TRUE(limit(1000));
  EXPECT_TRUE(add(acknowledged + 1));
}

TEST(FullDiskTest, OneLargeJobDoesNotFailThoseThatShareItsCommit) {
  log::set_sink(nullptr, log::Level::kError);
  const TestDatabase home(Engine::kSqlite);
  asio::io_context io;
  Config config;
  config.url = home.url();
  auto db = *Database::open(config, io.get_executor());
  ASSERT_TRUE(db->write_now([](Session& s) -> Result<void, Error> {
    s.script("CREATE TABLE notes (n BIGINT PRIMARY KEY, text TEXT)");
    const auto pages = *s.value<std::int64_t>("PRAGMA page_count");
    (void)s.value<std::int64_t>("PRAGMA max_page_count = " + std::to_string(pages + 20));
    return {};
  }));
  std::vector<std::string> codes;
  const auto add = [&](std::int64_t n, std::size_t size) -> asio::awaitable<void> {
    auto job = [n, size](Session& s) -> Result<void, Error> {
      s.exec("INSERT INTO notes (n, text) VALUES (:n, :text)", n, std::string(size, 'x'));
      return {};
    };
    const auto answer = co_await db->write(job);
    codes.push_back(answer ? "ok" : answer.error().code);
  };
  for (std::int64_t n = 1; n <= 5; ++n) asio::co_spawn(io, add(n, n == 3 ? 1'000'000 : 10), asio::detached);
  io.run();
  EXPECT_EQ(codes, (std::vector<std::string>{"ok", "ok", "unavailable", "ok", "ok"}));
  const auto seen = db->read_now([](Session& s) -> Result<std::vector<std::int64_t>, Error> {
    return s.rows<std::int64_t>("SELECT n FROM notes ORDER BY n");
  });
  EXPECT_EQ(*seen, (std::vector<std::int64_t>{1, 2, 4, 5}));
}

TEST(LockedFileTest, AnotherProgramsLockIsWaitedFor) {
  log::set_sink(nullptr, log::Level::kError);
  const TestDatabase home(Engine::kSqlite);
  asio::io_context io;
  Config config;
  config.url = home.url();
  auto first = *Database::open(config, io.get_executor());
  auto second = *Database::open(config, io.get_executor());
  ASSERT_TRUE(first->write_now(create_notes));
  std::promise<void> inside;
  std::promise<void> gate;
  std::thread holder([&] {
    (void)first->write_now([&](Session& s) -> Result<void, Error> {
      (void)add_note(s, 1);
      inside.set_value();
      gate.get_future().wait();
      return {};
    });
  });
  inside.get_future().wait();
  std::thread waiter([&] { EXPECT_TRUE(second->write_now([](Session& s) { return add_note(s, 2); })); });
  gate.set_value();
  holder.join();
  waiter.join();
  EXPECT_EQ(stored_notes(*first), (std::vector<std::int64_t>{1, 2}));
}

}  // namespace parley::store

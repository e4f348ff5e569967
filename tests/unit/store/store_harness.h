// Tests of the store, and of what stands on it, run on both engines, each on a database of its own:
//
//   class UserStore : public StoreTest {};
//   STORE_TEST_BOTH_ENGINES(UserStore);
//   TEST_P(UserStore, FindsByEmail) {
//     write([](Session& s) -> Result<void, Error> { … });
//   }
//
// PostgreSQL comes from PARLEY_TEST_POSTGRES (the URL of a superuser of a cluster that may be thrown away), or else
// from tools/postgres, which starts one when none runs. Header only, so that every folder's tests can use it.
#pragma once

#include <gtest/gtest.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cctype>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <optional>
#include <ostream>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/log.h"
#include "source_tree.h"
#include "store/database.h"
#include "store/session.h"

namespace parley::store {

// URL of the cluster's superuser; starts the cluster where need be.
inline std::string postgres_test_url() {
  static const std::string kUrl = [] {
    if (const char* given = std::getenv("PARLEY_TEST_POSTGRES"); given != nullptr && *given != 0) {
      return std::string(given);
    }
    const std::string command = parley::test::in_tree("tools/postgres url");
    FILE* pipe = ::popen(command.c_str(), "r");
    std::string line;
    for (int c = 0; pipe != nullptr && (c = std::fgetc(pipe)) != EOF && c != '\n';) line += static_cast<char>(c);
    if (pipe == nullptr || ::pclose(pipe) != 0 || line.empty()) {
      throw std::runtime_error("no PostgreSQL for tests: " + command + " failed");
    }
    return line;
  }();
  return kUrl;
}

// The same URL with another database name.
inline std::string with_database(std::string_view url, std::string_view database) {
  const auto slash = url.find('/', url.find("://") + 3);
  const auto query = url.find('?');
  std::string out(url.substr(0, std::min(slash, query)));
  out += '/';
  out += database;
  if (query != std::string_view::npos) out += url.substr(query);
  return out;
}

// One statement as the cluster's superuser, outside of any transaction.
inline void postgres_admin(const std::string& statement) {
  PGconn* connection = PQconnectdb(postgres_test_url().c_str());
  PGresult* result = PQexec(connection, statement.c_str());
  const bool done = PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK;
  const std::string message = PQerrorMessage(connection);
  PQclear(result);
  PQfinish(connection);
  if (!done) throw std::runtime_error(statement + ": " + message);
}

// A fresh, empty database of an engine; dropped when it goes.
class TestDatabase {
 public:
  explicit TestDatabase(Engine engine) : engine_(engine) {
    static std::atomic<int> count{0};
    name_ = "parley_test_" + std::to_string(::getpid()) + "_" +
            std::to_string(std::chrono::system_clock::now().time_since_epoch().count() % 1'000'000'000) + "_" +
            std::to_string(++count);
    if (engine_ == Engine::kSqlite) {
      folder_ = std::filesystem::temp_directory_path() / name_;
      std::filesystem::remove_all(folder_);
      std::filesystem::create_directories(folder_);
      url_ = "sqlite:" + (folder_ / "test.db").string();
    } else {
      // Nobody is ever connected to template0, so any number of tests copy it at once.
      postgres_admin("CREATE DATABASE " + name_ + " TEMPLATE template0");
      url_ = with_database(postgres_test_url(), name_);
    }
  }
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;
  ~TestDatabase() {
    try {
      if (engine_ == Engine::kSqlite) {
        std::filesystem::remove_all(folder_);
      } else {
        postgres_admin("DROP DATABASE " + name_ + " WITH (FORCE)");
      }
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s\n", error.what());
    }
  }
  [[nodiscard]] const std::string& url() const { return url_; }
  [[nodiscard]] const std::string& name() const { return name_; }
  // SQLite: where the file is.
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  Engine engine_;
  std::string name_;
  std::string url_;
  std::filesystem::path folder_;
};

// What the database refused says more in its log than in the Error: tests show it.
inline void show_warnings() {
  log::set_sink(
      [](log::Level, std::string_view component, std::string_view message, const log::Field* fields, std::size_t n) {
        std::string line(component);
        line += ": ";
        line += message;
        for (std::size_t i = 0; i < n; ++i) line += " " + std::string(fields[i].key) + "=" + fields[i].value;
        std::fprintf(stderr, "%s\n", line.c_str());
      },
      log::Level::kWarn);
}

// What a test asked of its database, for a look at the plans when it is over.
class AskedQueries {
 public:
  void add(std::string_view query) {
    const std::lock_guard lock(mutex_);
    queries_.emplace(query);
  }
  [[nodiscard]] std::set<std::string> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(queries_, {});
  }

 private:
  std::mutex mutex_;
  std::set<std::string> queries_;
};

inline void expect_plans_indexed(Session& session, const std::set<std::string>& queries);

class StoreTest : public ::testing::TestWithParam<Engine> {
 protected:
  StoreTest() : home_(GetParam()) {
    show_warnings();
    reopen();
  }

  // Time stands still until a test moves it (not while jobs run).
  TimePoint now{std::chrono::seconds(1'800'000'000)};

  [[nodiscard]] Engine engine() const { return GetParam(); }
  [[nodiscard]] Database& db() { return *db_; }
  [[nodiscard]] boost::asio::io_context& io() { return io_; }
  [[nodiscard]] const std::string& url() const { return home_.url(); }
  [[nodiscard]] const TestDatabase& home() const { return home_; }

  // Runs a job to its end; fails the test when the answer is an Error.
  template <class F>
  auto write(F job) {
    auto answer = db_->write_now(std::move(job));
    if (!answer) ADD_FAILURE() << answer.error().code << ": " << answer.error().message;
    return answer;
  }
  template <class F>
  auto read(F job) {
    auto answer = db_->read_now(std::move(job));
    if (!answer) ADD_FAILURE() << answer.error().code << ": " << answer.error().message;
    return answer;
  }

  // Runs a coroutine on this thread until it ends.
  template <class T>
  T run(boost::asio::awaitable<T> work) {
    std::exception_ptr failure;
    std::optional<T> answer;
    boost::asio::co_spawn(io_, std::move(work), [&](std::exception_ptr thrown, T value) {
      failure = thrown;
      answer.emplace(std::move(value));
    });
    io_.restart();
    io_.run();
    if (failure) std::rethrow_exception(failure);
    return std::move(*answer);
  }

  [[nodiscard]] Config config() {
    Config settings;
    settings.url = home_.url();
    settings.readers = 2;
    settings.clock = [this] { return now; };
    settings.on_prepare = [this](std::string_view query) { asked_.add(query); };
    return settings;
  }
  // Every query that the test ran finds its rows through indexes.
  void TearDown() override {
    const std::set<std::string> asked = asked_.take();
    if (!db_ || asked.empty()) return;
    static_cast<void>(db_->read_now([&asked](Session& session) -> Result<void, Error> {
      expect_plans_indexed(session, asked);
      return {};
    }));
  }
  // Closes and opens the database again, as a restart of the server does.
  void reopen() { reopen(config()); }
  void close() { db_.reset(); }
  void reopen(Config settings) {
    db_.reset();
    auto opened = Database::open(std::move(settings), io_.get_executor());
    if (!opened) throw std::runtime_error(opened.error().message);
    db_ = std::move(*opened);
  }

 private:
  TestDatabase home_;
  AskedQueries asked_;
  boost::asio::io_context io_;
  std::unique_ptr<Database> db_;
};

namespace detail {

// ":name" becomes `mark(n)`; quoted text and casts stay.
template <class Mark>
std::string replace_parameters(std::string_view query, std::vector<std::string>& names, Mark mark) {
  std::string out;
  char quote = 0;
  for (std::size_t i = 0; i < query.size(); ++i) {
    const char c = query[i];
    const char following = i + 1 < query.size() ? query[i + 1] : '\0';
    if (quote != 0 || c != ':') {
      if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      }
      out += c;
    } else if (following == ':') {
      out += "::";
      ++i;
    } else {
      std::size_t end = i + 1;
      while (end < query.size() && (std::isalnum(static_cast<unsigned char>(query[end])) != 0 || query[end] == '_')) {
        ++end;
      }
      const std::string name(query.substr(i + 1, end - i - 1));
      auto known = std::find(names.begin(), names.end(), name);
      if (known == names.end()) known = names.insert(names.end(), name);
      out += mark(static_cast<std::size_t>(known - names.begin()) + 1);
      i = end - 1;
    }
  }
  return out;
}

// "rooms USING INDEX rooms_deleted": true when the index holds only some of the rows, which a query may well read
// whole.
inline bool uses_partial_index(Session& session, const std::string& plan) {
  constexpr std::string_view kMark = "INDEX ";
  const auto at = plan.find(kMark);
  if (at == std::string::npos) return false;
  const std::string rest = plan.substr(at + kMark.size());
  const auto made = session.value<std::string>(
      "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND name = :name",
      rest.substr(0, rest.find(' ')));
  return made && made->find(" WHERE ") != std::string::npos;
}

// Tables that SQLite's plan reads from end to end.
inline std::vector<std::string> scanned_sqlite(Session& session, std::string_view query) {
  std::vector<std::string> names;
  const auto marked = replace_parameters(query, names, [](std::size_t n) { return ":p" + std::to_string(n); });
  const Params none(names.size(), Param(nullptr));
  std::vector<std::string> made;
  std::vector<std::string> scanned;
  using Step = std::tuple<int, int, int, std::string>;
  for (const Step& step : session.rows<Step>("EXPLAIN QUERY PLAN " + marked, none)) {
    const std::string& detail = std::get<3>(step);
    const auto space = detail.find(' ');
    const std::string verb = detail.substr(0, space);
    const std::string rest = space == std::string::npos ? "" : detail.substr(space + 1);
    const std::string table = rest.substr(0, rest.find(' '));
    // The rows of a subquery, which was itself found through an index or stands here, too.
    if (verb == "MATERIALIZE" || verb == "CO-ROUTINE") made.push_back(table);
    if (verb != "SCAN" || rest.starts_with("(") || rest.starts_with("CONSTANT") ||
        rest.find("VIRTUAL TABLE") != std::string::npos || uses_partial_index(session, rest)) {
      continue;
    }
    if (std::find(made.begin(), made.end(), table) == made.end()) scanned.push_back(table);
  }
  return scanned;
}

inline std::vector<std::string> scanned_postgres(Session& session, std::string_view query) {
  static std::atomic<int> count{0};
  const std::string name = "plan_" + std::to_string(++count);
  std::vector<std::string> names;
  const std::string numbered = replace_parameters(query, names, [](std::size_t n) { return "$" + std::to_string(n); });
  std::string nulls;
  for (std::size_t i = 0; i < names.size(); ++i) nulls += i == 0 ? "NULL" : ", NULL";
  session.script("SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_seqscan = off; PREPARE " + name +
                 " AS " + numbered);
  std::vector<std::string> scanned;
  const std::string explain = "EXPLAIN EXECUTE " + name + (nulls.empty() ? "" : "(" + nulls + ")");
  for (const std::string& line : session.rows<std::string>(explain)) {
    constexpr std::string_view kMark = "Seq Scan on ";
    const auto at = line.find(kMark);
    if (at == std::string::npos) continue;
    const std::string rest = line.substr(at + kMark.size());
    scanned.push_back(rest.substr(0, rest.find(' ')));
  }
  return scanned;
}

}  // namespace detail

// The query plan must find its rows through indexes, without reading a whole table. Parameters stay as they are
// (":id"). Small tables that are read as a whole on purpose are named in `may_scan`: by table and, for SQLite, by the
// alias that the query gives it.
inline void expect_indexed(Session& session, std::string_view query,
                           std::initializer_list<std::string_view> may_scan = {}) {
  const auto scanned = session.engine() == Engine::kSqlite ? detail::scanned_sqlite(session, query)
                                                           : detail::scanned_postgres(session, query);
  for (const std::string& table : scanned) {
    const bool allowed = std::find(may_scan.begin(), may_scan.end(), table) != may_scan.end();
    EXPECT_TRUE(allowed) << "reads all of " << table << ": " << query;
  }
}

// Pieces of queries that read tables whole on purpose.
inline constexpr std::array kWholeTables = {
    // What an administrator asks to see of the whole server.
    std::string_view("SELECT (SELECT count(*) FROM users WHERE deleted_at = 0), (SELECT count(*) FROM rooms"),
    // What tests themselves ask, of tables of their own and of everything that there is.
    std::string_view(" things"), std::string_view(" notes"), std::string_view(" one"),
    std::string_view("SELECT count(*) FROM search_documents"), std::string_view("SELECT count(*) FROM mentions"),
    std::string_view("LIKE '%secret%'")};

inline void expect_plans_indexed(Session& session, const std::set<std::string>& queries) {
  for (const std::string& query : queries) {
    const auto scanned = session.engine() == Engine::kSqlite ? detail::scanned_sqlite(session, query)
                                                             : detail::scanned_postgres(session, query);
    for (const std::string& table : scanned) {
      const bool on_purpose = std::ranges::any_of(
          kWholeTables, [&](std::string_view piece) { return query.find(piece) != std::string::npos; });
      EXPECT_TRUE(on_purpose) << "reads all of " << table << ": " << query;
    }
  }
}

inline void PrintTo(Engine engine, std::ostream* out) { *out << (engine == Engine::kSqlite ? "sqlite" : "postgres"); }
inline std::string engine_name(Engine engine) { return engine == Engine::kSqlite ? "sqlite" : "postgres"; }

#define STORE_TEST_BOTH_ENGINES(fixture)                                                                            \
  INSTANTIATE_TEST_SUITE_P(Engines, fixture,                                                                        \
                           ::testing::Values(::parley::store::Engine::kSqlite, ::parley::store::Engine::kPostgres), \
                           [](const auto& row) { return ::parley::store::engine_name(row.param); })

}  // namespace parley::store

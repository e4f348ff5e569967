// Tests of the store run on both engines, each on a database of its own:
//
//   class UserStore : public StoreTest {};
//   STORE_TEST_BOTH_ENGINES(UserStore);
//   TEST_P(UserStore, FindsByEmail) {
//     write([](Session& s) -> Result<void, Error> { … });
//   }
//
// PostgreSQL comes from PARLEY_TEST_POSTGRES (the URL of a superuser of a cluster that may be thrown away), or else
// from tools/postgres, which starts one when none runs.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "store/database.h"
#include "store/session.h"

namespace parley::store {

// A fresh, empty database of an engine; dropped when it goes.
class TestDatabase {
 public:
  explicit TestDatabase(Engine engine);
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;
  ~TestDatabase();
  [[nodiscard]] const std::string& url() const { return url_; }

 private:
  Engine engine_;
  std::string name_;
  std::string url_;
};

// URL of the cluster's superuser; starts the cluster where need be.
[[nodiscard]] std::string postgres_test_url();
// The same URL with another database name.
[[nodiscard]] std::string with_database(std::string_view url, std::string_view database);

class StoreTest : public ::testing::TestWithParam<Engine> {
 protected:
  StoreTest();
  ~StoreTest() override;

  // Time stands still until a test moves it.
  TimePoint now{std::chrono::seconds(1'800'000'000)};

  [[nodiscard]] Engine engine() const { return GetParam(); }
  [[nodiscard]] Database& db() { return *db_; }
  [[nodiscard]] boost::asio::io_context& io() { return io_; }
  [[nodiscard]] const std::string& url() const { return home_.url(); }

  // Runs a job to its end; fails the test when the answer is an Error.
  template <class F>
  auto write(F job) {
    auto answer = db_->write_now(std::move(job));
    EXPECT_TRUE(answer.has_value()) << answer.error().code << ": " << answer.error().message;
    return answer;
  }
  template <class F>
  auto read(F job) {
    auto answer = db_->read_now(std::move(job));
    EXPECT_TRUE(answer.has_value()) << answer.error().code << ": " << answer.error().message;
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

  // Closes and opens the database again, as a restart of the server does.
  void reopen();

 private:
  TestDatabase home_;
  boost::asio::io_context io_;
  std::unique_ptr<Database> db_;
};

// The query plan must find its rows through indexes on either engine, without reading a whole table. Parameters stay as
// they are (":id"). Small tables that are read as a whole on purpose are named in `may_scan`.
void expect_indexed(Session& session, std::string_view query, std::initializer_list<std::string_view> may_scan = {});

inline void PrintTo(Engine engine, std::ostream* out) { *out << (engine == Engine::kSqlite ? "sqlite" : "postgres"); }
inline std::string engine_name(const ::testing::TestParamInfo<Engine>& info) {
  return info.param == Engine::kSqlite ? "sqlite" : "postgres";
}

#define STORE_TEST_BOTH_ENGINES(fixture)                                                            \
  INSTANTIATE_TEST_SUITE_P(Engines, fixture, ::testing::Values(Engine::kSqlite, Engine::kPostgres), \
                           [](const auto& info) { return ::parley::store::engine_name(info); })

}  // namespace parley::store

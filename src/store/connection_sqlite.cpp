#include <soci/sqlite3/soci-sqlite3.h>

#include <cstdint>

#include "store/connection.h"

namespace parley::store::detail {

namespace {

class SqliteConnection final : public Connection {
 public:
  SqliteConnection(std::unique_ptr<soci::session> sql, Access access) : Connection(std::move(sql)) {
    handle_ = static_cast<soci::sqlite3_session_backend*>(this->sql().get_backend())->conn_;
    sqlite_api::sqlite3_extended_result_codes(handle_, 1);
    // FULL: a commit waits until the log is on the disk. A checkpoint each 1,000 pages keeps the log near 4 MiB.
    script(
        "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 1000;");
    if (access == Access::kRead) script("PRAGMA query_only = ON;");
  }
  // Statements go before the handle that they belong to.
  ~SqliteConnection() override { forget_statements(); }

  [[nodiscard]] Engine engine() const override { return Engine::kSqlite; }

  void script(const std::string& statements) override {
    char* text = nullptr;
    const int code = sqlite_api::sqlite3_exec(handle_, statements.c_str(), nullptr, nullptr, &text);
    const std::string message = text == nullptr ? "SQLite failed" : text;
    sqlite_api::sqlite3_free(text);
    if (code != SQLITE_OK) throw sqlite_error(code, message);
  }
  // Takes the write lock at once: a transaction that asks for it later may be refused in the middle.
  void begin_write() override { script("BEGIN IMMEDIATE"); }
  void begin_read() override { script("BEGIN DEFERRED"); }
  [[nodiscard]] bool in_transaction() const override { return sqlite_api::sqlite3_get_autocommit(handle_) == 0; }
  [[nodiscard]] bool spoiled() const override { return !in_transaction(); }
  [[nodiscard]] bool lost() const override { return false; }

  [[nodiscard]] SqlError describe(const soci::soci_error& error) const override {
    const auto* known = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
    if (known == nullptr) return {SqlFailure::kOther, error.get_error_message()};
    // SOCI keeps the code without its upper bits in places; the connection has all of them until the next call.
    const int now = sqlite_api::sqlite3_extended_errcode(handle_);
    const int code = (now & 0xff) == (known->result() & 0xff) ? now : known->result();
    return sqlite_error(code, error.get_error_message());
  }
  void reset(soci::statement& statement) noexcept override {
    auto* backend = static_cast<soci::sqlite3_statement_backend*>(statement.get_backend());
    if (backend != nullptr && backend->stmt_ != nullptr) sqlite_api::sqlite3_reset(backend->stmt_);
  }

 private:
  sqlite_api::sqlite3* handle_ = nullptr;
};

}  // namespace

std::unique_ptr<Connection> open_sqlite(const Url& url, Access access) {
  try {
    soci::connection_parameters parameters(soci::sqlite3, "dbname=\"" + url.path + "\" timeout=5");
    return std::make_unique<SqliteConnection>(std::make_unique<soci::session>(parameters), access);
  } catch (const soci::soci_error& error) {
    throw SqlError(SqlFailure::kDisk, error.get_error_message());
  }
}

}  // namespace parley::store::detail

#include "store/migrate.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/log.h"

namespace parley::store::detail {

namespace {

// "parley", as the number of PostgreSQL's advisory lock.
constexpr std::string_view kLock = "SELECT pg_advisory_xact_lock(123585930945913)";

void begin_alone(Connection& connection) {
  if (connection.engine() == Engine::kSqlite) {
    connection.script("BEGIN EXCLUSIVE");
  } else {
    connection.script("BEGIN");
    connection.script(std::string(kLock));
  }
}

Result<void, Error> apply(Connection& connection, std::span<const Migration* const> migrations, std::int64_t now_ms) {
  Session session(connection, now_ms);
  session.script(
      "CREATE TABLE IF NOT EXISTS schema_migrations"
      " (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)");
  const auto applied = session.rows<int>("SELECT number FROM schema_migrations ORDER BY number");
  const int newest = migrations.empty() ? 0 : migrations.back()->number;
  if (!applied.empty() && applied.back() > newest) {
    return Error{"failed_precondition",
                 "the database is newer than this program: it has schema " + std::to_string(applied.back()) +
                     ", this program knows " + std::to_string(newest) +
                     "; install the version that wrote it, or a later one",
                 "database.url"};
  }
  for (const Migration* migration : migrations) {
    if (std::ranges::binary_search(applied, migration->number)) continue;
    session.script(connection.engine() == Engine::kSqlite ? migration->sqlite_sql : migration->postgres_sql);
    session.exec("INSERT INTO schema_migrations (number, name, applied_at) VALUES (:number, :name, :at)",
                 migration->number, migration->name, now_ms);
    log::info("store", "schema brought up to date", {{"step", migration->number}, {"name", migration->name}});
  }
  return {};
}

}  // namespace

Result<void, Error> migrate(Connection& connection, std::span<const Migration* const> migrations, std::int64_t now_ms) {
  begin_alone(connection);
  try {
    auto answer = apply(connection, migrations, now_ms);
    connection.script(answer ? "COMMIT" : "ROLLBACK");
    return answer;
  } catch (const SqlError&) {
    if (connection.in_transaction()) connection.script("ROLLBACK");
    throw;
  }
}

}  // namespace parley::store::detail

#include "store/schema.h"

#include <tuple>

namespace parley::store::detail {

namespace {

constexpr std::string_view kSqliteTables =
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND substr(name, 1, 7) <> 'sqlite_'"
    " AND name <> 'schema_migrations' ORDER BY name";
constexpr std::string_view kPostgresTables =
    "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema()"
    " AND table_type = 'BASE TABLE' AND table_name <> 'schema_migrations' ORDER BY table_name";

// hidden: columns that are computed.
constexpr std::string_view kSqliteColumns =
    "SELECT name, lower(type) FROM pragma_table_xinfo(:table) WHERE hidden = 0 ORDER BY cid";
constexpr std::string_view kPostgresColumns =
    "SELECT column_name::text, data_type::text FROM information_schema.columns WHERE table_schema = current_schema()"
    " AND table_name = :table AND is_generated = 'NEVER' ORDER BY ordinal_position";

}  // namespace

std::vector<TableShape> tables(Session& session) {
  const bool sqlite = session.engine() == Engine::kSqlite;
  std::vector<TableShape> all;
  for (std::string& name : session.rows<std::string>(sqlite ? kSqliteTables : kPostgresTables)) {
    TableShape table{.name = std::move(name), .columns = {}, .types = {}};
    using Column = std::tuple<std::string, std::string>;
    for (auto& [column, type] : session.rows<Column>(sqlite ? kSqliteColumns : kPostgresColumns, table.name)) {
      if (type != "text" && type != "integer" && type != "bigint") continue;
      table.columns.push_back(std::move(column));
      table.types.push_back(type == "text" ? ColumnType::kText : ColumnType::kInteger);
    }
    all.push_back(std::move(table));
  }
  return all;
}

std::string quoted(const std::string& identifier) { return '"' + identifier + '"'; }

std::string column_list(const std::vector<std::string>& columns) {
  std::string list;
  for (const std::string& column : columns) {
    if (!list.empty()) list += ", ";
    list += quoted(column);
  }
  return list;
}

}  // namespace parley::store::detail

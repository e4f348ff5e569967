// What tables a database has, for backup and restore. Inside the store only.
#pragma once

#include <string>
#include <vector>

#include "store/session.h"

namespace parley::store::detail {

struct TableShape {
  std::string name;
  std::vector<std::string> columns;
  std::vector<ColumnType> types;  // text or integer
};

// The product's tables by name, without schema_migrations, and without what the engine derives from others: search
// indexes, columns that are no text or integer.
[[nodiscard]] std::vector<TableShape> tables(Session& session);
// "a", "b": quoted and joined.
[[nodiscard]] std::string column_list(const std::vector<std::string>& columns);
[[nodiscard]] std::string quoted(const std::string& identifier);

}  // namespace parley::store::detail

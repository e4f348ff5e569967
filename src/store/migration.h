// The schema, as numbered steps that are built into the program (src/store/migrations/NNNN_<name>.cpp).
#pragma once

#include <span>
#include <string_view>

namespace parley::store {

// One step. Each text holds any number of statements; it runs in one transaction with all other missing steps.
struct Migration {
  int number;
  std::string_view name;
  std::string_view sqlite_sql;
  std::string_view postgres_sql;
};

// In ascending order of number. A file of src/store/migrations/ stands in the list of migrations/all.cpp.
[[nodiscard]] std::span<const Migration* const> all_migrations();

}  // namespace parley::store

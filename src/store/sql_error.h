// What a database can answer instead of rows. Thrown inside jobs; the Database turns it into an Error.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/result.h"

namespace parley::store {

enum class SqlFailure : std::uint8_t {
  kLost,        // the connection broke or cannot be made: worth another try later
  kBusy,        // another program holds the lock, or two transactions met: worth another try
  kDisk,        // full or failing
  kUnique,      // a UNIQUE or PRIMARY KEY
  kConstraint,  // a reference, CHECK or NOT NULL
  kText,        // text that the database cannot hold (NUL, broken UTF-8)
  kOther,       // a mistake in a query
};

class SqlError : public std::runtime_error {
 public:
  SqlError(SqlFailure failure, const std::string& message, std::string column = {})
      : std::runtime_error(message), failure_(failure), column_(std::move(column)) {}
  [[nodiscard]] SqlFailure failure() const { return failure_; }
  // Of kUnique where there is exactly one: the column's name.
  [[nodiscard]] const std::string& column() const { return column_; }

 private:
  SqlFailure failure_;
  std::string column_;
};

// As the job's caller sees it. The text of the database goes to the log, not to clients: it may quote their data.
[[nodiscard]] Error to_error(const SqlError& error);

// (SQLite) extended result code; (PostgreSQL) SQLSTATE. `message` is the engine's own text.
[[nodiscard]] SqlError sqlite_error(int code, const std::string& message);
[[nodiscard]] SqlError postgres_error(std::string_view sqlstate, const std::string& message);

}  // namespace parley::store

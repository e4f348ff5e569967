#include "store/sql_error.h"

#include <cctype>

namespace parley::store {

namespace {

// Result codes of SQLite (sqlite.org/rescode.html); their low byte is the family.
constexpr int kSqliteBusy = 5;
constexpr int kSqliteLocked = 6;
constexpr int kSqliteReadOnly = 8;
constexpr int kSqliteIoError = 10;
constexpr int kSqliteFull = 13;
constexpr int kSqliteCannotOpen = 14;
constexpr int kSqliteConstraint = 19;
constexpr int kSqlitePrimaryKey = 1555;
constexpr int kSqliteUnique = 2067;

// "client_id" as JSON names it: "clientId".
std::string camel_case(std::string_view snake) {
  std::string out;
  bool upper = false;
  for (const char c : snake) {
    if (c == '_') {
      upper = true;
    } else {
      out += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
      upper = false;
    }
  }
  return out;
}

// "UNIQUE constraint failed: users.email": "email". Several columns, or an index by name: empty.
std::string sqlite_column(std::string_view message) {
  constexpr std::string_view kMark = "constraint failed: ";
  const auto at = message.find(kMark);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = message.substr(at + kMark.size());
  const auto dot = rest.find('.');
  if (dot == std::string_view::npos || rest.find(',') != std::string_view::npos) return {};
  const std::string_view column = rest.substr(dot + 1);
  return std::string(column.substr(0, column.find_first_of(" \n")));
}

// "… Key (email)=(ada@example.org) already exists.": "email". An expression, "lower(email)", gives nothing.
std::string postgres_column(std::string_view message) {
  constexpr std::string_view kMark = "Key (";
  const auto at = message.find(kMark);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = message.substr(at + kMark.size());
  const std::string_view column = rest.substr(0, rest.find(")="));
  return column.find_first_of(", (") == std::string_view::npos ? std::string(column) : std::string();
}

}  // namespace

SqlError sqlite_error(int code, const std::string& message) {
  if (code == kSqliteUnique || code == kSqlitePrimaryKey) {
    return {SqlFailure::kUnique, message, sqlite_column(message)};
  }
  switch (code & 0xff) {
    case kSqliteBusy:
    case kSqliteLocked:
      return {SqlFailure::kBusy, message};
    case kSqliteReadOnly:
    case kSqliteIoError:
    case kSqliteFull:
    case kSqliteCannotOpen:
      return {SqlFailure::kDisk, message};
    case kSqliteConstraint:
      return {SqlFailure::kConstraint, message};
    default:
      return {SqlFailure::kOther, message};
  }
}

SqlError postgres_error(std::string_view sqlstate, const std::string& message) {
  const std::string_view family = sqlstate.substr(0, 2);
  if (sqlstate == "23505") return {SqlFailure::kUnique, message, postgres_column(message)};
  if (family == "23") return {SqlFailure::kConstraint, message};
  if (sqlstate == "40001" || sqlstate == "40P01" || sqlstate == "55P03") return {SqlFailure::kBusy, message};
  if (sqlstate == "53100" || family == "58") return {SqlFailure::kDisk, message};
  // 08: the connection; 57P0x: the server stops, has crashed or starts; 53300: no connection is free.
  if (family == "08" || sqlstate.starts_with("57P0") || sqlstate == "53300") return {SqlFailure::kLost, message};
  if (sqlstate == "22021" || sqlstate == "22P05") return {SqlFailure::kText, message};
  return {SqlFailure::kOther, message};
}

Error to_error(const SqlError& error) {
  switch (error.failure()) {
    case SqlFailure::kLost:
      return {"unavailable", "the database cannot be reached", {}};
    case SqlFailure::kBusy:
      return {"unavailable", "the database is locked by another program", {}};
    case SqlFailure::kDisk:
      return {"unavailable", "the database cannot write: its disk is full or failing", {}};
    case SqlFailure::kUnique:
      return {"already_exists", "such an entry exists already", camel_case(error.column())};
    case SqlFailure::kConstraint:
      return {"failed_precondition", "what this refers to does not exist, or is still referred to", {}};
    case SqlFailure::kText:
      return {"invalid_argument", "a text holds characters that cannot be stored", {}};
    case SqlFailure::kOther:
      break;
  }
  return {"internal", "the database refused a query; the server's log tells more", {}};
}

}  // namespace parley::store

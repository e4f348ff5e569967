#include <algorithm>
#include <boost/crc.hpp>
#include <boost/json.hpp>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "store/backup.h"
#include "store/connection.h"
#include "store/migrate.h"
#include "store/schema.h"
#include "store/search.h"

namespace parley::store {

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

// The table that each engine indexes in its own way: its rows are indexed anew.
constexpr std::string_view kSearch = "search_documents";

struct Damaged {
  std::string what;
};

std::int64_t wall_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// Line by line, with the check sum of what was read so far.
class Input {
 public:
  explicit Input(const fs::path& file) : in_(file, std::ios::binary) {}
  [[nodiscard]] bool is_open() const { return in_.is_open(); }

  // A line after the last one is damage: a backup tells where it ends.
  json::value next() {
    ++number_;
    crc_before_ = crc_.checksum();
    if (!std::getline(in_, line_)) throw Damaged{"it ends early"};
    crc_.process_bytes(line_.data(), line_.size());
    crc_.process_byte('\n');
    json::error_code failed;
    json::parse_options options;
    options.allow_invalid_utf8 = true;
    json::value value = json::parse(line_, failed, {}, options);
    if (failed) throw Damaged{"line " + std::to_string(number_) + " is no JSON"};
    return value;
  }
  // Of everything before the line that next() gave last.
  [[nodiscard]] std::uint32_t crc_before() const { return crc_before_; }

 private:
  std::ifstream in_;
  std::string line_;
  std::uint64_t number_ = 0;
  boost::crc_32_type crc_;
  std::uint32_t crc_before_ = 0;
};

Result<int, Error> schema_of(const json::value& head) {
  const json::object* object = head.if_object();
  const json::value* format = object == nullptr ? nullptr : object->if_contains("format");
  const json::value* version = object == nullptr ? nullptr : object->if_contains("version");
  const json::value* schema = object == nullptr ? nullptr : object->if_contains("schema");
  if (format == nullptr || *format != "parley-backup" || version == nullptr || schema == nullptr ||
      !schema->is_int64()) {
    return Error{"invalid_argument", "this is no backup of Parley", "file"};
  }
  const int newest = all_migrations().back()->number;
  if (*version != 1 || schema->get_int64() > newest) {
    return Error{"failed_precondition",
                 "the backup is newer than this program; restore it with the version that wrote it, or a later one",
                 "file"};
  }
  return static_cast<int>(schema->get_int64());
}

// Rows refer to others that come later in the file, so references are checked at the end.
class ReferencesOff {
 public:
  explicit ReferencesOff(Session& session) : session_(session) {
    if (session.engine() == Engine::kSqlite) return;  // before the transaction: see load()
    using Reference = std::tuple<std::string, std::string, std::string>;
    for (const auto& [table, name, definition] : session.rows<Reference>(
             "SELECT conrelid::regclass::text, conname::text, pg_get_constraintdef(oid) FROM pg_constraint"
             " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY oid")) {
      session.script("ALTER TABLE " + table + " DROP CONSTRAINT " + detail::quoted(name));
      again_.push_back("ALTER TABLE " + table + " ADD CONSTRAINT " + detail::quoted(name) + " " + definition);
    }
  }
  void check() {
    if (session_.engine() == Engine::kSqlite) {
      if (session_.row<std::string>("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1")) {
        throw Damaged{"rows refer to others that are missing"};
      }
    }
    for (const std::string& statement : again_) session_.script(statement);
  }

 private:
  Session& session_;
  std::vector<std::string> again_;
};

Params params_of(const json::array& row) {
  Params params;
  params.reserve(row.size());
  for (const json::value& value : row) {
    if (value.is_string()) {
      params.emplace_back(std::string_view(value.get_string()));
    } else if (value.is_int64()) {
      params.emplace_back(value.get_int64());
    } else if (value.is_null()) {
      params.emplace_back(nullptr);
    } else {
      throw Damaged{"a row holds what no column can"};
    }
  }
  return params;
}

// Puts the rows of one table in.
class TableLoader {
 public:
  TableLoader(Session& session, const json::object& head, const std::vector<detail::TableShape>& known)
      : session_(session) {
    const json::value* name = head.if_contains("table");
    const json::value* columns = head.if_contains("columns");
    if (name == nullptr || !name->is_string() || columns == nullptr || !columns->is_array()) {
      throw Damaged{"a table has no name or no columns"};
    }
    table_ = std::string(name->get_string());
    const auto shape = std::ranges::find(known, table_, &detail::TableShape::name);
    if (shape == known.end()) throw Damaged{"there is no table " + table_ + " in its schema"};
    std::string values;
    for (const json::value& column : columns->get_array()) {
      if (!column.is_string()) throw Damaged{"a column has no name"};
      columns_.emplace_back(column.get_string());
      // Names go into the statement: only those that the schema has.
      if (std::ranges::find(shape->columns, columns_.back()) == shape->columns.end()) {
        throw Damaged{"there is no column " + columns_.back() + " in " + table_};
      }
      if (!values.empty()) values += ", ";
      values += ":c" + std::to_string(columns_.size());
    }
    insert_ =
        "INSERT INTO " + detail::quoted(table_) + " (" + detail::column_list(columns_) + ") VALUES (" + values + ")";
  }

  void add(const json::array& row) {
    if (row.size() != columns_.size()) throw Damaged{"a row of " + table_ + " has not as many values as columns"};
    if (table_ == kSearch) {
      index(row);
    } else {
      session_.exec(insert_, params_of(row));
    }
  }

 private:
  template <class T>
  T field(const json::array& row, std::string_view column) const {
    const auto at = std::ranges::find(columns_, column);
    if (at == columns_.end()) return T{};
    const json::value& value = row[static_cast<std::size_t>(at - columns_.begin())];
    if constexpr (std::is_same_v<T, std::string>) {
      return value.is_string() ? std::string(value.get_string()) : std::string();
    } else {
      return static_cast<T>(value.is_int64() ? value.get_int64() : 0);
    }
  }
  void index(const json::array& row) {
    SearchDocument document;
    document.kind = field<std::string>(row, "kind");
    document.ref_id = field<std::string>(row, "ref_id");
    document.room_id = field<std::string>(row, "room_id");
    document.message_id = field<std::string>(row, "message_id");
    document.sender_id = field<std::string>(row, "sender_id");
    document.created_at = field<std::int64_t>(row, "created_at");
    document.body = field<std::string>(row, "body");
    document.has_file = field<std::int64_t>(row, "has_file") != 0;
    document.has_link = field<std::int64_t>(row, "has_link") != 0;
    document.has_image = field<std::int64_t>(row, "has_image") != 0;
    if (const auto done = index_document(session_, document); !done) throw Damaged{done.error().message};
  }

  Session& session_;
  std::string table_;
  std::vector<std::string> columns_;
  std::string insert_;
};

bool is_empty(Session& session, const std::vector<detail::TableShape>& known) {
  return std::ranges::none_of(known, [&](const detail::TableShape& table) {
    return session.row<int>("SELECT 1 FROM " + detail::quoted(table.name) + " LIMIT 1").has_value();
  });
}

BackupReport load_rows(Session& session, Input& in, const std::vector<detail::TableShape>& known) {
  BackupReport report;
  std::optional<TableLoader> table;
  for (;;) {
    const json::value line = in.next();
    if (const json::array* row = line.if_array()) {
      if (!table) throw Damaged{"a row comes before its table"};
      table->add(*row);
      ++report.rows;
      continue;
    }
    const json::object* object = line.if_object();
    if (object == nullptr) throw Damaged{"a line is neither a row nor a table"};
    if (object->contains("table")) {
      table.emplace(session, *object, known);
      ++report.tables;
      continue;
    }
    const json::value* rows = object->if_contains("rows");
    const json::value* crc = object->if_contains("crc32");
    if (rows == nullptr || crc == nullptr || *rows != report.rows || *crc != in.crc_before()) {
      throw Damaged{"its check sum does not fit"};
    }
    return report;
  }
}

Result<BackupReport, Error> load(detail::Connection& connection, Input& in) {
  if (connection.engine() == Engine::kSqlite) connection.script("PRAGMA foreign_keys = OFF");
  connection.begin_write();
  Session session(connection, wall_ms());
  const std::vector<detail::TableShape> known = detail::tables(session);
  if (!is_empty(session, known)) {
    connection.script("ROLLBACK");
    return Error{"failed_precondition", "the database is not empty; restore into a new one", "database.url"};
  }
  ReferencesOff references(session);
  BackupReport report = load_rows(session, in, known);
  references.check();
  connection.script("COMMIT");
  return report;
}

Result<BackupReport, Error> restore_into(const Url& url, const fs::path& file) {
  Input in(file);
  if (!in.is_open()) return Error{"not_found", file.string() + " cannot be read", "file"};
  const auto schema = schema_of(in.next());
  if (!schema) return schema.error();
  const auto connection = detail::Connection::open(url, detail::Access::kWrite);
  // As the database was when the backup was taken, then the steps that came since.
  const auto all = all_migrations();
  const auto upto = std::ranges::find_if(all, [&](const Migration* step) { return step->number > *schema; });
  const auto then = all.first(static_cast<std::size_t>(upto - all.begin()));
  if (const auto migrated = detail::migrate(*connection, then, wall_ms()); !migrated) return migrated.error();
  auto report = load(*connection, in);
  if (!report) return report;
  report->schema = *schema;
  std::error_code ignored;
  report->bytes = fs::file_size(file, ignored);
  if (const auto migrated = detail::migrate(*connection, all, wall_ms()); !migrated) return migrated.error();
  return report;
}

}  // namespace

Result<BackupReport, Error> restore(const std::string& url, const fs::path& file) {
  auto parsed = parse_url(url);
  if (!parsed) return parsed.error();
  if (parsed->engine == Engine::kSqlite && parsed->path.empty()) {
    return Error{"invalid_argument", "database.url names no file to restore into", "database.url"};
  }
  try {
    const fs::path folder = fs::path(parsed->path).parent_path();
    std::error_code ignored;
    if (!folder.empty()) fs::create_directories(folder, ignored);
    return restore_into(*parsed, file);
  } catch (const SqlError& error) {
    const bool content = error.failure() == SqlFailure::kConstraint || error.failure() == SqlFailure::kUnique ||
                         error.failure() == SqlFailure::kText;
    return Error{content ? "invalid_argument" : "unavailable",
                 std::string("the backup cannot be restored: ") + error.what(), content ? "file" : "database.url"};
  } catch (const Damaged& damaged) {
    return Error{"invalid_argument", file.string() + " is damaged: " + damaged.what, "file"};
  }
}

}  // namespace parley::store

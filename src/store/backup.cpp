#include "store/backup.h"

#include <fcntl.h>
#include <unistd.h>

#include <boost/crc.hpp>
#include <boost/json.hpp>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>
#include <vector>

#include "base/iso_time.h"
#include "store/connection.h"
#include "store/schema.h"

namespace parley::store {

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

constexpr std::size_t kBufferBytes = 1U << 20U;
// Rows that PostgreSQL sends at a time.
constexpr std::string_view kFetch = "FETCH 1000 FROM ";

class DiskError : public std::system_error {
  using std::system_error::system_error;
};

// A file that has its name only once it is whole.
class Output {
 public:
  explicit Output(fs::path file) : file_(std::move(file)), part_(file_.string() + ".part") {
    descriptor_ = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor_ < 0) fail();
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() {
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    ::unlink(part_.c_str());
  }

  void line(const json::value& value) {
    buffer_ += json::serialize(value);
    buffer_ += '\n';
    if (buffer_.size() >= kBufferBytes) flush();
  }
  [[nodiscard]] std::uint32_t crc() {
    flush();
    return crc_.checksum();
  }
  void finish() {
    flush();
    if (::fsync(descriptor_) != 0) fail();
    ::close(std::exchange(descriptor_, -1));
    // Not over a file that came in the meantime.
    if (::link(part_.c_str(), file_.c_str()) != 0) fail();
    ::unlink(part_.c_str());
    const fs::path folder = file_.has_parent_path() ? file_.parent_path() : fs::path(".");
    const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory >= 0) {
      ::fsync(directory);
      ::close(directory);
    }
  }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  [[noreturn]] static void fail() { throw DiskError(errno, std::generic_category()); }
  void flush() {
    crc_.process_bytes(buffer_.data(), buffer_.size());
    bytes_ += buffer_.size();
    for (std::size_t done = 0; done < buffer_.size();) {
      const ssize_t written = ::write(descriptor_, buffer_.data() + done, buffer_.size() - done);
      if (written < 0 && errno != EINTR) fail();
      if (written > 0) done += static_cast<std::size_t>(written);
    }
    buffer_.clear();
  }

  fs::path file_;
  fs::path part_;
  int descriptor_ = -1;
  std::string buffer_;
  std::uint64_t bytes_ = 0;
  boost::crc_32_type crc_;
};

json::array row_of(Cursor& cursor, const std::vector<ColumnType>& types) {
  json::array row;
  row.reserve(types.size());
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (cursor.is_null(i)) {
      row.emplace_back(nullptr);
    } else if (types[i] == ColumnType::kText) {
      row.emplace_back(cursor.text(i));
    } else {
      row.emplace_back(cursor.integer(i));
    }
  }
  return row;
}

std::uint64_t write_rows(Session& session, std::string_view query, const detail::TableShape& table, Output& out) {
  std::uint64_t rows = 0;
  for (Cursor cursor = session.open(query, {}, table.types); cursor.next(); ++rows)
    out.line(row_of(cursor, table.types));
  return rows;
}

// By the first column, which leads the primary key: search documents keep their order.
std::uint64_t write_table(Session& session, const detail::TableShape& table, Output& out) {
  json::array columns(table.columns.begin(), table.columns.end());
  out.line(json::object{{"table", table.name}, {"columns", std::move(columns)}});
  const std::string query =
      "SELECT " + detail::column_list(table.columns) + " FROM " + detail::quoted(table.name) + " ORDER BY 1";
  if (session.engine() == Engine::kSqlite) return write_rows(session, query, table, out);
  // Without a cursor libpq would take the whole table into memory.
  const std::string cursor = detail::quoted("backup_" + table.name);
  session.script("DECLARE " + cursor + " NO SCROLL CURSOR FOR " + query);
  std::uint64_t rows = 0;
  for (;;) {
    const std::uint64_t more = write_rows(session, std::string(kFetch) + cursor, table, out);
    if (more == 0) break;
    rows += more;
  }
  session.script("CLOSE " + cursor);
  return rows;
}

BackupReport write_backup(detail::Connection& connection, Output& out) {
  const auto now =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  Session session(connection, now);
  BackupReport report;
  report.schema = session.value<int>("SELECT COALESCE(MAX(number), 0) FROM schema_migrations").value_or(0);
  out.line(json::object{{"format", "parley-backup"},
                        {"version", 1},
                        {"schema", report.schema},
                        {"engine", session.engine() == Engine::kSqlite ? "sqlite" : "postgresql"},
                        {"createdAt", to_iso(now)}});
  for (const detail::TableShape& table : detail::tables(session)) {
    report.rows += write_table(session, table, out);
    ++report.tables;
  }
  const std::uint32_t crc = out.crc();
  out.line(json::object{{"rows", report.rows}, {"crc32", crc}});
  return report;
}

}  // namespace

Result<BackupReport, Error> backup(const std::string& url, const fs::path& file) {
  const auto parsed = parse_url(url);
  if (!parsed) return parsed.error();
  std::error_code ignored;
  if (fs::exists(file, ignored)) return Error{"already_exists", file.string() + " exists already", "file"};
  if (parsed->engine == Engine::kSqlite && !fs::exists(parsed->path, ignored)) {
    return Error{"unavailable", "there is no database at " + parsed->shown, "database.url"};
  }
  try {
    const auto connection = detail::Connection::open(*parsed, detail::Access::kRead);
    connection->begin_read();
    Output out(file);
    BackupReport report = write_backup(*connection, out);
    out.finish();
    report.bytes = out.bytes();
    connection->script("ROLLBACK");
    return report;
  } catch (const SqlError& error) {
    return Error{"unavailable", "the database at " + parsed->shown + " cannot be read: " + error.what(),
                 "database.url"};
  } catch (const DiskError& error) {
    return Error{"unavailable", file.string() + " cannot be written: " + error.code().message(), "file"};
  }
}

}  // namespace parley::store

#include "store/connection.h"

#include <algorithm>

#include "store/statement.h"

namespace parley::store::detail {

namespace {

// The product has some 300 queries; what is put together at run time (searches) comes on top.
constexpr std::size_t kMaxStatements = 512;

}  // namespace

Connection::Connection(std::unique_ptr<soci::session> sql) : sql_(std::move(sql)) {}
Connection::~Connection() { forget_statements(); }

void Connection::forget_statements() noexcept { statements_.clear(); }

std::unique_ptr<Connection> Connection::open(const Url& url, Access access) {
  return url.engine == Engine::kSqlite ? open_sqlite(url, access) : open_postgres(url, access);
}

std::shared_ptr<Statement> Connection::statement(std::string_view query, std::span<const Param> params,
                                                 std::span<const ColumnType> columns) {
  if (const auto known = statements_.find(query); known != statements_.end()) {
    // Within its own rows a query needs a second statement.
    if (known->second->in_use) return std::make_shared<Statement>(*this, query, params, columns);
    if (known->second->fits(params, columns)) {
      known->second->used_at = ++uses_;
      return known->second;
    }
    statements_.erase(known);
  }
  auto made = std::make_shared<Statement>(*this, query, params, columns);
  made->used_at = ++uses_;
  if (on_prepare_) on_prepare_(query);
  make_room();
  statements_.emplace(query, made);
  return made;
}

void Connection::make_room() {
  if (statements_.size() < kMaxStatements) return;
  const auto oldest = std::ranges::min_element(
      statements_, [](const auto& a, const auto& b) { return a.second->used_at < b.second->used_at; });
  statements_.erase(oldest);
}

}  // namespace parley::store::detail

namespace parley::store {

Cursor::Cursor(std::shared_ptr<detail::Statement> statement) : statement_(std::move(statement)) {
  statement_->in_use = true;
}
Cursor::~Cursor() {
  if (!statement_) return;
  statement_->reset();
  statement_->in_use = false;
}
bool Cursor::next() { return statement_->next(); }
bool Cursor::is_null(std::size_t column) const { return statement_->is_null(column); }
std::string& Cursor::text(std::size_t column) { return statement_->text(column); }
std::int64_t Cursor::integer(std::size_t column) const { return statement_->integer(column); }
double Cursor::real(std::size_t column) const { return statement_->real(column); }
std::int64_t Cursor::affected() const { return statement_->affected(); }

Engine Session::engine() const { return connection_.engine(); }
soci::session& Session::sql() { return connection_.sql(); }
void Session::script(std::string_view statements) { connection_.script(std::string(statements)); }

Cursor Session::open(std::string_view query, std::span<const Param> params, std::span<const ColumnType> columns) {
  Cursor cursor(connection_.statement(query, params, columns));
  cursor.statement_->execute(params);
  return cursor;
}

}  // namespace parley::store

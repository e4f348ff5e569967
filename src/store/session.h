// What a job sees of the database: one connection within one transaction. Valid only while the job runs.
//
// Queries are plain SQL that both engines understand, with named parameters; they are prepared once per connection and
// kept. Arguments stand in the order in which their names first appear:
//
//   session.exec("UPDATE rooms SET name = :name, updated_at = :now WHERE id = :id", name, session.now_ms(), id);
//   std::optional<User> user = session.row<User>("SELECT id, name, email FROM users WHERE id = :id", id);
//   std::vector<User> all = session.rows<User>("SELECT id, name, email FROM users ORDER BY id LIMIT :n", 50);
//   std::int64_t n = session.value<std::int64_t>("SELECT count(*) FROM users").value_or(0);
//   for tuples: session.rows<std::tuple<std::string, std::int64_t>>("SELECT id, seq FROM …")
//
// A row is a scalar, a std::tuple, or a struct with `auto columns() { return std::tie(id, name, email); }`. Columns are
// std::string, bool, int, std::int64_t, double, or std::optional of these (a NULL anywhere else is an error).
// Arguments are those types, string views, C strings, nullopt and nullptr. On PostgreSQL a parameter whose type the
// query does not tell needs a cast: CAST(:x AS TEXT).
//
// Failures are exceptions (SqlError or what SOCI throws); a job lets them pass: the Database rolls the job back and
// turns them into an Error: a broken UNIQUE into "already_exists" (field: the column), a broken reference or CHECK into
// "failed_precondition".
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace soci {
class session;
}

namespace parley::store {

enum class Engine : std::uint8_t { kSqlite, kPostgres };

// One argument of a query. Text is referred to, not copied: it must outlive the call.
using Param = std::variant<std::nullptr_t, std::int64_t, double, std::string_view>;
// Arguments of a query whose text is put together at run time.
using Params = std::vector<Param>;

enum class ColumnType : std::uint8_t { kText, kInteger, kReal };

namespace detail {

class Connection;
class Statement;

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsTuple : std::false_type {};
template <class... T>
struct IsTuple<std::tuple<T...>> : std::true_type {};

template <class T>
Param to_param(const T& value) {
  using Plain = std::remove_cvref_t<T>;
  if constexpr (std::is_same_v<Plain, Param>) {
    return value;
  } else if constexpr (IsOptional<Plain>::value) {
    return value ? to_param(*value) : Param(nullptr);
  } else if constexpr (std::is_same_v<Plain, std::nullptr_t> || std::is_same_v<Plain, std::nullopt_t>) {
    return nullptr;
  } else if constexpr (std::is_floating_point_v<Plain>) {
    return static_cast<double>(value);
  } else if constexpr (std::is_integral_v<Plain>) {
    return static_cast<std::int64_t>(value);
  } else {
    return std::string_view(value);
  }
}

template <class T>
constexpr ColumnType column_type() {
  if constexpr (IsOptional<T>::value) {
    return column_type<typename T::value_type>();
  } else if constexpr (std::is_same_v<T, std::string>) {
    return ColumnType::kText;
  } else if constexpr (std::is_floating_point_v<T>) {
    return ColumnType::kReal;
  } else {
    static_assert(std::is_integral_v<T>, "a column is text, a number, a bool or std::optional of one");
    return ColumnType::kInteger;
  }
}

}  // namespace detail

// A query that is under way. Takes its statement back to the cache when it goes.
class Cursor {
 public:
  Cursor(Cursor&&) noexcept = default;
  Cursor& operator=(Cursor&&) = delete;
  ~Cursor();

  // Steps to the next row; false: there is none.
  bool next();
  [[nodiscard]] bool is_null(std::size_t column) const;
  // Of the current row; the string may be moved from. Throw when the column is NULL or no number.
  [[nodiscard]] std::string& text(std::size_t column);
  [[nodiscard]] std::int64_t integer(std::size_t column) const;
  [[nodiscard]] double real(std::size_t column) const;
  // Rows that an INSERT, UPDATE or DELETE touched.
  [[nodiscard]] std::int64_t affected() const;

  template <class T>
  void read(std::size_t column, T& out) {
    if constexpr (detail::IsOptional<T>::value) {
      if (is_null(column)) {
        out.reset();
      } else {
        read(column, out.emplace());
      }
    } else if constexpr (std::is_same_v<T, std::string>) {
      out = std::move(text(column));
    } else if constexpr (std::is_same_v<T, bool>) {
      out = integer(column) != 0;
    } else if constexpr (std::is_floating_point_v<T>) {
      out = static_cast<T>(real(column));
    } else {
      out = static_cast<T>(integer(column));
    }
  }

 private:
  friend class Session;
  explicit Cursor(std::shared_ptr<detail::Statement> statement);
  std::shared_ptr<detail::Statement> statement_;
};

class Session {
 public:
  Session(detail::Connection& connection, std::int64_t now_ms) : connection_(connection), now_ms_(now_ms) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  [[nodiscard]] Engine engine() const;
  // When the job began, ms since the Unix epoch.
  [[nodiscard]] std::int64_t now_ms() const { return now_ms_; }
  // For what the helpers below do not offer (include <soci/soci.h>). Nothing made of it is kept prepared.
  [[nodiscard]] soci::session& sql();

  // INSERT, UPDATE, DELETE: the number of rows touched.
  template <class... Args>
  std::int64_t exec(std::string_view query, const Args&... args) {
    return start(query, {}, args...).affected();
  }
  // The first row.
  template <class Row, class... Args>
  std::optional<Row> row(std::string_view query, const Args&... args) {
    Cursor cursor = start(query, columns_of<Row>(), args...);
    if (!cursor.next()) return std::nullopt;
    return read<Row>(cursor);
  }
  template <class Row, class... Args>
  std::vector<Row> rows(std::string_view query, const Args&... args) {
    std::vector<Row> all;
    Cursor cursor = start(query, columns_of<Row>(), args...);
    while (cursor.next()) all.push_back(read<Row>(cursor));
    return all;
  }
  // The only column of the first row; nullopt: no row.
  template <class T, class... Args>
  std::optional<T> value(std::string_view query, const Args&... args) {
    return row<T>(query, args...);
  }
  // Row by row, for what should not stand in memory at once. use: void (Row&&).
  template <class Row, class Use, class... Args>
  void each(std::string_view query, Use use, const Args&... args) {
    Cursor cursor = start(query, columns_of<Row>(), args...);
    while (cursor.next()) use(read<Row>(cursor));
  }

  // What the templates are made of. The cursor has run the query and stands before its first row.
  [[nodiscard]] Cursor open(std::string_view query, std::span<const Param> params, std::span<const ColumnType> columns);
  // Statements without parameters or answers, any number of them, not kept prepared.
  void script(std::string_view statements);

 private:
  template <class... Args>
  Cursor start(std::string_view query, std::span<const ColumnType> columns, const Args&... args) {
    const std::array<Param, sizeof...(Args)> params{detail::to_param(args)...};
    return open(query, params, columns);
  }
  Cursor start(std::string_view query, std::span<const ColumnType> columns, const Params& params) {
    return open(query, params, columns);
  }

  template <class Row>
  static std::span<const ColumnType> columns_of() {
    if constexpr (detail::IsTuple<Row>::value) {
      return types_of_tuple(static_cast<Row*>(nullptr));
    } else if constexpr (requires(Row r) { r.columns(); }) {
      return types_of_ties(static_cast<decltype(std::declval<Row&>().columns())*>(nullptr));
    } else {
      return types_of_tuple(static_cast<std::tuple<Row>*>(nullptr));
    }
  }
  template <class... T>
  static std::span<const ColumnType> types_of_tuple(std::tuple<T...>* /*shape*/) {
    static constexpr std::array<ColumnType, sizeof...(T)> kTypes{detail::column_type<T>()...};
    return kTypes;
  }
  template <class... T>
  static std::span<const ColumnType> types_of_ties(std::tuple<T&...>* /*shape*/) {
    return types_of_tuple(static_cast<std::tuple<T...>*>(nullptr));
  }

  template <class Row>
  static Row read(Cursor& cursor) {
    Row row{};
    if constexpr (detail::IsTuple<Row>::value) {
      read_each(cursor, row, std::make_index_sequence<std::tuple_size_v<Row>>{});
    } else if constexpr (requires(Row r) { r.columns(); }) {
      auto ties = row.columns();
      read_each(cursor, ties, std::make_index_sequence<std::tuple_size_v<decltype(ties)>>{});
    } else {
      cursor.read(0, row);
    }
    return row;
  }
  template <class Tuple, std::size_t... I>
  static void read_each(Cursor& cursor, Tuple& tuple, std::index_sequence<I...> /*which*/) {
    (cursor.read(I, std::get<I>(tuple)), ...);
  }

  detail::Connection& connection_;
  std::int64_t now_ms_;
};

}  // namespace parley::store

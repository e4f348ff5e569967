#include "store/statement.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "store/connection.h"
#include "store/sql_error.h"

namespace parley::store::detail {

namespace {

ColumnType type_of(const Param& param) {
  if (std::holds_alternative<std::int64_t>(param)) return ColumnType::kInteger;
  if (std::holds_alternative<double>(param)) return ColumnType::kReal;
  return ColumnType::kText;
}

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::int64_t integer_of(const std::string& text) {
  // PostgreSQL's booleans.
  if (text == "t") return 1;
  if (text == "f") return 0;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw SqlError(SqlFailure::kOther, "a column that was asked for as a number is none");
  }
  return value;
}

double real_of(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw SqlError(SqlFailure::kOther, "a column that was asked for as a number is none");
  }
  return value;
}

}  // namespace

std::vector<std::string> parameter_names(std::string_view query) {
  std::vector<std::string> names;
  char quote = 0;
  for (std::size_t i = 0; i < query.size(); ++i) {
    const char c = query[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == ':' && i + 1 < query.size() && (query[i + 1] == ':' || query[i + 1] == '=')) {
      ++i;
    } else if (c == ':') {
      std::size_t end = i + 1;
      while (end < query.size() && is_name(query[end])) ++end;
      std::string name(query.substr(i + 1, end - i - 1));
      if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
      i = end - 1;
    }
  }
  return names;
}

Statement::Statement(Connection& connection, std::string_view query, std::span<const Param> params,
                     std::span<const ColumnType> columns)
    : connection_(connection),
      query_(query),
      params_(params.size()),
      columns_(columns.size()),
      asked_(columns.begin(), columns.end()),
      statement_(connection.sql()) {
  std::vector<std::string> names = parameter_names(query);
  if (names.size() != params.size()) {
    throw SqlError(SqlFailure::kOther, "a query with " + std::to_string(names.size()) + " parameters was given " +
                                           std::to_string(params.size()) + " arguments: " + query_);
  }
  // PostgreSQL's protocol carries text, whatever the type.
  const bool all_text = connection.engine() == Engine::kPostgres;
  for (std::size_t i = 0; i < params.size(); ++i) {
    params_[i].name = std::move(names[i]);
    params_[i].type = type_of(params[i]);
  }
  for (std::size_t i = 0; i < columns.size(); ++i) columns_[i].type = all_text ? ColumnType::kText : columns[i];
  try {
    statement_.alloc();
    statement_.prepare(query_);
    bind_places();
    statement_.define_and_bind();
  } catch (const soci::soci_error& error) {
    throw described_error(error);
  }
}

// With the query, but without its arguments, which SOCI would add: they may be secrets.
SqlError Statement::described_error(const soci::soci_error& error) const {
  const SqlError described = connection_.describe(error);
  return {described.failure(), std::string(described.what()) + " in: " + query_, described.column()};
}

void Statement::bind_places() {
  for (Place& place : params_) {
    switch (place.type) {
      case ColumnType::kText:
        statement_.exchange(soci::use(place.text, place.indicator, place.name));
        break;
      case ColumnType::kInteger:
        statement_.exchange(soci::use(place.integer, place.indicator, place.name));
        break;
      case ColumnType::kReal:
        statement_.exchange(soci::use(place.real, place.indicator, place.name));
        break;
    }
  }
  for (Place& place : columns_) {
    switch (place.type) {
      case ColumnType::kText:
        statement_.exchange(soci::into(place.text, place.indicator));
        break;
      case ColumnType::kInteger:
        statement_.exchange(soci::into(place.integer, place.indicator));
        break;
      case ColumnType::kReal:
        statement_.exchange(soci::into(place.real, place.indicator));
        break;
    }
  }
}

bool Statement::fits(std::span<const Param> params, std::span<const ColumnType> columns) const {
  if (unbound_ || params.size() != params_.size() || !std::ranges::equal(columns, asked_)) return false;
  for (std::size_t i = 0; i < params.size(); ++i) {
    // A NULL fits everywhere.
    if (!std::holds_alternative<std::nullptr_t>(params[i]) && type_of(params[i]) != params_[i].type) return false;
  }
  return true;
}

void Statement::execute(std::span<const Param> params) {
  for (std::size_t i = 0; i < params.size(); ++i) {
    Place& place = params_[i];
    place.indicator = soci::i_ok;
    if (const auto* text = std::get_if<std::string_view>(&params[i])) {
      // PostgreSQL holds no NUL character, and would cut the text there.
      if (text->find('\0') != std::string_view::npos) throw SqlError(SqlFailure::kText, "a text with a NUL character");
      place.text = *text;
    } else if (const auto* integer = std::get_if<std::int64_t>(&params[i])) {
      place.integer = *integer;
    } else if (const auto* real = std::get_if<double>(&params[i])) {
      place.real = *real;
    } else {
      place.indicator = soci::i_null;
    }
  }
  try {
    first_row_ready_ = statement_.execute(true) && !columns_.empty();
  } catch (const soci::soci_error& error) {
    const SqlError described = described_error(error);
    reset();
    give_back_arguments();
    throw SqlError(described);
  }
}

bool Statement::next() {
  if (first_row_ready_) {
    first_row_ready_ = false;
    return true;
  }
  // SOCI would run a statement that has ended once more.
  if (!statement_.got_data()) return false;
  try {
    return statement_.fetch();
  } catch (const soci::soci_error& error) {
    throw described_error(error);
  }
}

void Statement::reset() noexcept {
  first_row_ready_ = false;
  connection_.reset(statement_);
}

// SOCI keeps what it made of the arguments for PostgreSQL until a run ends well: after a failure nobody would free it.
void Statement::give_back_arguments() {
  if (connection_.engine() != Engine::kPostgres) return;
  statement_.bind_clean_up();
  unbound_ = true;
}

const Statement::Place& Statement::present(std::size_t column) const {
  const Place& place = columns_.at(column);
  if (place.indicator == soci::i_null) {
    throw SqlError(SqlFailure::kOther, "column " + std::to_string(column + 1) + " is NULL: " + query_);
  }
  return place;
}

std::string& Statement::text(std::size_t column) {
  present(column);
  return columns_[column].text;
}

std::int64_t Statement::integer(std::size_t column) const {
  const Place& place = present(column);
  return place.type == ColumnType::kText ? integer_of(place.text) : place.integer;
}

double Statement::real(std::size_t column) const {
  const Place& place = present(column);
  return place.type == ColumnType::kText ? real_of(place.text) : place.real;
}

std::int64_t Statement::affected() { return statement_.get_affected_rows(); }

}  // namespace parley::store::detail

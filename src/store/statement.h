// A prepared statement with the places for its arguments and columns, kept by its connection. Inside the store only.
#pragma once

#include <soci/soci.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/session.h"
#include "store/sql_error.h"

namespace parley::store::detail {

class Statement {
 public:
  // Prepares; throws SqlError.
  Statement(Connection& connection, std::string_view query, std::span<const Param> params,
            std::span<const ColumnType> columns);
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // Whether arguments and columns of these types fit the places that it was prepared with.
  [[nodiscard]] bool fits(std::span<const Param> params, std::span<const ColumnType> columns) const;
  void execute(std::span<const Param> params);
  bool next();
  // Ends the query; an open one holds back other connections.
  void reset() noexcept;

  [[nodiscard]] bool is_null(std::size_t column) const { return columns_.at(column).indicator == soci::i_null; }
  [[nodiscard]] std::string& text(std::size_t column);
  [[nodiscard]] std::int64_t integer(std::size_t column) const;
  [[nodiscard]] double real(std::size_t column) const;
  [[nodiscard]] std::int64_t affected();

  bool in_use = false;
  std::uint64_t used_at = 0;  // of the connection's count: the least recent one leaves the cache

 private:
  // SOCI keeps pointers into it: made once, never moved.
  struct Place {
    ColumnType type = ColumnType::kText;
    std::string name;
    std::string text;
    long long integer = 0;
    double real = 0;
    soci::indicator indicator = soci::i_null;
  };
  void bind_places();
  void give_back_arguments();
  [[nodiscard]] SqlError described_error(const soci::soci_error& error) const;
  const Place& present(std::size_t column) const;

  Connection& connection_;
  std::string query_;
  std::vector<Place> params_;
  std::vector<Place> columns_;
  std::vector<ColumnType> asked_;
  soci::statement statement_;
  bool first_row_ready_ = false;
  bool unbound_ = false;  // it failed, and cannot run again
};

// The names of a query's parameters (":name"), each once, in the order of their first use. Quoted text, identifiers and
// casts ("::") hold none.
[[nodiscard]] std::vector<std::string> parameter_names(std::string_view query);

}  // namespace parley::store::detail

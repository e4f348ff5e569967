// A connection of either engine with its prepared statements. Used by one thread at a time. Inside the store only.
#pragma once

#include <soci/soci.h>

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "store/session.h"
#include "store/sql_error.h"
#include "store/url.h"

namespace parley::store::detail {

class Statement;

enum class Access : std::uint8_t { kRead, kWrite };

class Connection {
 public:
  // Throws SqlError.
  static std::unique_ptr<Connection> open(const Url& url, Access access);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  virtual ~Connection();

  [[nodiscard]] virtual Engine engine() const = 0;
  [[nodiscard]] soci::session& sql() { return *sql_; }

  // Any number of statements without parameters; throws SqlError.
  virtual void script(const std::string& statements) = 0;
  // A transaction that writes, and one that reads a single snapshot.
  virtual void begin_write() = 0;
  virtual void begin_read() = 0;
  // False once the engine has given up the transaction by itself.
  [[nodiscard]] virtual bool in_transaction() const = 0;
  // True once a statement failed and nothing but a roll-back will do.
  [[nodiscard]] virtual bool spoiled() const = 0;
  [[nodiscard]] virtual bool lost() const = 0;
  // What SOCI's exception is about. To be called before anything else is asked of the connection.
  [[nodiscard]] virtual SqlError describe(const soci::soci_error& error) const = 0;
  virtual void reset(soci::statement& statement) noexcept = 0;

  // Told of each query that is prepared.
  void watch(const std::function<void(std::string_view query)>& on_prepare) { on_prepare_ = on_prepare; }
  // Prepared before, where possible.
  [[nodiscard]] std::shared_ptr<Statement> statement(std::string_view query, std::span<const Param> params,
                                                     std::span<const ColumnType> columns);

 protected:
  explicit Connection(std::unique_ptr<soci::session> sql);
  void forget_statements() noexcept;

 private:
  void make_room();

  std::unique_ptr<soci::session> sql_;
  std::map<std::string, std::shared_ptr<Statement>, std::less<>> statements_;
  std::uint64_t uses_ = 0;
  std::function<void(std::string_view query)> on_prepare_;
};

// Which of them open() makes; each in a file of its own, for SOCI's two back ends cannot share one.
[[nodiscard]] std::unique_ptr<Connection> open_sqlite(const Url& url, Access access);
[[nodiscard]] std::unique_ptr<Connection> open_postgres(const Url& url, Access access);

}  // namespace parley::store::detail

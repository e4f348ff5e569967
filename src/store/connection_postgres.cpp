#include <soci/postgresql/soci-postgresql.h>

#include "store/connection.h"

namespace parley::store::detail {

namespace {

class PostgresConnection final : public Connection {
 public:
  PostgresConnection(std::unique_ptr<soci::session> sql, Access access) : Connection(std::move(sql)) {
    handle_ = static_cast<soci::postgresql_session_backend*>(this->sql().get_backend())->conn_;
    PQsetNoticeReceiver(
        handle_, [](void*, const PGresult*) {}, nullptr);
    // A transaction that is left open would hold back the clean-up of every table; we never leave one, but a stopped
    // process can.
    script("SET idle_in_transaction_session_timeout = '60s'");
    if (access == Access::kRead) script("SET default_transaction_read_only = on");
  }
  ~PostgresConnection() override { forget_statements(); }

  [[nodiscard]] Engine engine() const override { return Engine::kPostgres; }

  void script(const std::string& statements) override {
    PGresult* result = PQexec(handle_, statements.c_str());
    const ExecStatusType status = PQresultStatus(result);
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string sqlstate = state == nullptr ? "" : state;
    const std::string message = PQresultErrorMessage(result);
    PQclear(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) return;
    if (lost()) throw SqlError(SqlFailure::kLost, message.empty() ? PQerrorMessage(handle_) : message);
    throw postgres_error(sqlstate, message);
  }
  void begin_write() override { script("BEGIN"); }
  void begin_read() override { script("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"); }
  [[nodiscard]] bool in_transaction() const override {
    const PGTransactionStatusType status = PQtransactionStatus(handle_);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
  }
  [[nodiscard]] bool spoiled() const override { return PQtransactionStatus(handle_) == PQTRANS_INERROR; }
  [[nodiscard]] bool lost() const override { return PQstatus(handle_) != CONNECTION_OK; }

  [[nodiscard]] SqlError describe(const soci::soci_error& error) const override {
    if (lost()) return {SqlFailure::kLost, error.get_error_message()};
    const auto* known = dynamic_cast<const soci::postgresql_soci_error*>(&error);
    if (known == nullptr) return {SqlFailure::kOther, error.get_error_message()};
    return postgres_error(known->sqlstate(), error.get_error_message());
  }
  // All rows are here already; nothing is held.
  void reset(soci::statement& /*statement*/) noexcept override {}

 private:
  PGconn* handle_ = nullptr;
};

}  // namespace

std::unique_ptr<Connection> open_postgres(const Url& url, Access access) {
  try {
    soci::connection_parameters parameters(soci::postgresql, url.connection);
    return std::make_unique<PostgresConnection>(std::make_unique<soci::session>(parameters), access);
  } catch (const soci::soci_error& error) {
    throw SqlError(SqlFailure::kLost, error.what());
  }
}

}  // namespace parley::store::detail

// The services that `parley admin` works with, on a loop that runs while one of them is awaited. Internal to
// app/admin_*.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <optional>
#include <string>

#include "app/workplace_config.h"
#include "auth/accounts.h"
#include "auth/audit.h"
#include "auth/validation.h"
#include "base/random.h"
#include "base/uuid.h"
#include "net/clock.h"
#include "store/database.h"
#include "work/pool.h"

namespace parley::app {

// Who acts: nobody with an account. The audit log has such acts without an actor.
inline auth::Subject operator_of_the_machine() {
  auth::Subject subject;
  subject.user_id = "command-line";  // no account has such an id
  subject.name = "command line";
  subject.role = auth::ServerRole::kAdmin;
  return subject;
}

// The services that the commands need, on a loop that runs while one is awaited.
struct Desk {
  explicit Desk(const config::Settings& s) : settings(s) {}

  Result<void, Error> open() {
    auto opened = store::Database::open(database_config(settings), io.get_executor());
    if (!opened) return opened.error();
    database = std::move(*opened);
    accounts = std::make_unique<auth::Accounts>(accounts_config(settings), *database, pool, random);
    return run(accounts->start());
  }

  template <class T>
  Result<T, Error> run(boost::asio::awaitable<Result<T, Error>> work) {
    std::optional<Result<T, Error>> out;
    boost::asio::co_spawn(io, std::move(work), [&out](const std::exception_ptr& failure, Result<T, Error> answer) {
      if (failure) std::rethrow_exception(failure);
      out.emplace(std::move(answer));
    });
    const auto guard = boost::asio::make_work_guard(io);
    io.restart();
    while (!out) io.run_one();
    return std::move(*out);
  }

  const config::Settings& settings;
  boost::asio::io_context io{1};
  SystemRandom random;
  work::Pool pool{{.name = "parley-admin"}, io.get_executor()};
  std::unique_ptr<store::Database> database;
  std::unique_ptr<auth::Accounts> accounts;
};

// An entry of the audit log, after the act.
inline Result<void, Error> note(Desk& desk, std::string action, std::string object_id, std::string room_id) {
  auto entry = auth::audit_entry(make_uuid(net::now(), desk.random), operator_of_the_machine(), std::move(action),
                                 std::move(object_id), std::move(room_id));
  return desk.database->write_now([&entry](store::Session& session) { return store::append_audit(session, entry); });
}

// who: an id or an address.
inline Result<store::User, Error> find_person(Desk& desk, const std::string& who) {
  return desk.database->read_now([&who](store::Session& session) -> Result<store::User, Error> {
    if (is_uuid(who)) return store::find_user(session, who);
    const auto email = auth::normalise_email(who);
    if (!email) return email.error();
    auto found = store::find_user_by_email(session, *email);
    if (!found) return found.error();
    if (!*found) return Error{"not_found", "there is no account \"" + who + "\"", "who"};
    return std::move(**found);
  });
}

}  // namespace parley::app

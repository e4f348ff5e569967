// From the token that a request or socket shows to the person behind it. Reads own access tokens and those of external
// issuers; asks the database once per session and remembers (bounded), so that a request costs one HMAC and one
// look-up.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "auth/accounts.h"
#include "auth/external_token.h"
#include "auth/subject.h"
#include "base/result.h"
#include "base/time.h"

namespace parley::auth {

struct AuthenticatorConfig {
  std::vector<ExternalIssuer> issuers;
  std::size_t max_cached = 100'000;  // sessions remembered
  Duration recheck_after = 60s;      // a remembered session is looked up again: another process may have ended it
  HttpFetch fetch;                   // for issuers with a jwks_url
  std::function<TimePoint()> clock;  // required
};

class Authenticator : private AccountListener {
 public:
  // Registers itself as a listener of accounts; accounts and database must outlive it.
  Authenticator(AuthenticatorConfig config, Accounts& accounts, store::Database& database);
  ~Authenticator() override;
  Authenticator(const Authenticator&) = delete;
  Authenticator& operator=(const Authenticator&) = delete;

  // Reads the key files of issuers (jwks_file). Errors: invalid_argument, the field names the setting.
  Result<void, Error> start();
  // Error "unauthenticated" for whatever is wrong with the token, its session or its account; "unavailable" when the
  // issuer's keys or the database cannot be reached.
  awaitable<Result<Subject, Error>> authenticate(std::string token);
  // Seconds since the epoch at which the token stops being accepted; 0 when it is none. For sockets that outlive it.
  [[nodiscard]] static std::int64_t expiry_of(std::string_view token);

  struct Stats {
    std::uint64_t accepted = 0;
    std::uint64_t refused = 0;
    std::uint64_t looked_up = 0;  // in the database
    std::size_t cached = 0;
  };
  [[nodiscard]] Stats stats() const;

 private:
  void on_session_ended(std::string_view user_id, std::string_view session_id, std::string_view reason) override;
  void on_user_ended(std::string_view user_id, std::string_view reason) override;
  void on_role_changed(std::string_view user_id, ServerRole role) override;
  void on_profile_changed(const store::User& user) override;

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::auth

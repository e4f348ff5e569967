// Accounts at other issuers (OIDC providers, external JWTs) and whose they are.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/result.h"

namespace parley::store {

class Session;

struct Identity {
  std::string issuer;   // the issuer's URL, as in its tokens
  std::string subject;  // `sub`
  std::string user_id;
  std::string email;  // as the issuer last said
  std::int64_t created_at = 0;
  std::int64_t last_used_at = 0;

  auto columns() { return std::tie(issuer, subject, user_id, email, created_at, last_used_at); }
};

// Error already_exists when (issuer, subject) belongs to an account.
Result<void, Error> insert_identity(Session& session, const Identity& identity);
Result<std::optional<Identity>, Error> find_identity(Session& session, std::string_view issuer,
                                                     std::string_view subject);
Result<std::vector<Identity>, Error> identities_of(Session& session, std::string_view user_id);
Result<void, Error> touch_identity(Session& session, std::string_view issuer, std::string_view subject,
                                   std::int64_t at);
Result<void, Error> delete_identities_of(Session& session, std::string_view user_id);

}  // namespace parley::store

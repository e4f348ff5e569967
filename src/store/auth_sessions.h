// Log-ins. A session lives from one log-in until it ends or expires. Its refresh tokens follow each other; all of them
// share one secret ("family"), so that any older one is known for what it is. Only digests are kept.
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

struct AuthSession {
  std::string id;
  std::string user_id;
  std::string family_hash;    // SHA-256, hex, of what all its refresh tokens share
  std::string refresh_hash;   // of the refresh token in use
  std::string previous_hash;  // of the one before it; empty: none
  std::int64_t rotated_at = 0;
  std::string address;     // of the client, at the last log-in or refresh
  std::string user_agent;  // likewise, cut to 256 bytes
  std::string method;      // "password", "oidc", "guest", "register"
  std::int64_t created_at = 0;
  std::int64_t last_used_at = 0;
  std::int64_t expires_at = 0;
  std::int64_t ended_at = 0;  // 0: goes on
  std::string end_reason;     // "log-out", "password-changed", "token-reuse", "disabled", …

  auto columns() {
    return std::tie(id, user_id, family_hash, refresh_hash, previous_hash, rotated_at, address, user_agent, method,
                    created_at, last_used_at, expires_at, ended_at, end_reason);
  }
};

Result<void, Error> insert_auth_session(Session& session, const AuthSession& row);
Result<std::optional<AuthSession>, Error> find_auth_session(Session& session, std::string_view id);
// A refresh: the digest in use becomes the previous one; rotated_at, last_used_at are now, expires_at as given.
Result<void, Error> rotate_auth_session(Session& session, std::string_view id, std::string_view new_hash,
                                        std::string_view address, std::string_view user_agent, std::int64_t expires_at);
// Those that have not ended or expired, newest first.
Result<std::vector<AuthSession>, Error> auth_sessions_of(Session& session, std::string_view user_id);
// True when it was alive.
Result<bool, Error> end_auth_session(Session& session, std::string_view id, std::string_view reason);
// Ids of those ended; `except` stays (may be empty).
Result<std::vector<std::string>, Error> end_auth_sessions_of(Session& session, std::string_view user_id,
                                                             std::string_view except, std::string_view reason);
// Ended since `since` (ms), oldest first, at most 1,000: what another process ended.
Result<std::vector<AuthSession>, Error> auth_sessions_ended_since(Session& session, std::int64_t since);
// That go on although their time is over, the oldest first, at most 200.
Result<std::vector<AuthSession>, Error> auth_sessions_expired(Session& session);
// Forgets sessions that ended before `before` (ms); returns how many, at most 1,000 at a time.
Result<std::int64_t, Error> purge_auth_sessions(Session& session, std::int64_t before);

}  // namespace parley::store

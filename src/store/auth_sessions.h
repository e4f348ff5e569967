// Log-ins. A session lives from one log-in until it ends or expires; its refresh tokens follow each other and are kept
// as digests.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace parley::store {

class Session;

struct AuthSession {
  std::string id;
  std::string user_id;
  std::string refresh_hash;   // SHA-256 of the refresh token in use, hex
  std::string previous_hash;  // of the one before it: its use shows a stolen token
  std::int64_t rotated_at = 0;
  std::string address;     // of the client, at the last log-in or refresh
  std::string user_agent;  // likewise, cut to 256 bytes
  std::string method;      // "password", "oidc", "guest", "register"
  std::int64_t created_at = 0;
  std::int64_t last_used_at = 0;
  std::int64_t expires_at = 0;
  std::int64_t ended_at = 0;  // 0: goes on
  std::string end_reason;     // "log-out", "password-changed", "token-reuse", "disabled", …
};

Result<void, Error> insert_auth_session(Session& session, const AuthSession& row);
Result<std::optional<AuthSession>, Error> find_auth_session(Session& session, std::string_view id);
// By the digest in use or the one before it.
Result<std::optional<AuthSession>, Error> find_auth_session_by_refresh(Session& session, std::string_view hash);
// Replaces the digest; the old one becomes previous_hash.
Result<void, Error> rotate_auth_session(Session& session, const AuthSession& row, std::string_view new_hash);
// Those that have not ended or expired, newest first.
Result<std::vector<AuthSession>, Error> auth_sessions_of(Session& session, std::string_view user_id);
// True when it was alive.
Result<bool, Error> end_auth_session(Session& session, std::string_view id, std::string_view reason);
// Ids of those ended; `except` stays (may be empty).
Result<std::vector<std::string>, Error> end_auth_sessions_of(Session& session, std::string_view user_id,
                                                             std::string_view except, std::string_view reason);
// Ended since `since` (ms), oldest first, at most 1,000: what another process ended.
Result<std::vector<AuthSession>, Error> auth_sessions_ended_since(Session& session, std::int64_t since);
// Forgets sessions that ended or expired before `before` (ms); returns how many, at most 1,000 at a time.
Result<std::int64_t, Error> purge_auth_sessions(Session& session, std::int64_t before);

}  // namespace parley::store

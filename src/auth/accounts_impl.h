// What the files of the accounts service share.
#pragma once

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "auth/accounts.h"
#include "auth/session_keys.h"
#include "store/audit.h"
#include "store/database.h"
#include "store/session.h"

namespace parley::auth {

// A session before it is written: its ids and secrets are made once, so that the job may run twice.
struct SessionDraft {
  store::AuthSession row;
  std::string refresh_token;
};

struct Accounts::Impl {
  Impl(AccountsConfig c, store::Database& database, work::Pool& pool, RandomSource& source)
      : config(std::move(c)), db(database), random(source), passwords(config.password, pool), lockout(config.lockout) {}

  AccountsConfig config;
  store::Database& db;
  RandomSource& random;
  Passwords passwords;
  Lockout lockout;
  SessionKeys keys;
  RoomHooks rooms;
  std::vector<AccountListener*> listeners;
  std::int64_t swept_until = 0;  // ms: sessions that others ended are known up to here
  std::int64_t purge_next = 0;   // ms
  // Sessions whose end was told of, and when; so that sweep() does not tell again. Forgotten after a while.
  std::unordered_map<std::string, std::int64_t> told;

  [[nodiscard]] TimePoint now() const { return config.clock(); }
  [[nodiscard]] std::int64_t now_ms() const { return to_millis(now().time_since_epoch()); }
  [[nodiscard]] std::string new_id() { return make_id(now(), random); }
  static std::string make_id(TimePoint now, RandomSource& random);

  SessionDraft draft_session(const std::string& user_id, std::string method, const ClientInfo& client, Duration ttl);
  SignedIn signed_in(store::User user, const std::string& session_id, std::string refresh_token) const;

  void tell_ended(std::string_view user_id, const std::vector<std::string>& session_ids, std::string_view reason);
  template <class Call>
  void tell(Call call) {
    const std::vector<AccountListener*> all = listeners;  // one may take itself off
    for (AccountListener* listener : all) call(*listener);
  }

  // An entry of the audit log, to be written with the act itself; action: "user.disable".
  store::AuditEntry act(const Subject& subject, std::string action, std::string object_id, std::string room_id = {});

  // The room as the asker stands to it allows the action.
  awaitable<Result<void, Error>> may_in_room(Subject subject, Action action, std::string room_id, RoomRole new_role);
  awaitable<Result<void, Error>> join_room(std::string user_id, std::string room_id, RoomRole role);
};

// ---- steps within jobs of the database ----

struct EndedSessions {
  std::string user_id;
  std::vector<std::string> ids;
};

// Writes the session; those beyond `max_sessions` end, the ones used longest ago first: their ids.
Result<std::vector<std::string>, Error> add_session(store::Session& session, const store::AuthSession& row,
                                                    std::size_t max_sessions);
// Error failed_precondition when the server would be left without an administrator who can log in.
Result<void, Error> check_not_last_admin(store::Session& session, const store::User& user);
// Takes everything personal from the account and ends its sessions. A guest keeps the name that stands under messages.
Result<EndedSessions, Error> erase_account(store::Session& session, store::User user);
// The new account, its first session and, where it is the first of all, its office.
Result<store::User, Error> create_account(store::Session& session, store::User user);

[[nodiscard]] Error wrong_login();
[[nodiscard]] ClientInfo cut(ClientInfo client);

}  // namespace parley::auth

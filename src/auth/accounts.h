// Accounts: who people are, how they come in, and when their stay ends. Lives on the control thread; everything that
// blocks (database, password hashes) is awaited.
//
//   register_user / log_in / join_as_guest / Oidc::finish ──→ session ──→ access token (15 min, JWT)
//                                                                └─────→ refresh token (opaque, rotates) ──→ refresh()
//   log_out, change_password, disable, … ──→ the session ends ──→ AccountListener: sockets close at once
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/authorize.h"
#include "auth/lockout.h"
#include "auth/password.h"
#include "auth/subject.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "store/auth_sessions.h"
#include "store/guest_links.h"
#include "store/identities.h"
#include "store/invitations.h"
#include "store/users.h"

namespace parley::store {
class Database;
}
namespace parley::work {
class Pool;
}

namespace parley::auth {

using boost::asio::awaitable;

class SessionKeys;

enum class Registration : std::uint8_t {
  kOpen,    // anybody
  kInvite,  // with an invitation; the first account needs none
  kClosed,  // only administrators make accounts (also: `parley admin`)
};

struct AccountsConfig {
  Registration registration = Registration::kInvite;
  Duration access_ttl = 15min;      // of access tokens
  Duration session_ttl = 30 * 24h;  // a session ends this long after its last refresh
  Duration guest_ttl = 24h;         // of a guest's whole stay
  Duration max_invitation_ttl = 90 * 24h;
  std::size_t max_sessions = 50;  // per account; the one used longest ago ends
  LockoutConfig lockout;
  PasswordConfig password;
  std::function<TimePoint()> clock;  // required
};

// What accounts need to know of rooms; whoever keeps them sets it before the first request. Unset: there are no rooms.
struct RoomHooks {
  // The room as the person stands to it; Error not_found where there is none.
  std::function<awaitable<Result<Object, Error>>(std::string user_id, std::string room_id)> describe;
  // Makes the person a member (with the events that belong to it).
  std::function<awaitable<Result<void, Error>>(std::string user_id, std::string room_id, RoomRole role)> join;
  // A guest's stay is over: his membership ends.
  std::function<awaitable<Result<void, Error>>(std::string user_id, std::string room_id)> leave;
};

// Told on the control thread, at once, after the database has it.
class AccountListener {
 public:
  virtual ~AccountListener() = default;
  // reason: kebab-case, fit for clients ("log-out", "password-changed", "token-reuse", "disabled", "deleted",
  // "expired", "ended-elsewhere", "link-revoked").
  virtual void on_session_ended(std::string_view user_id, std::string_view session_id, std::string_view reason) = 0;
  // Every session of theirs, external tokens included.
  virtual void on_user_ended(std::string_view user_id, std::string_view reason) = 0;
  virtual void on_role_changed(std::string_view /*user_id*/, ServerRole /*role*/) {}
  virtual void on_profile_changed(const store::User& /*user*/) {}
  virtual void on_user_created(const store::User& /*user*/) {}
};

struct ClientInfo {
  std::string address;  // text form, without port
  std::string user_agent;
};

struct SignedIn {
  store::User user;
  std::string session_id;
  std::string access_token;
  std::string refresh_token;
  std::int64_t expires_in = 0;  // of the access token, seconds
  std::string room_id;          // that an invitation or guest link led into; empty: none

  [[nodiscard]] Subject subject() const;
};

struct NewUser {
  std::string email;
  std::string password;
  std::string name;
  std::string invitation;  // token; empty: none
  std::string locale;
};

struct ProfileChange {  // absent: stays
  std::optional<std::string> name;
  std::optional<std::string> avatar_url;  // empty: none
  std::optional<std::string> status_text;
  std::optional<std::string> locale;
};

struct NewInvitation {
  std::string room_id;  // empty: an account alone
  RoomRole role = RoomRole::kMember;
  bool admin = false;
  std::string email;
  std::int64_t max_uses = 1;
  Duration ttl = 7 * 24h;
};

struct NewGuestLink {
  std::string room_id;
  std::string password;  // empty: none asked
  std::int64_t max_uses = 0;
  Duration ttl = 24h;
};

template <class Row>
struct WithToken {
  Row row;
  std::string token;  // shown once: the database has its digest alone
};

class Accounts {
 public:
  // All must outlive it.
  Accounts(AccountsConfig config, store::Database& database, work::Pool& pool, RandomSource& random);
  ~Accounts();
  Accounts(const Accounts&) = delete;
  Accounts& operator=(const Accounts&) = delete;

  // Loads or makes the key that signs access tokens. To be awaited before anything else.
  awaitable<Result<void, Error>> start();
  void set_rooms(RoomHooks hooks);
  // Not owned; in order of addition.
  void add_listener(AccountListener* listener);
  void remove_listener(AccountListener* listener);
  // Every few seconds: sessions that another process ended, guests whose time is up; and forgets what is long over.
  awaitable<void> sweep();

  // ---- coming and going. Error codes beside the usual: "locked_out" with retry_after, "unauthenticated" ----
  awaitable<Result<SignedIn, Error>> register_user(NewUser user, ClientInfo client);
  awaitable<Result<SignedIn, Error>> log_in(std::string email, std::string password, ClientInfo client);
  awaitable<Result<SignedIn, Error>> refresh(std::string refresh_token, ClientInfo client);
  awaitable<Result<SignedIn, Error>> join_as_guest(std::string link_token, std::string name, std::string password,
                                                   ClientInfo client);
  awaitable<Result<void, Error>> log_out(Subject subject);
  awaitable<Result<void, Error>> log_out_everywhere(Subject subject);

  // ---- one's own account ----
  awaitable<Result<store::User, Error>> me(Subject subject);
  awaitable<Result<store::User, Error>> update_profile(Subject subject, ProfileChange change);
  // Ends every other session.
  awaitable<Result<void, Error>> change_password(Subject subject, std::string current, std::string next);
  awaitable<Result<std::vector<store::AuthSession>, Error>> sessions(Subject subject);
  awaitable<Result<void, Error>> end_session(Subject subject, std::string session_id);
  // Nothing personal remains; messages stay, by "Deleted account". An account with a password must give it.
  awaitable<Result<void, Error>> delete_account(Subject subject, std::string password);

  // ---- the directory ----
  awaitable<Result<store::User, Error>> user(Subject subject, std::string user_id);
  // E-mail addresses are blanked for those who may not administer accounts.
  awaitable<Result<std::vector<store::User>, Error>> list_users(Subject subject, store::UserQuery query);

  // ---- administration (Action::kUserAdmin) ----
  awaitable<Result<store::User, Error>> admin_create_user(Subject subject, NewUser user, ServerRole role);
  awaitable<Result<store::User, Error>> admin_set_role(Subject subject, std::string user_id, ServerRole role);
  awaitable<Result<void, Error>> admin_reset_password(Subject subject, std::string user_id, std::string next);
  awaitable<Result<store::User, Error>> admin_set_disabled(Subject subject, std::string user_id, bool disabled);
  awaitable<Result<void, Error>> admin_delete_user(Subject subject, std::string user_id);
  awaitable<Result<void, Error>> admin_log_out_user(Subject subject, std::string user_id);
  // Person data for an export: account, identities, sessions (without digests). kUserExport.
  struct Export {
    store::User user;
    std::vector<store::Identity> identities;
    std::vector<store::AuthSession> sessions;
  };
  awaitable<Result<Export, Error>> export_user(Subject subject, std::string user_id);

  // ---- invitations and guest links; into a room: Action::kRoomInvite, otherwise kServerInvite ----
  awaitable<Result<WithToken<store::Invitation>, Error>> create_invitation(Subject subject, NewInvitation wanted);
  awaitable<Result<std::vector<store::Invitation>, Error>> list_invitations(Subject subject, std::string room_id);
  awaitable<Result<void, Error>> revoke_invitation(Subject subject, std::string id);
  // For those who have an account: leads into the room; the room's id is returned.
  awaitable<Result<std::string, Error>> accept_invitation(Subject subject, std::string token);
  awaitable<Result<WithToken<store::GuestLink>, Error>> create_guest_link(Subject subject, NewGuestLink wanted);
  awaitable<Result<std::vector<store::GuestLink>, Error>> list_guest_links(Subject subject, std::string room_id);
  // The guests who came by it go at once.
  awaitable<Result<void, Error>> revoke_guest_link(Subject subject, std::string id);
  // What a link is for, before one enters: the room's id and whether a password is asked.
  struct GuestLinkView {
    std::string room_id;
    bool password = false;
    std::int64_t expires_at = 0;
  };
  awaitable<Result<GuestLinkView, Error>> view_guest_link(std::string token);

  // ---- for the log-in by other issuers ----
  struct ExternalPerson {
    std::string issuer;
    std::string subject;
    std::string email;  // empty: unknown
    bool email_verified = false;
    std::string name;
    std::string avatar_url;
    bool auto_create = false;    // an account where there is none; otherwise Error permission_denied
    bool link_by_email = false;  // to the account with the same verified address
  };
  awaitable<Result<store::User, Error>> find_or_create_external(ExternalPerson person);
  awaitable<Result<SignedIn, Error>> open_session(store::User user, std::string method, ClientInfo client);

  // Signs and reads own access tokens.
  [[nodiscard]] const SessionKeys& keys() const;
  [[nodiscard]] const AccountsConfig& config() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::auth

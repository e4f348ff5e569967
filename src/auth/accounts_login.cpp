// Coming and going: register, log in, refresh, log out.
#include <algorithm>

#include "auth/accounts_impl.h"
#include "auth/digest.h"
#include "auth/validation.h"
#include "base/uuid.h"

namespace parley::auth {

namespace {

// Who lost the answer to a refresh asks again with the old token; so do tabs that share one. Within this time the
// answer is the same; later it is a stolen token.
constexpr std::int64_t kReuseGraceMs = 30'000;
constexpr std::size_t kUuidBytes = 36;
constexpr std::size_t kSecretBytes = 43;  // base64url of 32 bytes

struct Created {
  store::User user;
  std::vector<std::string> ended;
  std::string room_id;
  RoomRole role = RoomRole::kNone;
};

// ---- register ----

struct Candidate {
  store::User user;
  std::string invitation_hash;  // empty: none
  bool invitation_needed = false;
};

Result<std::optional<store::Invitation>, Error> check_invitation(store::Session& session, const Candidate& candidate) {
  if (candidate.invitation_hash.empty()) {
    if (!candidate.invitation_needed) return std::optional<store::Invitation>();
    const auto taken = store::has_first_admin(session);
    if (!taken) return taken.error();
    if (!*taken) return std::optional<store::Invitation>();
    return Error{"permission_denied", "accounts are by invitation here", "invitation"};
  }
  auto found = store::find_invitation_by_token(session, candidate.invitation_hash);
  if (!found) return found.error();
  if (!*found) return Error{"not_found", "there is no such invitation", "invitation"};
  const store::Invitation& invitation = **found;
  if (!invitation.usable(session.now_ms())) {
    return Error{"failed_precondition", "the invitation has expired or was used up", "invitation"};
  }
  if (!invitation.email.empty() && invitation.email != candidate.user.email) {
    return Error{"permission_denied", "the invitation is for another e-mail address", "email"};
  }
  return found;
}

Result<void, Error> check_email_is_new(store::Session& session, const std::string& email) {
  const auto found = store::find_user_by_email(session, email);
  if (!found) return found.error();
  if (!*found) return {};
  return Error{"already_exists", "there is an account with this e-mail address", "email"};
}

Result<Created, Error> register_job(store::Session& session, const Candidate& candidate, const SessionDraft& draft,
                                    std::size_t max_sessions) {
  Created out;
  if (auto same = store::find_user(session, candidate.user.id)) {  // the job ran before
    out.user = std::move(*same);
    return out;
  }
  auto invitation = check_invitation(session, candidate);
  if (!invitation) return invitation.error();
  store::User wanted = candidate.user;
  if (*invitation) {
    wanted.admin = (*invitation)->admin;
    out.room_id = (*invitation)->room_id;
    out.role = room_role_from((*invitation)->role).value_or(RoomRole::kNone);
    if (auto used = store::use_invitation(session, (*invitation)->id); !used) return used.error();
  }
  auto user = create_account(session, std::move(wanted));
  if (!user) return user.error();
  out.user = std::move(*user);
  auto ended = add_session(session, draft.row, max_sessions);
  if (!ended) return ended.error();
  return out;
}

Result<store::User, Error> read_new_user(const NewUser& given) {
  store::User user;
  auto email = normalise_email(given.email);
  if (!email) return email.error();
  user.email = std::move(*email);
  if (auto rules = check_password_rules(given.password); !rules) return rules.error();
  auto name = clean_name(given.name);
  if (!name) return name.error();
  user.name = std::move(*name);
  auto locale = check_locale(given.locale);
  if (!locale) return locale.error();
  user.locale = std::move(*locale);
  return user;
}

// ---- refresh ----

struct RefreshToken {
  std::string session_id;
  std::string family;
  std::string secret;
};

std::optional<RefreshToken> read_refresh_token(std::string_view text) {
  if (text.size() != kUuidBytes + 2 + 2 * kSecretBytes || text[kUuidBytes] != '.' ||
      text[kUuidBytes + 1 + kSecretBytes] != '.' || !is_uuid(text.substr(0, kUuidBytes))) {
    return std::nullopt;
  }
  return RefreshToken{std::string(text.substr(0, kUuidBytes)), std::string(text.substr(kUuidBytes + 1, kSecretBytes)),
                      std::string(text.substr(kUuidBytes + 2 + kSecretBytes))};
}

struct RefreshPlan {
  RefreshToken token;
  std::string next_hash;
  ClientInfo client;
  std::int64_t ttl_ms = 0;
};

enum class RefreshOutcome : std::uint8_t { kRenewed, kRefused, kReused };
struct Refreshed {
  RefreshOutcome outcome = RefreshOutcome::kRefused;
  store::User user;
};

// A reused token must end its session, so that this is an answer, not an Error that would undo it.
Result<Refreshed, Error> refresh_job(store::Session& session, const RefreshPlan& plan) {
  Refreshed out;
  auto found = store::find_auth_session(session, plan.token.session_id);
  if (!found) return found.error();
  if (!*found || (*found)->family_hash != sha256_hex(plan.token.family)) return out;
  const store::AuthSession& row = **found;
  if (row.ended_at != 0 || row.expires_at <= session.now_ms()) return out;
  auto user = store::find_user(session, row.user_id);
  if (!user || !user->active()) return out;
  out.user = std::move(*user);
  const std::string shown = sha256_hex(plan.token.secret);
  if (shown == row.refresh_hash) {
    const std::int64_t expires = row.method == "guest" ? row.expires_at : session.now_ms() + plan.ttl_ms;
    auto rotated = store::rotate_auth_session(session, row.id, plan.next_hash, plan.client.address,
                                              plan.client.user_agent, expires);
    if (!rotated) return rotated.error();
    if (auto seen = store::set_last_seen(session, out.user.id, session.now_ms()); !seen) return seen.error();
    out.outcome = RefreshOutcome::kRenewed;
    return out;
  }
  if (shown == row.previous_hash && row.refresh_hash == plan.next_hash &&
      session.now_ms() - row.rotated_at <= kReuseGraceMs) {
    out.outcome = RefreshOutcome::kRenewed;
    return out;
  }
  auto ended = store::end_auth_session(session, row.id, "token-reuse");
  if (!ended) return ended.error();
  out.outcome = RefreshOutcome::kReused;
  return out;
}

struct LoggedIn {
  store::User user;
  std::vector<std::string> ended;
};

// The account is read again: it may have been disabled, or its password changed, while the password was compared.
Result<LoggedIn, Error> log_in_job(store::Session& session, const SessionDraft& draft, const std::string& known_hash,
                                   const std::string& better_hash, std::size_t max_sessions) {
  auto user = store::find_user(session, draft.row.user_id);
  if (!user) return user.error();
  if (user->password_hash != known_hash && user->password_hash != better_hash) return wrong_login();
  if (!user->active()) return Error{"permission_denied", "the account is disabled", ""};
  if (!better_hash.empty()) user->password_hash = better_hash;
  user->last_seen_at = session.now_ms();
  auto updated = store::update_user(session, std::move(*user));
  if (!updated) return updated.error();
  auto ended = add_session(session, draft.row, max_sessions);
  if (!ended) return ended.error();
  return LoggedIn{std::move(*updated), std::move(*ended)};
}

}  // namespace

awaitable<Result<SignedIn, Error>> Accounts::register_user(NewUser given, ClientInfo from) {
  Impl& impl = *impl_;
  if (impl.config.registration == Registration::kClosed) {
    co_return Error{"permission_denied", "accounts are made by the administrators here", ""};
  }
  const ClientInfo client = cut(std::move(from));
  auto user = read_new_user(given);
  if (!user) co_return user.error();
  Candidate candidate{std::move(*user), given.invitation.empty() ? "" : sha256_hex(given.invitation),
                      impl.config.registration == Registration::kInvite};
  // Asked before the hash is made, which takes longer than all else, and again when the account is written.
  auto precheck = [candidate](store::Session& session) -> Result<void, Error> {
    if (auto invitation = check_invitation(session, candidate); !invitation) return invitation.error();
    return check_email_is_new(session, candidate.user.email);
  };
  auto fine = co_await impl.db.read(std::move(precheck));
  if (!fine) co_return fine.error();
  auto hash = co_await impl.passwords.hash(std::move(given.password));
  if (!hash) co_return hash.error();
  candidate.user.id = impl.new_id();
  candidate.user.password_hash = std::move(*hash);
  candidate.user.last_seen_at = impl.now_ms();
  const SessionDraft draft = impl.draft_session(candidate.user.id, "register", client, impl.config.session_ttl);
  auto job = [candidate, draft, max = impl.config.max_sessions](store::Session& session) {
    return register_job(session, candidate, draft, max);
  };
  auto created = co_await impl.db.write(std::move(job));
  if (!created) co_return created.error();
  impl.tell([&](AccountListener& listener) { listener.on_user_created(created->user); });
  SignedIn out = impl.signed_in(std::move(created->user), draft.row.id, draft.refresh_token);
  if (!created->room_id.empty()) {
    std::string user_id = out.user.id;
    std::string room_id = created->room_id;
    // The room may be gone since: the account stands all the same.
    const auto joined = co_await impl.join_room(std::move(user_id), std::move(room_id), created->role);
    if (joined) out.room_id = created->room_id;
  }
  co_return out;
}

awaitable<Result<SignedIn, Error>> Accounts::log_in(std::string email, std::string password, ClientInfo from) {
  Impl& impl = *impl_;
  const ClientInfo client = cut(std::move(from));
  const auto normal = normalise_email(email);
  if (!normal) co_return normal.error();
  const std::string& account = *normal;
  if (password.empty() || password.size() > kMaxPasswordBytes) co_return wrong_login();
  if (auto free = impl.lockout.check(impl.now(), account, client.address); !free) co_return free.error();
  impl.lockout.failed(impl.now(), account, client.address);

  auto find = [account](store::Session& session) { return store::find_user_by_email(session, account); };
  auto found = co_await impl.db.read(std::move(find));
  if (!found) {
    impl.lockout.forgive(account, client.address);
    co_return found.error();
  }
  const std::string known_hash = *found ? (*found)->password_hash : std::string();
  std::string hash = known_hash;
  std::string shown = password;
  auto fits = co_await impl.passwords.verify(std::move(hash), std::move(shown));
  if (!fits) {
    impl.lockout.forgive(account, client.address);
    co_return fits.error();
  }
  if (!*fits) co_return wrong_login();
  impl.lockout.succeeded(account, client.address);

  std::string better_hash;
  if (impl.passwords.outdated(known_hash)) {
    auto again = co_await impl.passwords.hash(std::move(password));
    if (again) better_hash = std::move(*again);
  }
  const SessionDraft draft = impl.draft_session((*found)->id, "password", client, impl.config.session_ttl);
  auto job = [draft, known_hash, better_hash, max = impl.config.max_sessions](store::Session& session) {
    return log_in_job(session, draft, known_hash, better_hash, max);
  };
  auto done = co_await impl.db.write(std::move(job));
  if (!done) co_return done.error();
  impl.tell_ended(done->user.id, done->ended, "too-many");
  co_return impl.signed_in(std::move(done->user), draft.row.id, draft.refresh_token);
}

awaitable<Result<SignedIn, Error>> Accounts::open_session(store::User user, std::string method, ClientInfo from) {
  Impl& impl = *impl_;
  const ClientInfo client = cut(std::move(from));
  const SessionDraft draft = impl.draft_session(user.id, std::move(method), client, impl.config.session_ttl);
  auto job = [draft, hash = user.password_hash, max = impl.config.max_sessions](store::Session& session) {
    return log_in_job(session, draft, hash, "", max);
  };
  auto done = co_await impl.db.write(std::move(job));
  if (!done) co_return done.error();
  impl.tell_ended(done->user.id, done->ended, "too-many");
  co_return impl.signed_in(std::move(done->user), draft.row.id, draft.refresh_token);
}

awaitable<Result<SignedIn, Error>> Accounts::refresh(std::string refresh_token, ClientInfo from) {
  Impl& impl = *impl_;
  const Error refused{"unauthenticated", "the session has ended: log in again", "refreshToken"};
  auto token = read_refresh_token(refresh_token);
  if (!token) co_return refused;
  const std::string next_secret = impl.keys.next_refresh_secret(token->secret);
  const std::string next_token = token->session_id + "." + token->family + "." + next_secret;
  const RefreshPlan plan{std::move(*token), sha256_hex(next_secret), cut(std::move(from)),
                         to_millis(impl.config.session_ttl)};
  auto job = [plan](store::Session& session) { return refresh_job(session, plan); };
  auto done = co_await impl.db.write(std::move(job));
  if (!done) co_return done.error();
  if (done->outcome == RefreshOutcome::kReused) {
    impl.tell_ended(done->user.id, {plan.token.session_id}, "token-reuse");
  }
  if (done->outcome != RefreshOutcome::kRenewed) co_return refused;
  co_return impl.signed_in(std::move(done->user), plan.token.session_id, next_token);
}

awaitable<Result<void, Error>> Accounts::log_out(Subject subject) {
  Impl& impl = *impl_;
  auto job = [id = subject.session_id](store::Session& session) {
    return store::end_auth_session(session, id, "log-out");
  };
  auto ended = co_await impl.db.write(std::move(job));
  if (!ended) co_return ended.error();
  impl.tell_ended(subject.user_id, {subject.session_id}, "log-out");
  co_return Result<void, Error>{};
}

awaitable<Result<void, Error>> Accounts::log_out_everywhere(Subject subject) {
  Impl& impl = *impl_;
  auto job = [id = subject.user_id](store::Session& session) {
    return store::end_auth_sessions_of(session, id, "", "log-out");
  };
  auto ended = co_await impl.db.write(std::move(job));
  if (!ended) co_return ended.error();
  impl.tell_ended(subject.user_id, *ended, "log-out");
  impl.tell([&](AccountListener& listener) { listener.on_user_ended(subject.user_id, "log-out"); });
  co_return Result<void, Error>{};
}

}  // namespace parley::auth

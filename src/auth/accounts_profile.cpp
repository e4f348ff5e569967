// One's own account, and the directory.
#include "auth/accounts_impl.h"
#include "auth/validation.h"

namespace parley::auth {

namespace {

constexpr std::size_t kMaxStatusCharacters = 140;

Result<ProfileChange, Error> check_change(const ProfileChange& given) {
  ProfileChange out;
  if (given.name) {
    auto name = clean_name(*given.name);
    if (!name) return name.error();
    out.name = std::move(*name);
  }
  if (given.avatar_url) {
    auto url = check_avatar_url(*given.avatar_url);
    if (!url) return url.error();
    out.avatar_url = std::move(*url);
  }
  if (given.status_text) {
    auto text = clean_line(*given.status_text, kMaxStatusCharacters, "statusText");
    if (!text) return text.error();
    out.status_text = std::move(*text);
  }
  if (given.locale) {
    auto locale = check_locale(*given.locale);
    if (!locale) return locale.error();
    out.locale = std::move(*locale);
  }
  return out;
}

Result<store::User, Error> change_job(store::Session& session, const std::string& id, const ProfileChange& change) {
  auto user = store::find_user(session, id);
  if (!user) return user.error();
  if (!user->active()) return Error{"failed_precondition", "the account is disabled", ""};
  if (change.name && *change.name != user->name) {
    user->name = *change.name;
    user->handle.clear();  // the new name gets a handle of its own
  }
  if (change.avatar_url) user->avatar_url = *change.avatar_url;
  if (change.status_text) user->status_text = *change.status_text;
  if (change.locale) user->locale = *change.locale;
  return store::update_user(session, std::move(*user));
}

// For the eyes of somebody who may not know how to reach them.
store::User blanked(store::User user) {
  user.email.clear();
  user.email_verified = false;
  user.locale.clear();
  return user;
}

}  // namespace

awaitable<Result<store::User, Error>> Accounts::me(Subject subject) {
  auto job = [id = subject.user_id](store::Session& session) { return store::find_user(session, id); };
  co_return co_await impl_->db.read(std::move(job));
}

awaitable<Result<store::User, Error>> Accounts::update_profile(Subject subject, ProfileChange given) {
  Impl& impl = *impl_;
  auto change = check_change(given);
  if (!change) co_return change.error();
  auto job = [id = subject.user_id, change = std::move(*change)](store::Session& session) {
    return change_job(session, id, change);
  };
  auto user = co_await impl.db.write(std::move(job));
  if (user) impl.tell([&](AccountListener& listener) { listener.on_profile_changed(*user); });
  co_return user;
}

awaitable<Result<void, Error>> Accounts::change_password(Subject subject, std::string current, std::string next) {
  Impl& impl = *impl_;
  if (auto rules = check_password_rules(next, "newPassword"); !rules) co_return rules.error();
  const std::string account = "user " + subject.user_id;
  if (auto free = impl.lockout.check(impl.now(), account, ""); !free) co_return free.error();
  auto find = [id = subject.user_id](store::Session& session) { return store::find_user(session, id); };
  auto user = co_await impl.db.read(std::move(find));
  if (!user) co_return user.error();
  if (user->guest) co_return Error{"permission_denied", "guests have no password", ""};
  if (current.size() > kMaxPasswordBytes) co_return Error{"permission_denied", "wrong password", "currentPassword"};
  // Whoever came by another issuer has none yet, and sets the first one.
  const std::string known_hash = user->password_hash;
  if (!known_hash.empty()) {
    impl.lockout.failed(impl.now(), account, "");
    std::string hash = known_hash;
    auto fits = co_await impl.passwords.verify(std::move(hash), std::move(current));
    if (!fits) {
      impl.lockout.forgive(account, "");
      co_return fits.error();
    }
    if (!*fits) co_return Error{"permission_denied", "wrong password", "currentPassword"};
    impl.lockout.succeeded(account, "");
  }
  auto hash = co_await impl.passwords.hash(std::move(next));
  if (!hash) co_return hash.error();
  auto job = [id = subject.user_id, keep = subject.session_id, known_hash,
              hash = *hash](store::Session& session) -> Result<std::vector<std::string>, Error> {
    auto row = store::find_user(session, id);
    if (!row) return row.error();
    if (row->password_hash != known_hash && row->password_hash != hash) {
      return Error{"aborted", "the password was changed by somebody else meanwhile", ""};
    }
    row->password_hash = hash;
    if (auto updated = store::update_user(session, std::move(*row)); !updated) return updated.error();
    return store::end_auth_sessions_of(session, id, keep, "password-changed");
  };
  auto ended = co_await impl.db.write(std::move(job));
  if (!ended) co_return ended.error();
  impl.tell_ended(subject.user_id, *ended, "password-changed");
  co_return Result<void, Error>{};
}

awaitable<Result<std::vector<store::AuthSession>, Error>> Accounts::sessions(Subject subject) {
  auto job = [id = subject.user_id](store::Session& session) { return store::auth_sessions_of(session, id); };
  co_return co_await impl_->db.read(std::move(job));
}

awaitable<Result<void, Error>> Accounts::end_session(Subject subject, std::string session_id) {
  Impl& impl = *impl_;
  auto job = [user_id = subject.user_id, session_id](store::Session& session) -> Result<bool, Error> {
    auto row = store::find_auth_session(session, session_id);
    if (!row) return row.error();
    if (!*row || (*row)->user_id != user_id) return Error{"not_found", "there is no such session", "sessionId"};
    return store::end_auth_session(session, session_id, "log-out");
  };
  auto ended = co_await impl.db.write(std::move(job));
  if (!ended) co_return ended.error();
  impl.tell_ended(subject.user_id, {session_id}, "log-out");
  co_return Result<void, Error>{};
}

awaitable<Result<void, Error>> Accounts::delete_account(Subject subject, std::string password) {
  Impl& impl = *impl_;
  const std::string account = "user " + subject.user_id;
  if (auto free = impl.lockout.check(impl.now(), account, ""); !free) co_return free.error();
  auto find = [id = subject.user_id](store::Session& session) { return store::find_user(session, id); };
  auto user = co_await impl.db.read(std::move(find));
  if (!user) co_return user.error();
  if (!user->password_hash.empty()) {
    if (password.size() > kMaxPasswordBytes) co_return Error{"permission_denied", "wrong password", "password"};
    impl.lockout.failed(impl.now(), account, "");
    std::string hash = user->password_hash;
    auto fits = co_await impl.passwords.verify(std::move(hash), std::move(password));
    if (!fits) {
      impl.lockout.forgive(account, "");
      co_return fits.error();
    }
    if (!*fits) co_return Error{"permission_denied", "wrong password", "password"};
    impl.lockout.succeeded(account, "");
  }
  auto job = [id = subject.user_id](store::Session& session) -> Result<EndedSessions, Error> {
    auto row = store::find_user(session, id);
    if (!row) return row.error();
    if (auto fine = check_not_last_admin(session, *row); !fine) return fine.error();
    return erase_account(session, std::move(*row));
  };
  auto ended = co_await impl.db.write(std::move(job));
  if (!ended) co_return ended.error();
  impl.tell_ended(ended->user_id, ended->ids, "deleted");
  impl.tell([&](AccountListener& listener) { listener.on_user_ended(ended->user_id, "deleted"); });
  co_return Result<void, Error>{};
}

awaitable<Result<store::User, Error>> Accounts::user(Subject subject, std::string user_id) {
  const bool own = subject.user_id == user_id;
  if (!own) {
    if (auto allowed = authorize(subject, Action::kUserView, {}); !allowed) co_return allowed.error();
  }
  auto job = [user_id](store::Session& session) { return store::find_user(session, user_id); };
  auto user = co_await impl_->db.read(std::move(job));
  if (!user || own || authorize(subject, Action::kUserAdmin, {})) co_return user;
  co_return blanked(std::move(*user));
}

awaitable<Result<std::vector<store::User>, Error>> Accounts::list_users(Subject subject, store::UserQuery query) {
  if (auto allowed = authorize(subject, Action::kUserView, {}); !allowed) co_return allowed.error();
  const bool admin = authorize(subject, Action::kUserAdmin, {}).has_value();
  if (!admin) {
    // A search by address would tell, letter by letter, what the answer leaves out.
    query.by_email = false;
    query.guests = false;
    query.inactive = false;
  }
  auto job = [query = std::move(query)](store::Session& session) { return store::list_users(session, query); };
  auto users = co_await impl_->db.read(std::move(job));
  if (!users || admin) co_return users;
  for (store::User& user : *users) user = blanked(std::move(user));
  co_return users;
}

awaitable<Result<Accounts::Export, Error>> Accounts::export_user(Subject subject, std::string user_id) {
  Object object;
  object.own = subject.user_id == user_id;
  if (auto allowed = authorize(subject, Action::kUserExport, object); !allowed) co_return allowed.error();
  auto job = [user_id](store::Session& session) -> Result<Export, Error> {
    auto user = store::find_user(session, user_id);
    if (!user) return user.error();
    auto identities = store::identities_of(session, user_id);
    if (!identities) return identities.error();
    auto sessions = store::auth_sessions_of(session, user_id);
    if (!sessions) return sessions.error();
    user->password_hash.clear();
    for (store::AuthSession& row : *sessions) {
      row.family_hash.clear();
      row.refresh_hash.clear();
      row.previous_hash.clear();
    }
    return Export{std::move(*user), std::move(*identities), std::move(*sessions)};
  };
  co_return co_await impl_->db.read(std::move(job));
}

}  // namespace parley::auth

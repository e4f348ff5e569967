// What administrators do with other people's accounts.
#include "auth/accounts_impl.h"
#include "auth/validation.h"

namespace parley::auth {

namespace {

struct ChangedUser {
  store::User user;
  std::vector<std::string> ended;
};

Result<store::User, Error> find_account(store::Session& session, const std::string& id) {
  auto user = store::find_user(session, id);
  if (user && user->deleted_at != 0) return Error{"not_found", "the account was deleted", "userId"};
  return user;
}

Result<ChangedUser, Error> set_role_job(store::Session& session, const std::string& id, ServerRole role) {
  auto user = find_account(session, id);
  if (!user) return user.error();
  if (user->guest) return Error{"failed_precondition", "a guest has no role on the server", "userId"};
  if (role == ServerRole::kUser) {
    if (auto fine = check_not_last_admin(session, *user); !fine) return fine.error();
  }
  user->admin = role == ServerRole::kAdmin;
  auto updated = store::update_user(session, std::move(*user));
  if (!updated) return updated.error();
  return ChangedUser{std::move(*updated), {}};
}

Result<ChangedUser, Error> set_disabled_job(store::Session& session, const std::string& id, bool disabled) {
  auto user = find_account(session, id);
  if (!user) return user.error();
  std::vector<std::string> ended;
  if (disabled && user->disabled_at == 0) {
    if (auto fine = check_not_last_admin(session, *user); !fine) return fine.error();
    user->disabled_at = session.now_ms();
    auto ids = store::end_auth_sessions_of(session, id, "", "disabled");
    if (!ids) return ids.error();
    ended = std::move(*ids);
  } else if (!disabled) {
    user->disabled_at = 0;
  }
  auto updated = store::update_user(session, std::move(*user));
  if (!updated) return updated.error();
  return ChangedUser{std::move(*updated), std::move(ended)};
}

Result<ChangedUser, Error> set_password_job(store::Session& session, const std::string& id, const std::string& hash) {
  auto user = find_account(session, id);
  if (!user) return user.error();
  if (user->guest) return Error{"failed_precondition", "a guest has no password", "userId"};
  user->password_hash = hash;
  auto updated = store::update_user(session, std::move(*user));
  if (!updated) return updated.error();
  auto ids = store::end_auth_sessions_of(session, id, "", "password-changed");
  if (!ids) return ids.error();
  return ChangedUser{std::move(*updated), std::move(*ids)};
}

}  // namespace

awaitable<Result<store::User, Error>> Accounts::admin_create_user(Subject subject, NewUser given, ServerRole role) {
  Impl& impl = *impl_;
  if (auto allowed = authorize(subject, Action::kUserAdmin, {}); !allowed) co_return allowed.error();
  store::User user;
  auto email = normalise_email(given.email);
  if (!email) co_return email.error();
  auto name = clean_name(given.name);
  if (!name) co_return name.error();
  auto locale = check_locale(given.locale);
  if (!locale) co_return locale.error();
  user.email = std::move(*email);
  user.email_verified = true;  // by whoever makes the account
  user.name = std::move(*name);
  user.locale = std::move(*locale);
  user.admin = role == ServerRole::kAdmin;
  // Without a password the account is for log-ins by another issuer.
  if (!given.password.empty()) {
    if (auto rules = check_password_rules(given.password); !rules) co_return rules.error();
    auto hash = co_await impl.passwords.hash(std::move(given.password));
    if (!hash) co_return hash.error();
    user.password_hash = std::move(*hash);
  }
  user.id = impl.new_id();
  auto job = [user](store::Session& session) { return create_account(session, user); };
  auto logged = store::audited(impl.act(subject, "user.create", user.id), std::move(job));
  auto created = co_await impl.db.write(std::move(logged));
  if (created) impl.tell([&](AccountListener& listener) { listener.on_user_created(*created); });
  co_return created;
}

awaitable<Result<store::User, Error>> Accounts::admin_set_role(Subject subject, std::string user_id, ServerRole role) {
  Impl& impl = *impl_;
  if (auto allowed = authorize(subject, Action::kUserAdmin, {}); !allowed) co_return allowed.error();
  auto job = [user_id, role](store::Session& session) { return set_role_job(session, user_id, role); };
  store::AuditEntry entry = impl.act(subject, "user.set-role", user_id);
  entry.detail = R"({"role":")" + std::string(to_string(role)) + R"("})";
  auto logged = store::audited(std::move(entry), std::move(job));
  auto done = co_await impl.db.write(std::move(logged));
  if (!done) co_return done.error();
  impl.tell([&](AccountListener& listener) { listener.on_role_changed(user_id, role); });
  co_return std::move(done->user);
}

awaitable<Result<void, Error>> Accounts::admin_reset_password(Subject subject, std::string user_id, std::string next) {
  Impl& impl = *impl_;
  if (auto allowed = authorize(subject, Action::kUserAdmin, {}); !allowed) co_return allowed.error();
  if (auto rules = check_password_rules(next); !rules) co_return rules.error();
  auto hash = co_await impl.passwords.hash(std::move(next));
  if (!hash) co_return hash.error();
  auto job = [user_id, hash = *hash](store::Session& session) { return set_password_job(session, user_id, hash); };
  auto logged = store::audited(impl.act(subject, "user.reset-password", user_id), std::move(job));
  auto done = co_await impl.db.write(std::move(logged));
  if (!done) co_return done.error();
  impl.tell_ended(user_id, done->ended, "password-changed");
  co_return Result<void, Error>{};
}

awaitable<Result<store::User, Error>> Accounts::admin_set_disabled(Subject subject, std::string user_id,
                                                                   bool disabled) {
  Impl& impl = *impl_;
  if (auto allowed = authorize(subject, Action::kUserAdmin, {}); !allowed) co_return allowed.error();
  auto job = [user_id, disabled](store::Session& session) { return set_disabled_job(session, user_id, disabled); };
  auto logged = store::audited(impl.act(subject, disabled ? "user.disable" : "user.enable", user_id), std::move(job));
  auto done = co_await impl.db.write(std::move(logged));
  if (!done) co_return done.error();
  impl.tell_ended(user_id, done->ended, "disabled");
  if (disabled) impl.tell([&](AccountListener& listener) { listener.on_user_ended(user_id, "disabled"); });
  co_return std::move(done->user);
}

awaitable<Result<void, Error>> Accounts::admin_delete_user(Subject subject, std::string user_id) {
  Impl& impl = *impl_;
  Object object;
  object.own = subject.user_id == user_id;
  if (object.own) co_return Error{"failed_precondition", "one's own account is deleted with its password", "userId"};
  if (auto allowed = authorize(subject, Action::kUserDelete, object); !allowed) co_return allowed.error();
  auto job = [user_id](store::Session& session) -> Result<EndedSessions, Error> {
    auto user = find_account(session, user_id);
    if (!user) return user.error();
    if (auto fine = check_not_last_admin(session, *user); !fine) return fine.error();
    return erase_account(session, std::move(*user));
  };
  auto logged = store::audited(impl.act(subject, "user.delete", user_id), std::move(job));
  auto ended = co_await impl.db.write(std::move(logged));
  if (!ended) co_return ended.error();
  impl.tell_ended(user_id, ended->ids, "deleted");
  impl.tell([&](AccountListener& listener) { listener.on_user_ended(user_id, "deleted"); });
  co_return Result<void, Error>{};
}

awaitable<Result<void, Error>> Accounts::admin_log_out_user(Subject subject, std::string user_id) {
  if (auto allowed = authorize(subject, Action::kUserAdmin, {}); !allowed) co_return allowed.error();
  auto note = [entry = impl_->act(subject, "user.log-out", user_id)](store::Session& session) {
    return store::append_audit(session, entry);
  };
  auto noted = co_await impl_->db.write(std::move(note));
  if (!noted) co_return noted.error();
  Subject person;
  person.user_id = std::move(user_id);
  co_return co_await log_out_everywhere(std::move(person));
}

}  // namespace parley::auth

#include "auth/authenticator.h"

#include <algorithm>
#include <list>
#include <unordered_map>

#include "auth/digest.h"
#include "auth/jwt.h"
#include "auth/session_keys.h"
#include "base/uuid.h"
#include "store/database.h"
#include "store/session.h"

namespace parley::auth {

namespace {

// While the database cannot be reached, people whose sessions were good this recently stay.
constexpr Duration kTrustWithoutDatabase = 10min;
constexpr std::string_view kExternalPrefix = "x:";

Error refused() { return {"unauthenticated", "the session has ended: log in again", "access_token"}; }

bool is_external(std::string_view session_id) { return session_id.starts_with(kExternalPrefix); }

Subject subject_of(const store::User& user, std::string session_id) {
  return {user.id,    std::move(session_id), user.name, user.admin ? ServerRole::kAdmin : ServerRole::kUser,
          user.guest, user.guest_room_id};
}

Result<store::User, Error> look_up(store::Session& session, const std::string& session_id, const std::string& user_id) {
  auto row = store::find_auth_session(session, session_id);
  if (!row) return row.error();
  if (!*row || (*row)->user_id != user_id || (*row)->ended_at != 0 || (*row)->expires_at <= session.now_ms()) {
    return refused();
  }
  auto user = store::find_user(session, user_id);
  if (!user || !user->active()) return refused();
  return user;
}

}  // namespace

struct Authenticator::Impl {
  Impl(AuthenticatorConfig c, Accounts& a, store::Database& database)
      : config(std::move(c)), accounts(a), db(database), external(config.issuers, config.fetch) {}

  struct Entry {
    Subject subject;
    TimePoint checked_at{};
    bool ended = false;  // stays as a mark, so that an answer of the database under way does not revive it
    std::list<std::string>::iterator place;  // in `by_use`
  };

  AuthenticatorConfig config;
  Accounts& accounts;
  store::Database& db;
  ExternalTokens external;
  std::unordered_map<std::string, Entry> sessions;                    // by session id
  std::unordered_map<std::string, std::vector<std::string>> of_user;  // session ids
  std::list<std::string> by_use;                                      // session ids; the one used last in front
  std::uint64_t changes = 0;  // of accounts and sessions, so that an answer of the database is known to be old
  Stats stats;

  Entry& put(Subject subject, TimePoint now) {
    const std::string id = subject.session_id;
    auto [it, fresh] = sessions.try_emplace(id);
    if (fresh) {
      by_use.push_front(id);
      it->second.place = by_use.begin();
      of_user[subject.user_id].push_back(id);
    }
    it->second.subject = std::move(subject);
    it->second.checked_at = now;
    Entry& entry = it->second;
    while (sessions.size() > std::max<std::size_t>(1, config.max_cached)) drop(std::string(by_use.back()));
    return entry;
  }

  void drop(const std::string& id) {
    const auto it = sessions.find(id);
    if (it == sessions.end()) return;
    const auto user = of_user.find(it->second.subject.user_id);
    std::erase(user->second, id);
    if (user->second.empty()) of_user.erase(user);
    by_use.erase(it->second.place);
    sessions.erase(it);
  }

  Entry* find(const std::string& id) {
    const auto it = sessions.find(id);
    if (it == sessions.end()) return nullptr;
    by_use.splice(by_use.begin(), by_use, it->second.place);
    return &it->second;
  }

  template <class Change>
  void each_of_user(std::string_view user_id, Change change) {
    ++changes;
    const auto it = of_user.find(std::string(user_id));
    if (it == of_user.end()) return;
    const std::vector<std::string> ids = it->second;
    for (const std::string& id : ids) change(id, sessions.at(id));
  }

  awaitable<Result<Subject, Error>> own_session(Subject claimed);
  awaitable<Result<Subject, Error>> external_session(std::string token);
  awaitable<Result<Subject, Error>> check(std::string token);
};

awaitable<Result<Subject, Error>> Authenticator::Impl::own_session(Subject claimed) {
  const TimePoint now = config.clock();
  constexpr int kAttempts = 3;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    if (const Entry* known = find(claimed.session_id)) {
      if (known->ended || known->subject.user_id != claimed.user_id) co_return refused();
      if (now - known->checked_at < config.recheck_after) co_return known->subject;
    }
    ++stats.looked_up;
    const std::uint64_t before = changes;
    auto job = [session_id = claimed.session_id, user_id = claimed.user_id](store::Session& session) {
      return look_up(session, session_id, user_id);
    };
    auto user = co_await db.read(std::move(job));
    const Entry* known = find(claimed.session_id);
    if (known != nullptr && known->ended) co_return refused();
    if (!user && user.error().code == "unauthenticated") {
      put(claimed, now).ended = true;
      co_return user.error();
    }
    if (!user) {
      if (known != nullptr && now - known->checked_at < kTrustWithoutDatabase) co_return known->subject;
      co_return user.error();
    }
    if (changes != before && attempt + 1 < kAttempts) continue;
    co_return put(subject_of(*user, claimed.session_id), now).subject;
  }
  co_return refused();
}

awaitable<Result<Subject, Error>> Authenticator::Impl::external_session(std::string token) {
  const TimePoint now = config.clock();
  const std::string digest = sha256_hex(token);
  auto identity = co_await external.verify(std::move(token), now);
  if (!identity) co_return identity.error();
  const std::string& named = identity->session.empty() ? digest : identity->session;
  const std::string id = std::string(kExternalPrefix) +
                         sha256_hex(identity->issuer + '\0' + identity->subject + '\0' + named).substr(0, 34);
  const Entry* known = find(id);
  if (known != nullptr && known->ended) co_return refused();
  if (known != nullptr && now - known->checked_at < config.recheck_after) co_return known->subject;
  const ExternalIssuer* issuer = external.find(identity->issuer);
  Accounts::ExternalPerson person{identity->issuer, identity->subject,    identity->email,     identity->email_verified,
                                  identity->name,   identity->avatar_url, issuer->auto_create, issuer->link_by_email};
  ++stats.looked_up;
  auto user = co_await accounts.find_or_create_external(std::move(person));
  known = find(id);
  if (known != nullptr && known->ended) co_return refused();
  if (!user) {
    const bool away = user.error().code == "unavailable" || user.error().code == "resource_exhausted";
    if (away && known != nullptr && now - known->checked_at < kTrustWithoutDatabase) co_return known->subject;
    co_return away ? user.error() : Error{"unauthenticated", user.error().message, "access_token"};
  }
  co_return put(subject_of(*user, id), now).subject;
}

awaitable<Result<Subject, Error>> Authenticator::Impl::check(std::string token) {
  const auto parsed = parse_jwt(token);
  if (!parsed) co_return parsed.error();
  if (!SessionKeys::is_ours(*parsed)) co_return co_await external_session(std::move(token));
  auto read = accounts.keys().verify(*parsed, config.clock());
  if (!read) co_return read.error();
  co_return co_await own_session(std::move(read->subject));
}

Authenticator::Authenticator(AuthenticatorConfig config, Accounts& accounts, store::Database& database)
    : impl_(std::make_unique<Impl>(std::move(config), accounts, database)) {
  accounts.add_listener(this);
}
Authenticator::~Authenticator() { impl_->accounts.remove_listener(this); }

Result<void, Error> Authenticator::start() { return impl_->external.start(); }

awaitable<Result<Subject, Error>> Authenticator::authenticate(std::string token) {
  auto answer = co_await impl_->check(std::move(token));
  ++(answer ? impl_->stats.accepted : impl_->stats.refused);
  co_return answer;
}

std::int64_t Authenticator::expiry_of(std::string_view token) {
  const auto parsed = parse_jwt(token);
  if (!parsed) return 0;
  return std::max<std::int64_t>(0, claim_date(parsed->claims, "exp").value_or(0));
}

Authenticator::Stats Authenticator::stats() const {
  Stats out = impl_->stats;
  out.cached = impl_->sessions.size();
  return out;
}

void Authenticator::on_session_ended(std::string_view user_id, std::string_view session_id,
                                     std::string_view /*reason*/) {
  ++impl_->changes;
  Subject subject;
  subject.user_id = user_id;
  subject.session_id = session_id;
  impl_->put(std::move(subject), impl_->config.clock()).ended = true;
}

void Authenticator::on_user_ended(std::string_view user_id, std::string_view reason) {
  // An external token is as good as before once its account is; a log-out ends what was logged in with it.
  const bool logged_out = reason == "log-out";
  impl_->each_of_user(user_id, [&](const std::string& id, Impl::Entry& entry) {
    if (is_external(id) && !logged_out) {
      impl_->drop(id);
    } else {
      entry.ended = true;
    }
  });
}

void Authenticator::on_role_changed(std::string_view user_id, ServerRole role) {
  impl_->each_of_user(user_id, [role](const std::string& /*id*/, Impl::Entry& entry) { entry.subject.role = role; });
}

void Authenticator::on_profile_changed(const store::User& user) {
  impl_->each_of_user(user.id, [&](const std::string& /*id*/, Impl::Entry& entry) { entry.subject.name = user.name; });
}

}  // namespace parley::auth

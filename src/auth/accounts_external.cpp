// People whom another issuer vouches for: OpenID providers and external tokens.
#include "auth/accounts_impl.h"
#include "auth/validation.h"

namespace parley::auth {

namespace {

constexpr std::int64_t kTouchEveryMs = 3'600'000;

struct Known {
  store::User user;
  std::int64_t last_used_at = 0;
};

Result<std::optional<Known>, Error> find_known(store::Session& session, const Accounts::ExternalPerson& person) {
  auto identity = store::find_identity(session, person.issuer, person.subject);
  if (!identity) return identity.error();
  if (!*identity) return std::optional<Known>();
  auto user = store::find_user(session, (*identity)->user_id);
  if (!user) return user.error();
  return Known{std::move(*user), (*identity)->last_used_at};
}

struct Found {
  store::User user;
  bool created = false;
  std::vector<std::string> ended;
};

// The account with this address, if the person may have it. An address that nobody verified here may belong to somebody
// who was only first to type it: the password and the sessions of that somebody end with the link.
Result<std::optional<Found>, Error> link_by_email(store::Session& session, const std::string& email) {
  auto owner = store::find_user_by_email(session, email);
  if (!owner) return owner.error();
  if (!*owner) return std::optional<Found>();
  Found found{std::move(**owner), false, {}};
  if (found.user.email_verified) return found;
  found.user.password_hash.clear();
  found.user.email_verified = true;
  auto updated = store::update_user(session, std::move(found.user));
  if (!updated) return updated.error();
  found.user = std::move(*updated);
  auto ended = store::end_auth_sessions_of(session, found.user.id, "", "linked");
  if (!ended) return ended.error();
  found.ended = std::move(*ended);
  return found;
}

Result<Found, Error> create_job(store::Session& session, const Accounts::ExternalPerson& person, store::User wanted) {
  auto known = find_known(session, person);
  if (!known) return known.error();
  if (*known) return Found{std::move((*known)->user), false, {}};
  std::optional<Found> found;
  if (person.link_by_email && person.email_verified && !wanted.email.empty()) {
    auto linked = link_by_email(session, wanted.email);
    if (!linked) return linked.error();
    found = std::move(*linked);
  }
  if (!found) {
    if (!person.auto_create) return Error{"permission_denied", "there is no account for this log-in", ""};
    auto created = create_account(session, std::move(wanted));
    if (!created) return created.error();
    found = Found{std::move(*created), true, {}};
  }
  const store::Identity identity{person.issuer, person.subject,   found->user.id,
                                 person.email,  session.now_ms(), session.now_ms()};
  if (auto added = store::insert_identity(session, identity); !added) return added.error();
  return std::move(*found);
}

Result<store::User, Error> if_active(store::User user) {
  if (!user.active()) return Error{"permission_denied", "the account is disabled", ""};
  return user;
}

}  // namespace

awaitable<Result<store::User, Error>> Accounts::find_or_create_external(ExternalPerson person) {
  Impl& impl = *impl_;
  if (person.issuer.empty() || person.subject.empty() || person.subject.size() > 255) {
    co_return Error{"unauthenticated", "the log-in names nobody (sub)", ""};
  }
  auto find = [person](store::Session& session) { return find_known(session, person); };
  auto known = co_await impl.db.read(std::move(find));
  if (!known) co_return known.error();
  if (*known) {
    if (impl.now_ms() - (*known)->last_used_at > kTouchEveryMs) {
      auto touch = [person](store::Session& session) {
        return store::touch_identity(session, person.issuer, person.subject, session.now_ms());
      };
      (void)co_await impl.db.write(std::move(touch));
    }
    co_return if_active(std::move((*known)->user));
  }
  store::User wanted;
  wanted.id = impl.new_id();
  wanted.name =
      name_from_outside(person.name, name_from_outside(person.email.substr(0, person.email.find('@')), "User"));
  if (auto url = check_avatar_url(person.avatar_url)) wanted.avatar_url = std::move(*url);
  // An address that the issuer does not vouch for is not kept: it would stand in its owner's way.
  if (auto email = normalise_email(person.email); email && person.email_verified) {
    wanted.email = std::move(*email);
    wanted.email_verified = true;
  }
  auto job = [person, wanted](store::Session& session) { return create_job(session, person, wanted); };
  auto found = co_await impl.db.write(std::move(job));
  if (!found) co_return found.error();
  impl.tell_ended(found->user.id, found->ended, "linked");
  if (found->created) impl.tell([&](AccountListener& listener) { listener.on_user_created(found->user); });
  co_return if_active(std::move(found->user));
}

}  // namespace parley::auth

// Who else may see a file: rooms, persons, and whoever has a link.
#include "auth/base64url.h"
#include "auth/password.h"
#include "base/uuid.h"
#include "files/digest.h"
#include "files/download.h"
#include "files/service_impl.h"
#include "store/database.h"
#include "store/users.h"

namespace parley::files {

namespace {

constexpr std::size_t kTokenBytes = 24;
// Of wrong passwords, for each link: after the burst one in five seconds.
constexpr Rate kPasswordTries{0.2, 10};
constexpr std::size_t kMaxLinkTries = 10'000;

std::string new_token(RandomSource& random) {
  std::string raw(kTokenBytes, '\0');
  random.fill({reinterpret_cast<std::uint8_t*>(raw.data()), raw.size()});
  return auth::base64url_encode(raw);
}

Result<void, Error> check_new_grant(const NewGrant& what, std::int64_t time) {
  if (what.expires_at != 0 && what.expires_at <= time) {
    return Error{"invalid_argument", "this time is over already", "expiresAt"};
  }
  if (what.kind == store::GrantKind::kRoom && !is_uuid(what.room_id)) {
    return Error{"invalid_argument", "name a room", "roomId"};
  }
  if (what.kind == store::GrantKind::kUser && !is_uuid(what.user_id)) {
    return Error{"invalid_argument", "name a person", "userId"};
  }
  if (what.password.size() > auth::kMaxPasswordBytes) {
    return Error{"invalid_argument", "the password is too long", "password"};
  }
  return {};
}

boost::json::object grant_json(const store::FileGrant& grant) {
  boost::json::object out{{"grantId", grant.id}};
  if (grant.kind == store::GrantKind::kRoom) out["roomId"] = grant.room_id;
  if (grant.kind == store::GrantKind::kUser) out["userId"] = grant.user_id;
  if (grant.kind == store::GrantKind::kLink) out["link"] = true;
  return out;
}

}  // namespace

awaitable<Result<GrantMade, Error>> Service::grant(auth::Subject subject, std::string file_id, NewGrant what) {
  const auto impl = impl_;
  const std::int64_t time = impl->now_ms();
  if (auto checked = check_new_grant(what, time); !checked) co_return checked.error();
  auto access = co_await impl->allow(subject, auth::Action::kFileGrant, file_id);
  if (!access) co_return access.error();
  GrantMade made;
  store::FileGrant& grant = made.grant;
  grant.id = impl->new_id();
  grant.file_id = file_id;
  grant.kind = what.kind;
  grant.created_by = subject.user_id;
  grant.created_at = time;
  grant.expires_at = what.expires_at;
  if (what.kind == store::GrantKind::kRoom) {
    grant.room_id = what.room_id;
    // A file can only be brought into rooms that its giver may bring files into.
    auto allowed = co_await impl->allow_in_room(subject, auth::Action::kFileUpload, what.room_id, true);
    if (!allowed) co_return allowed.error();
  } else if (what.kind == store::GrantKind::kUser) {
    grant.user_id = what.user_id;
  } else {
    made.token = new_token(impl->parts.random);
    grant.token_hash = sha256_hex(made.token);
    if (!what.password.empty()) {
      auto hash = co_await impl->parts.passwords.hash(what.password);
      if (!hash) co_return hash.error();
      grant.password_hash = *hash;
    }
  }
  auto job = [grant](store::Session& session) -> Result<void, Error> {
    if (grant.kind == store::GrantKind::kUser) {
      const auto user = store::find_user(session, grant.user_id);
      if (!user) return Error{user.error().code, user.error().message, "userId"};
      if (!user->active()) return Error{"not_found", "there is no such person", "userId"};
    }
    return store::insert_file_grant(session, grant);
  };
  // Who opens a file to others, and to whom.
  auto entry = impl->act(subject, "file.grant", access->file, grant_json(grant));
  auto audited = store::audited(std::move(entry), std::move(job));
  auto inserted = co_await impl->parts.database.write(std::move(audited));
  if (!inserted) co_return inserted.error();
  co_return made;
}

awaitable<Result<std::vector<store::FileGrant>, Error>> Service::grants(auth::Subject subject, std::string file_id) {
  const auto impl = impl_;
  auto access = co_await impl->allow(subject, auth::Action::kFileGrant, file_id);
  if (!access) co_return access.error();
  auto job = [file_id](store::Session& session) { return store::list_file_grants(session, file_id); };
  co_return co_await impl->parts.database.read(std::move(job));
}

awaitable<Result<void, Error>> Service::revoke(auth::Subject subject, std::string file_id, std::string grant_id) {
  const auto impl = impl_;
  auto access = co_await impl->allow(subject, auth::Action::kFileGrant, file_id);
  if (!access) co_return access.error();
  auto job = [file_id, grant_id](store::Session& session) -> Result<store::FileGrant, Error> {
    auto grant = store::find_file_grant(session, grant_id);
    if (!grant) return grant.error();
    if (!*grant || (*grant)->file_id != file_id) return Error{"not_found", "there is no such grant", "grantId"};
    if (auto gone = store::delete_file_grant(session, grant_id); !gone) return gone.error();
    return std::move(**grant);
  };
  auto entry = impl->act(subject, "file.revoke", access->file, {{"grantId", grant_id}});
  auto audited = store::audited(std::move(entry), std::move(job));
  auto gone = co_await impl->parts.database.write(std::move(audited));
  if (!gone) co_return gone.error();
  impl->cut_downloads([&](const Download& download) {
    return download.grant_id() == grant_id ||
           (!gone->user_id.empty() && download.file_id() == file_id && download.user_id() == gone->user_id);
  });
  co_return Result<void, Error>();
}

awaitable<Result<store::FileGrant, Error>> Service::Impl::check_link(std::string token, std::string password) {
  const auto self = shared_from_this();
  const Error no_link{"not_found", "there is no such link, or it has expired", ""};
  if (token.empty() || token.size() > 100) co_return no_link;
  auto job = [hash = sha256_hex(token)](store::Session& session) {
    return store::find_file_grant_by_token(session, hash);
  };
  auto grant = co_await parts.database.read(std::move(job));
  if (!grant) co_return grant.error();
  if (!*grant || ((*grant)->expires_at != 0 && (*grant)->expires_at <= now_ms())) co_return no_link;
  const store::FileGrant found = **grant;
  if (found.password_hash.empty()) co_return found;
  if (password.empty()) co_return Error{"unauthenticated", "this link asks for a password", "password"};
  if (link_tries.size() > kMaxLinkTries) {
    std::erase_if(link_tries, [time = now()](const auto& entry) { return entry.second.full(time); });
  }
  TokenBucket& tries = link_tries.try_emplace(found.id, kPasswordTries).first->second;
  if (!tries.take(now())) {
    const auto wait = static_cast<std::uint32_t>(tries.wait(now()) / 1s + 1);
    co_return Error{"rate_limited", "too many wrong passwords; wait a little", "password", wait};
  }
  auto right = co_await parts.passwords.verify(found.password_hash, password);
  if (!right) co_return right.error();
  if (!*right) co_return Error{"unauthenticated", "this is not the link's password", "password"};
  link_tries.erase(found.id);
  co_return found;
}

}  // namespace parley::files

#include "auth/accounts.h"

#include <sodium.h>

#include <algorithm>

#include "auth/accounts_impl.h"
#include "auth/audit.h"
#include "auth/digest.h"
#include "base/uuid.h"
#include "http/query.h"
#include "store/server_keys.h"

namespace parley::auth {

namespace {

constexpr std::size_t kMaxUserAgentBytes = 256;
constexpr std::size_t kMaxAddressBytes = 64;
// How far back sweep() looks again: commits and clocks of another process may lag this much.
constexpr std::int64_t kSweepOverlapMs = 10'000;
constexpr std::int64_t kTellMemoryMs = 60'000;
constexpr std::int64_t kPurgeEveryMs = 3'600'000;
constexpr std::int64_t kKeepEndedMs = 30LL * 24 * 3'600'000;

std::string to_base64(const std::string& raw) {
  std::string out(sodium_base64_ENCODED_LEN(raw.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(raw.data()), raw.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  out.pop_back();  // the terminating NUL
  return out;
}

std::string from_base64(const std::string& text) {
  std::string out(text.size(), '\0');
  std::size_t size = 0;
  const int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(),
                                       text.size(), nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL);
  out.resize(failed == 0 ? size : 0);
  return out;
}

constexpr std::string_view kKeyPurpose = "access-token";

// Newest first; the one given where there is none yet.
Result<std::vector<store::ServerKey>, Error> load_keys(store::Session& session, const store::ServerKey& fresh) {
  auto newest = store::ensure_server_key(session, fresh);
  if (!newest) return newest.error();
  return store::list_server_keys(session, kKeyPurpose);
}

}  // namespace

Error wrong_login() { return {"unauthenticated", "wrong e-mail address or password", ""}; }

ClientInfo cut(ClientInfo client) {
  client.user_agent = std::string(http::utf8_prefix(client.user_agent, kMaxUserAgentBytes));
  if (!http::is_utf8(client.user_agent)) client.user_agent.clear();
  client.address.resize(std::min(client.address.size(), kMaxAddressBytes));
  return client;
}

std::string Accounts::Impl::make_id(TimePoint now, RandomSource& random) { return make_uuid(now, random); }

SessionDraft Accounts::Impl::draft_session(const std::string& user_id, std::string method, const ClientInfo& client,
                                           Duration ttl) {
  const std::string family = random_token(random);
  const std::string secret = random_token(random);
  SessionDraft draft;
  draft.row.id = new_id();
  draft.row.user_id = user_id;
  draft.row.family_hash = sha256_hex(family);
  draft.row.refresh_hash = sha256_hex(secret);
  draft.row.address = client.address;
  draft.row.user_agent = client.user_agent;
  draft.row.method = std::move(method);
  draft.row.created_at = draft.row.rotated_at = draft.row.last_used_at = now_ms();
  draft.row.expires_at = draft.row.created_at + to_millis(ttl);
  draft.refresh_token = draft.row.id + "." + family + "." + secret;
  return draft;
}

SignedIn Accounts::Impl::signed_in(store::User user, const std::string& session_id, std::string refresh_token) const {
  SignedIn out;
  out.user = std::move(user);
  out.session_id = session_id;
  out.refresh_token = std::move(refresh_token);
  out.access_token = keys.sign(out.subject(), now(), config.access_ttl);
  out.expires_in = std::chrono::duration_cast<std::chrono::seconds>(config.access_ttl).count();
  return out;
}

Subject SignedIn::subject() const {
  return {user.id,    session_id,        user.name, user.admin ? ServerRole::kAdmin : ServerRole::kUser,
          user.guest, user.guest_room_id};
}

void Accounts::Impl::tell_ended(std::string_view user_id, const std::vector<std::string>& session_ids,
                                std::string_view reason) {
  for (const std::string& id : session_ids) {
    told.insert_or_assign(id, now_ms());
    tell([&](AccountListener& listener) { listener.on_session_ended(user_id, id, reason); });
  }
}

awaitable<Result<void, Error>> Accounts::Impl::may_in_room(Subject subject, Action action, std::string room_id,
                                                           RoomRole new_role) {
  if (!rooms.describe) co_return Error{"not_found", "there is no such room", "roomId"};
  std::string user_id = subject.user_id;
  std::string room = room_id;
  auto object = co_await rooms.describe(std::move(user_id), std::move(room));
  if (!object) co_return object.error();
  object->room_id = room_id;
  auto allowed = authorize(subject, action, *object);
  if (!allowed || new_role == RoomRole::kNone) co_return allowed;
  object->new_role = new_role;
  object->target_role = RoomRole::kNone;
  co_return authorize(subject, Action::kMemberAdd, *object);
}

store::AuditEntry Accounts::Impl::act(const Subject& subject, std::string action, std::string object_id,
                                      std::string room_id) {
  return audit_entry(new_id(), subject, std::move(action), std::move(object_id), std::move(room_id));
}

awaitable<Result<void, Error>> Accounts::Impl::join_room(std::string user_id, std::string room_id, RoomRole role) {
  if (!rooms.join) co_return Error{"not_found", "there is no such room", "roomId"};
  co_return co_await rooms.join(std::move(user_id), std::move(room_id), role);
}

Result<std::vector<std::string>, Error> add_session(store::Session& session, const store::AuthSession& row,
                                                    std::size_t max_sessions) {
  std::vector<std::string> ended;
  auto same = store::find_auth_session(session, row.id);
  if (!same) return same.error();
  if (same->has_value()) return ended;  // the job ran before
  auto alive = store::auth_sessions_of(session, row.user_id);
  if (!alive) return alive.error();
  for (std::size_t i = max_sessions - 1; i < alive->size(); ++i) {
    auto done = store::end_auth_session(session, (*alive)[i].id, "too-many");
    if (!done) return done.error();
    ended.push_back((*alive)[i].id);
  }
  if (auto added = store::insert_auth_session(session, row); !added) return added.error();
  return ended;
}

Result<void, Error> check_not_last_admin(store::Session& session, const store::User& user) {
  if (!user.admin || !user.active()) return {};
  const auto admins = store::count_admins(session);
  if (!admins) return admins.error();
  if (*admins > 1) return {};
  return Error{"failed_precondition", "the server would be left without an administrator", ""};
}

Result<EndedSessions, Error> erase_account(store::Session& session, store::User user) {
  const std::string reason = user.guest ? "expired" : "deleted";
  auto ended = store::end_auth_sessions_of(session, user.id, "", reason);
  if (!ended) return ended.error();
  if (auto gone = store::delete_identities_of(session, user.id); !gone) return gone.error();
  store::User left;
  left.id = user.id;
  left.name = user.guest ? user.name : "Deleted account";
  left.guest = user.guest;
  left.guest_link_id = user.guest_link_id;
  left.guest_room_id = user.guest_room_id;
  left.created_at = user.created_at;
  left.deleted_at = session.now_ms();
  if (auto updated = store::update_user(session, left); !updated) return updated.error();
  return EndedSessions{user.id, std::move(*ended)};
}

Result<store::User, Error> create_account(store::Session& session, store::User user) {
  if (auto same = store::find_user(session, user.id)) return same;  // the job ran before
  user.created_at = user.updated_at = session.now_ms();
  auto created = store::insert_user(session, std::move(user));
  if (!created || created->guest) return created;
  const auto first = store::claim_first_admin(session, created->id);
  if (!first) return first.error();
  if (!*first) return created;
  created->admin = true;
  return store::update_user(session, std::move(*created));
}

// ---- the service as such ----

Accounts::Accounts(AccountsConfig config, store::Database& database, work::Pool& pool, RandomSource& random)
    : impl_(std::make_unique<Impl>(std::move(config), database, pool, random)) {}
Accounts::~Accounts() = default;

awaitable<Result<void, Error>> Accounts::start() {
  Impl& impl = *impl_;
  std::string raw(32, '\0');
  impl.random.fill({reinterpret_cast<std::uint8_t*>(raw.data()), raw.size()});
  const store::ServerKey fresh{impl.new_id(), std::string(kKeyPurpose), to_base64(raw), impl.now_ms()};
  auto job = [fresh](store::Session& session) { return load_keys(session, fresh); };
  auto rows = co_await impl.db.write(std::move(job));
  if (!rows) co_return rows.error();
  std::vector<JwtKey> keys;
  for (const store::ServerKey& row : *rows) {
    std::string secret = from_base64(row.secret);
    if (secret.size() >= 32) keys.push_back({JwtAlgorithm::kHs256, row.id, std::move(secret), nullptr});
  }
  if (keys.empty()) co_return Error{"failed_precondition", "the database's signing key is damaged (server_keys)", ""};
  impl.keys.set(std::move(keys));
  impl.swept_until = impl.now_ms();
  co_return Result<void, Error>{};
}

void Accounts::set_rooms(RoomHooks hooks) { impl_->rooms = std::move(hooks); }
void Accounts::add_listener(AccountListener* listener) { impl_->listeners.push_back(listener); }
void Accounts::remove_listener(AccountListener* listener) { std::erase(impl_->listeners, listener); }
const SessionKeys& Accounts::keys() const { return impl_->keys; }
const AccountsConfig& Accounts::config() const { return impl_->config; }

namespace {

struct Swept {
  std::vector<store::AuthSession> ended;    // by whomever
  std::vector<store::AuthSession> expired;  // just now, by us
  std::vector<store::User> guests;          // whose stay is over
};

Result<Swept, Error> sweep_job(store::Session& session, std::int64_t since, bool purge) {
  Swept out;
  auto ended = store::auth_sessions_ended_since(session, since);
  if (!ended) return ended.error();
  out.ended = std::move(*ended);
  auto expired = store::auth_sessions_expired(session);
  if (!expired) return expired.error();
  out.expired = std::move(*expired);
  for (const store::AuthSession& row : out.expired) {
    if (auto done = store::end_auth_session(session, row.id, "expired"); !done) return done.error();
    if (row.method != "guest") continue;
    auto guest = store::find_user(session, row.user_id);
    if (!guest || guest->deleted_at != 0) continue;
    out.guests.push_back(*guest);
    if (auto gone = erase_account(session, std::move(*guest)); !gone) return gone.error();
  }
  if (!purge) return out;
  if (auto purged = store::purge_auth_sessions(session, session.now_ms() - kKeepEndedMs); !purged) {
    return purged.error();
  }
  return out;
}

}  // namespace

awaitable<void> Accounts::sweep() {
  Impl& impl = *impl_;
  const std::int64_t now = impl.now_ms();
  const std::int64_t since = impl.swept_until - kSweepOverlapMs;
  const bool purge = now >= impl.purge_next;
  auto job = [since, purge](store::Session& session) { return sweep_job(session, since, purge); };
  auto swept = co_await impl.db.write(std::move(job));
  if (!swept) co_return;  // the next one tries again
  impl.swept_until = now;
  if (purge) impl.purge_next = now + kPurgeEveryMs;
  for (const store::AuthSession& row : swept->ended) {
    if (!impl.told.contains(row.id)) impl.tell_ended(row.user_id, {row.id}, row.end_reason);
  }
  for (const store::AuthSession& row : swept->expired) impl.tell_ended(row.user_id, {row.id}, "expired");
  std::erase_if(impl.told, [now](const auto& item) { return now - item.second > kTellMemoryMs; });
  for (const store::User& guest : swept->guests) {
    impl.tell([&](AccountListener& listener) { listener.on_user_ended(guest.id, "expired"); });
    if (!impl.rooms.leave) continue;
    std::string user_id = guest.id;
    std::string room_id = guest.guest_room_id;
    (void)co_await impl.rooms.leave(std::move(user_id), std::move(room_id));
  }
}

}  // namespace parley::auth

// Invitations and guest links.
#include "auth/accounts_impl.h"
#include "auth/digest.h"
#include "auth/validation.h"

namespace parley::auth {

namespace {

constexpr std::int64_t kMaxUses = 100'000;

Error no_such_invitation() { return {"not_found", "there is no such invitation", "invitation"}; }
Error no_such_link() { return {"not_found", "there is no such link", "link"}; }
Error link_over() { return {"failed_precondition", "the link has expired or was used up", "link"}; }

Result<void, Error> check_terms(std::int64_t max_uses, Duration ttl, Duration longest) {
  if (max_uses < 0 || max_uses > kMaxUses) {
    return Error{"invalid_argument", "must be 0 (any number) to 100,000", "maxUses"};
  }
  if (ttl <= Duration{0} || ttl > longest) {
    return Error{"invalid_argument", "must end within " + std::to_string(longest / 24h) + " days", "expiresAt"};
  }
  return {};
}

struct GuestEntry {
  store::User user;
  SessionDraft draft;
  std::string link_id;
};

Result<store::User, Error> enter_job(store::Session& session, const GuestEntry& entry) {
  if (auto same = store::find_user(session, entry.user.id)) return same;  // the job ran before
  if (auto used = store::use_guest_link(session, entry.link_id); !used) return used.error();
  auto user = create_account(session, entry.user);
  if (!user) return user.error();
  if (auto added = store::insert_auth_session(session, entry.draft.row); !added) return added.error();
  return user;
}

struct RevokedLink {
  std::vector<EndedSessions> guests;
};

Result<RevokedLink, Error> revoke_link_job(store::Session& session, const std::string& id) {
  if (auto revoked = store::revoke_guest_link(session, id); !revoked) return revoked.error();
  auto guests = store::guests_of_link(session, id);
  if (!guests) return guests.error();
  RevokedLink out;
  for (const std::string& guest_id : *guests) {
    auto guest = store::find_user(session, guest_id);
    if (!guest) return guest.error();
    auto ended = erase_account(session, std::move(*guest));
    if (!ended) return ended.error();
    out.guests.push_back(std::move(*ended));
  }
  return out;
}

template <class Row>
auto usable_by(std::string token, Result<std::optional<Row>, Error> (*find)(store::Session&, std::string_view)) {
  return [hash = sha256_hex(token), find](store::Session& session) { return find(session, hash); };
}

}  // namespace

// ---- invitations ----

awaitable<Result<WithToken<store::Invitation>, Error>> Accounts::create_invitation(Subject subject,
                                                                                   NewInvitation wanted) {
  Impl& impl = *impl_;
  if (auto terms = check_terms(wanted.max_uses, wanted.ttl, impl.config.max_invitation_ttl); !terms) {
    co_return terms.error();
  }
  if (wanted.room_id.empty() || wanted.admin) {
    if (auto allowed = authorize(subject, Action::kServerInvite, {}); !allowed) co_return allowed.error();
  }
  if (!wanted.room_id.empty()) {
    auto allowed = co_await impl.may_in_room(subject, Action::kRoomInvite, wanted.room_id, wanted.role);
    if (!allowed) co_return allowed.error();
  }
  WithToken<store::Invitation> out;
  if (!wanted.email.empty()) {
    auto email = normalise_email(wanted.email);
    if (!email) co_return email.error();
    out.row.email = std::move(*email);
  }
  out.token = random_token(impl.random);
  out.row.id = impl.new_id();
  out.row.token_hash = sha256_hex(out.token);
  out.row.created_by = subject.user_id;
  out.row.room_id = wanted.room_id;
  if (!wanted.room_id.empty()) out.row.role = to_string(wanted.role);
  out.row.admin = wanted.admin;
  out.row.max_uses = wanted.max_uses;
  out.row.created_at = impl.now_ms();
  out.row.expires_at = out.row.created_at + to_millis(wanted.ttl);
  auto job = [row = out.row](store::Session& session) -> Result<void, Error> {
    auto same = store::find_invitation(session, row.id);
    if (!same) return same.error();
    if (*same) return {};
    return store::insert_invitation(session, row);
  };
  auto logged = store::audited(impl.act(subject, "invitation.create", out.row.id, wanted.room_id), std::move(job));
  auto added = co_await impl.db.write(std::move(logged));
  if (!added) co_return added.error();
  co_return out;
}

awaitable<Result<std::vector<store::Invitation>, Error>> Accounts::list_invitations(Subject subject,
                                                                                    std::string room_id) {
  Impl& impl = *impl_;
  if (room_id.empty()) {
    if (auto allowed = authorize(subject, Action::kServerInvite, {}); !allowed) co_return allowed.error();
  } else {
    auto allowed = co_await impl.may_in_room(subject, Action::kRoomInvite, room_id, RoomRole::kNone);
    if (!allowed) co_return allowed.error();
  }
  auto job = [room_id](store::Session& session) { return store::list_invitations(session, room_id); };
  co_return co_await impl.db.read(std::move(job));
}

awaitable<Result<void, Error>> Accounts::revoke_invitation(Subject subject, std::string id) {
  Impl& impl = *impl_;
  auto find = [id](store::Session& session) { return store::find_invitation(session, id); };
  auto found = co_await impl.db.read(std::move(find));
  if (!found) co_return found.error();
  if (!*found) co_return no_such_invitation();
  const std::string room_id = (*found)->room_id;
  const bool server_wide = authorize(subject, Action::kServerInvite, {}).has_value();
  if (!server_wide && room_id.empty()) co_return no_such_invitation();
  if (!server_wide) {
    auto allowed = co_await impl.may_in_room(subject, Action::kRoomInvite, room_id, RoomRole::kNone);
    if (!allowed) co_return no_such_invitation();
  }
  auto job = [id](store::Session& session) { return store::revoke_invitation(session, id); };
  auto logged = store::audited(impl.act(subject, "invitation.revoke", id, room_id), std::move(job));
  co_return co_await impl.db.write(std::move(logged));
}

awaitable<Result<std::string, Error>> Accounts::accept_invitation(Subject subject, std::string token) {
  Impl& impl = *impl_;
  if (subject.guest) co_return Error{"permission_denied", "a guest stays in the room of the link", ""};
  auto find = [hash = sha256_hex(token), id = subject.user_id](
                  store::Session& session) -> Result<std::pair<store::Invitation, store::User>, Error> {
    auto row = store::find_invitation_by_token(session, hash);
    if (!row) return row.error();
    if (!*row || (*row)->room_id.empty()) return no_such_invitation();
    auto user = store::find_user(session, id);
    if (!user) return user.error();
    return std::pair{std::move(**row), std::move(*user)};
  };
  auto found = co_await impl.db.read(std::move(find));
  if (!found) co_return found.error();
  const store::Invitation invitation = found->first;
  if (!invitation.email.empty() && invitation.email != found->second.email) {
    co_return Error{"permission_denied", "the invitation is for another e-mail address", "invitation"};
  }
  if (!impl.rooms.describe) co_return no_such_invitation();
  std::string user_id = subject.user_id;
  std::string room_id = invitation.room_id;
  auto place = co_await impl.rooms.describe(std::move(user_id), std::move(room_id));
  if (!place) co_return place.error();
  if (place->role_in_room == RoomRole::kNone) {
    auto use = [id = invitation.id](store::Session& session) { return store::use_invitation(session, id); };
    auto used = co_await impl.db.write(std::move(use));
    if (!used) co_return used.error();
    user_id = subject.user_id;
    room_id = invitation.room_id;
    const RoomRole role = room_role_from(invitation.role).value_or(RoomRole::kMember);
    auto joined = co_await impl.join_room(std::move(user_id), std::move(room_id), role);
    if (!joined) co_return joined.error();
  }
  co_return Result<std::string, Error>{boost::system::in_place_value, invitation.room_id};
}

// ---- guest links ----

awaitable<Result<WithToken<store::GuestLink>, Error>> Accounts::create_guest_link(Subject subject,
                                                                                  NewGuestLink wanted) {
  Impl& impl = *impl_;
  if (auto terms = check_terms(wanted.max_uses, wanted.ttl, impl.config.max_invitation_ttl); !terms) {
    co_return terms.error();
  }
  auto allowed = co_await impl.may_in_room(subject, Action::kRoomInvite, wanted.room_id, RoomRole::kGuest);
  if (!allowed) co_return allowed.error();
  WithToken<store::GuestLink> out;
  if (!wanted.password.empty()) {
    if (auto rules = check_password_rules(wanted.password); !rules) co_return rules.error();
    auto hash = co_await impl.passwords.hash(std::move(wanted.password));
    if (!hash) co_return hash.error();
    out.row.password_hash = std::move(*hash);
  }
  out.token = random_token(impl.random);
  out.row.id = impl.new_id();
  out.row.token_hash = sha256_hex(out.token);
  out.row.room_id = wanted.room_id;
  out.row.created_by = subject.user_id;
  out.row.max_uses = wanted.max_uses;
  out.row.created_at = impl.now_ms();
  out.row.expires_at = out.row.created_at + to_millis(wanted.ttl);
  auto job = [row = out.row](store::Session& session) -> Result<void, Error> {
    auto same = store::find_guest_link(session, row.id);
    if (!same) return same.error();
    if (*same) return {};
    return store::insert_guest_link(session, row);
  };
  auto logged = store::audited(impl.act(subject, "guest-link.create", out.row.id, wanted.room_id), std::move(job));
  auto added = co_await impl.db.write(std::move(logged));
  if (!added) co_return added.error();
  co_return out;
}

awaitable<Result<std::vector<store::GuestLink>, Error>> Accounts::list_guest_links(Subject subject,
                                                                                   std::string room_id) {
  Impl& impl = *impl_;
  auto allowed = co_await impl.may_in_room(subject, Action::kRoomInvite, room_id, RoomRole::kNone);
  if (!allowed) co_return allowed.error();
  auto job = [room_id](store::Session& session) { return store::list_guest_links(session, room_id); };
  co_return co_await impl.db.read(std::move(job));
}

awaitable<Result<void, Error>> Accounts::revoke_guest_link(Subject subject, std::string id) {
  Impl& impl = *impl_;
  auto find = [id](store::Session& session) { return store::find_guest_link(session, id); };
  auto found = co_await impl.db.read(std::move(find));
  if (!found) co_return found.error();
  if (!*found) co_return no_such_link();
  const std::string room_id = (*found)->room_id;
  if (!authorize(subject, Action::kServerInvite, {})) {
    auto allowed = co_await impl.may_in_room(subject, Action::kRoomInvite, room_id, RoomRole::kNone);
    if (!allowed) co_return no_such_link();
  }
  auto job = [id](store::Session& session) { return revoke_link_job(session, id); };
  auto logged = store::audited(impl.act(subject, "guest-link.revoke", id, room_id), std::move(job));
  auto revoked = co_await impl.db.write(std::move(logged));
  if (!revoked) co_return revoked.error();
  for (const EndedSessions& guest : revoked->guests) {
    impl.tell_ended(guest.user_id, guest.ids, "link-revoked");
    impl.tell([&](AccountListener& listener) { listener.on_user_ended(guest.user_id, "link-revoked"); });
    if (!impl.rooms.leave) continue;
    std::string user_id = guest.user_id;
    std::string room = room_id;
    (void)co_await impl.rooms.leave(std::move(user_id), std::move(room));
  }
  co_return Result<void, Error>{};
}

awaitable<Result<Accounts::GuestLinkView, Error>> Accounts::view_guest_link(std::string token) {
  auto find = usable_by<store::GuestLink>(std::move(token), store::find_guest_link_by_token);
  auto found = co_await impl_->db.read(std::move(find));
  if (!found) co_return found.error();
  if (!*found) co_return no_such_link();
  if (!(*found)->usable(impl_->now_ms())) co_return link_over();
  co_return GuestLinkView{(*found)->room_id, !(*found)->password_hash.empty(), (*found)->expires_at};
}

awaitable<Result<SignedIn, Error>> Accounts::join_as_guest(std::string link_token, std::string given_name,
                                                           std::string password, ClientInfo from) {
  Impl& impl = *impl_;
  const ClientInfo client = cut(std::move(from));
  auto name = clean_name(given_name);
  if (!name) co_return name.error();
  auto find = usable_by<store::GuestLink>(std::move(link_token), store::find_guest_link_by_token);
  auto found = co_await impl.db.read(std::move(find));
  if (!found) co_return found.error();
  if (!*found) co_return no_such_link();
  const store::GuestLink link = **found;
  if (!link.usable(impl.now_ms())) co_return link_over();
  if (!link.password_hash.empty()) {
    const std::string account = "link " + link.id;
    const Error refused{"permission_denied", "wrong password", "password"};
    if (auto free = impl.lockout.check(impl.now(), account, client.address); !free) co_return free.error();
    if (password.size() > kMaxPasswordBytes) co_return refused;
    impl.lockout.failed(impl.now(), account, client.address);
    std::string hash = link.password_hash;
    auto fits = co_await impl.passwords.verify(std::move(hash), std::move(password));
    if (!fits) {
      impl.lockout.forgive(account, client.address);
      co_return fits.error();
    }
    if (!*fits) co_return refused;
    impl.lockout.succeeded(account, client.address);
  }
  GuestEntry entry;
  entry.link_id = link.id;
  entry.user.id = impl.new_id();
  entry.user.name = std::move(*name);
  entry.user.guest = true;
  entry.user.guest_link_id = link.id;
  entry.user.guest_room_id = link.room_id;
  entry.user.last_seen_at = impl.now_ms();
  entry.draft = impl.draft_session(entry.user.id, "guest", client, impl.config.guest_ttl);
  auto job = [entry](store::Session& session) { return enter_job(session, entry); };
  auto user = co_await impl.db.write(std::move(job));
  if (!user) co_return user.error();
  std::string user_id = user->id;
  std::string room_id = link.room_id;
  auto joined = co_await impl.join_room(std::move(user_id), std::move(room_id), RoomRole::kGuest);
  if (!joined) {  // the room is gone, archived or locked
    auto undo = [guest = *user](store::Session& session) { return erase_account(session, guest); };
    (void)co_await impl.db.write(std::move(undo));
    co_return joined.error();
  }
  impl.tell([&](AccountListener& listener) { listener.on_user_created(*user); });
  SignedIn out = impl.signed_in(std::move(*user), entry.draft.row.id, entry.draft.refresh_token);
  out.room_id = link.room_id;
  co_return out;
}

}  // namespace parley::auth

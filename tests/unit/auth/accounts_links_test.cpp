// Invitations, guest links, and people whom other issuers vouch for.
#include <gmock/gmock.h>

#include "auth/accounts.h"
#include "unit/auth/accounts_fixture.h"

namespace parley::auth {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

class AccountsLinks : public AccountsTest {
 protected:
  Result<WithToken<store::Invitation>, Error> invite(const SignedIn& by, NewInvitation wanted) {
    return run(accounts().create_invitation(by.subject(), std::move(wanted)));
  }
  Result<WithToken<store::GuestLink>, Error> link(const SignedIn& by, NewGuestLink wanted) {
    return run(accounts().create_guest_link(by.subject(), std::move(wanted)));
  }
  Result<SignedIn, Error> enter(const std::string& token, const std::string& password = {}) {
    return run(accounts().join_as_guest(token, "Visitor", password, client()));
  }
  NewGuestLink to_room() {
    NewGuestLink wanted;
    wanted.room_id = "room";
    return wanted;
  }
  Accounts::ExternalPerson person(const std::string& subject, const std::string& email = {}, bool verified = true) {
    Accounts::ExternalPerson out;
    out.issuer = "https://id.example";
    out.subject = subject;
    out.email = email;
    out.email_verified = verified;
    out.name = "Grace Hopper";
    out.auto_create = true;
    return out;
  }
  Result<store::User, Error> external(Accounts::ExternalPerson who) {
    return run(accounts().find_or_create_external(std::move(who)));
  }
};
STORE_TEST_BOTH_ENGINES(AccountsLinks);

TEST_P(AccountsLinks, ByInvitationOnlyTheFirstAccountNeedsNone) {
  settings.registration = Registration::kInvite;
  const SignedIn ada = enrol("ada");
  EXPECT_EQ(code(try_register("bob")), "permission_denied");
  NewInvitation wanted;
  wanted.email = "BOB@example.org";
  const auto invitation = invite(ada, wanted);
  ASSERT_TRUE(invitation) << invitation.error().message;
  EXPECT_EQ(code(try_register("carol", invitation->token)), "permission_denied") << "it is for another address";
  EXPECT_TRUE(try_register("bob", invitation->token));
  EXPECT_EQ(code(try_register("bob2", invitation->token)), "failed_precondition") << "it was used";

  const auto expired = invite(ada, {});
  now += 8 * 24h;
  EXPECT_EQ(code(try_register("dora", expired->token)), "failed_precondition");
  const auto revoked = invite(ada, {});
  EXPECT_EQ(run(accounts().list_invitations(ada.subject(), ""))->size(), 3U);
  ASSERT_TRUE(run(accounts().revoke_invitation(ada.subject(), revoked->row.id)));
  EXPECT_EQ(code(try_register("dora", revoked->token)), "failed_precondition");
}

TEST_P(AccountsLinks, ClosedServerTakesNobody) {
  settings.registration = Registration::kClosed;
  EXPECT_EQ(code(try_register("ada")), "permission_denied");
}

TEST_P(AccountsLinks, InvitationLeadsIntoItsRoomInItsRole) {
  const SignedIn ada = enrol("ada");
  rooms["room"].roles[ada.user.id] = RoomRole::kOwner;
  NewInvitation wanted;
  wanted.room_id = "room";
  wanted.role = RoomRole::kModerator;
  wanted.max_uses = 0;
  const auto invitation = invite(ada, wanted);
  ASSERT_TRUE(invitation) << invitation.error().message;
  const auto bob = try_register("bob", invitation->token);
  ASSERT_TRUE(bob);
  EXPECT_EQ(bob->room_id, "room");
  EXPECT_EQ(rooms["room"].roles[bob->user.id], RoomRole::kModerator);

  const SignedIn carol = enrol("carol");
  const auto joined = run(accounts().accept_invitation(carol.subject(), invitation->token));
  ASSERT_TRUE(joined) << joined.error().message;
  EXPECT_EQ(*joined, "room");
  EXPECT_EQ(rooms["room"].roles[carol.user.id], RoomRole::kModerator);
  EXPECT_EQ(code(run(accounts().accept_invitation(carol.subject(), "nonsense"))), "not_found");

  // A moderator invites below his own role, a stranger not at all, and nobody makes administrators but those.
  EXPECT_EQ(code(invite(*bob, wanted)), "permission_denied");
  wanted.role = RoomRole::kMember;
  EXPECT_EQ(code(invite(*bob, wanted)), "ok");
  EXPECT_EQ(code(invite(enrol("eve"), wanted)), "not_found");
  wanted.admin = true;
  EXPECT_EQ(code(invite(*bob, wanted)), "permission_denied");
  EXPECT_EQ(code(invite(*bob, {})), "permission_denied");
  NewInvitation forever = {};
  forever.ttl = 91 * 24h;
  EXPECT_EQ(invite(ada, forever).error().field, "expiresAt");
  EXPECT_EQ(code(run(accounts().revoke_invitation(enrol("mallory").subject(), invitation->row.id))), "not_found");
}

TEST_P(AccountsLinks, InvitedAdministratorIsOne) {
  const SignedIn ada = enrol("ada");
  NewInvitation wanted;
  wanted.admin = true;
  EXPECT_TRUE(try_register("bob", invite(ada, wanted)->token)->user.admin);
}

TEST_P(AccountsLinks, GuestHasOneRoomAndAnEnd) {
  const SignedIn ada = enrol("ada");
  rooms["room"].roles[ada.user.id] = RoomRole::kModerator;
  EXPECT_EQ(code(link(enrol("eve"), to_room())), "not_found");
  const auto door = link(ada, to_room());
  ASSERT_TRUE(door) << door.error().message;
  const auto view = run(accounts().view_guest_link(door->token));
  EXPECT_EQ(view->room_id, "room");
  EXPECT_FALSE(view->password);
  EXPECT_EQ(code(run(accounts().view_guest_link("nonsense"))), "not_found");

  const auto guest = enter(door->token);
  ASSERT_TRUE(guest) << guest.error().message;
  EXPECT_TRUE(guest->user.guest);
  EXPECT_FALSE(guest->user.admin);
  EXPECT_EQ(guest->room_id, "room");
  EXPECT_EQ(guest->subject().guest_room, "room");
  EXPECT_EQ(rooms["room"].roles[guest->user.id], RoomRole::kGuest);
  const auto subject = run(authenticator().authenticate(guest->access_token));
  ASSERT_TRUE(subject);
  EXPECT_EQ(*subject, guest->subject());
  EXPECT_EQ(code(run(accounts().list_users(*subject, {}))), "permission_denied");
  EXPECT_EQ(code(run(accounts().change_password(*subject, "", kPassword))), "permission_denied");

  now += 23h;
  const auto refreshed = refresh(guest->refresh_token);
  ASSERT_TRUE(refreshed);
  now += 1h;
  EXPECT_EQ(code(refresh(refreshed->refresh_token)), "unauthenticated") << "a refresh does not prolong the stay";
  sweep();
  EXPECT_THAT(heard.gone, ElementsAre(Pair(guest->user.id, "expired")));
  EXPECT_EQ(rooms["room"].roles.count(guest->user.id), 0U);
  EXPECT_EQ(read([&](store::Session& s) { return store::find_user(s, guest->user.id); })->name, "Visitor")
      << "the name stands under what the guest wrote";
}

TEST_P(AccountsLinks, RevokedLinkTakesItsGuestsAlong) {
  const SignedIn ada = enrol("ada");
  rooms["room"].roles[ada.user.id] = RoomRole::kOwner;
  const auto door = link(ada, to_room());
  const auto guest = enter(door->token);
  EXPECT_EQ(authenticate(guest->access_token), "ok");
  EXPECT_EQ(run(accounts().list_guest_links(ada.subject(), "room"))->size(), 1U);
  ASSERT_TRUE(run(accounts().revoke_guest_link(ada.subject(), door->row.id)));
  EXPECT_THAT(heard.ended, ElementsAre(Pair(guest->session_id, "link-revoked")));
  EXPECT_THAT(heard.gone, ElementsAre(Pair(guest->user.id, "link-revoked")));
  EXPECT_EQ(authenticate(guest->access_token), "unauthenticated");
  EXPECT_EQ(code(enter(door->token)), "failed_precondition");
  EXPECT_EQ(rooms["room"].roles.size(), 1U);
}

TEST_P(AccountsLinks, LinkWithPasswordIsNotGuessed) {
  const SignedIn ada = enrol("ada");
  rooms["room"].roles[ada.user.id] = RoomRole::kOwner;
  NewGuestLink wanted = to_room();
  wanted.password = "open sesame";
  wanted.max_uses = 1;
  const auto door = link(ada, wanted);
  EXPECT_TRUE(run(accounts().view_guest_link(door->token))->password);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(code(enter(door->token, "guess")), "permission_denied");
  EXPECT_EQ(code(enter(door->token, "open sesame")), "locked_out");
  now += 2s;
  EXPECT_TRUE(enter(door->token, "open sesame"));
  EXPECT_EQ(code(enter(door->token, "open sesame")), "failed_precondition") << "for one guest";
}

TEST_P(AccountsLinks, GuestOfARoomThatIsGoneLeavesNoAccount) {
  const SignedIn ada = enrol("ada");
  rooms["room"].roles[ada.user.id] = RoomRole::kOwner;
  const auto door = link(ada, to_room());
  rooms.clear();
  EXPECT_EQ(code(enter(door->token)), "not_found");
  store::UserQuery guests;
  guests.guests = true;
  EXPECT_EQ(run(accounts().list_users(ada.subject(), guests))->size(), 1U);
}

// ---- other issuers ----

TEST_P(AccountsLinks, SamePersonGetsTheSameAccount) {
  const auto first = external(person("sub-1", "grace@example.org"));
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_TRUE(first->admin) << "the first account, however it came";
  EXPECT_EQ(first->name, "Grace Hopper");
  EXPECT_EQ(first->email, "grace@example.org");
  EXPECT_TRUE(first->email_verified);
  now += 2h;
  EXPECT_EQ(external(person("sub-1"))->id, first->id);
  EXPECT_NE(external(person("sub-2"))->id, first->id);
  EXPECT_THAT(heard.created, ElementsAre("Grace Hopper", "Grace Hopper"));
  EXPECT_EQ(code(external(person(""))), "unauthenticated");
  auto closed = person("sub-3");
  closed.auto_create = false;
  EXPECT_EQ(code(external(closed)), "permission_denied");
}

TEST_P(AccountsLinks, AddressThatNobodyVouchesForIsNotKept) {
  const auto user = external(person("sub-1", "victim@example.org", false));
  EXPECT_EQ(user->email, "");
  EXPECT_TRUE(try_register("victim"));
}

TEST_P(AccountsLinks, AccountIsLinkedByAddressOnlyWhereThatIsWanted) {
  const SignedIn ada = enrol("ada");
  EXPECT_EQ(code(external(person("sub-1", "ada@example.org"))), "already_exists");
  auto linking = person("sub-1", "Ada@Example.org");
  linking.link_by_email = true;
  linking.email_verified = false;
  EXPECT_NE(external(linking)->id, ada.user.id);
  linking.subject = "sub-2";
  linking.email_verified = true;
  EXPECT_EQ(external(linking)->id, ada.user.id);
  // Whoever typed this address first may not have been its owner.
  EXPECT_THAT(heard.ended, ElementsAre(Pair(ada.session_id, "linked")));
  EXPECT_EQ(code(log_in("ada")), "unauthenticated");
}

TEST_P(AccountsLinks, LinkedAccountThatWasVerifiedKeepsItsPassword) {
  const SignedIn ada = enrol("ada");
  const NewUser wanted{"bob@example.org", kPassword, "Bob", "", ""};
  const auto bob = run(accounts().admin_create_user(ada.subject(), wanted, ServerRole::kUser));
  auto linking = person("sub-1", "bob@example.org");
  linking.link_by_email = true;
  EXPECT_EQ(external(linking)->id, bob->id);
  EXPECT_THAT(heard.ended, IsEmpty());
  EXPECT_TRUE(log_in("bob"));
}

TEST_P(AccountsLinks, DisabledAccountStaysOutByAnyDoor) {
  const SignedIn ada = enrol("ada");
  const auto grace = external(person("sub-1"));
  ASSERT_TRUE(run(accounts().admin_set_disabled(ada.subject(), grace->id, true)));
  EXPECT_EQ(code(external(person("sub-1"))), "permission_denied");
  EXPECT_EQ(code(run(accounts().open_session(*grace, "oidc", client()))), "permission_denied");
}

}  // namespace
}  // namespace parley::auth

#include "auth/accounts.h"

#include <gmock/gmock.h>

#include <boost/asio/detached.hpp>

#include "store/audit.h"
#include "unit/auth/accounts_fixture.h"

namespace parley::auth {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

class AccountsService : public AccountsTest {};
STORE_TEST_BOTH_ENGINES(AccountsService);

TEST_P(AccountsService, FirstAccountIsTheAdministratorAndNoOther) {
  const SignedIn first = enrol("ada");
  EXPECT_TRUE(first.user.admin);
  EXPECT_EQ(first.user.email, "ada@example.org");
  EXPECT_EQ(first.user.handle, "ada");
  EXPECT_EQ(first.expires_in, 900);
  EXPECT_FALSE(enrol("bob").user.admin);
  EXPECT_THAT(heard.created, ElementsAre("ada", "bob"));
  EXPECT_TRUE(log_in("ada")->user.admin);
}

TEST_P(AccountsService, OfManyAtOnceOneIsTheAdministrator) {
  accounts();
  std::vector<Result<SignedIn, Error>> answers(8);
  const auto one = [](Accounts& service, Result<SignedIn, Error>& out, std::string name) -> awaitable<void> {
    NewUser user{name + "@example.org", kPassword, name, "", ""};
    ClientInfo client;
    out = co_await service.register_user(std::move(user), std::move(client));
  };
  for (std::size_t i = 0; i < answers.size(); ++i) {
    boost::asio::co_spawn(io(), one(accounts(), answers[i], "user" + std::to_string(i)), boost::asio::detached);
  }
  io().restart();
  io().run();
  int admins = 0;
  for (const auto& answer : answers) {
    ASSERT_TRUE(answer) << answer.error().message;
    admins += answer->user.admin ? 1 : 0;
  }
  EXPECT_EQ(admins, 1);
}

TEST_P(AccountsService, WhatIsNoneIsRefusedByField) {
  const auto field = [this](const NewUser& user) {
    const auto answer = run(accounts().register_user(user, client()));
    return answer ? std::string("ok") : answer.error().code + " " + answer.error().field;
  };
  EXPECT_EQ(field({"nonsense", kPassword, "Ada", "", ""}), "invalid_argument email");
  EXPECT_EQ(field({"ada@example.org", "short", "Ada", "", ""}), "invalid_argument password");
  EXPECT_EQ(field({"ada@example.org", std::string(1025, 'x') + "y", "Ada", "", ""}), "invalid_argument password");
  EXPECT_EQ(field({"ada@example.org", kPassword, " ", "", ""}), "invalid_argument name");
  EXPECT_EQ(field({"ada@example.org", kPassword, "Ada", "", "not a tag"}), "invalid_argument locale");
  EXPECT_EQ(field({"ada@example.org", kPassword, "Ada", "no such invitation", ""}), "not_found invitation");
  EXPECT_EQ(field({"Ada@Example.ORG ", kPassword, "Ada", "", "en"}), "ok");
  EXPECT_EQ(field({"ada@example.org", kPassword, "Eve", "", ""}), "already_exists email");
}

TEST_P(AccountsService, LogInTellsNothingOfWhyItFails) {
  enrol("ada");
  const auto wrong = log_in("ada", "wrong password");
  const auto nobody = log_in("nobody");
  ASSERT_FALSE(wrong);
  ASSERT_FALSE(nobody);
  EXPECT_EQ(wrong.error().code, "unauthenticated");
  EXPECT_EQ(wrong.error().message, nobody.error().message);
  EXPECT_EQ(code(log_in("ada", "")), "unauthenticated");
  EXPECT_EQ(code(log_in("ada", std::string(5000, 'x'))), "unauthenticated");
  const auto right = log_in("ada");
  ASSERT_TRUE(right);
  EXPECT_EQ(right->user.name, "ada");
  const auto sessions = run(accounts().sessions(right->subject()));
  ASSERT_EQ(sessions->size(), 2U);
  EXPECT_EQ(sessions->front().address, "192.0.2.1");
}

TEST_P(AccountsService, GuessingIsLockedOutForGrowingTimes) {
  enrol("ada");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(code(log_in("ada", "guess number")), "unauthenticated");
  const auto locked = log_in("ada");
  ASSERT_FALSE(locked);
  EXPECT_EQ(locked.error().code, "locked_out");
  EXPECT_EQ(locked.error().retry_after, 2U);
  EXPECT_TRUE(log_in("ada", kPassword, "198.51.100.9")) << "another address is not locked out";
  now += 2s;
  EXPECT_EQ(code(log_in("ada", "guess number")), "unauthenticated");
  EXPECT_EQ(log_in("ada").error().retry_after, 4U);
  now += 4s;
  EXPECT_TRUE(log_in("ada"));
  EXPECT_EQ(code(log_in("ada", "guess number")), "unauthenticated") << "success counts from the beginning";
  EXPECT_TRUE(log_in("ada"));
}

TEST_P(AccountsService, RefreshRotatesAndEveryOldTokenEndsTheSession) {
  const SignedIn first = enrol("ada");
  now += 20min;
  const auto second = refresh(first.refresh_token);
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_NE(second->refresh_token, first.refresh_token);
  EXPECT_EQ(second->session_id, first.session_id);

  // Whoever lost the answer gets the same one.
  now += 10s;
  const auto again = refresh(first.refresh_token);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->refresh_token, second->refresh_token);

  const auto third = refresh(second->refresh_token);
  ASSERT_TRUE(third);
  // Two steps back: stolen, even within the time of grace.
  EXPECT_EQ(code(refresh(first.refresh_token)), "unauthenticated");
  EXPECT_THAT(heard.ended, ElementsAre(Pair(first.session_id, "token-reuse")));
  EXPECT_EQ(code(refresh(third->refresh_token)), "unauthenticated");
}

TEST_P(AccountsService, PreviousTokenAfterTheGraceEndsTheSession) {
  const SignedIn first = enrol("ada");
  const auto second = refresh(first.refresh_token);
  now += 31s;
  EXPECT_EQ(code(refresh(first.refresh_token)), "unauthenticated");
  EXPECT_EQ(code(refresh(second->refresh_token)), "unauthenticated");
}

TEST_P(AccountsService, ForgedRefreshTokenHarmsNobody) {
  const SignedIn ada = enrol("ada");
  std::string forged = ada.refresh_token;
  forged[40] = forged[40] == 'A' ? 'B' : 'A';  // another family
  EXPECT_EQ(code(refresh(forged)), "unauthenticated");
  for (const std::string& bad : {std::string(), std::string("x"), ada.session_id, std::string(5000, '.'),
                                 ada.refresh_token + "x", ada.access_token}) {
    EXPECT_EQ(code(refresh(bad)), "unauthenticated");
  }
  EXPECT_TRUE(refresh(ada.refresh_token));
  EXPECT_THAT(heard.ended, IsEmpty());
}

TEST_P(AccountsService, SessionEndsWithoutUse) {
  const SignedIn ada = enrol("ada");
  now += 29 * 24h;
  const auto later = refresh(ada.refresh_token);
  ASSERT_TRUE(later);
  now += 29 * 24h;
  const auto latest = refresh(later->refresh_token);
  ASSERT_TRUE(latest) << "each refresh prolongs it";
  now += 30 * 24h;
  EXPECT_EQ(code(refresh(latest->refresh_token)), "unauthenticated");
  sweep();
  EXPECT_THAT(heard.ended, ElementsAre(Pair(ada.session_id, "expired")));
  sweep();
  EXPECT_EQ(heard.ended.size(), 1U) << "told once";
}

TEST_P(AccountsService, OldestSessionGivesWayToANewOne) {
  settings.max_sessions = 2;
  const SignedIn first = enrol("ada");
  now += 1s;
  const auto second = log_in("ada");
  now += 1s;
  const auto third = log_in("ada");
  EXPECT_THAT(heard.ended, ElementsAre(Pair(first.session_id, "too-many")));
  EXPECT_EQ(code(refresh(first.refresh_token)), "unauthenticated");
  EXPECT_TRUE(refresh(second->refresh_token));
  EXPECT_TRUE(refresh(third->refresh_token));
}

TEST_P(AccountsService, LogOutEndsOneAndEverywhereEndsAll) {
  const SignedIn first = enrol("ada");
  const auto second = log_in("ada");
  const auto third = log_in("ada");
  EXPECT_TRUE(run(accounts().log_out(second->subject())));
  EXPECT_THAT(heard.ended, ElementsAre(Pair(second->session_id, "log-out")));
  EXPECT_EQ(code(refresh(second->refresh_token)), "unauthenticated");
  EXPECT_TRUE(run(accounts().end_session(first.subject(), third->session_id)));
  EXPECT_EQ(code(refresh(third->refresh_token)), "unauthenticated");
  EXPECT_EQ(code(run(accounts().end_session(enrol("bob").subject(), first.session_id))), "not_found")
      << "sessions of others are not there";
  EXPECT_TRUE(run(accounts().log_out_everywhere(first.subject())));
  EXPECT_EQ(code(refresh(first.refresh_token)), "unauthenticated");
  EXPECT_THAT(heard.gone, ElementsAre(Pair(first.user.id, "log-out")));
}

TEST_P(AccountsService, ChangedPasswordEndsOtherSessions) {
  const SignedIn ada = enrol("ada");
  const auto other = log_in("ada");
  EXPECT_EQ(code(run(accounts().change_password(ada.subject(), "wrong", "battery staple"))), "permission_denied");
  EXPECT_EQ(code(run(accounts().change_password(ada.subject(), kPassword, "short"))), "invalid_argument");
  EXPECT_TRUE(run(accounts().change_password(ada.subject(), kPassword, "battery staple")));
  EXPECT_THAT(heard.ended, ElementsAre(Pair(other->session_id, "password-changed")));
  EXPECT_TRUE(refresh(ada.refresh_token));
  EXPECT_EQ(code(log_in("ada")), "unauthenticated");
  EXPECT_TRUE(log_in("ada", "battery staple"));
}

TEST_P(AccountsService, ProfileIsCleanedAndToldOf) {
  const SignedIn ada = enrol("ada");
  ProfileChange change;
  change.name = "  Ada Lovelace ";
  change.avatar_url = "https://example.org/a.png";
  change.status_text = "counting";
  change.locale = "en-GB";
  const auto user = run(accounts().update_profile(ada.subject(), change));
  ASSERT_TRUE(user) << user.error().message;
  EXPECT_EQ(user->name, "Ada Lovelace");
  EXPECT_EQ(user->handle, "ada.lovelace");
  EXPECT_EQ(user->status_text, "counting");
  EXPECT_THAT(heard.profiles, ElementsAre("Ada Lovelace"));
  ProfileChange bad;
  bad.avatar_url = "javascript:alert(1)";
  EXPECT_EQ(run(accounts().update_profile(ada.subject(), bad)).error().field, "avatarUrl");
  bad = {};
  bad.status_text = std::string(141, 'x');
  EXPECT_EQ(run(accounts().update_profile(ada.subject(), bad)).error().field, "statusText");
  EXPECT_EQ(run(accounts().me(ada.subject()))->locale, "en-GB");
}

TEST_P(AccountsService, DirectoryKeepsAddressesFromOthers) {
  const SignedIn ada = enrol("ada");
  const SignedIn bob = enrol("bob");
  EXPECT_EQ(run(accounts().user(bob.subject(), ada.user.id))->email, "");
  EXPECT_EQ(run(accounts().user(bob.subject(), bob.user.id))->email, "bob@example.org");
  EXPECT_EQ(run(accounts().user(ada.subject(), bob.user.id))->email, "bob@example.org");
  store::UserQuery by_address;
  by_address.prefix = "ada@";
  by_address.by_email = true;
  EXPECT_EQ(run(accounts().list_users(bob.subject(), by_address))->size(), 0U);
  EXPECT_EQ(run(accounts().list_users(ada.subject(), by_address))->size(), 1U);
  const auto seen = run(accounts().list_users(bob.subject(), {}));
  ASSERT_EQ(seen->size(), 2U);
  for (const store::User& user : *seen) EXPECT_EQ(user.email, "");
}

TEST_P(AccountsService, DeletedAccountLeavesNothingPersonal) {
  const SignedIn ada = enrol("ada");
  const SignedIn bob = enrol("bob");
  EXPECT_EQ(code(run(accounts().delete_account(ada.subject(), kPassword))), "failed_precondition")
      << "the only administrator stays";
  EXPECT_EQ(code(run(accounts().delete_account(bob.subject(), "wrong password"))), "permission_denied");
  EXPECT_TRUE(run(accounts().delete_account(bob.subject(), kPassword)));
  EXPECT_THAT(heard.ended, ElementsAre(Pair(bob.session_id, "deleted")));
  EXPECT_THAT(heard.gone, ElementsAre(Pair(bob.user.id, "deleted")));
  const auto left = run(accounts().user(ada.subject(), bob.user.id));
  ASSERT_TRUE(left);
  EXPECT_EQ(left->name, "Deleted account");
  EXPECT_EQ(left->email, "");
  EXPECT_EQ(left->handle, "");
  EXPECT_EQ(left->password_hash, "");
  EXPECT_EQ(code(log_in("bob")), "unauthenticated");
  EXPECT_TRUE(try_register("bob")) << "the address is free again";
}

TEST_P(AccountsService, AdministratorsManageAccountsAndOthersDoNot) {
  const SignedIn ada = enrol("ada");
  const SignedIn bob = enrol("bob");
  const NewUser wanted{"carol@example.org", kPassword, "Carol", "", ""};
  EXPECT_EQ(code(run(accounts().admin_create_user(bob.subject(), wanted, ServerRole::kAdmin))), "permission_denied");
  EXPECT_EQ(code(run(accounts().admin_set_role(bob.subject(), bob.user.id, ServerRole::kAdmin))), "permission_denied");
  EXPECT_EQ(code(run(accounts().admin_set_disabled(bob.subject(), ada.user.id, true))), "permission_denied");
  EXPECT_EQ(code(run(accounts().admin_reset_password(bob.subject(), ada.user.id, kPassword))), "permission_denied");
  EXPECT_EQ(code(run(accounts().admin_delete_user(bob.subject(), ada.user.id))), "permission_denied");
  EXPECT_EQ(code(run(accounts().admin_log_out_user(bob.subject(), ada.user.id))), "permission_denied");

  const auto carol = run(accounts().admin_create_user(ada.subject(), wanted, ServerRole::kUser));
  ASSERT_TRUE(carol) << carol.error().message;
  EXPECT_TRUE(carol->email_verified);
  EXPECT_TRUE(log_in("carol"));
  EXPECT_EQ(code(run(accounts().admin_set_role(ada.subject(), ada.user.id, ServerRole::kUser))), "failed_precondition");
  EXPECT_TRUE(run(accounts().admin_set_role(ada.subject(), carol->id, ServerRole::kAdmin)));
  EXPECT_THAT(heard.roles, ElementsAre(Pair(carol->id, "admin")));
  EXPECT_TRUE(run(accounts().admin_set_role(ada.subject(), ada.user.id, ServerRole::kUser)));

  const auto entries =
      read([](store::Session& s) { return store::list_audit(s, {.actor_id = {}, .object_id = {}, .room_id = {}}); });
  std::vector<std::string> acts;
  for (const store::AuditEntry& entry : *entries) acts.push_back(entry.action + " by " + entry.actor_name);
  EXPECT_THAT(acts, UnorderedElementsAre("user.create by ada", "user.set-role by ada", "user.set-role by ada"))
      << "what was refused was not done";
}

TEST_P(AccountsService, DisabledAccountIsOutAtOnce) {
  const SignedIn ada = enrol("ada");
  const SignedIn bob = enrol("bob");
  EXPECT_EQ(code(run(accounts().admin_set_disabled(ada.subject(), ada.user.id, true))), "failed_precondition");
  ASSERT_TRUE(run(accounts().admin_set_disabled(ada.subject(), bob.user.id, true)));
  EXPECT_THAT(heard.ended, ElementsAre(Pair(bob.session_id, "disabled")));
  EXPECT_THAT(heard.gone, ElementsAre(Pair(bob.user.id, "disabled")));
  EXPECT_EQ(code(refresh(bob.refresh_token)), "unauthenticated");
  EXPECT_EQ(code(log_in("bob")), "permission_denied");
  EXPECT_EQ(code(log_in("bob", "wrong password")), "unauthenticated");
  ASSERT_TRUE(run(accounts().admin_set_disabled(ada.subject(), bob.user.id, false)));
  EXPECT_TRUE(log_in("bob"));
  ASSERT_TRUE(run(accounts().admin_reset_password(ada.subject(), bob.user.id, "battery staple")));
  EXPECT_EQ(code(log_in("bob")), "unauthenticated");
  EXPECT_TRUE(log_in("bob", "battery staple"));
  ASSERT_TRUE(run(accounts().admin_delete_user(ada.subject(), bob.user.id)));
  EXPECT_EQ(code(log_in("bob", "battery staple")), "unauthenticated");
}

TEST_P(AccountsService, ExportHasNoSecrets) {
  const SignedIn ada = enrol("ada");
  const auto data = run(accounts().export_user(ada.subject(), ada.user.id));
  ASSERT_TRUE(data);
  EXPECT_EQ(data->user.email, "ada@example.org");
  EXPECT_EQ(data->user.password_hash, "");
  ASSERT_EQ(data->sessions.size(), 1U);
  EXPECT_EQ(data->sessions[0].refresh_hash + data->sessions[0].family_hash, "");
  EXPECT_EQ(code(run(accounts().export_user(ada.subject(), enrol("bob").user.id))), "permission_denied");
}

TEST_P(AccountsService, PasswordOfALesserCostIsHashedAnew) {
  const SignedIn ada = enrol("ada");
  settings.password.cost = PasswordCost::kInteractive;
  open();
  ASSERT_TRUE(log_in("ada"));
  const auto row = read([&](store::Session& s) { return store::find_user(s, ada.user.id); });
  EXPECT_THAT(row->password_hash, ::testing::StartsWith("$argon2id$v=19$m=65536,t=2"));
  EXPECT_TRUE(log_in("ada"));
}

}  // namespace
}  // namespace parley::auth

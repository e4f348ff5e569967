// From a token to the person: our own sessions and those of other issuers.
#include "auth/authenticator.h"

#include <gmock/gmock.h>

#include <boost/asio/detached.hpp>
#include <filesystem>
#include <fstream>

#include "auth/session_keys.h"
#include "unit/auth/accounts_fixture.h"
#include "unit/auth/jwt_maker.h"

namespace parley::auth {
namespace {

using testing::hs256;
using testing::key_set;
using testing::Signer;
namespace json = boost::json;

class AuthenticatorTest : public AccountsTest {
 protected:
  std::int64_t seconds() const { return to_millis(now.time_since_epoch()) / 1000; }
  std::uint64_t looked_up() { return authenticator().stats().looked_up; }
};
STORE_TEST_BOTH_ENGINES(AuthenticatorTest);

TEST_P(AuthenticatorTest, SessionIsLookedUpOnce) {
  const SignedIn ada = enrol("ada");
  for (int i = 0; i < 10; ++i) {
    const auto subject = run(authenticator().authenticate(ada.access_token));
    ASSERT_TRUE(subject) << subject.error().message;
    EXPECT_EQ(*subject, ada.subject());
  }
  EXPECT_EQ(looked_up(), 1U);
  EXPECT_EQ(authenticator().stats().accepted, 10U);
  EXPECT_EQ(Authenticator::expiry_of(ada.access_token), seconds() + 900);
  EXPECT_EQ(Authenticator::expiry_of("nonsense"), 0);
  now += 17min;
  EXPECT_EQ(authenticate(ada.access_token), "unauthenticated") << "expired";
}

TEST_P(AuthenticatorTest, EndOfASessionIsKnownAtOnce) {
  const SignedIn ada = enrol("ada");
  const auto other = log_in("ada");
  EXPECT_EQ(authenticate(ada.access_token), "ok");
  EXPECT_EQ(authenticate(other->access_token), "ok");
  ASSERT_TRUE(run(accounts().log_out(ada.subject())));
  EXPECT_EQ(authenticate(ada.access_token), "unauthenticated");
  EXPECT_EQ(authenticate(other->access_token), "ok");
  ASSERT_TRUE(run(accounts().log_out_everywhere(ada.subject())));
  EXPECT_EQ(authenticate(other->access_token), "unauthenticated");
  EXPECT_EQ(looked_up(), 2U) << "what has ended needs no look at the database";
}

TEST_P(AuthenticatorTest, EndedSessionStaysEndedAfterARestart) {
  const SignedIn ada = enrol("ada");
  ASSERT_TRUE(run(accounts().log_out(ada.subject())));
  const SignedIn bob = enrol("bob");
  open();
  EXPECT_EQ(authenticate(ada.access_token), "unauthenticated");
  EXPECT_EQ(authenticate(bob.access_token), "ok") << "the key is the database's";
}

TEST_P(AuthenticatorTest, RoleNameAndAbilityAreThoseOfNow) {
  const SignedIn ada = enrol("ada");
  const SignedIn bob = enrol("bob");
  EXPECT_EQ(run(authenticator().authenticate(bob.access_token))->role, ServerRole::kUser);
  ASSERT_TRUE(run(accounts().admin_set_role(ada.subject(), bob.user.id, ServerRole::kAdmin)));
  EXPECT_EQ(run(authenticator().authenticate(bob.access_token))->role, ServerRole::kAdmin);
  ProfileChange change;
  change.name = "Robert";
  ASSERT_TRUE(run(accounts().update_profile(bob.subject(), change)));
  EXPECT_EQ(run(authenticator().authenticate(bob.access_token))->name, "Robert");
  ASSERT_TRUE(run(accounts().admin_set_disabled(ada.subject(), bob.user.id, true)));
  EXPECT_EQ(authenticate(bob.access_token), "unauthenticated");
}

TEST_P(AuthenticatorTest, WhatAnotherProcessDidIsSeenWithinAMinuteAndBySweeping) {
  const SignedIn ada = enrol("ada");
  const SignedIn bob = enrol("bob");
  EXPECT_EQ(authenticate(ada.access_token), "ok");
  EXPECT_EQ(authenticate(bob.access_token), "ok");
  write([&](store::Session& s) { return store::end_auth_session(s, ada.session_id, "disabled"); });
  write([&](store::Session& s) { return store::end_auth_session(s, bob.session_id, "disabled"); });
  EXPECT_EQ(authenticate(ada.access_token), "ok");
  now += 60s;
  EXPECT_EQ(authenticate(ada.access_token), "unauthenticated");
  now += 1s;
  sweep();
  EXPECT_THAT(heard.ended, ::testing::UnorderedElementsAre(::testing::Pair(ada.session_id, "disabled"),
                                                           ::testing::Pair(bob.session_id, "disabled")));
  EXPECT_EQ(authenticate(bob.access_token), "unauthenticated");
}

TEST_P(AuthenticatorTest, LogOutDuringALookUpIsNotUndoneByIt) {
  const SignedIn ada = enrol("ada");
  authenticator();
  Result<Subject, Error> answer;
  const auto ask = [](Authenticator& a, std::string token, Result<Subject, Error>& out) -> awaitable<void> {
    out = co_await a.authenticate(std::move(token));
  };
  boost::asio::co_spawn(io(), ask(authenticator(), ada.access_token, answer), boost::asio::detached);
  io().restart();
  io().poll();  // the look-up is under way
  ASSERT_TRUE(run(accounts().log_out(ada.subject())));
  EXPECT_EQ(authenticate(ada.access_token), "unauthenticated");
}

TEST_P(AuthenticatorTest, MemoryIsBoundedAndSessionsDroppedFromItAreLookedUpAgain) {
  authenticator_settings.max_cached = 2;
  std::vector<SignedIn> people;
  for (const char* name : {"a", "b", "c"}) people.push_back(enrol(name));
  for (const SignedIn& person : people) EXPECT_EQ(authenticate(person.access_token), "ok");
  EXPECT_EQ(authenticator().stats().cached, 2U);
  EXPECT_EQ(authenticate(people[2].access_token), "ok");
  EXPECT_EQ(looked_up(), 3U);
  EXPECT_EQ(authenticate(people[0].access_token), "ok");
  EXPECT_EQ(looked_up(), 4U);
}

TEST_P(AuthenticatorTest, PeopleStayWhileTheDatabaseIsAway) {
  const SignedIn ada = enrol("ada");
  const SignedIn bob = enrol("bob");
  EXPECT_EQ(authenticate(ada.access_token), "ok");
  // A table that is not there stands for a database that does not answer.
  write([](store::Session& s) -> Result<void, Error> {
    s.script("ALTER TABLE auth_sessions RENAME TO elsewhere");
    return {};
  });
  now += 5min;
  EXPECT_EQ(authenticate(ada.access_token), "ok");
  EXPECT_NE(authenticate(bob.access_token), "ok") << "who was not seen before must wait";
  now += 6min;
  EXPECT_NE(authenticate(ada.access_token), "ok") << "not for ever";
}

TEST_P(AuthenticatorTest, ForgedTokensAreRefused) {
  const SignedIn ada = enrol("ada");
  SessionKeys other;
  other.set({{JwtAlgorithm::kHs256, "k", std::string(32, 'x'), nullptr}});
  for (const std::string& bad : {std::string(), std::string("x"), ada.refresh_token,
                                 other.sign(ada.subject(), now, 1min), ada.access_token + "A"}) {
    EXPECT_EQ(authenticate(bad), "unauthenticated") << bad;
  }
  EXPECT_EQ(authenticator().stats().refused, 5U);
}

// ---- other issuers; the shape of Supabase Auth's tokens ----

class ExternalAuthenticator : public AuthenticatorTest {
 protected:
  ExternalAuthenticator() {
    issuer.issuer = "https://project.supabase.co/auth/v1";
    issuer.audience = "authenticated";
    issuer.hs256_secret = kSecret;
    issuer.required_claims = {{"role", "authenticated"}};
    issuer.trust_email = true;
    authenticator_settings.issuers = {issuer};
  }
  json::object claims() const {
    return {{"iss", issuer.issuer},
            {"sub", "5d1e2c1c-4b1e-4d2a-9d0e-0a6a2f1b7c3d"},
            {"aud", "authenticated"},
            {"exp", seconds() + 3600},
            {"iat", seconds()},
            {"email", "grace@example.org"},
            {"phone", ""},
            {"app_metadata", json::object{{"provider", "email"}, {"providers", json::array{"email"}}}},
            {"user_metadata", json::object{{"full_name", "Grace Hopper"}, {"avatar_url", "https://example.org/g.png"}}},
            {"role", "authenticated"},
            {"aal", "aal1"},
            {"session_id", "b3f1a2c4-0000-4000-8000-000000000001"},
            {"is_anonymous", false}};
  }
  std::string with(std::string_view name, json::value value) const {
    json::object all = claims();
    all[name] = std::move(value);
    return hs256(all, kSecret);
  }

  static constexpr const char* kSecret = "a-secret-of-the-project-with-32-bytes-or-more";
  ExternalIssuer issuer;
};
STORE_TEST_BOTH_ENGINES(ExternalAuthenticator);

TEST_P(ExternalAuthenticator, SupabaseTokenIsAPerson) {
  const auto subject = run(authenticator().authenticate(hs256(claims(), kSecret)));
  ASSERT_TRUE(subject) << subject.error().message;
  EXPECT_EQ(subject->name, "Grace Hopper");
  EXPECT_EQ(subject->session_id.substr(0, 2), "x:");
  const auto user = run(accounts().me(*subject));
  EXPECT_EQ(user->email, "grace@example.org");
  EXPECT_EQ(user->avatar_url, "https://example.org/g.png");
  // A renewed token of the same session is the same session, without another look at the database.
  now += 10s;
  const auto renewed = run(authenticator().authenticate(hs256(claims(), kSecret)));
  EXPECT_EQ(*renewed, *subject);
  EXPECT_EQ(looked_up(), 1U);
  const auto elsewhere = run(authenticator().authenticate(with("session_id", "another")));
  EXPECT_EQ(elsewhere->user_id, subject->user_id);
  EXPECT_NE(elsewhere->session_id, subject->session_id);
}

TEST_P(ExternalAuthenticator, WhatIsNotForUsIsRefused) {
  EXPECT_EQ(authenticate(with("role", "anon")), "unauthenticated");
  EXPECT_EQ(authenticate(with("role", "service_role")), "unauthenticated");
  EXPECT_EQ(authenticate(with("aud", "other")), "unauthenticated");
  EXPECT_EQ(authenticate(with("iss", "https://other.example")), "unauthenticated");
  EXPECT_EQ(authenticate(with("sub", "")), "unauthenticated");
  EXPECT_EQ(authenticate(with("sub", json::string(256, 'x'))), "unauthenticated");
  EXPECT_EQ(authenticate(with("exp", seconds() - 61)), "unauthenticated");
  EXPECT_EQ(authenticate(with("exp", nullptr)), "unauthenticated");
  EXPECT_EQ(authenticate(hs256(claims(), "another secret, long enough to be taken for one")), "unauthenticated");
  EXPECT_EQ(authenticate(hs256(claims(), kSecret, "none")), "unauthenticated");
  EXPECT_EQ(authenticate(hs256(claims(), kSecret)), "ok");
}

TEST_P(ExternalAuthenticator, DisabledAccountAndLogOutEndIt) {
  const SignedIn ada = enrol("ada");
  const std::string token = hs256(claims(), kSecret);
  const auto subject = run(authenticator().authenticate(token));
  ASSERT_TRUE(subject);
  ASSERT_TRUE(run(accounts().admin_set_disabled(ada.subject(), subject->user_id, true)));
  EXPECT_EQ(authenticate(token), "unauthenticated");
  ASSERT_TRUE(run(accounts().admin_set_disabled(ada.subject(), subject->user_id, false)));
  EXPECT_EQ(authenticate(token), "ok");
  ASSERT_TRUE(run(accounts().log_out(*subject)));
  EXPECT_EQ(authenticate(token), "unauthenticated");
  EXPECT_EQ(authenticate(with("session_id", "the next log-in")), "ok");
}

TEST_P(ExternalAuthenticator, WithoutAutoCreateOnlyKnownPeopleComeIn) {
  authenticator_settings.issuers[0].auto_create = false;
  EXPECT_EQ(authenticate(hs256(claims(), kSecret)), "unauthenticated");
}

// ---- key sets, without a database ----

class KeyFetching : public ::testing::Test {
 protected:
  KeyFetching() {
    settings.issuer = "https://id.example";
    settings.jwks_url = "https://id.example/keys";
  }
  ExternalTokens& tokens() {
    if (!tokens_) {
      const HttpFetch fetch = [this](http::ClientRequest request) { return answer(std::move(request)); };
      tokens_ = std::make_unique<ExternalTokens>(std::vector{settings}, fetch);
      const auto started = tokens_->start();
      if (!started) ADD_FAILURE() << started.error().message;
    }
    return *tokens_;
  }
  boost::asio::awaitable<Result<http::ClientResponse, Error>> answer(http::ClientRequest request) {
    fetched.push_back(request.url);
    if (away) co_return Error{"unavailable", "nobody there", ""};
    http::ClientResponse response;
    response.status = 200;
    response.body = published;
    co_return response;
  }
  std::string verify(const std::string& token) {
    Result<ExternalIdentity, Error> out;
    const auto ask = [](ExternalTokens& service, std::string text, TimePoint at,
                        Result<ExternalIdentity, Error>& to) -> boost::asio::awaitable<void> {
      to = co_await service.verify(std::move(text), at);
    };
    boost::asio::io_context io;
    boost::asio::co_spawn(io, ask(tokens(), token, now, out), boost::asio::detached);
    io.run();
    return out ? "ok" : out.error().code;
  }
  json::object claims() const {
    const std::int64_t seconds = to_millis(now.time_since_epoch()) / 1000;
    return {{"iss", "https://id.example"}, {"sub", "ada"}, {"exp", seconds + 3600}};
  }

  TimePoint now{std::chrono::seconds(1'800'000'000)};
  ExternalIssuer settings;
  std::string published;
  bool away = false;
  std::vector<std::string> fetched;

 private:
  std::unique_ptr<ExternalTokens> tokens_;
};

TEST_F(KeyFetching, KeysAreFetchedOnceAndAgainForAnUnknownOneButNotOften) {
  const Signer first(Signer::Kind::kEd25519, "1");
  const Signer second(Signer::Kind::kP256, "2");
  published = key_set({&first});
  for (int i = 0; i < 5; ++i) EXPECT_EQ(verify(first.token(claims())), "ok");
  EXPECT_EQ(fetched.size(), 1U);

  // The issuer changes keys; tokens come at once.
  published = key_set({&first, &second});
  EXPECT_EQ(verify(second.token(claims())), "unauthenticated") << "asked a moment ago";
  now += 30s;
  EXPECT_EQ(verify(second.token(claims())), "ok");
  EXPECT_EQ(fetched.size(), 2U);

  // A flood of made-up names.
  now += 30s;
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(verify(Signer(Signer::Kind::kEd25519, "made up " + std::to_string(i)).token(claims())),
              "unauthenticated");
  }
  EXPECT_EQ(fetched.size(), 3U);
}

TEST_F(KeyFetching, WithdrawnKeyIsGoneWithinAnHour) {
  const Signer old(Signer::Kind::kEd25519, "1");
  published = key_set({&old});
  EXPECT_EQ(verify(old.token(claims())), "ok");
  published = key_set({});
  now += 59min;
  EXPECT_EQ(verify(old.token(claims())), "ok");
  now += 1min;
  EXPECT_EQ(verify(old.token(claims())), "unauthenticated");
}

TEST_F(KeyFetching, KnownKeysServeWhileTheIssuerIsAwayForADay) {
  const Signer signer(Signer::Kind::kRsa, "1");
  published = key_set({&signer});
  away = true;
  EXPECT_EQ(verify(signer.token(claims())), "unavailable");
  EXPECT_EQ(verify(signer.token(claims())), "unavailable");
  EXPECT_EQ(fetched.size(), 1U) << "not at every token";
  away = false;
  now += 30s;
  EXPECT_EQ(verify(signer.token(claims())), "ok");
  away = true;
  now += 23h;
  EXPECT_EQ(verify(signer.token(claims())), "ok");
  published = "no key set";
  away = false;
  now += 30min;
  EXPECT_EQ(verify(signer.token(claims())), "ok") << "nonsense instead of keys changes nothing";
  now += 1h;
  EXPECT_EQ(verify(signer.token(claims())), "unavailable");
}

TEST_F(KeyFetching, KeysOfAFile) {
  const Signer signer(Signer::Kind::kP256, "1");
  const auto path = std::filesystem::temp_directory_path() / ("parley_keys_" + std::to_string(::getpid()) + ".json");
  std::ofstream(path) << key_set({&signer});
  settings.jwks_url.clear();
  settings.jwks_file = path.string();
  EXPECT_EQ(verify(signer.token(claims())), "ok");
  EXPECT_EQ(verify(Signer(Signer::Kind::kP256, "1").token(claims())), "unauthenticated");
  EXPECT_TRUE(fetched.empty());
  std::filesystem::remove(path);
}

TEST(ExternalIssuersTest, SettingsAreChecked) {
  const auto field = [](const std::vector<ExternalIssuer>& issuers) {
    const auto started = ExternalTokens(issuers, {}).start();
    return started ? std::string("ok") : started.error().field;
  };
  ExternalIssuer good;
  good.issuer = "https://id.example";
  good.hs256_secret = std::string(32, 's');
  EXPECT_EQ(field({good}), "ok");
  EXPECT_EQ(field({good, good}), "auth.issuers.1.issuer");
  ExternalIssuer bad = good;
  bad.hs256_secret = "short";
  EXPECT_EQ(field({bad}), "auth.issuers.0.hs256_secret");
  bad.hs256_secret.clear();
  EXPECT_EQ(field({bad}), "auth.issuers.0");
  for (const char* url : {"http://id.example/keys", "file:///keys", "https://", "http://localhost.evil.org/",
                          "http://127.0.0.1@evil.org/"}) {
    bad.jwks_url = url;
    EXPECT_EQ(field({bad}), "auth.issuers.0.jwks_url") << url;
  }
  for (const char* url : {"https://id.example/keys", "http://localhost:3000/keys", "http://127.0.0.1/k"}) {
    bad.jwks_url = url;
    EXPECT_EQ(field({bad}), "ok") << url;
  }
  bad.jwks_file = "/nonexistent";
  EXPECT_EQ(field({bad}), "auth.issuers.0") << "one source of keys, not two";
  bad.jwks_url.clear();
  EXPECT_EQ(field({bad}), "auth.issuers.0.jwks_file");
  bad = good;
  bad.issuer = "parley";
  EXPECT_EQ(field({bad}), "auth.issuers.0.issuer");
}

}  // namespace
}  // namespace parley::auth

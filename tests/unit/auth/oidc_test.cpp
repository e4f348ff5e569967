// Log-in at an OpenID provider: the provider is a table of answers here; tests/control has a real one.
#include "auth/oidc.h"

#include <gmock/gmock.h>

#include "http/query.h"
#include "unit/auth/accounts_fixture.h"
#include "unit/auth/jwt_maker.h"

namespace parley::auth {
namespace {

using testing::key_set;
using testing::Signer;
namespace json = boost::json;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kIssuer = "https://id.example/tenant";

class OidcTest : public AccountsTest {
 protected:
  OidcTest() {
    provider.id = "company";
    provider.name = "The company";
    provider.issuer = kIssuer;
    provider.client_id = "parley app";
    provider.client_secret = "s3cret/+";
    config.callback_url = "https://chat.example/api/v1/auth/oidc/callback";
    config.redirects = {"https://app.example/"};
    config.clock = [this] { return now; };
    config.fetch = [this](http::ClientRequest request) { return answer(std::move(request)); };
    metadata = {{"issuer", kIssuer},
                {"authorization_endpoint", "https://id.example/auth?tenant=1"},
                {"token_endpoint", "https://id.example/token"},
                {"userinfo_endpoint", "https://id.example/me"},
                {"jwks_uri", "https://id.example/keys"}};
    userinfo = {{"sub", "sub-1"}, {"email", "grace@example.org"}, {"email_verified", true}, {"name", "Grace Hopper"}};
  }
  ~OidcTest() override { oidc_.reset(); }

  Oidc& oidc() {
    if (!oidc_) {
      config.providers = {provider};
      oidc_ = std::make_unique<Oidc>(config, accounts(), random_);
      const auto started = oidc_->start();
      if (!started) ADD_FAILURE() << started.error().message;
    }
    return *oidc_;
  }

  awaitable<Result<http::ClientResponse, Error>> answer(http::ClientRequest request) {
    if (away) co_return Error{"unavailable", "nobody there", ""};
    http::ClientResponse response;
    response.status = 200;
    if (request.url == std::string(kIssuer) + "/.well-known/openid-configuration") {
      response.body = json::serialize(metadata);
    } else if (request.url == "https://id.example/keys") {
      response.body = key_set({&signer});
    } else if (request.url == "https://id.example/token") {
      token_request = request;
      response.status = token_status;
      response.body = json::serialize(json::object{{"access_token", "at"}, {"id_token", signer.token(id_token())}});
    } else if (request.url == "https://id.example/me") {
      response.body = json::serialize(userinfo);
    } else {
      response.status = 404;
    }
    co_return response;
  }

  json::object id_token() const {
    const std::int64_t seconds = to_millis(now.time_since_epoch()) / 1000;
    json::object claims{{"iss", kIssuer}, {"aud", "parley app"}, {"sub", "sub-1"},
                        {"nonce", nonce}, {"exp", seconds + 60}, {"iat", seconds}};
    for (const auto& [key, value] : id_token_changes) claims[key] = value;
    return claims;
  }

  // As the browser: sent away and come back with a code.
  Oidc::Begun begin(const std::string& redirect = "/rooms") {
    const auto begun = run(oidc().begin("company", redirect));
    if (!begun) {
      ADD_FAILURE() << begun.error().message;
      return {};
    }
    query = http::Query(begun->url.substr(begun->url.find('?') + 1));
    nonce = query.get("nonce");
    return *begun;
  }
  static Oidc::Callback came_back(const Oidc::Begun& begun) {
    Oidc::Callback callback;
    callback.code = "the code";
    callback.state = begun.state;
    callback.cookie_state = begun.state;
    return callback;
  }
  Result<Oidc::Finished, Error> finish(const Oidc::Callback& callback) {
    return run(oidc().finish(callback, client()));
  }
  std::string log_in_once() { return code(finish(came_back(begin()))); }

  OidcProvider provider;
  OidcConfig config;
  json::object metadata;
  json::object userinfo;
  json::object id_token_changes;
  Signer signer{Signer::Kind::kP256, "k1"};
  unsigned token_status = 200;
  bool away = false;
  std::string nonce;
  http::Query query;
  http::ClientRequest token_request;

 private:
  SeededRandom random_{9};
  std::unique_ptr<Oidc> oidc_;
};
// The engines differ in nothing that these tests ask.
INSTANTIATE_TEST_SUITE_P(Sqlite, OidcTest, ::testing::Values(store::Engine::kSqlite));

TEST_P(OidcTest, BrowserIsSentWithEverythingThatTheFlowNeeds) {
  const auto begun = begin();
  EXPECT_THAT(begun.url, StartsWith("https://id.example/auth?tenant=1&response_type=code&"));
  EXPECT_EQ(query.get("client_id"), "parley app");
  EXPECT_EQ(query.get("redirect_uri"), config.callback_url);
  EXPECT_EQ(query.get("scope"), "openid profile email");
  EXPECT_EQ(query.get("state"), begun.state);
  EXPECT_EQ(query.get("code_challenge_method"), "S256");
  EXPECT_EQ(query.get("code_challenge").size(), 43U);
  EXPECT_EQ(nonce.size(), 43U);
  EXPECT_EQ(oidc().pending(), 1U);
  ASSERT_EQ(oidc().providers().size(), 1U);
  EXPECT_EQ(oidc().providers()[0].name, "The company");
}

TEST_P(OidcTest, PersonComesBackWithASession) {
  const auto begun = begin();
  const std::string challenge(query.get("code_challenge"));
  const auto finished = finish(came_back(begun));
  ASSERT_TRUE(finished) << finished.error().message;
  EXPECT_EQ(finished->redirect, "/rooms");
  EXPECT_EQ(finished->signed_in.user.name, "Grace Hopper");
  EXPECT_EQ(finished->signed_in.user.email, "grace@example.org");
  EXPECT_EQ(authenticate(finished->signed_in.access_token), "ok");

  const http::Query sent(token_request.body);
  EXPECT_EQ(sent.get("grant_type"), "authorization_code");
  EXPECT_EQ(sent.get("code"), "the code");
  EXPECT_EQ(sent.get("redirect_uri"), config.callback_url);
  EXPECT_EQ(base64url_encode(sha256(sent.get("code_verifier"))), challenge);
  EXPECT_EQ(sent.find("client_secret"), nullptr);
  // base64("parley%20app:s3cret%2F%2B")
  EXPECT_THAT(token_request.headers,
              ::testing::Contains(::testing::Pair("Authorization", "Basic cGFybGV5JTIwYXBwOnMzY3JldCUyRiUyQg==")));

  const auto again = finish(came_back(begin()));
  EXPECT_EQ(again->signed_in.user.id, finished->signed_in.user.id);
  EXPECT_NE(again->signed_in.session_id, finished->signed_in.session_id);
}

TEST_P(OidcTest, StateIsGoodOnceInTheSameBrowserForAWhile) {
  const auto begun = begin();
  EXPECT_EQ(code(finish(came_back(begun))), "ok");
  EXPECT_EQ(code(finish(came_back(begun))), "unauthenticated") << "used";
  auto callback = came_back(begin());
  callback.cookie_state = "another browser's";
  EXPECT_EQ(code(finish(callback)), "unauthenticated");
  callback = came_back(begin());
  callback.cookie_state.clear();
  EXPECT_EQ(code(finish(callback)), "unauthenticated");
  callback = came_back(begin());
  callback.state = callback.cookie_state = "made up";
  EXPECT_EQ(code(finish(callback)), "unauthenticated");
  callback = came_back(begin());
  now += 10min;
  EXPECT_EQ(code(finish(callback)), "unauthenticated") << "too late";
}

TEST_P(OidcTest, LogInsUnderWayAreBounded) {
  config.max_states = 3;
  const auto first = begin();
  for (int i = 0; i < 3; ++i) begin();
  EXPECT_EQ(oidc().pending(), 3U);
  EXPECT_EQ(code(finish(came_back(first))), "unauthenticated") << "the oldest gave way";
  now += 11min;
  begin();
  EXPECT_EQ(oidc().pending(), 1U);
}

TEST_P(OidcTest, IdTokenThatDoesNotBelongIsRefused) {
  struct Row {
    const char* claim;
    json::value value;
    const char* expected;
  };
  const Row rows[] = {
      {"iss", "https://other.example", "unauthenticated"},
      {"aud", "another app", "unauthenticated"},
      {"aud", json::array{"parley app", "another"}, "ok"},
      {"azp", "another app", "unauthenticated"},
      {"azp", "parley app", "ok"},
      {"nonce", "another", "unauthenticated"},
      {"nonce", nullptr, "unauthenticated"},
      {"exp", 1, "unauthenticated"},
      {"sub", "", "unauthenticated"},
  };
  for (const Row& row : rows) {
    id_token_changes = json::object{{row.claim, row.value}};
    EXPECT_EQ(log_in_once(), row.expected) << row.claim << " " << json::serialize(row.value);
  }
  id_token_changes.clear();
  signer = Signer(Signer::Kind::kP256, "k1");  // published and signing, but not what was fetched before
  now += 1s;
  EXPECT_EQ(log_in_once(), "unauthenticated");
}

TEST_P(OidcTest, AnswerOfAnotherProviderIsRefused) {
  metadata["authorization_response_iss_parameter_supported"] = true;
  auto callback = came_back(begin());
  EXPECT_EQ(code(finish(callback)), "unauthenticated") << "it must say who it is";
  callback = came_back(begin());
  callback.iss = "https://evil.example";
  EXPECT_EQ(code(finish(callback)), "unauthenticated");
  callback = came_back(begin());
  callback.iss = kIssuer;
  EXPECT_EQ(code(finish(callback)), "ok");
}

TEST_P(OidcTest, RefusalsOfThePersonAndOfTheProvider) {
  auto callback = came_back(begin());
  callback.code.clear();
  callback.error = "access_denied";
  EXPECT_EQ(code(finish(callback)), "permission_denied");
  token_status = 400;
  EXPECT_EQ(log_in_once(), "unauthenticated");
  token_status = 503;
  EXPECT_EQ(log_in_once(), "unavailable");
}

TEST_P(OidcTest, UserinfoOfSomebodyElseIsRefused) {
  userinfo["sub"] = "sub-2";
  EXPECT_EQ(log_in_once(), "unauthenticated");
  id_token_changes = {{"email", "grace@example.org"}, {"email_verified", true}, {"name", "Grace"}};
  EXPECT_EQ(log_in_once(), "ok") << "not asked where the ID token says all";
}

TEST_P(OidcTest, ProviderWithoutADescriptionOfItselfIsUnavailable) {
  metadata["issuer"] = "https://evil.example";
  EXPECT_EQ(code(run(oidc().begin("company", "/"))), "unavailable");
  metadata["issuer"] = kIssuer;
  metadata["token_endpoint"] = "http://id.example/token";
  EXPECT_EQ(code(run(oidc().begin("company", "/"))), "unavailable");
  metadata["token_endpoint"] = "https://id.example/token";
  away = true;
  EXPECT_EQ(code(run(oidc().begin("company", "/"))), "unavailable");
  away = false;
  EXPECT_EQ(code(run(oidc().begin("company", "/"))), "ok");
  away = true;
  now += 2h;
  EXPECT_EQ(code(run(oidc().begin("company", "/"))), "ok") << "the description known serves while it is away";
  EXPECT_EQ(code(run(oidc().begin("nobody", "/"))), "not_found");
}

TEST_P(OidcTest, BrowsersReturnToPlacesOfOursAlone) {
  for (const char* good : {"", "/", "/rooms?x=1#y", "https://app.example/", "https://app.example/rooms"}) {
    EXPECT_EQ(code(run(oidc().begin("company", good))), "ok") << good;
  }
  const std::string long_path(3000, '/');
  for (const char* bad : {"//evil.example", "/\\evil.example", "https://evil.example/", "https://app.example.evil/",
                          "javascript:alert(1)", "/a\r\nSet-Cookie: x=y", "rooms", long_path.c_str()}) {
    EXPECT_EQ(code(run(oidc().begin("company", bad))), "invalid_argument") << bad;
  }
}

TEST_P(OidcTest, SecretGoesIntoTheBodyWhereNothingElseIsTaken) {
  metadata["token_endpoint_auth_methods_supported"] = json::array{"client_secret_post"};
  EXPECT_EQ(log_in_once(), "ok");
  const http::Query sent(token_request.body);
  EXPECT_EQ(sent.get("client_id"), "parley app");
  EXPECT_EQ(sent.get("client_secret"), "s3cret/+");
}

TEST_P(OidcTest, SettingsAreChecked) {
  const auto field = [this](OidcProvider changed) {
    OidcConfig settings_ = config;
    settings_.providers = {provider, std::move(changed)};
    SeededRandom random(1);
    const auto started = Oidc(settings_, accounts(), random).start();
    return started ? std::string("ok") : started.error().field;
  };
  OidcProvider second = provider;
  EXPECT_EQ(field(second), "auth.oidc.company.id") << "twice";
  second.id = "second";
  EXPECT_EQ(field(second), "ok");
  OidcProvider bad = second;
  bad.id = "a/b";
  EXPECT_EQ(field(bad), "auth.oidc.a/b.id");
  bad = second;
  bad.issuer = "http://id.example";
  EXPECT_EQ(field(bad), "auth.oidc.second.issuer");
  bad = second;
  bad.client_id.clear();
  EXPECT_EQ(field(bad), "auth.oidc.second.client_id");
  bad = second;
  bad.scopes = {"email"};
  EXPECT_EQ(field(bad), "auth.oidc.second.scopes");
  config.redirects = {"https://app.example"};
  EXPECT_EQ(field(second), "auth.oidc_redirects");
  config.redirects.clear();
  config.callback_url = "chat.example/callback";
  EXPECT_EQ(field(second), "http.public_url");
}

}  // namespace
}  // namespace parley::auth

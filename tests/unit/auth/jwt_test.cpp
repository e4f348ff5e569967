#include "auth/jwt.h"

#include <gtest/gtest.h>

#include "auth/session_keys.h"
#include "unit/auth/jwt_maker.h"

namespace parley::auth {
namespace {

namespace json = boost::json;
using testing::hs256;
using testing::key_set;
using testing::Signer;
using Kind = Signer::Kind;

constexpr std::int64_t kNow = 1'800'000'000;
constexpr TimePoint kNowPoint{std::chrono::seconds(kNow)};

json::object claims() { return {{"iss", "me"}, {"aud", "you"}, {"sub", "ada"}, {"exp", kNow + 60}}; }

bool fits(const std::string& token, const std::vector<JwtKey>& keys) {
  const auto parsed = parse_jwt(token);
  if (!parsed) return false;
  const JwtKey* key = choose_key(*parsed, keys);
  return key != nullptr && signature_fits(*parsed, *key);
}

TEST(JwtTest, SignaturesOfEveryKindFitTheirOwnKeyAlone) {
  const Signer rsa(Kind::kRsa, "r");
  const Signer p256(Kind::kP256, "p");
  const Signer ed(Kind::kEd25519, "e");
  const auto keys = parse_jwks(key_set({&rsa, &p256, &ed}));
  ASSERT_TRUE(keys);
  ASSERT_EQ(keys->size(), 3U);
  for (const Signer* signer : {&rsa, &p256, &ed}) {
    const std::string token = signer->token(claims());
    EXPECT_TRUE(fits(token, *keys)) << signer->alg();
    std::string tampered = token;
    tampered[tampered.find('.') + 5] ^= 1;
    EXPECT_FALSE(fits(tampered, *keys)) << signer->alg();
    // The same name, another key.
    const Signer other(signer->alg() == "RS256"   ? Kind::kRsa
                       : signer->alg() == "ES256" ? Kind::kP256
                                                  : Kind::kEd25519,
                       signer->kid());
    EXPECT_FALSE(fits(other.token(claims()), *keys)) << signer->alg();
  }
}

TEST(JwtTest, HeaderCannotChooseHowAKeyIsUsed) {
  const Signer rsa(Kind::kRsa, "r");
  const auto keys = parse_jwks(key_set({&rsa}));
  // The public key's text as an HMAC secret, "none", and other algorithms with the right name.
  const std::string modulus = json::serialize(rsa.jwk());
  const auto as_hmac = parse_jwt(hs256(claims(), modulus));
  EXPECT_FALSE(signature_fits(*as_hmac, keys->front()));
  for (const char* alg : {"none", "None", "HS256", "RS512", "PS256", "ES256", "rs256", ""}) {
    EXPECT_FALSE(fits(rsa.token(json::object{{"alg", alg}, {"kid", "r"}}, claims()), *keys)) << alg;
  }
  EXPECT_TRUE(fits(rsa.token(json::object{{"alg", "RS256"}, {"kid", "r"}}, claims()), *keys));
}

TEST(JwtTest, KeyIsChosenByNameOrWhereThereIsOne) {
  const Signer a(Kind::kEd25519, "a");
  const Signer b(Kind::kEd25519, "b");
  const json::object unnamed{{"alg", "EdDSA"}};
  const auto one = parse_jwks(key_set({&a}));
  const auto two = parse_jwks(key_set({&a, &b}));
  EXPECT_TRUE(fits(a.token(unnamed, claims()), *one));
  EXPECT_FALSE(fits(a.token(unnamed, claims()), *two)) << "it could be either";
  EXPECT_TRUE(fits(b.token(claims()), *two));
  EXPECT_FALSE(fits(b.token(claims()), *one)) << "another name than the only key's";
}

TEST(JwtTest, WhatIsNoTokenIsRefused) {
  const std::string good = hs256(claims(), "secret");
  const std::string head = good.substr(0, good.find('.'));
  const std::string body = good.substr(head.size() + 1, good.rfind('.') - head.size() - 1);
  for (const std::string& bad :
       {std::string(), std::string("a"), std::string("a.b"), std::string("..."), std::string(".."), head + "." + body,
        head + "." + body + ".", good + ".x", head + "=." + body + ".AAAA", "bnVsbA." + body + ".AAAA",
        head + ".W10.AAAA", "e30." + body + ".=", std::string(20'000, 'a') + "." + body + ".AAAA",
        base64url_encode(R"({"alg":"HS256","crit":["x"]})") + "." + body + ".AAAA"}) {
    const auto parsed = parse_jwt(bad);
    EXPECT_FALSE(parsed && signature_fits(*parsed, {JwtAlgorithm::kHs256, "", "secret", nullptr})) << bad;
  }
  EXPECT_TRUE(parse_jwt(good));
  EXPECT_FALSE(signature_fits(*parse_jwt(good), {JwtAlgorithm::kHs256, "", "", nullptr}));
}

TEST(JwtTest, ClaimsAreChecked) {
  struct Row {
    json::object change;
    bool expected;
  };
  const Row rows[] = {
      {{}, true},
      {{{"iss", "other"}}, false},
      {{{"iss", 1}}, false},
      {{{"aud", "other"}}, false},
      {{{"aud", json::array{"x", "you"}}}, true},
      {{{"aud", json::array{"x"}}}, false},
      {{{"aud", nullptr}}, false},
      {{{"exp", kNow - 59}}, true},  // within the leeway
      {{{"exp", kNow - 60}}, false},
      {{{"exp", "soon"}}, false},
      {{{"exp", nullptr}}, false},
      {{{"exp", 1e300}}, false},
      {{{"exp", kNow + 0.5}}, true},
      {{{"nbf", kNow + 60}}, true},
      {{{"nbf", kNow + 61}}, false},
      {{{"nbf", "x"}}, false},
      {{{"iat", kNow + 61}}, false},
      {{{"iat", kNow - 100'000}}, true},
  };
  for (const Row& row : rows) {
    json::object all = claims();
    for (const auto& [key, value] : row.change) all[key] = value;
    EXPECT_EQ(check_claims(all, {"me", "you"}, kNowPoint).has_value(), row.expected) << json::serialize(all);
  }
  json::object no_audience = claims();
  no_audience.erase("aud");
  EXPECT_FALSE(check_claims(no_audience, {"me", "you"}, kNowPoint));
  EXPECT_TRUE(check_claims(no_audience, {"me", ""}, kNowPoint));
}

TEST(JwtTest, ClaimsAreFoundWithinOthers) {
  const json::object all{{"user_metadata", json::object{{"full_name", "Ada"}, {"yes", true}}},
                         {"https://x.example/name", "dotted"},
                         {"truth", "true"},
                         {"number", 1}};
  EXPECT_EQ(claim_text(all, "user_metadata.full_name"), "Ada");
  EXPECT_EQ(claim_text(all, "https://x.example/name"), "dotted");
  EXPECT_EQ(claim_text(all, "user_metadata.none"), "");
  EXPECT_EQ(claim_text(all, "number"), "");
  EXPECT_EQ(claim_text(all, "number.x"), "");
  EXPECT_TRUE(claim_bool(all, "user_metadata.yes"));
  EXPECT_TRUE(claim_bool(all, "truth"));
  EXPECT_FALSE(claim_bool(all, "number"));
}

TEST(JwksTest, KeysThatAreOfNoUseArePassedOver) {
  const Signer good(Kind::kEd25519, "good");
  const Signer weak(Kind::kRsaShort, "weak");
  const Signer p384(Kind::kP384, "p384");
  json::object encryption = good.jwk();
  encryption["use"] = "enc";
  json::object mislabelled = good.jwk();
  mislabelled["alg"] = "RS256";
  json::object signing_only = good.jwk();
  signing_only["key_ops"] = json::array{"sign"};
  json::object verifying = good.jwk();
  verifying["key_ops"] = json::array{"verify"};
  verifying.erase("alg");
  json::object off_curve = Signer(Kind::kP256, "off").jwk();
  off_curve["y"] = off_curve["x"];
  const json::array keys{weak.jwk(),   p384.jwk(),    encryption, mislabelled,
                         signing_only, off_curve,     verifying,  json::object{{"kty", "oct"}, {"k", "c2VjcmV0"}},
                         "text",       json::object{}};
  const auto read = parse_jwks(json::serialize(json::object{{"keys", keys}}));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 1U);
  EXPECT_EQ(read->front().id, "good");
}

TEST(JwksTest, WhatIsNoKeySetIsRefusedAndTheirNumberIsBounded) {
  for (const std::string& bad : {std::string("{}"), std::string("[]"), std::string(""), std::string(R"({"keys":{}})"),
                                 std::string(300'000, ' ')}) {
    EXPECT_FALSE(parse_jwks(bad));
  }
  const Signer one(Kind::kEd25519, "k");
  json::array many;
  for (int i = 0; i < 100; ++i) many.push_back(one.jwk());
  EXPECT_EQ(parse_jwks(json::serialize(json::object{{"keys", many}}))->size(), 64U);
}

// ---- our own access tokens ----

SessionKeys session_keys(const std::string& id = "k1", const std::string& secret = std::string(32, 's')) {
  SessionKeys keys;
  keys.set({{JwtAlgorithm::kHs256, id, secret, nullptr}});
  return keys;
}

Subject ada() { return {"user", "session", "Ada \"Countess\" 李", ServerRole::kAdmin, false, {}}; }

TEST(SessionKeysTest, TokenIsReadBackUntilItExpires) {
  const SessionKeys keys = session_keys();
  const auto token = parse_jwt(keys.sign(ada(), kNowPoint, 15min));
  ASSERT_TRUE(token);
  EXPECT_TRUE(SessionKeys::is_ours(*token));
  const auto read = keys.verify(*token, kNowPoint);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->subject, ada());
  EXPECT_EQ(read->expires_at, kNow + 900);
  EXPECT_TRUE(keys.verify(*token, kNowPoint + 15min));
  EXPECT_FALSE(keys.verify(*token, kNowPoint + 17min));
  const Subject guest{"g", "s", "Visitor", ServerRole::kUser, true, "room"};
  EXPECT_EQ(keys.verify(*parse_jwt(keys.sign(guest, kNowPoint, 15min)), kNowPoint)->subject, guest);
}

TEST(SessionKeysTest, TokenOutlivesAClockThatIsSetBack) {
  const SessionKeys keys = session_keys();
  const auto token = parse_jwt(keys.sign(ada(), kNowPoint, 15min));
  ASSERT_TRUE(token);
  EXPECT_TRUE(keys.verify(*token, kNowPoint - 1h));
  EXPECT_TRUE(keys.verify(*token, kNowPoint - 24h));
}

TEST(SessionKeysTest, TokensOfOtherMakersAreNotOurs) {
  const SessionKeys keys = session_keys();
  EXPECT_FALSE(
      session_keys("k1", std::string(32, 'x')).verify(*parse_jwt(keys.sign(ada(), kNowPoint, 1min)), kNowPoint));
  // A LiveKit token that an API key named "parley" with the same secret made has no type of ours.
  const json::object livekit{{"iss", "parley"}, {"aud", "parley"}, {"sub", "ada"}, {"exp", kNow + 60}};
  const auto other = parse_jwt(hs256(livekit, std::string(32, 's')));
  EXPECT_FALSE(SessionKeys::is_ours(*other));
  EXPECT_FALSE(keys.verify(*other, kNowPoint));
}

TEST(SessionKeysTest, OldKeysStillVerify) {
  const std::string old_token = session_keys("old").sign(ada(), kNowPoint, 1min);
  SessionKeys both;
  both.set({{JwtAlgorithm::kHs256, "new", std::string(32, 'n'), nullptr},
            {JwtAlgorithm::kHs256, "old", std::string(32, 's'), nullptr}});
  EXPECT_TRUE(both.verify(*parse_jwt(old_token), kNowPoint));
  EXPECT_EQ(parse_jwt(both.sign(ada(), kNowPoint, 1min))->key_id, "new");
}

TEST(SessionKeysTest, NextRefreshSecretIsTheSameForWhoeverAsks) {
  const SessionKeys keys = session_keys();
  EXPECT_EQ(keys.next_refresh_secret("a"), keys.next_refresh_secret("a"));
  EXPECT_NE(keys.next_refresh_secret("a"), keys.next_refresh_secret("b"));
  EXPECT_NE(keys.next_refresh_secret("a"), session_keys("k", std::string(32, 'o')).next_refresh_secret("a"));
  EXPECT_EQ(keys.next_refresh_secret("a").size(), 43U);
}

}  // namespace
}  // namespace parley::auth

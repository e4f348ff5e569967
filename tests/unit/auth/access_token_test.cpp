#include "auth/access_token.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "auth/base64url.h"

namespace parley::auth {
namespace {

constexpr std::int64_t kNow = 1'800'000'000;
constexpr TimePoint kNowPoint{std::chrono::seconds(kNow)};

KeyTable keys() {
  KeyTable table;
  table.add("devkey", "secret");
  table.add("other", "another-secret");
  return table;
}

Claims alice() {
  Claims claims;
  claims.issuer = "devkey";
  claims.identity = "alice";
  claims.expires_at = kNow + 3600;
  claims.not_before = kNow;
  claims.video.room_join = true;
  claims.video.room = "harbour";
  return claims;
}

std::string signed_by(std::string_view secret, const Claims& claims) { return sign_token(claims, secret); }

// A token whose header and claims are given as text, with a right signature over them.
std::string raw_token(std::string_view header, std::string_view claims, std::string_view secret = "secret") {
  const std::string body = base64url_encode(header) + "." + base64url_encode(claims);
  unsigned char mac[32];
  unsigned int size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(body.data()), body.size(), mac, &size);
  return body + "." + base64url_encode({reinterpret_cast<const char*>(mac), size});
}

std::string with_claims(const std::string& json) { return raw_token(R"({"alg":"HS256"})", json); }

TEST(AccessTokenTest, SignedTokenVerifiesAndGivesItsClaims) {
  Claims claims = alice();
  claims.issued_at = kNow;
  claims.name = "Alice";
  claims.metadata = R"({"team":"ferry"})";
  claims.attributes = {{"role", "pilot"}, {"", "empty key"}};
  claims.kind = "agent";
  claims.kind_details = {"forwarded"};
  claims.sip_admin = true;
  claims.sip_call = true;
  claims.agent_admin = true;
  claims.sha256 = "abc=";
  claims.room_preset = "big";
  claims.room_config = R"({"name":"x","maxParticipants":3})";
  claims.video = {.room_join = true,
                  .room = "harbour",
                  .room_create = true,
                  .room_list = true,
                  .room_admin = true,
                  .room_record = true,
                  .ingress_admin = true,
                  .destination_room = "pier",
                  .can_publish = false,
                  .can_subscribe = true,
                  .can_publish_data = true,
                  .can_publish_sources = {"camera", "screen_share"},
                  .can_update_own_metadata = true,
                  .hidden = true,
                  .recorder = true,
                  .agent = true,
                  .can_subscribe_metrics = true,
                  .can_manage_agent_session = false};
  const auto verified = verify_token(signed_by("secret", claims), keys(), kNowPoint);
  ASSERT_TRUE(verified) << verified.error().message;
  EXPECT_EQ(*verified, claims);
}

// Made with another implementation (Python's hmac) from key "secret".
TEST(AccessTokenTest, TokenOfAnotherMakerVerifies) {
  const std::string_view token =
      "eyJhbGciOiJIUzI1NiJ9.eyJ2aWRlbyI6eyJyb29tSm9pbiI6dHJ1ZSwicm9vbSI6InIxIn0sImlzcyI6ImRldmtleSIsImV4cCI6MTgwMDAwM"
      "zYwMCwibmJmIjowLCJzdWIiOiJib2IifQ.9hn9u2C8gIgbEp5iQhRjKBCtIoEnJMJCjG0xusOWEmE";
  const auto verified = verify_token(token, keys(), kNowPoint);
  ASSERT_TRUE(verified) << verified.error().message;
  EXPECT_EQ(verified->identity, "bob");
  EXPECT_EQ(verified->video.room, "r1");
  EXPECT_TRUE(verified->video.room_join);
}

struct Refused {
  const char* what;
  std::string token;
  const char* message;  // a part of it
};

TEST(AccessTokenTest, FaultyTokensAreRefusedWithTheCause) {
  Claims expired = alice();
  expired.expires_at = kNow - 60;
  Claims no_expiry = alice();
  no_expiry.expires_at.reset();
  Claims early = alice();
  early.not_before = kNow + 61;
  Claims stranger = alice();
  stranger.issuer = "nobody";
  std::string tampered = signed_by("secret", alice());
  const std::size_t dot = tampered.find('.');
  Claims admin = alice();
  admin.video.room_admin = true;
  tampered =
      tampered.substr(0, dot + 1) + base64url_encode(claims_to_json(admin)) + tampered.substr(tampered.rfind('.'));
  const std::string good = signed_by("secret", alice());
  const std::string unsigned_part = good.substr(0, good.rfind('.'));

  const Refused rows[] = {
      {"expired", signed_by("secret", expired), "expired"},
      {"no exp", signed_by("secret", no_expiry), "no expiry"},
      {"nbf ahead", signed_by("secret", early), "not valid yet"},
      {"unknown key", signed_by("secret", stranger), "invalid API key: nobody"},
      {"other key's secret", signed_by("another-secret", alice()), "signature"},
      {"tampered claims", tampered, "signature"},
      {"no signature", unsigned_part + ".", "signature"},
      {"short signature", good.substr(0, good.size() - 4), "signature"},
      {"alg none", raw_token(R"({"alg":"none"})", claims_to_json(alice())), "HS256"},
      {"alg none, no signature",
       base64url_encode(R"({"alg":"none"})") + "." + base64url_encode(claims_to_json(alice())) + ".", "HS256"},
      {"alg HS512", raw_token(R"({"alg":"HS512"})", claims_to_json(alice())), "HS256"},
      {"alg missing", raw_token("{}", claims_to_json(alice())), "HS256"},
      {"header no JSON", raw_token("hello", claims_to_json(alice())), "HS256"},
      {"empty", "", "not a JWT"},
      {"two parts", "a.b", "not a JWT"},
      {"four parts", good + ".x", "not a JWT"},
      {"padded", good + "==", "signature"},
      {"too long", good + std::string(kMaxTokenBytes, 'a'), "too long"},
      {"claims no JSON", with_claims("[1]"), "JSON object"},
      {"exp as text", with_claims(R"({"iss":"devkey","exp":"1800003600"})"), "\"exp\""},
      {"exp out of range", with_claims(R"({"iss":"devkey","exp":1e300})"), "\"exp\""},
      {"grant as text", with_claims(R"({"iss":"devkey","exp":1800003600,"video":{"roomJoin":"yes"}})"), "\"roomJoin\""},
      {"video no object", with_claims(R"({"iss":"devkey","exp":1800003600,"video":[]})"), "\"video\""},
      {"attribute no text", with_claims(R"({"iss":"devkey","exp":1800003600,"attributes":{"a":1}})"), "\"attributes\""},
  };
  for (const Refused& row : rows) {
    const auto verified = verify_token(row.token, keys(), kNowPoint);
    ASSERT_FALSE(verified) << row.what;
    EXPECT_EQ(verified.error().code, "unauthenticated") << row.what;
    EXPECT_NE(verified.error().message.find(row.message), std::string::npos)
        << row.what << ": " << verified.error().message;
  }
}

TEST(AccessTokenTest, ClocksMayDifferByUpToAMinute) {
  Claims claims = alice();
  claims.expires_at = kNow - 59;
  claims.not_before = kNow - 100;
  EXPECT_TRUE(verify_token(signed_by("secret", claims), keys(), kNowPoint));
  claims.expires_at = kNow + 100;
  claims.not_before = kNow + 60;
  EXPECT_TRUE(verify_token(signed_by("secret", claims), keys(), kNowPoint));
}

TEST(AccessTokenTest, FractionalDatesAndOldIdentityPlaceAreUnderstood) {
  const auto verified =
      verify_token(with_claims(R"({"iss":"devkey","exp":1800003600.75,"jti":"old"})"), keys(), kNowPoint);
  ASSERT_TRUE(verified) << verified.error().message;
  EXPECT_EQ(verified->identity, "old");
  EXPECT_EQ(verified->expires_at, 1'800'003'600);
  const auto both = claims_from_json(R"({"sub":"new","jti":"old"})");
  ASSERT_TRUE(both);
  EXPECT_EQ(both->identity, "new");
}

TEST(VideoGrantsTest, AbsentBooleansHaveTheirDefaults) {
  const VideoGrants none;
  EXPECT_TRUE(none.may_publish());
  EXPECT_TRUE(none.may_subscribe());
  EXPECT_TRUE(none.may_publish_data());
  EXPECT_FALSE(none.may_update_own_metadata());
  EXPECT_FALSE(none.may_subscribe_metrics());

  VideoGrants silent;
  silent.can_publish = false;
  EXPECT_FALSE(silent.may_publish_data());
  silent.can_publish_data = true;
  EXPECT_TRUE(silent.may_publish_data());
}

TEST(VideoGrantsTest, AdminHoldsForItsOwnRoomOnly) {
  VideoGrants grants;
  grants.room = "a";
  EXPECT_FALSE(grants.may_administer("a"));
  grants.room_admin = true;
  EXPECT_TRUE(grants.may_administer("a"));
  EXPECT_FALSE(grants.may_administer("b"));
}

TEST(ClaimsJsonTest, NullMembersAndUnknownMembersAreIgnored) {
  const auto claims =
      claims_from_json(R"({"iss":null,"video":{"canPublish":null,"future":[1]},"inference":{"perform":true}})");
  ASSERT_TRUE(claims);
  EXPECT_EQ(*claims, Claims{});
}

TEST(ClaimsJsonTest, DefaultsAreLeftOut) {
  EXPECT_EQ(claims_to_json(Claims{}), "{}");
  Claims claims;
  claims.video.can_publish = false;
  EXPECT_EQ(claims_to_json(claims), R"({"video":{"canPublish":false}})");
}

}  // namespace
}  // namespace parley::auth

#include "hooks/signature.h"

#include <gtest/gtest.h>

#include "auth/access_token.h"

namespace parley::hooks {

TEST(SignatureTest, NamesTheKeyAndTheHashOfTheBody) {
  const TimePoint now{std::chrono::seconds(1'800'000'000)};
  const std::string token = sign_body("hello", "key", "secret", now);
  auth::KeyTable keys;
  keys.add("key", "secret");
  const auto claims = auth::verify_token(token, keys, now);
  ASSERT_TRUE(claims) << claims.error().message;
  EXPECT_EQ(claims->issuer, "key");
  // printf hello | openssl dgst -sha256 -binary | base64
  EXPECT_EQ(claims->sha256, "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=");
  EXPECT_EQ(claims->expires_at, 1'800'000'300);
  EXPECT_EQ(claims->not_before, 1'800'000'000);
  EXPECT_FALSE(auth::verify_token(token, keys, now + 400s));
}

}  // namespace parley::hooks

#include "auth/base64url.h"

#include <gtest/gtest.h>

namespace parley::auth {
namespace {

// RFC 4648 section 10, without padding, and the two characters in which the URL alphabet differs.
TEST(Base64urlTest, KnownRowsEncodeAndDecode) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
      {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\xfb\xff", "-_8"},
  };
  for (const auto& [plain, encoded] : rows) {
    EXPECT_EQ(base64url_encode(plain), encoded);
    EXPECT_EQ(base64url_decode(encoded), plain);
  }
}

TEST(Base64urlTest, PaddingIsTakenOnlyWhereAllowed) {
  EXPECT_EQ(base64url_decode("Zg==", Padding::kOptional), "f");
  EXPECT_EQ(base64url_decode("Zm8=", Padding::kOptional), "fo");
  EXPECT_EQ(base64url_decode("Zm8", Padding::kOptional), "fo");
  EXPECT_FALSE(base64url_decode("Zg=="));
  EXPECT_FALSE(base64url_decode("Zg=", Padding::kOptional));
  EXPECT_FALSE(base64url_decode("Z===", Padding::kOptional));
}

TEST(Base64urlTest, ForeignCharactersAndLengthsAreRefused) {
  for (const std::string_view text : {"Z", "Zm9vY", "a+b/", "a b", "Zm\n8", "é1"}) {
    EXPECT_FALSE(base64url_decode(text)) << text;
  }
}

}  // namespace
}  // namespace parley::auth

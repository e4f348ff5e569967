#include "files/tus_headers.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace parley::files {
namespace {

TEST(TusNumber, OnlyPlainDigitsBelowTheLimitCount) {
  EXPECT_EQ(parse_tus_number("0"), 0U);
  EXPECT_EQ(parse_tus_number("007"), 7U);
  EXPECT_EQ(parse_tus_number("9223372036854775807"), 9223372036854775807U);
  for (const char* bad : {"", " 1", "1 ", "-1", "+1", "1.0", "0x1", "9223372036854775808", "99999999999999999999999"}) {
    EXPECT_EQ(parse_tus_number(bad), std::nullopt) << bad;
  }
}

TEST(Base64, DecodesWhatIsEncodedAndNothingElse) {
  EXPECT_EQ(base64_encode(""), "");
  EXPECT_EQ(base64_encode("f"), "Zg==");
  EXPECT_EQ(base64_encode("fo"), "Zm8=");
  EXPECT_EQ(base64_encode("foo"), "Zm9v");
  SeededRandom random(7);
  for (std::size_t size = 0; size < 200; ++size) {
    std::string bytes(size, '\0');
    random.fill({reinterpret_cast<std::uint8_t*>(bytes.data()), size});
    EXPECT_EQ(base64_decode(base64_encode(bytes)), bytes);
  }
  for (const char* bad : {"Zg", "Zg=", "Zg===", "Zh==", "Z===", "====", "Zm9=v", "Zm 8", "Zm-8", "=Zm9"}) {
    EXPECT_EQ(base64_decode(bad), std::nullopt) << bad;
  }
}

TEST(TusMetadata, KeysWithAndWithoutValuesAreRead) {
  const auto metadata = parse_tus_metadata("filename w7xiZXIucGRm, filetype YXBwbGljYXRpb24vcGRm,is_confidential");
  ASSERT_TRUE(metadata);
  EXPECT_EQ(find_metadata(*metadata, "filename"), "über.pdf");
  EXPECT_EQ(find_metadata(*metadata, "filetype"), "application/pdf");
  EXPECT_EQ(find_metadata(*metadata, "is_confidential"), "");
  EXPECT_EQ(metadata->size(), 3U);
  EXPECT_EQ(find_metadata(*metadata, "absent"), "");
  EXPECT_TRUE(parse_tus_metadata("")->empty());
  EXPECT_EQ(*parse_tus_metadata(write_tus_metadata(*metadata)), *metadata);
}

TEST(TusMetadata, BrokenOnesNameTheHeader) {
  const std::string long_one = "a " + base64_encode(std::string(9000, 'x'));
  std::string many = "k0";
  for (int i = 1; i < 40; ++i) many += ",k" + std::to_string(i);
  for (const std::string& bad :
       {std::string(","), std::string("a,"), std::string("a b!"), std::string("a Zg==,a Zg=="), std::string("a /w=="),
        std::string("a Cg=="), std::string("\xc3\xa4 Zg=="), std::string("a,,b"), long_one, many}) {
    const auto metadata = parse_tus_metadata(bad);
    ASSERT_FALSE(metadata) << bad;
    EXPECT_EQ(metadata.error().field, "Upload-Metadata");
    EXPECT_EQ(metadata.error().code, "invalid_argument");
  }
}

TEST(TusChecksum, AlgorithmAndLengthMustFit) {
  const auto sha1 = parse_tus_checksum("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=");
  ASSERT_TRUE(sha1);
  EXPECT_EQ(sha1->kind, ChecksumKind::kSha1);
  EXPECT_EQ(sha1->digest.size(), 20U);
  const auto sha256 = parse_tus_checksum("sha256 " + base64_encode(std::string(32, 'x')));
  ASSERT_TRUE(sha256);
  EXPECT_EQ(sha256->kind, ChecksumKind::kSha256);
  for (const char* bad : {"", "sha1", "sha1 ", "md5 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", "sha1 Zg==",
                          "sha256 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", "sha1 !!!!"}) {
    EXPECT_FALSE(parse_tus_checksum(bad)) << bad;
  }
}

TEST(TusConcat, PartialAndFinalAreToldApart) {
  EXPECT_FALSE(parse_tus_concat("partial")->final);
  const auto joined = parse_tus_concat("final;/api/v1/uploads/a  http://host/api/v1/uploads/b");
  ASSERT_TRUE(joined);
  EXPECT_TRUE(joined->final);
  EXPECT_EQ(joined->parts, (std::vector<std::string>{"/api/v1/uploads/a", "http://host/api/v1/uploads/b"}));
  std::string many = "final;";
  for (int i = 0; i < 1001; ++i) many += "/a ";
  for (const std::string& bad : {std::string(""), std::string("final"), std::string("final;"), std::string("final; "),
                                 std::string("Partial"), many}) {
    EXPECT_FALSE(parse_tus_concat(bad)) << bad;
  }
}

}  // namespace
}  // namespace parley::files

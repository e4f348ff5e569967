#include "http/query.h"

#include <gtest/gtest.h>

namespace parley::http {
namespace {

TEST(QueryTest, ParametersAreDecoded) {
  const Query query("access_token=a.b.c&auto_subscribe=0&name=Mei+L%C3%AD&x=%zz%4&y=%");
  EXPECT_EQ(query.get("access_token"), "a.b.c");
  EXPECT_EQ(query.get("name"), "Mei L\xC3\xAD");
  EXPECT_EQ(query.get("x"), "%zz%4");
  EXPECT_EQ(query.get("y"), "%");
  EXPECT_FALSE(query.get_bool("auto_subscribe", true));
}

TEST(QueryTest, EmptyParametersAndMissingValuesAreTolerated) {
  const Query query("&&version=2.18&&protocol=17&&flag&=nameless&&");
  EXPECT_EQ(query.get("version"), "2.18");
  EXPECT_EQ(query.get_int("protocol", 0), 17);
  ASSERT_NE(query.find("flag"), nullptr);
  EXPECT_EQ(*query.find("flag"), "");
  EXPECT_EQ(query.find("absent"), nullptr);
  EXPECT_EQ(Query("").size(), 0U);
}

TEST(QueryTest, BooleansAndNumbersFallBackWhenUnreadable) {
  const Query query("a=1&b=true&c=false&d=yes&e=12x&f=-3&g=99999999999999999999");
  EXPECT_TRUE(query.get_bool("a", false));
  EXPECT_TRUE(query.get_bool("b", false));
  EXPECT_FALSE(query.get_bool("c", true));
  EXPECT_TRUE(query.get_bool("d", true));
  EXPECT_EQ(query.get_int("e", 7), 7);
  EXPECT_EQ(query.get_int("f", 7), -3);
  EXPECT_EQ(query.get_int("g", 7), 7);
}

TEST(QueryTest, FirstOfTheSameNameWins) { EXPECT_EQ(Query("a=1&a=2").get("a"), "1"); }

TEST(QueryTest, ParametersBeyondTheLimitArePassedOver) {
  std::string text;
  for (std::size_t i = 0; i < Query::kMaxParameters + 10; ++i) text += "p" + std::to_string(i) + "=1&";
  EXPECT_EQ(Query(text).size(), Query::kMaxParameters);
}

TEST(QueryTest, ParametersThatAreNoUtf8ArePassedOver) {
  const Query query("good=%C3%A9&bad=%FF&%C0%80=x");
  EXPECT_EQ(query.size(), 1U);
  EXPECT_EQ(query.find("bad"), nullptr);
}

TEST(Utf8Test, OnlyShortestFormsOfRealCharactersAreValid) {
  for (const std::string_view text : {"", "a", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x9A\xA2", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_utf8(text)) << ::testing::PrintToString(text);
  }
  for (const std::string_view text : {"\x80", "\xC3", "\xC3(", "\xC0\x80", "\xE0\x80\xAF", "\xED\xA0\x80",
                                      "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xE2\x82"}) {
    EXPECT_FALSE(is_utf8(text)) << ::testing::PrintToString(text);
  }
}

TEST(Utf8Test, PrefixEndsBetweenCharacters) {
  EXPECT_EQ(utf8_prefix("a\xE2\x82\xAC", 4), "a\xE2\x82\xAC");
  EXPECT_EQ(utf8_prefix("a\xE2\x82\xAC", 3), "a");
  EXPECT_EQ(utf8_prefix("a\xE2\x82\xAC", 1), "a");
  EXPECT_EQ(utf8_prefix("\xE2\x82\xAC", 2), "");
}

TEST(PercentEncodeTest, DecodingGivesTheOriginal) {
  std::string all;
  for (int i = 0; i < 256; ++i) all.push_back(static_cast<char>(i));
  EXPECT_EQ(percent_decode(percent_encode(all)), all);
  EXPECT_EQ(percent_encode("a b/ü"), "a%20b%2F%C3%BC");
}

}  // namespace
}  // namespace parley::http

#include "unfurl/card.h"

#include <gtest/gtest.h>

namespace parley::unfurl {
namespace {

const std::string kPage = "https://www.harbour.example/news/today?x=1";

TEST(Card, TakesOpenGraphFirst) {
  const auto card = read_card(R"(<!doctype html><html><head><title>Plain</title>
      <meta property="og:title" content="Tides &amp; winds"><meta name="twitter:title" content="Bird">
      <meta property="og:site_name" content="Harbour office"><meta name="description" content="Plain words">
      <meta property="og:description" content="High water at nine"><meta property="og:image" content="/a/b.png">
      <meta property="og:image" content="/second.png"></head><body>…</body></html>)",
                              kPage, "utf-8");
  ASSERT_TRUE(card);
  EXPECT_EQ(*card,
            (Card{"Tides & winds", "Harbour office", "High water at nine", "https://www.harbour.example/a/b.png"}));
}

TEST(Card, ATitleIsEnough) {
  const auto card = read_card("<title>\n  High\twater \n</title>", kPage, "");
  ASSERT_TRUE(card);
  EXPECT_EQ(*card, (Card{"High water", "harbour.example", "", ""}));
}

TEST(Card, WithoutATitleThereIsNone) {
  EXPECT_FALSE(read_card("", kPage, ""));
  EXPECT_FALSE(read_card("<p>words</p>", kPage, ""));
  EXPECT_FALSE(read_card("<title>  </title>", kPage, ""));
  EXPECT_FALSE(read_card("<body><svg><title>Arrow</title></svg></body>", kPage, ""));
  EXPECT_FALSE(read_card(std::string_view("\0\0\0\0", 4), kPage, ""));
}

TEST(Card, TagsOfAnyCaseCount) {
  const auto card = read_card("<META PROPERTY='OG:TITLE' CONTENT='Loud'>", kPage, "");
  ASSERT_TRUE(card);
  EXPECT_EQ(card->title, "Loud");
}

TEST(Card, ReadsTheWordsInTheirEncoding) {
  const auto latin = read_card("<title>Caf\xe9</title>", kPage, "iso-8859-1");
  ASSERT_TRUE(latin);
  EXPECT_EQ(latin->title, "Café");
  const auto declared = read_card("<meta charset=windows-1252><title>10 \x80</title>", kPage, "");
  ASSERT_TRUE(declared);
  EXPECT_EQ(declared->title, "10 €");
  // Nobody said so, or somebody said otherwise: bytes that are UTF-8 are nothing else.
  for (const char* charset : {"", "iso-8859-1"}) {
    const auto utf8 = read_card("<title>Café مرفأ</title>", kPage, charset);
    ASSERT_TRUE(utf8);
    EXPECT_EQ(utf8->title, "Café مرفأ");
  }
}

TEST(Card, APageCutWithinACharacterIsStillUtf8) {
  const auto card = read_card("<title>Café</title><p>caf\xc3", kPage, "");
  ASSERT_TRUE(card);
  EXPECT_EQ(card->title, "Café");
}

TEST(Card, LongWordsAreCutBetweenCharacters) {
  std::string title;
  for (int i = 0; i < 150; ++i) title += "é";
  const auto card = read_card("<title>" + title + "</title>", kPage, "");
  ASSERT_TRUE(card);
  EXPECT_EQ(card->title, title.substr(0, 200));
}

TEST(Card, OnlyPicturesOfTheWebCount) {
  const auto image_of = [](const std::string& reference) {
    const auto card = read_card("<title>t</title><meta property=og:image content=\"" + reference + "\">", kPage, "");
    return card ? card->image_url : "no card";
  };
  EXPECT_EQ(image_of("//cdn.example/a.png"), "https://cdn.example/a.png");
  EXPECT_EQ(image_of("b.png"), "https://www.harbour.example/news/b.png");
  EXPECT_EQ(image_of("http://other.example/c.png"), "http://other.example/c.png");
  EXPECT_EQ(image_of("javascript:alert(1)"), "");
  EXPECT_EQ(image_of("data:image/png;base64,AAAA"), "");
  EXPECT_EQ(image_of("file:///etc/passwd"), "");
}

TEST(Card, DeepPagesAreRead) {
  std::string page = "<title>Deep</title>";
  for (int i = 0; i < 50'000; ++i) page += "<div>";
  const auto card = read_card(page, kPage, "");
  ASSERT_TRUE(card);
  EXPECT_EQ(card->title, "Deep");
}

TEST(Card, ContentTypesAreUnderstood) {
  EXPECT_TRUE(is_page("text/html"));
  EXPECT_TRUE(is_page("Text/HTML ; charset=utf-8"));
  EXPECT_TRUE(is_page("application/xhtml+xml"));
  EXPECT_FALSE(is_page("text/plain"));
  EXPECT_FALSE(is_page(""));
  EXPECT_EQ(charset_of("text/html; charset=utf-8"), "utf-8");
  EXPECT_EQ(charset_of("text/html; a=b;Charset=\"latin1\" ; c=d"), "latin1");
  EXPECT_EQ(charset_of("text/html"), "");
  EXPECT_EQ(charset_of("text/html;;; "), "");
}

}  // namespace
}  // namespace parley::unfurl

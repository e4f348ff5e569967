#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "chat/mentions.h"
#include "chat/search_query.h"
#include "chat/snippet.h"
#include "chat/text.h"

namespace parley::chat {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Range = std::pair<std::size_t, std::size_t>;

TEST(Mentions, StandAtTheBeginningOfAWord) {
  EXPECT_THAT(mentioned_handles("@Ann, @bob.lee. and (@cat) @ann", 10), ElementsAre("ann", "bob.lee", "cat"));
  EXPECT_THAT(mentioned_handles("mail me@example.org @ @@x @-", 10), ElementsAre("x"));
  EXPECT_THAT(mentioned_handles("@josé", 10), ElementsAre("josé"));
  EXPECT_THAT(mentioned_handles("`@code` ```\n@block\n``` @real `@open", 10), ElementsAre("real", "open"));
  EXPECT_THAT(mentioned_handles("@a @b @c", 2), ElementsAre("a", "b"));
  EXPECT_THAT(mentioned_handles("", 2), IsEmpty());
}

TEST(Links, AreSeen) {
  EXPECT_TRUE(has_link("see https://x"));
  EXPECT_TRUE(has_link("see http://x"));
  EXPECT_FALSE(has_link("see example.org"));
}

std::string printed(const ParsedQuery& query) {
  std::string text;
  for (const store::SearchPhrase& phrase : query.phrases) {
    text += phrase.exclude ? "-(" : "(";
    for (std::size_t i = 0; i < phrase.words.size(); ++i) text += (i == 0 ? "" : " ") + phrase.words[i];
    text += phrase.prefix ? "*)" : ")";
  }
  for (const std::string& name : query.from) text += "from<" + name + ">";
  for (const std::string& name : query.in) text += "in<" + name + ">";
  if (query.has_file) text += "file";
  if (query.has_link) text += "link";
  if (query.has_image) text += "image";
  if (query.after_ms != 0) text += ">=" + std::to_string(query.after_ms);
  if (query.before_ms != 0) text += "<" + std::to_string(query.before_ms);
  return text;
}

TEST(SearchQueryGrammar, TakesQueriesApart) {
  struct Row {
    std::string_view text;
    std::string_view parsed;
  };
  for (const Row& row : {Row{"Tea café", "(tea)(cafe)"},
                         Row{"\"a  b\" c", "(a b)(c)"},
                         Row{"foo-bar", "(foo bar)"},
                         Row{"-tea milk", "-(tea)(milk)"},
                         Row{"-\"hot tea\"", "-(hot tea)"},
                         Row{"har*", "(har*)"},
                         Row{"\"har*\"", "(har)"},
                         Row{"foo-ba*", "(foo ba*)"},
                         Row{"from:ann FROM:\"Ann Lee\"", "from<ann>from<Ann Lee>"},
                         Row{"in:harbour has:file has:LINK has:image", "in<harbour>filelinkimage"},
                         Row{"after:1970-01-02 before:1970-01-03", ">=86400000<172800000"},
                         Row{"before:1970-01-01", "<1"},
                         Row{"after:1970-01-02 after:1970-01-03", ">=172800000"},
                         Row{"before:1970-01-02 before:1970-01-03", "<86400000"},
                         Row{"\"never closed", "(never closed)"},
                         Row{"who:me", "(who me)"},
                         Row{"a - b", "(a)(b)"},
                         Row{"x !!! \"\" -", "(x)"},
                         Row{"fromage", "(fromage)"},
                         Row{"NOT OR (x) AND", "(not)(or)(x)(and)"}}) {
    const auto query = parse_search_query(row.text);
    ASSERT_TRUE(query) << row.text << ": " << query.error().message;
    EXPECT_EQ(printed(*query), row.parsed) << row.text;
  }
}

TEST(SearchQueryGrammar, NamesWhatIsWrong) {
  std::string many;
  for (int i = 0; i < 65; ++i) many += "w ";
  for (const std::string& text : {std::string(), std::string("  "), std::string("!!!"), std::string("\"\""),
                                  std::string("has:"), std::string("has:wings"), std::string("before:soon"),
                                  std::string("from:"), std::string("-from:ann"), std::string("-has:file"), many}) {
    const auto query = parse_search_query(text);
    ASSERT_FALSE(query) << text;
    EXPECT_EQ(query.error().field, "q");
  }
}

TEST(Snippets, HighlightInCodeUnits) {
  const Snippet snippet = make_snippet("👋 Grüße, CAFÉ noir", {{{"cafe", "noir"}}, {{"gru"}, true}}, 200);
  EXPECT_EQ(snippet.text, "👋 Grüße, CAFÉ noir");
  EXPECT_THAT(snippet.highlights, ElementsAre(Range(3, 8), Range(10, 19)));
}

TEST(Snippets, AreCutAroundTheFirstMatch) {
  std::string body;
  for (int i = 0; i < 200; ++i) body += "füll ";
  body += "needle ";
  for (int i = 0; i < 200; ++i) body += "füll ";
  const Snippet snippet = make_snippet(body, {{{"needle"}}}, 60);
  EXPECT_LT(snippet.text.size(), 70U);
  ASSERT_EQ(snippet.highlights.size(), 1U);
  const auto [begin, end] = snippet.highlights[0];
  EXPECT_EQ(end - begin, 6U);
  EXPECT_TRUE(snippet.text.starts_with("…"));
  EXPECT_TRUE(snippet.text.ends_with("…"));
  EXPECT_NE(snippet.text.find("needle"), std::string::npos);
}

TEST(Snippets, WithoutMatchAreTheBeginning) {
  EXPECT_EQ(make_snippet("short", {}, 100).text, "short");
  EXPECT_EQ(make_snippet("long enough", {{{"enough"}, false, true}}, 4).text, "long…");
  EXPECT_EQ(make_snippet("", {}, 100).text, "");
}

}  // namespace
}  // namespace parley::chat

#include "chat/link.h"

#include <gtest/gtest.h>

namespace parley::chat {
namespace {

struct Case {
  const char* content;
  const char* url;
};

TEST(FirstLink, IsFoundAsClientsShowIt) {
  const Case cases[] = {
      {"", ""},
      {"no link here, not even http:// alone", ""},
      {"https://a.example", "https://a.example"},
      {"see http://a.example/b?c=d&e=f, then", "http://a.example/b?c=d&e=f"},
      {"(see https://a.example/b).", "https://a.example/b"},
      {"https://a.example/b_(c)", "https://a.example/b_(c)"},
      {"[words](https://a.example/b) and more", "https://a.example/b"},
      {"[https://a.example/x](https://a.example/b)", "https://a.example/x"},
      {"<https://a.example/b>", "https://a.example/b"},
      {"**https://a.example/b**", "https://a.example/b"},
      {"https://a.example/b#part", "https://a.example/b"},
      {"first https://a.example second https://b.example", "https://a.example"},
      {"`https://code.example` https://a.example", "https://a.example"},
      {"```\nhttps://code.example\n``` https://a.example", "https://a.example"},
      {"`https://open.example", "https://open.example"},
      {"https://a.example/café", "https://a.example/café"},
      {"ftp://a.example javascript:alert(1)", ""},
      {"https://", ""},
      {"https://#x", ""},
  };
  for (const auto& [content, url] : cases) EXPECT_EQ(first_link(content), url) << content;
}

TEST(FirstLink, OneThatIsTooLongIsNone) {
  const std::string most = "https://a.example/" + std::string(2'030, 'x');
  EXPECT_EQ(first_link(most), most);
  EXPECT_EQ(first_link(most + "x"), "");
}

}  // namespace
}  // namespace parley::chat

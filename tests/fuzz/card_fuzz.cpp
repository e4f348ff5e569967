// Pages of strangers, and what their servers say of them: the first line is the header, the rest the page.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "http/query.h"
#include "unfurl/card.h"

namespace {

void require(bool condition) {
  if (!condition) __builtin_trap();
}

void check_line(std::string_view text, std::size_t most) {
  require(text.size() <= most && parley::http::is_utf8(text));
  for (const char c : text) require(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::string_view type = all.substr(0, all.find('\n'));
  const std::string_view page = all.substr(std::min(type.size() + 1, all.size()));
  static_cast<void>(parley::unfurl::is_page(type));
  const auto card = parley::unfurl::read_card(page, "https://a.example/b", parley::unfurl::charset_of(type));
  if (!card) return 0;
  require(!card->title.empty());
  check_line(card->title, 200);
  check_line(card->site, 80);
  check_line(card->description, 300);
  check_line(card->image_url, 2'048);
  require(card->image_url.empty() || card->image_url.starts_with("http"));
  return 0;
}

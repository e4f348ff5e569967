// Queries that people type, and the excerpts made with them.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "chat/mentions.h"
#include "chat/search_query.h"
#include "chat/snippet.h"
#include "http/query.h"

namespace {

void require(bool condition) {
  if (!condition) __builtin_trap();
}

void check_query(const parley::chat::ParsedQuery& query) {
  std::size_t words = query.from.size() + query.in.size();
  for (const auto& phrase : query.phrases) {
    require(!phrase.words.empty());
    for (const auto& word : phrase.words) require(!word.empty());
    words += phrase.words.size();
  }
  require(words <= parley::chat::kMaxQueryWords);
  require(query.after_ms >= 0 || query.before_ms >= 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::string_view text = all.substr(0, all.find('\n'));
  const std::string_view body = text.size() < all.size() ? all.substr(text.size() + 1) : all;
  require(parley::chat::mentioned_handles(body, 5).size() <= 5);
  const auto query = parley::chat::parse_search_query(text);
  if (!query) {
    require(query.error().field == "q");
    return 0;
  }
  check_query(*query);
  // Nothing else is ever kept.
  if (!parley::http::is_utf8(body)) return 0;
  const auto snippet = parley::chat::make_snippet(body, query->phrases, 40);
  std::size_t before = 0;
  for (const auto& [begin, end] : snippet.highlights) {
    require(begin >= before && end > begin && end <= snippet.text.size());
    before = end;
  }
  return 0;
}

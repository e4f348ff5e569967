// What people type to search.
//
//   query  = *term
//   term   = ["-"] ( word ["*"] / DQUOTE phrase DQUOTE ) / key ":" ( value / DQUOTE value DQUOTE )
//   key    = "from" / "in" / "has" / "before" / "after"
//
// All terms are to be there; "-" takes out. A word ends at white space; one with signs in it ("foo-bar") is the phrase
// of its parts, "*" lets the last one go on. has:file|link|image; dates as 2026-11-22 or with a time, UTC: after: at
// that moment or later, before: earlier. An unknown key is text. Case and diacritics make no difference.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/search.h"

namespace parley::chat {

struct ParsedQuery {
  std::vector<store::SearchPhrase> phrases;
  std::vector<std::string> from;  // names as typed; any of them
  std::vector<std::string> in;
  bool has_file = false;
  bool has_link = false;
  bool has_image = false;
  std::int64_t after_ms = 0;   // 0: no bound
  std::int64_t before_ms = 0;  // 0: no bound
};

inline constexpr std::size_t kMaxQueryWords = 64;  // and names; what goes beyond is refused

// Error invalid_argument with field "q": nothing to look for, an unknown has:, no date, too many words.
[[nodiscard]] Result<ParsedQuery, Error> parse_search_query(std::string_view text);

}  // namespace parley::chat

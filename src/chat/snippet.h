// Excerpts of what was found, with the places that matched.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/search.h"

namespace parley::chat {

struct Snippet {
  std::string text;                                             // a piece of the body as it is; "…" where it was cut
  std::vector<std::pair<std::size_t, std::size_t>> highlights;  // [begin, end) in UTF-16 code units of text
};

// Around the first match; at most about max_bytes.
[[nodiscard]] Snippet make_snippet(std::string_view body, const std::vector<store::SearchPhrase>& phrases,
                                   std::size_t max_bytes);

}  // namespace parley::chat

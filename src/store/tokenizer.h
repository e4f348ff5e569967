// Words of a text as the search index sees them: letters and digits of any script, in lower case, without diacritics
// ("Éclair-7" is "eclair", "7"). The rules are those of SQLite's unicode61 tokenizer, on both engines, so that index,
// query and highlights agree everywhere.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace parley::store {

struct Token {
  std::string text;       // folded
  std::size_t begin = 0;  // bytes of the original text
  std::size_t end = 0;
};

// Safe from any thread.
[[nodiscard]] std::vector<Token> tokenize(std::string_view text);
// The folded words with one space between them, for comparing names.
[[nodiscard]] std::string folded(std::string_view text);

}  // namespace parley::store

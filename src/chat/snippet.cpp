#include "chat/snippet.h"

#include <algorithm>

#include "store/tokenizer.h"

namespace parley::chat {

namespace {

struct Match {
  std::size_t begin = 0;  // bytes
  std::size_t end = 0;
};

bool matches_at(const std::vector<store::Token>& tokens, std::size_t at, const store::SearchPhrase& phrase) {
  if (at + phrase.words.size() > tokens.size()) return false;
  for (std::size_t i = 0; i < phrase.words.size(); ++i) {
    const std::string& word = tokens[at + i].text;
    const bool last = i + 1 == phrase.words.size();
    if (word != phrase.words[i] && !(last && phrase.prefix && word.starts_with(phrase.words[i]))) return false;
  }
  return true;
}

// In order, none overlapping.
std::vector<Match> find_matches(const std::vector<store::Token>& tokens,
                                const std::vector<store::SearchPhrase>& phrases) {
  std::vector<Match> matches;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    for (const store::SearchPhrase& phrase : phrases) {
      if (phrase.exclude || phrase.words.empty() || !matches_at(tokens, at, phrase)) continue;
      const Match match{tokens[at].begin, tokens[at + phrase.words.size() - 1].end};
      if (!matches.empty() && match.begin < matches.back().end) {
        matches.back().end = std::max(matches.back().end, match.end);
      } else {
        matches.push_back(match);
      }
    }
  }
  return matches;
}

bool begins_character(std::string_view text, std::size_t at) {
  return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xc0U) != 0x80U;
}

// Of UTF-8 text, what JavaScript calls its length.
std::size_t utf16_length(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xc0U) != 0x80U) units += byte >= 0xf0U ? 2 : 1;
  }
  return units;
}

}  // namespace

Snippet make_snippet(std::string_view body, const std::vector<store::SearchPhrase>& phrases, std::size_t max_bytes) {
  const std::vector<Match> matches = find_matches(store::tokenize(body), phrases);
  // A third of the excerpt stands before the first match, so that it reads as a sentence.
  std::size_t begin = 0;
  if (body.size() > max_bytes && !matches.empty() && matches.front().begin > max_bytes / 3) {
    begin = std::min(matches.front().begin - max_bytes / 3, body.size() - max_bytes);
  }
  while (!begins_character(body, begin)) ++begin;
  std::size_t end = std::min(body.size(), begin + max_bytes);
  while (!begins_character(body, end)) --end;

  Snippet snippet;
  if (begin > 0) snippet.text = "…";
  const std::size_t shift = begin > 0 ? 1 : 0;  // the ellipsis is one code unit
  snippet.text.append(body.substr(begin, end - begin));
  if (end < body.size()) snippet.text.append("…");
  for (const Match& match : matches) {
    const std::size_t from = std::clamp(match.begin, begin, end);
    const std::size_t to = std::clamp(match.end, begin, end);
    if (from == to) continue;
    const std::size_t first = shift + utf16_length(body.substr(begin, from - begin));
    snippet.highlights.emplace_back(first, first + utf16_length(body.substr(from, to - from)));
  }
  return snippet;
}

}  // namespace parley::chat

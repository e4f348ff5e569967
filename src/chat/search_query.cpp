#include "chat/search_query.h"

#include <algorithm>
#include <utility>

#include "base/iso_time.h"
#include "store/tokenizer.h"

namespace parley::chat {

namespace {

Error bad(std::string message) { return {"invalid_argument", std::move(message), "q"}; }

bool white(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// One term, taken apart.
struct Term {
  bool exclude = false;
  std::string_view key;  // empty: text
  std::string_view text;
  bool quoted = false;
};

class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  // False: nothing more.
  bool next(Term& term) {
    while (!rest_.empty() && white(rest_.front())) rest_.remove_prefix(1);
    if (rest_.empty()) return false;
    term = {};
    if (rest_.front() == '-' && rest_.size() > 1 && !white(rest_[1])) {
      term.exclude = true;
      rest_.remove_prefix(1);
    }
    take_key(term);
    if (!rest_.empty() && rest_.front() == '"') {
      term.quoted = true;
      rest_.remove_prefix(1);
      term.text = take(rest_.find('"'));  // one that is never closed goes on to the end
      if (!rest_.empty()) rest_.remove_prefix(1);
    } else {
      term.text = take(static_cast<std::size_t>(std::find_if(rest_.begin(), rest_.end(), white) - rest_.begin()));
    }
    return true;
  }

 private:
  void take_key(Term& term) {
    for (const std::string_view key : {"from", "in", "has", "before", "after"}) {
      const bool here = rest_.size() > key.size() && rest_[key.size()] == ':' &&
                        std::equal(key.begin(), key.end(), rest_.begin(),
                                   [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); });
      if (!here) continue;
      term.key = key;
      rest_.remove_prefix(key.size() + 1);
      return;
    }
  }

  std::string_view take(std::size_t size) {
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(taken.size());
    return taken;
  }

  std::string_view rest_;
};

Result<void, Error> add_date(ParsedQuery& query, const Term& term) {
  const auto time = from_iso(term.text);
  if (!time) return bad(std::string(term.key) + ": wants a date such as 2026-11-22");
  // 0 stands for no bound; nothing of interest happened in the first millisecond of 1970.
  const std::int64_t at = std::max<std::int64_t>(*time, 1);
  if (term.key == "after") {
    query.after_ms = std::max(query.after_ms, at);
  } else {
    query.before_ms = query.before_ms == 0 ? at : std::min(query.before_ms, at);
  }
  return {};
}

Result<void, Error> add_property(ParsedQuery& query, const Term& term) {
  const std::string what = store::folded(term.text);
  if (what == "file") {
    query.has_file = true;
  } else if (what == "link") {
    query.has_link = true;
  } else if (what == "image") {
    query.has_image = true;
  } else {
    return bad("has: knows file, link and image");
  }
  return {};
}

Result<void, Error> add_filter(ParsedQuery& query, const Term& term) {
  if (term.exclude) return bad("only words and phrases can be taken out with \"-\"");
  if (term.text.empty()) return bad(std::string(term.key) + ": wants a value");
  if (term.key == "has") return add_property(query, term);
  if (term.key == "before" || term.key == "after") return add_date(query, term);
  (term.key == "from" ? query.from : query.in).emplace_back(term.text);
  return {};
}

void add_phrase(ParsedQuery& query, const Term& term) {
  store::SearchPhrase phrase;
  for (store::Token& token : store::tokenize(term.text)) phrase.words.push_back(std::move(token.text));
  if (phrase.words.empty()) return;  // signs alone find nothing and hinder nothing
  phrase.exclude = term.exclude;
  phrase.prefix = !term.quoted && term.text.ends_with('*');
  query.phrases.push_back(std::move(phrase));
}

std::size_t words_of(const ParsedQuery& query) {
  std::size_t words = query.from.size() + query.in.size();
  for (const store::SearchPhrase& phrase : query.phrases) words += phrase.words.size();
  return words;
}

bool looks_for_something(const ParsedQuery& query) {
  return !query.phrases.empty() || !query.from.empty() || !query.in.empty() || query.has_file || query.has_link ||
         query.has_image || query.after_ms != 0 || query.before_ms != 0;
}

}  // namespace

Result<ParsedQuery, Error> parse_search_query(std::string_view text) {
  ParsedQuery query;
  Scanner scanner(text);
  Term term;
  while (scanner.next(term)) {
    if (term.key.empty()) {
      add_phrase(query, term);
    } else if (const auto added = add_filter(query, term); !added) {
      return added.error();
    }
    if (words_of(query) > kMaxQueryWords) return bad("too many words");
  }
  if (!looks_for_something(query)) return bad("there is no word to look for");
  return query;
}

}  // namespace parley::chat

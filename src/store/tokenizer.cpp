#include "store/tokenizer.h"

#include <sqlite3.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace parley::store {

namespace {

// The tokenizer that FTS5 itself uses, reached through an empty database of its own. Only looking it up touches that
// database; tokenizing does not, so threads need no lock.
class Unicode61 {
 public:
  static const Unicode61& shared() {
    static const Unicode61 one;
    return one;
  }
  Unicode61(const Unicode61&) = delete;
  Unicode61& operator=(const Unicode61&) = delete;

  void run(std::string_view text, std::vector<Token>& out) const {
    std::array<const char*, 2> options{"remove_diacritics", "2"};
    Fts5Tokenizer* raw = nullptr;
    if (module_.xCreate(context_, options.data(), options.size(), &raw) != SQLITE_OK) throw std::bad_alloc();
    const std::unique_ptr<Fts5Tokenizer, void (*)(Fts5Tokenizer*)> instance(raw, module_.xDelete);
    module_.xTokenize(raw, &out, FTS5_TOKENIZE_DOCUMENT, text.data(), static_cast<int>(text.size()), take);
  }

 private:
  Unicode61() {
    sqlite3_open(":memory:", &database_);
    sqlite3_stmt* statement = nullptr;
    fts5_api* api = nullptr;
    if (sqlite3_prepare_v2(database_, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
      sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
      sqlite3_step(statement);
    }
    sqlite3_finalize(statement);
    if (api == nullptr || api->xFindTokenizer(api, "unicode61", &context_, &module_) != SQLITE_OK) {
      sqlite3_close(database_);
      throw std::runtime_error("this SQLite library was built without FTS5, which search needs");
    }
  }
  ~Unicode61() { sqlite3_close(database_); }

  static int take(void* out, int /*flags*/, const char* text, int length, int begin, int end) {
    static_cast<std::vector<Token>*>(out)->push_back({std::string(text, static_cast<std::size_t>(length)),
                                                      static_cast<std::size_t>(begin), static_cast<std::size_t>(end)});
    return SQLITE_OK;
  }

  sqlite3* database_ = nullptr;
  void* context_ = nullptr;
  fts5_tokenizer module_{};
};

}  // namespace

std::vector<Token> tokenize(std::string_view text) {
  std::vector<Token> tokens;
  Unicode61::shared().run(text, tokens);
  return tokens;
}

std::string folded(std::string_view text) {
  std::string all;
  for (const Token& token : tokenize(text)) {
    if (!all.empty()) all.push_back(' ');
    all.append(token.text);
  }
  return all;
}

}  // namespace parley::store

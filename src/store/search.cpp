#include "store/search.h"

#include <algorithm>

#include "store/session.h"
#include "store/tokenizer.h"

namespace parley::store {

namespace {

// PostgreSQL takes no longer word and no later place in a tsvector.
constexpr std::size_t kMaxWord = 2'000;
constexpr std::size_t kMaxPosition = 16'383;

// A word as a lexeme of tsvector and tsquery, or as a string of FTS5: quoted, so that nothing in it is an operator.
void append_quoted(std::string& out, std::string_view word, char quote) {
  out.push_back(quote);
  for (const char c : word) {
    if (c == quote || (c == '\\' && quote == '\'')) out.push_back(c);
    out.push_back(c);
  }
  out.push_back(quote);
}

// 'cafe':1 'noir':2
std::string tsvector_of(std::string_view body) {
  std::string vector;
  std::size_t position = 0;
  for (const Token& token : tokenize(body)) {
    position = std::min(position + 1, kMaxPosition);
    if (token.text.size() > kMaxWord) continue;
    append_quoted(vector, token.text, '\'');
    vector.append(":").append(std::to_string(position)).push_back(' ');
  }
  return vector;
}

// ('cafe' <-> 'noir':*) & !'tea'
std::string tsquery_of(const std::vector<SearchPhrase>& phrases) {
  std::string query;
  for (const SearchPhrase& phrase : phrases) {
    if (!query.empty()) query.append(" & ");
    query.append(phrase.exclude ? "!(" : "(");
    for (std::size_t i = 0; i < phrase.words.size(); ++i) {
      if (i > 0) query.append(" <-> ");
      append_quoted(query, phrase.words[i], '\'');
    }
    query.append(phrase.prefix ? ":*)" : ")");
  }
  return query;
}

// ("cafe noir" * AND "milk") NOT "tea". FTS5 has no query of exclusions alone: see search_documents().
std::string match_of(const std::vector<SearchPhrase>& phrases, bool exclude) {
  std::string query;
  for (const SearchPhrase& phrase : phrases) {
    if (phrase.exclude != exclude) continue;
    if (!query.empty()) query.append(exclude ? " OR " : " AND ");
    std::string words;
    for (const std::string& word : phrase.words) words.append(words.empty() ? "" : " ").append(word);
    append_quoted(query, words, '"');
    if (phrase.prefix) query.append(" *");
  }
  return query;
}

// Puts the query together. Only numbered placeholders and fixed texts become SQL; what people typed is bound.
class Builder {
 public:
  Builder(const SearchQuery& query, Engine engine) : query_(query), engine_(engine) {
    for (const SearchPhrase& phrase : query.phrases) (phrase.exclude ? has_excluded_ : has_words_) = true;
  }

  std::string_view build() {
    sql_ = "SELECT d.id, d.kind, d.ref_id, d.room_id, d.message_id, d.sender_id, d.created_at, d.body FROM ";
    words();
    audience();
    any_of("d.room_id", query_.rooms);
    any_of("d.sender_id", query_.senders);
    if (query_.has_file) sql_ += " AND d.has_file = 1";
    if (query_.has_link) sql_ += " AND d.has_link = 1";
    if (query_.has_image) sql_ += " AND d.has_image = 1";
    if (query_.after_ms != 0) sql_ += " AND d.created_at >= " + bind(query_.after_ms);
    if (query_.before_ms != 0) sql_ += " AND d.created_at < " + bind(query_.before_ms);
    order();
    return sql_;
  }
  [[nodiscard]] const Params& params() const { return params_; }

 private:
  std::string bind(Param value) {
    params_.push_back(value);
    return ":p" + std::to_string(params_.size());
  }

  void words() {
    const bool sqlite = engine_ == Engine::kSqlite;
    if (sqlite && has_words_) {
      match_ = match_of(query_.phrases, false);
      if (has_excluded_) match_ = "(" + match_ + ") NOT (" + match_of(query_.phrases, true) + ")";
      // CROSS JOIN: the index of words leads, whatever the planner thinks of the other conditions.
      sql_ += "search_words w CROSS JOIN search_documents d ON d.id = w.rowid WHERE search_words MATCH " + bind(match_);
      return;
    }
    sql_ += "search_documents d WHERE 1 = 1";
    if (sqlite && has_excluded_) {
      match_ = match_of(query_.phrases, true);
      sql_ += " AND d.id NOT IN (SELECT rowid FROM search_words WHERE search_words MATCH " + bind(match_) + ")";
    } else if (!query_.phrases.empty()) {
      match_ = tsquery_of(query_.phrases);
      sql_ += " AND d.words @@ CAST(" + bind(match_) + " AS TSQUERY)";
    }
  }

  void audience() {
    const std::string me = bind(query_.asker_id);
    // As a list of rooms: with few rooms and no words the index of documents by room leads.
    sql_ += " AND d.room_id IN (SELECT a.room_id FROM room_members a WHERE a.user_id = " + me;
    if (query_.public_rooms)
      sql_ += " UNION SELECT p.id FROM rooms p WHERE p.visibility = 'public' AND p.deleted_at = 0";
    sql_ += ")";
    if (!query_.only_room.empty()) sql_ += " AND d.room_id = " + bind(query_.only_room);
  }

  void any_of(std::string_view column, const std::vector<std::string>& values) {
    if (values.empty()) return;
    sql_.append(" AND ").append(column).append(" IN (");
    for (std::size_t i = 0; i < values.size(); ++i) sql_ += (i == 0 ? "" : ", ") + bind(values[i]);
    sql_ += ")";
  }

  void order() {
    if (query_.by_rank && has_words_) {
      sql_ += engine_ == Engine::kSqlite
                  ? " ORDER BY w.rank, d.id DESC"
                  : " ORDER BY ts_rank_cd(d.words, CAST(" + bind(match_) + " AS TSQUERY)) DESC, d.id DESC";
      // One after the other: arguments are counted in the order of their names in the text.
      sql_ += " LIMIT " + bind(static_cast<std::int64_t>(query_.limit));
      sql_ += " OFFSET " + bind(query_.cursor);
      return;
    }
    const bool fts = engine_ == Engine::kSqlite && has_words_;
    const std::string_view id = fts ? "w.rowid" : "d.id";  // the index of words yields this order by itself
    if (query_.cursor != 0) sql_.append(" AND ").append(id).append(" < ").append(bind(query_.cursor));
    sql_.append(" ORDER BY ").append(id).append(" DESC LIMIT ");
    sql_ += bind(static_cast<std::int64_t>(query_.limit));
  }

  const SearchQuery& query_;
  Engine engine_;
  bool has_words_ = false;
  bool has_excluded_ = false;
  std::string match_;
  std::string sql_;
  Params params_;
};

constexpr std::string_view kInsert =
    "INSERT INTO search_documents (kind, ref_id, room_id, message_id, sender_id, created_at, has_file, has_link, "
    "has_image, body) VALUES (:kind, :ref, :room, :message, :sender, :created, :file, :link, :image, :body) "
    "ON CONFLICT (kind, ref_id) DO UPDATE SET room_id = excluded.room_id, message_id = excluded.message_id, "
    "has_file = excluded.has_file, has_link = excluded.has_link, has_image = excluded.has_image, body = excluded.body";
constexpr std::string_view kInsertWords =
    "INSERT INTO search_documents (kind, ref_id, room_id, message_id, sender_id, created_at, has_file, has_link, "
    "has_image, body, words) VALUES (:kind, :ref, :room, :message, :sender, :created, :file, :link, :image, :body, "
    "CAST(:words AS TSVECTOR)) "
    "ON CONFLICT (kind, ref_id) DO UPDATE SET room_id = excluded.room_id, message_id = excluded.message_id, "
    "has_file = excluded.has_file, has_link = excluded.has_link, has_image = excluded.has_image, body = excluded.body, "
    "words = excluded.words";

}  // namespace

Result<void, Error> index_document(Session& session, const SearchDocument& document) {
  const SearchDocument& d = document;
  if (session.engine() == Engine::kSqlite) {
    session.exec(kInsert, d.kind, d.ref_id, d.room_id, d.message_id, d.sender_id, d.created_at, d.has_file, d.has_link,
                 d.has_image, d.body);
    return {};
  }
  const std::string words = tsvector_of(d.body);
  session.exec(kInsertWords, d.kind, d.ref_id, d.room_id, d.message_id, d.sender_id, d.created_at, d.has_file,
               d.has_link, d.has_image, d.body, words);
  return {};
}

Result<void, Error> unindex_document(Session& session, std::string_view kind, std::string_view ref_id) {
  session.exec("DELETE FROM search_documents WHERE kind = :kind AND ref_id = :ref", kind, ref_id);
  return {};
}

Result<std::int64_t, Error> unindex_room(Session& session, std::string_view room_id, std::size_t limit) {
  return session.exec(
      "DELETE FROM search_documents WHERE id IN (SELECT id FROM search_documents WHERE room_id = :room ORDER BY id "
      "LIMIT :limit)",
      room_id, limit);
}

Result<void, Error> index_file_name(Session& session, std::string_view file_id, std::string_view room_id,
                                    std::string_view owner_id, std::string_view name, bool image,
                                    std::int64_t created_at) {
  const bool readable =
      session.value<std::int64_t>("SELECT 1 FROM rooms WHERE id = :room AND e2ee = 0", room_id).has_value();
  if (!readable) return unindex_document(session, "file", file_id);
  return index_document(session, {"file", std::string(file_id), std::string(room_id), "", std::string(owner_id),
                                  created_at, std::string(name), true, false, image});
}

Result<std::vector<SearchHit>, Error> search_documents(Session& session, const SearchQuery& query) {
  Builder builder(query, session.engine());
  const std::string_view sql = builder.build();
  return session.rows<SearchHit>(sql, builder.params());
}

}  // namespace parley::store

// Full text over messages and file names: FTS5 on SQLite, tsvector with a GIN index on PostgreSQL. One table of
// documents on both, kept by the write jobs of what it describes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/result.h"

namespace parley::store {

class Session;

struct SearchDocument {
  std::string kind = "message";  // "message", "file"
  std::string ref_id;            // message id, file id
  std::string room_id;
  std::string message_id;  // a file's message; empty: on none
  std::string sender_id;
  std::int64_t created_at = 0;
  std::string body;  // what is searched: the content, the file's name
  bool has_file = false;
  bool has_link = false;
  bool has_image = false;
};

// Adds or replaces the document of that kind and ref_id. Not for end-to-end encrypted rooms: the caller knows.
Result<void, Error> index_document(Session& session, const SearchDocument& document);
Result<void, Error> unindex_document(Session& session, std::string_view kind, std::string_view ref_id);
// At most `limit` documents of the room; answers how many went.
Result<std::int64_t, Error> unindex_room(Session& session, std::string_view room_id, std::size_t limit);

// A file's name, under the file's id, unless the room is end-to-end encrypted.
Result<void, Error> index_file_name(Session& session, std::string_view file_id, std::string_view room_id,
                                    std::string_view owner_id, std::string_view name, bool image,
                                    std::int64_t created_at);

// Consecutive words. A text to find is a list of them, all to be there.
struct SearchPhrase {
  std::vector<std::string> words;  // folded, as tokenize() gives them; at least one
  bool prefix = false;             // the last word may go on
  bool exclude = false;            // must not be there
};

struct SearchQuery {
  std::string asker_id;
  bool public_rooms = false;  // public rooms that the asker is no member of, too
  std::string only_room;      // the only room to look at, whatever the others say: of guests; empty: no such bound
  std::vector<SearchPhrase> phrases;
  std::vector<std::string> rooms;    // ids; empty: all
  std::vector<std::string> senders;  // ids; empty: all
  bool has_file = false;
  bool has_link = false;
  bool has_image = false;
  std::int64_t after_ms = 0;   // inclusive; 0: no bound
  std::int64_t before_ms = 0;  // exclusive; 0: no bound
  bool by_rank = false;        // best first instead of newest first
  std::int64_t cursor = 0;     // newest first: document number of the last one seen; best first: how many were seen
  std::size_t limit = 20;
};

struct SearchHit {
  std::int64_t document = 0;  // number, rising with time of indexing
  std::string kind;
  std::string ref_id;
  std::string room_id;
  std::string message_id;
  std::string sender_id;
  std::int64_t created_at = 0;
  std::string body;

  auto columns() { return std::tie(document, kind, ref_id, room_id, message_id, sender_id, created_at, body); }
};

// Only documents in rooms that the asker belongs to (and public ones, if asked for) at this moment.
Result<std::vector<SearchHit>, Error> search_documents(Session& session, const SearchQuery& query);

}  // namespace parley::store

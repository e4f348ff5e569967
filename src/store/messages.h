// Messages and what hangs on them. A deleted message stays as a row without content, so that threads and replies keep
// their anchor. Times are ms since the Unix epoch; an absent one is 0.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/result.h"

namespace parley::store {

class Session;

struct Reaction {
  std::string message_id;
  std::string emoji;
  std::int64_t count = 0;
  std::vector<std::string> user_ids;  // in the order of reacting

  friend bool operator==(const Reaction&, const Reaction&) = default;
};

// A file that hangs on a message: `json` is its object as the APIs show it.
struct LinkedFile {
  std::string message_id;
  std::string json;
  std::string mime;

  friend bool operator==(const LinkedFile&, const LinkedFile&) = default;
};

inline constexpr std::string_view kNoLinkPreview = "off";

struct Message {
  std::string id;
  std::string room_id;
  std::int64_t seq = 0;  // of its new-message event
  std::string sender_id;
  std::string type = "text";  // "text", "file" (nothing but files), "system"
  std::string content;        // exactly as sent
  std::string reply_to;       // message id
  std::string thread_id;      // id of the message that the thread hangs on
  std::int64_t reply_count = 0;
  std::int64_t last_reply_at = 0;
  std::string mentions = "[]";  // JSON array of user ids; "room" stands for everybody
  std::string client_id;        // the sender's own name for it; its id where the sender gave none
  bool pinned = false;
  bool has_files = false;
  std::int64_t created_at = 0;
  std::int64_t edited_at = 0;
  std::int64_t deleted_at = 0;
  std::string deleted_by;
  // Of the first link: a JSON object as the APIs show it; empty: none (yet); kNoLinkPreview: the author wants none.
  std::string link_preview;
  // Of the sender's account, filled in by queries.
  std::string sender_name;
  std::string sender_avatar_url;
  // Filled in by load_reactions() and by the files' side.
  std::vector<Reaction> reactions;
  std::vector<LinkedFile> files;

  auto columns() {
    return std::tie(id, room_id, seq, sender_id, type, content, reply_to, thread_id, reply_count, last_reply_at,
                    mentions, client_id, pinned, has_files, created_at, edited_at, deleted_at, deleted_by, link_preview,
                    sender_name, sender_avatar_url);
  }
  friend bool operator==(const Message&, const Message&) = default;
};

// Error already_exists: this sender has a message of that client_id (or the id is taken).
Result<void, Error> insert_message(Session& session, const Message& message);
Result<std::optional<Message>, Error> find_message(Session& session, std::string_view id);
Result<std::optional<Message>, Error> find_message_by_client_id(Session& session, std::string_view sender_id,
                                                                std::string_view client_id);
Result<void, Error> update_link_preview(Session& session, std::string_view id, std::string_view preview);
// Content, mentions, edited_at, link_preview.
Result<void, Error> update_message_content(Session& session, const Message& message);
// Wipes content and mentions.
Result<void, Error> mark_message_deleted(Session& session, std::string_view id, std::string_view by, std::int64_t at);
// What a message shows of the thread that hangs on it.
struct ThreadState {
  std::string id;  // of the message; empty: no thread
  std::int64_t reply_count = 0;
  std::int64_t last_reply_at = 0;

  auto columns() { return std::tie(id, reply_count, last_reply_at); }
  friend bool operator==(const ThreadState&, const ThreadState&) = default;
};
// Counts a reply on the message that the thread hangs on (-1 takes one back).
Result<ThreadState, Error> count_reply(Session& session, std::string_view thread_id, int change, std::int64_t at);

// A page of a room's history or of a thread. At most one of before, after, around.
struct HistoryQuery {
  std::string room_id{};
  std::string thread_id{};               // empty: the whole room
  std::optional<std::int64_t> before{};  // seq, exclusive
  std::optional<std::int64_t> after{};   // seq, exclusive
  std::optional<std::int64_t> around{};  // seq; half of the page on either side, itself included
  std::size_t limit = 50;
};
// Newest last. The room's page without a cursor is the newest one; a thread's does not hold the message it hangs on.
Result<std::vector<Message>, Error> list_messages(Session& session, const HistoryQuery& query);
// Those that exist, in no order; at most 1,000 ids.
Result<std::vector<Message>, Error> find_messages(Session& session, std::span<const std::string> ids);
// Messages with replies, by the time of the last reply, newest first, after the one of that time and id (0: from the
// newest).
Result<std::vector<Message>, Error> list_threads(Session& session, std::string_view room_id, std::int64_t before,
                                                 std::string_view before_id, std::size_t limit);

struct Mention {
  std::string message_id;
  std::string room_id;
  std::int64_t seq = 0;
  std::string user_id;  // "room": everybody
};
Result<void, Error> insert_mentions(Session& session, std::span<const Mention> mentions);
Result<void, Error> delete_mentions(Session& session, std::string_view message_id);

// Fills in `reactions` of all of them.
Result<void, Error> load_reactions(Session& session, std::vector<Message>& messages);

struct MessagePlace {
  std::string id;
  std::int64_t seq = 0;

  auto columns() { return std::tie(id, seq); }
};
// Those among the room's `limit` oldest messages that were sent before `at`, oldest first.
Result<std::vector<MessagePlace>, Error> messages_before(Session& session, std::string_view room_id, std::int64_t at,
                                                         std::size_t limit);
// The rows, with all that hangs on them, the index of words included.
Result<void, Error> delete_messages(Session& session, std::span<const std::string> ids);
// The next messages of one sender, in all rooms, by client_id after `after`.
Result<std::vector<Message>, Error> list_messages_of(Session& session, std::string_view sender_id,
                                                     std::string_view after, std::size_t limit);

}  // namespace parley::store

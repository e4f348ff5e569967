// What waits for a person: messages that name them, threads that they follow, calls that they missed. Nothing is kept
// for it but who follows what and up to when it was seen: the rest stands in the rooms, so that what one may not read
// any more leaves the inbox by itself.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/result.h"

namespace parley::store {

class Session;

// One line of the inbox. Newest first means: by `at`, then by `id`, both descending.
struct InboxEntry {
  std::string id;  // of the message or the call
  std::string room_id;
  std::int64_t at = 0;  // when it was sent, or rang
  bool read = false;

  auto columns() { return std::tie(id, room_id, at, read); }
  friend bool operator==(const InboxEntry&, const InboxEntry&) = default;
};

// Entries before the one of that time and id.
struct InboxCursor {
  std::int64_t at = INT64_MAX;
  std::string id = "~";
};

// Messages of others that name the person, or everybody in a room of theirs.
Result<std::vector<InboxEntry>, Error> inbox_mentions(Session& session, std::string_view user_id,
                                                      const InboxCursor& before, std::size_t limit);
// Of each thread that the person follows, the newest reply of somebody else.
Result<std::vector<InboxEntry>, Error> inbox_threads(Session& session, std::string_view user_id,
                                                     const InboxCursor& before, std::size_t limit);
Result<std::vector<InboxEntry>, Error> inbox_missed_calls(Session& session, std::string_view user_id,
                                                          const InboxCursor& before, std::size_t limit);

// All up to `at` counts as read. Moves forward only.
Result<void, Error> mark_inbox_seen(Session& session, std::string_view user_id, std::int64_t at);

// Who answers in a thread follows it, and so does who began it; unless they said that they do not want to.
Result<void, Error> follow_by_reply(Session& session, std::string_view thread_id, std::string_view replier_id);
Result<void, Error> set_following(Session& session, std::string_view thread_id, std::string_view user_id,
                                  bool following);
Result<bool, Error> is_following(Session& session, std::string_view thread_id, std::string_view user_id);

}  // namespace parley::store

// Reactions: one row for each person and emoji on a message.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/result.h"
#include "store/messages.h"

namespace parley::store {

// False: was there already.
Result<bool, Error> insert_reaction(Session& session, std::string_view message_id, std::string_view user_id,
                                    std::string_view emoji, std::int64_t at);
// False: was not there.
Result<bool, Error> delete_reaction(Session& session, std::string_view message_id, std::string_view user_id,
                                    std::string_view emoji);
// In the order of each emoji's first use.
Result<std::vector<Reaction>, Error> reactions_of(Session& session, std::string_view message_id);

struct OwnReaction {
  std::string message_id;
  std::string emoji;
  std::int64_t created_at = 0;

  auto columns() { return std::tie(message_id, emoji, created_at); }
};
// Of one person, by message id after `after`; all of a message's on one page, so a page may be longer than `limit`.
Result<std::vector<OwnReaction>, Error> list_reactions_of(Session& session, std::string_view user_id,
                                                          std::string_view after, std::size_t limit);
// A person's reactions, read markers and mentions. Answers the rooms where reactions went.
Result<std::vector<std::string>, Error> delete_traces_of(Session& session, std::string_view user_id);

}  // namespace parley::store

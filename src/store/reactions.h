// Reactions: one row for each person and emoji on a message.
#pragma once

#include <cstdint>
#include <string_view>
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

}  // namespace parley::store

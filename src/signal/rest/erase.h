// What a deleted account leaves behind in the other parts of the server. Internal to signal/rest.
#pragma once

#include <string>

#include "signal/rest/routes.h"

namespace parley::signal::rest {

// subject: the person, or an administrator. Messages are wiped, memberships and loose files go.
http::awaitable<Result<void, Error>> erase_traces(State& state, auth::Subject subject, std::string user_id);

}  // namespace parley::signal::rest

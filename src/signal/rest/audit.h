// The audit log's entries of what administrators do through this API. Internal to signal/rest.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "signal/rest/routes.h"

namespace parley::signal::rest {

struct Act {
  std::string action;  // "webhook.retry"; its first word is the object's type
  std::string object_id;
  std::string room_id;  // empty: about no room
  boost::json::object detail;
};

// After the act. One that cannot be written is in the server's log instead: what is done cannot be undone here.
http::awaitable<void> note(State& state, auth::Subject actor, Act act);

}  // namespace parley::signal::rest

// What administrators see of the people in a call's media room.
#pragma once

#include <boost/json/array.hpp>
#include <string>

#include "room/manager.h"

namespace parley::app {

// [{identity, userId, name, joinedAt, state, quality, score, tracks: [{sid, source, muted, width, height}]}]; empty
// where there is no such room.
[[nodiscard]] boost::json::array media_view(const room::Manager& rooms, const std::string& room_id);

}  // namespace parley::app

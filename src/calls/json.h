// Calls and what belongs to them as JSON.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "calls/annotations.h"
#include "calls/service.h"
#include "calls/view.h"

namespace parley::calls {

// {id, roomId, type, initiatorId, status, startedAt, answeredAt, endedAt, duration, locked, allowed: {microphone,
// camera, screenShare}, participants: [{userId, name, status, joinedAt, leftAt, busy?}]}; absent times are null,
// duration counts seconds.
[[nodiscard]] boost::json::object to_json(const CallView& view);
// With `missed`, which is the asker's: for answers, not for events.
[[nodiscard]] boost::json::object to_personal_json(const CallView& view);
// {call, media: {url, token, expiresAt}}
[[nodiscard]] boost::json::object to_json(const Joined& joined);
// {items, nextCursor}; null when there is nothing more.
[[nodiscard]] boost::json::object to_json(const HistoryPage& page);
// [{userId, name, since}]
[[nodiscard]] boost::json::array to_json(std::span<const Waiting> waiting);

// {id, author, tool, color: "#rrggbbaa", width, text?, points: [x0, y0, x1, y1, …], more?}
[[nodiscard]] boost::json::object to_json(const Stroke& stroke);
// Without author; color may be "#rrggbb"; width, color, text and more may be absent. Error invalid_argument names the
// field ("stroke.points"). Sizes and ranges are checked where it is drawn.
[[nodiscard]] Result<Stroke, Error> stroke_from_json(const boost::json::object& object);

}  // namespace parley::calls

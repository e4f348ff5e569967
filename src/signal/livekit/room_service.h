// livekit.RoomService: rooms and participants administered over HTTP, POST /twirp/livekit.RoomService/<Method>.
#pragma once

#include <string_view>

#include "http/router.h"
#include "signal/livekit/context.h"

namespace parley::signal::livekit {

// Carries out one call whose method is the path's last segment.
[[nodiscard]] http::Response call_room_service(Context& context, const http::Request& request);

// POST /twirp/: RoomService; the other services of the protocol answer unimplemented, unknown ones bad_route. context
// must outlive the router's use.
void add_room_service(http::Router& router, Context& context);

}  // namespace parley::signal::livekit

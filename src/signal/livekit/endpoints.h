// The HTTP side of signalling: /rtc and /rtc/v1 with their validate twins, and the token maker of developer mode.
#pragma once

#include "http/router.h"
#include "signal/livekit/context.h"
#include "signal/livekit/join_query.h"

namespace parley::signal::livekit {

enum class Version : std::uint8_t { kV0, kV1 };

// Everything that is checked before a socket opens. Codes: unauthenticated (401), invalid_argument (400), not_found
// (404, the message holds "requested room does not exist"), unavailable and resource_exhausted (503).
[[nodiscard]] Result<Intent, Error> check_request(const Context& context, const http::Request& request,
                                                  Version version);

// "Authorization: Bearer <token>", else the query's access_token; the verified claims.
[[nodiscard]] Result<auth::Claims, Error> authenticate(const Context& context, const http::Request& request);

// GET /rtc, /rtc/validate, /rtc/v1, /rtc/v1/validate, and GET /api/dev/token in developer mode. context must outlive
// the router's use.
void add_endpoints(http::Router& router, Context& context);

}  // namespace parley::signal::livekit

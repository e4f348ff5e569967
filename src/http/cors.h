// Cross-origin requests: every answer, errors included, may be read by pages of any origin. Access is decided by
// tokens, never by cookies, so that an origin means nothing here.
#pragma once

#include "http/message.h"

namespace parley::http {

inline constexpr std::string_view kAllowedMethods = "OPTIONS, HEAD, GET, POST, PUT, PATCH, DELETE";

void add_cors_headers(Response& response);
// OPTIONS with Access-Control-Request-Method.
[[nodiscard]] bool is_preflight(const Request& request);
[[nodiscard]] Response preflight_response(const Request& request);

}  // namespace parley::http

// How errors read for clients: RFC 9457 documents over HTTP, {code, message, field, retryAfter} in acknowledgements and
// events. Codes are in kebab-case in both ("not-found").
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace parley::signal::common {

// "not_found" → "not-found".
[[nodiscard]] std::string kebab_code(std::string_view code);

// {"code", "message", "field"?, "retryAfter"?}: the `error` of an acknowledgement.
[[nodiscard]] boost::json::object error_json(const Error& error);

// application/problem+json: {"type", "title", "status", "detail", "code", "field"?, "retryAfter"?}, with Retry-After
// and WWW-Authenticate where they belong, never stored by caches. The status is the code's (http::status_of).
[[nodiscard]] http::Response problem(const Error& error);

// 200 or whatever status with that JSON, never stored by caches: answers depend on who asks.
[[nodiscard]] http::Response json_answer(unsigned status, const boost::json::object& body);
[[nodiscard]] http::Response no_content();

}  // namespace parley::signal::common

// What a client asks for when it connects: the query of /rtc (v0), or the JoinRequest packed into the query of /rtc/v1.
#pragma once

#include <string>
#include <variant>

#include "base/result.h"
#include "http/query.h"
#include "room/manager.h"

namespace parley::signal::livekit {

// The v1 join request, unpacked.
inline constexpr std::size_t kMaxJoinRequest = 1U << 20U;

using Intent = std::variant<room::JoinParams, room::ResumeParams>;

// grants and room come from the token; client.address is the caller's to fill. Unreadable parameters count as absent.
[[nodiscard]] Intent intent_from_query(const http::Query& query, const room::Grants& grants, const std::string& room);
// join_request = base64url(WrappedJoinRequest{compression, [gzip of] JoinRequest}). Error invalid_argument.
[[nodiscard]] Result<Intent, Error> intent_from_join_request(std::string_view encoded, const room::Grants& grants,
                                                             const std::string& room);

}  // namespace parley::signal::livekit

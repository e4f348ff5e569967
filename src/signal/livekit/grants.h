// Tokens' claims to rooms' grants, and back when a session's token is renewed.
#pragma once

#include <string>
#include <string_view>

#include "auth/access_token.h"
#include "base/time.h"
#include "room/types.h"

namespace parley::signal::livekit {

// A renewed token lives this long at least.
inline constexpr Duration kMinRefreshedLife = 600s;

[[nodiscard]] room::Grants grants_from(const auth::Claims& claims);
// Claims of a token that gives just these grants for the room, from now on.
[[nodiscard]] auth::Claims claims_from(const room::Grants& grants, std::string_view room, TimePoint now);

}  // namespace parley::signal::livekit

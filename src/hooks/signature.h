// What proves to a receiver that a webhook is ours: a token over the body, as LiveKit's SDKs check it.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"

namespace parley::hooks {

// Receivers refuse older ones; each attempt is signed anew.
inline constexpr Duration kSignatureLife = 300s;

// The value of the Authorization header, without "Bearer": a JWT (HS256) that names the key (iss) and, as sha256, the
// base64 of the body's SHA-256.
[[nodiscard]] std::string sign_body(std::string_view body, const std::string& api_key, std::string_view api_secret,
                                    TimePoint now);

}  // namespace parley::hooks

// What Engine.IO requests are answered with. Internal to socketio/.
#pragma once

#include <cstdint>
#include <string>

#include "http/message.h"

namespace parley::signal::socketio {

// The codes of the reference implementation; clients show the message.
enum class Refusal : std::uint8_t {
  kUnknownTransport = 0,
  kUnknownSession = 1,
  kBadMethod = 2,
  kBadRequest = 3,
  kForbidden = 4,
  kUnsupportedVersion = 5
};

// 400 {"code":…,"message":…}; 503 for kForbidden, which here means that there are too many.
[[nodiscard]] http::Response refused(Refusal refusal);
[[nodiscard]] http::Response payload_answer(std::string payload);

}  // namespace parley::signal::socketio

// Twirp (version 7 of its protocol) over POST: one message in, one out, as JSON or protobuf.
#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "base/result.h"
#include "http/message.h"

namespace parley::signal::livekit {

enum class TwirpEncoding : std::uint8_t { kJson, kProtobuf };

// By the request's Content-Type. Error bad_route: neither.
[[nodiscard]] Result<TwirpEncoding, Error> twirp_encoding(const http::Request& request);
// Error malformed: the body is no such message. JSON may name fields in snake_case or camelCase; unknown ones are
// ignored.
[[nodiscard]] Result<void, Error> twirp_decode(TwirpEncoding encoding, const std::string& body,
                                               google::protobuf::Message& out);
// JSON has snake_case names, members at their default, enumerators by name and 64-bit numbers as strings.
[[nodiscard]] http::Response twirp_response(TwirpEncoding encoding, const google::protobuf::Message& message);
// Always JSON: {"code","msg","meta"}.
[[nodiscard]] http::Response twirp_error(const Error& error);

}  // namespace parley::signal::livekit

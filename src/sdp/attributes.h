// One a= line of a description applied to the model; for this folder's parser.
#pragma once

#include <optional>
#include <string_view>

#include "sdp/session_description.h"

namespace parley::sdp {

// Why a line cannot be taken; empty when it can. Static text.
using Problem = std::string_view;
inline constexpr Problem kFine{};
inline constexpr Problem kTooMany = "there are too many of these";

// The five attributes that may stand at session level too. nullopt: the attribute is none of them.
std::optional<Problem> apply_transport_attribute(TransportAttributes& out, std::string_view name,
                                                 std::string_view value, const ParseLimits& limits);

// "sendrecv" and its like; nullopt for anything else.
std::optional<Direction> direction_from(std::string_view name);

// Anything else below an m= line. Attributes without meaning to us are fine.
Problem apply_media_attribute(MediaSection& out, std::string_view name, std::string_view value,
                              const ParseLimits& limits);

// What stands after "m=".
Problem apply_media_line(MediaSection& out, std::string_view value, const ParseLimits& limits);

// RFC 8866 token, short enough for the RTP extensions that carry it.
bool is_mid(std::string_view text);

}  // namespace parley::sdp

// gzip (RFC 1952) of bounded size: a few bytes can claim to be gigabytes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace parley::signal::livekit {

// nullopt: no gzip, cut short, or more than max_bytes when unpacked.
[[nodiscard]] std::optional<std::string> gunzip(std::string_view packed, std::size_t max_bytes);

}  // namespace parley::signal::livekit

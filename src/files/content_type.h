// What content is, by its bytes (libmagic), and whether such files are taken.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "files/config.h"

namespace parley::files {

// "application/pdf"; "application/octet-stream" for what nobody knows, "application/x-empty" for nothing. Blocking.
[[nodiscard]] Result<std::string, Error> detect_type(const std::filesystem::path& file);

// Error "unsupported_media_type", field "file": names the type or the ending that is not taken.
[[nodiscard]] Result<void, Error> check_type(const TypePolicy& policy, std::string_view mime, std::string_view name);
// Before the first byte: the ending alone.
[[nodiscard]] Result<void, Error> check_extension(const TypePolicy& policy, std::string_view name);

// "image/*" and "*" stand for families.
[[nodiscard]] bool type_matches(std::string_view pattern, std::string_view mime);

}  // namespace parley::files

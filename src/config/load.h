// Builds Settings from defaults, then a YAML file, then the environment, then flags: the later wins. Unknown keys and
// impossible values are refused with where they stand and what was meant.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "config/settings.h"

namespace parley::config {

// One configurable key, for documentation and tests.
struct KeyInfo {
  std::string name;         // "http.listen"
  std::string environment;  // "PARLEY_HTTP_LISTEN"
  std::string default_text;
};
std::vector<KeyInfo> all_keys();
// Every key and its value in force, for people to look at: secrets are masked.
std::vector<std::pair<std::string, std::string>> printed(const Settings& settings);

// Each applies to `settings` and leaves it untouched where it fails. Errors: Error::field is the key, the message
// begins with its place ("parley.yaml:12: …", "environment PARLEY_HTTP_LISTEN: …", "--set http.listen: …").
Result<void, Error> apply_yaml(Settings& settings, const std::string& text, std::string_view file_name);
Result<void, Error> apply_file(Settings& settings, const std::string& path);
// Only names that begin with PARLEY_ are looked at.
Result<void, Error> apply_environment(Settings& settings, const char* const* environment);
Result<void, Error> apply_flag(Settings& settings, std::string_view key_value);

// Names in the environment that are no key but nearly one, as warnings: other programs may use the prefix, so they are
// no errors.
std::vector<std::string> misspelt_environment(const char* const* environment);

// The shards in force: "auto" is one per core.
std::uint16_t shard_count(const Settings& settings);

// What only the whole can tell: TLS complete, ports that do not collide, and, asked last, an API key there
// (code "missing_key"). The message begins with the place of the key, where it was set.
Result<void, Error> validate(const Settings& settings);

}  // namespace parley::config

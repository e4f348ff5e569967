#include "config/load.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <set>
#include <thread>

#include "config/keys.h"
#include "config/values.h"

namespace parley::config {
namespace {

constexpr std::string_view kKeysPrefix = "keys.";

std::string environment_name(const std::string& key) {
  std::string out = "PARLEY_";
  for (const char c : key) out += c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

// A database URL holds a password.
bool is_secret(const std::string& key) {
  return key == "database.url" || key == "files.s3.access_key" || key == "files.s3.secret_key";
}

// Keys and the sections that they lie in.
std::vector<std::string> key_names() {
  std::set<std::string> out = {"keys"};
  for (const Key& key : key_table()) {
    for (std::size_t dot = key.name.find('.'); dot != std::string::npos; dot = key.name.find('.', dot + 1)) {
      out.insert(key.name.substr(0, dot));
    }
    out.insert(key.name);
  }
  return {out.begin(), out.end()};
}

// "auth.oidc.acme.isuer": the leaves of that group under the name that was given.
std::vector<std::string> named_candidates(const std::string& key) {
  std::vector<std::string> out;
  for (const NamedKey& entry : named_keys()) {
    const std::string group = entry.group + ".";
    if (!key.starts_with(group)) continue;
    out.push_back(key.substr(0, key.find('.', group.size())) + "." + entry.leaf);
  }
  return out;
}

Error unknown_key(const std::string& place, const std::string& key) {
  std::string message = place + ": unknown key \"" + key + "\"";
  auto candidates = named_candidates(key);
  if (candidates.empty()) candidates = key_names();
  if (const std::string near = nearest(key, candidates); !near.empty()) message += "; did you mean \"" + near + "\"?";
  return {"unknown_key", message, key};
}

Result<void, Error> set_api_key(Settings& settings, const std::string& place, const std::string& api_key,
                                const std::string& secret) {
  if (api_key.empty() || secret.empty()) {
    return Error{"bad_value", place + ": keys: an API key and its secret must not be empty", "keys"};
  }
  settings.keys[api_key] = secret;
  return {};
}

Result<void, Error> set_value(Settings& settings, const std::string& place, const std::string& key,
                              const std::string& value) {
  if (key.starts_with(kKeysPrefix)) return set_api_key(settings, place, key.substr(kKeysPrefix.size()), value);
  const Key* entry = find_key(key);
  const NamedMatch named = entry == nullptr ? find_named_key(key) : NamedMatch{};
  if (entry == nullptr && named.key == nullptr) return unknown_key(place, key);
  if (const auto done = entry != nullptr ? entry->set(settings, value) : named.key->set(settings, named.name, value);
      !done) {
    return Error{"bad_value", place + ": " + key + ": " + done.error().why, key};
  }
  settings.places[key] = place;
  return {};
}

// A value that is possible by itself and not with the others: named by the first of these keys that somebody set.
Error impossible(const Settings& settings, std::initializer_list<const char*> keys, const std::string& why) {
  for (const char* key : keys) {
    if (const auto place = settings.places.find(key); place != settings.places.end()) {
      return {"bad_value", place->second + ": " + why, key};
    }
  }
  return {"bad_value", why, *keys.begin()};
}

// Walks the document; a sequence of scalars becomes a comma-separated list, as --set and the environment write it.
class YamlWalker {
 public:
  YamlWalker(Settings& settings, std::string_view file_name) : settings_(settings), file_(file_name) {}

  Result<void, Error> walk(const YAML::Node& node, const std::string& path) {
    if (node.IsNull()) return {};  // a section or value left empty keeps its default
    if (node.IsScalar()) return set_value(settings_, place(node), path, node.Scalar());
    if (node.IsSequence()) return walk_sequence(node, path);
    for (const auto& entry : node) {
      const std::string name = entry.first.Scalar();
      std::string key = path;
      if (!key.empty()) key += '.';
      key += name;
      if (!known_prefix(key)) return unknown_key(place(entry.first), key);
      if (auto done = walk(entry.second, key); !done) return done;
    }
    return {};
  }

 private:
  [[nodiscard]] std::string place(const YAML::Node& node) const {
    return file_ + ":" + std::to_string(node.Mark().line + 1);
  }

  Result<void, Error> walk_sequence(const YAML::Node& node, const std::string& path) {
    std::string list;
    for (const auto& item : node) {
      if (!item.IsScalar()) return Error{"bad_value", place(item) + ": " + path + ": a list holds plain values", path};
      append_item(list, item.Scalar());
    }
    return set_value(settings_, place(node), path, list);
  }

  // So that a misspelt section is named at its own line, not at its first value.
  static bool known_prefix(const std::string& key) {
    if (key == "keys" || key.starts_with(kKeysPrefix)) return true;
    const auto& table = key_table();
    if (std::ranges::any_of(table,
                            [&](const Key& entry) { return entry.name == key || entry.name.starts_with(key + "."); })) {
      return true;
    }
    if (find_named_key(key).key != nullptr) return true;
    return std::ranges::any_of(named_keys(), [&](const NamedKey& entry) {
      const std::string group = entry.group + ".";
      const bool one_named = key.starts_with(group) && key.find('.', group.size()) == std::string::npos;
      return entry.group == key || entry.group.starts_with(key + ".") || one_named;
    });
  }

  Settings& settings_;
  std::string file_;
};

// PARLEY_KEYS="key1: secret1, key2: secret2"
Result<void, Error> apply_keys_list(Settings& settings, const std::string& place, std::string_view list) {
  for (const std::string& pair : split_list(list)) {
    const std::size_t colon = pair.find(':');
    if (colon == std::string::npos) {
      return Error{"bad_value", place + ": keys: write \"KEY: SECRET\", several separated by commas", "keys"};
    }
    const std::size_t secret = pair.find_first_not_of(' ', colon + 1);
    auto done =
        set_api_key(settings, place, pair.substr(0, colon), secret == std::string::npos ? "" : pair.substr(secret));
    if (!done) return done;
  }
  return {};
}

// PARLEY_AUTH_OIDC_ACME_ISSUER: the name comes in lower case.
Result<void, Error> apply_named_environment(Settings& settings, const std::string& place, const std::string& variable,
                                            const std::string& value) {
  for (const NamedKey& entry : named_keys()) {
    const std::string prefix = environment_name(entry.group) + "_";
    const std::string suffix = environment_name("." + entry.leaf).substr(std::string_view("PARLEY_").size());
    if (!variable.starts_with(prefix) || !variable.ends_with(suffix)) continue;
    if (variable.size() <= prefix.size() + suffix.size()) continue;
    std::string name = variable.substr(prefix.size(), variable.size() - prefix.size() - suffix.size());
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return set_value(settings, place, entry.group + "." + name + "." + entry.leaf, value);
  }
  return {};
}

}  // namespace

std::vector<KeyInfo> all_keys() {
  const Settings defaults;
  std::vector<KeyInfo> out;
  for (const Key& key : key_table()) out.push_back({key.name, environment_name(key.name), key.print(defaults)});
  return out;
}

std::vector<std::pair<std::string, std::string>> printed(const Settings& settings) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const Key& key : key_table()) {
    std::string value = key.print(settings);
    if (!value.empty() && is_secret(key.name)) value = "********";
    out.emplace_back(key.name, std::move(value));
  }
  return out;
}

Result<void, Error> apply_yaml(Settings& settings, const std::string& text, std::string_view file_name) {
  Settings copy = settings;
  try {
    const YAML::Node document = YAML::Load(text);
    if (document.IsDefined() && !document.IsNull() && !document.IsMap()) {
      return Error{"bad_file", std::string(file_name) + ": expected keys and values, such as \"log:\"", ""};
    }
    if (auto done = YamlWalker(copy, file_name).walk(document, ""); !done) return done;
  } catch (const YAML::Exception& e) {
    return Error{"bad_file", std::string(file_name) + ":" + std::to_string(e.mark.line + 1) + ": not YAML: " + e.msg,
                 ""};
  }
  settings = std::move(copy);
  return {};
}

Result<void, Error> apply_file(Settings& settings, const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{"bad_file", path + ": cannot be read: " + std::strerror(errno), "--config"};
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return apply_yaml(settings, text, path);
}

Result<void, Error> apply_environment(Settings& settings, const char* const* environment) {
  constexpr std::string_view kPrefix = "PARLEY_";
  Settings copy = settings;
  for (; *environment != nullptr; ++environment) {
    const std::string_view entry = *environment;
    const std::size_t equals = entry.find('=');
    if (!entry.starts_with(kPrefix) || equals == std::string_view::npos) continue;
    const std::string name(entry.substr(0, equals));
    const std::string value(entry.substr(equals + 1));
    const std::string place = "environment " + name;
    if (name == "PARLEY_KEYS") {
      if (auto done = apply_keys_list(copy, place, value); !done) return done;
      continue;
    }
    if (auto done = apply_named_environment(copy, place, name, value); !done) return done;
    const auto& table = key_table();
    const auto key =
        std::find_if(table.begin(), table.end(), [&](const Key& k) { return environment_name(k.name) == name; });
    // Other tools use the prefix too (PARLEY_BIN in tests): an unknown name is no error.
    if (key == table.end()) continue;
    if (auto done = set_value(copy, place, key->name, value); !done) return done;
  }
  settings = std::move(copy);
  return {};
}

Result<void, Error> apply_flag(Settings& settings, std::string_view key_value) {
  const std::size_t equals = key_value.find('=');
  if (equals == std::string_view::npos) {
    return Error{"bad_flag", "--set " + std::string(key_value) + ": write --set KEY=VALUE", "--set"};
  }
  const std::string key(key_value.substr(0, equals));
  const std::string value(key_value.substr(equals + 1));
  if (key == "keys") return apply_keys_list(settings, "--set keys", value);
  return set_value(settings, "--set " + key, key, value);
}

std::vector<std::string> misspelt_environment(const char* const* environment) {
  constexpr std::string_view kPrefix = "PARLEY_";
  constexpr std::size_t kMostWrong = 2;  // letters
  std::vector<std::string> names = {"KEYS"};
  for (const Key& key : key_table()) names.push_back(environment_name(key.name).substr(kPrefix.size()));
  std::vector<std::string> out;
  for (; *environment != nullptr; ++environment) {
    const std::string_view entry = *environment;
    if (!entry.starts_with(kPrefix)) continue;
    const std::string_view name = entry.substr(kPrefix.size(), entry.find('=') - kPrefix.size());
    if (std::ranges::find(names, name) != names.end()) continue;
    const std::string near = nearest(name, names, kMostWrong);
    if (near.empty()) continue;
    std::string warning = "environment PARLEY_";
    warning.append(name).append(" is no key and changes nothing; did you mean PARLEY_").append(near).append("?");
    out.push_back(std::move(warning));
  }
  return out;
}

std::uint16_t shard_count(const Settings& settings) {
  if (settings.rtc.shards != 0) return settings.rtc.shards;
  return static_cast<std::uint16_t>(std::max(1U, std::thread::hardware_concurrency()));
}

namespace {

Result<void, Error> validate_network(const Settings& s) {
  if (s.http.tls_cert.empty() != s.http.tls_key.empty()) {
    const char* set = s.http.tls_cert.empty() ? "http.tls.key" : "http.tls.cert";
    return impossible(s, {set}, std::string("http.tls.cert and http.tls.key belong together: only ") + set + " is set");
  }
  const unsigned last = s.rtc.udp_port + shard_count(s) - 1U;
  if (last > 65535) {
    return impossible(s, {"rtc.udp_port", "rtc.shards"},
                      "rtc.udp_port: shard " + std::to_string(shard_count(s) - 1) + " would need port " +
                          std::to_string(last) + "; the highest is 65535");
  }
  if (s.rtc.consent_timeout < 1s) {
    return impossible(s, {"rtc.consent_timeout"},
                      "rtc.consent_timeout: must be at least 1s, browsers check every few seconds");
  }
  if (s.signal.ping_interval < 1s || s.signal.ping_timeout < s.signal.ping_interval) {
    return impossible(s, {"signal.ping_interval", "signal.ping_timeout"},
                      "signal.ping_interval: must be at least 1s and at most signal.ping_timeout");
  }
  if (s.sockets.ping_interval < 1s || s.sockets.ping_timeout < 1s) {
    return impossible(s, {"sockets.ping_interval", "sockets.ping_timeout"},
                      "sockets.ping_interval: it and sockets.ping_timeout must be at least 1s");
  }
  return {};
}

}  // namespace

Result<void, Error> validate(const Settings& s) {
  if (auto done = validate_network(s); !done) return done;
  if (s.files.storage == "s3" && (s.files.s3_endpoint.empty() || s.files.s3_bucket.empty())) {
    return impossible(s, {"files.storage"}, "files.storage: s3 needs files.s3.endpoint and files.s3.bucket");
  }
  if (s.keys.empty()) {
    return Error{"missing_key",
                 "no API key is configured: put one under \"keys:\" in the file (KEY: SECRET), set "
                 "PARLEY_KEYS=\"KEY: SECRET\", or start with --dev to try things out",
                 "keys"};
  }
  return {};
}

}  // namespace parley::config

// The table of keys: how each is read from text into Settings and printed back.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "config/settings.h"
#include "config/values.h"

namespace parley::config {

struct Key {
  std::string name;
  std::function<Result<void, Invalid>(Settings&, const std::string&)> set;
  std::function<std::string(const Settings&)> print;
};

const std::vector<Key>& key_table();
const Key* find_key(std::string_view name);
// Accounts, chat, calls, files and what belongs to them (keys_workplace.cpp); part of key_table().
std::vector<Key> workplace_keys();

// A key of one of several things that the operator names: "auth.oidc.<name>.issuer".
struct NamedKey {
  std::string group;  // "auth.oidc"
  std::string leaf;   // "issuer"
  std::function<Result<void, Invalid>(Settings&, const std::string& name, const std::string& text)> set;
};
const std::vector<NamedKey>& named_keys();
// The key and the name in it; nullptr when there is none such.
struct NamedMatch {
  const NamedKey* key = nullptr;
  std::string name;
};
NamedMatch find_named_key(std::string_view key);

}  // namespace parley::config

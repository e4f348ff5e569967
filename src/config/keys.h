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

}  // namespace parley::config

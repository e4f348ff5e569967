#include "room/validation.h"

namespace parley::room {

Attributes merge_attributes(Attributes base, const Attributes& changes) {
  for (const auto& [key, value] : changes) {
    if (value.empty()) {
      base.erase(key);
    } else {
      base[key] = value;
    }
  }
  return base;
}

Result<void, Error> check_profile(const Limits& limits, const std::string& name, const std::string& metadata,
                                  const Attributes& attributes) {
  if (name.size() > limits.name) return Error{"invalid_argument", "name is too long", "name"};
  if (metadata.size() > limits.metadata) return Error{"invalid_argument", "metadata is too long", "metadata"};
  std::size_t total = 0;
  for (const auto& [key, value] : attributes) total += key.size() + value.size();
  if (total > limits.attributes) return Error{"invalid_argument", "attributes are too long", "attributes"};
  return {};
}

}  // namespace parley::room

// Limits on what people call themselves and carry along.
#pragma once

#include <string>

#include "base/result.h"
#include "room/config.h"

namespace parley::room {

// An empty value deletes its key.
Attributes merge_attributes(Attributes base, const Attributes& changes);

// Error code "invalid_argument"; field names the one that is too long.
Result<void, Error> check_profile(const Limits& limits, const std::string& name, const std::string& metadata,
                                  const Attributes& attributes);

}  // namespace parley::room

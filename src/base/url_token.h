// Random ids that stand in addresses as they are.
#pragma once

#include <cstddef>
#include <string>

#include "base/random.h"

namespace parley {

// As RandomSource::token(), of base64url's alphabet (RFC 4648 section 5).
std::string url_token(RandomSource& random, std::size_t length);

}  // namespace parley

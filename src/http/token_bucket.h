// The rate limits of requests: base's token bucket under the names that this folder's users know.
#pragma once

#include "base/token_bucket.h"

namespace parley::http {

using parley::Rate;
using parley::TokenBucket;

}  // namespace parley::http

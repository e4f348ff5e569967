// UUIDs as the database and the APIs carry them (RFC 9562): lower-case text of 36 characters.
//
//   0                   1                   2                   3
//  |                     unix_ts_ms (48 bits)                      |
//  | ver=7 |   rand_a (12)   | var |          rand_b (62)          |
#pragma once

#include <string>
#include <string_view>

#include "base/random.h"
#include "base/time.h"

namespace parley {

// Version 7: sorts by its time. rand_a and rand_b are random, so two ids of one millisecond have no order.
[[nodiscard]] std::string make_uuid(TimePoint now, RandomSource& random);
// Canonical form, any version; what clients send is compared as text, so upper case is refused.
[[nodiscard]] bool is_uuid(std::string_view text);

}  // namespace parley

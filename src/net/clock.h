// The wall clock and the monotonic clock, joined: the only place that reads either.
#pragma once

#include "base/time.h"

namespace parley::net {

// CLOCK_MONOTONIC, offset once per process (at the first call) so that it starts at CLOCK_REALTIME: µs since the Unix
// epoch that never jump. A later step of the wall clock is not followed. Thread-safe.
[[nodiscard]] TimePoint now();

}  // namespace parley::net

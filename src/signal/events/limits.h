// How often one person may do what, over all of the person's devices.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/token_bucket.h"

namespace parley::signal::events {

enum class LimitGroup : std::uint8_t { kNone, kRooms, kMessages, kChanges, kTyping, kPresence, kCalls };
inline constexpr std::size_t kLimitGroups = 7;

struct EventLimits {
  bool enabled = true;    // of the rates
  Rate connects{5, 200};  // per address: an office behind one address reconnects at once
  Rate events{100, 400};  // of all kinds but in-call ones, which calls limit themselves
  Rate rooms{20, 200};    // join, leave, resync: a client opens many at start
  Rate messages{10, 60};
  Rate changes{20, 100};  // edits, reactions, pins, read markers
  Rate typing{5, 20};
  Rate presence{2, 20};
  Rate calls{2, 20};
  std::size_t max_pending = 64;  // events of one connection without an answer yet
};

}  // namespace parley::signal::events

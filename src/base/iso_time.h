// Times of day as JSON carries them: RFC 3339, UTC, milliseconds ("2026-11-22T20:05:16.250Z").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace parley {

// ms since the Unix epoch, as the database stores them.
[[nodiscard]] constexpr std::int64_t unix_ms(TimePoint t) { return to_millis(t.time_since_epoch()); }

// Years 1 to 9999; times beyond are clamped.
[[nodiscard]] std::string to_iso(std::int64_t unix_ms);
// "2026-11-22", "2026-11-22T20:05Z", with seconds, with a fraction, with an offset ("+02:00"). A date alone is its
// midnight in UTC. nullopt: none of these, or no such day.
[[nodiscard]] std::optional<std::int64_t> from_iso(std::string_view text);

}  // namespace parley

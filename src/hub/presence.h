// How present a person is, over all of the person's devices.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace parley::hub {

// In ascending order of presence, as far as devices say it themselves.
enum class Status : std::uint8_t { kOffline, kAway, kBusy, kOnline, kInCall };

// "offline", "away", "busy", "online", "in-call", as the APIs carry them.
[[nodiscard]] std::string_view to_string(Status status);
[[nodiscard]] std::optional<Status> status_from(std::string_view text);

struct Presence {
  Status status = Status::kOffline;
  std::int64_t last_seen_ms = 0;  // offline: when the last device went, since the Unix epoch; 0: not known here
  friend bool operator==(const Presence&, const Presence&) = default;
};

}  // namespace parley::hub

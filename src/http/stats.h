// What the HTTP side counts, in plain structs that the control thread owns and the application exports.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace parley::http {

struct LatencyHistogram {
  // Upper bounds of the buckets (inclusive); one more bucket holds what is above the last.
  static constexpr std::array<Duration, 12> kBounds = {100us, 250us, 500us, 1ms,   2ms,   5ms,
                                                       10ms,  25ms,  50ms,  100ms, 250ms, 1s};

  std::array<std::uint64_t, kBounds.size() + 1> buckets{};
  std::uint64_t count = 0;
  Duration sum{0};

  void record(Duration value) {
    std::size_t i = 0;
    while (i < kBounds.size() && value > kBounds[i]) ++i;
    ++buckets[i];
    ++count;
    sum += value;
  }
};

struct Stats {
  std::size_t connections_open = 0;  // those of WebSockets included
  std::uint64_t connections_accepted = 0;
  std::uint64_t connections_refused = 0;  // over a connection limit
  std::uint64_t tls_handshakes_failed = 0;
  std::uint64_t requests = 0;
  std::uint64_t requests_malformed = 0;  // no HTTP, head or body too large
  std::uint64_t requests_rate_limited = 0;
  std::array<std::uint64_t, 6> responses_by_class{};  // [2]: 2xx …
  LatencyHistogram request_latency;                   // whole head and body received → answer written
  std::size_t websockets_open = 0;
  std::uint64_t websockets_opened = 0;
  std::uint64_t websockets_too_slow = 0;  // closed because their queue was full
  std::uint64_t websocket_messages_in = 0;
  std::uint64_t websocket_messages_out = 0;
  std::uint64_t websocket_bytes_in = 0;
  std::uint64_t websocket_bytes_out = 0;
};

}  // namespace parley::http

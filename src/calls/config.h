// What an operator decides about calls; limits with the reasons for their defaults.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "base/time.h"
#include "base/token_bucket.h"

namespace parley::calls {

struct Config {
  std::string public_url;  // of the server as clients reach it, "wss://…" or "https://…"; empty: as they asked
  std::function<TimePoint()> clock;

  Duration ring_timeout = 45s;
  Duration direct_grace = 10s;  // one alone in a direct call: the other may be changing networks
  Duration gone_after = 30s;    // without socket and media
  Duration token_ttl = 600s;    // of media tokens, for connecting
  Duration touch_every = 30s;   // how exactly the end of a call is known after a crash
  Duration write_retry = 1s;

  std::size_t max_calls = 10'000;
  std::size_t max_rung = 500;     // people rung by one call
  std::size_t max_waiting = 200;  // in one lobby

  bool limits_enabled = true;                // rates, not sizes
  Rate reactions{5, 10};                     // per person, as all rates
  Rate strokes{60, 120};                     // a pen that streams its parts
  Rate signals{50, 200};                     // trickled candidates come in bursts
  Rate control_inputs{250, 500};             // mouse moves
  std::size_t max_signal = 64 * 1024;        // bytes; an SDP with many candidates is 20 KiB
  std::size_t max_control_input = 4 * 1024;  // bytes
  std::size_t max_shares = 16;               // in one call
  std::size_t max_strokes = 2'000;           // kept for one share; the oldest go first
  std::size_t max_stroke_points = 2'000;     // in one stroke
  std::size_t max_points_kept = 100'000;     // of one share, 8 bytes each
  std::size_t max_strokes_per_author = 500;
};

}  // namespace parley::calls

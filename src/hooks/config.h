// Settings of webhooks.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "base/time.h"

namespace parley::hooks {

struct Config {
  std::vector<std::string> urls;  // http or https; every event goes to each
  std::string api_key;            // signs; the receiver knows its secret
  std::string api_secret;
  Duration timeout = 10s;  // of one attempt
  int max_attempts = 8;    // then it is a dead letter
  // Before the second attempt; doubles with each further one.
  Duration first_retry = 1s;
  Duration longest_retry = 300s;
  std::size_t max_waiting = 10'000;  // for each URL; further events are dropped
  std::size_t max_dead = 10'000;     // the newest are kept
  std::function<TimePoint()> clock;  // required
};

}  // namespace parley::hooks

// Drives a loop until something has happened; gives up after a time that no healthy run needs.
#pragma once

#include <gtest/gtest.h>

#include <functional>

#include "net/clock.h"
#include "net/event_loop.h"

namespace parley::net {

class LoopTest : public ::testing::Test {
 protected:
  static constexpr Duration kPatience = 10s;

  // Turns the loop until done() holds. False: patience ended first.
  bool run_until(const std::function<bool()>& done) {
    const TimePoint give_up = now() + kPatience;
    while (!done()) {
      if (loop_.turn(give_up) >= give_up) return false;
    }
    return true;
  }

  EventLoop loop_;
};

}  // namespace parley::net

// Reliable packets of the last moments for somebody whose data channels are still opening: a message sent right after a
// participant was announced would otherwise never reach it.
#pragma once

#include <deque>
#include <vector>

#include "base/time.h"
#include "room/media_api.h"

namespace parley::room {

class LateData {
 public:
  // Oldest packets give way.
  void keep(TimePoint now, SharedBytes packet);
  // What is at most kMaxAge old, in order; the cache is empty afterwards.
  std::vector<SharedBytes> take(TimePoint now);

  static constexpr Duration kMaxAge = 2s;
  static constexpr std::size_t kMaxPackets = 256;
  static constexpr std::size_t kMaxBytes = 1U << 20U;

 private:
  void drop_front();

  struct Entry {
    TimePoint at;
    SharedBytes packet;
  };
  std::deque<Entry> entries_;
  std::size_t bytes_ = 0;
};

}  // namespace parley::room

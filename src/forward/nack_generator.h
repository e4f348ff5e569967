// Decides which lost packets of one stream to ask for again, and when (RFC 4585 section 6.2.1). Pure: sequence numbers
// are 64-bit, time is an argument.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/time.h"

namespace parley::forward {

struct NackConfig {
  // Reordering is rarer than loss, yet asking for a packet that is about to arrive costs its bytes twice.
  Duration reorder_wait = 5ms;
  int reorder_packets = 3;       // this many later packets end the wait
  Duration min_interval = 20ms;  // between two requests for the same packet, even on a shorter way
  Duration default_rtt = 100ms;  // before the first measurement
  int max_tries = 10;
  Duration max_age = 1s;        // later than any player waits
  std::size_t max_list = 1000;  // beyond it a keyframe is cheaper than what is missing
};

class NackGenerator {
 public:
  explicit NackGenerator(NackConfig config = {}) : config_(config), rtt_(config.default_rtt) {}

  // Every packet of the stream, once. keyframe_start: losses before it no longer matter. True when the packet had been
  // missing.
  bool on_packet(TimePoint now, std::int64_t sequence, bool keyframe_start);
  void set_rtt(Duration rtt);
  // Writes the sequence numbers to ask for now into out, oldest first, and counts the try; answers how many.
  std::size_t poll(TimePoint now, std::span<std::int64_t> out);
  // When poll() will have something; kNever with nothing missing.
  [[nodiscard]] TimePoint deadline() const;
  // True once after packets were given up: what follows them cannot be decoded without a keyframe.
  bool take_keyframe_request();
  [[nodiscard]] std::size_t missing() const { return missing_.size(); }
  void reset();

 private:
  struct Missing {
    std::int64_t sequence = 0;
    TimePoint since;
    TimePoint due;
    int tries = 0;
  };

  void add_gap(TimePoint now, std::int64_t from, std::int64_t to);
  void hasten(TimePoint now);

  NackConfig config_;
  Duration rtt_;
  std::vector<Missing> missing_;  // ascending; keeps its capacity
  std::int64_t highest_ = 0;
  TimePoint next_due_ = kNever;  // not later than the earliest due of missing_
  bool started_ = false;
  bool keyframe_needed_ = false;
};

}  // namespace parley::forward

// Who speaks in a room, from the audio levels that clients write on their packets (RFC 6464); nothing is decoded.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "rtp/header_extensions.h"

namespace parley::forward {

struct SpeakerConfig {
  Duration interval = 400ms;
  std::uint8_t active_level = 35;     // -dBov; this loud or louder counts as speech
  std::uint32_t active_percent = 40;  // of an interval's packets
  std::uint32_t smooth_intervals = 2;
};

struct Speaker {
  FeedId feed;
  float level = 0;  // linear amplitude 0..1 in steps of 1/8, rounded up
  friend bool operator==(const Speaker&, const Speaker&) = default;
};

class SpeakerDetector {
 public:
  explicit SpeakerDetector(SpeakerConfig config = {}) : config_(config) {}

  void observe(TimePoint now, FeedId feed, const rtp::AudioLevel& level);
  void remove(FeedId feed);
  // End of the interval; kNever while nobody is heard or still fading.
  [[nodiscard]] TimePoint deadline() const { return interval_end_; }
  // All active speakers, loudest first, when the list differs from the last one answered; nullopt otherwise.
  std::optional<std::vector<Speaker>> poll(TimePoint now);

 private:
  struct Voice {
    std::uint32_t packets = 0;
    std::uint32_t active = 0;
    double amplitude_sum = 0;  // of the active packets
    double smoothed = 0;
    bool speaking = false;
  };
  // Fewer packets than this in an interval (DTX, one click) cannot make somebody a speaker.
  static constexpr std::uint32_t kMinPackets = 5;

  void close_interval(Voice& voice) const;

  SpeakerConfig config_;
  std::unordered_map<FeedId, Voice> voices_;
  std::vector<Speaker> last_;
  TimePoint interval_end_ = kNever;
};

}  // namespace parley::forward

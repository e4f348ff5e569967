// When to send a PLI (RFC 4585 section 6.3.1) to the publisher, per layer. Hundreds of subscribers may ask at once; the
// encoder is asked at most once per interval, at once when it has not been asked lately, and again until it obeys.
#pragma once

#include <array>
#include <cstdint>

#include "base/time.h"
#include "forward/track_config.h"

namespace parley::forward {

class KeyframeRequester {
 public:
  static constexpr Duration kDefaultInterval = 500ms;
  // A wish that nobody repeats for this long has lost its subscriber.
  static constexpr Duration kForgetAfter = 5s;

  explicit KeyframeRequester(Duration interval = kDefaultInterval) : interval_(interval) {}

  void request(TimePoint now, std::uint8_t layer);
  void on_keyframe(std::uint8_t layer);
  // True when a PLI for the layer shall go out now; counts it as sent.
  bool take(TimePoint now, std::uint8_t layer);
  [[nodiscard]] bool due(TimePoint now, std::uint8_t layer) const;
  [[nodiscard]] bool pending(std::uint8_t layer) const { return layers_[layer].wanted; }
  [[nodiscard]] TimePoint deadline() const;

 private:
  struct Layer {
    bool wanted = false;
    TimePoint wanted_until;
    TimePoint next;  // not before
  };

  Duration interval_;
  std::array<Layer, kMaxLayers> layers_{};
};

}  // namespace parley::forward

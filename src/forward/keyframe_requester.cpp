#include "forward/keyframe_requester.h"

namespace parley::forward {

void KeyframeRequester::request(TimePoint now, std::uint8_t layer) {
  Layer& l = layers_[layer];
  l.wanted = true;
  l.wanted_until = now + kForgetAfter;
}

void KeyframeRequester::on_keyframe(std::uint8_t layer) { layers_[layer].wanted = false; }

bool KeyframeRequester::due(TimePoint now, std::uint8_t layer) const {
  const Layer& l = layers_[layer];
  return l.wanted && now >= l.next && now <= l.wanted_until;
}

bool KeyframeRequester::take(TimePoint now, std::uint8_t layer) {
  Layer& l = layers_[layer];
  if (now > l.wanted_until) l.wanted = false;
  if (!due(now, layer)) return false;
  l.next = now + interval_;
  return true;
}

TimePoint KeyframeRequester::deadline() const {
  TimePoint at = kNever;
  for (const Layer& l : layers_) {
    if (l.wanted) at = soonest(at, l.next);
  }
  return at;
}

}  // namespace parley::forward

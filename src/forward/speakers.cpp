#include "forward/speakers.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace parley::forward {
namespace {

constexpr double kLevelSteps = 8;
constexpr double kSilence = 1e-4;  // -80 dBov: a voice that faded to this is forgotten

double amplitude_of(std::uint8_t level) { return std::pow(10.0, -static_cast<double>(level) / 20.0); }

// Worked out once: an audio packet costs a look-up.
const std::array<double, 128>& amplitudes() {
  static const std::array<double, 128> table = [] {
    std::array<double, 128> out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = amplitude_of(static_cast<std::uint8_t>(i));
    return out;
  }();
  return table;
}

}  // namespace

void SpeakerDetector::observe(TimePoint now, FeedId feed, const rtp::AudioLevel& level) {
  const bool loud = level.level <= config_.active_level;
  auto at = voices_.find(feed);
  if (at == voices_.end()) {
    if (!loud) return;  // silence of somebody who was silent changes nothing
    at = voices_.emplace(feed, Voice{}).first;
    if (interval_end_ == kNever) interval_end_ = now + config_.interval;
  }
  Voice& voice = at->second;
  ++voice.packets;
  if (!loud) return;
  ++voice.active;
  voice.amplitude_sum += amplitudes()[level.level & 0x7fU];
}

void SpeakerDetector::remove(FeedId feed) { voices_.erase(feed); }

void SpeakerDetector::close_interval(Voice& voice) const {
  const std::uint32_t packets = std::max(voice.packets, kMinPackets);
  const bool active = voice.active > 0 && voice.active * 100 >= config_.active_percent * packets;
  const double level = active ? voice.amplitude_sum / voice.active : 0;
  voice.smoothed += (level - voice.smoothed) * 2.0 / (config_.smooth_intervals + 1.0);
  voice.speaking = active || voice.smoothed >= amplitude_of(config_.active_level);
  voice.packets = 0;
  voice.active = 0;
  voice.amplitude_sum = 0;
}

std::optional<std::vector<Speaker>> SpeakerDetector::poll(TimePoint now) {
  if (now < interval_end_) return std::nullopt;
  std::vector<Speaker> speakers;
  for (auto it = voices_.begin(); it != voices_.end();) {
    Voice& voice = it->second;
    close_interval(voice);
    if (voice.speaking) {
      const double steps = std::clamp(std::ceil(voice.smoothed * kLevelSteps), 1.0, kLevelSteps);
      speakers.push_back({.feed = it->first, .level = static_cast<float>(steps / kLevelSteps)});
    }
    it = !voice.speaking && voice.smoothed < kSilence ? voices_.erase(it) : std::next(it);
  }
  // Equal levels by feed, so that the order does not change with every interval.
  std::sort(speakers.begin(), speakers.end(), [](const Speaker& a, const Speaker& b) {
    return a.level != b.level ? a.level > b.level : a.feed < b.feed;
  });
  interval_end_ = voices_.empty() ? kNever : now + config_.interval;
  if (speakers == last_) return std::nullopt;
  last_ = speakers;
  return speakers;
}

}  // namespace parley::forward

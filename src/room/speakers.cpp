#include "room/speakers.h"

#include <algorithm>
#include <cmath>

namespace parley::room {

namespace {

// Steps of an eighth: finer changes would only make traffic.
float quantised(float level) { return std::ceil(std::clamp(level, 0.0F, 1.0F) * 8) / 8; }

void sort_loudest_first(std::vector<SpeakerInfo>& speakers) {
  std::stable_sort(speakers.begin(), speakers.end(),
                   [](const SpeakerInfo& a, const SpeakerInfo& b) { return a.level > b.level; });
}

}  // namespace

void SpeakerBoard::report(std::uint16_t shard, const std::map<std::string, float>& levels) {
  auto& mine = by_shard_[shard];
  mine.clear();
  for (const auto& [sid, level] : levels) {
    if (level > 0) mine[sid] = quantised(level);
  }
}

void SpeakerBoard::simulate(const std::string& sid, TimePoint until) {
  simulated_[sid] = until;
  simulated_end_.set_by(until);
}

void SpeakerBoard::remove(const std::string& sid) {
  for (auto& [shard, levels] : by_shard_) levels.erase(sid);
  simulated_.erase(sid);
  told_.erase(sid);
}

void SpeakerBoard::handle_timeout(TimePoint now) {
  if (!simulated_end_.due(now)) return;
  std::erase_if(simulated_, [now](const auto& entry) { return entry.second <= now; });
  for (const auto& [sid, until] : simulated_) simulated_end_.set_by(until);
}

std::map<std::string, float> SpeakerBoard::merged() const {
  std::map<std::string, float> all;
  for (const auto& [shard, levels] : by_shard_) {
    for (const auto& [sid, level] : levels) all[sid] = std::max(all[sid], level);
  }
  constexpr float kSimulatedLevel = 0.9F;
  for (const auto& [sid, until] : simulated_) all[sid] = std::max(all[sid], kSimulatedLevel);
  return all;
}

std::vector<SpeakerInfo> SpeakerBoard::changes() {
  auto now_speaking = merged();
  std::vector<SpeakerInfo> changed;
  for (const auto& [sid, level] : now_speaking) {
    const auto before = told_.find(sid);
    if (before == told_.end() || before->second != level) changed.push_back({sid, level, true});
  }
  for (const auto& [sid, level] : told_) {
    if (!now_speaking.contains(sid)) changed.push_back({sid, 0, false});
  }
  told_ = std::move(now_speaking);
  sort_loudest_first(changed);
  return changed;
}

std::vector<SpeakerInfo> SpeakerBoard::active() const {
  std::vector<SpeakerInfo> speakers;
  speakers.reserve(told_.size());
  for (const auto& [sid, level] : told_) speakers.push_back({sid, level, true});
  sort_loudest_first(speakers);
  return speakers;
}

}  // namespace parley::room

// Who speaks in a room: the shards' reports merged, and what changed since the last look.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "room/alarm.h"
#include "room/types.h"

namespace parley::room {

class SpeakerBoard {
 public:
  explicit SpeakerBoard(Wakeup& wakeup) : simulated_end_(wakeup) {}

  // One shard's report: everybody it does not list, but whose feeds it owns, is silent. Levels by participant sid.
  void report(std::uint16_t shard, const std::map<std::string, float>& levels);
  // A test hook of clients: sid speaks until then, whatever was measured.
  void simulate(const std::string& sid, TimePoint until);
  void remove(const std::string& sid);
  void handle_timeout(TimePoint now);

  // Changed entries since the last call, loudest first; ended ones have active = false and level 0.
  std::vector<SpeakerInfo> changes();
  // Everybody who speaks, for a participant that resumed.
  [[nodiscard]] std::vector<SpeakerInfo> active() const;

 private:
  [[nodiscard]] std::map<std::string, float> merged() const;

  std::unordered_map<std::uint16_t, std::map<std::string, float>> by_shard_;
  std::map<std::string, TimePoint> simulated_;
  Alarm simulated_end_;
  std::map<std::string, float> told_;
};

}  // namespace parley::room

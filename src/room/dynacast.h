// What a publisher should send: the highest quality that anybody wants of each codec of a track. Up at once, because
// somebody is waiting; down after a while, because wishes come and go.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "room/alarm.h"
#include "room/types.h"

namespace parley::room {

class Dynacast {
 public:
  // codecs: in the order of the track's, the primary first. Publishers start with every layer of the primary on.
  Dynacast(Wakeup& wakeup, Duration down_delay) : down_delay_(down_delay), down_(wakeup) {}

  // wanted: codec (lower case) → highest quality wanted, kOff when nobody wants it. The primary must come first in
  // order. Answers what to tell the publisher now, nullopt when nothing changed (yet).
  std::optional<std::vector<SubscribedCodec>> update(TimePoint now,
                                                     const std::vector<std::pair<std::string, VideoQuality>>& wanted);
  std::optional<std::vector<SubscribedCodec>> handle_timeout(TimePoint now);
  // As told last; for a publisher that resumed.
  [[nodiscard]] std::vector<SubscribedCodec> current() const;

 private:
  struct Entry {
    std::string codec;
    VideoQuality told = VideoQuality::kOff;
    VideoQuality wanted = VideoQuality::kOff;
  };
  Entry& entry(const std::string& codec);

  Duration down_delay_;
  Alarm down_;
  std::vector<Entry> entries_;
};

}  // namespace parley::room

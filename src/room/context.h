// What every part of the rooms shares: configuration, the way to the shards, randomness and the handles given out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/ids.h"
#include "base/random.h"
#include "room/config.h"
#include "room/data_codec.h"
#include "room/events.h"
#include "room/manager.h"
#include "room/media_api.h"

namespace parley::room {

using ParticipantId = std::uint64_t;  // ParticipantHandle::participant

struct Context {
  Config config;
  MediaPlane& media;
  RandomSource& random;
  const DataCodec* data = nullptr;
  RoomObserver* observer = nullptr;
  Stats counters;  // the ones that only rise, and tracks_*; the rest is counted when asked

  // Whose a media event is.
  struct FeedOwner {
    ParticipantId participant = 0;
    std::string track_sid;
  };
  std::unordered_map<TransportId, ParticipantId> transports;
  std::unordered_map<FeedId, FeedOwner> feeds;

  // Never used twice in a process, whatever it names.
  std::uint64_t next_id() { return ++last_id_; }
  // prefix + 12 letters and digits.
  std::string make_sid(std::string_view prefix);
  void notify(const RoomEvent& event) const {
    if (observer != nullptr) observer->on_room_event(event);
  }

 private:
  std::uint64_t last_id_ = 0;

 public:
  Context(Config c, MediaPlane& m, RandomSource& r, const DataCodec* d, RoomObserver* o)
      : config(std::move(c)), media(m), random(r), data(d), observer(o) {}
};

// µs since the epoch of MediaClock are those of Unix.
inline std::int64_t unix_micro(TimePoint t) { return t.time_since_epoch().count(); }
inline std::int64_t unix_milli(TimePoint t) { return unix_micro(t) / 1000; }

}  // namespace parley::room

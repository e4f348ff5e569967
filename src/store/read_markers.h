// How far each member has read a room. Markers only move forward.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/result.h"

namespace parley::store {

class Session;

struct ReadMarker {
  std::string room_id;
  std::string user_id;
  std::int64_t seq = 0;  // of the last event read
  std::int64_t read_at = 0;

  auto columns() { return std::tie(room_id, user_id, seq, read_at); }
  friend bool operator==(const ReadMarker&, const ReadMarker&) = default;
};

// False: the marker is there or further already.
Result<bool, Error> advance_read_marker(Session& session, const ReadMarker& marker);
// 0: nothing read.
Result<std::int64_t, Error> read_seq(Session& session, std::string_view room_id, std::string_view user_id);
// Of the room's present members, by user id, at most `limit`.
Result<std::vector<ReadMarker>, Error> list_read_markers(Session& session, std::string_view room_id, std::size_t limit);
// Of one person, by room.
Result<std::vector<ReadMarker>, Error> read_markers_of(Session& session, std::string_view user_id);

}  // namespace parley::store

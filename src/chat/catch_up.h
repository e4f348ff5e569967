// What a client missed, read within a job. Inside chat only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "chat/file_links.h"
#include "store/room_events.h"

namespace parley::chat {

struct CatchUp {
  std::vector<store::RoomEvent> events;  // with their data, in order
  std::int64_t last_seq = 0;             // of the room
  bool reload = false;                   // it is too much, or too old
};

Result<CatchUp, Error> read_missed(store::Session& session, const FileLinks* files, const std::string& room_id,
                                   std::int64_t last_seq, std::size_t max_bytes);

}  // namespace parley::chat

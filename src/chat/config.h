// Bounds and periods of chat.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace parley::chat {

struct Config {
  std::size_t max_content = 16'384;  // bytes of a message
  std::size_t max_room_name = 120;   // bytes of this and the following
  std::size_t max_topic = 1'000;
  std::size_t max_flag = 64;
  std::size_t max_client_id = 128;
  std::size_t max_emoji = 64;
  std::size_t max_query = 512;
  std::size_t max_files_per_message = 10;
  std::size_t max_mentions = 50;               // people named in one message
  std::size_t max_reactions_per_message = 40;  // different emoji
  std::size_t max_pins_per_room = 200;
  std::size_t max_members_per_room = 5'000;
  std::size_t max_members_at_creation = 500;
  std::size_t max_page = 200;
  std::size_t max_missed_bytes = 1'000'000;  // of events that one answer brings; a client that missed more reloads
  std::size_t quiet_room_size = 200;         // as in hub::Config: larger rooms tell nobody who has read how far
  std::size_t cached_members = 200'000;      // entries of memberships kept in memory, over all rooms
  std::int64_t max_retention_days = 36'500;
  std::size_t housekeeping_batch = 500;  // rows that one job of retention or deletion removes
};

}  // namespace parley::chat

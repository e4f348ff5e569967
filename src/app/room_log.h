// A line in the log for whatever happens in the media rooms, before it goes on to other observers.
#pragma once

#include "room/events.h"

namespace parley::app {

class RoomLog final : public room::RoomObserver {
 public:
  void on_room_event(const room::RoomEvent& event) override;
};

}  // namespace parley::app

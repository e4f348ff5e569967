// A line in the log for whatever happens in the media rooms, before it goes on to other observers.
#pragma once

#include <functional>
#include <utility>

#include "room/events.h"

namespace parley::app {

class RoomLog final : public room::RoomObserver {
 public:
  void on_room_event(const room::RoomEvent& event) override;
  void set_next(std::function<void(const room::RoomEvent&)> next) { next_ = std::move(next); }

 private:
  std::function<void(const room::RoomEvent&)> next_;
};

}  // namespace parley::app

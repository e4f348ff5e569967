// Manager's inside: the table of rooms and the ways from handles to them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

#include "room/context.h"
#include "room/manager.h"
#include "room/probes.h"
#include "room/room.h"

namespace parley::room {

struct Manager::Impl {
  Impl(Config config, MediaPlane& media, RandomSource& random, const DataCodec* data, RoomObserver* observer)
      : context(std::move(config), media, random, data, observer) {}

  // The room of that name, made when there is none.
  Result<Room*, Error> open_room(TimePoint now, const std::string& name, const RoomOptions& options);
  [[nodiscard]] Room* find(const std::string& name) const;
  // To be called after anything that may have ended the room.
  void settle(Room& room);
  // Both null when there is none (any more).
  [[nodiscard]] std::pair<Room*, Participant*> resolve(ParticipantId id) const;
  [[nodiscard]] std::pair<Room*, Participant*> resolve(TransportId transport) const;
  [[nodiscard]] std::pair<Room*, Participant*> resolve(ParticipantHandle handle) const;
  void forget_departed();
  void dispatch(TimePoint now, const MediaEvent& event);

  struct Target {
    Room* room = nullptr;
    Participant* participant = nullptr;
  };
  [[nodiscard]] Result<Room*, Error> require(const std::string& room) const;
  [[nodiscard]] Result<Target, Error> require(const std::string& room, const std::string& identity) const;

  Context context;
  Wakeup wakeup;
  Probes probes{context, wakeup};
  Admission admission;  // empty: everybody
  Authority authority;  // empty: whoever has such a token
  bool draining = false;
  std::map<std::string, std::unique_ptr<Room>> rooms;
  std::unordered_map<RoomId, Room*> by_id;
  std::unordered_map<ParticipantId, RoomId> room_of;
};

}  // namespace parley::room

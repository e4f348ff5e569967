#include "app/room_log.h"

#include "base/log.h"

namespace parley::app {
namespace {

void log_event(const room::RoomStarted& event) { log::info("room", "started", {{"room", event.room.name}}); }

void log_event(const room::RoomFinished& event) { log::info("room", "finished", {{"room", event.room.name}}); }

void log_event(const room::ParticipantJoined& event) {
  log::info(
      "room", "joined",
      {{"room", event.room.name}, {"identity", event.participant->identity}, {"participant", event.participant->sid}});
}

void log_event(const room::ParticipantLeft& event) {
  log::info("room", event.was_active ? "left" : "never connected",
            {{"room", event.room.name},
             {"identity", event.participant->identity},
             {"participant", event.participant->sid},
             {"reason", to_string(event.participant->disconnect_reason)}});
}

void log_event(const room::TrackPublished& event) {
  log::debug("room", "track published",
             {{"room", event.room.name}, {"identity", event.participant->identity}, {"track", event.track.sid}});
}

void log_event(const room::TrackUnpublished& event) {
  log::debug("room", "track unpublished",
             {{"room", event.room.name}, {"identity", event.participant->identity}, {"track", event.track.sid}});
}

}  // namespace

void RoomLog::on_room_event(const room::RoomEvent& event) {
  std::visit([](const auto& e) { log_event(e); }, event);
  if (next_) next_(event);
}

}  // namespace parley::app

// What the server's own API changes in a room.
#include "room/room.h"
#include "room/validation.h"

namespace parley::room {

Result<TrackInfo, Error> Room::mute_track(TimePoint now, Participant& participant, const std::string& sid, bool muted) {
  const Publication* publication = participant.publication(sid);
  if (publication == nullptr) return Error{"not_found", "the participant publishes no such track", "track_sid"};
  if (!muted && publication->info().muted && !context_.config.allow_remote_unmute) {
    return Error{"failed_precondition", "only the participant may unmute its track", "muted"};
  }
  publishing_.mute(now, participant, sid, muted);
  participant.send(MuteEvent{sid, muted});
  return publication->info();
}

Result<void, Error> Room::update_participant(TimePoint now, Participant& participant,
                                             const UpdateParticipantParams& params) {
  const auto merged = merge_attributes(participant.snapshot()->attributes, params.attributes);
  if (const auto fault = check_profile(context_.config.limits, params.name, params.metadata, merged); !fault) {
    return fault.error();
  }
  const bool was_visible = participant.visible();
  ParticipantInfo& info = participant.edit();
  if (!params.metadata.empty()) info.metadata = params.metadata;
  if (!params.name.empty()) info.name = params.name;
  info.attributes = merged;
  if (params.permission) info.permission = *params.permission;

  if (params.permission) {
    publishing_.permission_changed(now, participant);
    subscribing_.permission_changed(now, participant);
    if (was_visible != participant.visible()) subscribing_.publisher_changed(now, participant);
    if (was_visible && !participant.visible()) {
      members_.announce_departure(now, participant, DisconnectReason::kUnknown);
      participant.touch();
    }
    changed(now);
    counts_.set_by(now + context_.config.timeouts.room_update);
  }
  members_.announce(participant);
  send_token(now, participant);
  return {};
}

void Room::update_subscriptions(TimePoint now, Participant& participant, const UpdateSubscriptionRequest& request) {
  subscribing_.update(now, participant, request);
}

Result<void, Error> Room::set_metadata(TimePoint now, const std::string& metadata) {
  if (metadata.size() > context_.config.limits.metadata) {
    return Error{"invalid_argument", "metadata is too long", "metadata"};
  }
  metadata_ = metadata;
  changed(now);
  counts_.clear();
  members_.send_all(RoomUpdateEvent{info()});
  return {};
}

}  // namespace parley::room

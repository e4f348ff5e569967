// The administration half of Manager: RoomService's calls.
#include <algorithm>

#include "room/manager_impl.h"

namespace parley::room {

Result<Room*, Error> Manager::Impl::require(const std::string& room) const {
  Room* found = find(room);
  if (found == nullptr) return Error{"not_found", "requested room does not exist", "room"};
  return found;
}

Result<Manager::Impl::Target, Error> Manager::Impl::require(const std::string& room,
                                                            const std::string& identity) const {
  const auto found = require(room);
  if (!found) return found.error();
  Participant* participant = (*found)->members().by_identity(identity);
  if (participant == nullptr) return Error{"not_found", "participant does not exist", "identity"};
  return Target{*found, participant};
}

Result<RoomInfo, Error> Manager::create_room(TimePoint now, const std::string& name, const RoomOptions& options) {
  const auto room = impl_->open_room(now, name, options);
  if (!room) return room.error();
  return (*room)->info();
}

std::vector<RoomInfo> Manager::list_rooms(const std::vector<std::string>& names) const {
  std::vector<RoomInfo> infos;
  for (const auto& [name, room] : impl_->rooms) {
    if (names.empty() || std::find(names.begin(), names.end(), name) != names.end()) infos.push_back(room->info());
  }
  return infos;
}

Result<void, Error> Manager::delete_room(TimePoint now, const std::string& name) {
  const auto room = impl_->require(name);
  if (!room) return room.error();
  (*room)->close(now, DisconnectReason::kRoomDeleted, LeaveAction::kDisconnect);
  impl_->settle(**room);
  return {};
}

Result<std::vector<ParticipantInfoRef>, Error> Manager::list_participants(const std::string& room) const {
  const auto found = impl_->require(room);
  if (!found) return found.error();
  std::vector<ParticipantInfoRef> infos;
  for (const auto& [id, participant] : (*found)->members().all()) infos.push_back(participant->snapshot());
  return infos;
}

std::vector<ConnectionQualityEvent::Entry> Manager::connection_quality(const std::string& room) const {
  std::vector<ConnectionQualityEvent::Entry> out;
  const Room* found = impl_->find(room);
  if (found == nullptr) return out;
  for (const auto& [id, participant] : found->members().all()) {
    const QualityScore& told = participant->told_quality;
    out.push_back({participant->snapshot()->sid, told.quality, told.score});
  }
  return out;
}

Result<ParticipantInfoRef, Error> Manager::get_participant(const std::string& room, const std::string& identity) const {
  const auto target = impl_->require(room, identity);
  if (!target) return target.error();
  return target->participant->snapshot();
}

Result<void, Error> Manager::remove_participant(TimePoint now, const std::string& room, const std::string& identity) {
  const auto target = impl_->require(room, identity);
  if (!target) return target.error();
  target->room->remove(now, *target->participant, DisconnectReason::kParticipantRemoved, LeaveAction::kDisconnect);
  return {};
}

Result<TrackInfo, Error> Manager::mute_published_track(TimePoint now, const std::string& room,
                                                       const std::string& identity, const std::string& track_sid,
                                                       bool muted) {
  const auto target = impl_->require(room, identity);
  if (!target) return target.error();
  return target->room->mute_track(now, *target->participant, track_sid, muted);
}

Result<ParticipantInfoRef, Error> Manager::update_participant(TimePoint now, const std::string& room,
                                                              const std::string& identity,
                                                              const UpdateParticipantParams& params) {
  const auto target = impl_->require(room, identity);
  if (!target) return target.error();
  if (const auto done = target->room->update_participant(now, *target->participant, params); !done) {
    return done.error();
  }
  return target->participant->snapshot();
}

Result<void, Error> Manager::update_subscriptions(TimePoint now, const std::string& room, const std::string& identity,
                                                  const std::vector<std::string>& track_sids, bool subscribe) {
  const auto target = impl_->require(room, identity);
  if (!target) return target.error();
  target->room->update_subscriptions(now, *target->participant, {track_sids, subscribe});
  return {};
}

Result<void, Error> Manager::send_data(TimePoint now, const std::string& room, const SendDataParams& params) {
  const auto found = impl_->require(room);
  if (!found) return found.error();
  if (!params.packet || params.packet->empty()) return Error{"invalid_argument", "nothing to send", "data"};
  (*found)->send_data(now, params);
  return {};
}

Result<RoomInfo, Error> Manager::update_room_metadata(TimePoint now, const std::string& room,
                                                      const std::string& metadata) {
  const auto found = impl_->require(room);
  if (!found) return found.error();
  if (const auto done = (*found)->set_metadata(now, metadata); !done) return done.error();
  return (*found)->info();
}

}  // namespace parley::room

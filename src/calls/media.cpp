#include "calls/media.h"

#include <utility>

#include "room/manager.h"

namespace parley::calls {

std::string_view user_of_identity(std::string_view identity) { return identity.substr(0, identity.find('#')); }

ManagerMediaControl::ManagerMediaControl(room::Manager& manager, std::function<TimePoint()> clock,
                                         std::function<void()> after_change)
    : manager_(manager), clock_(std::move(clock)), after_change_(std::move(after_change)) {}

std::vector<MediaParticipant> ManagerMediaControl::list(const std::string& room_id) {
  std::vector<MediaParticipant> out;
  const auto participants = manager_.list_participants(room_id);
  if (!participants) return out;
  for (const room::ParticipantInfoRef& info : *participants) {
    MediaParticipant& made = out.emplace_back();
    made.identity = info->identity;
    for (const room::TrackInfo& track : info->tracks) {
      made.tracks.push_back({track.sid, track.source == room::TrackSource::kScreenShare,
                             track.source == room::TrackSource::kMicrophone, track.muted});
    }
  }
  return out;
}

bool ManagerMediaControl::remove_participant(const std::string& room_id, const std::string& identity) {
  const bool removed = manager_.remove_participant(clock_(), room_id, identity).has_value();
  if (after_change_) after_change_();
  return removed;
}

Result<void, Error> ManagerMediaControl::mute(const std::string& room_id, const std::string& identity,
                                              const std::string& track_sid) {
  const auto muted = manager_.mute_published_track(clock_(), room_id, identity, track_sid, true);
  if (after_change_) after_change_();
  if (!muted) return muted.error();
  return {};
}

void ManagerMediaControl::delete_room(const std::string& room_id) {
  // Error: there was no media room; nobody connected.
  static_cast<void>(manager_.delete_room(clock_(), room_id));
  if (after_change_) after_change_();
}

}  // namespace parley::calls

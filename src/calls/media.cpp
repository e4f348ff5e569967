#include "calls/media.h"

#include <utility>

#include "room/manager.h"

namespace parley::calls {

namespace {

std::vector<room::TrackSource> publishable(const MemberRights& rights) {
  using S = room::TrackSource;
  std::vector<S> out;
  if (rights.all()) return out;
  if (rights.microphone) out.push_back(S::kMicrophone);
  if (rights.camera) out.push_back(S::kCamera);
  if (rights.screen_share) out.insert(out.end(), {S::kScreenShare, S::kScreenShareAudio});
  return out;
}

}  // namespace

std::vector<std::string> sources_of(const MemberRights& rights) {
  std::vector<std::string> out;
  if (rights.all()) return out;
  if (rights.microphone) out.emplace_back("microphone");
  if (rights.camera) out.emplace_back("camera");
  if (rights.screen_share) out.insert(out.end(), {"screen_share", "screen_share_audio"});
  return out;
}

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

void ManagerMediaControl::set_rights(const std::string& room_id, const std::string& identity,
                                     const MemberRights& rights) {
  const auto info = manager_.get_participant(room_id, identity);
  if (!info) return;
  room::UpdateParticipantParams change;
  change.permission = (*info)->permission;
  change.permission->can_publish = !rights.none();
  change.permission->can_publish_sources = publishable(rights);
  if (change.permission == (*info)->permission) return;
  // Error: it has gone meanwhile.
  static_cast<void>(manager_.update_participant(clock_(), room_id, identity, change));
  if (after_change_) after_change_();
}

void ManagerMediaControl::delete_room(const std::string& room_id) {
  // Error: there was no media room; nobody connected.
  static_cast<void>(manager_.delete_room(clock_(), room_id));
  if (after_change_) after_change_();
}

}  // namespace parley::calls

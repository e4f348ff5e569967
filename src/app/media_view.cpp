#include "app/media_view.h"

#include <boost/json/object.hpp>
#include <map>

#include "base/iso_time.h"
#include "calls/media.h"

namespace parley::app {
namespace {

namespace json = boost::json;

const char* name_of(room::ParticipantState state) {
  switch (state) {
    case room::ParticipantState::kActive:
      return "active";
    case room::ParticipantState::kDisconnected:
      return "disconnected";
    default:
      return "joining";
  }
}

const char* name_of(room::ConnectionQuality quality) {
  switch (quality) {
    case room::ConnectionQuality::kExcellent:
      return "excellent";
    case room::ConnectionQuality::kGood:
      return "good";
    case room::ConnectionQuality::kPoor:
      return "poor";
    case room::ConnectionQuality::kLost:
      break;
  }
  return "lost";
}

const char* name_of(room::TrackSource source) {
  switch (source) {
    case room::TrackSource::kCamera:
      return "camera";
    case room::TrackSource::kMicrophone:
      return "microphone";
    case room::TrackSource::kScreenShare:
      return "screen";
    case room::TrackSource::kScreenShareAudio:
      return "screen-audio";
    case room::TrackSource::kUnknown:
      break;
  }
  return "unknown";
}

json::object track_json(const room::TrackInfo& track) {
  return {{"sid", track.sid},
          {"source", name_of(track.source)},
          {"muted", track.muted},
          {"width", track.width},
          {"height", track.height}};
}

}  // namespace

json::array media_view(const room::Manager& rooms, const std::string& room_id) {
  json::array out;
  const auto participants = rooms.list_participants(room_id);
  if (!participants) return out;
  std::map<std::string, room::ConnectionQualityEvent::Entry> measured;
  for (auto& entry : rooms.connection_quality(room_id)) measured.emplace(entry.participant_sid, entry);
  for (const room::ParticipantInfoRef& info : *participants) {
    json::array tracks;
    for (const room::TrackInfo& track : info->tracks) tracks.push_back(track_json(track));
    const room::ConnectionQualityEvent::Entry& quality = measured[info->sid];
    out.push_back(json::object{{"identity", info->identity},
                               {"userId", calls::user_of_identity(info->identity)},
                               {"name", info->name},
                               {"joinedAt", to_iso(info->joined_at_ms)},
                               {"state", name_of(info->state)},
                               {"quality", name_of(quality.quality)},
                               {"score", quality.score},
                               {"tracks", std::move(tracks)}});
  }
  return out;
}

}  // namespace parley::app

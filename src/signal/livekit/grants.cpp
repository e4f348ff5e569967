#include "signal/livekit/grants.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <utility>

#include "signal/livekit/proto.h"

namespace parley::signal::livekit {

namespace {

template <class E>
using Names = std::pair<std::string_view, E>;

constexpr Names<room::TrackSource> kSources[] = {
    {"camera", room::TrackSource::kCamera},
    {"microphone", room::TrackSource::kMicrophone},
    {"screen_share", room::TrackSource::kScreenShare},
    {"screen_share_audio", room::TrackSource::kScreenShareAudio},
    {"unknown", room::TrackSource::kUnknown},
};
constexpr Names<room::ParticipantKind> kKinds[] = {
    {"standard", room::ParticipantKind::kStandard}, {"ingress", room::ParticipantKind::kIngress},
    {"egress", room::ParticipantKind::kEgress},     {"sip", room::ParticipantKind::kSip},
    {"agent", room::ParticipantKind::kAgent},       {"connector", room::ParticipantKind::kConnector},
    {"bridge", room::ParticipantKind::kBridge},
};
constexpr Names<room::KindDetail> kDetails[] = {
    {"cloud_agent", room::KindDetail::kCloudAgent},
    {"forwarded", room::KindDetail::kForwarded},
    {"connector_whatsapp", room::KindDetail::kConnectorWhatsapp},
    {"connector_twilio", room::KindDetail::kConnectorTwilio},
    {"bridge_rtsp", room::KindDetail::kBridgeRtsp},
    {"simulation", room::KindDetail::kSimulation},
};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

template <class E, std::size_t N>
const Names<E>* find_name(const Names<E> (&table)[N], std::string_view name) {
  const auto it = std::find_if(std::begin(table), std::end(table), [&](const auto& row) { return row.first == name; });
  return it == std::end(table) ? nullptr : it;
}

template <class E, std::size_t N>
std::string name_of(const Names<E> (&table)[N], E value) {
  for (const auto& [name, v] : table) {
    if (v == value) return std::string(name);
  }
  return {};
}

room::Permission permission_from(const auth::VideoGrants& video) {
  room::Permission out;
  out.can_subscribe = video.may_subscribe();
  out.can_publish = video.may_publish();
  out.can_publish_data = video.may_publish_data();
  // An unknown source stays as kUnknown: were it left out, an empty list would mean every source.
  for (const std::string& name : video.can_publish_sources) {
    const auto* row = find_name(kSources, lower(name));
    out.can_publish_sources.push_back(row != nullptr ? row->second : room::TrackSource::kUnknown);
  }
  out.hidden = video.hidden;
  out.recorder = video.recorder;
  out.can_update_metadata = video.may_update_own_metadata();
  out.agent = video.agent;
  out.can_subscribe_metrics = video.may_subscribe_metrics();
  out.can_manage_agent_session = video.may_manage_agent_session();
  return out;
}

std::optional<room::RoomOptions> options_from(const std::string& room_config) {
  if (room_config.empty()) return std::nullopt;
  pb::RoomConfiguration config;
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  if (!google::protobuf::util::JsonStringToMessage(room_config, &config, options).ok()) return std::nullopt;
  const auto given = [](std::uint32_t value) { return value != 0 ? std::optional(value) : std::nullopt; };
  return room::RoomOptions{given(config.empty_timeout()), given(config.departure_timeout()),
                           given(config.max_participants()), config.metadata()};
}

}  // namespace

room::Grants grants_from(const auth::Claims& claims) {
  room::Grants out;
  out.identity = claims.identity;
  out.name = claims.name;
  out.metadata = claims.metadata;
  out.attributes = claims.attributes;
  if (const auto* row = find_name(kKinds, lower(claims.kind))) out.kind = row->second;
  for (const std::string& detail : claims.kind_details) {
    if (const auto* row = find_name(kDetails, lower(detail))) out.kind_details.push_back(row->second);
  }
  out.permission = permission_from(claims.video);
  out.expires = TimePoint(std::chrono::seconds(claims.expires_at.value_or(0)));
  out.api_key = claims.issuer;
  out.room_options = options_from(claims.room_config);
  return out;
}

auth::Claims claims_from(const room::Grants& grants, std::string_view room, TimePoint now) {
  auth::Claims out;
  const auto seconds = [](TimePoint t) {
    return std::chrono::floor<std::chrono::seconds>(t.time_since_epoch()).count();
  };
  out.issuer = grants.api_key;
  out.identity = grants.identity;
  out.not_before = seconds(now);
  out.expires_at = seconds(std::max(grants.expires, now + kMinRefreshedLife));
  out.name = grants.name;
  out.metadata = grants.metadata;
  out.attributes = grants.attributes;
  if (grants.kind != room::ParticipantKind::kStandard) out.kind = name_of(kKinds, grants.kind);
  for (const auto detail : grants.kind_details) out.kind_details.push_back(name_of(kDetails, detail));
  const room::Permission& permission = grants.permission;
  out.video.room_join = true;
  out.video.room = room;
  out.video.can_publish = permission.can_publish;
  out.video.can_subscribe = permission.can_subscribe;
  out.video.can_publish_data = permission.can_publish_data;
  for (const auto source : permission.can_publish_sources) {
    out.video.can_publish_sources.push_back(name_of(kSources, source));
  }
  out.video.can_update_own_metadata = permission.can_update_metadata;
  out.video.hidden = permission.hidden;
  out.video.recorder = permission.recorder;
  out.video.agent = permission.agent;
  out.video.can_subscribe_metrics = permission.can_subscribe_metrics;
  out.video.can_manage_agent_session = permission.can_manage_agent_session;
  return out;
}

}  // namespace parley::signal::livekit

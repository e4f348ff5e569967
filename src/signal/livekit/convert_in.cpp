// LiveKit's requests as rooms' values.
#include <set>

#include "signal/livekit/convert.h"

namespace parley::signal::livekit {

namespace {

using google::protobuf::RepeatedField;
using google::protobuf::RepeatedPtrField;

// proto3 enumerations are open: a client may send any number. Those without a name here become `otherwise`.
template <class To, class Wire>
To known(Wire value, bool (*is_valid)(int), To otherwise = To{}) {
  return is_valid(static_cast<int>(value)) ? static_cast<To>(static_cast<int>(value)) : otherwise;
}

template <class To>
std::vector<To> known_all(const RepeatedField<int>& in, bool (*is_valid)(int)) {
  std::vector<To> out;
  for (const int value : in) {
    if (is_valid(value)) out.push_back(static_cast<To>(value));
  }
  return out;
}

std::vector<std::string> strings(const RepeatedPtrField<std::string>& in) { return {in.begin(), in.end()}; }

room::VideoLayer layer_from(const pb::VideoLayer& in) {
  room::VideoLayer out;
  out.quality = known<room::VideoQuality>(in.quality(), pb::VideoQuality_IsValid);
  out.width = in.width();
  out.height = in.height();
  out.bitrate = in.bitrate();
  out.ssrc = in.ssrc();
  out.spatial_layer = in.spatial_layer();
  out.rid = in.rid();
  out.repair_ssrc = in.repair_ssrc();
  return out;
}

std::vector<room::VideoLayer> layers_from(const RepeatedPtrField<pb::VideoLayer>& in) {
  std::vector<room::VideoLayer> out;
  for (const pb::VideoLayer& layer : in) out.push_back(layer_from(layer));
  return out;
}

room::TrickleRequest trickle_from(const pb::TrickleRequest& in) {
  return {in.candidateinit(), known<room::SignalTarget>(in.target(), pb::SignalTarget_IsValid), in.final()};
}

// Some clients fill the flat list, some the grouped one, some both with the same tracks.
room::UpdateSubscriptionRequest subscription_from(const pb::UpdateSubscription& in) {
  room::UpdateSubscriptionRequest out;
  out.subscribe = in.subscribe();
  std::set<std::string_view> seen;
  const auto add = [&](const std::string& sid) {
    if (seen.insert(sid).second) out.track_sids.push_back(sid);
  };
  for (const std::string& sid : in.track_sids()) add(sid);
  for (const pb::ParticipantTracks& tracks : in.participant_tracks()) {
    for (const std::string& sid : tracks.track_sids()) add(sid);
  }
  return out;
}

room::UpdateTrackSettingsRequest settings_from(const pb::UpdateTrackSettings& in) {
  room::UpdateTrackSettingsRequest out;
  out.track_sids = strings(in.track_sids());
  out.disabled = in.disabled();
  out.quality = known<room::VideoQuality>(in.quality(), pb::VideoQuality_IsValid);
  out.width = in.width();
  out.height = in.height();
  out.fps = in.fps();
  out.priority = in.priority();
  return out;
}

room::SubscriptionPermissionRequest permissions_from(const pb::SubscriptionPermission& in) {
  room::SubscriptionPermissionRequest out;
  out.all_participants = in.all_participants();
  for (const pb::TrackPermission& permission : in.track_permissions()) {
    out.track_permissions.push_back({permission.participant_sid(), permission.participant_identity(),
                                     permission.all_tracks(), strings(permission.track_sids())});
  }
  return out;
}

room::UpdateMetadataRequest metadata_from(const pb::UpdateParticipantMetadata& in) {
  return {in.metadata(), in.name(), {in.attributes().begin(), in.attributes().end()}, in.request_id()};
}

std::optional<room::Request> simulate_from(const pb::SimulateScenario& in) {
  using Scenario = room::SimulateRequest::Scenario;
  switch (in.scenario_case()) {
    case pb::SimulateScenario::kSpeakerUpdate:
      return room::SimulateRequest{Scenario::kSpeakerUpdate, in.speaker_update()};
    case pb::SimulateScenario::kNodeFailure:
      return room::SimulateRequest{Scenario::kNodeFailure, 0};
    case pb::SimulateScenario::kMigration:
      return room::SimulateRequest{Scenario::kMigration, 0};
    case pb::SimulateScenario::kServerLeave:
      return room::SimulateRequest{Scenario::kServerLeave, 0};
    case pb::SimulateScenario::kSwitchCandidateProtocol:
      return room::SimulateRequest{Scenario::kSwitchCandidateProtocol, in.switch_candidate_protocol()};
    case pb::SimulateScenario::kSubscriberBandwidth:
      return room::SimulateRequest{Scenario::kSubscriberBandwidth, in.subscriber_bandwidth()};
    case pb::SimulateScenario::kDisconnectSignalOnResume:
      return room::SimulateRequest{Scenario::kDisconnectSignalOnResume, 0};
    case pb::SimulateScenario::kDisconnectSignalOnResumeNoMessages:
      return room::SimulateRequest{Scenario::kDisconnectSignalOnResumeNoMessages, 0};
    case pb::SimulateScenario::kLeaveRequestFullReconnect:
      return room::SimulateRequest{Scenario::kLeaveRequestFullReconnect, 0};
    case pb::SimulateScenario::SCENARIO_NOT_SET:
      break;
  }
  return std::nullopt;
}

}  // namespace

room::Permission from_proto(const pb::ParticipantPermission& in) {
  room::Permission out;
  out.can_subscribe = in.can_subscribe();
  out.can_publish = in.can_publish();
  out.can_publish_data = in.can_publish_data();
  // An unknown source stays as kUnknown: were it left out, an empty list would mean every source.
  for (const int source : in.can_publish_sources()) {
    out.can_publish_sources.push_back(known<room::TrackSource>(source, pb::TrackSource_IsValid));
  }
  out.hidden = in.hidden();
  out.recorder = in.recorder();
  out.can_update_metadata = in.can_update_metadata();
  out.agent = in.agent();
  out.can_subscribe_metrics = in.can_subscribe_metrics();
  out.can_manage_agent_session = in.can_manage_agent_session();
  return out;
}

room::SessionDescription from_proto(const pb::SessionDescription& in) {
  return {in.sdp(), in.id(), {in.mid_to_track_id().begin(), in.mid_to_track_id().end()}};
}

room::AddTrackRequest from_proto(const pb::AddTrackRequest& in) {
  room::AddTrackRequest out;
  out.cid = in.cid();
  out.name = in.name();
  out.type = known<room::TrackType>(in.type(), pb::TrackType_IsValid);
  out.width = in.width();
  out.height = in.height();
  out.muted = in.muted();
  out.disable_dtx = in.disable_dtx();
  out.source = known<room::TrackSource>(in.source(), pb::TrackSource_IsValid);
  out.layers = layers_from(in.layers());
  for (const pb::SimulcastCodec& codec : in.simulcast_codecs()) {
    out.simulcast_codecs.push_back(
        {codec.codec(), codec.cid(), layers_from(codec.layers()),
         known<room::VideoLayerMode>(codec.video_layer_mode(), pb::VideoLayer::Mode_IsValid)});
  }
  out.sid = in.sid();
  out.stereo = in.stereo();
  out.disable_red = in.disable_red();
  out.encryption = known<room::Encryption>(in.encryption(), pb::Encryption::Type_IsValid);
  out.stream = in.stream();
  out.backup_codec_policy = known<room::BackupCodecPolicy>(in.backup_codec_policy(), pb::BackupCodecPolicy_IsValid);
  out.audio_features = known_all<room::AudioFeature>(in.audio_features(), pb::AudioTrackFeature_IsValid);
  out.packet_trailer_features =
      known_all<room::PacketTrailerFeature>(in.packet_trailer_features(), pb::PacketTrailerFeature_IsValid);
  return out;
}

room::ClientInfo from_proto(const pb::ClientInfo& in) {
  room::ClientInfo out;
  out.sdk = known<room::Sdk>(in.sdk(), pb::ClientInfo::SDK_IsValid);
  out.version = in.version();
  out.protocol = in.protocol();
  out.client_protocol = in.client_protocol();
  out.os = in.os();
  out.os_version = in.os_version();
  out.device_model = in.device_model();
  out.browser = in.browser();
  out.browser_version = in.browser_version();
  out.network = in.network();
  out.address = in.address();
  out.capabilities = known_all<room::ClientCapability>(in.capabilities(), pb::ClientInfo::Capability_IsValid);
  return out;
}

room::SyncStateRequest from_proto(const pb::SyncState& in) {
  room::SyncStateRequest out;
  if (in.has_answer()) out.answer = from_proto(in.answer());
  if (in.has_offer()) out.offer = from_proto(in.offer());
  out.subscription = subscription_from(in.subscription());
  for (const pb::TrackPublishedResponse& track : in.publish_tracks()) {
    out.publish_tracks.push_back({track.cid(), track.track().sid()});
  }
  out.track_sids_disabled = strings(in.track_sids_disabled());
  for (const pb::DataChannelReceiveState& state : in.datachannel_receive_states()) {
    out.receive_states.push_back({state.publisher_sid(), state.last_seq()});
  }
  return out;
}

std::optional<room::Request> to_request(const pb::SignalRequest& in) {
  using Case = pb::SignalRequest;
  switch (in.message_case()) {
    case Case::kOffer:
      return room::OfferRequest{from_proto(in.offer())};
    case Case::kAnswer:
      return room::AnswerRequest{from_proto(in.answer())};
    case Case::kTrickle:
      return trickle_from(in.trickle());
    case Case::kAddTrack:
      return from_proto(in.add_track());
    case Case::kMute:
      return room::MuteTrackRequest{in.mute().sid(), in.mute().muted()};
    case Case::kSubscription:
      return subscription_from(in.subscription());
    case Case::kTrackSetting:
      return settings_from(in.track_setting());
    case Case::kLeave:
      return room::LeaveRequest{known<room::DisconnectReason>(in.leave().reason(), pb::DisconnectReason_IsValid)};
    case Case::kUpdateLayers:
      return room::UpdateVideoLayersRequest{in.update_layers().track_sid(), layers_from(in.update_layers().layers())};
    case Case::kSubscriptionPermission:
      return permissions_from(in.subscription_permission());
    case Case::kSyncState:
      return from_proto(in.sync_state());
    case Case::kSimulate:
      return simulate_from(in.simulate());
    case Case::kUpdateMetadata:
      return metadata_from(in.update_metadata());
    case Case::kUpdateAudioTrack:
      return room::UpdateLocalAudioTrackRequest{
          in.update_audio_track().track_sid(),
          known_all<room::AudioFeature>(in.update_audio_track().features(), pb::AudioTrackFeature_IsValid)};
    case Case::kUpdateVideoTrack:
      return room::UpdateLocalVideoTrackRequest{in.update_video_track().track_sid(), in.update_video_track().width(),
                                                in.update_video_track().height()};
    // Answered by the session itself, or not at all.
    case Case::kPing:
    case Case::kPingReq:
    case Case::kPublishDataTrackRequest:
    case Case::kUnpublishDataTrackRequest:
    case Case::kUpdateDataSubscription:
    case Case::MESSAGE_NOT_SET:
      break;
  }
  return std::nullopt;
}

}  // namespace parley::signal::livekit

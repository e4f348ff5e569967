// Rooms' values and events as LiveKit's messages.
#include "signal/livekit/convert.h"

namespace parley::signal::livekit {

namespace {

// The room's enumerators carry the protocol's numbers.
template <class To, class From>
To same_number(From value) {
  return static_cast<To>(static_cast<int>(value));
}

void copy_layers(const std::vector<room::VideoLayer>& in, google::protobuf::RepeatedPtrField<pb::VideoLayer>& out) {
  for (const room::VideoLayer& layer : in) {
    pb::VideoLayer& v = *out.Add();
    v.set_quality(same_number<pb::VideoQuality>(layer.quality));
    v.set_width(layer.width);
    v.set_height(layer.height);
    v.set_bitrate(layer.bitrate);
    v.set_ssrc(layer.ssrc);
    v.set_spatial_layer(layer.spatial_layer);
    v.set_rid(layer.rid);
    v.set_repair_ssrc(layer.repair_ssrc);
  }
}

void copy_version(const room::TimedVersion& in, pb::TimedVersion& out) {
  out.set_unix_micro(in.unix_micro);
  out.set_ticks(in.ticks);
}

void copy_codecs(const std::vector<room::EnabledCodec>& in, google::protobuf::RepeatedPtrField<pb::Codec>& out) {
  for (const room::EnabledCodec& codec : in) {
    pb::Codec& v = *out.Add();
    v.set_mime(codec.mime);
    v.set_fmtp_line(codec.fmtp_line);
  }
}

void copy_ice_servers(const std::vector<room::IceServer>& in, google::protobuf::RepeatedPtrField<pb::ICEServer>& out) {
  for (const room::IceServer& server : in) {
    pb::ICEServer& v = *out.Add();
    for (const std::string& url : server.urls) v.add_urls(url);
    v.set_username(server.username);
    v.set_credential(server.credential);
  }
}

void copy_server_info(const ServerIdentity& in, pb::ServerInfo& out) {
  out.set_edition(pb::ServerInfo::Standard);
  out.set_version(in.version);
  out.set_protocol(in.protocol);
  out.set_region(in.region);
  out.set_node_id(in.node_id);
  out.set_debug_info(in.debug_info);
}

// One overload for each event of room::SignalEvent.
struct EventWriter {
  const ServerIdentity& server;
  pb::SignalResponse& out;

  void operator()(const room::JoinEvent& e) const {
    pb::JoinResponse& join = *out.mutable_join();
    to_proto(e.room, *join.mutable_room());
    to_proto(*e.participant, *join.mutable_participant());
    for (const room::ParticipantInfoRef& other : e.others) to_proto(*other, *join.add_other_participants());
    join.set_server_version(server.version);
    copy_ice_servers(e.ice_servers, *join.mutable_ice_servers());
    join.set_subscriber_primary(e.subscriber_primary);
    join.set_server_region(e.region);
    join.set_ping_timeout(server.ping_timeout);
    join.set_ping_interval(server.ping_interval);
    copy_server_info(server, *join.mutable_server_info());
    join.set_sif_trailer(e.sif_trailer.data(), e.sif_trailer.size());
    copy_codecs(e.enabled_publish_codecs, *join.mutable_enabled_publish_codecs());
    join.set_fast_publish(e.fast_publish);
  }
  void operator()(const room::ReconnectEvent& e) const {
    pb::ReconnectResponse& reconnect = *out.mutable_reconnect();
    copy_ice_servers(e.ice_servers, *reconnect.mutable_ice_servers());
    copy_server_info(server, *reconnect.mutable_server_info());
    reconnect.set_last_message_seq(e.last_message_sequence);
  }
  void operator()(const room::AnswerEvent& e) const { to_proto(e.description, "answer", *out.mutable_answer()); }
  void operator()(const room::OfferEvent& e) const { to_proto(e.description, "offer", *out.mutable_offer()); }
  void operator()(const room::TrickleEvent& e) const {
    pb::TrickleRequest& trickle = *out.mutable_trickle();
    trickle.set_candidateinit(e.candidate_init);
    trickle.set_target(same_number<pb::SignalTarget>(e.target));
    trickle.set_final(e.final);
  }
  void operator()(const room::UpdateEvent& e) const {
    pb::ParticipantUpdate& update = *out.mutable_update();
    for (const room::ParticipantInfoRef& participant : e.participants)
      to_proto(*participant, *update.add_participants());
  }
  void operator()(const room::TrackPublishedEvent& e) const {
    out.mutable_track_published()->set_cid(e.cid);
    to_proto(e.track, *out.mutable_track_published()->mutable_track());
  }
  void operator()(const room::TrackUnpublishedEvent& e) const {
    out.mutable_track_unpublished()->set_track_sid(e.track_sid);
  }
  void operator()(const room::LeaveEvent& e) const {
    pb::LeaveRequest& leave = *out.mutable_leave();
    // For clients of protocol 12 and less, which do not know actions.
    leave.set_can_reconnect(e.action != room::LeaveAction::kDisconnect);
    leave.set_reason(same_number<pb::DisconnectReason>(e.reason));
    leave.set_action(same_number<pb::LeaveRequest::Action>(e.action));
  }
  void operator()(const room::MuteEvent& e) const {
    out.mutable_mute()->set_sid(e.track_sid);
    out.mutable_mute()->set_muted(e.muted);
  }
  void operator()(const room::SpeakersEvent& e) const {
    pb::SpeakersChanged& changed = *out.mutable_speakers_changed();
    for (const room::SpeakerInfo& speaker : e.speakers) {
      pb::SpeakerInfo& v = *changed.add_speakers();
      v.set_sid(speaker.sid);
      v.set_level(speaker.level);
      v.set_active(speaker.active);
    }
  }
  void operator()(const room::RoomUpdateEvent& e) const {
    to_proto(e.room, *out.mutable_room_update()->mutable_room());
  }
  void operator()(const room::ConnectionQualityEvent& e) const {
    pb::ConnectionQualityUpdate& update = *out.mutable_connection_quality();
    for (const auto& entry : e.updates) {
      pb::ConnectionQualityInfo& v = *update.add_updates();
      v.set_participant_sid(entry.participant_sid);
      v.set_quality(same_number<pb::ConnectionQuality>(entry.quality));
      v.set_score(entry.score);
    }
  }
  void operator()(const room::StreamStateEvent& e) const {
    pb::StreamStateUpdate& update = *out.mutable_stream_state_update();
    for (const auto& entry : e.states) {
      pb::StreamStateInfo& v = *update.add_stream_states();
      v.set_participant_sid(entry.participant_sid);
      v.set_track_sid(entry.track_sid);
      v.set_state(same_number<pb::StreamState>(entry.state));
    }
  }
  void operator()(const room::SubscribedQualityEvent& e) const {
    pb::SubscribedQualityUpdate& update = *out.mutable_subscribed_quality_update();
    update.set_track_sid(e.track_sid);
    for (const room::SubscribedCodec& codec : e.codecs) {
      pb::SubscribedCodec& v = *update.add_subscribed_codecs();
      v.set_codec(codec.codec);
      for (const room::SubscribedQuality& quality : codec.qualities) {
        pb::SubscribedQuality& q = *v.add_qualities();
        q.set_quality(same_number<pb::VideoQuality>(quality.quality));
        q.set_enabled(quality.enabled);
      }
    }
    // Old clients know one codec only, and read its list here.
    if (update.subscribed_codecs_size() > 0) {
      *update.mutable_subscribed_qualities() = update.subscribed_codecs(0).qualities();
    }
  }
  void operator()(const room::SubscriptionPermissionEvent& e) const {
    pb::SubscriptionPermissionUpdate& update = *out.mutable_subscription_permission_update();
    update.set_participant_sid(e.participant_sid);
    update.set_track_sid(e.track_sid);
    update.set_allowed(e.allowed);
  }
  void operator()(const room::RefreshTokenEvent& /*e*/) const {}
  void operator()(const room::SubscriptionResponseEvent& e) const {
    out.mutable_subscription_response()->set_track_sid(e.track_sid);
    out.mutable_subscription_response()->set_err(same_number<pb::SubscriptionError>(e.error));
  }
  void operator()(const room::RequestResponseEvent& e) const;
  void operator()(const room::TrackSubscribedEvent& e) const {
    out.mutable_track_subscribed()->set_track_sid(e.track_sid);
  }
  void operator()(const room::MediaSectionsEvent& e) const {
    out.mutable_media_sections_requirement()->set_num_audios(e.audios);
    out.mutable_media_sections_requirement()->set_num_videos(e.videos);
  }
};

struct EchoWriter {
  pb::RequestResponse& out;

  void operator()(std::monostate /*none*/) const {}
  void operator()(const room::TrickleRequest& r) const {
    out.mutable_trickle()->set_candidateinit(r.candidate_init);
    out.mutable_trickle()->set_target(same_number<pb::SignalTarget>(r.target));
    out.mutable_trickle()->set_final(r.final);
  }
  void operator()(const room::AddTrackRequest& r) const { to_proto(r, *out.mutable_add_track()); }
  void operator()(const room::MuteTrackRequest& r) const {
    out.mutable_mute()->set_sid(r.sid);
    out.mutable_mute()->set_muted(r.muted);
  }
  void operator()(const room::UpdateMetadataRequest& r) const {
    pb::UpdateParticipantMetadata& v = *out.mutable_update_metadata();
    v.set_metadata(r.metadata);
    v.set_name(r.name);
    for (const auto& [key, value] : r.attributes) (*v.mutable_attributes())[key] = value;
    v.set_request_id(r.request_id);
  }
  void operator()(const room::UpdateLocalAudioTrackRequest& r) const {
    out.mutable_update_audio_track()->set_track_sid(r.track_sid);
    for (const auto feature : r.features) {
      out.mutable_update_audio_track()->add_features(same_number<pb::AudioTrackFeature>(feature));
    }
  }
  void operator()(const room::UpdateLocalVideoTrackRequest& r) const {
    out.mutable_update_video_track()->set_track_sid(r.track_sid);
    out.mutable_update_video_track()->set_width(r.width);
    out.mutable_update_video_track()->set_height(r.height);
  }
};

void EventWriter::operator()(const room::RequestResponseEvent& e) const {
  pb::RequestResponse& response = *out.mutable_request_response();
  response.set_request_id(e.request_id);
  response.set_reason(same_number<pb::RequestResponse::Reason>(e.reason));
  response.set_message(e.message);
  std::visit(EchoWriter{response}, e.echo);
}

}  // namespace

void to_proto(const room::RoomInfo& in, pb::Room& out) {
  out.set_sid(in.sid);
  out.set_name(in.name);
  out.set_empty_timeout(in.empty_timeout);
  out.set_departure_timeout(in.departure_timeout);
  out.set_max_participants(in.max_participants);
  out.set_creation_time(in.creation_time_ms / 1000);
  out.set_creation_time_ms(in.creation_time_ms);
  copy_codecs(in.enabled_codecs, *out.mutable_enabled_codecs());
  out.set_metadata(in.metadata);
  out.set_num_participants(in.num_participants);
  out.set_num_publishers(in.num_publishers);
  out.set_active_recording(in.active_recording);
  copy_version(in.version, *out.mutable_version());
}

void to_proto(const room::Permission& in, pb::ParticipantPermission& out) {
  out.set_can_subscribe(in.can_subscribe);
  out.set_can_publish(in.can_publish);
  out.set_can_publish_data(in.can_publish_data);
  for (const room::TrackSource source : in.can_publish_sources) {
    out.add_can_publish_sources(same_number<pb::TrackSource>(source));
  }
  out.set_hidden(in.hidden);
  out.set_recorder(in.recorder);
  out.set_can_update_metadata(in.can_update_metadata);
  out.set_agent(in.agent);
  out.set_can_subscribe_metrics(in.can_subscribe_metrics);
  out.set_can_manage_agent_session(in.can_manage_agent_session);
}

void to_proto(const room::TrackInfo& in, pb::TrackInfo& out) {
  out.set_sid(in.sid);
  out.set_type(same_number<pb::TrackType>(in.type));
  out.set_name(in.name);
  out.set_muted(in.muted);
  out.set_width(in.width);
  out.set_height(in.height);
  out.set_simulcast(in.simulcast);
  out.set_disable_dtx(in.disable_dtx);
  out.set_source(same_number<pb::TrackSource>(in.source));
  copy_layers(in.layers, *out.mutable_layers());
  out.set_mime_type(in.mime_type);
  out.set_mid(in.mid);
  for (const room::TrackCodecInfo& codec : in.codecs) {
    pb::SimulcastCodecInfo& v = *out.add_codecs();
    v.set_mime_type(codec.mime_type);
    v.set_mid(codec.mid);
    v.set_cid(codec.cid);
    copy_layers(codec.layers, *v.mutable_layers());
    v.set_video_layer_mode(same_number<pb::VideoLayer::Mode>(codec.video_layer_mode));
    v.set_sdp_cid(codec.sdp_cid);
  }
  out.set_stereo(in.stereo);
  out.set_disable_red(in.disable_red);
  out.set_encryption(same_number<pb::Encryption::Type>(in.encryption));
  out.set_stream(in.stream);
  copy_version(in.version, *out.mutable_version());
  for (const auto feature : in.audio_features) out.add_audio_features(same_number<pb::AudioTrackFeature>(feature));
  out.set_backup_codec_policy(same_number<pb::BackupCodecPolicy>(in.backup_codec_policy));
  for (const auto feature : in.packet_trailer_features) {
    out.add_packet_trailer_features(same_number<pb::PacketTrailerFeature>(feature));
  }
}

void to_proto(const room::ParticipantInfo& in, pb::ParticipantInfo& out) {
  out.set_sid(in.sid);
  out.set_identity(in.identity);
  out.set_state(same_number<pb::ParticipantInfo::State>(in.state));
  for (const room::TrackInfo& track : in.tracks) to_proto(track, *out.add_tracks());
  out.set_metadata(in.metadata);
  out.set_joined_at(in.joined_at_ms / 1000);
  out.set_joined_at_ms(in.joined_at_ms);
  out.set_name(in.name);
  out.set_version(in.version);
  to_proto(in.permission, *out.mutable_permission());
  out.set_region(in.region);
  out.set_is_publisher(in.is_publisher);
  out.set_kind(same_number<pb::ParticipantInfo::Kind>(in.kind));
  for (const auto& [key, value] : in.attributes) (*out.mutable_attributes())[key] = value;
  out.set_disconnect_reason(same_number<pb::DisconnectReason>(in.disconnect_reason));
  for (const auto detail : in.kind_details) out.add_kind_details(same_number<pb::ParticipantInfo::KindDetail>(detail));
  out.set_client_protocol(in.client_protocol);
  for (const auto capability : in.capabilities) {
    out.add_capabilities(same_number<pb::ClientInfo::Capability>(capability));
  }
}

void to_proto(const room::SessionDescription& in, std::string_view type, pb::SessionDescription& out) {
  out.set_type(std::string(type));
  out.set_sdp(in.sdp);
  out.set_id(in.id);
  for (const auto& [mid, sid] : in.mid_to_track_id) (*out.mutable_mid_to_track_id())[mid] = sid;
}

void to_proto(const room::AddTrackRequest& in, pb::AddTrackRequest& out) {
  out.set_cid(in.cid);
  out.set_name(in.name);
  out.set_type(same_number<pb::TrackType>(in.type));
  out.set_width(in.width);
  out.set_height(in.height);
  out.set_muted(in.muted);
  out.set_disable_dtx(in.disable_dtx);
  out.set_source(same_number<pb::TrackSource>(in.source));
  copy_layers(in.layers, *out.mutable_layers());
  for (const room::SimulcastCodec& codec : in.simulcast_codecs) {
    pb::SimulcastCodec& v = *out.add_simulcast_codecs();
    v.set_codec(codec.codec);
    v.set_cid(codec.cid);
    copy_layers(codec.layers, *v.mutable_layers());
    v.set_video_layer_mode(same_number<pb::VideoLayer::Mode>(codec.video_layer_mode));
  }
  out.set_sid(in.sid);
  out.set_stereo(in.stereo);
  out.set_disable_red(in.disable_red);
  out.set_encryption(same_number<pb::Encryption::Type>(in.encryption));
  out.set_stream(in.stream);
  out.set_backup_codec_policy(same_number<pb::BackupCodecPolicy>(in.backup_codec_policy));
  for (const auto feature : in.audio_features) out.add_audio_features(same_number<pb::AudioTrackFeature>(feature));
  for (const auto feature : in.packet_trailer_features) {
    out.add_packet_trailer_features(same_number<pb::PacketTrailerFeature>(feature));
  }
}

pb::SignalResponse to_response(const room::SignalEvent& event, const ServerIdentity& server) {
  pb::SignalResponse out;
  std::visit(EventWriter{server, out}, event);
  return out;
}

}  // namespace parley::signal::livekit

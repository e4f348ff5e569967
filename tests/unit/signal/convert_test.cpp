#include "signal/livekit/convert.h"

#include <gtest/gtest.h>

namespace parley::signal::livekit {
namespace {

room::TrackInfo camera() {
  room::TrackInfo track;
  track.sid = "TR_VC1";
  track.type = room::TrackType::kVideo;
  track.name = "cam";
  track.width = 1280;
  track.height = 720;
  track.simulcast = true;
  track.source = room::TrackSource::kCamera;
  track.layers = {{room::VideoQuality::kHigh, 1280, 720, 1'700'000, 11, 2, "f", 12}};
  track.mime_type = "video/VP8";
  track.mid = "1";
  track.codecs = {{"video/VP8", "1", "cid", "{sdp}", track.layers, room::VideoLayerMode::kOneSpatialLayerPerStream}};
  track.encryption = room::Encryption::kGcm;
  track.stream = "camera";
  track.version = {5, 6};
  track.audio_features = {room::AudioFeature::kPreconnectBuffer};
  track.backup_codec_policy = room::BackupCodecPolicy::kSimulcast;
  track.packet_trailer_features = {room::PacketTrailerFeature::kFrameId};
  return track;
}

room::ParticipantInfo alice() {
  room::ParticipantInfo info;
  info.sid = "PA_1";
  info.identity = "alice";
  info.name = "Alice";
  info.state = room::ParticipantState::kActive;
  info.tracks = {camera()};
  info.metadata = "m";
  info.joined_at_ms = 1'800'000'000'123;
  info.version = 9;
  info.permission.can_publish_sources = {room::TrackSource::kScreenShareAudio};
  info.permission.can_update_metadata = true;
  info.is_publisher = true;
  info.kind = room::ParticipantKind::kBridge;
  info.kind_details = {room::KindDetail::kSimulation};
  info.attributes = {{"a", "b"}};
  info.disconnect_reason = room::DisconnectReason::kAgentError;
  info.client_protocol = 2;
  info.capabilities = {room::ClientCapability::kCompressionDeflateRaw};
  return info;
}

TEST(ConvertTest, ParticipantCarriesEveryField) {
  pb::ParticipantInfo out;
  to_proto(alice(), out);
  EXPECT_EQ(out.sid(), "PA_1");
  EXPECT_EQ(out.state(), pb::ParticipantInfo::ACTIVE);
  EXPECT_EQ(out.joined_at(), 1'800'000'000);
  EXPECT_EQ(out.joined_at_ms(), 1'800'000'000'123);
  EXPECT_EQ(out.version(), 9U);
  EXPECT_TRUE(out.permission().can_publish());
  EXPECT_EQ(out.permission().can_publish_sources(0), pb::SCREEN_SHARE_AUDIO);
  EXPECT_TRUE(out.permission().can_update_metadata());
  EXPECT_EQ(out.kind(), pb::ParticipantInfo::BRIDGE);
  EXPECT_EQ(out.kind_details(0), pb::ParticipantInfo::SIMULATION);
  EXPECT_EQ(out.attributes().at("a"), "b");
  EXPECT_EQ(out.disconnect_reason(), pb::AGENT_ERROR);
  EXPECT_EQ(out.client_protocol(), 2);
  EXPECT_EQ(out.capabilities(0), pb::ClientInfo::CAP_COMPRESSION_DEFLATE_RAW);
  const pb::TrackInfo& track = out.tracks(0);
  EXPECT_EQ(track.source(), pb::CAMERA);
  EXPECT_EQ(track.layers(0).rid(), "f");
  EXPECT_EQ(track.layers(0).repair_ssrc(), 12U);
  EXPECT_EQ(track.codecs(0).sdp_cid(), "{sdp}");
  EXPECT_EQ(track.codecs(0).video_layer_mode(), pb::VideoLayer::ONE_SPATIAL_LAYER_PER_STREAM);
  EXPECT_EQ(track.encryption(), pb::Encryption::GCM);
  EXPECT_EQ(track.version().unix_micro(), 5);
  EXPECT_EQ(track.audio_features(0), pb::TF_PRECONNECT_BUFFER);
  EXPECT_EQ(track.backup_codec_policy(), pb::SIMULCAST);
  EXPECT_EQ(track.packet_trailer_features(0), pb::PTF_FRAME_ID);
}

TEST(ConvertTest, JoinNamesAServerThatClientsAccept) {
  room::JoinEvent event;
  event.room.sid = "RM_1";
  event.participant = std::make_shared<room::ParticipantInfo>(alice());
  event.others = {event.participant};
  event.ice_servers = {{{"stun:a", "turn:b"}, "u", "p"}};
  event.fast_publish = true;
  event.enabled_publish_codecs = {{"video/VP8", ""}};
  event.sif_trailer = {1, 2, 3};
  const pb::SignalResponse out = to_response(event, ServerIdentity{});
  ASSERT_TRUE(out.has_join());
  // Between these, clients use data streams and publish VP9 as SVC.
  EXPECT_EQ(out.join().server_info().version(), "1.13.5");
  EXPECT_EQ(out.join().server_info().protocol(), 15);
  EXPECT_EQ(out.join().ping_interval(), 5);
  EXPECT_EQ(out.join().ping_timeout(), 15);
  EXPECT_TRUE(out.join().subscriber_primary());
  EXPECT_TRUE(out.join().fast_publish());
  EXPECT_EQ(out.join().other_participants_size(), 1);
  EXPECT_EQ(out.join().ice_servers(0).urls_size(), 2);
  EXPECT_EQ(out.join().sif_trailer(), "\x01\x02\x03");
  EXPECT_EQ(out.join().enabled_publish_codecs(0).mime(), "video/VP8");
}

TEST(ConvertTest, EveryEventHasItsMessage) {
  using R = pb::SignalResponse;
  const auto participant = std::make_shared<room::ParticipantInfo>(alice());
  const std::pair<room::SignalEvent, R::MessageCase> rows[] = {
      {room::ReconnectEvent{{}, 7}, R::kReconnect},
      {room::AnswerEvent{{"v=0", 3, {}}}, R::kAnswer},
      {room::OfferEvent{{"v=0", 4, {{"0", "TR_1"}}}}, R::kOffer},
      {room::TrickleEvent{room::SignalTarget::kSubscriber, "{}", true}, R::kTrickle},
      {room::UpdateEvent{{participant}}, R::kUpdate},
      {room::TrackPublishedEvent{"cid", camera()}, R::kTrackPublished},
      {room::TrackUnpublishedEvent{"TR_1"}, R::kTrackUnpublished},
      {room::LeaveEvent{}, R::kLeave},
      {room::MuteEvent{"TR_1", true}, R::kMute},
      {room::SpeakersEvent{{{"PA_1", 0.5F, true}}}, R::kSpeakersChanged},
      {room::RoomUpdateEvent{}, R::kRoomUpdate},
      {room::ConnectionQualityEvent{{{"PA_1", room::ConnectionQuality::kLost, 1}}}, R::kConnectionQuality},
      {room::StreamStateEvent{{{"PA_1", "TR_1", room::StreamState::kPaused}}}, R::kStreamStateUpdate},
      {room::SubscribedQualityEvent{"TR_1", {}}, R::kSubscribedQualityUpdate},
      {room::SubscriptionPermissionEvent{"PA_1", "TR_1", true}, R::kSubscriptionPermissionUpdate},
      {room::RefreshTokenEvent{}, R::MESSAGE_NOT_SET},
      {room::SubscriptionResponseEvent{"TR_1", room::SubscriptionError::kTrackNotFound}, R::kSubscriptionResponse},
      {room::RequestResponseEvent{1, room::RequestReason::kInvalidRequest, "m", {}}, R::kRequestResponse},
      {room::TrackSubscribedEvent{"TR_1"}, R::kTrackSubscribed},
      {room::MediaSectionsEvent{1, 2}, R::kMediaSectionsRequirement},
  };
  for (const auto& [event, kind] : rows) {
    EXPECT_EQ(to_response(event, ServerIdentity{}).message_case(), kind) << event.index();
  }
}

TEST(ConvertTest, DescriptionsKeepTypeAndNumber) {
  const auto offer = to_response(room::OfferEvent{{"v=0", 4, {{"0", "TR_1"}}}}, {}).offer();
  EXPECT_EQ(offer.type(), "offer");
  EXPECT_EQ(offer.id(), 4U);
  EXPECT_EQ(offer.mid_to_track_id().at("0"), "TR_1");
  EXPECT_EQ(to_response(room::AnswerEvent{{"v=0", 0, {}}}, {}).answer().type(), "answer");
}

TEST(ConvertTest, LeaveServesOldAndNewClients) {
  const std::pair<room::LeaveAction, bool> rows[] = {{room::LeaveAction::kDisconnect, false},
                                                     {room::LeaveAction::kResume, true},
                                                     {room::LeaveAction::kReconnect, true}};
  for (const auto& [action, can_reconnect] : rows) {
    const auto leave = to_response(room::LeaveEvent{room::DisconnectReason::kStateMismatch, action}, {}).leave();
    EXPECT_EQ(leave.can_reconnect(), can_reconnect);
    EXPECT_EQ(static_cast<int>(leave.action()), static_cast<int>(action));
    EXPECT_EQ(leave.reason(), pb::STATE_MISMATCH);
  }
}

TEST(ConvertTest, FirstCodecsQualitiesAreRepeatedForOldClients) {
  const room::SubscribedQualityEvent event{
      "TR_1", {{"vp9", {{room::VideoQuality::kHigh, true}}}, {"vp8", {{room::VideoQuality::kHigh, false}}}}};
  const auto update = to_response(event, {}).subscribed_quality_update();
  ASSERT_EQ(update.subscribed_codecs_size(), 2);
  ASSERT_EQ(update.subscribed_qualities_size(), 1);
  EXPECT_TRUE(update.subscribed_qualities(0).enabled());
}

TEST(ConvertTest, RefusalEchoesItsRequest) {
  room::RequestResponseEvent event;
  event.echo = room::UpdateMetadataRequest{"m", "n", {{"a", "b"}}, 3};
  EXPECT_EQ(to_response(event, {}).request_response().update_metadata().attributes().at("a"), "b");
  room::AddTrackRequest add;
  add.cid = "c";
  event.echo = add;
  EXPECT_EQ(to_response(event, {}).request_response().add_track().cid(), "c");
  event.echo = room::MuteTrackRequest{"TR_1", true};
  EXPECT_TRUE(to_response(event, {}).request_response().has_mute());
}

TEST(ConvertTest, AddTrackSurvivesBothWays) {
  room::AddTrackRequest in;
  in.cid = "cid";
  in.name = "cam";
  in.type = room::TrackType::kVideo;
  in.width = 640;
  in.height = 360;
  in.muted = true;
  in.source = room::TrackSource::kScreenShare;
  in.layers = {{room::VideoQuality::kMedium, 320, 180, 100, 0, 1, "h", 0}};
  in.simulcast_codecs = {{"video/VP8", "cid", in.layers, room::VideoLayerMode::kOneSpatialLayerPerStream}};
  in.sid = "TR_1";
  in.stereo = true;
  in.disable_red = true;
  in.encryption = room::Encryption::kCustom;
  in.stream = "s";
  in.backup_codec_policy = room::BackupCodecPolicy::kRegression;
  in.audio_features = {room::AudioFeature::kNoDtx};
  in.packet_trailer_features = {room::PacketTrailerFeature::kUserData};
  pb::AddTrackRequest wire;
  to_proto(in, wire);
  pb::AddTrackRequest again;
  to_proto(from_proto(wire), again);
  EXPECT_EQ(again.DebugString(), wire.DebugString());
  EXPECT_EQ(from_proto(wire).simulcast_codecs[0].layers[0].rid, "h");
}

TEST(ConvertTest, UnknownEnumeratorsBecomeDefaults) {
  pb::AddTrackRequest wire;
  wire.set_source(static_cast<pb::TrackSource>(99));
  wire.set_type(static_cast<pb::TrackType>(-1));
  wire.set_encryption(static_cast<pb::Encryption::Type>(300));
  wire.add_audio_features(static_cast<pb::AudioTrackFeature>(77));
  const auto out = from_proto(wire);
  EXPECT_EQ(out.source, room::TrackSource::kUnknown);
  EXPECT_EQ(out.type, room::TrackType::kAudio);
  EXPECT_EQ(out.encryption, room::Encryption::kNone);
  EXPECT_TRUE(out.audio_features.empty());
}

TEST(ConvertTest, UnknownSourceInAPermissionDoesNotOpenEverySource) {
  pb::ParticipantPermission wire;
  wire.add_can_publish_sources(static_cast<pb::TrackSource>(50));
  EXPECT_EQ(from_proto(wire).can_publish_sources, std::vector<room::TrackSource>{room::TrackSource::kUnknown});
}

TEST(ConvertTest, SubscriptionIsTheUnionOfBothLists) {
  pb::SignalRequest request;
  pb::UpdateSubscription& wire = *request.mutable_subscription();
  wire.set_subscribe(true);
  wire.add_track_sids("TR_1");
  wire.add_participant_tracks()->add_track_sids("TR_1");
  wire.add_participant_tracks()->add_track_sids("TR_2");
  const auto out = std::get<room::UpdateSubscriptionRequest>(*to_request(request));
  EXPECT_TRUE(out.subscribe);
  EXPECT_EQ(out.track_sids, (std::vector<std::string>{"TR_1", "TR_2"}));
}

TEST(ConvertTest, SyncStateIsRead) {
  pb::SyncState wire;
  wire.mutable_answer()->set_sdp("a");
  wire.add_publish_tracks()->set_cid("cid");
  wire.mutable_publish_tracks(0)->mutable_track()->set_sid("TR_1");
  wire.add_track_sids_disabled("TR_2");
  wire.add_datachannel_receive_states()->set_publisher_sid("PA_2");
  wire.mutable_datachannel_receive_states(0)->set_last_seq(9);
  const auto out = from_proto(wire);
  EXPECT_EQ(out.answer->sdp, "a");
  EXPECT_FALSE(out.offer);
  EXPECT_EQ(out.publish_tracks[0].sid, "TR_1");
  EXPECT_EQ(out.track_sids_disabled[0], "TR_2");
  EXPECT_EQ(out.receive_states[0].last_sequence, 9U);
}

TEST(ConvertTest, RequestsReachTheirCounterpart) {
  pb::SignalRequest request;
  request.mutable_trickle()->set_candidateinit("{}");
  request.mutable_trickle()->set_target(pb::SUBSCRIBER);
  EXPECT_EQ(std::get<room::TrickleRequest>(*to_request(request)).target, room::SignalTarget::kSubscriber);
  request.mutable_track_setting()->set_quality(pb::OFF);
  EXPECT_EQ(std::get<room::UpdateTrackSettingsRequest>(*to_request(request)).quality, room::VideoQuality::kOff);
  request.mutable_leave()->set_reason(pb::CLIENT_INITIATED);
  EXPECT_TRUE(std::holds_alternative<room::LeaveRequest>(*to_request(request)));
  request.mutable_simulate()->set_speaker_update(3);
  EXPECT_EQ(std::get<room::SimulateRequest>(*to_request(request)).value, 3);
  request.mutable_subscription_permission()->add_track_permissions()->set_participant_identity("bob");
  EXPECT_EQ(
      std::get<room::SubscriptionPermissionRequest>(*to_request(request)).track_permissions[0].participant_identity,
      "bob");
  request.mutable_simulate();
  EXPECT_FALSE(to_request(request));
  request.set_ping(1);
  EXPECT_FALSE(to_request(request));
  EXPECT_FALSE(to_request(pb::SignalRequest()));
}

TEST(ProtoTest, UnknownFieldsSurvive) {
  // SignalRequest field 22 (a message of the future) with two bytes.
  const std::string wire("\xb2\x01\x02hi", 5);
  pb::SignalRequest request;
  ASSERT_TRUE(request.ParseFromString(wire));
  EXPECT_EQ(request.message_case(), pb::SignalRequest::MESSAGE_NOT_SET);
  EXPECT_EQ(request.SerializeAsString(), wire);
}

// The numbers are the protocol; a few that would be easy to get wrong, as bytes on the wire.
TEST(ProtoTest, FieldNumbersAreThoseOfTheProtocol) {
  pb::SignalRequest request;
  request.mutable_ping_req()->set_timestamp(1);
  EXPECT_EQ(request.SerializeAsString(), std::string("\x82\x01\x02\x08\x01", 5));
  pb::SignalResponse response;
  response.set_refresh_token("t");
  EXPECT_EQ(response.SerializeAsString(), std::string("\x82\x01\x01t", 4));
  pb::ParticipantInfo info;
  info.set_joined_at_ms(1);
  EXPECT_EQ(info.SerializeAsString(), std::string("\x88\x01\x01", 3));
  pb::DataPacket packet;
  packet.set_participant_sid("s");
  EXPECT_EQ(packet.SerializeAsString(), std::string("\x8a\x01\x01s", 4));
  pb::UpdateTrackSettings settings;
  settings.set_disabled(true);
  EXPECT_EQ(settings.SerializeAsString(), std::string("\x18\x01", 2));
}

}  // namespace
}  // namespace parley::signal::livekit

// Everything that a connected participant may ask for, one struct each. Manager::handle_request takes the variant.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "room/types.h"

namespace parley::room {

struct SimulcastCodec {
  std::string codec;  // "vp8" or "video/VP8"; empty: the default
  std::string cid;
  std::vector<VideoLayer> layers;
  VideoLayerMode video_layer_mode = VideoLayerMode::kUnused;
};

struct AddTrackRequest {
  std::string cid;
  std::string name;
  TrackType type = TrackType::kAudio;
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  bool muted = false;
  bool disable_dtx = false;
  TrackSource source = TrackSource::kUnknown;
  std::vector<VideoLayer> layers;
  std::vector<SimulcastCodec> simulcast_codecs;
  std::string sid;  // of a track already published, when this adds another codec to it
  bool stereo = false;
  bool disable_red = false;
  Encryption encryption = Encryption::kNone;
  std::string stream;
  BackupCodecPolicy backup_codec_policy = BackupCodecPolicy::kPreferRegression;
  std::vector<AudioFeature> audio_features;
  std::vector<PacketTrailerFeature> packet_trailer_features;
};

// The publisher's offer (in single-connection mode: of the one connection).
struct OfferRequest {
  SessionDescription description;
};
// Answers the server's subscriber offer.
struct AnswerRequest {
  SessionDescription description;
};
struct TrickleRequest {
  std::string candidate_init;  // JSON
  SignalTarget target = SignalTarget::kPublisher;
  bool final = false;
};
struct MuteTrackRequest {
  std::string sid;
  bool muted = false;
};
struct UpdateSubscriptionRequest {
  std::vector<std::string> track_sids;  // the union of both lists of the wire message
  bool subscribe = false;
};
struct UpdateTrackSettingsRequest {
  std::vector<std::string> track_sids;
  bool disabled = false;
  VideoQuality quality = VideoQuality::kLow;  // counts when width and height are 0
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::uint32_t fps = 0;       // 0: no cap
  std::uint32_t priority = 0;  // 0: unset
};
struct LeaveRequest {
  DisconnectReason reason = DisconnectReason::kClientInitiated;
};
struct TrackPermission {
  std::string participant_sid;
  std::string participant_identity;
  bool all_tracks = false;
  std::vector<std::string> track_sids;
};
struct SubscriptionPermissionRequest {
  bool all_participants = true;
  std::vector<TrackPermission> track_permissions;
};
// What the client believes, right after a resume.
struct SyncStateRequest {
  struct PublishedTrack {
    std::string cid;
    std::string sid;
  };
  struct ReceiveState {  // of the reliable data channel
    std::string publisher_sid;
    std::uint32_t last_sequence = 0;
  };
  std::optional<SessionDescription> answer;
  std::optional<SessionDescription> offer;
  UpdateSubscriptionRequest subscription;
  std::vector<PublishedTrack> publish_tracks;
  std::vector<std::string> track_sids_disabled;
  std::vector<ReceiveState> receive_states;
};
struct UpdateMetadataRequest {
  std::string metadata;   // empty: unchanged
  std::string name;       // empty: unchanged
  Attributes attributes;  // merged; an empty value deletes its key
  std::uint32_t request_id = 0;
};
struct UpdateLocalAudioTrackRequest {
  std::string track_sid;
  std::vector<AudioFeature> features;
};
struct UpdateLocalVideoTrackRequest {
  std::string track_sid;
  std::uint32_t width = 0;
  std::uint32_t height = 0;
};
struct UpdateVideoLayersRequest {
  std::string track_sid;
  std::vector<VideoLayer> layers;
};
struct SimulateRequest {
  enum class Scenario : std::uint8_t {
    kSpeakerUpdate,
    kNodeFailure,
    kMigration,
    kServerLeave,
    kSwitchCandidateProtocol,
    kSubscriberBandwidth,
    kDisconnectSignalOnResume,
    kDisconnectSignalOnResumeNoMessages,
    kLeaveRequestFullReconnect
  };
  Scenario scenario = Scenario::kSpeakerUpdate;
  std::int64_t value = 0;  // seconds for kSpeakerUpdate, bit/s for kSubscriberBandwidth
};

using Request =
    std::variant<OfferRequest, AnswerRequest, TrickleRequest, AddTrackRequest, MuteTrackRequest,
                 UpdateSubscriptionRequest, UpdateTrackSettingsRequest, LeaveRequest, SubscriptionPermissionRequest,
                 SyncStateRequest, UpdateMetadataRequest, UpdateLocalAudioTrackRequest, UpdateLocalVideoTrackRequest,
                 UpdateVideoLayersRequest, SimulateRequest>;

// Which request a RequestResponseEvent answers.
using RequestEcho = std::variant<std::monostate, TrickleRequest, AddTrackRequest, MuteTrackRequest,
                                 UpdateMetadataRequest, UpdateLocalAudioTrackRequest, UpdateLocalVideoTrackRequest>;

}  // namespace parley::room

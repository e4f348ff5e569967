// What rooms are made of, as plain values: rooms, participants, tracks and their attributes.
//
// The enumerators carry the numbers of the LiveKit protocol, so that signalling converts by a cast.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace parley::room {

enum class TrackType : std::uint8_t { kAudio = 0, kVideo = 1, kData = 2 };
enum class TrackSource : std::uint8_t {
  kUnknown = 0,
  kCamera = 1,
  kMicrophone = 2,
  kScreenShare = 3,
  kScreenShareAudio = 4
};
enum class VideoQuality : std::uint8_t { kLow = 0, kMedium = 1, kHigh = 2, kOff = 3 };
enum class VideoLayerMode : std::uint8_t {
  kUnused = 0,
  kOneSpatialLayerPerStream = 1,
  kMultipleSpatialLayersPerStream = 2,
  kOneSpatialLayerPerStreamIncompleteRtcpSr = 3
};
enum class Encryption : std::uint8_t { kNone = 0, kGcm = 1, kCustom = 2 };
enum class BackupCodecPolicy : std::uint8_t { kPreferRegression = 0, kSimulcast = 1, kRegression = 2 };
enum class AudioFeature : std::uint8_t {
  kStereo = 0,
  kNoDtx = 1,
  kAutoGainControl = 2,
  kEchoCancellation = 3,
  kNoiseSuppression = 4,
  kEnhancedNoiseCancellation = 5,
  kPreconnectBuffer = 6
};
enum class PacketTrailerFeature : std::uint8_t { kUserTimestamp = 0, kFrameId = 1, kUserData = 2 };
enum class SignalTarget : std::uint8_t { kPublisher = 0, kSubscriber = 1 };
enum class ParticipantState : std::uint8_t { kJoining = 0, kJoined = 1, kActive = 2, kDisconnected = 3 };
enum class ParticipantKind : std::uint8_t {
  kStandard = 0,
  kIngress = 1,
  kEgress = 2,
  kSip = 3,
  kAgent = 4,
  kConnector = 7,
  kBridge = 8
};
enum class KindDetail : std::uint8_t {
  kCloudAgent = 0,
  kForwarded = 1,
  kConnectorWhatsapp = 2,
  kConnectorTwilio = 3,
  kBridgeRtsp = 4,
  kSimulation = 5
};
enum class DisconnectReason : std::uint8_t {
  kUnknown = 0,
  kClientInitiated = 1,
  kDuplicateIdentity = 2,
  kServerShutdown = 3,
  kParticipantRemoved = 4,
  kRoomDeleted = 5,
  kStateMismatch = 6,
  kJoinFailure = 7,
  kMigration = 8,
  kSignalClose = 9,
  kRoomClosed = 10,
  kUserUnavailable = 11,
  kUserRejected = 12,
  kSipTrunkFailure = 13,
  kConnectionTimeout = 14,
  kMediaFailure = 15,
  kAgentError = 16
};
// As logs and webhooks write it.
constexpr std::string_view to_string(DisconnectReason reason) {
  constexpr std::array<std::string_view, 17> kNames = {
      "UNKNOWN_REASON", "CLIENT_INITIATED", "DUPLICATE_IDENTITY", "SERVER_SHUTDOWN",   "PARTICIPANT_REMOVED",
      "ROOM_DELETED",   "STATE_MISMATCH",   "JOIN_FAILURE",       "MIGRATION",         "SIGNAL_CLOSE",
      "ROOM_CLOSED",    "USER_UNAVAILABLE", "USER_REJECTED",      "SIP_TRUNK_FAILURE", "CONNECTION_TIMEOUT",
      "MEDIA_FAILURE",  "AGENT_ERROR"};
  return kNames[static_cast<std::size_t>(reason)];
}
enum class LeaveAction : std::uint8_t { kDisconnect = 0, kResume = 1, kReconnect = 2 };
enum class ConnectionQuality : std::uint8_t { kPoor = 0, kGood = 1, kExcellent = 2, kLost = 3 };
enum class StreamState : std::uint8_t { kActive = 0, kPaused = 1 };
enum class SubscriptionError : std::uint8_t { kUnknown = 0, kCodecUnsupported = 1, kTrackNotFound = 2 };
enum class RequestReason : std::uint8_t {
  kOk = 0,
  kNotFound = 1,
  kNotAllowed = 2,
  kLimitExceeded = 3,
  kQueued = 4,
  kUnsupportedType = 5,
  kUnclassifiedError = 6,
  kInvalidHandle = 7,
  kInvalidName = 8,
  kDuplicateHandle = 9,
  kDuplicateName = 10,
  kInvalidRequest = 11
};
enum class Sdk : std::uint8_t {
  kUnknown = 0,
  kJs = 1,
  kSwift = 2,
  kAndroid = 3,
  kFlutter = 4,
  kGo = 5,
  kUnity = 6,
  kReactNative = 7,
  kRust = 8,
  kPython = 9,
  kCpp = 10,
  kUnityWeb = 11,
  kNode = 12,
  kUnreal = 13,
  kEsp32 = 14
};
enum class ClientCapability : std::uint8_t { kUnused = 0, kPacketTrailer = 1, kCompressionDeflateRaw = 2 };
enum class DataKind : std::uint8_t { kReliable = 0, kLossy = 1 };

using Attributes = std::map<std::string, std::string>;

struct VideoLayer {
  VideoQuality quality = VideoQuality::kLow;
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::uint32_t bitrate = 0;  // bit/s
  std::uint32_t ssrc = 0;     // 0: not known (yet)
  std::int32_t spatial_layer = 0;
  std::string rid;  // empty: no simulcast
  std::uint32_t repair_ssrc = 0;
};

// A track in one codec. The first entry of TrackInfo::codecs is the primary one, a second one its backup.
struct TrackCodecInfo {
  std::string mime_type;  // "video/VP8"
  std::string mid;        // of the publisher's m-section
  std::string cid;
  std::string sdp_cid;  // msid's track token when it differs from cid (Firefox)
  std::vector<VideoLayer> layers;
  VideoLayerMode video_layer_mode = VideoLayerMode::kUnused;
};

// Wall clock in µs, and a counter for changes within one µs.
struct TimedVersion {
  std::int64_t unix_micro = 0;
  std::int32_t ticks = 0;
};

struct TrackInfo {
  std::string sid;  // "TR_…"
  TrackType type = TrackType::kAudio;
  std::string name;
  bool muted = false;
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  bool simulcast = false;
  bool disable_dtx = false;
  TrackSource source = TrackSource::kUnknown;
  std::vector<VideoLayer> layers;
  std::string mime_type;  // of the primary codec, known once negotiated
  std::string mid;
  std::vector<TrackCodecInfo> codecs;
  bool stereo = false;
  bool disable_red = false;
  Encryption encryption = Encryption::kNone;
  std::string stream;
  TimedVersion version;
  std::vector<AudioFeature> audio_features;
  BackupCodecPolicy backup_codec_policy = BackupCodecPolicy::kPreferRegression;
  std::vector<PacketTrailerFeature> packet_trailer_features;
};

struct Permission {
  bool can_subscribe = true;
  bool can_publish = true;
  bool can_publish_data = true;
  std::vector<TrackSource> can_publish_sources;  // empty: every source
  bool hidden = false;
  bool recorder = false;
  bool can_update_metadata = false;
  bool agent = false;
  bool can_subscribe_metrics = false;
  bool can_manage_agent_session = false;
  friend bool operator==(const Permission&, const Permission&) = default;
};

struct ParticipantInfo {
  std::string sid;  // "PA_…"
  std::string identity;
  std::string name;
  ParticipantState state = ParticipantState::kJoining;
  std::vector<TrackInfo> tracks;
  std::string metadata;
  std::int64_t joined_at_ms = 0;  // Unix time
  std::uint32_t version = 0;      // rises with every change
  Permission permission;
  std::string region;
  bool is_publisher = false;
  ParticipantKind kind = ParticipantKind::kStandard;
  std::vector<KindDetail> kind_details;
  Attributes attributes;
  DisconnectReason disconnect_reason = DisconnectReason::kUnknown;  // with kDisconnected
  std::int32_t client_protocol = 0;
  std::vector<ClientCapability> capabilities;
};
// Shared because one update goes to everybody in a room.
using ParticipantInfoRef = std::shared_ptr<const ParticipantInfo>;

struct EnabledCodec {
  std::string mime;  // "video/VP8"
  std::string fmtp_line;
};

struct RoomInfo {
  std::string sid;  // "RM_…"
  std::string name;
  std::uint32_t empty_timeout = 0;      // s
  std::uint32_t departure_timeout = 0;  // s
  std::uint32_t max_participants = 0;   // 0: no limit
  std::int64_t creation_time_ms = 0;    // Unix time
  std::vector<EnabledCodec> enabled_codecs;
  std::string metadata;
  std::uint32_t num_participants = 0;  // without hidden ones
  std::uint32_t num_publishers = 0;
  bool active_recording = false;
  TimedVersion version;
};

// roomConfig of a token, or CreateRoom's arguments. Absent: the server's default.
struct RoomOptions {
  std::optional<std::uint32_t> empty_timeout;      // s
  std::optional<std::uint32_t> departure_timeout;  // s
  std::optional<std::uint32_t> max_participants;
  std::string metadata;
};

struct ClientInfo {
  Sdk sdk = Sdk::kUnknown;
  std::string version;
  std::int32_t protocol = 0;
  std::int32_t client_protocol = 0;
  std::string os;
  std::string os_version;
  std::string device_model;
  std::string browser;
  std::string browser_version;
  std::string network;
  std::string address;
  std::vector<ClientCapability> capabilities;
};

// What a verified token gave to its bearer. Rooms trust it: checking signature, expiry and room name is signalling's.
struct Grants {
  std::string identity;
  std::string name;
  std::string metadata;
  Attributes attributes;
  ParticipantKind kind = ParticipantKind::kStandard;
  std::vector<KindDetail> kind_details;
  Permission permission;
  TimePoint expires;                        // of the token: a refreshed one lives as long, but 10 minutes at least
  std::string api_key;                      // whose secret signs refreshed tokens
  std::optional<RoomOptions> room_options;  // when this join creates the room
};

struct IceServer {
  std::vector<std::string> urls;
  std::string username;
  std::string credential;
};

struct SpeakerInfo {
  std::string sid;  // of the participant
  float level = 0;  // 0..1
  bool active = false;
};

struct SubscribedQuality {
  VideoQuality quality = VideoQuality::kLow;
  bool enabled = false;
};
struct SubscribedCodec {
  std::string codec;                         // lower case, "vp8"
  std::vector<SubscribedQuality> qualities;  // kLow, kMedium, kHigh
};

// An offer or an answer, as signalling carries it.
struct SessionDescription {
  std::string sdp;
  std::uint32_t id = 0;  // an answer carries its offer's; 0: the client does not number
  std::map<std::string, std::string> mid_to_track_id;
};

}  // namespace parley::room

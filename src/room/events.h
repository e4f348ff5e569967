// Everything that the server says to one participant, and what it tells its own observers of rooms.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/time.h"
#include "room/requests.h"
#include "room/types.h"

namespace parley::room {

// ---- to one participant, over its signalling session ----

// The first event of a session that joined.
struct JoinEvent {
  RoomInfo room;
  ParticipantInfoRef participant;
  std::vector<ParticipantInfoRef> others;
  std::vector<IceServer> ice_servers;
  bool subscriber_primary = true;  // false in single-connection mode
  bool fast_publish = false;
  std::vector<EnabledCodec> enabled_publish_codecs;
  std::vector<std::uint8_t> sif_trailer;  // one per room
  std::string region;
};
// The first event of a session that resumed.
struct ReconnectEvent {
  std::vector<IceServer> ice_servers;
  std::uint32_t last_message_sequence = 0;  // last reliable data packet that came from this participant
};
struct AnswerEvent {
  SessionDescription description;
};
struct OfferEvent {
  SessionDescription description;
};
struct TrickleEvent {
  SignalTarget target = SignalTarget::kPublisher;
  std::string candidate_init;  // JSON
  bool final = false;
};
struct UpdateEvent {
  std::vector<ParticipantInfoRef> participants;
};
struct TrackPublishedEvent {
  std::string cid;
  TrackInfo track;
};
struct TrackUnpublishedEvent {
  std::string track_sid;
};
// The session is closed after it (SignalSink::close follows).
struct LeaveEvent {
  DisconnectReason reason = DisconnectReason::kUnknown;
  LeaveAction action = LeaveAction::kDisconnect;
};
struct MuteEvent {
  std::string track_sid;
  bool muted = false;
};
struct SpeakersEvent {
  std::vector<SpeakerInfo> speakers;  // changed ones only
};
struct RoomUpdateEvent {
  RoomInfo room;
};
struct ConnectionQualityEvent {
  struct Entry {
    std::string participant_sid;
    ConnectionQuality quality = ConnectionQuality::kExcellent;
    float score = 0;  // 1..5, as a mean opinion score
  };
  std::vector<Entry> updates;
};
struct StreamStateEvent {
  struct Entry {
    std::string participant_sid;
    std::string track_sid;
    StreamState state = StreamState::kActive;
  };
  std::vector<Entry> states;
};
struct SubscribedQualityEvent {
  std::string track_sid;
  std::vector<SubscribedCodec> codecs;  // the first one is the primary: signalling repeats it for old clients
};
struct SubscriptionPermissionEvent {
  std::string participant_sid;  // the publisher's
  std::string track_sid;
  bool allowed = false;
};
// Signalling signs a token with these grants (as they are now), for this room, and sends it.
struct RefreshTokenEvent {
  std::string room;
  Grants grants;
};
struct SubscriptionResponseEvent {
  std::string track_sid;
  SubscriptionError error = SubscriptionError::kUnknown;
};
struct RequestResponseEvent {
  std::uint32_t request_id = 0;
  RequestReason reason = RequestReason::kOk;
  std::string message;
  RequestEcho echo;
};
struct TrackSubscribedEvent {
  std::string track_sid;
};
// Single-connection mode: the client shall offer that many more recvonly sections; zeros: just offer again.
struct MediaSectionsEvent {
  std::uint32_t audios = 0;
  std::uint32_t videos = 0;
};

using SignalEvent =
    std::variant<JoinEvent, ReconnectEvent, AnswerEvent, OfferEvent, TrickleEvent, UpdateEvent, TrackPublishedEvent,
                 TrackUnpublishedEvent, LeaveEvent, MuteEvent, SpeakersEvent, RoomUpdateEvent, ConnectionQualityEvent,
                 StreamStateEvent, SubscribedQualityEvent, SubscriptionPermissionEvent, RefreshTokenEvent,
                 SubscriptionResponseEvent, RequestResponseEvent, TrackSubscribedEvent, MediaSectionsEvent>;

// One connected signalling session. The room calls it from within Manager's functions: it must only queue, and never
// call the manager back. It must live until close() was called on it or Manager::signal_lost was called for it;
// neither is followed by another call.
class SignalSink {
 public:
  virtual ~SignalSink() = default;
  virtual void on_event(const SignalEvent& event) = 0;
  // The server is done with this session: flush what is queued, close the socket, do not report signal_lost.
  virtual void close() = 0;
};

// ---- to the server's own observers: webhooks, recorders, audit ----

struct RoomStarted {
  RoomInfo room;
};
struct RoomFinished {
  RoomInfo room;
};
struct ParticipantJoined {  // became active: its primary transport is up
  RoomInfo room;
  ParticipantInfoRef participant;
};
struct ParticipantLeft {
  RoomInfo room;
  ParticipantInfoRef participant;
  bool was_active = false;  // false: its connection was aborted
};
struct TrackPublished {
  RoomInfo room;
  ParticipantInfoRef participant;
  TrackInfo track;
};
struct TrackUnpublished {
  RoomInfo room;
  ParticipantInfoRef participant;
  TrackInfo track;
};
using RoomEvent =
    std::variant<RoomStarted, RoomFinished, ParticipantJoined, ParticipantLeft, TrackPublished, TrackUnpublished>;

// Called from within Manager's functions; must not call the manager back.
class RoomObserver {
 public:
  virtual ~RoomObserver() = default;
  virtual void on_room_event(const RoomEvent& event) = 0;
};

}  // namespace parley::room

// All rooms of the process: the control plane's one entry into them.
//
// A state machine without threads, sockets or a clock: requests, media events and deadlines come in as calls; what
// results goes out to SignalSinks, to the MediaPlane and to the RoomObserver during the call. Used from one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "room/config.h"
#include "room/data_codec.h"
#include "room/events.h"
#include "room/media_api.h"
#include "room/requests.h"
#include "room/types.h"

namespace parley::room {

// One participant's signalling session. A resume makes a new one; calls with the old one are passed over.
struct ParticipantHandle {
  std::uint64_t participant = 0;
  std::uint32_t session = 0;
  friend bool operator==(const ParticipantHandle&, const ParticipantHandle&) = default;
};

struct JoinParams {
  std::string room;
  Grants grants;
  ClientInfo client;
  bool auto_subscribe = true;
  bool adaptive_stream = false;
  bool subscriber_allow_pause = true;
  Attributes attributes;  // on top of the token's
  std::string metadata;   // non-empty: instead of the token's
  // v1 signalling: one connection for both directions, offered by the client.
  bool single_connection = false;
  std::vector<AddTrackRequest> add_tracks;
  std::optional<SessionDescription> publisher_offer;
};

struct ResumeParams {
  std::string room;
  std::string sid;  // "PA_…" of the session to resume
  Grants grants;    // of the token presented now
  ClientInfo client;
  std::optional<SyncStateRequest> sync_state;         // v1 sends it along
  std::optional<SessionDescription> publisher_offer;  // v1
};

struct UpdateParticipantParams {
  std::string metadata;                  // empty: unchanged
  std::string name;                      // empty: unchanged
  std::optional<Permission> permission;  // replaces
  Attributes attributes;                 // merged; an empty value deletes its key
};

struct SendDataParams {
  SharedBytes packet;  // a whole DataPacket, sequence 0
  DataKind kind = DataKind::kReliable;
  std::vector<std::string> destination_identities;  // both empty: everybody
  std::vector<std::string> destination_sids;
};

struct Stats {
  std::size_t rooms = 0;
  std::size_t participants = 0;
  std::size_t tracks_published = 0;
  std::size_t tracks_subscribed = 0;  // placed on a subscriber's transport
  std::uint64_t joins = 0;            // since start, as all below
  std::uint64_t resumes = 0;
  std::uint64_t data_packets_routed = 0;
  std::uint64_t data_packets_refused = 0;
  std::uint64_t descriptions_refused = 0;
};

// Whether somebody with a valid token may come into a room now. Called from within check_join() and join(); must not
// call the manager back.
using Admission = std::function<Result<void, Error>(const std::string& room, const Grants& grants)>;

// Whether the bearer of a valid token that administers this room may do so now; `identity`: to whom, empty: to the room
// as a whole. Must not call the manager back.
using Authority =
    std::function<Result<void, Error>(const std::string& room, const Grants& grants, const std::string& identity)>;

// Error codes are those of Twirp: not_found, already_exists, invalid_argument, permission_denied, failed_precondition,
// resource_exhausted, unavailable.
class Manager {
 public:
  // config is copied; the others must outlive the manager. data: nullptr means data packets are dropped.
  Manager(Config config, MediaPlane& media, RandomSource& random, const DataCodec* data = nullptr,
          RoomObserver* observer = nullptr);
  ~Manager();
  Manager(const Manager&) = delete;
  Manager& operator=(const Manager&) = delete;

  // A token may outlive the right that it was given for: whoever keeps the rights is asked at each join. Unset:
  // everybody with a token may.
  void set_admission(Admission admission);
  // For what such a token lets its bearer do from outside the room.
  [[nodiscard]] Result<void, Error> check_admission(const std::string& room, const Grants& grants) const;

  // Likewise for each act of administration by token. Unset: everybody with such a token may.
  void set_authority(Authority authority);
  [[nodiscard]] Result<void, Error> check_authority(const std::string& room, const Grants& grants,
                                                    const std::string& identity) const;

  // ---- participants ----

  // The checks of join() without joining, for /rtc/validate and before a socket is upgraded.
  [[nodiscard]] Result<void, Error> check_join(const JoinParams& params) const;
  // The sink's first event is the JoinEvent, sent before join() returns. On an error the sink is not called.
  Result<ParticipantHandle, Error> join(TimePoint now, const JoinParams& params, SignalSink* sink);
  // The sink's first event is the ReconnectEvent. When there is no such session: one LeaveEvent{kStateMismatch,
  // kReconnect}, close(), and the error not_found.
  Result<ParticipantHandle, Error> resume(TimePoint now, const ResumeParams& params, SignalSink* sink);
  void handle_request(TimePoint now, ParticipantHandle handle, const Request& request);
  // The socket is gone without a leave: media goes on, the participant may resume.
  void signal_lost(TimePoint now, ParticipantHandle handle);

  // ---- media plane, time ----

  void handle_media_event(TimePoint now, const MediaEvent& event);
  void handle_timeout(TimePoint now);
  [[nodiscard]] TimePoint deadline() const;

  // The answer to an offer (SDP) of data channels: a connection over that protocol alone, outside of all rooms, by
  // which a client learns what its network lets through. It ends by itself. Errors: see Probes::open(), and
  // "unavailable".
  Result<std::string, Error> probe(TimePoint now, const std::string& offer, Protocol protocol);

  // ---- administration ----

  // The existing room when there is one of that name.
  Result<RoomInfo, Error> create_room(TimePoint now, const std::string& name, const RoomOptions& options);
  [[nodiscard]] std::vector<RoomInfo> list_rooms(const std::vector<std::string>& names = {}) const;  // {}: all
  Result<void, Error> delete_room(TimePoint now, const std::string& name);
  [[nodiscard]] Result<std::vector<ParticipantInfoRef>, Error> list_participants(const std::string& room) const;
  // As their clients were told last; empty where there is no such room.
  [[nodiscard]] std::vector<ConnectionQualityEvent::Entry> connection_quality(const std::string& room) const;
  [[nodiscard]] Result<ParticipantInfoRef, Error> get_participant(const std::string& room,
                                                                  const std::string& identity) const;
  Result<void, Error> remove_participant(TimePoint now, const std::string& room, const std::string& identity);
  Result<TrackInfo, Error> mute_published_track(TimePoint now, const std::string& room, const std::string& identity,
                                                const std::string& track_sid, bool muted);
  Result<ParticipantInfoRef, Error> update_participant(TimePoint now, const std::string& room,
                                                       const std::string& identity,
                                                       const UpdateParticipantParams& params);
  Result<void, Error> update_subscriptions(TimePoint now, const std::string& room, const std::string& identity,
                                           const std::vector<std::string>& track_sids, bool subscribe);
  Result<void, Error> send_data(TimePoint now, const std::string& room, const SendDataParams& params);
  Result<RoomInfo, Error> update_room_metadata(TimePoint now, const std::string& room, const std::string& metadata);

  // Stop: everybody gets leave SERVER_SHUTDOWN and rooms end; joins and new rooms are refused from now on.
  // kReconnect sends clients to whoever answers at this address next, kDisconnect ends their calls.
  void drain(TimePoint now, LeaveAction action = LeaveAction::kReconnect);

  [[nodiscard]] Stats stats() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::room

// Rooms' plain values to LiveKit's messages and back. Clients are not trusted: an enumerator that we do not know
// becomes the default of its kind.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "room/events.h"
#include "room/requests.h"
#include "room/types.h"
#include "signal/livekit/proto.h"

namespace parley::signal::livekit {

// ---- room → wire; `out` is a fresh message ----

void to_proto(const room::RoomInfo& in, pb::Room& out);
void to_proto(const room::ParticipantInfo& in, pb::ParticipantInfo& out);
void to_proto(const room::TrackInfo& in, pb::TrackInfo& out);
void to_proto(const room::Permission& in, pb::ParticipantPermission& out);
void to_proto(const room::SessionDescription& in, std::string_view type, pb::SessionDescription& out);
void to_proto(const room::AddTrackRequest& in, pb::AddTrackRequest& out);

// What a server says about itself in JoinResponse and ReconnectResponse.
struct ServerIdentity {
  // Clients switch features by this number: they take it for the version of the reference server. From 1.9.0 on RPC and
  // data streams are used; above 1.13.6 VP9 and AV1 would come as simulcast instead of SVC.
  std::string version = "1.13.5";
  std::int32_t protocol = 15;
  std::string region;
  std::string node_id;
  std::string debug_info;
  std::int32_t ping_interval = 5;  // s
  std::int32_t ping_timeout = 15;  // s
};

// Every event but RefreshTokenEvent, which needs a key to sign with and stays unset here.
[[nodiscard]] pb::SignalResponse to_response(const room::SignalEvent& event, const ServerIdentity& server);

// ---- wire → room ----

[[nodiscard]] room::Permission from_proto(const pb::ParticipantPermission& in);
[[nodiscard]] room::SessionDescription from_proto(const pb::SessionDescription& in);
[[nodiscard]] room::AddTrackRequest from_proto(const pb::AddTrackRequest& in);
[[nodiscard]] room::ClientInfo from_proto(const pb::ClientInfo& in);
[[nodiscard]] room::SyncStateRequest from_proto(const pb::SyncState& in);

// nullopt: nothing for the room (pings, data tracks, messages of the future).
[[nodiscard]] std::optional<room::Request> to_request(const pb::SignalRequest& in);

}  // namespace parley::signal::livekit

#include "signal/livekit/room_service.h"

#include "signal/livekit/convert.h"
#include "signal/livekit/data_codec.h"
#include "signal/livekit/endpoints.h"
#include "signal/livekit/grants.h"
#include "signal/livekit/twirp.h"

namespace parley::signal::livekit {

namespace {

constexpr std::string_view kRoomService = "livekit.RoomService";
constexpr std::string_view kOtherServices[] = {"livekit.Egress", "livekit.Ingress", "livekit.SIP",
                                               "livekit.AgentDispatchService"};
// A nonce is absent or a UUID's bytes.
constexpr std::size_t kNonceBytes = 16;

template <class Out>
using Reply = Result<Out, Error>;

struct Call {
  Context& context;
  const auth::VideoGrants& grants;
  const room::Grants& bearer;
  TimePoint now;
};

Error denied(std::string_view grant) {
  return {"unauthenticated", "permissions denied: the token lacks " + std::string(grant), ""};
}

Result<void, Error> require_grant(const Call& call, const std::string& room) {
  if (room.empty()) return Error{"invalid_argument", "the room is missing", "room"};
  if (!call.grants.may_administer(room)) return denied("roomAdmin for this room");
  return {};
}

Result<void, Error> require_admin(const Call& call, const std::string& room) {
  if (auto granted = require_grant(call, room); !granted) return granted;
  return call.context.rooms.check_authority(room, call.bearer, {});
}

// For what is done to somebody.
Result<void, Error> require_admin(const Call& call, const std::string& room, const std::string& identity) {
  if (auto granted = require_grant(call, room); !granted) return granted;
  if (identity.empty()) return Error{"invalid_argument", "the identity is missing", "identity"};
  return call.context.rooms.check_authority(room, call.bearer, identity);
}

template <class Out, class Value>
Reply<Out> converted(const Result<Value, Error>& value) {
  if (!value) return value.error();
  Out out;
  to_proto(*value, out);
  return out;
}

template <class Out>
Reply<Out> done(const Result<void, Error>& value) {
  if (!value) return value.error();
  return Out{};
}

// ---- one function for each method ----

Reply<pb::Room> create_room(const Call& call, const pb::CreateRoomRequest& in) {
  if (!call.grants.room_create) return denied("roomCreate");
  if (in.name().empty()) return Error{"invalid_argument", "the name is missing", "name"};
  const auto given = [](std::uint32_t value) { return value != 0 ? std::optional(value) : std::nullopt; };
  const room::RoomOptions options{given(in.empty_timeout()), given(in.departure_timeout()),
                                  given(in.max_participants()), in.metadata()};
  return converted<pb::Room>(call.context.rooms.create_room(call.now, in.name(), options));
}

Reply<pb::ListRoomsResponse> list_rooms(const Call& call, const pb::ListRoomsRequest& in) {
  if (!call.grants.room_list) return denied("roomList");
  pb::ListRoomsResponse out;
  for (const room::RoomInfo& room : call.context.rooms.list_rooms({in.names().begin(), in.names().end()})) {
    to_proto(room, *out.add_rooms());
  }
  return out;
}

Reply<pb::DeleteRoomResponse> delete_room(const Call& call, const pb::DeleteRoomRequest& in) {
  if (!call.grants.room_create) return denied("roomCreate");
  return done<pb::DeleteRoomResponse>(call.context.rooms.delete_room(call.now, in.room()));
}

Reply<pb::ListParticipantsResponse> list_participants(const Call& call, const pb::ListParticipantsRequest& in) {
  if (const auto allowed = require_admin(call, in.room()); !allowed) return allowed.error();
  const auto participants = call.context.rooms.list_participants(in.room());
  if (!participants) return participants.error();
  pb::ListParticipantsResponse out;
  for (const room::ParticipantInfoRef& participant : *participants) to_proto(*participant, *out.add_participants());
  return out;
}

Reply<pb::ParticipantInfo> participant_reply(const Result<room::ParticipantInfoRef, Error>& participant) {
  if (!participant) return participant.error();
  pb::ParticipantInfo out;
  to_proto(**participant, out);
  return out;
}

Reply<pb::ParticipantInfo> get_participant(const Call& call, const pb::RoomParticipantIdentity& in) {
  if (const auto allowed = require_admin(call, in.room()); !allowed) return allowed.error();
  if (in.identity().empty()) return Error{"invalid_argument", "the identity is missing", "identity"};
  return participant_reply(call.context.rooms.get_participant(in.room(), in.identity()));
}

Reply<pb::RemoveParticipantResponse> remove_participant(const Call& call, const pb::RoomParticipantIdentity& in) {
  if (const auto allowed = require_admin(call, in.room(), in.identity()); !allowed) return allowed.error();
  return done<pb::RemoveParticipantResponse>(call.context.rooms.remove_participant(call.now, in.room(), in.identity()));
}

Reply<pb::MuteRoomTrackResponse> mute_track(const Call& call, const pb::MuteRoomTrackRequest& in) {
  if (const auto allowed = require_admin(call, in.room(), in.identity()); !allowed) return allowed.error();
  const auto track =
      call.context.rooms.mute_published_track(call.now, in.room(), in.identity(), in.track_sid(), in.muted());
  if (!track) return track.error();
  pb::MuteRoomTrackResponse out;
  to_proto(*track, *out.mutable_track());
  return out;
}

Reply<pb::ParticipantInfo> update_participant(const Call& call, const pb::UpdateParticipantRequest& in) {
  if (const auto allowed = require_admin(call, in.room(), in.identity()); !allowed) return allowed.error();
  room::UpdateParticipantParams params;
  params.metadata = in.metadata();
  params.name = in.name();
  if (in.has_permission()) params.permission = from_proto(in.permission());
  params.attributes = {in.attributes().begin(), in.attributes().end()};
  return participant_reply(call.context.rooms.update_participant(call.now, in.room(), in.identity(), params));
}

Reply<pb::UpdateSubscriptionsResponse> update_subscriptions(const Call& call,
                                                            const pb::UpdateSubscriptionsRequest& in) {
  if (const auto allowed = require_admin(call, in.room(), in.identity()); !allowed) return allowed.error();
  std::vector<std::string> sids(in.track_sids().begin(), in.track_sids().end());
  for (const pb::ParticipantTracks& tracks : in.participant_tracks()) {
    sids.insert(sids.end(), tracks.track_sids().begin(), tracks.track_sids().end());
  }
  return done<pb::UpdateSubscriptionsResponse>(
      call.context.rooms.update_subscriptions(call.now, in.room(), in.identity(), sids, in.subscribe()));
}

Reply<pb::SendDataResponse> send_data(const Call& call, const pb::SendDataRequest& in) {
  if (const auto allowed = require_admin(call, in.room()); !allowed) return allowed.error();
  if (!in.nonce().empty() && in.nonce().size() != kNonceBytes) {
    return Error{"invalid_argument", "a nonce must have 16 bytes or none", "nonce"};
  }
  ServerPacket packet;
  packet.payload = in.data();
  packet.kind = in.kind() == pb::DataPacket::LOSSY ? room::DataKind::kLossy : room::DataKind::kReliable;
  if (in.has_topic()) packet.topic = in.topic();
  packet.destination_identities = {in.destination_identities().begin(), in.destination_identities().end()};
  packet.destination_sids = {in.destination_sids().begin(), in.destination_sids().end()};
  packet.nonce = in.nonce();
  const room::SendDataParams params{make_server_packet(packet), packet.kind, packet.destination_identities,
                                    packet.destination_sids};
  return done<pb::SendDataResponse>(call.context.rooms.send_data(call.now, in.room(), params));
}

Reply<pb::Room> update_room_metadata(const Call& call, const pb::UpdateRoomMetadataRequest& in) {
  if (const auto allowed = require_admin(call, in.room()); !allowed) return allowed.error();
  return converted<pb::Room>(call.context.rooms.update_room_metadata(call.now, in.room(), in.metadata()));
}

Error not_offered(std::string_view method) {
  return {"unimplemented", std::string(method) + " is not offered by this server", ""};
}

Reply<pb::PerformRpcResponse> perform_rpc(const Call& call, const pb::PerformRpcRequest& in) {
  if (const auto allowed = require_admin(call, in.room()); !allowed) return allowed.error();
  return not_offered("PerformRpc");
}

Reply<pb::MoveParticipantResponse> move_participant(const Call& call, const pb::MoveParticipantRequest& in) {
  if (const auto allowed = require_admin(call, in.room(), in.identity()); !allowed) return allowed.error();
  return not_offered("moving participants between rooms");
}

// ---- dispatch ----

using Method = http::Response (*)(const Call&, TwirpEncoding, const std::string& body);

template <class In, class Out, Reply<Out> (*kFunction)(const Call&, const In&)>
http::Response invoke(const Call& call, TwirpEncoding encoding, const std::string& body) {
  In in;
  if (const auto decoded = twirp_decode(encoding, body, in); !decoded) return twirp_error(decoded.error());
  const Reply<Out> reply = kFunction(call, in);
  return reply ? twirp_response(encoding, *reply) : twirp_error(reply.error());
}

struct MethodRow {
  std::string_view name;
  Method method;
};

constexpr MethodRow kMethods[] = {
    {"CreateRoom", invoke<pb::CreateRoomRequest, pb::Room, create_room>},
    {"ListRooms", invoke<pb::ListRoomsRequest, pb::ListRoomsResponse, list_rooms>},
    {"DeleteRoom", invoke<pb::DeleteRoomRequest, pb::DeleteRoomResponse, delete_room>},
    {"ListParticipants", invoke<pb::ListParticipantsRequest, pb::ListParticipantsResponse, list_participants>},
    {"GetParticipant", invoke<pb::RoomParticipantIdentity, pb::ParticipantInfo, get_participant>},
    {"RemoveParticipant", invoke<pb::RoomParticipantIdentity, pb::RemoveParticipantResponse, remove_participant>},
    {"MutePublishedTrack", invoke<pb::MuteRoomTrackRequest, pb::MuteRoomTrackResponse, mute_track>},
    {"UpdateParticipant", invoke<pb::UpdateParticipantRequest, pb::ParticipantInfo, update_participant>},
    {"UpdateSubscriptions",
     invoke<pb::UpdateSubscriptionsRequest, pb::UpdateSubscriptionsResponse, update_subscriptions>},
    {"SendData", invoke<pb::SendDataRequest, pb::SendDataResponse, send_data>},
    {"UpdateRoomMetadata", invoke<pb::UpdateRoomMetadataRequest, pb::Room, update_room_metadata>},
    {"PerformRpc", invoke<pb::PerformRpcRequest, pb::PerformRpcResponse, perform_rpc>},
    {"MoveParticipant", invoke<pb::MoveParticipantRequest, pb::MoveParticipantResponse, move_participant>},
    {"ForwardParticipant", invoke<pb::MoveParticipantRequest, pb::MoveParticipantResponse, move_participant>},
};

http::Response dispatch(Context& context, const http::Request& request) {
  const std::string_view path = request.path;
  const std::size_t slash = path.rfind('/');
  const std::string_view name = path.substr(slash + 1);
  const std::string_view service = path.substr(0, slash).substr(path.substr(0, slash).rfind('/') + 1);
  for (const std::string_view other : kOtherServices) {
    if (service == other) return twirp_error(not_offered(other));
  }
  const Error no_route{"bad_route", "no handler for path " + request.path, ""};
  if (service != kRoomService) return twirp_error(no_route);
  for (const MethodRow& row : kMethods) {
    if (row.name != name) continue;
    const auto encoding = twirp_encoding(request);
    if (!encoding) return twirp_error(encoding.error());
    const auto claims = authenticate(context, request);
    if (!claims) return twirp_error(claims.error());
    // A moderator's token of a call administers its room only while its bearer may be there.
    const room::Grants bearer = grants_from(*claims);
    const auto admitted = context.rooms.check_admission(claims->video.room, bearer);
    if (!admitted) return twirp_error(admitted.error());
    const Call call{context, claims->video, bearer, context.clock()};
    return row.method(call, *encoding, request.body);
  }
  return twirp_error(no_route);
}

}  // namespace

http::Response call_room_service(Context& context, const http::Request& request) {
  ++context.stats.api_calls;
  http::Response response = dispatch(context, request);
  if (response.status >= 400) ++context.stats.api_errors;
  context.rooms_touched();
  return response;
}

void add_room_service(http::Router& router, Context& context) {
  router.add_prefix(http::Method::post, "/twirp/",
                    [&context](const http::Request& request) -> http::awaitable<http::Response> {
                      co_return call_room_service(context, request);
                    });
}

}  // namespace parley::signal::livekit

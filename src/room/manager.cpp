#include "room/manager.h"

#include <algorithm>

#include "room/manager_impl.h"
#include "room/validation.h"

namespace parley::room {

namespace {

Result<void, Error> check_name(const Limits& limits, const std::string& name) {
  if (name.empty()) return Error{"invalid_argument", "a room needs a name", "room"};
  if (name.size() > limits.room_name) return Error{"invalid_argument", "room name is too long", "room"};
  return {};
}

Error no_room() { return {"not_found", "requested room does not exist", "room"}; }

}  // namespace

Manager::Manager(Config config, MediaPlane& media, RandomSource& random, const DataCodec* data, RoomObserver* observer)
    : impl_(std::make_unique<Impl>(std::move(config), media, random, data, observer)) {}

Manager::~Manager() = default;

void Manager::set_admission(Admission admission) { impl_->admission = std::move(admission); }

void Manager::set_authority(Authority authority) { impl_->authority = std::move(authority); }

Result<void, Error> Manager::check_authority(const std::string& room, const Grants& grants,
                                             const std::string& identity) const {
  if (!impl_->authority) return {};
  return impl_->authority(room, grants, identity);
}

Result<void, Error> Manager::check_admission(const std::string& room, const Grants& grants) const {
  if (!impl_->admission) return {};
  return impl_->admission(room, grants);
}

Result<Room*, Error> Manager::Impl::open_room(TimePoint now, const std::string& name, const RoomOptions& options) {
  if (Room* present = find(name)) return present;
  if (draining) return Error{"unavailable", "the server is stopping", ""};
  if (const auto fault = check_name(context.config.limits, name); !fault) return fault.error();
  if (rooms.size() >= context.config.limits.rooms) return Error{"resource_exhausted", "too many rooms", "room"};
  if (options.metadata.size() > context.config.limits.metadata) {
    return Error{"invalid_argument", "metadata is too long", "metadata"};
  }
  auto room = std::make_unique<Room>(context, wakeup, now, name, options);
  Room* opened = room.get();
  by_id.emplace(opened->id(), opened);
  rooms.emplace(name, std::move(room));
  return opened;
}

Room* Manager::Impl::find(const std::string& name) const {
  const auto found = rooms.find(name);
  return found == rooms.end() ? nullptr : found->second.get();
}

void Manager::Impl::settle(Room& room) {
  if (!room.finished()) return;
  by_id.erase(room.id());
  rooms.erase(rooms.find(room.name()));
}

std::pair<Room*, Participant*> Manager::Impl::resolve(ParticipantId id) const {
  const auto where = room_of.find(id);
  if (where == room_of.end()) return {};
  const auto room = by_id.find(where->second);
  if (room == by_id.end()) return {};
  Participant* participant = room->second->members().find(id);
  return {participant != nullptr ? room->second : nullptr, participant};
}

std::pair<Room*, Participant*> Manager::Impl::resolve(TransportId transport) const {
  const auto owner = context.transports.find(transport);
  return owner == context.transports.end() ? std::pair<Room*, Participant*>{} : resolve(owner->second);
}

std::pair<Room*, Participant*> Manager::Impl::resolve(ParticipantHandle handle) const {
  const auto found = resolve(handle.participant);
  if (found.second == nullptr || found.second->handle() != handle) return {};
  return found;
}

void Manager::Impl::forget_departed() {
  // Participants leave in many ways, all within their room; their entries are swept once they are the majority.
  constexpr std::size_t kSlack = 64;
  std::size_t present = 0;
  for (const auto& [id, room] : by_id) present += room->members().size();
  if (room_of.size() < 2 * present + kSlack) return;
  std::erase_if(room_of, [this](const auto& entry) { return resolve(entry.first).second == nullptr; });
}

Result<void, Error> Manager::check_join(const JoinParams& params) const {
  const Limits& limits = impl_->context.config.limits;
  if (impl_->draining) return Error{"unavailable", "the server is stopping", ""};
  if (const auto fault = check_name(limits, params.room); !fault) return fault.error();
  const Grants& grants = params.grants;
  if (grants.identity.empty()) return Error{"invalid_argument", "the token names no identity", "identity"};
  if (grants.identity.size() > limits.identity) return Error{"invalid_argument", "identity is too long", "identity"};
  auto attributes = grants.attributes;
  for (const auto& [key, value] : params.attributes) attributes[key] = value;
  const std::string& metadata = params.metadata.empty() ? grants.metadata : params.metadata;
  if (const auto fault = check_profile(limits, grants.name, metadata, attributes); !fault) return fault.error();
  if (params.add_tracks.size() > limits.tracks_per_participant) {
    return Error{"invalid_argument", "too many tracks", "add_track_requests"};
  }
  if (const auto fault = check_admission(params.room, grants); !fault) return fault.error();
  const Room* room = impl_->find(params.room);
  if (room == nullptr) {
    if (!impl_->context.config.auto_create_rooms) return no_room();
    if (impl_->rooms.size() >= limits.rooms) return Error{"resource_exhausted", "too many rooms", "room"};
    return {};
  }
  if (room->full(grants.identity)) return Error{"resource_exhausted", "the room is full", "room"};
  return {};
}

Result<ParticipantHandle, Error> Manager::join(TimePoint now, const JoinParams& params, SignalSink* sink) {
  if (const auto fault = check_join(params); !fault) return fault.error();
  const auto room = impl_->open_room(now, params.room, params.grants.room_options.value_or(RoomOptions{}));
  if (!room) return room.error();
  if ((*room)->full(params.grants.identity)) return Error{"resource_exhausted", "the room is full", "room"};
  ++impl_->context.counters.joins;
  const Participant& participant = (*room)->join(now, params, sink);
  impl_->room_of.emplace(participant.id(), (*room)->id());
  impl_->forget_departed();
  return participant.handle();
}

Result<ParticipantHandle, Error> Manager::resume(TimePoint now, const ResumeParams& params, SignalSink* sink) {
  Room* room = impl_->find(params.room);
  Participant* participant = room != nullptr ? room->members().by_sid(params.sid) : nullptr;
  const bool theirs = participant != nullptr && participant->identity() == params.grants.identity;
  if (!theirs || participant->media_dead()) {
    sink->on_event(LeaveEvent{DisconnectReason::kStateMismatch, LeaveAction::kReconnect});
    sink->close();
    return Error{"not_found", "there is no such session to resume", "sid"};
  }
  ++impl_->context.counters.resumes;
  room->resume(now, *participant, params, sink);
  return participant->handle();
}

void Manager::handle_request(TimePoint now, ParticipantHandle handle, const Request& request) {
  const auto [room, participant] = impl_->resolve(handle);
  if (participant == nullptr || !participant->connected()) return;
  room->handle_request(now, *participant, request);
  impl_->settle(*room);
}

void Manager::signal_lost(TimePoint now, ParticipantHandle handle) {
  const auto [room, participant] = impl_->resolve(handle);
  if (participant == nullptr || !participant->connected()) return;
  room->signal_lost(now, *participant);
  impl_->settle(*room);
}

void Manager::Impl::dispatch(TimePoint now, const MediaEvent& event) {
  std::visit(
      [&](const auto& e) {
        using E = std::decay_t<decltype(e)>;
        if constexpr (std::is_same_v<E, FeedStarted>) {
          const auto owner = context.feeds.find(e.feed);
          if (owner == context.feeds.end()) return;
          const auto feed = owner->second;
          const auto [room, participant] = resolve(feed.participant);
          if (participant != nullptr) room->on_feed_started(now, *participant, feed.track_sid, e);
        } else if constexpr (std::is_same_v<E, SpeakersChanged>) {
          const auto room = by_id.find(e.room);
          if (room != by_id.end()) room->second->on_speakers(e);
        } else {
          const auto [room, participant] = resolve(e.transport);
          if (participant == nullptr) return;
          if constexpr (std::is_same_v<E, TransportConnected>) {
            room->on_transport_connected(now, *participant, e.transport);
          } else if constexpr (std::is_same_v<E, DataChannelsOpen>) {
            room->on_data_channels_open(now, *participant, e.transport);
          } else if constexpr (std::is_same_v<E, TransportEnded>) {
            room->on_transport_ended(now, *participant, e);
          } else if constexpr (std::is_same_v<E, DataReceived>) {
            room->on_data(now, *participant, e);
          } else {
            room->on_quality(*participant, e);
          }
        }
      },
      event);
}

void Manager::handle_media_event(TimePoint now, const MediaEvent& event) { impl_->dispatch(now, event); }

void Manager::handle_timeout(TimePoint now) {
  impl_->wakeup.at = kNever;
  std::vector<Room*> due;
  for (const auto& [name, room] : impl_->rooms) {
    if (room->wakeup() <= now) {
      due.push_back(room.get());
    } else {
      impl_->wakeup.offer(room->wakeup());
    }
  }
  for (Room* room : due) {
    room->handle_timeout(now);
    impl_->settle(*room);
  }
  impl_->probes.handle_timeout(now);
}

Result<std::string, Error> Manager::probe(TimePoint now, const std::string& offer, Protocol protocol) {
  if (impl_->draining) return Error{"unavailable", "the server is stopping", ""};
  return impl_->probes.open(now, offer, protocol);
}

TimePoint Manager::deadline() const { return impl_->wakeup.at; }

void Manager::drain(TimePoint now, LeaveAction action) {
  impl_->draining = true;
  while (!impl_->rooms.empty()) {
    Room& room = *impl_->rooms.begin()->second;
    room.close(now, DisconnectReason::kServerShutdown, action);
    impl_->settle(room);
  }
  impl_->room_of.clear();
  impl_->probes.close();
}

Stats Manager::stats() const {
  Stats stats = impl_->context.counters;
  stats.rooms = impl_->rooms.size();
  stats.participants = 0;
  for (const auto& [name, room] : impl_->rooms) stats.participants += room->members().size();
  return stats;
}

}  // namespace parley::room

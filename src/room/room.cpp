#include "room/room.h"

#include <algorithm>
#include <array>

#include "base/log.h"

namespace parley::room {

Room::Room(Context& context, Wakeup& above, TimePoint now, std::string name, const RoomOptions& options)
    : context_(context),
      wakeup_(&above),
      id_(context.next_id()),
      sid_(context.make_sid("RM_")),
      name_(std::move(name)),
      metadata_(options.metadata),
      sif_trailer_(16),
      created_ms_(unix_milli(now)),
      empty_timeout_(context.config.timeouts.empty_room),
      departure_timeout_(context.config.timeouts.departed_room),
      max_participants_(options.max_participants.value_or(0)),
      subscribing_(context, members_),
      publishing_(context, members_, subscribing_),
      speakers_(wakeup_),
      end_(wakeup_),
      counts_(wakeup_),
      quality_(wakeup_) {
  if (options.empty_timeout.value_or(0) != 0) empty_timeout_ = std::chrono::seconds(*options.empty_timeout);
  if (options.departure_timeout.value_or(0) != 0) departure_timeout_ = std::chrono::seconds(*options.departure_timeout);
  context.random.fill(sif_trailer_);
  publishing_.set_room_info([this] { return info(); });
  end_.set(now + empty_timeout_);
  changed(now);
  context_.notify(RoomStarted{info()});
}

Room::~Room() { context_.notify(RoomFinished{info()}); }

RoomInfo Room::info() const {
  RoomInfo info;
  info.sid = sid_;
  info.name = name_;
  info.empty_timeout = static_cast<std::uint32_t>(empty_timeout_ / 1s);
  info.departure_timeout = static_cast<std::uint32_t>(departure_timeout_ / 1s);
  info.max_participants = max_participants_;
  info.creation_time_ms = created_ms_;
  info.enabled_codecs = context_.config.publish_codecs;
  info.metadata = metadata_;
  info.version = version_;
  for (const auto& [id, participant] : members_.all()) {
    info.active_recording = info.active_recording || participant->recording();
    if (participant->permission().hidden) continue;
    ++info.num_participants;
    const auto& tracks = participant->publications();
    if (std::any_of(tracks.begin(), tracks.end(), [](const auto& t) { return t->live(); })) ++info.num_publishers;
  }
  return info;
}

void Room::changed(TimePoint now) {
  const std::int64_t micro = unix_micro(now);
  version_ = {micro, micro == version_.unix_micro ? version_.ticks + 1 : 0};
}

bool Room::full(const std::string& identity) const {
  // Whoever comes back takes the place of its former self.
  const std::size_t present = members_.size() - (members_.by_identity(identity) != nullptr ? 1 : 0);
  const std::size_t limit = context_.config.limits.participants_per_room;
  return present >= limit || (max_participants_ != 0 && present >= max_participants_);
}

Participant& Room::join(TimePoint now, const JoinParams& params, SignalSink* sink) {
  if (Participant* former = members_.by_identity(params.grants.identity)) {
    remove(now, *former, DisconnectReason::kDuplicateIdentity, LeaveAction::kDisconnect);
  }
  Participant& participant = members_.add(std::make_unique<Participant>(context_, wakeup_, id_, now, params));
  const Timeouts& timeouts = context_.config.timeouts;
  end_.clear();
  participant.attach(sink);
  participant.establish.set(now + timeouts.establish);
  participant.refresh.set(now + timeouts.refresh_token_first);
  counts_.set_by(now + timeouts.room_update);
  if (!quality_.is_set()) quality_.set(now + timeouts.quality);
  changed(now);

  welcome(participant);
  subscribing_.arrived(now, participant);
  for (const AddTrackRequest& request : params.add_tracks) publishing_.add_track(now, participant, request);
  if (params.publisher_offer) on_request(now, participant, OfferRequest{*params.publisher_offer});
  if (auto* subscriber = participant.subscriber()) participant.send(subscriber->offer_now(now));
  return participant;
}

void Room::welcome(Participant& participant) {
  JoinEvent join;
  join.room = info();
  join.participant = participant.snapshot();
  for (const auto& [id, other] : members_.all()) {
    if (other.get() != &participant && other->visible()) join.others.push_back(other->snapshot());
  }
  join.ice_servers = context_.config.ice_servers;
  join.subscriber_primary = !participant.single_connection();
  join.fast_publish = participant.permission().can_publish;
  join.enabled_publish_codecs = context_.config.publish_codecs;
  join.sif_trailer = sif_trailer_;
  join.region = context_.config.region;
  participant.send(join);
}

void Room::resume(TimePoint now, Participant& participant, const ResumeParams& params, SignalSink* sink) {
  participant.attach(sink);
  participant.renew(params.grants);
  participant.drop.clear();
  participant.downlink().suspend();
  participant.send(ReconnectEvent{context_.config.ice_servers, participant.last_reliable_sequence});
  bring_up_to_date(now, participant);
  if (params.sync_state) handle_request(now, participant, *params.sync_state);
  if (!participant.connected()) return;  // its idea of the session is another
  if (params.publisher_offer) on_request(now, participant, OfferRequest{*params.publisher_offer});
  if (auto signal = participant.downlink().resume(now)) participant.send(*signal);
  send_token(now, participant);
}

void Room::bring_up_to_date(TimePoint now, Participant& participant) {
  // Clients do not infer a departure from absence. The old socket may have been dead for long before it was replaced.
  constexpr Duration kAsFarBackAsAnybodyResumes = 60s;
  if (auto gone = members_.departed_since(now - kAsFarBackAsAnybodyResumes); !gone.empty()) {
    participant.send(UpdateEvent{std::move(gone)});
  }
  UpdateEvent present{{participant.snapshot()}};
  for (const auto& [id, other] : members_.all()) {
    if (other.get() != &participant && other->visible()) present.participants.push_back(other->snapshot());
  }
  participant.send(present);
  participant.send(RoomUpdateEvent{info()});
  if (auto active = speakers_.active(); !active.empty()) participant.send(SpeakersEvent{std::move(active)});
  subscribing_.restate_qualities(participant);
}

void Room::signal_lost(TimePoint now, Participant& participant) {
  participant.detach();
  participant.downlink().suspend();
  Link* primary = participant.primary();
  const bool alive = primary != nullptr && primary->connected && !participant.media_dead();
  // Without a media path there is nothing to resume.
  if (!alive) remove(now, participant, DisconnectReason::kSignalClose, LeaveAction::kDisconnect);
}

void Room::send_away(TimePoint now, Participant& participant, DisconnectReason reason, LeaveAction action) {
  participant.leave(reason, action);
  participant.downlink().suspend();
  participant.drop.set(now + context_.config.timeouts.resume_window);
}

void Room::remove(TimePoint now, Participant& participant, DisconnectReason reason, LeaveAction action) {
  participant.leave(reason, action);
  const bool known = participant.visible();
  subscribing_.leaving(now, participant);
  publishing_.leaving(now, participant);
  participant.touch();
  if (known) members_.announce_departure(now, participant, reason);
  speakers_.remove(participant.sid());
  auto last = std::make_shared<ParticipantInfo>(*participant.snapshot());
  last->state = ParticipantState::kDisconnected;
  last->disconnect_reason = reason;
  const bool was_active = participant.was_active;
  members_.erase(participant);
  changed(now);
  context_.notify(ParticipantLeft{info(), std::move(last), was_active});
  if (members_.empty()) {
    quality_.clear();
    end_.set(now + departure_timeout_);
  } else {
    counts_.set_by(now + context_.config.timeouts.room_update);
  }
}

void Room::close(TimePoint now, DisconnectReason reason, LeaveAction action) {
  finished_ = true;
  // Nobody needs to hear of the others' departures: everybody goes.
  for (const auto& [id, participant] : members_.all()) participant->leave(reason, action);
  for (const ParticipantId id : members_.ids()) remove(now, *members_.find(id), reason, action);
}

void Room::handle_timeout(TimePoint now) {
  wakeup_.at = kNever;
  for (const ParticipantId id : members_.ids()) {
    if (Participant* participant = members_.find(id)) check_deadlines(now, *participant);
  }
  speakers_.handle_timeout(now);
  speak();
  if (quality_.due(now)) {
    measure();
    quality_.set(now + context_.config.timeouts.quality);
  }
  if (counts_.due(now)) members_.send_all(RoomUpdateEvent{info()});
  if (end_.due(now) && members_.empty()) finished_ = true;
}

void Room::check_deadlines(TimePoint now, Participant& participant) {
  if (participant.connected()) {
    if (participant.farewell.due(now)) {
      send_away(now, participant, DisconnectReason::kMediaFailure, LeaveAction::kReconnect);
    } else if (participant.downlink().overdue(now)) {
      log::info("room", "no answer to an offer", {{"participant", participant.sid()}});
      send_away(now, participant, DisconnectReason::kUnknown, LeaveAction::kResume);
    }
  }
  // Without a session changes gather until it resumes.
  if (participant.connected()) {
    if (auto signal = participant.downlink().poll(now)) participant.send(*signal);
  }
  if (participant.refresh.due(now)) send_token(now, participant);
  subscribing_.handle_timeout(now, participant);
  for (const auto& publication : participant.publications()) {
    if (auto codecs = publication->dynacast.handle_timeout(now)) {
      participant.send(SubscribedQualityEvent{publication->sid(), std::move(*codecs)});
    }
  }
  drop_if_overdue(now, participant);
}

void Room::drop_if_overdue(TimePoint now, Participant& participant) {
  const bool never_connected = participant.establish.due(now) && !participant.active();
  const bool never_resumed = participant.drop.due(now);
  if (never_connected) {
    remove(now, participant, DisconnectReason::kConnectionTimeout, LeaveAction::kDisconnect);
  } else if (never_resumed) {
    remove(now, participant, DisconnectReason::kSignalClose, LeaveAction::kDisconnect);
  }
}

void Room::send_token(TimePoint now, Participant& participant) {
  participant.send(RefreshTokenEvent{name_, participant.current_grants()});
  participant.refresh.set(now + context_.config.timeouts.refresh_token);
}

}  // namespace parley::room

// What participants ask for over signalling.
#include "room/room.h"

#include <algorithm>

#include "base/log.h"
#include "room/validation.h"

namespace parley::room {

void Room::handle_request(TimePoint now, Participant& participant, const Request& request) {
  std::visit([&](const auto& r) { on_request(now, participant, r); }, request);
}

void Room::on_request(TimePoint now, Participant& p, const OfferRequest& request) {
  if (const auto done = publishing_.handle_offer(now, p, request.description); !done) {
    refuse_description(p, "offer", done.error());
  }
}

void Room::on_request(TimePoint now, Participant& p, const AnswerRequest& request) {
  SubscriberNegotiation* subscriber = p.subscriber();
  if (subscriber == nullptr) return;
  const auto placements = subscriber->handle_answer(now, request.description);
  if (!placements) {
    refuse_description(p, "answer", placements.error());
  } else if (*placements) {
    subscribing_.apply(now, p, **placements);
  }
}

// The protocol has no echo of descriptions, so the message says which one it was and what of it.
void Room::refuse_description(Participant& p, const char* which, const Error& error) {
  ++context_.counters.descriptions_refused;
  log::warn("room", "description refused", {{"participant", p.sid()}, {"which", which}, {"error", error.message}});
  std::string message = std::string(which) + " refused: " + error.message;
  if (!error.field.empty()) message += " (" + error.field + ")";
  p.send(RequestResponseEvent{0, RequestReason::kInvalidRequest, std::move(message), {}});
}

// We are ICE-lite: the peer's checks tell us all we need of its addresses.
void Room::on_request(TimePoint /*now*/, Participant& /*p*/, const TrickleRequest& /*request*/) {}

void Room::on_request(TimePoint now, Participant& p, const AddTrackRequest& request) {
  publishing_.add_track(now, p, request);
}

void Room::on_request(TimePoint now, Participant& p, const MuteTrackRequest& request) {
  if (!publishing_.mute(now, p, request.sid, request.muted)) {
    p.send(RequestResponseEvent{0, RequestReason::kNotFound, "no such track", request});
  }
}

void Room::on_request(TimePoint now, Participant& p, const UpdateSubscriptionRequest& request) {
  subscribing_.update(now, p, request);
}

void Room::on_request(TimePoint now, Participant& p, const UpdateTrackSettingsRequest& request) {
  subscribing_.change_settings(now, p, request);
}

void Room::on_request(TimePoint now, Participant& p, const LeaveRequest& /*request*/) {
  p.close_signal();
  remove(now, p, DisconnectReason::kClientInitiated, LeaveAction::kDisconnect);
}

void Room::on_request(TimePoint now, Participant& p, const SubscriptionPermissionRequest& request) {
  if (request.track_permissions.size() > context_.config.limits.permissions) {
    p.send(RequestResponseEvent{0, RequestReason::kLimitExceeded, "too many permissions", {}});
    return;
  }
  p.rules.set(request);
  subscribing_.publisher_changed(now, p);
}

void Room::on_request(TimePoint now, Participant& p, const SyncStateRequest& request) {
  for (const auto& published : request.publish_tracks) {
    if (published.sid.empty() || p.publication(published.sid) != nullptr) continue;
    log::info("room", "client holds a track that is unknown here", {{"participant", p.sid()}});
    return send_away(now, p, DisconnectReason::kStateMismatch, LeaveAction::kReconnect);
  }
  subscribing_.update(now, p, request.subscription);
  for (const std::string& sid : request.track_sids_disabled) {
    Subscription* subscription = p.subscription(sid);
    if (subscription == nullptr) continue;
    UpdateTrackSettingsRequest settings = subscription->settings.value_or(UpdateTrackSettingsRequest{});
    if (!subscription->settings) settings.quality = VideoQuality::kHigh;
    settings.track_sids = {sid};
    settings.disabled = true;
    subscribing_.change_settings(now, p, settings);
  }
}

void Room::on_request(TimePoint now, Participant& p, const UpdateMetadataRequest& request) {
  const auto refuse = [&](RequestReason reason, std::string message) {
    p.send(RequestResponseEvent{request.request_id, reason, std::move(message), request});
  };
  if (!p.permission().can_update_metadata) {
    return refuse(RequestReason::kNotAllowed, "no permission to change own metadata");
  }
  const auto merged = merge_attributes(p.snapshot()->attributes, request.attributes);
  if (const auto fault = check_profile(context_.config.limits, request.name, request.metadata, merged); !fault) {
    return refuse(RequestReason::kLimitExceeded, fault.error().message);
  }
  ParticipantInfo& info = p.edit();
  if (!request.metadata.empty()) info.metadata = request.metadata;
  if (!request.name.empty()) info.name = request.name;
  info.attributes = merged;
  // The update is the confirmation: clients wait for it, and old ones take any response for an error.
  members_.announce(p);
  send_token(now, p);
}

void Room::on_request(TimePoint now, Participant& p, const UpdateLocalAudioTrackRequest& request) {
  publishing_.update_audio(now, p, request);
}

void Room::on_request(TimePoint now, Participant& p, const UpdateLocalVideoTrackRequest& request) {
  publishing_.update_video(now, p, request);
}

void Room::on_request(TimePoint now, Participant& p, const UpdateVideoLayersRequest& request) {
  publishing_.update_layers(now, p, request);
}

void Room::on_request(TimePoint now, Participant& p, const SimulateRequest& request) {
  using Scenario = SimulateRequest::Scenario;
  switch (request.scenario) {
    case Scenario::kSpeakerUpdate: {
      constexpr std::int64_t kLongest = 60;
      speakers_.simulate(p.sid(), now + std::chrono::seconds(std::clamp<std::int64_t>(request.value, 0, kLongest)));
      return speak();
    }
    case Scenario::kNodeFailure:
    case Scenario::kMigration:
      p.close_signal();
      return signal_lost(now, p);
    case Scenario::kServerLeave:
      return remove(now, p, DisconnectReason::kServerShutdown, LeaveAction::kDisconnect);
    case Scenario::kLeaveRequestFullReconnect:
      return send_away(now, p, DisconnectReason::kUnknown, LeaveAction::kReconnect);
    // The path is one UDP or TCP socket that the client chooses, and the bandwidth is what is measured.
    case Scenario::kSwitchCandidateProtocol:
    case Scenario::kSubscriberBandwidth:
    case Scenario::kDisconnectSignalOnResume:
    case Scenario::kDisconnectSignalOnResumeNoMessages:
      return;
  }
}

}  // namespace parley::room

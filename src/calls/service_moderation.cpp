// Lock, lobby, sending people out, silencing them.
#include <boost/json/serialize.hpp>
#include <utility>

#include "auth/audit.h"
#include "base/uuid.h"
#include "calls/service_impl.h"

namespace parley::calls {

namespace {

using auth::Action;

}  // namespace

store::AuditEntry Service::Impl::act(const auth::Subject& actor, std::string action, const std::string& call_id,
                                     const std::string& user_id) const {
  const LiveCall* live = board.find(call_id);
  std::string room_id = live != nullptr ? live->call.room_id : std::string();
  boost::json::object detail;
  if (!user_id.empty()) detail["userId"] = user_id;
  return auth::audit_entry(make_uuid(now(), parts.random), actor, std::move(action), call_id, std::move(room_id),
                           boost::json::serialize(detail));
}

Answer<CallView> Service::Impl::settle_audited(store::AuditEntry entry, auth::Subject subject, std::string call_id,
                                               Result<void, Error> done) {
  const auto self = shared_from_this();
  const bool happened = done.has_value();
  auto view = co_await settle_for(std::move(subject), std::move(call_id), std::move(done));
  if (happened) co_await auth::keep_audit(parts.database, std::move(entry));
  co_return view;
}

Answer<CallView> Service::lock(auth::Subject subject, std::string call_id, bool locked) {
  const auto impl = impl_;
  const auto allowed = co_await impl->permit(subject, call_id, Action::kCallModerate);
  if (!allowed) co_return allowed.error();
  auto entry = impl->act(subject, locked ? "call.lock" : "call.unlock", call_id, std::string());
  auto done = impl->board.set_locked(impl->now(), call_id, locked);
  co_return co_await impl->settle_audited(std::move(entry), std::move(subject), std::move(call_id), std::move(done));
}

void Service::Impl::apply_rights(const LiveCall& live, const std::string& identity) {
  const auto place = places.find(live.call.id);
  if (place == places.end()) return;
  const auto role = place->second.roles.find(user_of_identity(identity));
  const bool moderates = role != place->second.roles.end() && role->second >= auth::RoomRole::kModerator;
  parts.media.set_rights(live.call.room_id, identity, moderates ? MemberRights() : live.rights);
}

void Service::Impl::apply_rights(const LiveCall& live, const Seat& seat) {
  for (const std::string& identity : seat.media) apply_rights(live, identity);
}

Answer<CallView> Service::allow(auth::Subject subject, std::string call_id, RightsChange change) {
  const auto impl = impl_;
  const auto allowed = co_await impl->permit(subject, call_id, Action::kCallModerate);
  if (!allowed) co_return allowed.error();
  const LiveCall* live = impl->board.find(call_id);
  if (live == nullptr) co_return no_such_call();
  MemberRights rights = live->rights;
  rights.microphone = change.microphone.value_or(rights.microphone);
  rights.camera = change.camera.value_or(rights.camera);
  rights.screen_share = change.screen_share.value_or(rights.screen_share);
  auto entry = impl->act(subject, "call.allow", call_id, std::string());
  auto done = impl->board.set_rights(impl->now(), call_id, rights);
  for (const Seat& seat : live->seats) impl->apply_rights(*live, seat);
  co_return co_await impl->settle_audited(std::move(entry), std::move(subject), std::move(call_id), std::move(done));
}

Answer<CallView> Service::remove(auth::Subject subject, std::string call_id, std::string user_id) {
  const auto impl = impl_;
  // Reads the asker's role anew; then the two are compared.
  const auto moderates = co_await impl->permit(subject, call_id, Action::kCallModerate);
  if (!moderates) co_return moderates.error();
  const auto allowed = impl->permit_silence(subject, call_id, user_id);
  if (!allowed) co_return allowed.error();
  if (user_id == subject.user_id) co_return Error{"failed_precondition", "leave the call instead", "userId"};
  auto entry = impl->act(subject, "call.remove", call_id, user_id);
  auto done = impl->board.remove(impl->now(), call_id, user_id);
  co_return co_await impl->settle_audited(std::move(entry), std::move(subject), std::move(call_id), std::move(done));
}

Answer<void> Service::mute(auth::Subject subject, std::string call_id, std::string user_id, std::string track_sid) {
  const auto impl = impl_;
  // Reads the asker's role anew; then the two are compared.
  const auto moderates = co_await impl->permit(subject, call_id, Action::kCallModerate);
  if (!moderates) co_return moderates.error();
  const auto allowed = impl->permit_silence(subject, call_id, user_id);
  if (!allowed) co_return allowed.error();
  const LiveCall* live = impl->board.find(call_id);
  if (live == nullptr) co_return no_such_call();
  bool found = false;
  for (const MediaParticipant& participant : impl->parts.media.list(live->call.room_id)) {
    if (user_of_identity(participant.identity) != user_id) continue;
    for (const MediaTrack& track : participant.tracks) {
      if (track_sid.empty() ? !track.microphone : track.sid != track_sid) continue;
      found = true;
      const auto muted = impl->parts.media.mute(live->call.room_id, participant.identity, track.sid);
      if (!muted) co_return muted.error();
    }
  }
  if (!found) co_return Error{"not_found", "this person publishes no such track", "trackSid"};
  auto entry = impl->act(subject, "call.mute", call_id, user_id);
  co_await auth::keep_audit(impl->parts.database, std::move(entry));
  co_return Result<void, Error>();
}

Answer<void> Service::knock(auth::Subject subject, std::string call_id) {
  const auto impl = impl_;
  const auto allowed = co_await impl->permit(subject, call_id, Action::kCallJoin, true);
  if (!allowed) co_return allowed.error();
  auto done = impl->board.knock(impl->now(), call_id, {subject.user_id, subject.name, {}});
  impl->flush();
  co_return done;
}

Answer<void> Service::stop_knocking(auth::Subject subject, std::string call_id) {
  const auto impl = impl_;
  const auto allowed = co_await impl->permit(subject, call_id, Action::kCallJoin, true);
  if (!allowed) co_return allowed.error();
  auto done = impl->board.stop_knocking(call_id, subject.user_id);
  impl->flush();
  co_return done;
}

Answer<std::vector<Waiting>> Service::waiting(auth::Subject subject, std::string call_id) {
  const auto impl = impl_;
  const auto allowed = co_await impl->permit(subject, call_id, Action::kCallModerate);
  if (!allowed) co_return allowed.error();
  const LiveCall* live = impl->board.find(call_id);
  if (live == nullptr) co_return no_such_call();
  co_return std::vector<Waiting>(live->lobby.begin(), live->lobby.end());
}

Answer<void> Service::admit(auth::Subject subject, std::string call_id, std::string user_id) {
  const auto impl = impl_;
  const auto allowed = co_await impl->permit(subject, call_id, Action::kCallModerate);
  if (!allowed) co_return allowed.error();
  auto entry = impl->act(subject, "call.admit", call_id, user_id);
  auto done = impl->board.admit(call_id, user_id);
  impl->flush();
  if (done) co_await auth::keep_audit(impl->parts.database, std::move(entry));
  co_return done;
}

Answer<void> Service::deny(auth::Subject subject, std::string call_id, std::string user_id) {
  const auto impl = impl_;
  const auto allowed = co_await impl->permit(subject, call_id, Action::kCallModerate);
  if (!allowed) co_return allowed.error();
  auto entry = impl->act(subject, "call.deny", call_id, user_id);
  auto done = impl->board.deny(call_id, user_id);
  impl->flush();
  if (done) co_await auth::keep_audit(impl->parts.database, std::move(entry));
  co_return done;
}

}  // namespace parley::calls

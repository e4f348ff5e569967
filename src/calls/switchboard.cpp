#include "calls/switchboard.h"

#include <algorithm>

#include "base/iso_time.h"
#include "calls/media.h"

namespace parley::calls {

namespace {

using store::CallParticipantStatus;
using store::CallStatus;

Error no_call() { return {"not_found", "there is no such call, or it is over", "callId"}; }
Error not_in_call() { return {"not_found", "this person is not in the call", "userId"}; }

}  // namespace

// ---- LiveCall ----

const Seat* LiveCall::seat_of(std::string_view user_id) const {
  const auto found =
      std::find_if(seats.begin(), seats.end(), [&](const Seat& seat) { return seat.record.user_id == user_id; });
  return found == seats.end() ? nullptr : &*found;
}

std::size_t LiveCall::joined() const {
  return static_cast<std::size_t>(std::count_if(seats.begin(), seats.end(), [](const Seat& s) { return s.joined(); }));
}

bool LiveCall::lets_in(std::string_view user_id) const {
  if (barred.contains(user_id)) return false;
  return !locked || admitted.contains(user_id);
}

CallView LiveCall::view() const {
  CallView view;
  view.call = call;
  view.locked = locked;
  view.rights = rights;
  view.call.participants.reserve(seats.size());
  for (const Seat& seat : seats) view.call.participants.push_back(seat.record);
  return view;
}

// ---- finding ----

Switchboard::Entry* Switchboard::entry(std::string_view call_id) const {
  const auto found = calls_.find(call_id);
  return found == calls_.end() ? nullptr : found->second.get();
}

Switchboard::Entry* Switchboard::entry_in_room(std::string_view room_id) const {
  const auto found = by_room_.find(room_id);
  return found == by_room_.end() ? nullptr : found->second;
}

std::pair<Switchboard::Entry*, Seat*> Switchboard::media_seat(std::string_view room_id,
                                                              std::string_view identity) const {
  Entry* found = entry_in_room(room_id);
  if (found == nullptr) return {};
  Seat* place = seat(found->live, user_of_identity(identity));
  return {place != nullptr ? found : nullptr, place};
}

Result<Switchboard::Entry*, Error> Switchboard::require(std::string_view call_id) const {
  Entry* found = entry(call_id);
  if (found == nullptr) return no_call();
  return found;
}

Seat* Switchboard::seat(LiveCall& live, std::string_view user_id) {
  const auto found =
      std::find_if(live.seats.begin(), live.seats.end(), [&](const Seat& s) { return s.record.user_id == user_id; });
  return found == live.seats.end() ? nullptr : &*found;
}

Seat& Switchboard::seat_for(LiveCall& live, const Person& person) {
  if (Seat* present = seat(live, person.user_id)) return *present;
  Seat& made = live.seats.emplace_back();
  made.record.user_id = person.user_id;
  made.record.name = person.name;
  concern(live, person.user_id);
  return made;
}

void Switchboard::concern(LiveCall& live, const std::string& user_id) {
  if (live.concerned.insert(user_id).second) of_user_[user_id].insert(live.call.id);
}

std::vector<std::string> Switchboard::calls_of(std::string_view user_id) const {
  const auto found = of_user_.find(user_id);
  if (found == of_user_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

const LiveCall* Switchboard::find(std::string_view call_id) const {
  const Entry* found = entry(call_id);
  return found == nullptr ? nullptr : &found->live;
}

const LiveCall* Switchboard::in_room(std::string_view room_id) const {
  const Entry* found = entry_in_room(room_id);
  return found == nullptr ? nullptr : &found->live;
}

std::vector<const LiveCall*> Switchboard::ringing_for(std::string_view user_id) const {
  std::vector<const LiveCall*> out;
  for (const std::string& id : calls_of(user_id)) {
    const LiveCall* live = find(id);
    const Seat* place = live->seat_of(user_id);
    if (place != nullptr && place->ringing()) out.push_back(live);
  }
  return out;
}

bool Switchboard::in_call(std::string_view user_id) const { return joined_of_.contains(user_id); }

bool Switchboard::in_one_call(std::string_view user_id, std::string_view other_id) const {
  const auto ids = calls_of(user_id);
  return std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
    const LiveCall* live = find(id);
    const Seat* mine = live->seat_of(user_id);
    const Seat* theirs = live->seat_of(other_id);
    return mine != nullptr && theirs != nullptr && mine->joined() && theirs->joined();
  });
}

void Switchboard::for_each(const std::function<void(const LiveCall&)>& use) const {
  for (const auto& [id, found] : calls_) use(found->live);
}

std::vector<Effect> Switchboard::take_effects() { return std::exchange(effects_, {}); }

// ---- seats ----

void Switchboard::count_in(const std::string& user_id) {
  if (joined_of_[user_id]++ == 0) effects_.emplace_back(PresenceChanged{user_id, true});
}

void Switchboard::count_out(const std::string& user_id) {
  const auto found = joined_of_.find(user_id);
  if (--found->second > 0) return;
  joined_of_.erase(found);
  effects_.emplace_back(PresenceChanged{user_id, false});
}

void Switchboard::ring_seat(LiveCall& live, const Person& person, TimePoint until) {
  Seat& rung = seat_for(live, person);
  rung.record.status = CallParticipantStatus::kRinging;
  rung.record.busy = in_call(person.user_id);
  rung.ring_until = until;
  live.touched.insert(person.user_id);
  effects_.emplace_back(RingUser{live.call.id, person.user_id});
}

void Switchboard::update_presence(TimePoint now, Seat& seat) const {
  const bool present = !seat.media.empty() || (!seat.had_media && online_.contains(seat.record.user_id));
  if (present || !seat.joined()) {
    seat.away_since = kNever;
  } else if (seat.away_since == kNever) {
    seat.away_since = now;
  }
}

void Switchboard::seat_joins(TimePoint now, LiveCall& live, Seat& seat) {
  seat.expelled = false;
  live.admitted.insert(seat.record.user_id);
  leave_lobby(live, seat.record.user_id);
  if (seat.joined()) return;
  seat.record.status = CallParticipantStatus::kJoined;
  if (seat.record.joined_at == 0) seat.record.joined_at = unix_ms(now);
  seat.record.left_at = 0;
  seat.ring_until = kNever;
  seat.had_media = !seat.media.empty();
  seat.away_since = kNever;
  update_presence(now, seat);
  live.touched.insert(seat.record.user_id);
  count_in(seat.record.user_id);
  effects_.emplace_back(Came{live.call.id, seat.record.user_id});
  if (live.call.answered_at != 0 || seat.record.user_id == live.initiator.user_id) return;
  live.call.answered_at = unix_ms(now);
  live.call.status = CallStatus::kActive;
  live.absent.clear();
  // While it rang, nobody's absence counted.
  for (Seat& other : live.seats) {
    if (other.away_since != kNever) other.away_since = now;
  }
}

void Switchboard::seat_leaves(LiveCall& live, Seat& seat, std::int64_t at_ms) {
  seat.record.status = CallParticipantStatus::kLeft;
  seat.record.left_at = std::max(at_ms, seat.record.joined_at);
  seat.away_since = kNever;
  seat.had_media = false;
  live.touched.insert(seat.record.user_id);
  effects_.emplace_back(Went{live.call.id, seat.record.user_id});
  count_out(seat.record.user_id);
}

void Switchboard::stop_ringing(LiveCall& live, Seat& seat, CallParticipantStatus status) {
  // Who took part before and was called back did not miss the call.
  seat.record.status = seat.record.joined_at != 0 ? CallParticipantStatus::kLeft : status;
  seat.ring_until = kNever;
  live.touched.insert(seat.record.user_id);
}

bool Switchboard::leave_lobby(LiveCall& live, std::string_view user_id) {
  if (std::erase_if(live.lobby, [&](const Waiting& w) { return w.user_id == user_id; }) == 0) return false;
  effects_.emplace_back(LobbyChanged{live.call.id});
  return true;
}

void Switchboard::send_out(TimePoint now, LiveCall& live, std::string_view user_id) {
  leave_lobby(live, user_id);
  std::erase_if(live.absent, [&](const Person& p) { return p.user_id == user_id; });
  if (const auto admitted = live.admitted.find(user_id); admitted != live.admitted.end()) live.admitted.erase(admitted);
  // Even without a seat: nothing of this person stays in the media room.
  effects_.emplace_back(MediaEnds{live.call.room_id, std::string(user_id), {}});
  Seat* place = seat(live, user_id);
  if (place == nullptr) return;
  place->media.clear();
  place->tickets.clear();
  if (place->joined()) seat_leaves(live, *place, unix_ms(now));
  if (place->ringing()) stop_ringing(live, *place, CallParticipantStatus::kMissed);
}

void Switchboard::expel(TimePoint now, Entry& found, std::string_view user_id) {
  send_out(now, found.live, user_id);
  if (Seat* place = seat(found.live, user_id)) place->expelled = true;
  settle(now, found);
}

// ---- the call ----

Result<void, Error> Switchboard::start(TimePoint now, NewCall call) {
  if (by_room_.contains(call.room_id)) return Error{"already_exists", "there is a call in this room", "roomId"};
  if (calls_.size() >= config_.max_calls) return Error{"resource_exhausted", "too many calls at a time", ""};
  auto made = std::make_unique<Entry>();
  Entry& started = *made;
  started.number = next_number_++;
  LiveCall& live = started.live;
  live.call.id = call.id;
  live.call.room_id = call.room_id;
  live.call.type = call.type;
  live.call.initiator_id = call.initiator.user_id;
  live.call.started_at = unix_ms(now);
  live.room_name = std::move(call.room_name);
  live.direct = call.direct;
  live.initiator = call.initiator;
  by_number_.emplace(started.number, &started);
  by_room_.emplace(call.room_id, &started);
  calls_.emplace(call.id, std::move(made));

  seat_joins(now, live, seat_for(live, live.initiator));
  std::erase_if(call.others, [&](const Person& p) { return p.user_id == live.initiator.user_id; });
  const bool rings = call.ringing != Ringing::kNobody && !call.others.empty();
  live.call.status = rings ? CallStatus::kRinging : CallStatus::kActive;
  if (rings) {
    live.ring_until = now + config_.ring_timeout;
    std::size_t rung = 0;
    for (const Person& person : call.others) {
      const bool reached = call.direct || call.ringing == Ringing::kNamed || online_.contains(person.user_id);
      if (reached && rung++ < config_.max_rung) {
        ring_seat(live, person, live.ring_until);
      } else if (!reached && live.absent.size() < config_.max_rung) {
        live.absent.push_back(person);
        concern(live, person.user_id);
      }
    }
  }
  settle(now, started, true);
  return {};
}

Result<void, Error> Switchboard::join(TimePoint now, std::string_view call_id, const Person& person, bool moderator) {
  const auto found = require(call_id);
  if (!found) return found.error();
  LiveCall& live = (*found)->live;
  if (live.barred.contains(person.user_id)) {
    return Error{"permission_denied", "you were sent out of this call: a moderator must let you in", "callId"};
  }
  const Seat* present = live.seat_of(person.user_id);
  const bool inside = present != nullptr && present->joined();
  if (!inside && !moderator && !live.lets_in(person.user_id)) {
    return Error{"permission_denied", "the call is locked: a moderator must let you in", "callId"};
  }
  seat_joins(now, live, seat_for(live, person));
  settle(now, **found);
  return {};
}

Result<void, Error> Switchboard::decline(TimePoint now, std::string_view call_id, std::string_view user_id) {
  const auto found = require(call_id);
  if (!found) return found.error();
  Seat* place = seat((*found)->live, user_id);
  if (place == nullptr) return not_in_call();
  if (place->record.status == CallParticipantStatus::kDeclined) return {};
  if (!place->ringing()) return Error{"failed_precondition", "the call does not ring for you (any more)", "callId"};
  stop_ringing((*found)->live, *place, CallParticipantStatus::kDeclined);
  settle(now, **found);
  return {};
}

Result<void, Error> Switchboard::cancel(TimePoint now, std::string_view call_id, std::string_view user_id) {
  const auto found = require(call_id);
  if (!found) return found.error();
  const LiveCall& live = (*found)->live;
  if (live.initiator.user_id != user_id) {
    return Error{"permission_denied", "only the one who called may cancel", "callId"};
  }
  if (live.call.status != CallStatus::kRinging) {
    return Error{"failed_precondition", "the call was answered: end it instead", "callId"};
  }
  finish(now, **found, CallStatus::kCancelled);
  return {};
}

Result<void, Error> Switchboard::leave(TimePoint now, std::string_view call_id, std::string_view user_id) {
  const auto found = require(call_id);
  if (!found) return found.error();
  LiveCall& live = (*found)->live;
  Seat* place = seat(live, user_id);
  if (place == nullptr) return not_in_call();
  if (place->record.status == CallParticipantStatus::kLeft) return {};
  if (!place->joined()) return Error{"failed_precondition", "you are not in the call", "callId"};
  effects_.emplace_back(MediaEnds{live.call.room_id, place->record.user_id, {}});
  place->media.clear();
  seat_leaves(live, *place, unix_ms(now));
  settle(now, **found);
  return {};
}

Result<void, Error> Switchboard::end(TimePoint now, std::string_view call_id) {
  const auto found = require(call_id);
  if (!found) return found.error();
  const bool ringing = (*found)->live.call.status == CallStatus::kRinging;
  finish(now, **found, ringing ? CallStatus::kCancelled : CallStatus::kEnded);
  return {};
}

Result<void, Error> Switchboard::ring(TimePoint now, std::string_view call_id, const std::vector<Person>& people) {
  const auto found = require(call_id);
  if (!found) return found.error();
  LiveCall& live = (*found)->live;
  const auto ringing = static_cast<std::size_t>(
      std::count_if(live.seats.begin(), live.seats.end(), [](const Seat& s) { return s.ringing(); }));
  if (ringing + people.size() > config_.max_rung) {
    return Error{"resource_exhausted", "too many people to ring at a time", "userIds"};
  }
  for (const Person& person : people) {
    const Seat* present = live.seat_of(person.user_id);
    if (present != nullptr && (present->joined() || present->ringing())) continue;
    std::erase_if(live.absent, [&](const Person& p) { return p.user_id == person.user_id; });
    ring_seat(live, person, now + config_.ring_timeout);
  }
  settle(now, **found, true);
  return {};
}

std::optional<CallStatus> Switchboard::outcome(TimePoint now, const LiveCall& live, Duration direct_grace) {
  if (live.call.status != CallStatus::kRinging) {
    if (live.joined() == 0) return CallStatus::kEnded;
    if (live.alone_since != kNever && now >= live.alone_since + direct_grace) return CallStatus::kEnded;
    return std::nullopt;
  }
  if (live.joined() == 0) return CallStatus::kCancelled;
  bool missed = false;
  bool declined = false;
  for (const Seat& place : live.seats) {
    if (place.ringing()) return std::nullopt;
    missed = missed || place.record.status == CallParticipantStatus::kMissed;
    declined = declined || place.record.status == CallParticipantStatus::kDeclined;
  }
  if (missed) return CallStatus::kMissed;
  if (declined) return CallStatus::kDeclined;
  // Nobody was there to hear it; somebody may still connect.
  if (now < live.ring_until) return std::nullopt;
  return CallStatus::kMissed;
}

void Switchboard::settle(TimePoint now, Entry& found, bool urgent) {
  LiveCall& live = found.live;
  const bool alone = live.direct && live.call.answered_at != 0 && live.joined() == 1;
  if (!alone) {
    live.alone_since = kNever;
  } else if (live.alone_since == kNever) {
    live.alone_since = now;
  }
  if (const auto status = outcome(now, live, config_.direct_grace)) {
    finish(now, found, *status);
    return;
  }
  announce(now, live, urgent);
  queue_.schedule(found.number, found.ticket, next_deadline(now, live));
}

void Switchboard::finish(TimePoint now, Entry& found, CallStatus status) {
  LiveCall& live = found.live;
  // People who were lost went before this was noticed, and so the call ended then.
  std::int64_t ended = live.joined() > 0 ? unix_ms(now) : std::max(live.call.started_at, live.call.answered_at);
  for (const Seat& place : live.seats) ended = std::max(ended, place.record.left_at);
  for (Seat& place : live.seats) {
    if (place.ringing()) stop_ringing(live, place, CallParticipantStatus::kMissed);
    if (place.joined()) seat_leaves(live, place, ended);
  }
  live.call.status = status;
  live.call.ended_at = ended;
  live.locked = false;
  live.rights = {};
  announce(now, live, true);
  effects_.emplace_back(CallOver{live.call.id, live.call.room_id});
  drop(found);
}

void Switchboard::announce(TimePoint now, LiveCall& live, bool urgent) {
  urgent = urgent || live.call.status != live.told;
  if (live.touched.empty() && !urgent) return;
  if (!urgent && live.seats.size() > config_.crowd && now < live.announce_at) {
    if (live.announce_at == kNever) live.announce_at = now + config_.announce_every;
    return;
  }
  live.announce_at = kNever;
  live.told = live.call.status;
  effects_.emplace_back(CallChanged{live.view(), {live.touched.begin(), live.touched.end()}});
  live.touched.clear();
}

void Switchboard::drop(Entry& found) {
  for (const std::string& user_id : found.live.concerned) {
    const auto of_user = of_user_.find(user_id);
    of_user->second.erase(found.live.call.id);
    if (of_user->second.empty()) of_user_.erase(of_user);
  }
  by_number_.erase(found.number);
  by_room_.erase(found.live.call.room_id);
  const std::string id = found.live.call.id;
  calls_.erase(id);
}

// ---- moderation, lobby ----

Result<void, Error> Switchboard::set_locked(TimePoint now, std::string_view call_id, bool locked) {
  const auto found = require(call_id);
  if (!found) return found.error();
  LiveCall& live = (*found)->live;
  if (live.locked == locked) return {};
  live.locked = locked;
  if (locked) {
    live.admitted.clear();
    for (const Seat& place : live.seats) {
      if (place.joined()) live.admitted.insert(place.record.user_id);
    }
  } else {
    const auto lobby = live.lobby;
    for (const Waiting& waiting : lobby) {
      if (!live.lets_in(waiting.user_id)) continue;
      leave_lobby(live, waiting.user_id);
      effects_.emplace_back(LobbyAnswered{live.call.id, live.call.room_id, waiting.user_id, true});
    }
  }
  settle(now, **found, true);
  return {};
}

Result<void, Error> Switchboard::set_rights(TimePoint now, std::string_view call_id, const MemberRights& rights) {
  const auto found = require(call_id);
  if (!found) return found.error();
  LiveCall& live = (*found)->live;
  if (live.rights == rights) return {};
  live.rights = rights;
  settle(now, **found, true);
  return {};
}

Result<void, Error> Switchboard::remove(TimePoint now, std::string_view call_id, std::string_view user_id) {
  const auto found = require(call_id);
  if (!found) return found.error();
  LiveCall& live = (*found)->live;
  if (live.seat_of(user_id) == nullptr) return not_in_call();
  live.barred.emplace(user_id);
  send_out(now, live, user_id);
  settle(now, **found);
  return {};
}

Result<void, Error> Switchboard::knock(TimePoint now, std::string_view call_id, const Person& person) {
  const auto found = require(call_id);
  if (!found) return found.error();
  LiveCall& live = (*found)->live;
  if (live.lets_in(person.user_id)) {
    effects_.emplace_back(LobbyAnswered{live.call.id, live.call.room_id, person.user_id, true});
    return {};
  }
  const auto same = [&](const Waiting& w) { return w.user_id == person.user_id; };
  if (std::any_of(live.lobby.begin(), live.lobby.end(), same)) return {};
  if (live.lobby.size() >= config_.max_waiting) return Error{"resource_exhausted", "too many people are waiting", ""};
  live.lobby.push_back({person.user_id, person.name, unix_ms(now)});
  concern(live, person.user_id);
  effects_.emplace_back(LobbyChanged{live.call.id});
  return {};
}

Result<void, Error> Switchboard::stop_knocking(std::string_view call_id, std::string_view user_id) {
  const auto found = require(call_id);
  if (!found) return found.error();
  leave_lobby((*found)->live, user_id);
  return {};
}

Result<void, Error> Switchboard::admit(std::string_view call_id, std::string_view user_id) {
  const auto found = require(call_id);
  if (!found) return found.error();
  LiveCall& live = (*found)->live;
  const bool waited = leave_lobby(live, user_id);
  const auto barred = live.barred.find(user_id);
  if (!waited && barred == live.barred.end()) {
    return Error{"not_found", "this person neither waits nor was sent out", "userId"};
  }
  if (barred != live.barred.end()) live.barred.erase(barred);
  live.admitted.emplace(user_id);
  effects_.emplace_back(LobbyAnswered{live.call.id, live.call.room_id, std::string(user_id), true});
  return {};
}

Result<void, Error> Switchboard::deny(std::string_view call_id, std::string_view user_id) {
  const auto found = require(call_id);
  if (!found) return found.error();
  LiveCall& live = (*found)->live;
  if (!leave_lobby(live, user_id)) return Error{"not_found", "this person does not wait", "userId"};
  effects_.emplace_back(LobbyAnswered{live.call.id, live.call.room_id, std::string(user_id), false});
  return {};
}

// ---- elsewhere ----

void Switchboard::user_online(TimePoint now, std::string_view user_id) {
  online_.emplace(user_id);
  for (const std::string& id : calls_of(user_id)) {
    Entry& found = *entry(id);
    LiveCall& live = found.live;
    const auto absent =
        std::find_if(live.absent.begin(), live.absent.end(), [&](const Person& p) { return p.user_id == user_id; });
    if (Seat* place = seat(live, user_id)) {
      update_presence(now, *place);
    } else if (absent != live.absent.end() && now < live.ring_until) {
      const Person person = *absent;
      live.absent.erase(absent);
      ring_seat(live, person, live.ring_until);
    }
    settle(now, found);
  }
}

void Switchboard::user_offline(TimePoint now, std::string_view user_id) {
  if (const auto known = online_.find(user_id); known != online_.end()) online_.erase(known);
  for (const std::string& id : calls_of(user_id)) {
    Entry& found = *entry(id);
    leave_lobby(found.live, user_id);
    if (Seat* place = seat(found.live, user_id)) update_presence(now, *place);
    settle(now, found);
  }
}

void Switchboard::media_joined(TimePoint now, std::string_view room_id, std::string_view identity) {
  const auto [found, place] = media_seat(room_id, identity);
  // Who has no ticket came by an API key's token, or was sent out while on the way in.
  if (place == nullptr || !place->tickets.contains(identity)) return;
  if (!place->joined() && !found->live.lets_in(place->record.user_id)) {
    effects_.emplace_back(MediaEnds{found->live.call.room_id, place->record.user_id, std::string(identity)});
    return;
  }
  place->media.emplace(identity);
  place->had_media = true;
  if (!place->joined()) seat_joins(now, found->live, *place);
  update_presence(now, *place);
  settle(now, *found);
}

void Switchboard::media_left(TimePoint now, std::string_view room_id, std::string_view identity, bool deliberate) {
  const auto [found, place] = media_seat(room_id, identity);
  if (place == nullptr) return;
  const auto connected = place->media.find(identity);
  if (connected == place->media.end()) return;
  place->media.erase(connected);
  if (deliberate && place->media.empty() && place->joined()) {
    seat_leaves(found->live, *place, unix_ms(now));
  } else {
    update_presence(now, *place);
  }
  settle(now, *found);
}

void Switchboard::media_finished(TimePoint now, std::string_view room_id) {
  Entry* found = entry_in_room(room_id);
  if (found == nullptr) return;
  for (Seat& place : found->live.seats) {
    place.media.clear();
    update_presence(now, place);
  }
  settle(now, *found);
}

void Switchboard::member_removed(TimePoint now, std::string_view room_id, std::string_view user_id) {
  if (Entry* found = entry_in_room(room_id)) expel(now, *found, user_id);
}

void Switchboard::room_deleted(TimePoint now, std::string_view room_id) {
  if (const Entry* found = entry_in_room(room_id)) static_cast<void>(end(now, found->live.call.id));
}

void Switchboard::user_ended(TimePoint now, std::string_view user_id) {
  for (const std::string& id : calls_of(user_id)) expel(now, *entry(id), user_id);
}

void Switchboard::session_ended(TimePoint now, std::string_view user_id, std::string_view session_id) {
  for (const std::string& id : calls_of(user_id)) {
    Entry& found = *entry(id);
    Seat* place = seat(found.live, user_id);
    if (place == nullptr) continue;
    bool had_one = false;
    for (auto ticket = place->tickets.begin(); ticket != place->tickets.end();) {
      if (ticket->second != session_id) {
        ++ticket;
        continue;
      }
      had_one = true;
      effects_.emplace_back(MediaEnds{found.live.call.room_id, place->record.user_id, ticket->first});
      if (const auto media = place->media.find(ticket->first); media != place->media.end()) place->media.erase(media);
      ticket = place->tickets.erase(ticket);
    }
    if (had_one && place->tickets.empty() && place->joined()) seat_leaves(found.live, *place, unix_ms(now));
    update_presence(now, *place);
    settle(now, found);
  }
}

// ---- tokens ----

void Switchboard::note_ticket(std::string_view call_id, std::string_view user_id, std::string identity,
                              std::string session_id) {
  Entry* found = entry(call_id);
  Seat* place = found != nullptr ? seat(found->live, user_id) : nullptr;
  if (place != nullptr) place->tickets.insert_or_assign(std::move(identity), std::move(session_id));
}

Result<void, Error> Switchboard::admission(std::string_view room_id, std::string_view call_id,
                                           std::string_view identity) const {
  const auto [found, place] = media_seat(room_id, identity);
  if (found == nullptr || found->live.call.id != call_id) {
    return Error{"permission_denied", "the call that this token was made for is over, or never was yours", ""};
  }
  if (place->expelled || !place->tickets.contains(identity)) {
    return Error{"permission_denied", "this token does not count any more", ""};
  }
  if (!place->joined() && !found->live.lets_in(place->record.user_id)) {
    return Error{"permission_denied", "a moderator must let you into this call", ""};
  }
  return {};
}

// ---- time ----

TimePoint Switchboard::next_deadline(TimePoint now, const LiveCall& live) const {
  const bool ringing = live.call.status == CallStatus::kRinging;
  TimePoint next = live.announce_at;
  // Past, it says nothing any more: somebody was rung later.
  if (ringing && live.ring_until > now) next = soonest(next, live.ring_until);
  if (live.alone_since != kNever) next = soonest(next, live.alone_since + config_.direct_grace);
  for (const Seat& place : live.seats) {
    next = soonest(next, place.ring_until);
    if (!ringing && place.away_since != kNever) next = soonest(next, place.away_since + config_.gone_after);
  }
  return next;
}

void Switchboard::expire(TimePoint now, Entry& found) {
  LiveCall& live = found.live;
  const bool ringing = live.call.status == CallStatus::kRinging;
  for (Seat& place : live.seats) {
    if (place.ringing() && place.ring_until <= now) stop_ringing(live, place, CallParticipantStatus::kMissed);
    const bool gone = !ringing && place.away_since != kNever && place.away_since + config_.gone_after <= now;
    if (gone) seat_leaves(live, place, unix_ms(place.away_since));
  }
  settle(now, found);
}

void Switchboard::handle_timeout(TimePoint now) {
  while (const auto due = queue_.pop(now)) {
    const auto found = by_number_.find(due->id);
    if (found == by_number_.end() || found->second->ticket.scheduled != due->when) continue;
    found->second->ticket.scheduled = kNever;
    expire(now, *found->second);
  }
}

}  // namespace parley::calls

// From what the switchboard decided to the media plane, the database and people's devices.
#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "base/iso_time.h"
#include "base/log.h"
#include "calls/json.h"
#include "calls/service_impl.h"
#include "store/room_events.h"

namespace parley::calls {

namespace {

namespace json = boost::json;

hub::EventRef transient(std::string name, const json::object& data, std::string room_id) {
  return hub::make_event({std::move(name), json::serialize(data), std::move(room_id), 0});
}

const std::string& call_of(const Effect& effect) {
  static const std::string none;
  if (const auto* ring = std::get_if<RingUser>(&effect)) return ring->call_id;
  if (const auto* lobby = std::get_if<LobbyChanged>(&effect)) return lobby->call_id;
  if (const auto* answered = std::get_if<LobbyAnswered>(&effect)) return answered->call_id;
  return none;
}

// Worth another try: the database was away or busy. Others say that there is nothing to write to (the room is gone).
bool passes(const Error& error) {
  return error.code == "unavailable" || error.code == "resource_exhausted" || error.code == "internal";
}

}  // namespace

// ---- at once ----

void Service::Impl::end_media(const std::string& room_id, std::string_view user_id, std::string_view identity) {
  for (const MediaParticipant& participant : parts.media.list(room_id)) {
    const bool theirs =
        identity.empty() ? user_of_identity(participant.identity) == user_id : participant.identity == identity;
    if (theirs) parts.media.remove_participant(room_id, participant.identity);
  }
}

void Service::Impl::relay(Place& place) {
  for (InCallEvent& event : place.in_call.take_events()) {
    parts.hub.publish_to_users(transient(std::move(event.name), event.data, {}), event.to);
  }
}

void Service::Impl::apply_one(const Effect& effect, Pending& pending) {
  if (const auto* changed = std::get_if<CallChanged>(&effect)) {
    pending.changes.push_back(*changed);
    const store::Call& call = changed->view.call;
    if (!call.live() && call.answered_at != 0) ++counters.answered;
    if (call.status == store::CallStatus::kMissed) ++counters.missed;
  } else if (const auto* presence = std::get_if<PresenceChanged>(&effect)) {
    parts.hub.set_in_call(now(), presence->user_id, presence->in_call);
  } else if (const auto* media = std::get_if<MediaEnds>(&effect)) {
    end_media(media->room_id, media->user_id, media->identity);
  } else if (const auto* came = std::get_if<Came>(&effect)) {
    const LiveCall* live = board.find(came->call_id);
    const auto place = places.find(came->call_id);
    if (live != nullptr && place != places.end()) {
      place->second.in_call.came(came->user_id, live->seat_of(came->user_id)->record.name);
    }
  } else if (const auto* went = std::get_if<Went>(&effect)) {
    const auto place = places.find(went->call_id);
    if (place == places.end()) return;
    place->second.in_call.went(went->user_id);
    relay(place->second);
  } else if (const auto* over = std::get_if<CallOver>(&effect)) {
    places.erase(over->call_id);
    parts.media.delete_room(over->room_id);
  } else {
    pending.later.push_back(effect);
  }
}

Service::Impl::Pending Service::Impl::apply() {
  Pending pending;
  for (const Effect& effect : board.take_effects()) apply_one(effect, pending);
  arm();
  return pending;
}

// ---- written down ----

Answer<void> Service::Impl::save_all(Pending pending) {
  const auto self = shared_from_this();
  // One operation changes one call: nothing of another call waits behind it.
  Result<void, Error> outcome;
  for (CallChanged& change : pending.changes) {
    std::vector<Effect> none;
    auto saved = co_await save(std::move(change), std::move(none));
    if (!saved) outcome = std::move(saved);
  }
  tell_later(pending.later);
  co_return outcome;
}

Answer<void> Service::Impl::commit() {
  auto pending = apply();
  co_return co_await save_all(std::move(pending));
}

void Service::Impl::flush() {
  Pending pending = apply();
  for (CallChanged& change : pending.changes) {
    std::vector<Effect> later;
    std::erase_if(pending.later, [&](const Effect& effect) {
      if (call_of(effect) != change.view.call.id) return false;
      later.push_back(effect);
      return true;
    });
    boost::asio::co_spawn(parts.executor, save(std::move(change), std::move(later)), boost::asio::detached);
  }
  tell_later(pending.later);
}

Answer<void> Service::Impl::save(CallChanged change, std::vector<Effect> later) {
  const auto self = shared_from_this();
  const std::string id = change.view.call.id;
  const std::uint64_t generation = next_generation++;
  const bool whole = unsaved.contains(id);
  const auto place = places.find(id);
  const bool first = place != places.end() && !std::exchange(place->second.noted, true);
  const bool audience = whole || first || place == places.end();
  json::object body{{"call", to_json(change.view)}};
  auto job = [view = change.view, touched = change.touched, whole, first, audience, seen_at = unix_ms(now()),
              watching = observer,
              text = json::serialize(body)](store::Session& session) -> Result<store::RoomEvent, Error> {
    const store::Call& call = view.call;
    const auto saved =
        whole ? store::save_call(session, call, seen_at) : store::save_call(session, call, touched, seen_at);
    if (!saved) return saved.error();
    if (audience) {
      if (const auto noted = store::note_call_audience(session, call.id, call.room_id); !noted) return noted.error();
    }
    if (watching != nullptr) {
      if (const auto kept = watching->on_call_changed(session, view, first); !kept) return kept.error();
    }
    return store::append_room_event(session, call.room_id, "call-updated", text);
  };
  auto event = co_await parts.database.write(std::move(job));
  if (!event) {
    // The next one that is written is the first one.
    if (const auto still = places.find(id); first && still != places.end()) still->second.noted = false;
    note_failure(change, generation, event.error());
    tell_later(later);
    co_return event.error();
  }
  if (const auto open = unsaved.find(id); whole && open != unsaved.end() && open->second.generation <= generation) {
    unsaved.erase(open);
  }
  if (observer != nullptr) observer->on_committed();
  parts.hub.publish_to_room(
      now(), hub::make_event({"call-updated", std::move(event->data), change.view.call.room_id, event->seq}));
  tell_later(later);
  co_return Result<void, Error>();
}

void Service::Impl::note_failure(const CallChanged& change, std::uint64_t generation, const Error& why) {
  ++counters.write_failures;
  const store::Call& call = change.view.call;
  log::warn("calls", "a call could not be written down", {{"call", call.id}, {"code", why.code}, {"why", why.message}});
  if (!passes(why)) return;
  Unsaved& open = unsaved[call.id];
  if (open.generation < generation) open = {change.view, generation};
  retry_at = soonest(retry_at, now() + config.write_retry);
  arm();
}

// ---- told ----

hub::EventRef Service::Impl::incoming_call(const LiveCall& live, const Seat& seat) const {
  const auto text = [](const std::string& value) { return value.empty() ? json::value(nullptr) : json::value(value); };
  const json::object data{{"call", to_json(live.view())},
                          {"from", json::object{{"id", live.initiator.user_id},
                                                {"name", live.initiator.name},
                                                {"avatarUrl", text(live.initiator.avatar_url)}}},
                          {"room", json::object{{"id", live.call.room_id}, {"name", live.room_name}}},
                          {"busy", seat.record.busy},
                          {"expiresAt", to_iso(unix_ms(seat.ring_until))}};
  return transient("incoming-call", data, live.call.room_id);
}

void Service::Impl::ring(const RingUser& rung) {
  const LiveCall* live = board.find(rung.call_id);
  const Seat* seat = live != nullptr ? live->seat_of(rung.user_id) : nullptr;
  // It may have been answered, or be over, while it was written down.
  if (seat == nullptr || !seat->ringing() || !parts.hub.connected(rung.user_id)) return;
  parts.hub.publish_to_user(incoming_call(*live, *seat), rung.user_id);
}

void Service::Impl::tell_lobby(const std::string& call_id) {
  const LiveCall* live = board.find(call_id);
  const auto place = places.find(call_id);
  if (live == nullptr || place == places.end()) return;
  std::vector<std::string> moderators;
  for (const auto& [user, role] : place->second.roles) {
    if (role >= auth::RoomRole::kModerator) moderators.push_back(user);
  }
  const std::vector<Waiting> waiting(live->lobby.begin(), live->lobby.end());
  const json::object data{
      {"callId", call_id}, {"roomId", live->call.room_id}, {"waiting", to_json(std::span<const Waiting>(waiting))}};
  parts.hub.publish_to_users(transient("lobby-updated", data, live->call.room_id), moderators);
}

void Service::Impl::tell_later(const std::vector<Effect>& effects) {
  for (const Effect& effect : effects) {
    if (const auto* rung = std::get_if<RingUser>(&effect)) {
      ring(*rung);
    } else if (const auto* lobby = std::get_if<LobbyChanged>(&effect)) {
      tell_lobby(lobby->call_id);
    } else if (const auto* answered = std::get_if<LobbyAnswered>(&effect)) {
      const json::object data{{"callId", answered->call_id}, {"roomId", answered->room_id}};
      parts.hub.publish_to_user(
          transient(answered->admitted ? "lobby-admitted" : "lobby-denied", data, answered->room_id),
          answered->user_id);
    }
  }
}

}  // namespace parley::calls

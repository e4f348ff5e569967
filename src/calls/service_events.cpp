// What the service hears from the hub, the accounts and the media plane, and the passing of time.
#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "base/iso_time.h"
#include "base/log.h"
#include "calls/json.h"
#include "calls/service_impl.h"
#include "store/room_events.h"

namespace parley::calls {

namespace {

// As many as can happen while a read is under way, and more.
constexpr std::size_t kKeptRemovals = 10'000;
constexpr Duration kLongestSleep = 1h;

// The client, or somebody with authority, ended it; other reasons are accidents that the client recovers from.
bool deliberate(room::DisconnectReason reason) {
  using R = room::DisconnectReason;
  return reason == R::kClientInitiated || reason == R::kParticipantRemoved || reason == R::kRoomDeleted;
}

}  // namespace

// ---- hub ----

void Service::on_user_online(std::string_view user_id) {
  impl_->board.user_online(impl_->now(), user_id);
  if (impl_->board.in_call(user_id)) impl_->parts.hub.set_in_call(impl_->now(), user_id, true);
  impl_->flush();
}

void Service::on_user_offline(std::string_view user_id, std::int64_t /*last_seen_ms*/) {
  if (const auto rate = impl_->signal_rates.find(user_id); rate != impl_->signal_rates.end()) {
    impl_->signal_rates.erase(rate);
  }
  impl_->board.user_offline(impl_->now(), user_id);
  impl_->flush();
}

void Service::on_device_attached(hub::DeviceId device, std::string_view user_id) {
  for (const LiveCall* live : impl_->board.ringing_for(user_id)) {
    impl_->parts.hub.publish_to_device(impl_->incoming_call(*live, *live->seat_of(user_id)), device);
  }
}

void Service::Impl::note_removal(std::string room_id, std::string_view user_id) {
  removals.push_back({next_removal++, std::move(room_id), std::string(user_id)});
  if (removals.size() > kKeptRemovals) removals.pop_front();
  acquainted.clear();
}

void Service::on_member_removed(std::string_view room_id, std::string_view user_id) {
  Impl& impl = *impl_;
  const std::string room(room_id);
  impl.note_removal(room, user_id);
  if (const LiveCall* live = impl.board.in_room(room)) {
    auto& roles = impl.places.at(live->call.id).roles;
    if (const auto role = roles.find(user_id); role != roles.end()) roles.erase(role);
  }
  impl.board.member_removed(impl.now(), room, user_id);
  impl.end_media(room, user_id, {});
  impl.flush();
}

void Service::on_member_role(std::string_view room_id, std::string_view user_id, std::string_view role) {
  const LiveCall* live = impl_->board.in_room(room_id);
  if (live == nullptr) return;
  impl_->places.at(live->call.id).roles[std::string(user_id)] =
      auth::room_role_from(role).value_or(auth::RoomRole::kNone);
  if (const Seat* seat = live->seat_of(user_id)) impl_->apply_rights(*live, *seat);
}

void Service::on_room_deleted(std::string_view room_id) {
  impl_->board.room_deleted(impl_->now(), room_id);
  impl_->parts.media.delete_room(std::string(room_id));
  impl_->flush();
}

// ---- accounts ----

void Service::on_session_ended(std::string_view user_id, std::string_view session_id, std::string_view /*reason*/) {
  impl_->board.session_ended(impl_->now(), user_id, session_id);
  impl_->flush();
}

void Service::on_user_ended(std::string_view user_id, std::string_view /*reason*/) {
  impl_->note_removal({}, user_id);
  impl_->board.user_ended(impl_->now(), user_id);
  impl_->flush();
}

// ---- media ----

void Service::on_room_event(const room::RoomEvent& event) {
  boost::asio::post(impl_->parts.executor, [impl = impl_, event] { impl->on_media(event); });
}

void Service::Impl::share_changed(const std::string& room_id, const std::string& identity, const std::string& track_sid,
                                  bool started) {
  const LiveCall* live = board.in_room(room_id);
  if (live == nullptr) return;
  Place& place = places.at(live->call.id);
  if (started) {
    // Too many shares: the screen is seen all the same, it cannot be drawn on.
    static_cast<void>(place.in_call.start_share(user_of_identity(identity), track_sid));
  } else {
    place.in_call.stop_share(track_sid);
  }
  relay(place);
}

void Service::Impl::on_media(const room::RoomEvent& event) {
  if (stopped) return;
  const TimePoint at = now();
  if (const auto* joined = std::get_if<room::ParticipantJoined>(&event)) {
    board.media_joined(at, joined->room.name, joined->participant->identity);
    // Its token may be older than what it may send now.
    if (const LiveCall* live = board.in_room(joined->room.name)) apply_rights(*live, joined->participant->identity);
  } else if (const auto* left = std::get_if<room::ParticipantLeft>(&event)) {
    board.media_left(at, left->room.name, left->participant->identity,
                     deliberate(left->participant->disconnect_reason));
  } else if (const auto* finished = std::get_if<room::RoomFinished>(&event)) {
    board.media_finished(at, finished->room.name);
  } else if (const auto* published = std::get_if<room::TrackPublished>(&event)) {
    if (published->track.source == room::TrackSource::kScreenShare) {
      share_changed(published->room.name, published->participant->identity, published->track.sid, true);
    }
  } else if (const auto* unpublished = std::get_if<room::TrackUnpublished>(&event)) {
    share_changed(unpublished->room.name, unpublished->participant->identity, unpublished->track.sid, false);
  }
  flush();
}

Result<void, Error> Service::admission(const std::string& room, const room::Grants& grants) const {
  const auto call = grants.attributes.find(std::string(kCallAttribute));
  if (call == grants.attributes.end()) return {};
  return impl_->board.admission(room, call->second, grants.identity);
}

Result<void, Error> Service::authority(const std::string& room, const room::Grants& grants,
                                       const std::string& identity) const {
  const auto call = grants.attributes.find(std::string(kCallAttribute));
  if (call == grants.attributes.end()) return {};
  const LiveCall* live = impl_->board.in_room(room);
  if (live == nullptr || live->call.id != call->second) return no_such_call();
  auth::Subject bearer;
  bearer.user_id = user_of_identity(grants.identity);
  const auto allowed = identity.empty()
                           ? impl_->permit_now(bearer, call->second, auth::Action::kCallModerate)
                           : impl_->permit_silence(bearer, call->second, std::string(user_of_identity(identity)));
  if (!allowed) return allowed.error();
  return {};
}

// ---- time ----

Answer<void> Service::recover() {
  const auto impl = impl_;
  auto job = [watching = impl->observer](store::Session& session) -> Result<std::size_t, Error> {
    const auto closed = store::close_unfinished_calls(session);
    if (!closed) return closed.error();
    for (const store::Call& call : *closed) {
      CallView view;
      view.call = call;
      const boost::json::object body{{"call", to_json(view)}};
      if (watching != nullptr) {
        if (const auto kept = watching->on_call_changed(session, view, false); !kept) return kept.error();
      }
      const auto event = store::append_room_event(session, call.room_id, "call-updated", boost::json::serialize(body));
      // A room that is being deleted has no log any more.
      if (!event && event.error().code != "not_found") return event.error();
    }
    return closed->size();
  };
  const auto closed = co_await impl->parts.database.write(std::move(job));
  if (!closed) co_return closed.error();
  if (*closed > 0) log::info("calls", "calls that a stop cut short are closed", {{"calls", *closed}});
  co_return Result<void, Error>();
}

TimePoint Service::Impl::deadline() const { return soonest(soonest(board.deadline(), retry_at), touch_at); }

void Service::Impl::arm() {
  if (board.size() == 0) touch_at = kNever;
  if (board.size() > 0 && touch_at == kNever) touch_at = now() + config.touch_every;
  if (deadline() < asleep_until) timer.cancel();
}

Answer<void> Service::Impl::touch(std::int64_t seen_at) {
  const auto self = shared_from_this();
  auto job = [seen_at](store::Session& session) { return store::touch_live_calls(session, seen_at); };
  co_return co_await parts.database.write(std::move(job));
}

void Service::Impl::handle_timeout() {
  const TimePoint at = now();
  board.handle_timeout(at);
  if (at >= retry_at) {
    retry_at = kNever;
    std::vector<CallChanged> again;
    again.reserve(unsaved.size());
    for (const auto& [id, open] : unsaved) again.push_back({open.view, {}});
    for (CallChanged& change : again) {
      boost::asio::co_spawn(parts.executor, save(std::move(change), {}), boost::asio::detached);
    }
  }
  if (at >= touch_at) {
    touch_at = kNever;
    boost::asio::co_spawn(parts.executor, touch(unix_ms(at)), boost::asio::detached);
  }
  flush();
}

boost::asio::awaitable<void> Service::run() {
  const auto impl = impl_;
  while (!impl->stopped) {
    const TimePoint at = impl->now();
    const TimePoint next = impl->deadline();
    if (next <= at) {
      impl->handle_timeout();
      continue;
    }
    const Duration sleep = std::min(next == kNever ? kLongestSleep : next - at, kLongestSleep);
    impl->asleep_until = at + sleep;
    impl->timer.expires_after(std::chrono::microseconds(sleep.count()));
    co_await impl->timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    impl->asleep_until = TimePoint{};
  }
}

void Service::stop() {
  impl_->stopped = true;
  impl_->timer.cancel();
}

void Service::handle_timeout() { impl_->handle_timeout(); }
TimePoint Service::deadline() const { return impl_->deadline(); }

Service::Stats Service::stats() const {
  Stats out = impl_->counters;
  out.live_calls = impl_->board.size();
  out.ringing = 0;
  out.participants = 0;
  impl_->board.for_each([&](const LiveCall& live) {
    out.ringing += live.call.status == store::CallStatus::kRinging ? 1 : 0;
    out.participants += live.joined();
  });
  return out;
}

}  // namespace parley::calls

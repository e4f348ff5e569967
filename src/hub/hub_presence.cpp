// How present people are, who types, and what is due when.
#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "base/iso_time.h"
#include "hub/hub_impl.h"

namespace parley::hub {

namespace {

EventRef typing_event(std::string_view name, const std::string& room, std::string_view user, std::string_view who) {
  boost::json::object data{{"roomId", room}, {"userId", user}};
  if (!who.empty()) data.emplace("name", who);
  return make_event({std::string(name), boost::json::serialize(data), room, 0});
}

}  // namespace

// ---- presence ----

// Busy is a wish, so it stands over a call; a call is a fact, so it stands over being away.
Status Hub::Impl::status_of(const UserState& user) const {
  if (user.devices.empty() || user.chosen == Status::kOffline) return Status::kOffline;
  if (user.chosen == Status::kBusy) return Status::kBusy;
  if (user.in_call) return Status::kInCall;
  if (user.chosen == Status::kAway) return Status::kAway;
  Status most = Status::kAway;
  for (const Slot device : user.devices) most = std::max(most, devices_[device].status);
  return most;
}

EventRef Hub::Impl::presence_event(const UserState& user) const {
  boost::json::object data{{"userId", user.id}, {"status", to_string(user.announced)}, {"lastSeenAt", nullptr}};
  if (user.announced == Status::kOffline && user.devices.empty()) data["lastSeenAt"] = to_iso(unix_ms(user.last_seen));
  return make_event({"presence-updated", boost::json::serialize(data), {}, 0});
}

void Hub::Impl::presence_changed(TimePoint when, Slot slot) {
  UserState& user = users[slot];
  // With devices, an earlier change is still to be told at its time; without, only the last departure counts.
  const bool keeps = !user.devices.empty() && user.announce_at < when;
  if (!keeps) user.announce_at = when;
  user_queue_.schedule(slot, user.ticket, user.announce_at);
  rearm();
}

void Hub::Impl::announce(Slot slot) {
  UserState& user = users[slot];
  user.announce_at = kNever;
  const Status status = status_of(user);
  if (status != user.announced) {
    user.announced = status;
    const EventRef event = presence_event(user);
    const std::uint64_t mark = ++mark_;
    ++stats_.published;
    for (const Slot room : user.rooms) {
      if (quiet(rooms_[room])) continue;
      for (const Receiver& receiver : rooms_[room].receivers) {
        std::uint64_t& seen = devices_[receiver.slot].mark;
        if (seen == mark) continue;
        seen = mark;
        send(receiver, event);
      }
    }
  }
  if (!user.devices.empty()) return;
  const std::string id = user.id;
  const std::int64_t last_seen = unix_ms(user.last_seen);
  forget_user(slot);
  for (Listener* listener : listeners) listener->on_user_offline(id, last_seen);
}

void Hub::Impl::set_status(TimePoint now, std::string_view user, Status status) {
  const Slot slot = users.find(user);
  if (slot == kNoSlot || users[slot].devices.empty()) return;
  if (status == Status::kOnline || status == Status::kInCall) {
    users[slot].chosen.reset();
  } else {
    users[slot].chosen = status;
  }
  presence_changed(now + config_.presence_delay, slot);
}

void Hub::Impl::set_device_status(TimePoint now, DeviceId id, Status status) {
  const Slot slot = slot_of(id);
  if (slot == kNoSlot) return;
  devices_[slot].status = std::clamp(status, Status::kAway, Status::kOnline);
  presence_changed(now + config_.presence_delay, devices_[slot].user);
}

void Hub::Impl::set_in_call(TimePoint now, std::string_view user, bool in_call) {
  const Slot slot = users.find(user);
  if (slot == kNoSlot) return;
  users[slot].in_call = in_call;
  if (!users[slot].devices.empty()) presence_changed(now + config_.presence_delay, slot);
}

Presence Hub::Impl::presence_of(std::string_view user_id) const {
  const Slot slot = users.find(user_id);
  if (slot == kNoSlot) return {};
  const UserState& user = users[slot];
  // Without a device it is on its way out, or back in a moment: as the others know it.
  return {user.devices.empty() ? user.announced : status_of(user), 0};
}

// ---- typing ----

bool Hub::Impl::typing(TimePoint now, std::string_view room_id, DeviceId id, std::string_view name) {
  const Slot device = slot_of(id);
  if (device == kNoSlot) return false;
  const Slot user = devices_[device].user;
  if (!member(room_id, users[user].id)) return false;
  const Slot room_slot = rooms_.find(room_id);
  RoomState& room = rooms_[room_slot];
  if (quiet(room)) return true;
  const TimePoint expires = now + config_.typing_expires;
  const auto known = std::ranges::find(room.typing, user, &Typist::user);
  if (known != room.typing.end()) {
    known->expires = expires;
    known->device = device;
  } else {
    room.typing.push_back({user, device, std::string(name), expires});
    fan_out_to_others(room.receivers, typing_event("user-typing", room.id, users[user].id, name), user);
  }
  schedule_room(room_slot);
  return true;
}

void Hub::Impl::stop_typing(RoomState& room, Slot user) {
  const auto known = std::ranges::find(room.typing, user, &Typist::user);
  if (known == room.typing.end()) return;
  room.typing.erase(known);
  fan_out_to_others(room.receivers, typing_event("user-stop-typing", room.id, users[user].id, {}), user);
}

void Hub::Impl::stop_typing(std::string_view room, std::string_view user) {
  const Slot room_slot = rooms_.find(room);
  if (room_slot == kNoSlot || rooms_[room_slot].typing.empty()) return;
  const Slot user_slot = users.find(user);
  if (user_slot != kNoSlot) stop_typing(rooms_[room_slot], user_slot);
}

void Hub::Impl::expire_typing(TimePoint now, RoomState& room) {
  for (std::size_t i = room.typing.size(); i-- > 0;) {
    if (room.typing[i].expires <= now) stop_typing(room, room.typing[i].user);
  }
}

// ---- time ----

void Hub::Impl::schedule_room(Slot slot) {
  RoomState& room = rooms_[slot];
  TimePoint when = room.gap_due;
  for (const Typist& typist : room.typing) when = soonest(when, typist.expires);
  if (when != kNever) room_queue_.schedule(slot, room.ticket, when);
  rearm();
}

void Hub::Impl::rearm() {
  const TimePoint next = deadline();
  if (next >= alarm_at_) return;
  alarm_at_ = next;
  if (alarm) alarm(next);
}

void Hub::Impl::handle_timeout(TimePoint now) {
  while (const auto due = user_queue_.pop(now)) {
    UserState& user = users[due->id];
    if (user.ticket.scheduled != due->when) continue;  // a sooner entry took its place, or the slot has another user
    user.ticket = {};
    if (user.announce_at <= now) {
      announce(due->id);
    } else if (user.announce_at != kNever) {
      user_queue_.schedule(due->id, user.ticket, user.announce_at);
    }
  }
  while (const auto due = room_queue_.pop(now)) {
    RoomState& room = rooms_[due->id];
    if (room.ticket.scheduled != due->when) continue;
    room.ticket = {};
    expire_typing(now, room);
    if (room.gap_due <= now) {
      ++stats_.gaps;
      room.last_seq = room.held.front()->seq() - 1;
      release_held(now, due->id);
    }
    schedule_room(due->id);
  }
  alarm_at_ = kNever;
  rearm();
}

}  // namespace parley::hub

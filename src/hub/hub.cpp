#include "hub/hub.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "hub/hub_impl.h"

namespace parley::hub {

namespace {

// Order within these lists says nothing, so the last one fills the hole.
template <class T, class Match>
bool take_out(std::vector<T>& list, Match match) {
  const auto found = std::find_if(list.begin(), list.end(), match);
  if (found == list.end()) return false;
  *found = std::move(list.back());
  list.pop_back();
  return true;
}

bool has_user(const std::vector<Receiver>& list, Slot user) {
  return std::ranges::any_of(list, [user](const Receiver& receiver) { return receiver.user == user; });
}

EventRef coming_and_going(std::string_view name, std::string_view room, std::string_view user,
                          std::string_view user_name) {
  boost::json::object data{{"roomId", room}, {"userId", user}};
  if (!user_name.empty()) data.emplace("name", user_name);
  return make_event({std::string(name), boost::json::serialize(data), std::string(room), 0});
}

}  // namespace

DeviceId Hub::Impl::id_of(Slot slot) const {
  return DeviceId{(std::uint64_t{devices_[slot].generation} << 32U) | slot};
}

Slot Hub::Impl::slot_of(DeviceId id) const {
  const auto slot = static_cast<Slot>(static_cast<std::uint64_t>(id));
  if (slot >= devices_.size() || devices_[slot].device == nullptr) return kNoSlot;
  return id_of(slot) == id ? slot : kNoSlot;
}

DeviceId Hub::Impl::attach(TimePoint now, Device& device, std::string_view user, std::string_view session,
                           std::span<const Membership> rooms) {
  const bool online = users.find(user) != kNoSlot;
  const Slot user_slot = users.obtain(user);
  if (users[user_slot].devices.size() >= config_.max_devices_per_user) {
    const Slot oldest = users[user_slot].devices.front();
    devices_[oldest].device->end(kEndTooManyDevices, "another device of this account took this one's place");
    detach(now, id_of(oldest));
  }

  Slot slot = kNoSlot;
  if (free_devices_.empty()) {
    slot = static_cast<Slot>(devices_.size());
    devices_.emplace_back();
  } else {
    slot = free_devices_.back();
    free_devices_.pop_back();
  }
  DeviceState& state = devices_[slot];
  ++state.generation;
  state.device = &device;
  state.user = user_slot;
  state.session = session;
  ++device_count_;
  users[user_slot].devices.push_back(slot);

  std::vector<Slot> now_in;
  for (const Membership& membership : rooms) {
    const Slot room = rooms_.obtain(membership.room_id);
    rooms_[room].members = membership.members;
    if (std::ranges::find(now_in, room) == now_in.end()) now_in.push_back(room);
  }
  const std::vector<Slot> before = users[user_slot].rooms;
  for (const Slot room : before) {
    if (std::ranges::find(now_in, room) == now_in.end()) leave_room(user_slot, room);
  }
  for (const Slot room : now_in) {
    if (std::ranges::find(before, room) == before.end()) {
      enter_room(user_slot, room);
    } else {
      rooms_[room].receivers.push_back({&device, slot, user_slot});
    }
  }
  presence_changed(now + config_.presence_delay, user_slot);
  const DeviceId id = id_of(slot);
  for (Listener* listener : listeners) listener->on_device_attached(id, user);
  if (!online) {
    for (Listener* listener : listeners) listener->on_user_online(user);
  }
  return id;
}

void Hub::Impl::detach(TimePoint now, DeviceId id) {
  const Slot slot = slot_of(id);
  if (slot == kNoSlot) return;
  const std::string user = users[devices_[slot].user].id;
  forget_device(now, slot);
  for (Listener* listener : listeners) listener->on_device_gone(id, user);
}

void Hub::Impl::detach_slow(TimePoint now, DeviceId id) {
  const Slot slot = slot_of(id);
  if (slot == kNoSlot) return;
  ++stats_.slow_devices;
  devices_[slot].device->end(kEndSlow, "this connection takes events too slowly; connect again and name the last seq");
  detach(now, id);
}

// The user stays for Config::offline_delay, in case it is back at once.
void Hub::Impl::forget_device(TimePoint now, Slot slot) {
  DeviceState& state = devices_[slot];
  const Slot user_slot = state.user;
  UserState& user = users[user_slot];
  while (!state.open.empty()) close_room(slot, state.open.back());
  for (const Slot room_slot : user.rooms) {
    RoomState& room = rooms_[room_slot];
    take_out(room.receivers, [slot](const Receiver& receiver) { return receiver.slot == slot; });
    const bool typed_here = std::ranges::any_of(
        room.typing, [&](const Typist& typist) { return typist.user == user_slot && typist.device == slot; });
    if (typed_here) stop_typing(room, user_slot);
  }
  std::erase(user.devices, slot);
  const std::uint32_t generation = state.generation;
  state = DeviceState{};
  state.generation = generation;
  free_devices_.push_back(slot);
  --device_count_;
  if (user.devices.empty()) {
    user.last_seen = now;
    user.chosen.reset();
    presence_changed(now + config_.offline_delay, user_slot);
  } else {
    presence_changed(now + config_.presence_delay, user_slot);
  }
}

void Hub::Impl::forget_user(Slot slot) {
  const std::vector<Slot> rooms = users[slot].rooms;
  for (const Slot room : rooms) {
    std::erase(rooms_[room].users, slot);
    drop_room_if_empty(room);
  }
  users.release(slot);
}

void Hub::Impl::end_sessions(std::string_view user, std::string_view session, std::string_view code,
                             std::string_view message) {
  const Slot slot = users.find(user);
  if (slot == kNoSlot) return;
  for (const Slot device : users[slot].devices) {
    if (session.empty() || devices_[device].session == session) devices_[device].device->end(code, message);
  }
}

void Hub::Impl::enter_room(Slot user, Slot room_slot) {
  RoomState& room = rooms_[room_slot];
  users[user].rooms.push_back(room_slot);
  room.users.push_back(user);
  for (const Slot device : users[user].devices) room.receivers.push_back({devices_[device].device, device, user});
}

void Hub::Impl::leave_room(Slot user, Slot room_slot) {
  for (const Slot device : users[user].devices) close_room(device, room_slot);
  RoomState& room = rooms_[room_slot];
  stop_typing(room, user);
  std::erase_if(room.receivers, [user](const Receiver& receiver) { return receiver.user == user; });
  std::erase(room.users, user);
  std::erase(users[user].rooms, room_slot);
  drop_room_if_empty(room_slot);
}

void Hub::Impl::drop_room_if_empty(Slot room) {
  if (rooms_[room].users.empty()) rooms_.release(room);
}

bool Hub::Impl::room_opened(DeviceId id, std::string_view room_id, std::string_view name) {
  const Slot slot = slot_of(id);
  if (slot == kNoSlot || !member(room_id, users[devices_[slot].user].id)) return false;
  const Slot room_slot = rooms_.find(room_id);
  DeviceState& device = devices_[slot];
  if (std::ranges::find(device.open, room_slot) != device.open.end()) return true;
  if (device.open.size() >= config_.max_open_rooms) room_closed(id, rooms_[device.open.front()].id);
  RoomState& room = rooms_[room_slot];
  const bool there = has_user(room.open, device.user);
  device.open.push_back(room_slot);
  room.open.push_back({device.device, slot, device.user});
  if (!there && !quiet(room)) {
    fan_out_to_others(room.receivers, coming_and_going("user-joined", room.id, users[device.user].id, name),
                      device.user);
  }
  return true;
}

void Hub::Impl::room_closed(DeviceId id, std::string_view room_id) {
  const Slot slot = slot_of(id);
  const Slot room = rooms_.find(room_id);
  if (slot != kNoSlot && room != kNoSlot) close_room(slot, room);
}

void Hub::Impl::close_room(Slot slot, Slot room_slot) {
  DeviceState& device = devices_[slot];
  if (std::erase(device.open, room_slot) == 0) return;
  RoomState& room = rooms_[room_slot];
  take_out(room.open, [slot](const Receiver& receiver) { return receiver.slot == slot; });
  if (!quiet(room) && !has_user(room.open, device.user)) {
    fan_out_to_others(room.receivers, coming_and_going("user-left", room.id, users[device.user].id, {}), device.user);
  }
}

std::vector<std::string> Hub::Impl::present_in(std::string_view room_id) const {
  std::vector<std::string> ids;
  const Slot slot = rooms_.find(room_id);
  if (slot == kNoSlot) return ids;
  std::vector<Slot> seen;
  for (const Receiver& receiver : rooms_[slot].open) seen.push_back(receiver.user);
  std::ranges::sort(seen);
  seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
  ids.reserve(seen.size());
  for (const Slot user : seen) ids.push_back(users[user].id);
  return ids;
}

bool Hub::Impl::member(std::string_view room, std::string_view user) const {
  const Slot room_slot = rooms_.find(room);
  const Slot user_slot = users.find(user);
  if (room_slot == kNoSlot || user_slot == kNoSlot) return false;
  const std::vector<Slot>& in = users[user_slot].rooms;
  return std::ranges::find(in, room_slot) != in.end();
}

void Hub::Impl::member_added(std::string_view room_id, std::string_view user_id, std::size_t members) {
  const Slot user = users.find(user_id);
  if (const Slot known = rooms_.find(room_id); known != kNoSlot) rooms_[known].members = members;
  if (user == kNoSlot || member(room_id, user_id)) return;
  const Slot slot = rooms_.obtain(room_id);
  RoomState& room = rooms_[slot];
  room.members = members;
  enter_room(user, slot);
  if (!quiet(room) && users[user].announced != Status::kOffline) {
    fan_out_to_others(room.receivers, presence_event(users[user]), user);
  }
}

void Hub::Impl::member_removed(std::string_view room_id, std::string_view user_id, std::size_t members) {
  const Slot room = rooms_.find(room_id);
  if (room != kNoSlot) rooms_[room].members = members;
  if (member(room_id, user_id)) leave_room(users.find(user_id), room);
  for (Listener* listener : listeners) listener->on_member_removed(room_id, user_id);
}

void Hub::Impl::room_deleted(std::string_view room_id) {
  const Slot slot = rooms_.find(room_id);
  if (slot != kNoSlot) {
    // Nobody needs to be told one by one who left.
    rooms_[slot].members = config_.quiet_room_size + 1;
    const std::vector<Slot> everybody = rooms_[slot].users;
    for (const Slot user : everybody) leave_room(user, slot);
  }
  for (Listener* listener : listeners) listener->on_room_deleted(room_id);
}

Stats Hub::Impl::stats() const {
  Stats stats = stats_;
  stats.devices = device_count_;
  stats.users = users.size();
  stats.rooms = rooms_.size();
  return stats;
}

// ---- Hub ----

Hub::Hub(Config config) : impl_(std::make_unique<Impl>(config)) {}
Hub::~Hub() = default;

void Hub::add_listener(Listener& listener) { impl_->listeners.push_back(&listener); }
void Hub::remove_listener(Listener& listener) { std::erase(impl_->listeners, &listener); }

DeviceId Hub::attach(TimePoint now, Device& device, std::string_view user, std::string_view session,
                     std::span<const Membership> rooms) {
  return impl_->attach(now, device, user, session, rooms);
}
void Hub::detach(TimePoint now, DeviceId device) { impl_->detach(now, device); }
void Hub::detach_slow(TimePoint now, DeviceId device) { impl_->detach_slow(now, device); }
void Hub::end_sessions(std::string_view user, std::string_view session, std::string_view reason_code,
                       std::string_view message) {
  impl_->end_sessions(user, session, reason_code, message);
}
bool Hub::connected(std::string_view user) const {
  const Slot slot = impl_->users.find(user);
  return slot != kNoSlot && !impl_->users[slot].devices.empty();
}
std::vector<DeviceId> Hub::devices_of(std::string_view user) const {
  std::vector<DeviceId> ids;
  const Slot slot = impl_->users.find(user);
  if (slot == kNoSlot) return ids;
  for (const Slot device : impl_->users[slot].devices) ids.push_back(impl_->id_of(device));
  return ids;
}
bool Hub::attached(DeviceId device) const { return impl_->slot_of(device) != kNoSlot; }

bool Hub::room_opened(TimePoint /*now*/, DeviceId device, std::string_view room, std::string_view name) {
  return impl_->room_opened(device, room, name);
}
void Hub::room_closed(TimePoint /*now*/, DeviceId device, std::string_view room) { impl_->room_closed(device, room); }
std::vector<std::string> Hub::present_in(std::string_view room) const { return impl_->present_in(room); }
bool Hub::member(std::string_view room, std::string_view user) const { return impl_->member(room, user); }
void Hub::member_added(TimePoint /*now*/, std::string_view room, std::string_view user, std::size_t members) {
  impl_->member_added(room, user, members);
}
void Hub::member_removed(TimePoint /*now*/, std::string_view room, std::string_view user, std::size_t members) {
  impl_->member_removed(room, user, members);
}
void Hub::member_role(std::string_view room, std::string_view user, std::string_view role) {
  for (Listener* listener : impl_->listeners) listener->on_member_role(room, user, role);
}
void Hub::room_deleted(TimePoint /*now*/, std::string_view room) { impl_->room_deleted(room); }

void Hub::publish_to_room(TimePoint now, const EventRef& event) { impl_->publish_to_room(now, event); }
void Hub::publish_to_open(const EventRef& event) { impl_->publish_to_open(event); }
void Hub::publish_to_users(const EventRef& event, std::span<const std::string> users) {
  impl_->publish_to_users(event, users);
}
void Hub::publish_to_user(const EventRef& event, std::string_view user) {
  const std::string one(user);
  impl_->publish_to_users(event, {&one, 1});
}
void Hub::publish_to_others(const EventRef& event, std::string_view user) { impl_->publish_to_others(event, user); }
bool Hub::publish_to_device(const EventRef& event, DeviceId device) { return impl_->publish_to_device(event, device); }

void Hub::set_status(TimePoint now, std::string_view user, Status status) { impl_->set_status(now, user, status); }
void Hub::set_device_status(TimePoint now, DeviceId device, Status status) {
  impl_->set_device_status(now, device, status);
}
void Hub::set_in_call(TimePoint now, std::string_view user, bool in_call) { impl_->set_in_call(now, user, in_call); }
Presence Hub::presence_of(std::string_view user) const { return impl_->presence_of(user); }
bool Hub::typing(TimePoint now, std::string_view room, DeviceId device, std::string_view name) {
  return impl_->typing(now, room, device, name);
}
void Hub::stop_typing(TimePoint /*now*/, std::string_view room, std::string_view user) {
  impl_->stop_typing(room, user);
}
TimePoint Hub::deadline() const { return impl_->deadline(); }
void Hub::handle_timeout(TimePoint now) { impl_->handle_timeout(now); }
void Hub::set_alarm(std::function<void(TimePoint)> alarm) { impl_->alarm = std::move(alarm); }
Stats Hub::stats() const { return impl_->stats(); }

}  // namespace parley::hub

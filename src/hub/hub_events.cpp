// Events on their way to devices, in the order of their numbers.
#include <algorithm>

#include "hub/hub_impl.h"

namespace parley::hub {

void Hub::Impl::send(Receiver receiver, const EventRef& event) {
  ++stats_.delivered;
  receiver.device->deliver(event);
}

void Hub::Impl::fan_out(const RoomState& room, const EventRef& event) {
  ++stats_.published;
  stats_.delivered += room.receivers.size();
  for (const Receiver& receiver : room.receivers) receiver.device->deliver(event);
}

void Hub::Impl::fan_out_to_others(const std::vector<Receiver>& receivers, const EventRef& event, Slot user) {
  ++stats_.published;
  for (const Receiver& receiver : receivers) {
    if (receiver.user != user) send(receiver, event);
  }
}

void Hub::Impl::publish_to_room(TimePoint now, const EventRef& event) {
  const Slot slot = rooms_.find(event->room_id());
  if (slot == kNoSlot) return;
  RoomState& room = rooms_[slot];
  const std::int64_t seq = event->seq();
  if (seq == 0) return fan_out(room, event);
  if (room.last_seq != 0 && seq <= room.last_seq) {
    ++stats_.late;
    return;
  }
  if (room.last_seq != 0 && seq > room.last_seq + 1) return hold(now, slot, event);
  room.last_seq = seq;
  fan_out(room, event);
  if (!room.held.empty()) release_held(now, slot);
}

void Hub::Impl::hold(TimePoint now, Slot slot, const EventRef& event) {
  RoomState& room = rooms_[slot];
  const auto place = std::ranges::lower_bound(room.held, event->seq(), {}, &SharedEvent::seq);
  if (place != room.held.end() && (*place)->seq() == event->seq()) return;
  room.held.insert(place, event);
  ++stats_.held;
  if (room.held.size() > config_.max_held) {
    ++stats_.gaps;
    room.last_seq = room.held.front()->seq() - 1;
    return release_held(now, slot);
  }
  if (room.gap_due == kNever) room.gap_due = now + config_.gap_delay;
  schedule_room(slot);
}

// Sends what follows on the last event that went out, up to the next gap.
void Hub::Impl::release_held(TimePoint now, Slot slot) {
  RoomState& room = rooms_[slot];
  std::size_t sent = 0;
  while (sent < room.held.size() && room.held[sent]->seq() == room.last_seq + 1) {
    ++room.last_seq;
    fan_out(room, room.held[sent++]);
  }
  room.held.erase(room.held.begin(), room.held.begin() + static_cast<std::ptrdiff_t>(sent));
  stats_.held -= sent;
  room.gap_due = room.held.empty() ? kNever : now + config_.gap_delay;
  schedule_room(slot);
}

void Hub::Impl::publish_to_open(const EventRef& event) {
  const Slot slot = rooms_.find(event->room_id());
  if (slot == kNoSlot) return;
  fan_out_to_others(rooms_[slot].open, event, kNoSlot);
}

void Hub::Impl::publish_to_users(const EventRef& event, std::span<const std::string> user_ids) {
  ++stats_.published;
  for (const std::string& id : user_ids) {
    const Slot slot = users.find(id);
    if (slot == kNoSlot) continue;
    for (const Slot device : users[slot].devices) send({devices_[device].device, device, slot}, event);
  }
}

void Hub::Impl::publish_to_others(const EventRef& event, std::string_view user) {
  const Slot slot = rooms_.find(event->room_id());
  if (slot != kNoSlot) fan_out_to_others(rooms_[slot].receivers, event, users.find(user));
}

bool Hub::Impl::publish_to_device(const EventRef& event, DeviceId id) {
  const Slot slot = slot_of(id);
  if (slot == kNoSlot) return false;
  ++stats_.published;
  send({devices_[slot].device, slot, devices_[slot].user}, event);
  return true;
}

}  // namespace parley::hub

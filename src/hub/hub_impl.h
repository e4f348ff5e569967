// The inside of the hub. hub.cpp: devices and members; hub_events.cpp: events and their order; hub_presence.cpp:
// presence, typing, time.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/deadline_queue.h"
#include "hub/hub.h"
#include "hub/slots.h"

namespace parley::hub {

// A device in a room's list: all that a fan-out needs in one place.
struct Receiver {
  Device* device = nullptr;
  Slot slot = kNoSlot;  // of the device
  Slot user = kNoSlot;
};

struct DeviceState {
  Device* device = nullptr;  // null: the slot is free
  std::uint32_t generation = 0;
  Slot user = kNoSlot;
  std::string session;
  std::vector<Slot> open;  // rooms
  Status status = Status::kOnline;
  std::uint64_t mark = 0;  // of the last fan-out over several rooms that reached it
};

struct UserState {
  std::string id;
  std::vector<Slot> devices;  // oldest first
  std::vector<Slot> rooms;
  std::optional<Status> chosen;  // by the person, over what the devices say
  bool in_call = false;
  Status announced = Status::kOffline;
  TimePoint announce_at = kNever;
  TimePoint last_seen{};  // without devices: when the last one went
  DeadlineQueue<Slot>::Ticket ticket;
};

struct Typist {
  Slot user = kNoSlot;
  Slot device = kNoSlot;
  std::string name;
  TimePoint expires{};
};

struct RoomState {
  std::string id;
  std::size_t members = 0;  // connected or not
  std::vector<Slot> users;  // connected ones
  std::vector<Receiver> receivers;
  std::vector<Receiver> open;
  std::int64_t last_seq = 0;   // of the last persistent event that went out; 0: none yet
  std::vector<EventRef> held;  // by seq; they wait for earlier ones
  TimePoint gap_due = kNever;
  std::vector<Typist> typing;
  DeadlineQueue<Slot>::Ticket ticket;
};

class Hub::Impl {
 public:
  explicit Impl(Config config) : config_(config) {}

  // ---- devices (hub.cpp) ----
  DeviceId attach(TimePoint now, Device& device, std::string_view user, std::string_view session,
                  std::span<const Membership> rooms);
  void detach(TimePoint now, DeviceId id);
  void detach_slow(TimePoint now, DeviceId id);
  void end_sessions(std::string_view user, std::string_view session, std::string_view code, std::string_view message);
  bool room_opened(DeviceId id, std::string_view room, std::string_view name);
  void room_closed(DeviceId id, std::string_view room);
  [[nodiscard]] std::vector<std::string> present_in(std::string_view room) const;
  [[nodiscard]] bool member(std::string_view room, std::string_view user) const;
  void member_added(std::string_view room, std::string_view user, std::size_t members);
  void member_removed(std::string_view room, std::string_view user, std::size_t members);
  void room_deleted(std::string_view room);
  [[nodiscard]] Slot slot_of(DeviceId id) const;  // kNoSlot: gone
  [[nodiscard]] DeviceId id_of(Slot slot) const;
  [[nodiscard]] Stats stats() const;

  // ---- events (hub_events.cpp) ----
  void publish_to_room(TimePoint now, const EventRef& event);
  void publish_to_open(const EventRef& event);
  void publish_to_users(const EventRef& event, std::span<const std::string> users);
  void publish_to_others(const EventRef& event, std::string_view user);
  bool publish_to_device(const EventRef& event, DeviceId id);

  // ---- presence, typing, time (hub_presence.cpp) ----
  void set_status(TimePoint now, std::string_view user, Status status);
  void set_device_status(TimePoint now, DeviceId id, Status status);
  void set_in_call(TimePoint now, std::string_view user, bool in_call);
  [[nodiscard]] Presence presence_of(std::string_view user) const;
  bool typing(TimePoint now, std::string_view room, DeviceId id, std::string_view name);
  void stop_typing(std::string_view room, std::string_view user);
  [[nodiscard]] TimePoint deadline() const { return soonest(user_queue_.next(), room_queue_.next()); }
  void handle_timeout(TimePoint now);

  std::vector<Listener*> listeners;
  std::function<void(TimePoint)> alarm;
  NamedSlots<UserState> users;

 private:
  // hub.cpp
  void forget_device(TimePoint now, Slot slot);
  void forget_user(Slot slot);
  void enter_room(Slot user, Slot room);
  void leave_room(Slot user, Slot room);
  void drop_room_if_empty(Slot room);
  void close_room(Slot device, Slot room);
  [[nodiscard]] bool quiet(const RoomState& room) const { return room.members > config_.quiet_room_size; }
  // hub_events.cpp
  void send(Receiver receiver, const EventRef& event);
  void fan_out(const RoomState& room, const EventRef& event);
  void fan_out_to_others(const std::vector<Receiver>& receivers, const EventRef& event, Slot user);
  void hold(TimePoint now, Slot slot, const EventRef& event);
  void release_held(TimePoint now, Slot slot);
  // hub_presence.cpp
  [[nodiscard]] Status status_of(const UserState& user) const;
  [[nodiscard]] EventRef presence_event(const UserState& user) const;
  void presence_changed(TimePoint when, Slot user);
  void announce(Slot user);
  void stop_typing(RoomState& room, Slot user);
  void expire_typing(TimePoint now, RoomState& room);
  void schedule_room(Slot room);
  void rearm();

  Config config_;
  std::deque<DeviceState> devices_;
  std::vector<Slot> free_devices_;
  std::size_t device_count_ = 0;
  NamedSlots<RoomState> rooms_;
  DeadlineQueue<Slot> user_queue_;
  DeadlineQueue<Slot> room_queue_;
  TimePoint alarm_at_ = kNever;
  std::uint64_t mark_ = 0;
  Stats stats_;
};

}  // namespace parley::hub

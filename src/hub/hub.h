// Who is connected, and who gets which event. Sans-IO: no socket, no clock, no lock; the control thread owns it.
//
//   chat, calls, files ── publish_to_room(event) ──→ order by seq ──→ the room's devices ──→ Device::deliver
//   transport ── attach, detach, room_opened ──→ members, presence, typing ──→ presence-updated, user-typing, …
//                                                       └──→ Listener (media, calls, downloads)
//
// Only connected people are kept, so memory is bounded by the sockets. A room that nobody connected belongs to is
// unknown here. Who belongs to a room is what attach(), member_added() and member_removed() say.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "hub/device.h"
#include "hub/event.h"
#include "hub/presence.h"

namespace parley::hub {

struct Config {
  std::size_t quiet_room_size = 200;  // rooms with more members have no presence, typing, user-joined and user-left
  Duration typing_expires = 6s;
  Duration presence_delay = 100ms;  // several changes within it become one event
  Duration offline_delay = 2s;      // a device that is back within it was never away
  Duration gap_delay = 500ms;       // how long an event waits for those numbered before it
  std::size_t max_held = 1'000;     // events of one room that wait for earlier ones
  std::size_t max_devices_per_user = 32;
  std::size_t max_open_rooms = 64;  // of one device; opening one more closes the oldest
};

// What happens to people, for the parts that must react: media, calls, downloads. Called at the end of the hub's own
// work, so a listener may call the hub.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void on_user_online(std::string_view /*user*/) {}  // first device
  virtual void on_user_offline(std::string_view /*user*/, std::int64_t /*last_seen_ms*/) {
  }                                                                                   // after Config::offline_delay
  virtual void on_device_attached(DeviceId /*device*/, std::string_view /*user*/) {}  // each one; before on_user_online
  virtual void on_device_gone(DeviceId /*device*/, std::string_view /*user*/) {}
  virtual void on_member_removed(std::string_view /*room*/, std::string_view /*user*/) {}  // connected or not
  virtual void on_member_role(std::string_view /*room*/, std::string_view /*user*/, std::string_view /*role*/) {}
  virtual void on_room_deleted(std::string_view /*room*/) {}
};

// A room that the attaching user belongs to.
struct Membership {
  std::string room_id;
  std::size_t members = 0;  // of the room, connected or not
};

struct Stats {
  std::size_t devices = 0;
  std::size_t users = 0;
  std::size_t rooms = 0;  // with somebody connected
  std::size_t held = 0;   // events that wait for earlier ones now
  std::uint64_t published = 0;
  std::uint64_t delivered = 0;
  std::uint64_t gaps = 0;  // times an event waited in vain for an earlier one
  std::uint64_t late = 0;  // events that came after a later one had gone out; not delivered, clients fetch them
  std::uint64_t slow_devices = 0;
};

class Hub {
 public:
  explicit Hub(Config config);
  ~Hub();
  Hub(const Hub&) = delete;
  Hub& operator=(const Hub&) = delete;

  // Told in the order of adding, until removed. A listener that is not removed outlives the hub.
  void add_listener(Listener& listener);
  void remove_listener(Listener& listener);

  // ---- devices ----
  // `rooms` holds all rooms of the user; it replaces what was known of the user. The oldest device of a user who has
  // Config::max_devices_per_user is ended.
  DeviceId attach(TimePoint now, Device& device, std::string_view user, std::string_view session,
                  std::span<const Membership> rooms);
  void detach(TimePoint now, DeviceId device);
  // Ends it with kEndSlow and forgets it.
  void detach_slow(TimePoint now, DeviceId device);
  // Device::end() for each; the transport detaches. An empty session: all of the user's.
  void end_sessions(std::string_view user, std::string_view session, std::string_view reason_code,
                    std::string_view message);
  [[nodiscard]] bool connected(std::string_view user) const;
  [[nodiscard]] std::vector<DeviceId> devices_of(std::string_view user) const;
  [[nodiscard]] bool attached(DeviceId device) const;

  // ---- rooms and members ----
  // The device shows the room. `name` is the user's, for user-joined. False: the device is gone or its user does not
  // belong to the room.
  bool room_opened(TimePoint now, DeviceId device, std::string_view room, std::string_view name = {});
  void room_closed(TimePoint now, DeviceId device, std::string_view room);
  // People who have the room open on some device.
  [[nodiscard]] std::vector<std::string> present_in(std::string_view room) const;
  [[nodiscard]] bool member(std::string_view room, std::string_view user) const;  // connected members only
  // `members` is the room's new number of members.
  void member_added(TimePoint now, std::string_view room, std::string_view user, std::size_t members);
  // From here on, nothing of the room reaches the user.
  void member_removed(TimePoint now, std::string_view room, std::string_view user, std::size_t members);
  void member_role(std::string_view room, std::string_view user, std::string_view role);  // tells the listeners
  void room_deleted(TimePoint now, std::string_view room);

  // ---- events ----
  // To every connected device of every member. Persistent events (seq > 0) go out in the order of seq whatever order
  // they come in; one that comes after a later one has gone out is not delivered and clients see the gap.
  void publish_to_room(TimePoint now, const EventRef& event);
  // To devices that have the room open.
  void publish_to_open(const EventRef& event);
  void publish_to_users(const EventRef& event, std::span<const std::string> users);
  void publish_to_user(const EventRef& event, std::string_view user);
  // The members of the room but one; for what concerns the others only.
  void publish_to_others(const EventRef& event, std::string_view user);
  bool publish_to_device(const EventRef& event, DeviceId device);  // false: gone

  // ---- presence ----
  // What the person says of themselves: kAway, kBusy, kOffline (hidden), or kOnline: as the devices say. It lasts until
  // the last device is gone.
  void set_status(TimePoint now, std::string_view user, Status status);
  // What a device says of itself: kOnline, kAway (nobody touches it) or kBusy. The most present device counts.
  void set_device_status(TimePoint now, DeviceId device, Status status);
  void set_in_call(TimePoint now, std::string_view user, bool in_call);
  // Who is not connected is offline with last_seen_ms 0: the account knows since when.
  [[nodiscard]] Presence presence_of(std::string_view user) const;

  // ---- typing ----
  // False: the device is gone or its user does not belong to the room.
  bool typing(TimePoint now, std::string_view room, DeviceId device, std::string_view name);
  void stop_typing(TimePoint now, std::string_view room, std::string_view user);

  // ---- time ----
  [[nodiscard]] TimePoint deadline() const;
  void handle_timeout(TimePoint now);
  // Called whenever deadline() became sooner; whoever drives the hub rearms its timer.
  void set_alarm(std::function<void(TimePoint)> alarm);

  [[nodiscard]] Stats stats() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::hub

#include "hub/hub.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <memory>
#include <string>
#include <vector>

namespace parley::hub {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class FakeDevice final : public Device {
 public:
  void deliver(const EventRef& event) override { got.push_back(event); }
  void end(std::string_view reason_code, std::string_view /*message*/) override { ended = reason_code; }

  // "name" or "name:seq" for each event so far; forgets them.
  std::vector<std::string> take() {
    std::vector<std::string> names;
    for (const EventRef& event : got) {
      names.push_back(event->seq() == 0 ? event->name() : event->name() + ":" + std::to_string(event->seq()));
    }
    got.clear();
    return names;
  }

  std::vector<EventRef> got;
  std::string ended;
};

class FakeListener final : public Listener {
 public:
  void on_user_online(std::string_view user) override { calls.push_back("online " + std::string(user)); }
  void on_user_offline(std::string_view user, std::int64_t ms) override {
    calls.push_back("offline " + std::string(user) + " " + std::to_string(ms));
  }
  void on_device_gone(DeviceId /*id*/, std::string_view user) override { calls.push_back("gone " + std::string(user)); }
  void on_member_removed(std::string_view room, std::string_view user) override {
    calls.push_back("removed " + std::string(room) + " " + std::string(user));
  }
  void on_room_deleted(std::string_view room) override { calls.push_back("deleted " + std::string(room)); }
  std::vector<std::string> calls;
};

class HubTest : public ::testing::Test {
 protected:
  HubTest() : hub(config()) {}

  static Config config() {
    Config settings;
    settings.max_devices_per_user = 3;
    settings.quiet_room_size = 10;
    return settings;
  }
  DeviceId attach(FakeDevice& device, std::string_view user, std::vector<Membership> rooms,
                  std::string_view session = "s") {
    return hub.attach(now, device, user, session, rooms);
  }
  void pass(Duration time) {
    now += time;
    while (hub.deadline() <= now) hub.handle_timeout(now);
  }
  static EventRef event(std::string name, std::string room, std::int64_t seq = 0) {
    return make_event({std::move(name), "{}", std::move(room), seq});
  }
  void publish(std::int64_t seq, const std::string& room = "r") {
    hub.publish_to_room(now, event("new-message", room, seq));
  }
  // Presence settles and nobody remembers it.
  void settle(std::initializer_list<FakeDevice*> devices) {
    pass(10s);
    for (FakeDevice* device : devices) device->take();
  }

  TimePoint now{std::chrono::seconds(1'000)};
  Hub hub;
};

TEST(SharedEventTest, EachFormatIsMadeOnce) {
  const EventRef event = make_event({"new-message", R"({"a":1})", "r", 7});
  EXPECT_EQ(event->payload(Encoding::kSocketIo), R"(42["new-message",{"a":1}])");
  EXPECT_EQ(event->payload(Encoding::kJson), R"({"event":"new-message","data":{"a":1}})");
  EXPECT_EQ(event->payload(Encoding::kJson).data(), event->payload(Encoding::kJson).data());
}

TEST(StatusTest, NamesGoBothWays) {
  for (const Status status : {Status::kOffline, Status::kAway, Status::kBusy, Status::kOnline, Status::kInCall}) {
    EXPECT_EQ(status_from(to_string(status)), status);
  }
  EXPECT_EQ(status_from("asleep"), std::nullopt);
}

TEST_F(HubTest, EventsReachEveryDeviceOfEveryMember) {
  FakeDevice phone;
  FakeDevice laptop;
  FakeDevice other;
  FakeDevice stranger;
  attach(phone, "ann", {{"r", 2}});
  attach(laptop, "ann", {{"r", 2}});
  attach(other, "bob", {{"r", 2}, {"s", 1}});
  attach(stranger, "eve", {{"s", 1}});
  publish(1);
  EXPECT_THAT(phone.take(), ElementsAre("new-message:1"));
  EXPECT_THAT(laptop.take(), ElementsAre("new-message:1"));
  EXPECT_THAT(other.take(), ElementsAre("new-message:1"));
  EXPECT_THAT(stranger.take(), IsEmpty());
}

TEST_F(HubTest, DetachedDeviceGetsNothingMore) {
  FakeDevice device;
  FakeDevice other;
  const DeviceId id = attach(device, "ann", {{"r", 2}});
  attach(other, "bob", {{"r", 2}});
  hub.detach(now, id);
  hub.detach(now, id);
  publish(1);
  EXPECT_THAT(device.take(), IsEmpty());
  EXPECT_FALSE(hub.attached(id));
  EXPECT_THAT(other.take(), ElementsAre("new-message:1"));
}

TEST_F(HubTest, DeviceIdsAreNeverUsedAgain) {
  FakeDevice device;
  const DeviceId first = attach(device, "ann", {});
  hub.detach(now, first);
  const DeviceId second = attach(device, "ann", {});
  EXPECT_NE(first, second);
  EXPECT_FALSE(hub.publish_to_device(event("x", ""), first));
  EXPECT_TRUE(hub.publish_to_device(event("x", ""), second));
}

TEST_F(HubTest, RemovedMemberGetsNothingMoreAndListenersKnow) {
  FakeDevice ann;
  FakeDevice bob;
  FakeListener listener;
  hub.add_listener(listener);
  attach(ann, "ann", {{"r", 2}});
  attach(bob, "bob", {{"r", 2}});
  publish(1);
  hub.member_removed(now, "r", "bob", 1);
  publish(2);
  EXPECT_THAT(ann.take(), ElementsAre("new-message:1", "new-message:2"));
  EXPECT_THAT(bob.take(), ElementsAre("new-message:1"));
  EXPECT_THAT(listener.calls, ElementsAre("online ann", "online bob", "removed r bob"));
  hub.member_removed(now, "r", "nobody", 1);
  EXPECT_EQ(listener.calls.back(), "removed r nobody");
}

TEST_F(HubTest, AddedMemberGetsWhatComesAfter) {
  FakeDevice ann;
  FakeDevice bob;
  attach(ann, "ann", {{"r", 1}});
  attach(bob, "bob", {});
  publish(1);
  hub.member_added(now, "r", "bob", 2);
  hub.member_added(now, "r", "bob", 2);
  publish(2);
  EXPECT_THAT(bob.take(), ElementsAre("new-message:2"));
}

TEST_F(HubTest, RoomMadeWhileMembersAreConnectedDelivers) {
  FakeDevice ann;
  attach(ann, "ann", {});
  hub.member_added(now, "fresh", "ann", 1);
  publish(1, "fresh");
  EXPECT_THAT(ann.take(), ElementsAre("new-message:1"));
}

TEST_F(HubTest, AttachReplacesWhatWasKnownOfTheUser) {
  FakeDevice first;
  FakeDevice second;
  attach(first, "ann", {{"old", 1}, {"both", 1}});
  attach(second, "ann", {{"both", 1}, {"new", 1}});
  for (const char* room : {"old", "both", "new"}) publish(1, room);
  EXPECT_EQ(first.take().size(), 2U);
  EXPECT_EQ(second.take().size(), 2U);
}

// ---- order ----

TEST_F(HubTest, EventsWaitForEarlierOnes) {
  FakeDevice ann;
  attach(ann, "ann", {{"r", 1}});
  publish(5);
  publish(7);
  publish(8);
  publish(8);
  EXPECT_THAT(ann.take(), ElementsAre("new-message:5"));
  EXPECT_EQ(hub.stats().held, 2U);
  publish(6);
  EXPECT_THAT(ann.take(), ElementsAre("new-message:6", "new-message:7", "new-message:8"));
  EXPECT_EQ(hub.stats().held, 0U);
}

TEST_F(HubTest, GapThatIsNeverFilledHoldsNobodyForLong) {
  FakeDevice ann;
  attach(ann, "ann", {{"r", 1}});
  settle({&ann});
  publish(1);
  publish(3);
  pass(499ms);
  EXPECT_THAT(ann.take(), ElementsAre("new-message:1"));
  pass(1ms);
  EXPECT_THAT(ann.take(), ElementsAre("new-message:3"));
  publish(2);
  EXPECT_THAT(ann.take(), IsEmpty());
  EXPECT_EQ(hub.stats().late, 1U);
  EXPECT_EQ(hub.stats().gaps, 1U);
  publish(4);
  EXPECT_THAT(ann.take(), ElementsAre("new-message:4"));
}

TEST_F(HubTest, TransientEventsPassThoseThatWait) {
  FakeDevice ann;
  attach(ann, "ann", {{"r", 1}});
  publish(1);
  publish(3);
  hub.publish_to_room(now, event("read-updated", "r"));
  EXPECT_THAT(ann.take(), ElementsAre("new-message:1", "read-updated"));
}

// ---- open rooms ----

TEST_F(HubTest, FirstAndLastDeviceOfAPersonAreToldToOthers) {
  FakeDevice ann1;
  FakeDevice ann2;
  FakeDevice bob;
  const DeviceId a1 = attach(ann1, "ann", {{"r", 2}});
  const DeviceId a2 = attach(ann2, "ann", {{"r", 2}});
  attach(bob, "bob", {{"r", 2}});
  settle({&ann1, &ann2, &bob});
  EXPECT_TRUE(hub.room_opened(now, a1, "r", "Ann"));
  EXPECT_TRUE(hub.room_opened(now, a1, "r", "Ann"));
  EXPECT_TRUE(hub.room_opened(now, a2, "r", "Ann"));
  ASSERT_EQ(bob.got.size(), 1U);
  EXPECT_EQ(bob.got[0]->data(), R"({"roomId":"r","userId":"ann","name":"Ann"})");
  EXPECT_THAT(bob.take(), ElementsAre("user-joined"));
  EXPECT_THAT(hub.present_in("r"), ElementsAre("ann"));
  hub.room_closed(now, a1, "r");
  EXPECT_THAT(bob.take(), IsEmpty());
  hub.detach(now, a2);
  EXPECT_THAT(bob.take(), ElementsAre("user-left"));
  EXPECT_THAT(ann1.take(), IsEmpty());
  EXPECT_THAT(hub.present_in("r"), IsEmpty());
}

TEST_F(HubTest, RoomOfOthersCannotBeOpened) {
  FakeDevice ann;
  const DeviceId id = attach(ann, "ann", {{"r", 1}});
  EXPECT_FALSE(hub.room_opened(now, id, "other"));
  hub.detach(now, id);
  EXPECT_FALSE(hub.room_opened(now, id, "r"));
}

TEST_F(HubTest, OpenEventsReachOpenRoomsOnly) {
  FakeDevice ann;
  FakeDevice bob;
  const DeviceId id = attach(ann, "ann", {{"r", 2}});
  attach(bob, "bob", {{"r", 2}});
  hub.room_opened(now, id, "r");
  bob.take();
  hub.publish_to_open(event("stroke", "r"));
  EXPECT_THAT(ann.take(), ElementsAre("stroke"));
  EXPECT_THAT(bob.take(), IsEmpty());
}

TEST_F(HubTest, LargeRoomsAreQuiet) {
  FakeDevice ann;
  FakeDevice bob;
  const DeviceId id = attach(ann, "ann", {{"r", 11}});
  attach(bob, "bob", {{"r", 11}});
  hub.room_opened(now, id, "r");
  EXPECT_TRUE(hub.typing(now, "r", id, "Ann"));
  pass(1s);
  hub.detach(now, id);
  pass(10s);
  EXPECT_THAT(bob.take(), IsEmpty());
}

// ---- presence ----

class PresenceTest : public HubTest {
 protected:
  static std::string status_in(const EventRef& event) {
    return boost::json::parse(event->data()).at("status").as_string().c_str();
  }
};

TEST_F(PresenceTest, SeveralChangesBecomeOneEventForThoseWhoShareARoom) {
  FakeDevice ann;
  FakeDevice bob;
  FakeDevice eve;
  attach(bob, "bob", {{"r", 2}, {"s", 2}});
  attach(eve, "eve", {{"t", 1}});
  settle({&bob, &eve});
  const DeviceId id = attach(ann, "ann", {{"r", 2}, {"s", 2}});
  hub.set_device_status(now, id, Status::kAway);
  hub.set_device_status(now, id, Status::kOnline);
  hub.set_status(now, "ann", Status::kBusy);
  pass(99ms);
  EXPECT_THAT(bob.take(), IsEmpty());
  pass(1ms);
  ASSERT_EQ(bob.got.size(), 1U);
  EXPECT_EQ(bob.got[0]->data(), R"({"userId":"ann","status":"busy","lastSeenAt":null})");
  EXPECT_THAT(eve.take(), IsEmpty());
}

TEST_F(PresenceTest, MostPresentDeviceCounts) {
  FakeDevice phone;
  FakeDevice laptop;
  const DeviceId a = attach(phone, "ann", {});
  const DeviceId b = attach(laptop, "ann", {});
  struct Row {
    Status phone;
    Status laptop;
    Status person;
  };
  for (const Row& row :
       {Row{Status::kAway, Status::kOnline, Status::kOnline}, Row{Status::kAway, Status::kAway, Status::kAway},
        Row{Status::kBusy, Status::kAway, Status::kBusy}, Row{Status::kBusy, Status::kOnline, Status::kOnline}}) {
    hub.set_device_status(now, a, row.phone);
    hub.set_device_status(now, b, row.laptop);
    EXPECT_EQ(hub.presence_of("ann").status, row.person);
  }
}

TEST_F(PresenceTest, WhatThePersonSaysStandsOverDevicesAndCalls) {
  FakeDevice phone;
  attach(phone, "ann", {});
  hub.set_in_call(now, "ann", true);
  EXPECT_EQ(hub.presence_of("ann").status, Status::kInCall);
  hub.set_status(now, "ann", Status::kAway);
  EXPECT_EQ(hub.presence_of("ann").status, Status::kInCall);
  hub.set_status(now, "ann", Status::kBusy);
  EXPECT_EQ(hub.presence_of("ann").status, Status::kBusy);
  hub.set_status(now, "ann", Status::kOffline);
  EXPECT_EQ(hub.presence_of("ann").status, Status::kOffline);
  hub.set_status(now, "ann", Status::kOnline);
  hub.set_in_call(now, "ann", false);
  EXPECT_EQ(hub.presence_of("ann").status, Status::kOnline);
}

TEST_F(PresenceTest, ComingBackAtOnceIsNoAbsence) {
  FakeDevice ann;
  FakeDevice bob;
  FakeListener listener;
  hub.add_listener(listener);
  attach(bob, "bob", {{"r", 2}});
  DeviceId id = attach(ann, "ann", {{"r", 2}});
  settle({&ann, &bob});
  hub.detach(now, id);
  pass(1s);
  EXPECT_EQ(hub.presence_of("ann").status, Status::kOnline);
  id = attach(ann, "ann", {{"r", 2}});
  pass(10s);
  EXPECT_THAT(bob.take(), IsEmpty());
  EXPECT_THAT(listener.calls, ElementsAre("online bob", "online ann", "gone ann"));
}

TEST_F(PresenceTest, AbsenceTellsWhenThePersonWasLastSeen) {
  FakeDevice ann;
  FakeDevice bob;
  FakeListener listener;
  hub.add_listener(listener);
  attach(bob, "bob", {{"r", 2}});
  const DeviceId id = attach(ann, "ann", {{"r", 2}});
  settle({&ann, &bob});
  const std::int64_t left = to_millis(now.time_since_epoch());
  hub.detach(now, id);
  pass(1'999ms);
  EXPECT_THAT(bob.take(), IsEmpty());
  pass(1ms);
  ASSERT_EQ(bob.got.size(), 1U);
  EXPECT_EQ(bob.got[0]->data(), R"({"userId":"ann","status":"offline","lastSeenAt":"1970-01-01T00:16:50.000Z"})");
  EXPECT_EQ(listener.calls.back(), "offline ann " + std::to_string(left));
  EXPECT_EQ(hub.stats().users, 1U);
  EXPECT_EQ(hub.presence_of("ann").status, Status::kOffline);
}

TEST_F(PresenceTest, HiddenPersonIsOfflineAndLeavesSilently) {
  FakeDevice ann;
  FakeDevice bob;
  attach(bob, "bob", {{"r", 2}});
  const DeviceId id = attach(ann, "ann", {{"r", 2}});
  settle({&bob});
  hub.set_status(now, "ann", Status::kOffline);
  pass(1s);
  ASSERT_EQ(bob.got.size(), 1U);
  EXPECT_EQ(status_in(bob.got[0]), "offline");
  bob.take();
  hub.detach(now, id);
  pass(10s);
  EXPECT_THAT(bob.take(), IsEmpty());
}

TEST_F(PresenceTest, NewMemberIsShownToTheRoom) {
  FakeDevice ann;
  FakeDevice bob;
  attach(bob, "bob", {{"r", 1}});
  attach(ann, "ann", {});
  settle({&ann, &bob});
  hub.member_added(now, "r", "ann", 2);
  ASSERT_EQ(bob.got.size(), 1U);
  EXPECT_EQ(status_in(bob.got[0]), "online");
}

// ---- typing ----

TEST_F(HubTest, TypingIsToldOnceAndExpires) {
  FakeDevice ann;
  FakeDevice bob;
  const DeviceId id = attach(ann, "ann", {{"r", 2}});
  attach(bob, "bob", {{"r", 2}});
  settle({&ann, &bob});
  EXPECT_TRUE(hub.typing(now, "r", id, "Ann"));
  pass(4s);
  EXPECT_TRUE(hub.typing(now, "r", id, "Ann"));
  ASSERT_EQ(bob.got.size(), 1U);
  EXPECT_EQ(bob.got[0]->data(), R"({"roomId":"r","userId":"ann","name":"Ann"})");
  EXPECT_THAT(bob.take(), ElementsAre("user-typing"));
  pass(5'999ms);
  EXPECT_THAT(bob.take(), IsEmpty());
  pass(1ms);
  EXPECT_THAT(bob.take(), ElementsAre("user-stop-typing"));
  EXPECT_THAT(ann.take(), IsEmpty());
}

TEST_F(HubTest, TypingStopsWithSendingLeavingAndGoing) {
  FakeDevice ann;
  FakeDevice bob;
  const DeviceId id = attach(ann, "ann", {{"r", 2}, {"s", 2}});
  attach(bob, "bob", {{"r", 2}, {"s", 2}});
  settle({&ann, &bob});
  hub.typing(now, "r", id, "Ann");
  hub.stop_typing(now, "r", "ann");
  hub.stop_typing(now, "r", "ann");
  EXPECT_THAT(bob.take(), ElementsAre("user-typing", "user-stop-typing"));
  hub.typing(now, "r", id, "Ann");
  hub.member_removed(now, "r", "ann", 1);
  EXPECT_THAT(bob.take(), ElementsAre("user-typing", "user-stop-typing"));
  EXPECT_FALSE(hub.typing(now, "r", id, "Ann"));
  hub.typing(now, "s", id, "Ann");
  hub.detach(now, id);
  EXPECT_THAT(bob.take(), ElementsAre("user-typing", "user-stop-typing"));
  pass(10s);
  EXPECT_THAT(bob.take(), ElementsAre("presence-updated"));
}

// ---- ends ----

TEST_F(HubTest, SlowDeviceIsEndedWithAReasonToComeBack) {
  FakeDevice ann;
  const DeviceId id = attach(ann, "ann", {{"r", 1}});
  hub.detach_slow(now, id);
  EXPECT_EQ(ann.ended, kEndSlow);
  publish(1);
  EXPECT_THAT(ann.take(), IsEmpty());
  EXPECT_EQ(hub.stats().slow_devices, 1U);
}

TEST_F(HubTest, OldestDeviceMakesPlace) {
  FakeDevice devices[4];
  for (FakeDevice& device : devices) attach(device, "ann", {{"r", 1}});
  EXPECT_EQ(devices[0].ended, kEndTooManyDevices);
  EXPECT_EQ(hub.stats().devices, 3U);
  publish(1);
  EXPECT_THAT(devices[0].take(), IsEmpty());
  EXPECT_THAT(devices[3].take(), ElementsAre("new-message:1"));
}

TEST_F(HubTest, SessionsEndOneByOneOrAllTogether) {
  FakeDevice a;
  FakeDevice b;
  attach(a, "ann", {}, "s1");
  attach(b, "ann", {}, "s2");
  hub.end_sessions("ann", "s1", kEndSessionRevoked, "");
  EXPECT_EQ(a.ended, kEndSessionRevoked);
  EXPECT_EQ(b.ended, "");
  hub.end_sessions("ann", "", kEndSessionRevoked, "");
  EXPECT_EQ(b.ended, kEndSessionRevoked);
  hub.end_sessions("nobody", "", kEndSessionRevoked, "");
}

TEST_F(HubTest, DeletedRoomReachesNobodyAndListenersKnow) {
  FakeDevice ann;
  FakeListener listener;
  hub.add_listener(listener);
  const DeviceId id = attach(ann, "ann", {{"r", 1}});
  hub.room_opened(now, id, "r");
  hub.room_deleted(now, "r");
  publish(1);
  EXPECT_THAT(ann.take(), IsEmpty());
  EXPECT_EQ(listener.calls.back(), "deleted r");
  EXPECT_EQ(hub.stats().rooms, 0U);
}

TEST_F(HubTest, NothingIsKeptOfThoseWhoAreGone) {
  for (int round = 0; round < 100; ++round) {
    FakeDevice device;
    const std::string user = "u" + std::to_string(round);
    const DeviceId id = attach(device, user, {{"r" + user, 1}, {"shared", 100}});
    hub.room_opened(now, id, "r" + user);
    hub.typing(now, "r" + user, id, "");
    hub.detach(now, id);
    pass(10s);
  }
  const Stats stats = hub.stats();
  EXPECT_EQ(stats.devices, 0U);
  EXPECT_EQ(stats.users, 0U);
  EXPECT_EQ(stats.rooms, 0U);
  EXPECT_EQ(hub.deadline(), kNever);
}

TEST_F(HubTest, AlarmTellsEachSoonerDeadline) {
  std::vector<TimePoint> alarms;
  hub.set_alarm([&](TimePoint when) { alarms.push_back(when); });
  FakeDevice ann;
  const DeviceId id = attach(ann, "ann", {{"r", 1}});
  ASSERT_THAT(alarms, ElementsAre(now + 100ms));
  publish(1);
  publish(3);
  EXPECT_EQ(alarms.size(), 1U);
  pass(100ms);
  EXPECT_EQ(alarms.back(), hub.deadline());
  hub.detach(now, id);
}

}  // namespace
}  // namespace parley::hub

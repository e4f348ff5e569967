// Whatever happens to devices and memberships: nobody outside a room ever gets an event of it, and everybody inside
// gets each event exactly once, in order.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/random.h"
#include "hub/hub.h"

namespace parley::hub {
namespace {

constexpr int kUsers = 6;
constexpr int kRooms = 4;

class RecordingDevice final : public Device {
 public:
  void deliver(const EventRef& event) override {
    if (event->seq() > 0) got[event->room_id()].push_back(event->seq());
    if (event->seq() == 0 && !event->room_id().empty()) touched.insert(event->room_id());
  }
  void end(std::string_view /*reason_code*/, std::string_view /*message*/) override { ended = true; }

  std::map<std::string, std::vector<std::int64_t>> got;
  std::set<std::string> touched;  // rooms whose transient events came
  bool ended = false;
};

class World {
 public:
  explicit World(std::uint64_t seed) : random_(seed), hub_(Config{}) {}

  void run(int steps) {
    for (int step = 0; step < steps; ++step) {
      act();
      for (int r = 0; r < kRooms; ++r) {
        if (!any_connected(r)) started_.erase(r);
      }
      now_ += std::chrono::milliseconds(below(400));
      while (hub_.deadline() <= now_) hub_.handle_timeout(now_);
      if (::testing::Test::HasFailure()) return;
    }
    publish_rest();
    check();
  }

 private:
  struct Connected {
    std::unique_ptr<RecordingDevice> device;
    DeviceId id{};
    int user = 0;
    std::map<std::string, std::vector<std::int64_t>> expected;
  };

  int below(int n) { return static_cast<int>(random_.next() % static_cast<std::uint64_t>(n)); }
  static std::string user(int n) { return "user" + std::to_string(n); }
  static std::string room(int n) { return "room" + std::to_string(n); }
  std::size_t size_of(int r) const {
    return static_cast<std::size_t>(std::ranges::count_if(members_, [r](const auto& m) { return m.second == r; }));
  }

  void act() {
    switch (below(12)) {
      case 0:
      case 1:
        return attach();
      case 2:
        return detach();
      case 3:
      case 4:
        return toggle_member();
      case 5:
        return open_or_close();
      case 6:
        return type();
      case 7:
        return delete_room();
      default:
        return publish();
    }
  }

  void attach() {
    if (connected_.size() > 12) return;
    const int u = below(kUsers);
    std::vector<Membership> rooms;
    for (int r = 0; r < kRooms; ++r) {
      if (members_.contains({u, r})) rooms.push_back({room(r), size_of(r)});
    }
    Connected entry;
    entry.device = std::make_unique<RecordingDevice>();
    entry.user = u;
    entry.id = hub_.attach(now_, *entry.device, user(u), "s", rooms);
    connected_.push_back(std::move(entry));
  }

  void detach() {
    if (connected_.empty()) return;
    const auto at = connected_.begin() + below(static_cast<int>(connected_.size()));
    hub_.detach(now_, at->id);
    flush_held();  // so that what it is owed is settled
    compare(*at);
    connected_.erase(at);
  }

  void toggle_member() {
    const int u = below(kUsers);
    const int r = below(kRooms);
    // An event that waits belongs to those who are members when it goes out; settle that first.
    flush_held();
    if (members_.erase({u, r}) > 0) {
      hub_.member_removed(now_, room(r), user(u), size_of(r));
    } else {
      members_.insert({u, r});
      hub_.member_added(now_, room(r), user(u), size_of(r));
    }
  }

  void delete_room() {
    if (below(5) != 0) return;
    const int r = below(kRooms);
    flush_held();
    hub_.room_deleted(now_, room(r));
    std::erase_if(members_, [r](const auto& m) { return m.second == r; });
  }

  void open_or_close() {
    if (connected_.empty()) return;
    Connected& one = connected_[static_cast<std::size_t>(below(static_cast<int>(connected_.size())))];
    const int r = below(kRooms);
    if (below(2) == 0) {
      EXPECT_EQ(hub_.room_opened(now_, one.id, room(r)), members_.contains({one.user, r}));
    } else {
      hub_.room_closed(now_, one.id, room(r));
    }
  }

  void type() {
    if (connected_.empty()) return;
    Connected& one = connected_[static_cast<std::size_t>(below(static_cast<int>(connected_.size())))];
    const int r = below(kRooms);
    EXPECT_EQ(hub_.typing(now_, room(r), one.id, ""), members_.contains({one.user, r}));
  }

  // Sometimes two at once, the later first, as when commits are told out of order.
  void publish() {
    const int r = below(kRooms);
    if (below(3) == 0 && any_connected(r) && seq_[static_cast<std::size_t>(r)] > 0 && started_.contains(r)) {
      const std::int64_t first = ++seq_[static_cast<std::size_t>(r)];
      const std::int64_t second = ++seq_[static_cast<std::size_t>(r)];
      send(r, second);
      send(r, first);
      expect(r, first);
      expect(r, second);
    } else {
      const std::int64_t seq = ++seq_[static_cast<std::size_t>(r)];
      send(r, seq);
      expect(r, seq);
      started_.insert(r);
    }
  }
  void publish_rest() {
    for (int r = 0; r < kRooms; ++r) {
      const std::int64_t seq = ++seq_[static_cast<std::size_t>(r)];
      send(r, seq);
      expect(r, seq);
    }
  }
  void flush_held() { EXPECT_EQ(hub_.stats().held, 0U); }

  bool any_connected(int r) const {
    return std::ranges::any_of(connected_, [&](const Connected& c) { return members_.contains({c.user, r}); });
  }
  void send(int r, std::int64_t seq) { hub_.publish_to_room(now_, make_event({"new-message", "{}", room(r), seq})); }
  void expect(int r, std::int64_t seq) {
    for (Connected& one : connected_) {
      if (members_.contains({one.user, r})) one.expected[room(r)].push_back(seq);
    }
  }
  void compare(const Connected& one) {
    EXPECT_EQ(one.device->got, one.expected) << user(one.user);
    EXPECT_FALSE(one.device->ended);
  }
  void check() {
    for (const Connected& one : connected_) compare(one);
    EXPECT_EQ(hub_.stats().devices, connected_.size());
  }

  SeededRandom random_;
  TimePoint now_{std::chrono::seconds(1'000)};
  Hub hub_;
  std::set<std::pair<int, int>> members_;
  std::vector<Connected> connected_;
  std::array<std::int64_t, kRooms> seq_{};
  std::set<int> started_;  // rooms of which the hub has seen an event since somebody connected
};

TEST(HubPropertyTest, EveryMemberGetsEachEventOnceAndNobodyElseAny) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    World(seed).run(300);
    if (HasFailure()) return;
  }
}

// A fan-out that copied the event or looked anything up for each device would take many times as long.
TEST(HubPropertyTest, FanOutHandsOneEventToAllDevices) {
  Hub hub(Config{});
  const TimePoint now{std::chrono::seconds(1'000)};
  std::vector<std::unique_ptr<RecordingDevice>> devices;
  const Membership membership{"r", 1'000};
  for (int i = 0; i < 1'000; ++i) {
    devices.push_back(std::make_unique<RecordingDevice>());
    hub.attach(now, *devices.back(), "u" + std::to_string(i), "s", {&membership, 1});
  }
  const EventRef event = make_event({"new-message", "{}", "r", 1});
  const long before = event.use_count();
  hub.publish_to_room(now, event);
  EXPECT_EQ(event.use_count(), before);
  EXPECT_EQ(hub.stats().delivered, 1'000U);
}

}  // namespace
}  // namespace parley::hub

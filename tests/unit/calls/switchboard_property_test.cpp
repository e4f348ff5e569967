// Whatever people do, in whatever order: no room ever has two calls, what rings stops, and times agree with each other.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/iso_time.h"
#include "base/random.h"
#include "calls/switchboard.h"

namespace parley::calls {
namespace {

using store::CallParticipantStatus;
using store::CallStatus;

constexpr int kUsers = 6;
constexpr int kRooms = 3;
constexpr int kSteps = 2'000;

class World {
 public:
  explicit World(std::uint64_t seed) : random_(seed) {}

  void run() {
    for (int step = 0; step < kSteps && !::testing::Test::HasFailure(); ++step) {
      act();
      check();
      if (random_.next() % 3 == 0) pass(std::chrono::milliseconds(random_.next() % 20'000));
    }
    // In the end nobody does anything and everybody is gone.
    for (int user = 0; user < kUsers; ++user) board_.user_offline(now_, name(user));
    board_.media_finished(now_, "");
    for (int room = 0; room < kRooms; ++room) board_.media_finished(now_, "room" + std::to_string(room));
    take();
    pass(200s);
    EXPECT_EQ(board_.size(), 0U);
    EXPECT_EQ(board_.deadline() == kNever || board_.deadline() > now_, true);
    for (const auto& [user, in] : in_call_) EXPECT_FALSE(in) << user;
  }

 private:
  static std::string name(std::uint64_t n) { return "user" + std::to_string(n % kUsers); }
  std::string user() { return name(random_.next()); }
  std::string room() { return "room" + std::to_string(random_.next() % kRooms); }
  static Person person(const std::string& id) { return {id, id, {}}; }
  std::string call() {
    const LiveCall* live = board_.in_room(room());
    return live != nullptr ? live->call.id : "none";
  }

  void start() {
    NewCall call;
    call.id = "call" + std::to_string(next_++);
    call.room_id = room();
    call.direct = call.room_id == "room0";
    call.initiator = person(user());
    call.ringing = static_cast<Ringing>(random_.next() % 3);
    for (int i = 0; i < kUsers; ++i) {
      if (random_.next() % 2 == 0) call.others.push_back(person(name(i)));
    }
    static_cast<void>(board_.start(now_, std::move(call)));
  }

  // Errors are answers, too: the state must hold either way.
  void act() {
    const std::string who = user();
    const std::string id = call();
    const std::string where = room();
    switch (random_.next() % 18) {
      case 0:
      case 1:
        start();
        break;
      case 2:
      case 3:
        if (board_.join(now_, id, person(who), random_.next() % 4 == 0)) board_.note_ticket(id, who, who, "s" + who);
        break;
      case 4:
        static_cast<void>(board_.decline(now_, id, who));
        break;
      case 5:
        static_cast<void>(board_.cancel(now_, id, who));
        break;
      case 6:
        static_cast<void>(board_.leave(now_, id, who));
        break;
      case 7:
        if (random_.next() % 4 == 0) static_cast<void>(board_.end(now_, id));
        break;
      case 8:
        static_cast<void>(board_.ring(now_, id, {person(who), person(user())}));
        break;
      case 9:
        board_.user_online(now_, who);
        break;
      case 10:
        board_.user_offline(now_, who);
        break;
      case 11:
        board_.media_joined(now_, where, who);
        break;
      case 12:
        board_.media_left(now_, where, who, random_.next() % 2 == 0);
        break;
      case 13:
        board_.member_removed(now_, where, who);
        break;
      case 14:
        static_cast<void>(board_.set_locked(now_, id, random_.next() % 2 == 0));
        break;
      case 15:
        static_cast<void>(board_.knock(now_, id, person(who)));
        break;
      case 16:
        static_cast<void>(random_.next() % 2 == 0 ? board_.admit(id, who) : board_.deny(id, who));
        break;
      default:
        if (random_.next() % 2 == 0) {
          board_.session_ended(now_, who, "s" + who);
        } else {
          static_cast<void>(board_.remove(now_, id, who));
        }
        break;
    }
    take();
  }

  void pass(Duration by) {
    const TimePoint end = now_ + by;
    while (board_.deadline() <= end) {
      now_ = std::max(now_, board_.deadline());
      board_.handle_timeout(now_);
      take();
      check();
    }
    now_ = end;
  }

  void take() {
    for (const Effect& effect : board_.take_effects()) {
      if (const auto* changed = std::get_if<CallChanged>(&effect)) check_call(changed->view.call);
      if (const auto* presence = std::get_if<PresenceChanged>(&effect)) {
        bool& in = in_call_[presence->user_id];
        EXPECT_NE(in, presence->in_call);
        in = presence->in_call;
      }
      if (const auto* over = std::get_if<CallOver>(&effect)) {
        EXPECT_TRUE(over_.insert(over->call_id).second) << "over twice";
        EXPECT_EQ(board_.find(over->call_id), nullptr);
      }
    }
  }

  void check_call(const store::Call& call) {
    EXPECT_FALSE(over_.contains(call.id)) << "news of a call that is over";
    const bool ended = call.status != CallStatus::kRinging && call.status != CallStatus::kActive;
    EXPECT_EQ(ended, call.ended_at != 0);
    EXPECT_GE(call.duration_ms(), 0);
    if (call.status != CallStatus::kEnded) {
      EXPECT_EQ(call.duration_ms(), 0);
    }
    if (call.answered_at != 0) {
      EXPECT_GE(call.answered_at, call.started_at);
    }
    if (call.status == CallStatus::kRinging || call.status == CallStatus::kMissed) {
      EXPECT_EQ(call.answered_at, 0);
    }
    for (const auto& p : call.participants) {
      const bool inside = p.status == CallParticipantStatus::kJoined;
      if (ended) {
        EXPECT_FALSE(inside);
        EXPECT_NE(p.status, CallParticipantStatus::kRinging);
        EXPECT_LE(p.left_at, call.ended_at);
      }
      // Who left may be rung again.
      const bool rings = p.status == CallParticipantStatus::kRinging;
      EXPECT_EQ(p.status == CallParticipantStatus::kLeft || (rings && p.joined_at != 0), p.left_at != 0);
      if (inside || p.left_at != 0) {
        EXPECT_GE(p.joined_at, call.started_at);
      }
      if (p.left_at != 0) {
        EXPECT_GE(p.left_at, p.joined_at);
      }
    }
  }

  void check() {
    std::set<std::string> rooms;
    std::map<std::string, bool> inside;
    board_.for_each([&](const LiveCall& live) {
      EXPECT_TRUE(rooms.insert(live.call.room_id).second) << "two calls in a room";
      EXPECT_EQ(board_.in_room(live.call.room_id), &live);
      EXPECT_GT(live.joined(), 0U) << "a call of nobody";
      if (live.call.status == CallStatus::kRinging) {
        EXPECT_NE(board_.deadline(), kNever);
      }
      for (const Seat& seat : live.seats) {
        if (seat.joined()) inside[seat.record.user_id] = true;
        if (!seat.ringing()) continue;
        EXPECT_GE(seat.ring_until, now_) << "rings for ever";
        EXPECT_LE(seat.ring_until, now_ + 45s);
      }
    });
    for (int i = 0; i < kUsers; ++i) {
      EXPECT_EQ(board_.in_call(name(i)), inside.contains(name(i)));
      EXPECT_EQ(in_call_[name(i)], inside.contains(name(i)));
    }
  }

  SeededRandom random_;
  Switchboard board_{SwitchboardConfig{}};
  TimePoint now_{std::chrono::seconds(1'800'000'000)};
  int next_ = 0;
  std::map<std::string, bool> in_call_;
  std::set<std::string> over_;
};

class SwitchboardProperty : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(SwitchboardProperty, HoldsWhateverHappens) { World(GetParam()).run(); }

INSTANTIATE_TEST_SUITE_P(Seeds, SwitchboardProperty, ::testing::Range<std::uint64_t>(1, 41));

}  // namespace
}  // namespace parley::calls

// Who calls whom, in virtual time.
#include "calls/switchboard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/iso_time.h"

namespace parley::calls {
namespace {

using store::CallParticipantStatus;
using store::CallStatus;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr Duration kGrace = 10s;

class SwitchboardTest : public ::testing::Test {
 protected:
  static Person person(const std::string& id) { return {id, "Name of " + id, {}}; }
  static std::vector<Person> people(std::initializer_list<std::string> ids) {
    std::vector<Person> out;
    for (const std::string& id : ids) out.push_back(person(id));
    return out;
  }

  void start_direct() {
    NewCall call{"call", "room", "", true, store::CallType::kAudio, person("ann"), Ringing::kOnline, people({"ben"})};
    ASSERT_TRUE(board.start(now, std::move(call)).has_value());
    settle();
  }
  void start_group(Ringing ringing, std::initializer_list<std::string> others) {
    NewCall call{"call", "room", "Team", false, store::CallType::kVideo, person("ann"), ringing, people(others)};
    ASSERT_TRUE(board.start(now, std::move(call)).has_value());
    settle();
  }
  void join(const std::string& user) {
    const auto joined = board.join(now, "call", person(user));
    ASSERT_TRUE(joined.has_value()) << joined.error().message;
    settle();
  }
  // With media, as a LiveKit client has it.
  void connect(const std::string& user, const std::string& identity) {
    board.note_ticket("call", user, identity, "session of " + identity);
    board.media_joined(now, "room", identity);
    settle();
  }
  void online(std::initializer_list<std::string> users) {
    for (const std::string& user : users) board.user_online(now, user);
    settle();
  }
  void advance(Duration by) {
    const TimePoint end = now + by;
    while (board.deadline() <= end) {
      now = std::max(now, board.deadline());
      board.handle_timeout(now);
      settle();
    }
    now = end;
  }
  void settle() {
    for (Effect& effect : board.take_effects()) {
      if (auto* changed = std::get_if<CallChanged>(&effect)) last = changed->view, ++announced;
      if (auto* ring = std::get_if<RingUser>(&effect)) rung.push_back(ring->user_id);
      if (auto* ends = std::get_if<MediaEnds>(&effect)) media_ended.push_back(ends->identity + ends->user_id);
      if (std::holds_alternative<CallOver>(effect)) over = true;
      if (auto* presence = std::get_if<PresenceChanged>(&effect)) {
        presences.push_back(presence->user_id + (presence->in_call ? "+" : "-"));
      }
      if (auto* answered = std::get_if<LobbyAnswered>(&effect)) {
        lobby_answers.push_back(answered->user_id + (answered->admitted ? "+" : "-"));
      }
    }
  }

  [[nodiscard]] const store::CallParticipant& of(const std::string& user) const {
    const auto& all = last.call.participants;
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& p) { return p.user_id == user; });
    EXPECT_NE(found, all.end()) << user;
    return *found;
  }
  [[nodiscard]] CallParticipantStatus status_of(const std::string& user) const { return of(user).status; }
  [[nodiscard]] std::int64_t ms() const { return unix_ms(now); }

  Switchboard board{SwitchboardConfig{}};
  TimePoint now{std::chrono::seconds(1'800'000'000)};
  CallView last;
  int announced = 0;
  bool over = false;
  std::vector<std::string> rung;
  std::vector<std::string> media_ended;
  std::vector<std::string> presences;
  std::vector<std::string> lobby_answers;
};

TEST_F(SwitchboardTest, DirectCallRingsTheOtherThoughOffline) {
  start_direct();
  EXPECT_THAT(rung, ElementsAre("ben"));
  EXPECT_EQ(last.call.status, CallStatus::kRinging);
  EXPECT_EQ(status_of("ann"), CallParticipantStatus::kJoined);
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kRinging);
  EXPECT_EQ(last.call.started_at, ms());
  ASSERT_EQ(board.ringing_for("ben").size(), 1U);
}

TEST_F(SwitchboardTest, AnswerMakesItActiveAndTheEndGivesTheDuration) {
  start_direct();
  advance(5s);
  const std::int64_t answered = ms();
  join("ben");
  EXPECT_EQ(last.call.status, CallStatus::kActive);
  EXPECT_EQ(last.call.answered_at, answered);
  EXPECT_THAT(board.ringing_for("ben"), IsEmpty());
  connect("ann", "ann");
  connect("ben", "ben");
  advance(65s);
  ASSERT_TRUE(board.end(now, "call").has_value());
  settle();
  EXPECT_EQ(last.call.status, CallStatus::kEnded);
  EXPECT_EQ(last.call.duration_ms(), 65'000);
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kLeft);
  EXPECT_EQ(of("ben").joined_at, answered);
  EXPECT_EQ(of("ben").left_at, ms());
  EXPECT_TRUE(over);
  EXPECT_EQ(board.size(), 0U);
  EXPECT_THAT(presences, ElementsAre("ann+", "ben+", "ann-", "ben-"));
}

TEST_F(SwitchboardTest, UnansweredInTimeIsMissedByWhoeverDidNotAnswer) {
  start_direct();
  const std::int64_t started = ms();
  advance(44s);
  EXPECT_FALSE(over);
  advance(1s);
  EXPECT_EQ(last.call.status, CallStatus::kMissed);
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kMissed);
  EXPECT_EQ(status_of("ann"), CallParticipantStatus::kLeft);
  EXPECT_EQ(last.call.ended_at, started + 45'000);
  EXPECT_EQ(last.call.duration_ms(), 0);
  EXPECT_TRUE(over);
}

TEST_F(SwitchboardTest, DeclineEndsADirectCall) {
  start_direct();
  ASSERT_TRUE(board.decline(now, "call", "ben").has_value());
  settle();
  EXPECT_EQ(last.call.status, CallStatus::kDeclined);
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kDeclined);
  EXPECT_TRUE(over);
}

TEST_F(SwitchboardTest, CancelIsTheInitiatorsAndOnlyWhileItRings) {
  start_direct();
  EXPECT_EQ(board.cancel(now, "call", "ben").error().code, "permission_denied");
  join("ben");
  EXPECT_EQ(board.cancel(now, "call", "ann").error().code, "failed_precondition");
}

TEST_F(SwitchboardTest, CancelledCallWasMissedByTheRung) {
  start_direct();
  ASSERT_TRUE(board.cancel(now, "call", "ann").has_value());
  settle();
  EXPECT_EQ(last.call.status, CallStatus::kCancelled);
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kMissed);
}

TEST_F(SwitchboardTest, InitiatorWhoLeavesWhileItRingsCancels) {
  start_group(Ringing::kNamed, {"ben", "cid"});
  ASSERT_TRUE(board.leave(now, "call", "ann").has_value());
  settle();
  EXPECT_EQ(last.call.status, CallStatus::kCancelled);
}

TEST_F(SwitchboardTest, GroupRingsThoseOnlineAndThoseWhoConnectMeanwhile) {
  online({"ben"});
  start_group(Ringing::kOnline, {"ben", "cid", "dan"});
  EXPECT_THAT(rung, ElementsAre("ben"));
  advance(10s);
  online({"cid"});
  EXPECT_THAT(rung, ElementsAre("ben", "cid"));
  advance(35s);
  // The same window for all: who came late is not rung longer.
  EXPECT_EQ(last.call.status, CallStatus::kMissed);
  EXPECT_EQ(status_of("cid"), CallParticipantStatus::kMissed);
  EXPECT_EQ(last.call.participants.size(), 3U);
}

TEST_F(SwitchboardTest, GroupWithNobodyOnlineIsMissedInTheEnd) {
  start_group(Ringing::kOnline, {"ben"});
  EXPECT_THAT(rung, IsEmpty());
  EXPECT_EQ(last.call.status, CallStatus::kRinging);
  advance(45s);
  EXPECT_EQ(last.call.status, CallStatus::kMissed);
}

TEST_F(SwitchboardTest, NamedPeopleAreRungThoughOffline) {
  start_group(Ringing::kNamed, {"cid"});
  EXPECT_THAT(rung, ElementsAre("cid"));
}

TEST_F(SwitchboardTest, CallThatRingsNobodyIsOpenAtOnceAndNeverMissed) {
  start_group(Ringing::kNobody, {"ben"});
  EXPECT_EQ(last.call.status, CallStatus::kActive);
  connect("ann", "ann");
  advance(600s);
  EXPECT_FALSE(over);
  ASSERT_TRUE(board.leave(now, "call", "ann").has_value());
  settle();
  EXPECT_EQ(last.call.status, CallStatus::kEnded);
  EXPECT_EQ(last.call.duration_ms(), 0);  // nobody else came
}

TEST_F(SwitchboardTest, OthersStayRungAfterOneAnsweredAndMissItAlone) {
  online({"ann", "ben", "cid"});
  start_group(Ringing::kOnline, {"ben", "cid"});
  join("ben");
  EXPECT_EQ(status_of("cid"), CallParticipantStatus::kRinging);
  advance(45s);
  EXPECT_EQ(status_of("cid"), CallParticipantStatus::kMissed);
  EXPECT_EQ(last.call.status, CallStatus::kActive);
  join("cid");  // may still come
  EXPECT_EQ(status_of("cid"), CallParticipantStatus::kJoined);
}

TEST_F(SwitchboardTest, DeclinedByAllEndsAGroupCallAndOneWhoMissedItMakesItMissed) {
  start_group(Ringing::kNamed, {"ben", "cid"});
  ASSERT_TRUE(board.decline(now, "call", "ben").has_value());
  settle();
  EXPECT_FALSE(over);
  ASSERT_TRUE(board.decline(now, "call", "cid").has_value());
  settle();
  EXPECT_EQ(last.call.status, CallStatus::kDeclined);

  over = false;
  start_group(Ringing::kNamed, {"ben", "cid"});
  ASSERT_TRUE(board.decline(now, "call", "ben").has_value());
  advance(45s);
  EXPECT_EQ(last.call.status, CallStatus::kMissed);
}

TEST_F(SwitchboardTest, DeclineAfterTheAnswerElsewhereIsRefused) {
  start_direct();
  join("ben");
  EXPECT_EQ(board.decline(now, "call", "ben").error().code, "failed_precondition");
}

TEST_F(SwitchboardTest, BusyPeopleRingAllTheSameAndAreFlagged) {
  start_direct();
  join("ben");
  NewCall other{"other", "room2", "", true, store::CallType::kAudio, person("cid"), Ringing::kOnline, people({"ben"})};
  ASSERT_TRUE(board.start(now, std::move(other)).has_value());
  settle();
  EXPECT_TRUE(of("ben").busy);
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kRinging);
}

TEST_F(SwitchboardTest, RoomHasOneCallAtATime) {
  start_direct();
  NewCall second{"second", "room", "", true, store::CallType::kAudio, person("ben"), Ringing::kNobody, {}};
  EXPECT_EQ(board.start(now, second).error().code, "already_exists");
  ASSERT_TRUE(board.end(now, "call").has_value());
  EXPECT_TRUE(board.start(now, second).has_value());
}

TEST_F(SwitchboardTest, DirectCallEndsAShortGraceAfterOneLeft) {
  online({"ann", "ben"});
  start_direct();
  join("ben");
  advance(20s);
  ASSERT_TRUE(board.leave(now, "call", "ben").has_value());
  settle();
  advance(kGrace - 1s);
  EXPECT_FALSE(over);
  join("ben");  // back in time
  advance(kGrace);
  EXPECT_FALSE(over);
  EXPECT_EQ(of("ben").joined_at, last.call.answered_at);  // the first time stays
  ASSERT_TRUE(board.leave(now, "call", "ann").has_value());
  settle();
  advance(kGrace);
  EXPECT_TRUE(over);
  EXPECT_EQ(last.call.status, CallStatus::kEnded);
}

TEST_F(SwitchboardTest, GroupGoesOnWithOneAndEndsWithTheLast) {
  online({"ann", "ben"});
  start_group(Ringing::kOnline, {"ben"});
  join("ben");
  ASSERT_TRUE(board.leave(now, "call", "ann").has_value());
  settle();
  advance(300s);
  EXPECT_FALSE(over);
  ASSERT_TRUE(board.leave(now, "call", "ben").has_value());
  settle();
  EXPECT_TRUE(over);
}

TEST_F(SwitchboardTest, WhoHasNeitherSocketNorMediaForAWhileHasLeftWhenThatBegan) {
  online({"ann", "ben"});
  start_group(Ringing::kOnline, {"ben"});
  join("ben");
  advance(60s);
  const std::int64_t gone = ms();
  board.user_offline(now, "ben");
  settle();
  advance(29s);
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kJoined);
  advance(1s);
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kLeft);
  EXPECT_EQ(of("ben").left_at, gone);
}

TEST_F(SwitchboardTest, CallOfWhichEverybodyIsGoneEndedWhenTheLastWent) {
  online({"ann", "ben"});
  start_group(Ringing::kOnline, {"ben"});
  join("ben");
  const std::int64_t answered = ms();
  advance(100s);
  board.user_offline(now, "ann");
  board.user_offline(now, "ben");
  settle();
  advance(120s);
  EXPECT_TRUE(over);
  EXPECT_EQ(last.call.ended_at, answered + 100'000);
  EXPECT_EQ(last.call.duration_ms(), 100'000);
}

TEST_F(SwitchboardTest, NobodyGoesMissingWhileItRings) {
  // Neither has a socket: both came by plain requests.
  start_direct();
  advance(44s);
  EXPECT_FALSE(over);
  join("ben");
  advance(29s);
  EXPECT_FALSE(over);  // from the answer on, absence counts
  advance(1s);
  EXPECT_TRUE(over);
}

TEST_F(SwitchboardTest, LostMediaMayComeBackAndDeliberateFarewellLeaves) {
  online({"ann", "ben"});
  start_group(Ringing::kOnline, {"ben"});
  join("ben");
  connect("ben", "ben");
  board.media_left(now, "room", "ben", false);
  settle();
  advance(29s);
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kJoined);
  board.media_joined(now, "room", "ben");
  advance(60s);
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kJoined);
  board.media_left(now, "room", "ben", true);
  settle();
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kLeft);
}

TEST_F(SwitchboardTest, SecondDeviceKeepsThePersonIn) {
  start_group(Ringing::kNamed, {"ben"});
  join("ben");
  connect("ben", "ben");
  connect("ben", "ben#2");
  board.media_left(now, "room", "ben", true);
  settle();
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kJoined);
  board.media_left(now, "room", "ben#2", true);
  settle();
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kLeft);
}

TEST_F(SwitchboardTest, MediaWithoutATicketOfOursIsNobodysSeat) {
  start_group(Ringing::kNamed, {"ben"});
  board.media_joined(now, "room", "ben");  // rings for ben, who was given no token
  board.media_joined(now, "room", "recorder");
  settle();
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kRinging);
  EXPECT_EQ(last.call.participants.size(), 2U);
}

TEST_F(SwitchboardTest, MediaOfOneWhoLeftBringsHimBack) {
  start_group(Ringing::kNamed, {"ben"});
  join("ben");
  connect("ann", "ann");
  connect("ben", "ben");
  ASSERT_TRUE(board.leave(now, "call", "ben").has_value());
  settle();
  EXPECT_THAT(media_ended, ElementsAre("ben"));
  EXPECT_TRUE(board.admission("room", "call", "ben").has_value());
  board.media_joined(now, "room", "ben");
  settle();
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kJoined);
  EXPECT_EQ(of("ben").left_at, 0);
}

TEST_F(SwitchboardTest, RemovedMemberIsOutAndHisTokenCountsNoMore) {
  start_group(Ringing::kNamed, {"ben"});
  join("ben");
  connect("ben", "ben");
  EXPECT_TRUE(board.admission("room", "call", "ben").has_value());
  board.member_removed(now, "room", "ben");
  settle();
  EXPECT_THAT(media_ended, ElementsAre("ben"));
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kLeft);
  EXPECT_EQ(board.admission("room", "call", "ben").error().code, "permission_denied");
  // A member again: may come by asking for a new token.
  join("ben");
  board.note_ticket("call", "ben", "ben", "s");
  EXPECT_TRUE(board.admission("room", "call", "ben").has_value());
}

TEST_F(SwitchboardTest, RemovedInitiatorCancelsAndRemovedCalleeMisses) {
  start_direct();
  board.member_removed(now, "room", "ben");
  settle();
  EXPECT_EQ(last.call.status, CallStatus::kMissed);
  start_direct();
  board.member_removed(now, "room", "ann");
  settle();
  EXPECT_EQ(last.call.status, CallStatus::kCancelled);
}

TEST_F(SwitchboardTest, TokenOfAnotherCallInTheRoomDoesNotCount) {
  start_direct();
  board.note_ticket("call", "ann", "ann", "s");
  EXPECT_TRUE(board.admission("room", "call", "ann").has_value());
  EXPECT_FALSE(board.admission("room", "an earlier call", "ann").has_value());
  EXPECT_FALSE(board.admission("another room", "call", "ann").has_value());
  EXPECT_FALSE(board.admission("room", "call", "ann#2").has_value());
  ASSERT_TRUE(board.end(now, "call").has_value());
  EXPECT_FALSE(board.admission("room", "call", "ann").has_value());
}

TEST_F(SwitchboardTest, LogOutEndsTheMediaOfThatSessionAlone) {
  start_group(Ringing::kNamed, {"ben"});
  join("ben");
  connect("ben", "ben");
  connect("ben", "ben#2");
  board.session_ended(now, "ben", "session of ben#2");
  settle();
  EXPECT_THAT(media_ended, ElementsAre("ben#2ben"));
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kJoined);
  EXPECT_FALSE(board.admission("room", "call", "ben#2").has_value());
  board.session_ended(now, "ben", "session of ben");
  settle();
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kLeft);
}

TEST_F(SwitchboardTest, DisabledAccountIsOutOfEveryCall) {
  start_group(Ringing::kNamed, {"ben"});
  join("ben");
  connect("ben", "ben");
  board.user_ended(now, "ben");
  settle();
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kLeft);
  EXPECT_FALSE(board.admission("room", "call", "ben").has_value());
}

TEST_F(SwitchboardTest, SentOutMayNotComeBackUntilAdmitted) {
  online({"ann", "ben"});
  start_group(Ringing::kOnline, {"ben"});
  join("ben");
  connect("ben", "ben");
  ASSERT_TRUE(board.remove(now, "call", "ben").has_value());
  settle();
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kLeft);
  EXPECT_THAT(media_ended, ElementsAre("ben"));
  EXPECT_EQ(board.join(now, "call", person("ben"), true).error().code, "permission_denied");
  ASSERT_TRUE(board.knock(now, "call", person("ben")).has_value());
  EXPECT_EQ(board.find("call")->lobby.size(), 1U);
  ASSERT_TRUE(board.admit("call", "ben").has_value());
  settle();
  EXPECT_THAT(lobby_answers, ElementsAre("ben+"));
  join("ben");
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kJoined);
}

TEST_F(SwitchboardTest, LockedCallLetsThoseInsideComeBackAndOthersKnock) {
  online({"ann", "ben", "cid"});
  start_group(Ringing::kOnline, {"ben", "cid"});
  join("ben");
  ASSERT_TRUE(board.set_locked(now, "call", true).has_value());
  settle();
  EXPECT_TRUE(last.locked);
  ASSERT_TRUE(board.leave(now, "call", "ben").has_value());
  settle();
  join("ben");
  EXPECT_EQ(board.join(now, "call", person("cid")).error().code, "permission_denied");
  ASSERT_TRUE(board.knock(now, "call", person("cid")).has_value());
  ASSERT_TRUE(board.knock(now, "call", person("cid")).has_value());  // once is enough
  EXPECT_EQ(board.find("call")->lobby.size(), 1U);
  ASSERT_TRUE(board.deny("call", "cid").has_value());
  settle();
  EXPECT_THAT(lobby_answers, ElementsAre("cid-"));
  EXPECT_EQ(board.deny("call", "cid").error().code, "not_found");
  EXPECT_TRUE(board.join(now, "call", person("cid"), true).has_value());  // a moderator walks in
}

TEST_F(SwitchboardTest, UnlockingAdmitsWhoeverWaits) {
  online({"ann", "ben", "cid"});
  start_group(Ringing::kNobody, {});
  ASSERT_TRUE(board.set_locked(now, "call", true).has_value());
  ASSERT_TRUE(board.knock(now, "call", person("ben")).has_value());
  ASSERT_TRUE(board.knock(now, "call", person("cid")).has_value());
  board.user_offline(now, "cid");  // does not wait any more
  ASSERT_TRUE(board.set_locked(now, "call", false).has_value());
  settle();
  EXPECT_THAT(lobby_answers, ElementsAre("ben+"));
}

TEST_F(SwitchboardTest, CrowdIsAnnouncedOnceInAWhile) {
  start_group(Ringing::kNobody, {});
  for (int i = 0; i < 60; ++i) join("user" + std::to_string(i));
  EXPECT_LE(announced, 52);
  EXPECT_LT(last.call.participants.size(), 61U);
  advance(1s);
  EXPECT_EQ(last.call.participants.size(), 61U);
  const int before = announced;
  ASSERT_TRUE(board.end(now, "call").has_value());  // the end is told at once
  settle();
  EXPECT_EQ(announced, before + 1);
}

TEST_F(SwitchboardTest, RungAgainWithinACall) {
  online({"ann", "ben"});
  start_group(Ringing::kOnline, {"ben"});
  join("ben");
  advance(50s);
  ASSERT_TRUE(board.ring(now, "call", people({"ben", "cid"})).has_value());
  settle();
  EXPECT_EQ(rung.back(), "cid");  // ben is inside
  EXPECT_EQ(rung.size(), 2U);
  advance(45s);
  EXPECT_EQ(status_of("cid"), CallParticipantStatus::kMissed);
  EXPECT_FALSE(over);
}

TEST_F(SwitchboardTest, CalledBackInVainStaysOneWhoTookPart) {
  online({"ann", "ben"});
  start_group(Ringing::kOnline, {"ben"});
  join("ben");
  ASSERT_TRUE(board.leave(now, "call", "ben").has_value());
  ASSERT_TRUE(board.ring(now, "call", people({"ben"})).has_value());
  settle();
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kRinging);
  advance(45s);
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kLeft);
}

TEST_F(SwitchboardTest, RungLaterRingsItsOwnTime) {
  start_group(Ringing::kNamed, {"ben"});
  advance(30s);
  ASSERT_TRUE(board.ring(now, "call", people({"cid"})).has_value());
  advance(44s);
  EXPECT_EQ(status_of("ben"), CallParticipantStatus::kMissed);
  EXPECT_EQ(last.call.status, CallStatus::kRinging);
  advance(1s);
  EXPECT_EQ(last.call.status, CallStatus::kMissed);
}

TEST_F(SwitchboardTest, DeletedRoomEndsItsCall) {
  online({"ann", "ben"});
  start_direct();
  join("ben");
  board.room_deleted(now, "room");
  settle();
  EXPECT_EQ(last.call.status, CallStatus::kEnded);
}

}  // namespace
}  // namespace parley::calls

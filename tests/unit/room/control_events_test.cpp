// Speakers, connection quality and data, as rooms pass them on.
#include "unit/room/control_fixture.h"

namespace parley::room::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Speakers : public ControlTest {
 protected:
  void SetUp() override {
    ControlTest::SetUp();
    alice = enter("alice");
    bob = enter("bob");
    auto deaf = params_for("deaf");
    deaf.auto_subscribe = false;
    carol = enter(deaf);
    publish(alice);
    negotiate(bob);
    feed = plane.all<AddIncoming>()[0].feed;
    room = plane.all<CreateTransport>()[0].room;
  }
  void report(std::vector<SpeakerLevel> levels, ShardIndex shard = 0) {
    manager->handle_media_event(now, SpeakersChanged{room, std::move(levels), shard});
  }
  Client alice;
  Client bob;
  Client carol;
  FeedId feed;
  RoomId room;
};

TEST_F(Speakers, ChangesGoToTheSpeakerAndItsSubscribers) {
  report({{feed, 0.6F}});
  const auto heard = bob.sink->last<SpeakersEvent>().speakers;
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].sid, alice.sid);
  EXPECT_TRUE(heard[0].active);
  EXPECT_FLOAT_EQ(heard[0].level, 0.625F);  // eighths
  EXPECT_EQ(alice.sink->all<SpeakersEvent>().size(), 1U);
  EXPECT_FALSE(carol.sink->has<SpeakersEvent>());

  report({{feed, 0.61F}});
  EXPECT_EQ(bob.sink->all<SpeakersEvent>().size(), 1U);  // the same eighth

  report({});
  EXPECT_FALSE(bob.sink->last<SpeakersEvent>().speakers[0].active);
  EXPECT_EQ(bob.sink->last<SpeakersEvent>().speakers[0].level, 0);
}

TEST_F(Speakers, SilenceOfOneShardSaysNothingOfAnother) {
  report({{feed, 0.6F}}, 0);
  report({}, 1);
  EXPECT_EQ(bob.sink->all<SpeakersEvent>().size(), 1U);
}

TEST_F(Speakers, SimulatedSpeechEndsByItself) {
  request(alice, SimulateRequest{SimulateRequest::Scenario::kSpeakerUpdate, 3});
  EXPECT_TRUE(bob.sink->last<SpeakersEvent>().speakers[0].active);
  advance(2s);
  EXPECT_EQ(bob.sink->all<SpeakersEvent>().size(), 1U);
  advance(2s);
  EXPECT_FALSE(bob.sink->last<SpeakersEvent>().speakers[0].active);
}

TEST_F(Speakers, ResumedClientHearsWhoSpeaks) {
  report({{feed, 0.6F}});
  manager->signal_lost(now, bob.handle);
  auto sink = std::make_shared<RecordingSink>();
  sinks.push_back(sink);
  ResumeParams params;
  params.room = "r";
  params.sid = bob.sid;
  params.grants.identity = "bob";
  ASSERT_TRUE(manager->resume(now, params, sink.get()));
  EXPECT_EQ(sink->last<SpeakersEvent>().speakers[0].sid, alice.sid);
}

class Quality : public Speakers {
 protected:
  void measured(const Client& client, float loss) {
    TransportQuality quality;
    quality.transport = client.downlink;
    quality.rtt = 40ms;
    quality.downlink_loss = loss;
    quality.downlink_sent = 1000;
    manager->handle_media_event(now, quality);
  }
  [[nodiscard]] static std::vector<std::pair<std::string, ConnectionQuality>> told(const Client& client) {
    std::vector<std::pair<std::string, ConnectionQuality>> out;
    for (const auto& event : client.sink->all<ConnectionQualityEvent>()) {
      for (const auto& entry : event.updates) out.emplace_back(entry.participant_sid, entry.quality);
    }
    return out;
  }
};

TEST_F(Quality, ToldWhenItChanges) {
  advance(6s);
  alice.sink->events.clear();
  bob.sink->events.clear();
  carol.sink->events.clear();
  measured(alice, 0.2F);
  advance(5s);
  EXPECT_THAT(told(alice), ElementsAre(std::pair{alice.sid, ConnectionQuality::kPoor}));
  EXPECT_THAT(told(bob), ElementsAre(std::pair{alice.sid, ConnectionQuality::kPoor}));
  EXPECT_THAT(told(carol), IsEmpty());
  measured(alice, 0.2F);
  advance(5s);
  EXPECT_EQ(told(alice).size(), 1U);
  measured(alice, 0.0F);
  advance(5s);
  EXPECT_EQ(told(bob).back().second, ConnectionQuality::kExcellent);
}

TEST_F(Quality, LostIsToldToOthersOnly) {
  advance(6s);
  bob.sink->events.clear();
  alice.sink->events.clear();
  manager->handle_media_event(now, TransportEnded{alice.downlink, TransportEnd::kConsentExpired});
  advance(5s);
  EXPECT_THAT(told(bob), ElementsAre(std::pair{alice.sid, ConnectionQuality::kLost}));
  EXPECT_THAT(told(alice), IsEmpty());
}

TEST_F(Quality, NewcomerLearnsOfThoseItGets) {
  measured(alice, 0.2F);
  advance(6s);
  Client dave = enter("dave");
  negotiate(dave);
  advance(6s);
  const auto heard = told(dave);
  EXPECT_NE(std::find(heard.begin(), heard.end(), std::pair{alice.sid, ConnectionQuality::kPoor}), heard.end());
}

class Data : public ControlTest {
 protected:
  void SetUp() override {
    ControlTest::SetUp();
    alice = enter("alice");
    bob = enter("bob");
    carol = enter("carol");
    publish(alice);
    uplink = plane.all<CreateTransport>().back().transport;
  }
  void send(const std::string& text, DataChannel channel = DataChannel::kReliable) {
    manager->handle_media_event(now, DataReceived{uplink, channel, TextCodec::bytes_of(text)});
  }
  // "<recipient> <text>" of what was sent since the last look.
  std::vector<std::string> sent() {
    std::vector<std::string> out;
    const auto all = plane.all<SendData>();
    for (; seen < all.size(); ++seen) {
      const auto& command = all[seen];
      std::string who = "?";
      for (const Client* client : {&alice, &bob, &carol}) {
        if (client->downlink == command.transport) who = client->identity;
      }
      out.push_back(who + ' ' + std::string(as_text(*command.payload)));
    }
    return out;
  }
  Client alice;
  Client bob;
  Client carol;
  TransportId uplink;
  std::size_t seen = 0;
};

TEST_F(Data, GoesToEverybodyElseStamped) {
  send("1||hi");
  EXPECT_THAT(sent(), ElementsAre("bob alice/PA_/r/1||hi", "carol alice/PA_/r/1||hi"));
  send("0||hi", DataChannel::kLossy);
  EXPECT_EQ(plane.last<SendData>().channel, DataChannel::kLossy);
  EXPECT_THAT(sent(), ElementsAre("bob alice/PA_/l/0||hi", "carol alice/PA_/l/0||hi"));
}

TEST_F(Data, GoesToThoseNamedOnceEachAndNeverBack) {
  send("1|carol,carol,alice,nobody|hi");
  EXPECT_THAT(sent(), ElementsAre("carol alice/PA_/r/1|carol,carol,alice,nobody|hi"));
}

TEST_F(Data, RepeatedReliablePacketsAreDropped) {
  send("5|bob|a");
  send("5|bob|a");
  send("4|bob|b");
  send("6|bob|c");
  EXPECT_EQ(sent().size(), 2U);
  manager->signal_lost(now, alice.handle);
  auto sink = std::make_shared<RecordingSink>();
  sinks.push_back(sink);
  ResumeParams params;
  params.room = "r";
  params.sid = alice.sid;
  params.grants.identity = "alice";
  ASSERT_TRUE(manager->resume(now, params, sink.get()));
  EXPECT_EQ(sink->last<ReconnectEvent>().last_message_sequence, 6U);
}

TEST_F(Data, RefusedWithoutPermissionOrSense) {
  send("nonsense");
  send("t|bob|speech to text of somebody who is no agent");
  send("m|bob|metrics");
  send("1|bob|x", DataChannel::kDataTrack);
  UpdateParticipantParams change;
  change.permission = Permission{};
  change.permission->can_publish_data = false;
  ASSERT_TRUE(manager->update_participant(now, "r", "alice", change));
  send("1|bob|x");
  EXPECT_THAT(sent(), IsEmpty());
  EXPECT_EQ(manager->stats().data_packets_refused, 5U);
}

TEST_F(Data, WaitsALittleForChannelsThatAreStillOpening) {
  Client dave = join(params_for("dave"));
  answer(dave);
  send("1|dave|too old");
  advance(3s);
  send("2|dave|first");
  send("3|dave|second");
  send("0|dave|lossy", DataChannel::kLossy);
  EXPECT_THAT(sent(), IsEmpty());
  connect(dave);
  const auto all = plane.all<SendData>();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].transport, dave.downlink);
  EXPECT_EQ(as_text(*all[0].payload), "alice/PA_/r/2|dave|first");
  EXPECT_EQ(as_text(*all[1].payload), "alice/PA_/r/3|dave|second");
}

TEST_F(Data, AdministrationSendsToAllOrSome) {
  ASSERT_TRUE(manager->send_data(now, "r", {TextCodec::bytes_of("x"), DataKind::kReliable, {}, {}}));
  EXPECT_EQ(sent().size(), 3U);
  ASSERT_TRUE(manager->send_data(now, "r", {TextCodec::bytes_of("x"), DataKind::kLossy, {"bob"}, {carol.sid}}));
  EXPECT_EQ(sent().size(), 2U);
  EXPECT_EQ(plane.last<SendData>().channel, DataChannel::kLossy);
  EXPECT_EQ(manager->send_data(now, "r", {}).error().code, "invalid_argument");
}

}  // namespace
}  // namespace parley::room::test

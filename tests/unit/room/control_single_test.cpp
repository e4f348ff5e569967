// One connection for both directions, offered by the client.
#include "unit/room/control_fixture.h"

namespace parley::room::test {
namespace {

using ::testing::HasSubstr;

class Single : public ControlTest {
 protected:
  // Joins with an offer of three audio and three video sections to receive on.
  Client enter_single(const std::string& identity) {
    auto params = params_for(identity);
    params.single_connection = true;
    params.publisher_offer = SessionDescription{captured_offer("rusty_1"), 1, {}};
    Client client = join(params);
    client.downlink = plane.all<CreateTransport>().back().transport;
    connect(client);
    return client;
  }
  [[nodiscard]] std::size_t flowing_to(const Client& client) const {
    const auto all = plane.all<AddOutgoing>();
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&](const auto& c) { return c.transport == client.downlink; }));
  }
  static sdp::Direction direction_of(const Client& client, const std::string& mid) {
    const auto answered = sdp::parse(client.sink->last<AnswerEvent>().description.sdp);
    return answered->section(mid)->direction;
  }
};

TEST_F(Single, JoinIsFollowedByTheAnswerAndNeverByAnOffer) {
  const Client bob = enter_single("bob");
  ASSERT_GE(bob.sink->events.size(), 2U);
  EXPECT_TRUE(std::holds_alternative<JoinEvent>(bob.sink->events[0]));
  EXPECT_FALSE(bob.sink->last<JoinEvent>().subscriber_primary);
  EXPECT_TRUE(std::holds_alternative<AnswerEvent>(bob.sink->events[1]));
  EXPECT_EQ(bob.sink->last<AnswerEvent>().description.id, 1U);
  EXPECT_FALSE(bob.sink->has<OfferEvent>());
  EXPECT_EQ(plane.all<CreateTransport>().size(), 1U);
  EXPECT_FALSE(plane.last<CreateTransport>().open_data_channels);  // the client opens them
  EXPECT_EQ(bob.sink->news_of("bob")->state, ParticipantState::kActive);
}

TEST_F(Single, ExistingTracksArePlacedInTheFirstAnswer) {
  const Client alice = enter("alice");
  const auto [audio, video] = publish(alice);
  const Client bob = enter_single("bob");
  const auto answered = bob.sink->last<AnswerEvent>().description;
  EXPECT_THAT(answered.sdp, HasSubstr("a=msid:" + alice.sid + "|" + video + " " + video));
  EXPECT_EQ(answered.mid_to_track_id.size(), 2U);
  ASSERT_EQ(plane.all<AddOutgoing>().size(), 2U);
  EXPECT_EQ(plane.last<AddOutgoing>().transport, bob.downlink);
  EXPECT_FALSE(plane.last<AddOutgoing>().config.mid.empty());
}

TEST_F(Single, LaterTracksAskForAnotherOfferAndTakeFreeSections) {
  const Client bob = enter_single("bob");
  const Client alice = enter("alice");
  advance(1s);
  publish(alice);
  advance(200ms);
  ASSERT_TRUE(bob.sink->has<MediaSectionsEvent>());
  EXPECT_EQ(bob.sink->last<MediaSectionsEvent>().audios, 0U);  // free ones are there
  EXPECT_EQ(bob.sink->last<MediaSectionsEvent>().videos, 0U);
  offer(bob, captured_offer("rusty_1"), 2);
  EXPECT_EQ(plane.all<AddOutgoing>().size(), 2U);
  advance(1s);
  EXPECT_EQ(bob.sink->all<MediaSectionsEvent>().size(), 1U);
}

TEST_F(Single, FirefoxGetsNothingBeforeALaterAnswerCanBeThere) {
  const auto by_firefox = [](std::string offer) { return offer.replace(offer.find("o=-"), 3, "o=mozilla"); };
  const std::string sdp = by_firefox(captured_offer("rusty_1"));
  publish(enter("alice"));
  auto params = params_for("fox");
  params.single_connection = true;
  params.publisher_offer = SessionDescription{sdp, 1, {}};
  Client fox = join(params);
  fox.downlink = plane.all<CreateTransport>().back().transport;
  EXPECT_EQ(plane.last<AddOutgoing>().hold, Duration{}) << "without a connection nothing overtakes the answer";
  connect(fox);
  publish(enter("carol"));
  advance(200ms);
  offer(fox, sdp, 2);
  EXPECT_EQ(plane.last<AddOutgoing>().transport, fox.downlink);
  EXPECT_EQ(plane.last<AddOutgoing>().hold, 250ms);

  const Client chromium = enter_single("chromium");
  publish(enter("dave"));
  advance(200ms);
  offer(chromium, captured_offer("rusty_1"), 2);
  EXPECT_EQ(plane.last<AddOutgoing>().transport, chromium.downlink);
  EXPECT_EQ(plane.last<AddOutgoing>().hold, Duration{});
}

TEST_F(Single, LackingSectionsAreCounted) {
  const Client bob = enter_single("bob");
  for (int i = 0; i < 5; ++i) publish(enter("p" + std::to_string(i)));
  advance(200ms);
  ASSERT_TRUE(bob.sink->has<MediaSectionsEvent>());
  EXPECT_EQ(bob.sink->last<MediaSectionsEvent>().audios, 2U);
  EXPECT_EQ(bob.sink->last<MediaSectionsEvent>().videos, 2U);
  // The client only repeats itself: three of each flow, two are asked for again.
  offer(bob, captured_offer("rusty_1"), 2);
  EXPECT_EQ(flowing_to(bob), 6U);
  advance(1s);
  EXPECT_EQ(bob.sink->all<MediaSectionsEvent>().size(), 2U);
  EXPECT_EQ(bob.sink->last<MediaSectionsEvent>().audios, 2U);
}

TEST_F(Single, FreedSectionIsInactiveOnceBeforeItIsUsedAgain) {
  const Client alice = enter("alice");
  const auto [audio, video] = publish(alice);
  const Client bob = enter_single("bob");
  advance(1s);
  const std::string mid(plane.last<AddOutgoing>().config.mid.view());
  request(bob, UpdateSubscriptionRequest{{video}, false});
  EXPECT_EQ(plane.all<RemoveOutgoing>().size(), 1U);
  advance(200ms);
  EXPECT_TRUE(bob.sink->has<MediaSectionsEvent>());
  offer(bob, captured_offer("rusty_1"), 2);
  EXPECT_EQ(direction_of(bob, mid), sdp::Direction::kInactive);
}

TEST_F(Single, PublishesOnTheSameConnection) {
  const Client bob = enter_single("bob");
  request(bob, microphone("7623f4c5-a022-4657-b20c-62eadd8adb6b"));
  request(bob, camera("cbf7bf83-91fc-40bd-8c5e-2c9fa4ee4ffe"));
  offer(bob, captured_offer("rusty_4"), 2);
  ASSERT_EQ(plane.all<AddIncoming>().size(), 2U);
  EXPECT_EQ(plane.last<AddIncoming>().transport, bob.downlink);
}

TEST_F(Single, DataGoesOnTheClientsOwnChannels) {
  const Client alice = enter_single("alice");
  const Client bob = enter_single("bob");
  manager->handle_media_event(now, DataReceived{alice.downlink, DataChannel::kReliable, TextCodec::bytes_of("1||x")});
  ASSERT_EQ(plane.all<SendData>().size(), 1U);
  EXPECT_EQ(plane.last<SendData>().transport, bob.downlink);
}

TEST_F(Single, ResumeTakesTheOfferAlong) {
  Client bob = enter_single("bob");
  manager->signal_lost(now, bob.handle);
  bob.sink = std::make_shared<RecordingSink>();
  sinks.push_back(bob.sink);
  ResumeParams params;
  params.room = "r";
  params.sid = bob.sid;
  params.grants.identity = "bob";
  params.sync_state = SyncStateRequest{};
  params.publisher_offer = SessionDescription{captured_offer("rusty_1"), 2, {}};
  ASSERT_TRUE(manager->resume(now, params, bob.sink.get()));
  EXPECT_TRUE(std::holds_alternative<ReconnectEvent>(bob.sink->events[0]));
  EXPECT_EQ(bob.sink->last<AnswerEvent>().description.id, 2U);
  EXPECT_TRUE(plane.all<RestartIce>().empty());
}

TEST_F(Single, AnnouncementsOfTheJoinArePublished) {
  auto params = params_for("bob");
  params.single_connection = true;
  params.add_tracks = {microphone("7623f4c5-a022-4657-b20c-62eadd8adb6b")};
  params.publisher_offer = SessionDescription{captured_offer("rusty_2"), 1, {}};
  const Client bob = join(params);
  EXPECT_TRUE(bob.sink->has<TrackPublishedEvent>());
  EXPECT_EQ(plane.all<AddIncoming>().size(), 1U);
}

}  // namespace
}  // namespace parley::room::test

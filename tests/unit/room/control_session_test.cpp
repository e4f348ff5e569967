#include "unit/room/control_fixture.h"

namespace parley::room::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsNull;
using ::testing::Not;
using ::testing::NotNull;

class Leaving : public ControlTest {};

TEST_F(Leaving, ClientThatLeavesIsGoneAtOnce) {
  const Client alice = enter("alice");
  const Client bob = enter("bob");
  publish(alice);
  request(alice, LeaveRequest{DisconnectReason::kClientInitiated});
  const auto news = bob.sink->news_of("alice");
  EXPECT_EQ(news->state, ParticipantState::kDisconnected);
  EXPECT_EQ(news->sid, alice.sid);
  EXPECT_EQ(news->disconnect_reason, DisconnectReason::kClientInitiated);
  EXPECT_TRUE(alice.sink->closed);
  EXPECT_FALSE(alice.sink->has<LeaveEvent>());
  EXPECT_EQ(plane.all<CloseTransport>().size(), 2U);
  EXPECT_EQ(plane.all<RemoveIncoming>().size(), 2U);
  EXPECT_EQ(manager->stats().participants, 1U);
  EXPECT_EQ(manager->stats().tracks_published, 0U);
  EXPECT_EQ(observer.count<ParticipantLeft>(), 1U);
}

TEST_F(Leaving, LostSignallingKeepsTheParticipantWhileMediaLives) {
  const Client alice = enter("alice");
  const Client bob = enter("bob");
  manager->signal_lost(now, alice.handle);
  advance(120s);
  EXPECT_THAT(bob.sink->news_of("alice"), IsNull());
  manager->handle_media_event(now, TransportEnded{alice.downlink, TransportEnd::kConsentExpired});
  EXPECT_EQ(bob.sink->news_of("alice")->state, ParticipantState::kDisconnected);
}

TEST_F(Leaving, LostSignallingBeforeMediaEndsTheParticipant) {
  const Client alice = join(params_for("alice"));
  manager->signal_lost(now, alice.handle);
  EXPECT_EQ(manager->stats().participants, 0U);
}

TEST_F(Leaving, DeadTransportSendsTheClientIntoANewSession) {
  const Client alice = enter("alice");
  const Client bob = enter("bob");
  manager->handle_media_event(now, TransportEnded{alice.downlink, TransportEnd::kDtlsFailed});
  EXPECT_EQ(alice.sink->last<LeaveEvent>().action, LeaveAction::kReconnect);
  EXPECT_TRUE(alice.sink->closed);
  EXPECT_THAT(bob.sink->news_of("alice"), IsNull());  // it is expected back
  advance(14s);
  EXPECT_EQ(manager->stats().participants, 2U);
  advance(2s);
  EXPECT_EQ(bob.sink->news_of("alice")->state, ParticipantState::kDisconnected);
}

TEST_F(Leaving, LeaveAfterTheTransportsGoodbyeStillCounts) {
  const Client alice = enter("alice");
  const Client bob = enter("bob");
  manager->handle_media_event(now, TransportEnded{alice.downlink, TransportEnd::kDtlsClosed});
  EXPECT_FALSE(alice.sink->closed);
  request(alice, LeaveRequest{});
  EXPECT_EQ(bob.sink->news_of("alice")->state, ParticipantState::kDisconnected);
}

TEST_F(Leaving, TransportClosedWithoutALeaveSendsTheClientIntoANewSession) {
  const Client alice = enter("alice");
  manager->handle_media_event(now, TransportEnded{alice.downlink, TransportEnd::kDtlsClosed});
  advance(1s);
  EXPECT_FALSE(alice.sink->closed);
  advance(2s);
  EXPECT_EQ(alice.sink->last<LeaveEvent>().action, LeaveAction::kReconnect);
  EXPECT_TRUE(alice.sink->closed);
}

TEST_F(Leaving, TransportThatNeverConnectedEndsTheParticipant) {
  Client alice = join(params_for("alice"));
  answer(alice);
  manager->handle_media_event(now, TransportEnded{alice.downlink, TransportEnd::kNeverConnected});
  EXPECT_EQ(alice.sink->last<LeaveEvent>().reason, DisconnectReason::kConnectionTimeout);
  EXPECT_EQ(manager->stats().participants, 0U);
}

TEST_F(Leaving, EventsOfClosedTransportsAreNobodysBusiness) {
  const Client alice = enter("alice");
  publish(alice);
  const auto feed = plane.all<AddIncoming>()[0].feed;
  request(alice, LeaveRequest{});
  manager->handle_media_event(now, TransportEnded{alice.downlink, TransportEnd::kDtlsClosed});
  manager->handle_media_event(now, FeedStarted{feed, 0, Ssrc{1}, codec::Codec::kOpus});
  manager->handle_media_event(now, DataReceived{alice.downlink, DataChannel::kReliable, TextCodec::bytes_of("1||x")});
  manager->handle_media_event(now, SpeakersChanged{RoomId{999}, {}, 0});
  EXPECT_EQ(manager->stats().participants, 0U);
}

class Rooms : public ControlTest {};

TEST_F(Rooms, EmptyRoomEndsAfterItsTimeout) {
  ASSERT_TRUE(manager->create_room(now, "r", {}));
  advance(299s);
  EXPECT_EQ(manager->stats().rooms, 1U);
  advance(2s);
  EXPECT_EQ(manager->stats().rooms, 0U);
  EXPECT_EQ(observer.count<RoomFinished>(), 1U);
}

TEST_F(Rooms, RoomEndsSoonAfterTheLastOneLeft) {
  const Client alice = enter("alice");
  advance(400s);
  EXPECT_EQ(manager->stats().rooms, 1U);
  request(alice, LeaveRequest{});
  advance(19s);
  EXPECT_EQ(manager->stats().rooms, 1U);
  const Client bob = enter("bob");
  advance(60s);
  EXPECT_EQ(manager->stats().rooms, 1U);
  request(bob, LeaveRequest{});
  advance(21s);
  EXPECT_EQ(manager->stats().rooms, 0U);
  EXPECT_EQ(manager->deadline(), kNever);
}

TEST_F(Rooms, OptionsOfTheTokenMakeTheRoom) {
  auto params = params_for("alice");
  params.grants.room_options = RoomOptions{600, 5, 1, "topic"};
  const Client alice = enter(params);
  const auto info = alice.sink->last<JoinEvent>().room;
  EXPECT_EQ(info.empty_timeout, 600U);
  EXPECT_EQ(info.departure_timeout, 5U);
  EXPECT_EQ(info.metadata, "topic");
  EXPECT_EQ(manager->check_join(params_for("bob")).error().code, "resource_exhausted");
  request(alice, LeaveRequest{});
  advance(6s);
  EXPECT_EQ(manager->stats().rooms, 0U);
}

TEST_F(Rooms, CountsAreAnnouncedNowAndThen) {
  const Client alice = enter("alice");
  for (int i = 0; i < 5; ++i) enter("guest" + std::to_string(i));
  EXPECT_FALSE(alice.sink->has<RoomUpdateEvent>());
  advance(6s);
  ASSERT_EQ(alice.sink->all<RoomUpdateEvent>().size(), 1U);
  EXPECT_EQ(alice.sink->last<RoomUpdateEvent>().room.num_participants, 6U);
}

TEST_F(Rooms, DrainTellsEverybodyAndRefusesMore) {
  const Client alice = enter("alice");
  auto other = params_for("bob");
  other.room = "s";
  const Client bob = enter(other);
  manager->drain(now);
  for (const Client* client : {&alice, &bob}) {
    EXPECT_EQ(client->sink->last<LeaveEvent>().reason, DisconnectReason::kServerShutdown);
    EXPECT_EQ(client->sink->last<LeaveEvent>().action, LeaveAction::kReconnect);
    EXPECT_TRUE(client->sink->closed);
  }
  EXPECT_EQ(manager->stats().rooms, 0U);
  EXPECT_EQ(plane.all<CloseTransport>().size(), 2U);
  EXPECT_EQ(manager->check_join(params_for("carol")).error().code, "unavailable");
  EXPECT_EQ(manager->create_room(now, "t", {}).error().code, "unavailable");
}

class Resume : public ControlTest {
 protected:
  void SetUp() override {
    ControlTest::SetUp();
    alice = enter("alice");
    bob = enter("bob");
    advance(3s);
  }
  Result<ParticipantHandle, Error> resume(Client& client, const std::string& sid,
                                          const std::function<void(ResumeParams&)>& change = {}) {
    client.sink = std::make_shared<RecordingSink>();
    sinks.push_back(client.sink);
    ResumeParams params;
    params.room = "r";
    params.sid = sid;
    params.grants.identity = client.identity;
    if (change) change(params);
    auto handle = manager->resume(now, params, client.sink.get());
    if (handle) client.handle = *handle;
    return handle;
  }
  Client alice;
  Client bob;
};

TEST_F(Resume, ReconnectComesFirstThenEverybodyThenTheRoom) {
  Client carol = enter("carol");
  manager->signal_lost(now, alice.handle);
  request(carol, LeaveRequest{});
  advance(1s);
  ASSERT_TRUE(resume(alice, alice.sid));
  const auto& events = alice.sink->events;
  ASSERT_GE(events.size(), 4U);
  EXPECT_TRUE(std::holds_alternative<ReconnectEvent>(events[0]));
  const auto* gone = std::get_if<UpdateEvent>(&events[1]);
  ASSERT_NE(gone, nullptr);
  EXPECT_EQ(gone->participants[0]->identity, "carol");
  EXPECT_EQ(gone->participants[0]->state, ParticipantState::kDisconnected);
  const auto* present = std::get_if<UpdateEvent>(&events[2]);
  ASSERT_NE(present, nullptr);
  EXPECT_EQ(present->participants.size(), 2U);
  EXPECT_TRUE(std::holds_alternative<RoomUpdateEvent>(events[3]));
  EXPECT_TRUE(alice.sink->has<RefreshTokenEvent>());
  EXPECT_THAT(bob.sink->news_of("alice"), IsNull());
  EXPECT_EQ(manager->stats().resumes, 1U);
}

TEST_F(Resume, SubscriberRestartsIce) {
  const auto before = plane.last<CreateTransport>();
  manager->signal_lost(now, bob.handle);
  ASSERT_TRUE(resume(bob, bob.sid));
  const auto restart = plane.last<RestartIce>();
  EXPECT_EQ(restart.transport, before.transport);
  EXPECT_NE(restart.local, before.local);
  EXPECT_THAT(bob.sink->last<OfferEvent>().description.sdp, HasSubstr(restart.local.ufrag));
  AnswerOptions fresh;
  fresh.ufrag = "newc";
  answer(bob, fresh);
  EXPECT_EQ(plane.last<SetRemote>().remote.ufrag, "newc");
  EXPECT_EQ(plane.last<SetRemote>().local, restart.local);
}

TEST_F(Resume, OldSocketIsReplacedQuietly) {
  const auto old = bob.sink;
  const auto old_handle = bob.handle;
  ASSERT_TRUE(resume(bob, bob.sid));
  EXPECT_TRUE(old->closed);
  EXPECT_FALSE(old->has<LeaveEvent>());
  manager->signal_lost(now, old_handle);  // reported late
  request(bob, UpdateSubscriptionRequest{});
  EXPECT_FALSE(bob.sink->closed);
  EXPECT_EQ(manager->stats().participants, 2U);
  manager->handle_request(now, old_handle, LeaveRequest{});
  EXPECT_EQ(manager->stats().participants, 2U);
}

TEST_F(Resume, UnknownSessionIsSentIntoANewOne) {
  EXPECT_EQ(resume(bob, "PA_unknown").error().code, "not_found");
  ASSERT_EQ(bob.sink->events.size(), 1U);
  EXPECT_EQ(bob.sink->last<LeaveEvent>().reason, DisconnectReason::kStateMismatch);
  EXPECT_EQ(bob.sink->last<LeaveEvent>().action, LeaveAction::kReconnect);
  EXPECT_TRUE(bob.sink->closed);
}

TEST_F(Resume, SomebodyElsesSessionIsUnknown) {
  EXPECT_FALSE(resume(bob, alice.sid));
  EXPECT_FALSE(alice.sink->closed);
}

TEST_F(Resume, SessionWithDeadMediaIsUnknown) {
  manager->handle_media_event(now, TransportEnded{bob.downlink, TransportEnd::kConsentExpired});
  EXPECT_FALSE(resume(bob, bob.sid));
  // The new session takes the old one's place.
  const Client again = enter("bob");
  EXPECT_EQ(alice.sink->news_of("bob")->sid, again.sid);
  EXPECT_EQ(manager->stats().participants, 2U);
}

TEST_F(Resume, ChangesMadeMeanwhileComeWithTheOffer) {
  manager->signal_lost(now, bob.handle);
  const auto [audio, video] = publish(alice);
  advance(1s);
  ASSERT_TRUE(resume(bob, bob.sid));
  EXPECT_EQ(bob.sink->news_of("alice")->tracks.size(), 2U);
  EXPECT_THAT(bob.sink->last<OfferEvent>().description.sdp, HasSubstr(video));
  answer(bob);
  EXPECT_EQ(plane.all<AddOutgoing>().size(), 2U);
}

TEST_F(Resume, ChangesForAnAbsentClientWakeNobody) {
  Client carol = enter("carol");
  publish(carol);
  negotiate(bob);
  manager->signal_lost(now, bob.handle);
  request(carol, LeaveRequest{});
  advance(1s);  // past every debounce
  publish(alice);
  EXPECT_GT(manager->deadline(), now);
}

TEST_F(Resume, FlowingTracksAreLeftAlone) {
  publish(alice);
  negotiate(bob);
  manager->signal_lost(now, bob.handle);
  ASSERT_TRUE(resume(bob, bob.sid));
  negotiate(bob);
  EXPECT_EQ(plane.all<AddOutgoing>().size(), 2U);
  EXPECT_TRUE(plane.all<RemoveOutgoing>().empty());
}

TEST_F(Resume, PublisherGoesOnWithAnIceRestartOffer) {
  publish(alice);
  const auto version = alice.sink->news_of("alice")->version;
  manager->signal_lost(now, alice.handle);
  ASSERT_TRUE(resume(alice, alice.sid));
  request(alice, SyncStateRequest{});
  offer(alice, captured_offer("alice_2"), 2);
  EXPECT_EQ(alice.sink->last<AnswerEvent>().description.id, 2U);
  EXPECT_TRUE(plane.all<RemoveIncoming>().empty());
  EXPECT_GE(alice.sink->news_of("alice")->version, version);
}

TEST_F(Resume, SyncStateAppliesUnwantedAndDisabledTracks) {
  const auto [audio, video] = publish(alice);
  negotiate(bob);
  manager->signal_lost(now, bob.handle);
  ASSERT_TRUE(resume(bob, bob.sid));
  SyncStateRequest sync;
  sync.subscription = {{audio}, false};
  sync.track_sids_disabled = {video};
  request(bob, sync);
  EXPECT_EQ(plane.all<RemoveOutgoing>().size(), 1U);
  EXPECT_FALSE(plane.last<UpdateOutgoing>().target.enabled);
}

TEST_F(Resume, TrackUnknownHereMeansAFullReconnect) {
  manager->signal_lost(now, alice.handle);
  ASSERT_TRUE(resume(alice, alice.sid));
  SyncStateRequest sync;
  sync.publish_tracks = {{"cid", "TR_gone"}};
  request(alice, sync);
  EXPECT_EQ(alice.sink->last<LeaveEvent>().reason, DisconnectReason::kStateMismatch);
  EXPECT_EQ(alice.sink->last<LeaveEvent>().action, LeaveAction::kReconnect);
}

class Profile : public ControlTest {};

TEST_F(Profile, OwnMetadataNeedsPermission) {
  const Client alice = enter("alice");
  UpdateMetadataRequest change;
  change.metadata = "m";
  change.request_id = 7;
  request(alice, change);
  EXPECT_EQ(alice.sink->last<RequestResponseEvent>().request_id, 7U);
  EXPECT_EQ(alice.sink->last<RequestResponseEvent>().reason, RequestReason::kNotAllowed);
}

TEST_F(Profile, ChangesAreMergedAnnouncedAndSigned) {
  auto params = params_for("alice");
  params.grants.permission.can_update_metadata = true;
  params.grants.attributes = {{"keep", "1"}, {"drop", "1"}};
  const Client alice = enter(params);
  const Client bob = enter("bob");
  UpdateMetadataRequest change;
  change.metadata = "m";
  change.attributes = {{"drop", ""}, {"new", "2"}};
  request(alice, change);
  const auto news = bob.sink->news_of("alice");
  ASSERT_THAT(news, NotNull());
  EXPECT_EQ(news->metadata, "m");
  EXPECT_EQ(news->name, "alice's name");
  EXPECT_EQ(news->attributes, (Attributes{{"keep", "1"}, {"new", "2"}}));
  EXPECT_EQ(alice.sink->news_of("alice")->metadata, "m");
  EXPECT_EQ(alice.sink->last<RefreshTokenEvent>().grants.metadata, "m");
  EXPECT_FALSE(alice.sink->has<RequestResponseEvent>());
}

TEST_F(Profile, LimitsAreKept) {
  auto params = params_for("alice");
  params.grants.permission.can_update_metadata = true;
  const Client alice = enter(params);
  UpdateMetadataRequest long_metadata;
  long_metadata.metadata = std::string(512 * 1024 + 1, 'x');
  UpdateMetadataRequest long_name;
  long_name.name = std::string(257, 'x');
  UpdateMetadataRequest long_attributes;
  long_attributes.attributes = {{"k", std::string(64 * 1024, 'x')}};
  for (const auto& change : {long_metadata, long_name, long_attributes}) {
    alice.sink->events.clear();
    request(alice, change);
    EXPECT_EQ(alice.sink->last<RequestResponseEvent>().reason, RequestReason::kLimitExceeded);
    EXPECT_FALSE(alice.sink->has<UpdateEvent>());
  }
}

class Admin : public ControlTest {
 protected:
  void SetUp() override {
    ControlTest::SetUp();
    alice = enter("alice");
    bob = enter("bob");
    std::tie(audio, video) = publish(alice);
    negotiate(bob);
  }
  Client alice;
  Client bob;
  std::string audio;
  std::string video;
};

TEST_F(Admin, CreateRoomAnswersTheExistingOne) {
  const auto first = manager->create_room(now, "x", {std::nullopt, std::nullopt, 5, "m"});
  ASSERT_TRUE(first);
  EXPECT_EQ(first->max_participants, 5U);
  EXPECT_EQ(manager->create_room(now, "x", {})->sid, first->sid);
  EXPECT_EQ(manager->list_rooms().size(), 2U);
  EXPECT_EQ(manager->list_rooms({"x", "unknown"}).size(), 1U);
}

TEST_F(Admin, UnknownNamesAreNotFound) {
  EXPECT_EQ(manager->delete_room(now, "x").error().code, "not_found");
  EXPECT_EQ(manager->list_participants("x").error().code, "not_found");
  EXPECT_EQ(manager->get_participant("r", "x").error().code, "not_found");
  EXPECT_EQ(manager->remove_participant(now, "r", "x").error().code, "not_found");
  EXPECT_EQ(manager->mute_published_track(now, "r", "alice", "TR_x", true).error().code, "not_found");
  EXPECT_EQ(manager->update_participant(now, "x", "alice", {}).error().code, "not_found");
  EXPECT_EQ(manager->update_subscriptions(now, "r", "x", {}, true).error().code, "not_found");
  EXPECT_EQ(manager->send_data(now, "x", {}).error().code, "not_found");
  EXPECT_EQ(manager->update_room_metadata(now, "x", "").error().code, "not_found");
}

TEST_F(Admin, DeletedRoomSendsEverybodyHome) {
  ASSERT_TRUE(manager->delete_room(now, "r"));
  EXPECT_EQ(alice.sink->last<LeaveEvent>().reason, DisconnectReason::kRoomDeleted);
  EXPECT_EQ(bob.sink->last<LeaveEvent>().action, LeaveAction::kDisconnect);
  EXPECT_EQ(manager->stats().rooms, 0U);
  EXPECT_EQ(manager->stats().tracks_subscribed, 0U);
}

TEST_F(Admin, RemovedParticipantIsToldAndSoAreTheOthers) {
  ASSERT_TRUE(manager->remove_participant(now, "r", "alice"));
  EXPECT_EQ(alice.sink->last<LeaveEvent>().reason, DisconnectReason::kParticipantRemoved);
  EXPECT_EQ(bob.sink->news_of("alice")->disconnect_reason, DisconnectReason::kParticipantRemoved);
  EXPECT_EQ(plane.all<RemoveOutgoing>().size(), 2U);
}

TEST_F(Admin, MutingIsDoneAndToldUnmutingIsNot) {
  const auto muted = manager->mute_published_track(now, "r", "alice", audio, true);
  ASSERT_TRUE(muted);
  EXPECT_TRUE(muted->muted);
  EXPECT_EQ(alice.sink->last<MuteEvent>().track_sid, audio);
  EXPECT_TRUE(plane.last<MuteIncoming>().muted);
  EXPECT_TRUE(bob.sink->news_of("alice")->tracks[0].muted);
  EXPECT_EQ(manager->mute_published_track(now, "r", "alice", audio, false).error().code, "failed_precondition");
}

TEST_F(Admin, RevokedPublishingEndsTracks) {
  UpdateParticipantParams change;
  change.permission = Permission{};
  change.permission->can_publish_sources = {TrackSource::kMicrophone};
  const auto info = manager->update_participant(now, "r", "alice", change);
  ASSERT_TRUE(info);
  EXPECT_EQ((*info)->tracks.size(), 1U);
  EXPECT_EQ(alice.sink->last<TrackUnpublishedEvent>().track_sid, video);
  EXPECT_EQ(bob.sink->news_of("alice")->tracks.size(), 1U);
  EXPECT_EQ(alice.sink->last<RefreshTokenEvent>().grants.permission.can_publish_sources.size(), 1U);
  EXPECT_EQ(plane.all<RemoveIncoming>().size(), 1U);
  // The client's next offer still has the section; a new announcement must not take it for its own.
  change.permission = Permission{};
  ASSERT_TRUE(manager->update_participant(now, "r", "alice", change));
  request(alice, camera("{something-else}"));
  offer(alice, captured_offer("alice_2"), 2);
  EXPECT_EQ(plane.all<AddIncoming>().size(), 2U);
}

TEST_F(Admin, RevokedSubscribingStopsTheFlow) {
  UpdateParticipantParams change;
  change.permission = Permission{};
  change.permission->can_subscribe = false;
  ASSERT_TRUE(manager->update_participant(now, "r", "bob", change));
  EXPECT_EQ(plane.all<RemoveOutgoing>().size(), 2U);
}

TEST_F(Admin, HidingLooksLikeLeaving) {
  UpdateParticipantParams change;
  change.permission = Permission{};
  change.permission->hidden = true;
  ASSERT_TRUE(manager->update_participant(now, "r", "alice", change));
  EXPECT_EQ(bob.sink->news_of("alice")->state, ParticipantState::kDisconnected);
  EXPECT_EQ(plane.all<RemoveOutgoing>().size(), 2U);
  change.permission->hidden = false;
  ASSERT_TRUE(manager->update_participant(now, "r", "alice", change));
  EXPECT_EQ(bob.sink->news_of("alice")->state, ParticipantState::kActive);
  negotiate(bob);
  EXPECT_EQ(plane.all<AddOutgoing>().size(), 4U);
}

TEST_F(Admin, SubscriptionsAreChangedForSomebody) {
  ASSERT_TRUE(manager->update_subscriptions(now, "r", "bob", {video}, false));
  EXPECT_EQ(plane.all<RemoveOutgoing>().size(), 1U);
}

TEST_F(Admin, RoomMetadataIsToldAtOnce) {
  ASSERT_TRUE(manager->update_room_metadata(now, "r", "agenda"));
  EXPECT_EQ(bob.sink->last<RoomUpdateEvent>().room.metadata, "agenda");
  EXPECT_EQ(manager->update_room_metadata(now, "r", std::string(512 * 1024 + 1, 'x')).error().code, "invalid_argument");
}

class Scenarios : public ControlTest {};

TEST_F(Scenarios, SimulatedFailuresEndTheSessionAsAsked) {
  using Scenario = SimulateRequest::Scenario;
  const Client full = enter("full");
  request(full, SimulateRequest{Scenario::kLeaveRequestFullReconnect, 0});
  EXPECT_EQ(full.sink->last<LeaveEvent>().action, LeaveAction::kReconnect);
  const Client left = enter("left");
  request(left, SimulateRequest{Scenario::kServerLeave, 0});
  EXPECT_EQ(left.sink->last<LeaveEvent>().action, LeaveAction::kDisconnect);
  const Client node = enter("node");
  request(node, SimulateRequest{Scenario::kNodeFailure, 0});
  EXPECT_TRUE(node.sink->closed);
  EXPECT_FALSE(node.sink->has<LeaveEvent>());
  EXPECT_TRUE(manager->get_participant("r", "node"));
}

}  // namespace
}  // namespace parley::room::test

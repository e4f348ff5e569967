#include "unit/room/control_fixture.h"

namespace parley::room::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class Join : public ControlTest {};

TEST_F(Join, JoinIsTheFirstEventAndTheOfferFollows) {
  const Client alice = join(params_for("alice"));
  ASSERT_GE(alice.sink->events.size(), 2U);
  const auto* event = std::get_if<JoinEvent>(&alice.sink->events[0]);
  ASSERT_NE(event, nullptr);
  EXPECT_THAT(event->participant->sid, StartsWith("PA_"));
  EXPECT_THAT(event->room.sid, StartsWith("RM_"));
  EXPECT_EQ(event->room.name, "r");
  EXPECT_EQ(event->room.num_participants, 1U);
  EXPECT_EQ(event->participant->identity, "alice");
  EXPECT_EQ(event->participant->state, ParticipantState::kJoined);
  EXPECT_TRUE(event->participant->permission.can_publish);
  EXPECT_TRUE(event->subscriber_primary);
  EXPECT_TRUE(event->fast_publish);
  EXPECT_FALSE(event->enabled_publish_codecs.empty());
  EXPECT_EQ(event->sif_trailer.size(), 16U);

  const auto* offered = std::get_if<OfferEvent>(&alice.sink->events[1]);
  ASSERT_NE(offered, nullptr);
  EXPECT_NE(offered->description.id, 0U);
  EXPECT_THAT(offered->description.sdp, HasSubstr("m=application"));
  EXPECT_THAT(offered->description.sdp, HasSubstr("a=ice-lite"));
  EXPECT_THAT(offered->description.sdp, HasSubstr("192.0.2.7 7882 typ host"));
  EXPECT_THAT(offered->description.sdp, HasSubstr("192.0.2.7 7881 typ host tcptype passive"));
}

TEST_F(Join, SubscriberTransportIsCreatedWithDataChannelsOnThePlacedShard) {
  plane.next_shard = 1;
  join(params_for("alice"));
  ASSERT_FALSE(plane.commands.empty());
  EXPECT_EQ(plane.commands[0].first, 1);
  const auto create = plane.last<CreateTransport>();
  EXPECT_TRUE(create.open_data_channels);
  EXPECT_EQ(ice::shard_of(create.local.ufrag), 1);
}

TEST_F(Join, AnswerSetsTheRemoteWithTheRoleItImplies) {
  Client alice = join(params_for("alice"));
  answer(alice);
  EXPECT_EQ(plane.last<SetRemote>().local_role, dtls::Role::kServer);
  EXPECT_EQ(plane.last<SetRemote>().remote.ufrag, "clie");
  EXPECT_EQ(plane.last<SetRemote>().fingerprint.value, "AA:BB:CC");

  Client bob = join(params_for("bob"));
  answer(bob, {.setup = sdp::Setup::kPassive});
  EXPECT_EQ(plane.last<SetRemote>().local_role, dtls::Role::kClient);
}

TEST_F(Join, AnswerWithAnotherIdIsStale) {
  Client alice = join(params_for("alice"));
  const auto offered = alice.sink->last<OfferEvent>().description;
  request(alice, AnswerRequest{{answer_to(offered.sdp), offered.id + 1, {}}});
  EXPECT_TRUE(plane.all<SetRemote>().empty());
  request(alice, AnswerRequest{{answer_to(offered.sdp), 0, {}}});  // clients that do not number
  EXPECT_EQ(plane.all<SetRemote>().size(), 1U);
}

TEST_F(Join, OthersHearOfAParticipantOnceItsPrimaryIsConnected) {
  const Client alice = enter("alice");
  Client bob = join(params_for("bob"));
  EXPECT_EQ(bob.sink->last<JoinEvent>().others.size(), 1U);
  EXPECT_EQ(alice.sink->news_of("bob"), nullptr);
  answer(bob);
  connect(bob);
  const auto news = alice.sink->news_of("bob");
  ASSERT_NE(news, nullptr);
  EXPECT_EQ(news->state, ParticipantState::kActive);
  EXPECT_EQ(bob.sink->news_of("bob")->state, ParticipantState::kActive);  // itself too
  EXPECT_EQ(observer.count<ParticipantJoined>(), 2U);
}

TEST_F(Join, HiddenParticipantsAreNeverAnnouncedNorCounted) {
  const Client alice = enter("alice");
  auto params = params_for("spy");
  params.grants.permission.hidden = true;
  const Client spy = enter(params);
  const Client carol = enter("carol");
  EXPECT_EQ(alice.sink->news_of("spy"), nullptr);
  EXPECT_EQ(carol.sink->last<JoinEvent>().others.size(), 1U);
  EXPECT_EQ(carol.sink->last<JoinEvent>().room.num_participants, 2U);
  EXPECT_NE(spy.sink->news_of("carol"), nullptr);
  request(spy, LeaveRequest{});
  EXPECT_EQ(alice.sink->news_of("spy"), nullptr);
}

TEST_F(Join, ClientFeaturesAndTokenClaimsAreCopied) {
  auto params = params_for("alice");
  params.client.client_protocol = 2;
  params.client.capabilities = {ClientCapability::kPacketTrailer};
  params.grants.metadata = "token";
  params.grants.attributes = {{"a", "1"}, {"b", "1"}};
  params.attributes = {{"b", "2"}};
  params.grants.kind = ParticipantKind::kAgent;
  const auto info = join(params).sink->last<JoinEvent>().participant;
  EXPECT_EQ(info->client_protocol, 2);
  EXPECT_THAT(info->capabilities, ElementsAre(ClientCapability::kPacketTrailer));
  EXPECT_EQ(info->metadata, "token");
  EXPECT_EQ(info->attributes.at("b"), "2");
  EXPECT_EQ(info->kind, ParticipantKind::kAgent);
  EXPECT_EQ(info->joined_at_ms, 1'800'000'000'000);
}

TEST_F(Join, SecondSessionOfAnIdentityReplacesTheFirst) {
  const Client bob = enter("bob");
  const Client first = enter("alice");
  const Client second = enter("alice");
  EXPECT_NE(first.sid, second.sid);
  EXPECT_EQ(first.sink->last<LeaveEvent>().reason, DisconnectReason::kDuplicateIdentity);
  EXPECT_EQ(first.sink->last<LeaveEvent>().action, LeaveAction::kDisconnect);
  EXPECT_TRUE(first.sink->closed);
  EXPECT_EQ(bob.sink->news_of("alice")->sid, second.sid);
  EXPECT_EQ(manager->stats().participants, 2U);
  // The replaced session's socket reports its end late: that concerns nobody any more.
  manager->signal_lost(now, first.handle);
  request(first, LeaveRequest{});
  EXPECT_EQ(manager->stats().participants, 2U);
}

struct Refusal {
  const char* name;
  std::function<void(JoinParams&)> change;
  const char* code;
};

class JoinRefused : public ControlTest, public ::testing::WithParamInterface<Refusal> {};

TEST_P(JoinRefused, WithACodeAndWithoutAWordToTheSink) {
  auto config = default_config();
  config.limits.participants_per_room = 1;
  config.limits.rooms = 1;
  start(std::move(config));
  enter("alice");
  auto params = params_for("bob");
  GetParam().change(params);
  RecordingSink sink;
  const auto checked = manager->check_join(params);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, GetParam().code);
  const auto joined = manager->join(now, params, &sink);
  ASSERT_FALSE(joined);
  EXPECT_EQ(joined.error().code, GetParam().code);
  EXPECT_TRUE(sink.events.empty());
  EXPECT_EQ(manager->stats().participants, 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Reasons, JoinRefused,
    ::testing::Values(
        Refusal{"RoomFull", [](JoinParams&) {}, "resource_exhausted"},
        Refusal{"TooManyRooms", [](JoinParams& p) { p.room = "other"; }, "resource_exhausted"},
        Refusal{"NoRoomName", [](JoinParams& p) { p.room = ""; }, "invalid_argument"},
        Refusal{"LongRoomName", [](JoinParams& p) { p.room = std::string(257, 'x'); }, "invalid_argument"},
        Refusal{"NoIdentity", [](JoinParams& p) { p.grants.identity = ""; }, "invalid_argument"},
        Refusal{"LongIdentity", [](JoinParams& p) { p.grants.identity = std::string(257, 'x'); }, "invalid_argument"},
        Refusal{"LongName", [](JoinParams& p) { p.grants.name = std::string(257, 'x'); }, "invalid_argument"},
        Refusal{"LongMetadata", [](JoinParams& p) { p.metadata = std::string(512 * 1024 + 1, 'x'); },
                "invalid_argument"},
        Refusal{"LongAttributes", [](JoinParams& p) { p.attributes["k"] = std::string(64 * 1024, 'x'); },
                "invalid_argument"}),
    [](const auto& row) { return row.param.name; });

TEST_F(Join, ComingBackToAFullRoomIsAllowed) {
  auto config = default_config();
  config.limits.participants_per_room = 1;
  start(std::move(config));
  enter("alice");
  EXPECT_TRUE(manager->check_join(params_for("alice")));
}

TEST_F(Join, MissingRoomIsRefusedWhenRoomsAreNotCreatedByJoining) {
  auto config = default_config();
  config.auto_create_rooms = false;
  start(std::move(config));
  EXPECT_EQ(manager->check_join(params_for("alice")).error().code, "not_found");
  EXPECT_THAT(manager->check_join(params_for("alice")).error().message, HasSubstr("requested room does not exist"));
  ASSERT_TRUE(manager->create_room(now, "r", {}));
  EXPECT_TRUE(manager->check_join(params_for("alice")));
}

TEST_F(Join, RefreshTokenComesSoonAndThenRegularly) {
  const Client alice = enter("alice");
  EXPECT_FALSE(alice.sink->has<RefreshTokenEvent>());
  advance(2s);
  ASSERT_EQ(alice.sink->all<RefreshTokenEvent>().size(), 1U);
  EXPECT_EQ(alice.sink->last<RefreshTokenEvent>().room, "r");
  EXPECT_EQ(alice.sink->last<RefreshTokenEvent>().grants.identity, "alice");
  advance(300s);
  EXPECT_EQ(alice.sink->all<RefreshTokenEvent>().size(), 2U);
}

TEST_F(Join, ParticipantThatNeverConnectsIsDropped) {
  Client alice = join(params_for("alice"));
  answer(alice);
  advance(59s);
  EXPECT_EQ(manager->stats().participants, 1U);
  advance(2s);
  EXPECT_EQ(manager->stats().participants, 0U);
  EXPECT_EQ(alice.sink->last<LeaveEvent>().reason, DisconnectReason::kConnectionTimeout);
  EXPECT_TRUE(alice.sink->closed);
  EXPECT_EQ(plane.all<CloseTransport>().size(), 1U);
}

TEST_F(Join, UnansweredOfferAsksForAResume) {
  Client alice = join(params_for("alice"));
  advance(14s);
  EXPECT_FALSE(alice.sink->has<LeaveEvent>());
  advance(2s);
  EXPECT_EQ(alice.sink->last<LeaveEvent>().action, LeaveAction::kResume);
  EXPECT_TRUE(alice.sink->closed);
  EXPECT_EQ(manager->stats().participants, 1U);
  advance(15s);
  EXPECT_EQ(manager->stats().participants, 0U);
}

TEST_F(Join, MalformedDescriptionsHarmNobody) {
  const Client alice = enter("alice");
  const Client bob = enter("bob");
  request(alice, OfferRequest{{"v=0\r\nnonsense", 1, {}}});
  request(alice, OfferRequest{{"", 1, {}}});
  request(alice, AnswerRequest{{"v=0\r\n", 0, {}}});
  request(alice, TrickleRequest{"{not json", SignalTarget::kSubscriber, false});
  EXPECT_FALSE(alice.sink->has<AnswerEvent>());
  // The answer came while none was awaited: it is passed over like any late one.
  EXPECT_EQ(manager->stats().descriptions_refused, 2U);
  EXPECT_EQ(alice.sink->all<RequestResponseEvent>().size(), 2U);
  EXPECT_FALSE(bob.sink->has<RequestResponseEvent>());
  EXPECT_FALSE(alice.sink->closed);
  EXPECT_FALSE(bob.sink->closed);
}

TEST_F(Join, RefusedDescriptionsAreAnsweredAndNameWhatIsWrong) {
  Client alice = join(params_for("alice"));
  std::string offer = captured_offer("alice_1");
  offer.erase(offer.find("a=ice-ufrag"), offer.find("a=ice-pwd") - offer.find("a=ice-ufrag"));
  request(alice, OfferRequest{{offer, 1, {}}});
  const auto refused = alice.sink->last<RequestResponseEvent>();
  EXPECT_EQ(refused.reason, RequestReason::kInvalidRequest);
  EXPECT_THAT(refused.message, StartsWith("offer refused: "));
  EXPECT_THAT(refused.message, HasSubstr("ice-ufrag"));

  const auto awaited = alice.sink->last<OfferEvent>().description;
  request(alice, AnswerRequest{{"v=0\r\nnonsense", awaited.id, {}}});
  EXPECT_THAT(alice.sink->last<RequestResponseEvent>().message, StartsWith("answer refused: "));
  EXPECT_EQ(manager->stats().descriptions_refused, 2U);

  answer(alice);  // the offer still stands
  EXPECT_EQ(plane.all<SetRemote>().size(), 1U);
  EXPECT_EQ(manager->stats().descriptions_refused, 2U);
}

TEST_F(Join, RefusedOfferOfAJoinIsAnsweredAfterTheWelcome) {
  JoinParams params = params_for("alice");
  params.publisher_offer = SessionDescription{"v=0\r\nnonsense", 1, {}};
  const Client alice = join(params);
  EXPECT_TRUE(std::holds_alternative<JoinEvent>(alice.sink->events.front()));
  EXPECT_EQ(alice.sink->last<RequestResponseEvent>().reason, RequestReason::kInvalidRequest);
}

TEST_F(Join, AdmissionIsAskedAtEachJoinAndRefusesWithItsReason) {
  std::vector<std::string> asked;
  bool open = true;
  manager->set_admission([&](const std::string& room, const Grants& grants) -> Result<void, Error> {
    asked.push_back(room + "/" + grants.identity);
    if (open) return {};
    return Error{"permission_denied", "not any more", ""};
  });
  const Client alice = enter("alice");
  EXPECT_THAT(asked, ElementsAre("r/alice"));
  EXPECT_TRUE(manager->check_join(params_for("bob")).has_value());

  open = false;
  EXPECT_EQ(manager->check_join(params_for("bob")).error().code, "permission_denied");
  RecordingSink sink;
  const auto refused = manager->join(now, params_for("bob"), &sink);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().message, "not any more");
  EXPECT_TRUE(sink.events.empty());
  EXPECT_FALSE(alice.sink->closed);  // who is in stays: removing is another matter
  EXPECT_EQ(manager->stats().participants, 1U);
}

}  // namespace
}  // namespace parley::room::test

#include "unit/room/control_fixture.h"

namespace parley::room::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class Subscribe : public ControlTest {
 protected:
  void SetUp() override {
    ControlTest::SetUp();
    alice = enter("alice");
    bob = enter("bob");
    advance(1s);  // a first offer is not followed by another at once
  }
  // Alice publishes, bob takes it.
  void publish_to_bob() {
    std::tie(audio, video) = publish(alice);
    negotiate(bob);
  }
  [[nodiscard]] AddOutgoing outgoing(MediaKind kind) const {
    for (const auto& command : plane.all<AddOutgoing>()) {
      if (command.config.kind == kind) return command;
    }
    ADD_FAILURE() << "nothing flows";
    return {};
  }
  static UpdateTrackSettingsRequest disabled() {
    UpdateTrackSettingsRequest change;
    change.disabled = true;
    return change;
  }
  static UpdateTrackSettingsRequest quality(VideoQuality wanted) {
    UpdateTrackSettingsRequest change;
    change.quality = wanted;
    return change;
  }
  void settings(const Client& client, UpdateTrackSettingsRequest change) {
    change.track_sids = {video};
    request(client, change);
  }

  Client alice;
  Client bob;
  std::string audio;
  std::string video;
};

TEST_F(Subscribe, UpdateComesBeforeTheOfferAndTheOfferNamesTheTracks) {
  std::tie(audio, video) = publish(alice);
  ASSERT_NE(bob.sink->news_of("alice"), nullptr);
  const std::size_t before = bob.sink->all<OfferEvent>().size();
  advance(20ms);
  ASSERT_EQ(bob.sink->all<OfferEvent>().size(), before + 1);
  const auto offered = bob.sink->last<OfferEvent>().description;
  EXPECT_THAT(offered.sdp, HasSubstr("a=msid:" + alice.sid + "|" + video + " " + video));
  EXPECT_THAT(offered.sdp, HasSubstr("a=ssrc-group:FID"));
  EXPECT_THAT(offered.sdp, HasSubstr("cname:" + alice.sid));
  EXPECT_EQ(offered.mid_to_track_id.size(), 2U);
}

TEST_F(Subscribe, MediaFlowsOnceTheAnswerTookIt) {
  std::tie(audio, video) = publish(alice);
  advance(20ms);
  EXPECT_TRUE(plane.all<AddOutgoing>().empty());
  answer(bob);
  ASSERT_EQ(plane.all<AddOutgoing>().size(), 2U);
  const auto sent = outgoing(MediaKind::kVideo);
  EXPECT_EQ(sent.transport, bob.downlink);
  EXPECT_EQ(sent.feed, plane.all<AddIncoming>()[1].feed);
  EXPECT_EQ(sent.feed_shard, 0);  // alice's
  EXPECT_EQ(sent.config.codec, codec::Codec::kVp8);
  EXPECT_EQ(sent.config.extensions.id_of(rtp::ExtensionType::kPlayoutDelay), 5) << "passed on to the viewer";
  EXPECT_NE(sent.config.ssrc.value, 0U);
  ASSERT_TRUE(sent.config.rtx_ssrc);
  EXPECT_NE(*sent.config.rtx_ssrc, sent.config.ssrc);
  EXPECT_EQ(sent.config.cname, alice.sid);
  EXPECT_TRUE(sent.config.nack);
  EXPECT_TRUE(sent.config.target.enabled);
  EXPECT_EQ(sent.config.target.max_layer, 2);
  EXPECT_EQ(outgoing(MediaKind::kAudio).config.codec, codec::Codec::kRed);
  EXPECT_EQ(alice.sink->all<TrackSubscribedEvent>().size(), 2U);
  EXPECT_EQ(manager->stats().tracks_subscribed, 2U);
}

TEST_F(Subscribe, RedIsUnwrappedForClientsWithoutIt) {
  std::tie(audio, video) = publish(alice);
  advance(20ms);
  // An answer without RED, as Firefox gives it.
  const auto offered = bob.sink->last<OfferEvent>().description;
  auto text = answer_to(offered.sdp);
  auto parsed = *sdp::parse(text);
  for (auto& section : parsed.media) {
    std::erase_if(section.rtpmaps, [&](const auto& map) {
      if (map.name != "red") return false;
      std::erase(section.payload_types, map.payload_type);
      return true;
    });
  }
  request(bob, AnswerRequest{{sdp::print(parsed), offered.id, {}}});
  EXPECT_EQ(outgoing(MediaKind::kAudio).config.codec, codec::Codec::kOpus);
}

TEST_F(Subscribe, LateComerGetsExistingTracksInTheFirstOffer) {
  std::tie(audio, video) = publish(alice);
  Client carol = join(params_for("carol"));
  EXPECT_EQ(carol.sink->last<JoinEvent>().others.size(), 2U);
  EXPECT_THAT(carol.sink->last<OfferEvent>().description.sdp, HasSubstr(video));
}

TEST_F(Subscribe, ChangesWhileAnOfferIsOutstandingWaitForTheAnswer) {
  request(alice, microphone(kChromeAudio));
  request(alice, camera(kChromeVideo));
  auto only_audio = *sdp::parse(captured_offer("alice_2"));
  only_audio.section("2")->direction = sdp::Direction::kInactive;
  offer(alice, sdp::print(only_audio), 1);
  advance(20ms);
  const std::size_t offers = bob.sink->all<OfferEvent>().size();
  offer(alice, captured_offer("alice_2"), 2);
  advance(1s);
  EXPECT_EQ(bob.sink->all<OfferEvent>().size(), offers);
  answer(bob);
  advance(1s);
  EXPECT_EQ(bob.sink->all<OfferEvent>().size(), offers + 1);
  answer(bob);
  EXPECT_EQ(plane.all<AddOutgoing>().size(), 2U);
}

TEST_F(Subscribe, OfferIdsRise) {
  publish_to_bob();
  const auto offers = bob.sink->all<OfferEvent>();
  ASSERT_GE(offers.size(), 2U);
  EXPECT_GT(offers[1].description.id, offers[0].description.id);
}

TEST_F(Subscribe, UnpublishingStopsTheFlowBeforeTheFeedEnds) {
  publish_to_bob();
  auto stopped = *sdp::parse(captured_offer("alice_2"));
  stopped.section("2")->direction = sdp::Direction::kInactive;
  const std::size_t from = plane.commands.size();
  offer(alice, sdp::print(stopped), 2);
  std::vector<std::string> order;
  for (std::size_t i = from; i < plane.commands.size(); ++i) {
    if (std::holds_alternative<RemoveOutgoing>(plane.commands[i].second)) order.emplace_back("outgoing");
    if (std::holds_alternative<RemoveIncoming>(plane.commands[i].second)) order.emplace_back("incoming");
  }
  EXPECT_THAT(order, ElementsAre("outgoing", "incoming"));
  advance(200ms);
  const auto offered = sdp::parse(bob.sink->last<OfferEvent>().description.sdp);
  EXPECT_EQ(offered->section(std::string(outgoing(MediaKind::kVideo).config.mid.view()))->direction,
            sdp::Direction::kInactive);
  EXPECT_EQ(manager->stats().tracks_subscribed, 1U);
}

TEST_F(Subscribe, UnsubscribingAndSubscribingAgain) {
  publish_to_bob();
  request(bob, UpdateSubscriptionRequest{{video}, false});
  EXPECT_EQ(plane.all<RemoveOutgoing>().size(), 1U);
  negotiate(bob);
  request(bob, UpdateSubscriptionRequest{{video}, true});
  negotiate(bob);
  EXPECT_EQ(plane.all<AddOutgoing>().size(), 3U);
  EXPECT_NE(plane.last<AddOutgoing>().config.ssrc, outgoing(MediaKind::kVideo).config.ssrc);
}

TEST_F(Subscribe, TrackThatComesBetweenOfferAndAnswerTakesASectionUsedBefore) {
  publish_to_bob();
  request(bob, UpdateSubscriptionRequest{{audio, video}, false});
  negotiate(bob);  // both sections are free now
  request(bob, UpdateSubscriptionRequest{{audio}, true});
  const std::size_t offers = bob.sink->all<OfferEvent>().size();
  advance(200ms);
  ASSERT_EQ(bob.sink->all<OfferEvent>().size(), offers + 1);
  request(bob, UpdateSubscriptionRequest{{video}, true});
  // The answer leaves the section inactive that the video will have: it knows nothing of it.
  answer(bob);
  EXPECT_EQ(plane.all<AddOutgoing>().size(), 3U);
  negotiate(bob);
  EXPECT_EQ(plane.all<AddOutgoing>().size(), 4U);
  EXPECT_EQ(plane.last<AddOutgoing>().config.kind, MediaKind::kVideo);
}

TEST_F(Subscribe, WithoutAutoSubscribeOnlyWhatIsAskedFor) {
  auto params = params_for("carol");
  params.auto_subscribe = false;
  Client carol = enter(params);
  publish_to_bob();
  negotiate(carol);
  EXPECT_EQ(plane.all<AddOutgoing>().size(), 2U);  // bob's
  request(carol, UpdateSubscriptionRequest{{audio, "TR_own"}, true});
  negotiate(carol);
  EXPECT_EQ(plane.all<AddOutgoing>().size(), 3U);
}

TEST_F(Subscribe, WishForATrackNobodyPublishesIsGivenUpAfterAWhile) {
  request(bob, UpdateSubscriptionRequest{{"TR_nobody"}, true});
  advance(59s);
  EXPECT_FALSE(bob.sink->has<SubscriptionResponseEvent>());
  advance(2s);
  EXPECT_EQ(bob.sink->last<SubscriptionResponseEvent>().track_sid, "TR_nobody");
  EXPECT_EQ(bob.sink->last<SubscriptionResponseEvent>().error, SubscriptionError::kTrackNotFound);
}

TEST_F(Subscribe, OwnTracksAreNeverSentBack) {
  publish_to_bob();
  request(alice, UpdateSubscriptionRequest{{video}, true});
  negotiate(alice);
  for (const auto& command : plane.all<AddOutgoing>()) EXPECT_EQ(command.transport, bob.downlink);
}

TEST_F(Subscribe, NoPermissionToSubscribeMeansDataOnly) {
  auto params = params_for("carol");
  params.grants.permission.can_subscribe = false;
  publish_to_bob();
  Client carol = enter(params);
  EXPECT_THAT(carol.sink->last<OfferEvent>().description.sdp, Not(HasSubstr("m=video")));
  // Granted later, the tracks come.
  UpdateParticipantParams change;
  change.permission = Permission{};
  ASSERT_TRUE(manager->update_participant(now, "r", "carol", change));
  negotiate(carol);
  EXPECT_EQ(plane.all<AddOutgoing>().size(), 4U);
}

TEST_F(Subscribe, PublisherRulesDenyAndAllow) {
  publish_to_bob();
  request(alice, SubscriptionPermissionRequest{false, {{"", "bob", false, {audio}}}});
  const auto denied = bob.sink->last<SubscriptionPermissionEvent>();
  EXPECT_EQ(denied.participant_sid, alice.sid);
  EXPECT_EQ(denied.track_sid, video);
  EXPECT_FALSE(denied.allowed);
  EXPECT_EQ(plane.all<RemoveOutgoing>().size(), 1U);
  negotiate(bob);
  request(alice, SubscriptionPermissionRequest{true, {}});
  EXPECT_TRUE(bob.sink->last<SubscriptionPermissionEvent>().allowed);
  negotiate(bob);
  EXPECT_EQ(plane.all<AddOutgoing>().size(), 3U);
  // What every client says unprompted changes nothing.
  const std::size_t commands = plane.commands.size();
  request(alice, SubscriptionPermissionRequest{true, {}});
  EXPECT_EQ(plane.commands.size(), commands);
}

struct Size {
  const char* name;
  std::uint32_t width;
  std::uint32_t height;
  std::uint8_t layer;
};
class SubscribeSize : public Subscribe, public ::testing::WithParamInterface<Size> {};

TEST_P(SubscribeSize, SmallestLayerThatCovers) {
  publish_to_bob();
  UpdateTrackSettingsRequest change;
  change.width = GetParam().width;
  change.height = GetParam().height;
  settings(bob, disabled());
  settings(bob, change);
  EXPECT_TRUE(plane.last<UpdateOutgoing>().target.enabled);
  EXPECT_EQ(plane.last<UpdateOutgoing>().target.max_layer, GetParam().layer);
}
INSTANTIATE_TEST_SUITE_P(Sizes, SubscribeSize,
                         ::testing::Values(Size{"Tiny", 160, 90, 0}, Size{"ExactlyLow", 320, 180, 0},
                                           Size{"JustAboveLow", 322, 181, 1}, Size{"Medium", 640, 360, 1},
                                           Size{"Full", 1280, 720, 2}, Size{"LargerThanAll", 3840, 2160, 2}),
                         [](const auto& row) { return row.param.name; });

TEST_F(Subscribe, QualityCountsWithoutASize) {
  publish_to_bob();
  UpdateTrackSettingsRequest change;
  change.quality = VideoQuality::kMedium;
  change.fps = 15;
  settings(bob, change);
  EXPECT_EQ(plane.last<UpdateOutgoing>().target.max_layer, 1);
  EXPECT_EQ(plane.last<UpdateOutgoing>().target.max_temporal, 1);
  settings(bob, disabled());
  EXPECT_FALSE(plane.last<UpdateOutgoing>().target.enabled);
  const std::size_t updates = plane.all<UpdateOutgoing>().size();
  settings(bob, disabled());
  EXPECT_EQ(plane.all<UpdateOutgoing>().size(), updates);
}

TEST_F(Subscribe, AdaptiveStreamStartsLow) {
  auto params = params_for("carol");
  params.adaptive_stream = true;
  Client carol = enter(params);
  std::tie(audio, video) = publish(alice);
  negotiate(carol);
  EXPECT_EQ(outgoing(MediaKind::kVideo).config.target.max_layer, 0);
}

TEST_F(Subscribe, SettingsBeforeTheAnswerAreKept) {
  std::tie(audio, video) = publish(alice);
  UpdateTrackSettingsRequest change;
  change.quality = VideoQuality::kLow;
  settings(bob, change);
  negotiate(bob);
  EXPECT_EQ(outgoing(MediaKind::kVideo).config.target.max_layer, 0);
}

TEST_F(Subscribe, RefusedCodecWithoutBackupIsReported) {
  std::tie(audio, video) = publish(alice);
  negotiate(bob, {.refuse_codecs = {"VP8"}});
  EXPECT_EQ(plane.all<AddOutgoing>().size(), 1U);
  EXPECT_EQ(bob.sink->last<SubscriptionResponseEvent>().track_sid, video);
  EXPECT_EQ(bob.sink->last<SubscriptionResponseEvent>().error, SubscriptionError::kCodecUnsupported);
}

class BackupCodec : public Subscribe {
 protected:
  void publish_vp9() {
    auto track = camera("edf10803-0cdf-4aaa-827e-6bfae9fd328c");
    track.simulcast_codecs = {{"vp9", track.cid, track.layers, VideoLayerMode::kUnused},
                              {"vp8", "", {}, VideoLayerMode::kUnused}};
    request(alice, track);
    video = alice.sink->last<TrackPublishedEvent>().track.sid;
    offer(alice, captured_offer("cvp9_2"));
  }
  [[nodiscard]] bool asked_for(const std::string& name) const {
    for (const auto& entry : alice.sink->last<SubscribedQualityEvent>().codecs) {
      if (entry.codec != name) continue;
      return std::any_of(entry.qualities.begin(), entry.qualities.end(), [](const auto& q) { return q.enabled; });
    }
    return false;
  }
};

TEST_F(BackupCodec, IsAskedForWhenSomebodyRefusesThePrimary) {
  publish_vp9();
  EXPECT_TRUE(plane.last<AddIncoming>().config.codecs.front().codec == codec::Codec::kVp9);
  EXPECT_EQ(alice.sink->news_of("alice")->tracks[0].codecs.size(), 1U);
  negotiate(bob, {.refuse_codecs = {"VP9"}});
  EXPECT_TRUE(asked_for("vp8"));
  EXPECT_FALSE(bob.sink->has<SubscriptionResponseEvent>());

  // The client adds it to the same track, in a section of its own.
  AddTrackRequest more;
  more.cid = "backup-cid";
  more.type = TrackType::kVideo;
  more.source = TrackSource::kCamera;
  more.sid = video;
  more.simulcast_codecs = {{"vp8", "backup-cid", camera("").layers, VideoLayerMode::kUnused}};
  request(alice, more);
  EXPECT_EQ(alice.sink->last<TrackPublishedEvent>().cid, "backup-cid");
  EXPECT_EQ(alice.sink->last<TrackPublishedEvent>().track.sid, video);
  auto both = *sdp::parse(captured_offer("cvp9_2"));
  auto second = *both.section("1");
  second.mid = "2";
  second.msid = sdp::Msid{"-", "backup-cid"};
  second.ssrcs.clear();
  second.ssrc_groups.clear();
  both.media.push_back(second);
  both.groups[0].mids.emplace_back("2");
  offer(alice, sdp::print(both), 2);
  ASSERT_EQ(plane.all<AddIncoming>().size(), 2U);
  EXPECT_EQ(plane.last<AddIncoming>().config.codecs.front().codec, codec::Codec::kVp8);
  const auto tracks = bob.sink->news_of("alice")->tracks;
  ASSERT_EQ(tracks.size(), 1U);
  ASSERT_EQ(tracks[0].codecs.size(), 2U);
  EXPECT_EQ(tracks[0].codecs[1].mime_type, "video/VP8");

  negotiate(bob, {.refuse_codecs = {"VP9"}});
  EXPECT_EQ(plane.last<AddOutgoing>().config.codec, codec::Codec::kVp8);
  EXPECT_EQ(plane.last<AddOutgoing>().feed, plane.last<AddIncoming>().feed);

  // Its section ends: the track stays with the primary codec, and bob gets nothing again.
  both.section("2")->direction = sdp::Direction::kInactive;
  offer(alice, sdp::print(both), 3);
  EXPECT_EQ(plane.all<RemoveOutgoing>().size(), 1U);
  EXPECT_EQ(bob.sink->news_of("alice")->tracks[0].codecs.size(), 1U);
}

TEST_F(BackupCodec, IsNotMentionedWhileNobodyNeedsIt) {
  publish_vp9();
  negotiate(bob);
  UpdateTrackSettingsRequest low;
  low.quality = VideoQuality::kLow;
  settings(bob, low);
  advance(6s);
  EXPECT_FALSE(asked_for("vp8"));
  EXPECT_TRUE(asked_for("vp9"));
}

TEST_F(BackupCodec, SvcLayersAreSpatial) {
  publish_vp9();
  negotiate(bob);
  EXPECT_EQ(plane.last<AddIncoming>().config.encodings.size(), 1U);
  UpdateTrackSettingsRequest change;
  change.quality = VideoQuality::kMedium;
  settings(bob, change);
  EXPECT_EQ(plane.last<UpdateOutgoing>().target.max_layer, 1);
}

class DynacastTold : public Subscribe {
 protected:
  [[nodiscard]] std::string told() const {
    std::string on;
    const auto event = alice.sink->last<SubscribedQualityEvent>();
    EXPECT_EQ(event.track_sid, video);
    for (const auto& quality : event.codecs.at(0).qualities) on += quality.enabled ? '1' : '0';
    return on;
  }
};

TEST_F(DynacastTold, DownAfterAWhileUpAtOnce) {
  publish_to_bob();
  UpdateTrackSettingsRequest low;
  low.quality = VideoQuality::kLow;
  settings(bob, low);
  advance(4900ms);
  EXPECT_FALSE(alice.sink->has<SubscribedQualityEvent>());
  advance(200ms);
  EXPECT_EQ(told(), "100");
  UpdateTrackSettingsRequest medium;
  medium.quality = VideoQuality::kMedium;
  settings(bob, medium);
  EXPECT_EQ(told(), "110");
}

TEST_F(DynacastTold, TheMostDemandingSubscriberDecides) {
  Client carol = enter("carol");
  publish_to_bob();
  negotiate(carol);
  settings(bob, disabled());
  advance(10s);
  EXPECT_FALSE(alice.sink->has<SubscribedQualityEvent>());  // carol wants it all
  request(carol, LeaveRequest{});
  advance(6s);
  EXPECT_EQ(told(), "000");
  settings(bob, quality(VideoQuality::kHigh));
  EXPECT_EQ(told(), "111");
}

TEST_F(DynacastTold, NobodySubscribedMeansNothingIsSent) {
  request(bob, LeaveRequest{});
  std::tie(audio, video) = publish(alice);
  advance(6s);
  EXPECT_EQ(told(), "000");
  Client carol = enter("carol");
  EXPECT_EQ(told(), "111");
}

}  // namespace
}  // namespace parley::room::test

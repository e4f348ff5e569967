#include "unit/room/control_fixture.h"

namespace parley::room::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class Publish : public ControlTest {};

std::vector<std::string> rids_of(const forward::IncomingConfig& config) {
  std::vector<std::string> rids;
  for (const auto& encoding : config.encodings) rids.emplace_back(encoding.rid.view());
  return rids;
}

TEST_F(Publish, AddTrackAnswersWithASidAndDoesNotAnnounceYet) {
  const Client alice = enter("alice");
  const Client bob = enter("bob");
  request(alice, camera(kChromeVideo));
  const auto published = alice.sink->last<TrackPublishedEvent>();
  EXPECT_EQ(published.cid, kChromeVideo);
  EXPECT_THAT(published.track.sid, StartsWith("TR_VC"));
  EXPECT_EQ(published.track.mime_type, "video/VP8");
  EXPECT_EQ(published.track.layers.size(), 3U);
  EXPECT_THAT(bob.sink->news_of("alice"), ::testing::IsNull());
  // Asked again after a lost answer, it is the same track.
  request(alice, camera(kChromeVideo));
  EXPECT_EQ(alice.sink->last<TrackPublishedEvent>().track.sid, published.track.sid);
}

TEST_F(Publish, OfferIsAnsweredWithItsIdAndTheTracksBecomeFeeds) {
  const Client bob = enter("bob");
  const Client alice = enter("alice");
  const auto [audio, video] = publish(alice);
  const auto answered = alice.sink->last<AnswerEvent>().description;
  EXPECT_EQ(answered.id, 1U);
  EXPECT_THAT(answered.sdp, HasSubstr("a=simulcast:recv q;h;f"));
  EXPECT_THAT(answered.sdp, HasSubstr("a=setup:passive"));

  const auto feeds = plane.all<AddIncoming>();
  ASSERT_EQ(feeds.size(), 2U);
  EXPECT_EQ(feeds[0].config.kind, MediaKind::kAudio);
  EXPECT_EQ(feeds[0].config.codecs.front().codec, codec::Codec::kRed);
  EXPECT_EQ(feeds[1].config.codecs.front().codec, codec::Codec::kVp8);
  EXPECT_THAT(rids_of(feeds[1].config), ElementsAre("q", "h", "f"));
  EXPECT_NE(feeds[1].config.extensions.id_of(rtp::ExtensionType::kRid), 0);
  EXPECT_TRUE(feeds[1].config.transport_cc);
  EXPECT_TRUE(feeds[1].config.nack);
  EXPECT_EQ(plane.last<SetRemote>().local_role, dtls::Role::kServer);

  const auto news = bob.sink->news_of("alice");
  ASSERT_NE(news, nullptr);
  ASSERT_EQ(news->tracks.size(), 2U);
  EXPECT_EQ(news->tracks[0].sid, audio);
  EXPECT_EQ(news->tracks[0].mime_type, "audio/red");
  EXPECT_EQ(news->tracks[1].sid, video);
  EXPECT_EQ(news->tracks[1].mid, "2");
  EXPECT_TRUE(news->tracks[1].simulcast);
  EXPECT_TRUE(news->is_publisher);
  EXPECT_EQ(observer.count<TrackPublished>(), 2U);
  EXPECT_EQ(manager->stats().tracks_published, 2U);
}

TEST_F(Publish, FirefoxTracksAreMatchedThoughTheirMsidIsAnother) {
  const Client alice = enter("alice");
  request(alice, microphone("{cid-of-mic}"));
  request(alice, camera("{cid-of-cam}"));
  offer(alice, captured_offer("foxy_2"));
  const auto feeds = plane.all<AddIncoming>();
  ASSERT_EQ(feeds.size(), 2U);
  const auto tracks = alice.sink->news_of("alice")->tracks;
  ASSERT_EQ(tracks.size(), 2U);
  EXPECT_EQ(tracks[1].codecs[0].cid, "{cid-of-cam}");
  EXPECT_EQ(tracks[1].codecs[0].sdp_cid, "{57dc17c9-1fa8-4196-8d16-8c2acd3d7da1}");
  // The next offer is the same tracks again.
  offer(alice, captured_offer("foxy_3"), 2);
  EXPECT_EQ(plane.all<AddIncoming>().size(), 2U);
  EXPECT_EQ(plane.all<RemoveIncoming>().size(), 0U);
}

TEST_F(Publish, EncodingsGoByRidNameNotByOrder) {
  const Client rusty = enter("rusty");
  request(rusty, microphone("7623f4c5-a022-4657-b20c-62eadd8adb6b"));
  request(rusty, camera("cbf7bf83-91fc-40bd-8c5e-2c9fa4ee4ffe"));
  offer(rusty, captured_offer("rusty_4"), 0);
  EXPECT_EQ(rusty.sink->last<AnswerEvent>().description.id, 0U);
  const auto feeds = plane.all<AddIncoming>();
  ASSERT_EQ(feeds.size(), 2U);
  EXPECT_THAT(rids_of(feeds[1].config), ElementsAre("q", "h", "f"));
}

struct CodecWish {
  const char* name;
  const char* capture;
  const char* cid;
  const char* wish;
  codec::Codec expected;
  const char* mime;
};

class PublishCodec : public ControlTest, public ::testing::WithParamInterface<CodecWish> {};

TEST_P(PublishCodec, WantedCodecGoesFirst) {
  const Client alice = enter("alice");
  auto track = camera(GetParam().cid);
  track.simulcast_codecs = {{GetParam().wish, GetParam().cid, track.layers, VideoLayerMode::kUnused}};
  request(alice, track);
  offer(alice, captured_offer(GetParam().capture));
  const auto feed = plane.last<AddIncoming>();
  EXPECT_EQ(feed.config.codecs.front().codec, GetParam().expected);
  EXPECT_EQ(alice.sink->news_of("alice")->tracks[0].mime_type, GetParam().mime);
}

INSTANTIATE_TEST_SUITE_P(Names, PublishCodec,
                         ::testing::Values(CodecWish{"ShortName", "alice_2", "e5eb49ed-eecb-402c-8eef-ad75b484dde8",
                                                     "h264", codec::Codec::kH264, "video/H264"},
                                           CodecWish{"FullMime", "alice_2", "e5eb49ed-eecb-402c-8eef-ad75b484dde8",
                                                     "video/H264", codec::Codec::kH264, "video/H264"},
                                           CodecWish{"Vp9", "cvp9_2", "edf10803-0cdf-4aaa-827e-6bfae9fd328c", "vp9",
                                                     codec::Codec::kVp9, "video/VP9"},
                                           CodecWish{"EmptyIsVp8", "alice_2", "e5eb49ed-eecb-402c-8eef-ad75b484dde8",
                                                     "", codec::Codec::kVp8, "video/VP8"},
                                           CodecWish{"UnknownIsVp8", "alice_2", "e5eb49ed-eecb-402c-8eef-ad75b484dde8",
                                                     "theora", codec::Codec::kVp8, "video/VP8"},
                                           CodecWish{"NotEnabledIsVp8", "alice_2",
                                                     "e5eb49ed-eecb-402c-8eef-ad75b484dde8", "h265", codec::Codec::kVp8,
                                                     "video/VP8"}),
                         [](const auto& row) { return row.param.name; });

TEST_F(Publish, EncryptedAudioIsNeverRed) {
  const Client alice = enter("alice");
  auto track = microphone(kChromeAudio);
  track.encryption = Encryption::kGcm;
  request(alice, track);
  offer(alice, captured_offer("alice_2"));
  const auto feed = plane.last<AddIncoming>();
  EXPECT_EQ(feed.config.codecs.front().codec, codec::Codec::kOpus);
  EXPECT_EQ(alice.sink->news_of("alice")->tracks[0].encryption, Encryption::kGcm);
}

TEST_F(Publish, AudioFeaturesReachTheAnswer) {
  const Client alice = enter("alice");
  auto track = microphone(kChromeAudio);
  track.audio_features = {AudioFeature::kStereo, AudioFeature::kNoDtx};
  request(alice, track);
  offer(alice, captured_offer("alice_2"));
  const auto answered = alice.sink->last<AnswerEvent>().description.sdp;
  EXPECT_THAT(answered, HasSubstr("stereo=1"));
  EXPECT_THAT(answered, ::testing::Not(HasSubstr("usedtx=1")));
}

TEST_F(Publish, SectionGoneInactiveEndsTheTrack) {
  const Client bob = enter("bob");
  const Client alice = enter("alice");
  publish(alice);
  auto stopped = *sdp::parse(captured_offer("alice_2"));
  stopped.section("2")->direction = sdp::Direction::kInactive;
  offer(alice, sdp::print(stopped), 2);
  EXPECT_EQ(plane.all<RemoveIncoming>().size(), 1U);
  EXPECT_EQ(bob.sink->news_of("alice")->tracks.size(), 1U);
  EXPECT_EQ(observer.count<TrackUnpublished>(), 1U);
  EXPECT_EQ(manager->stats().tracks_published, 1U);
}

TEST_F(Publish, FirstOfSeveralTracksMayEnd) {
  const Client alice = enter("alice");
  const auto [audio, video] = publish(alice);
  auto stopped = *sdp::parse(captured_offer("alice_2"));
  stopped.section("1")->direction = sdp::Direction::kInactive;
  offer(alice, sdp::print(stopped), 2);
  const auto tracks = alice.sink->news_of("alice")->tracks;
  ASSERT_EQ(tracks.size(), 1U);
  EXPECT_EQ(tracks[0].sid, video);
  EXPECT_EQ(plane.all<RemoveIncoming>().size(), 1U);
}

TEST_F(Publish, FirefoxPublishesOnASectionAgain) {
  const Client alice = enter("alice");
  request(alice, microphone("{mic}"));
  offer(alice, captured_offer("foxy_2"));
  auto stopped = *sdp::parse(captured_offer("foxy_2"));
  stopped.section("1")->direction = sdp::Direction::kInactive;
  offer(alice, sdp::print(stopped), 2);
  request(alice, microphone("{mic}"));
  offer(alice, captured_offer("foxy_2"), 3);  // the same msid as before
  EXPECT_EQ(plane.all<AddIncoming>().size(), 2U);
  EXPECT_EQ(alice.sink->news_of("alice")->tracks.size(), 1U);
}

TEST_F(Publish, SectionReusedForAnotherTrackEndsTheOldOne) {
  const Client alice = enter("alice");
  const auto [audio, video] = publish(alice);
  request(alice, camera("another-cid"));
  auto reused = *sdp::parse(captured_offer("alice_2"));
  reused.section("2")->msid = sdp::Msid{"-", "another-cid"};
  reused.section("2")->ssrcs.clear();
  offer(alice, sdp::print(reused), 2);
  const auto tracks = alice.sink->news_of("alice")->tracks;
  ASSERT_EQ(tracks.size(), 2U);
  EXPECT_NE(tracks[1].sid, video);
  EXPECT_EQ(tracks[1].codecs[0].cid, "another-cid");
  EXPECT_EQ(plane.all<RemoveIncoming>().size(), 1U);
  EXPECT_EQ(plane.all<AddIncoming>().size(), 3U);
}

TEST_F(Publish, SectionsWithoutAnAnnouncementAreAnsweredInactive) {
  const Client alice = enter("alice");
  offer(alice, captured_offer("alice_2"));
  EXPECT_TRUE(plane.all<AddIncoming>().empty());
  const auto answered = sdp::parse(alice.sink->last<AnswerEvent>().description.sdp);
  ASSERT_TRUE(answered);
  EXPECT_EQ(answered->section("2")->direction, sdp::Direction::kInactive);
}

TEST_F(Publish, IceRestartIsAnsweredWithNewCredentials) {
  const Client alice = enter("alice");
  publish(alice);
  const auto before = plane.last<SetRemote>();
  offer(alice, captured_offer("alice_2"), 2);
  EXPECT_EQ(plane.last<SetRemote>().local, before.local);  // nothing restarted
  auto restarted = *sdp::parse(captured_offer("alice_2"));
  for (auto& section : restarted.media) {
    section.transport.ice_ufrag = "newu";
    section.transport.ice_pwd = "newpasswordnewpassword12";
  }
  offer(alice, sdp::print(restarted), 3);
  const auto after = plane.last<SetRemote>();
  EXPECT_EQ(after.transport, before.transport);
  EXPECT_NE(after.local, before.local);
  EXPECT_EQ(after.remote.ufrag, "newu");
  EXPECT_THAT(alice.sink->last<AnswerEvent>().description.sdp, HasSubstr(after.local.ufrag));
  EXPECT_EQ(plane.all<AddIncoming>().size(), 2U);
}

TEST_F(Publish, UnchangedTermsAreNotToldAgain) {
  const Client alice = enter("alice");
  publish(alice);
  offer(alice, captured_offer("alice_2"), 2);
  EXPECT_TRUE(plane.all<UpdateIncoming>().empty());
}

TEST_F(Publish, MuteReachesShardAndEverybody) {
  const Client bob = enter("bob");
  const Client alice = enter("alice");
  const auto [audio, video] = publish(alice);
  const auto version = bob.sink->news_of("alice")->version;
  request(alice, MuteTrackRequest{audio, true});
  EXPECT_TRUE(plane.last<MuteIncoming>().muted);
  EXPECT_TRUE(bob.sink->news_of("alice")->tracks[0].muted);
  EXPECT_GT(bob.sink->news_of("alice")->version, version);
  const auto updates = bob.sink->all<UpdateEvent>().size();
  request(alice, MuteTrackRequest{audio, true});  // no news
  EXPECT_EQ(bob.sink->all<UpdateEvent>().size(), updates);
  request(alice, MuteTrackRequest{"TR_unknown", true});
  EXPECT_EQ(alice.sink->last<RequestResponseEvent>().reason, RequestReason::kNotFound);
}

TEST_F(Publish, SourcesOutsideThePermissionAreRefused) {
  auto params = params_for("alice");
  params.grants.permission.can_publish_sources = {TrackSource::kMicrophone};
  const Client alice = enter(params);
  request(alice, camera("c"));
  EXPECT_EQ(alice.sink->last<RequestResponseEvent>().reason, RequestReason::kNotAllowed);
  EXPECT_FALSE(alice.sink->has<TrackPublishedEvent>());
  request(alice, microphone("m"));
  EXPECT_TRUE(alice.sink->has<TrackPublishedEvent>());
}

TEST_F(Publish, TooManyTracksAreRefused) {
  auto config = default_config();
  config.limits.tracks_per_participant = 2;
  start(std::move(config));
  const Client alice = enter("alice");
  for (int i = 0; i < 3; ++i) request(alice, microphone("m" + std::to_string(i)));
  EXPECT_EQ(alice.sink->all<TrackPublishedEvent>().size(), 2U);
  EXPECT_EQ(alice.sink->last<RequestResponseEvent>().reason, RequestReason::kLimitExceeded);
}

TEST_F(Publish, CidsBelongToTheirParticipant) {
  const Client alice = enter("alice");
  const Client bob = enter("bob");
  const auto a = publish(alice);
  const auto b = publish(bob);
  EXPECT_NE(a.second, b.second);
  EXPECT_EQ(plane.all<AddIncoming>().size(), 4U);
}

TEST_F(Publish, TracksOfAParticipantNotYetConnectedAreAnnouncedWhenItIs) {
  Client bob = enter("bob");
  Client alice = join(params_for("alice"));
  answer(alice);
  publish(alice);
  EXPECT_EQ(bob.sink->news_of("alice"), nullptr);
  connect(alice);
  ASSERT_NE(bob.sink->news_of("alice"), nullptr);
  EXPECT_EQ(bob.sink->news_of("alice")->tracks.size(), 2U);
}

TEST_F(Publish, FirstPacketTellsTheSsrcOfItsLayer) {
  const Client alice = enter("alice");
  publish(alice);
  const auto feed = plane.all<AddIncoming>()[1].feed;
  manager->handle_media_event(now, FeedStarted{feed, 1, Ssrc{77}, codec::Codec::kVp8});
  const auto info = *manager->get_participant("r", "alice");
  EXPECT_EQ(info->tracks.size(), 2U);
  request(alice, MuteTrackRequest{info->tracks[1].sid, true});  // any change shows it
  EXPECT_EQ(alice.sink->news_of("alice")->tracks[1].layers[1].ssrc, 77U);
}

TEST_F(Publish, CodecActuallySentReplacesThePreferredOne) {
  const Client alice = enter("alice");
  publish(alice);
  const auto feed = plane.all<AddIncoming>()[0].feed;
  manager->handle_media_event(now, FeedStarted{feed, 0, Ssrc{78}, codec::Codec::kOpus});
  EXPECT_EQ(alice.sink->news_of("alice")->tracks[0].mime_type, "audio/opus");
  offer(alice, captured_offer("alice_2"), 2);  // and stays
  EXPECT_EQ((*manager->get_participant("r", "alice"))->tracks[0].mime_type, "audio/opus");
}

TEST_F(Publish, DataTracksAreRefused) {
  const Client alice = enter("alice");
  AddTrackRequest track;
  track.cid = "d";
  track.type = TrackType::kData;
  request(alice, track);
  EXPECT_EQ(alice.sink->last<RequestResponseEvent>().reason, RequestReason::kUnsupportedType);
}

}  // namespace
}  // namespace parley::room::test

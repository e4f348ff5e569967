// Media through the shard on simulated networks: loss repair, layers, late joiners, several shards.
#include <gtest/gtest.h>

#include "support/sim_world.h"

namespace parley::test {
namespace {

forward::LayerTarget up_to(std::uint8_t layer) { return {true, layer, 3}; }

struct Call {
  explicit Call(std::uint64_t seed, room::ShardIndex shards = 1, room::ShardIndex viewer_shard = 0,
                codec::Codec codec = codec::Codec::kVp8)
      : world(seed, shards), publisher(world.add_client(0)), viewer(world.add_client(viewer_shard)) {
    feed = world.next_feed();
    publisher.publish(camera_plan(1000, codec), feed);
  }

  SimWorld world;
  SimClient& publisher;
  SimClient& viewer;
  FeedId feed;
};

void expect_clean(const VideoReceiver& video) {
  EXPECT_TRUE(video.faults().empty()) << video.faults().front() << " and " << video.faults().size() - 1 << " more";
}

TEST(Forwarding, TopLayerArrivesWholeOnACleanNetwork) {
  Call call(11);
  VideoReceiver& video = call.viewer.subscribe(call.feed, 0);
  call.world.run_for(10s);
  EXPECT_EQ(video.layer(), 2);
  EXPECT_GT(video.frames(), 285U);
  EXPECT_EQ(video.missing(), 0U);
  EXPECT_EQ(video.recovered(), 0U);
  expect_clean(video);
}

TEST(Forwarding, FirstFrameComesSoonAfterConnecting) {
  Call call(12);
  VideoReceiver& video = call.viewer.subscribe(call.feed, 0);
  const TimePoint start = call.world.now();
  ASSERT_TRUE(call.world.run_until([&] { return video.frames() > 0; }, 2s));
  EXPECT_LE(*video.first_frame() - start, 500ms);
}

TEST(Forwarding, LateSubscriberGetsAKeyframeAtOnce) {
  Call call(13);
  call.world.run_for(20s);
  const auto asked = call.publisher.source().keyframes_asked(2);
  VideoReceiver& video = call.viewer.subscribe(call.feed, 0);
  const TimePoint start = call.world.now();
  ASSERT_TRUE(call.world.run_until([&] { return video.frames() > 0; }, 1s));
  // A round trip for the request, a frame interval for the answer.
  EXPECT_LE(*video.first_frame() - start, 150ms);
  EXPECT_GE(call.publisher.source().keyframes_asked(2), asked + 1);
  expect_clean(video);
}

TEST(Forwarding, NothingIsSentNorAskedForWhileATrackIsHeld) {
  Call call(22);
  call.world.run_for(5s);
  const auto asked = call.publisher.source().keyframes_asked(2);
  VideoReceiver& video = call.viewer.subscribe(call.feed, 0, {}, true, codec::Codec::kVp8, 250ms);
  const TimePoint start = call.world.now();
  call.world.run_for(240ms);
  EXPECT_EQ(video.packets(), 0U);
  EXPECT_EQ(call.publisher.source().keyframes_asked(2), asked);
  ASSERT_TRUE(call.world.run_until([&] { return video.frames() > 0; }, 1s));
  EXPECT_LE(*video.first_frame() - start, 400ms);
  expect_clean(video);
}

struct Layers {
  std::uint8_t wanted;
  std::uint8_t got;
};
class ForwardingLayer : public testing::TestWithParam<std::uint8_t> {};

TEST_P(ForwardingLayer, SubscriberGetsTheLayerItAskedFor) {
  Call call(14);
  VideoReceiver& video = call.viewer.subscribe(call.feed, 0, up_to(GetParam()));
  call.world.run_for(5s);
  EXPECT_EQ(video.layer(), GetParam());
  expect_clean(video);
}
INSTANTIATE_TEST_SUITE_P(All, ForwardingLayer, testing::Values<std::uint8_t>(0, 1, 2));

class ForwardingCodec : public testing::TestWithParam<codec::Codec> {};

TEST_P(ForwardingCodec, SwitchesDownAndUpWithoutABreak) {
  Call call(15, 1, 0, GetParam());
  VideoReceiver& video = call.viewer.subscribe(call.feed, 0, {}, true, GetParam());
  ASSERT_TRUE(call.world.run_until([&] { return video.layer() == 2; }, 5s));
  video.forget_gap();
  const std::uint64_t before = video.switches();
  for (const std::uint8_t layer : {0, 2, 1, 0, 1, 2}) {
    call.viewer.set_target(call.feed, up_to(layer));
    ASSERT_TRUE(call.world.run_until([&] { return video.layer() == layer; }, 1s)) << int{layer};
    call.world.run_for(500ms);
  }
  EXPECT_EQ(video.switches() - before, 6U);
  EXPECT_LE(video.longest_gap(), 120ms);
  EXPECT_EQ(video.missing(), 0U);
  expect_clean(video);
}

TEST_P(ForwardingCodec, LossIsRepairedFromOurHistory) {
  Call call(19, 1, 0, GetParam());
  call.world.network().set_downlink(call.viewer.address(), {.delay = 30ms, .jitter = 10ms, .loss = 0.05});
  VideoReceiver& video = call.viewer.subscribe(call.feed, 0, {}, true, GetParam());
  call.world.run_for(10s);
  EXPECT_GT(video.recovered(), 25U);
  EXPECT_GT(video.frames(), 280U) << "of 300 at 30 fps";
  expect_clean(video);
}
INSTANTIATE_TEST_SUITE_P(Codecs, ForwardingCodec, testing::Values(codec::Codec::kVp8, codec::Codec::kH264),
                         [](const auto& row) { return row.param == codec::Codec::kVp8 ? "Vp8" : "H264"; });

TEST(Forwarding, PauseAndResumeContinueTheStream) {
  Call call(16);
  VideoReceiver& video = call.viewer.subscribe(call.feed, 0);
  ASSERT_TRUE(call.world.run_until([&] { return video.layer() == 2; }, 5s));
  call.viewer.set_target(call.feed, {.enabled = false});
  call.world.run_for(200ms);
  const std::uint64_t paused_at = video.packets();
  call.world.run_for(5s);
  EXPECT_EQ(video.packets(), paused_at) << "nothing is sent while paused";
  call.viewer.set_target(call.feed, up_to(2));
  ASSERT_TRUE(call.world.run_until([&] { return video.packets() > paused_at + 30; }, 1s));
  EXPECT_EQ(video.missing(), 0U);
  expect_clean(video);
}

TEST(Forwarding, LayerThatStopsIsReplacedByTheNextBest) {
  Call call(17);
  VideoReceiver& video = call.viewer.subscribe(call.feed, 0);
  ASSERT_TRUE(call.world.run_until([&] { return video.layer() == 2; }, 5s));
  video.forget_gap();
  call.publisher.source().set_active(2, false);
  ASSERT_TRUE(call.world.run_until([&] { return video.layer() == 1; }, 2s));
  EXPECT_LE(video.longest_gap(), 700ms);
  call.publisher.source().set_active(2, true);
  ASSERT_TRUE(call.world.run_until([&] { return video.layer() == 2; }, 2s)) << "and back once it is there again";
  expect_clean(video);
}

TEST(Forwarding, MuteAndUnmuteLeaveNoGap) {
  Call call(18);
  VideoReceiver& video = call.viewer.subscribe(call.feed, 0);
  ASSERT_TRUE(call.world.run_until([&] { return video.layer() == 2; }, 5s));
  call.publisher.source().set_muted(true);
  call.world.submit(0, room::MuteIncoming{call.publisher.id(), call.feed, true});
  call.world.run_for(10s);
  call.world.submit(0, room::MuteIncoming{call.publisher.id(), call.feed, false});
  call.publisher.source().set_muted(false);
  const std::uint64_t before = video.frames();
  ASSERT_TRUE(call.world.run_until([&] { return video.frames() > before + 30; }, 3s));
  EXPECT_EQ(video.missing(), 0U);
  expect_clean(video);
}

class DownlinkLoss : public testing::TestWithParam<std::uint64_t> {};

TEST_P(DownlinkLoss, IsRepairedFromOurHistory) {
  Call call(GetParam());
  call.world.network().set_downlink(call.viewer.address(), {.delay = 30ms, .jitter = 10ms, .loss = 0.05});
  VideoReceiver& video = call.viewer.subscribe(call.feed, 0);
  call.world.run_for(20s);
  EXPECT_GT(video.recovered(), 50U);
  EXPECT_GT(video.frames(), 570U) << "of 600 at 30 fps";
  expect_clean(video);
  // The publisher was not bothered with what the viewer lost.
  EXPECT_EQ(call.world.shard(0).stats().rtx_received, 0U);
}
INSTANTIATE_TEST_SUITE_P(Seeds, DownlinkLoss, testing::Range<std::uint64_t>(20, 26));

class UplinkLoss : public testing::TestWithParam<std::uint64_t> {};

TEST_P(UplinkLoss, IsRepairedBeforeForwarding) {
  Call call(GetParam());
  call.world.network().set_uplink(call.publisher.address(), {.delay = 30ms, .jitter = 10ms, .loss = 0.05});
  VideoReceiver& video = call.viewer.subscribe(call.feed, 0);
  call.world.run_for(20s);
  EXPECT_GT(call.world.shard(0).stats().rtx_received, 50U);
  EXPECT_GT(video.frames(), 560U);
  expect_clean(video);
}
INSTANTIATE_TEST_SUITE_P(Seeds, UplinkLoss, testing::Range<std::uint64_t>(30, 36));

TEST(Forwarding, ReorderingOnBothLinksIsNoLoss) {
  Call call(40);
  const LinkConditions shuffled{.delay = 20ms, .reorder = 0.1};
  call.world.network().set_uplink(call.publisher.address(), shuffled);
  call.world.network().set_downlink(call.viewer.address(), shuffled);
  VideoReceiver& video = call.viewer.subscribe(call.feed, 0);
  call.world.run_for(10s);
  EXPECT_GT(video.frames(), 270U);
  expect_clean(video);
}

TEST(Forwarding, EverySubscriberAskingAtOnceCostsThePublisherFewKeyframes) {
  SimWorld world(41);
  SimClient& publisher = world.add_client(0);
  const FeedId feed = world.next_feed();
  publisher.publish(camera_plan(1000), feed);
  world.run_for(3s);
  const auto before = publisher.source().keyframes_asked(2);
  std::vector<VideoReceiver*> videos;
  for (int i = 0; i < 20; ++i) videos.push_back(&world.add_client(0).subscribe(feed, 0));
  world.run_for(4s);
  for (const VideoReceiver* video : videos) {
    EXPECT_GT(video->frames(), 60U);
    EXPECT_EQ(video->missing(), 0U);
    expect_clean(*video);
  }
  EXPECT_LE(publisher.source().keyframes_asked(2) - before, 6U) << "requests are merged";
}

TEST(Forwarding, PublisherGetsTransportFeedbackTwiceARoundTrip) {
  Call call(42);
  call.world.run_for(5s);
  const auto feedbacks = call.publisher.source().transport_feedbacks();
  EXPECT_GE(feedbacks, 45U);
  EXPECT_LE(feedbacks, 110U);
}

TEST(Shards, FeedCrossesToAnotherShardOnceAndIsRepairedThere) {
  Call call(50, 2, 1);
  SimClient& second = call.world.add_client(1);
  call.world.network().set_downlink(call.viewer.address(), {.delay = 20ms, .loss = 0.03});
  VideoReceiver& video = call.viewer.subscribe(call.feed, 0);
  VideoReceiver& other = second.subscribe(call.feed, 0, up_to(0));
  call.world.run_for(10s);
  EXPECT_EQ(video.layer(), 2);
  EXPECT_EQ(other.layer(), 0);
  EXPECT_GT(video.frames(), 270U);
  EXPECT_GT(video.recovered(), 10U);
  EXPECT_EQ(call.world.shard(0).stats().rtx_sent, 0U) << "repaired by the viewer's shard";
  expect_clean(video);
  expect_clean(other);
}

TEST(Shards, LastSubscriberLeavingStopsTheCopy) {
  Call call(51, 2, 1);
  call.viewer.subscribe(call.feed, 0);
  call.world.run_for(2s);
  EXPECT_EQ(call.world.shard(1).stats().feeds, 1U);
  call.world.submit(1, room::RemoveOutgoing{call.viewer.id(), call.feed});
  call.world.run_for(1s);
  EXPECT_EQ(call.world.shard(1).stats().feeds, 0U);
}

TEST(Lifetime, ClosedTransportsLeaveNothingBehind) {
  Call call(52);
  call.viewer.subscribe(call.feed, 0);
  call.world.run_for(3s);
  call.world.submit(0, room::CloseTransport{call.viewer.id()});
  call.world.submit(0, room::CloseTransport{call.publisher.id()});
  call.world.run_for(5s);
  const room::MediaShardStats stats = call.world.shard(0).stats();
  EXPECT_EQ(stats.transports, 0U);
  EXPECT_EQ(stats.feeds, 0U);
  EXPECT_EQ(stats.subscriptions, 0U);
  EXPECT_EQ(stats.pool_in_use, 0U) << "every packet is back in the pool";
}

}  // namespace
}  // namespace parley::test

// One camera to many over real sockets and threads: nothing is lost where no network loses anything.
#include <gtest/gtest.h>

#include <algorithm>

#include "loopback/call.h"

namespace parley::test {
namespace {

constexpr std::uint8_t kLayers = 3;

struct Fanout {
  struct Viewer {
    LoopbackClient& client;
    VideoReceiver& video;
    std::uint8_t layer;
  };

  Fanout(room::ShardIndex shards, int viewers_per_shard) : call(shards), publisher(call.add_client(0)) {
    feed = call.next_feed();
    publisher.publish(camera_plan(1000), feed);
    for (int i = 0; i < viewers_per_shard * shards; ++i) {
      LoopbackClient& client = call.add_client(static_cast<room::ShardIndex>(i % shards));
      const auto layer = static_cast<std::uint8_t>(i % kLayers);
      viewers.push_back({client, client.subscribe(feed, 0, layer), layer});
    }
  }

  void retarget(std::uint8_t by) {
    for (Viewer& viewer : viewers) {
      viewer.layer = static_cast<std::uint8_t>((viewer.layer + by) % kLayers);
      viewer.client.set_target(feed, viewer.layer);
    }
  }
  bool settle(Duration limit = 30s) {
    return call.run_until(
        [this] {
          return std::all_of(viewers.begin(), viewers.end(),
                             [](const Viewer& v) { return v.video.layer() == v.layer; });
        },
        limit);
  }
  // Until the camera has made so many more frames and the viewers have seen the last of them.
  bool watch(std::uint64_t frames, Duration limit) {
    const std::uint64_t until = publisher.source().frames(2) + frames;
    std::vector<std::uint64_t> seen;
    for (const Viewer& viewer : viewers) seen.push_back(viewer.video.frames() + frames - 3);
    return call.run_until(
        [&] {
          if (publisher.source().frames(2) < until) return false;
          for (std::size_t i = 0; i < viewers.size(); ++i) {
            if (viewers[i].client.alive() && viewers[i].video.frames() < seen[i]) return false;
          }
          return true;
        },
        limit);
  }
  void expect_whole() const {
    for (const Viewer& viewer : viewers) {
      if (!viewer.client.alive()) continue;
      EXPECT_EQ(viewer.video.layer(), viewer.layer) << "viewer " << viewer.client.id().value;
      EXPECT_EQ(viewer.video.missing(), 0U) << "viewer " << viewer.client.id().value;
      EXPECT_EQ(viewer.video.recovered(), 0U) << "viewer " << viewer.client.id().value;
      EXPECT_TRUE(viewer.video.faults().empty()) << viewer.video.faults().front();
    }
  }
  [[nodiscard]] std::uint64_t packets() const {
    std::uint64_t sum = 0;
    for (const Viewer& viewer : viewers) sum += viewer.video.packets();
    return sum;
  }

  LoopbackCall call;
  LoopbackClient& publisher;
  FeedId feed;
  std::vector<Viewer> viewers;
};

TEST(Fanout, TwentyViewersOnTwoShardsGetTheLayerTheyAskedForWhole) {
  Fanout fanout(2, 10);
  ASSERT_TRUE(fanout.call.connect_all());
  ASSERT_TRUE(fanout.settle());
  const std::uint64_t before = fanout.packets();
  ASSERT_TRUE(fanout.watch(150, 60s));
  fanout.expect_whole();
  RecordProperty("packets_received", std::to_string(fanout.packets() - before));

  for (int round = 0; round < 3; ++round) {
    fanout.retarget(1);
    ASSERT_TRUE(fanout.settle()) << "round " << round;
    ASSERT_TRUE(fanout.watch(15, 30s));
  }
  fanout.expect_whole();
  for (const auto& viewer : fanout.viewers) EXPECT_GE(viewer.video.switches(), 3U);

  // What the shards tell of themselves agrees, once they have told it.
  const auto told = [&] {
    std::uint64_t sum = 0;
    for (const auto& stats : fanout.call.pool().stats()) sum += stats.sent.datagrams;
    return sum >= fanout.packets();
  };
  EXPECT_TRUE(fanout.call.run_until(told, 10s));
  for (const auto& stats : fanout.call.pool().stats()) {
    EXPECT_EQ(stats.media.subscriptions, 10U);
    EXPECT_EQ(stats.media.rtx_sent, 0U);
    EXPECT_EQ(stats.media.drops.of(DropReason::kSendBufferFull), 0U);
    EXPECT_EQ(stats.media.drops.of(DropReason::kMailboxFull), 0U);
  }
}

TEST(Fanout, ViewerWhoseProcessDiesDisturbsNobody) {
  Fanout fanout(2, 3);
  ASSERT_TRUE(fanout.call.connect_all());
  ASSERT_TRUE(fanout.settle());
  fanout.viewers[0].client.die();
  fanout.viewers[3].client.die();
  ASSERT_TRUE(fanout.watch(60, 30s));
  fanout.expect_whole();
}

TEST(Fanout, LateViewerOnAnotherShardStartsWithAKeyframe) {
  Fanout fanout(2, 1);
  ASSERT_TRUE(fanout.call.connect_all());
  ASSERT_TRUE(fanout.settle());
  LoopbackClient& late = fanout.call.add_client(1);
  fanout.viewers.push_back({late, late.subscribe(fanout.feed, 0, 2), 2});
  ASSERT_TRUE(fanout.settle());
  ASSERT_TRUE(fanout.watch(15, 30s));
  fanout.expect_whole();
}

TEST(Fanout, SubscriptionBeforeThePublisherExistsIsServedWhenItComes) {
  LoopbackCall call(2);
  LoopbackClient& viewer = call.add_client(1);
  const FeedId feed = call.next_feed();
  VideoReceiver& video = viewer.subscribe(feed, 0, 2);
  ASSERT_TRUE(call.connect_all());
  LoopbackClient& publisher = call.add_client(0);
  publisher.publish(camera_plan(1000), feed);
  ASSERT_TRUE(call.run_until([&] { return video.layer() == 2 && video.frames() > 10; }, 30s));
  EXPECT_EQ(video.missing(), 0U);
  EXPECT_TRUE(video.faults().empty()) << video.faults().front();
}

TEST(Fanout, PoolStopsWhileMediaFlows) {
  Fanout fanout(2, 4);
  ASSERT_TRUE(fanout.call.connect_all());
  ASSERT_TRUE(fanout.settle());
  ASSERT_TRUE(fanout.watch(10, 30s));
  fanout.call.stop_pool();
  const std::uint64_t after = fanout.publisher.source().frames(2) + 10;
  EXPECT_TRUE(fanout.call.run_until([&] { return fanout.publisher.source().frames(2) >= after; }, 10s))
      << "clients go on, towards nobody";
}

}  // namespace
}  // namespace parley::test

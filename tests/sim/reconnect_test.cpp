// Full reconnects: a peer whose transport is gone comes back as a new session, and nothing of the old one stays.
#include <gtest/gtest.h>

#include "support/sim_world.h"

namespace parley::test {
namespace {

// ICE, DTLS and a keyframe at 10 ms each way.
constexpr Duration kFirstFrame = 500ms;

struct Session {
  explicit Session(std::uint64_t seed, room::ShardIndex shards = 1)
      : world(seed, shards), publisher(&world.add_client(0)), viewer(&world.add_client(0)), feed(world.next_feed()) {
    publisher->publish(camera_plan(1000), feed);
    video = &viewer->subscribe(feed, 0);
  }

  bool flows() {
    return world.run_until([&] { return video->frames() > 30; }, 5s);
  }
  // What the control plane does when a session's signalling ends: its client is not heard of again.
  void drop(SimClient& client) {
    client.go_silent();
    world.submit(client.shard(), room::CloseTransport{client.id()});
  }
  void come_back_publishing(room::ShardIndex shard) {
    publisher = &world.add_client(shard);
    feed = world.next_feed();
    publisher->publish(camera_plan(2000), feed);
    video = &viewer->subscribe(feed, shard);
  }
  void come_back_viewing() {
    viewer = &world.add_client(0);
    video = &viewer->subscribe(feed, publisher->shard());
  }
  void expect_picture_soon() {
    const TimePoint start = world.now();
    ASSERT_TRUE(world.run_until([&] { return video->frames() > 0; }, 2s));
    EXPECT_LE(*video->first_frame() - start, kFirstFrame);
    ASSERT_TRUE(flows());
    EXPECT_EQ(video->layer(), 2);
    EXPECT_EQ(video->missing(), 0U);
    EXPECT_TRUE(video->faults().empty()) << video->faults().front();
  }
  void expect_nothing_left() {
    drop(*publisher);
    drop(*viewer);
    world.run_for(5s);
    for (room::ShardIndex i = 0; i <= publisher->shard(); ++i) {
      const room::MediaShardStats stats = world.shard(i).stats();
      EXPECT_EQ(stats.transports, 0U);
      EXPECT_EQ(stats.feeds, 0U);
      EXPECT_EQ(stats.subscriptions, 0U);
      EXPECT_EQ(stats.pool_in_use, 0U);
    }
  }

  SimWorld world;
  SimClient* publisher;
  SimClient* viewer;
  FeedId feed;
  VideoReceiver* video = nullptr;
};

class ReconnectOnShard : public testing::TestWithParam<room::ShardIndex> {};

TEST_P(ReconnectOnShard, PublisherIsSeenAgainSoon) {
  Session session(60 + GetParam(), 2);
  ASSERT_TRUE(session.flows());
  const FeedId old = session.feed;
  session.drop(*session.publisher);
  session.world.submit(0, room::RemoveOutgoing{session.viewer->id(), old});
  session.world.run_for(100ms);
  const room::MediaShardStats between = session.world.shard(0).stats();
  EXPECT_EQ(between.transports, 1U) << "the viewer's";
  EXPECT_EQ(between.feeds, 0U);
  EXPECT_EQ(between.subscriptions, 0U);
  EXPECT_EQ(between.pool_in_use, 0U) << "the old feed's history is back in the pool";

  session.come_back_publishing(GetParam());
  session.expect_picture_soon();
  EXPECT_EQ(session.viewer->receiver(old).faults().size(), 0U);
  session.expect_nothing_left();
}
INSTANTIATE_TEST_SUITE_P(SameAndOther, ReconnectOnShard, testing::Values<room::ShardIndex>(0, 1));

TEST(Reconnect, PublisherComesBackBeforeItsViewerLetsGo) {
  Session session(62);
  ASSERT_TRUE(session.flows());
  const FeedId old = session.feed;
  // The new session is there before the old one's end is noticed: both are served for a while.
  SimClient& before = *session.publisher;
  before.go_silent();
  session.come_back_publishing(0);
  session.expect_picture_soon();
  session.drop(before);
  session.world.submit(0, room::RemoveOutgoing{session.viewer->id(), old});
  session.video->forget_gap();
  session.world.run_for(2s);
  EXPECT_LE(session.video->longest_gap(), 100ms) << "clearing away the old session disturbs nobody";
  EXPECT_EQ(session.world.shard(0).stats().feeds, 1U);
  session.expect_nothing_left();
}

TEST(Reconnect, ViewerSeesAgainSoonAndOthersNoticeNothing) {
  Session session(63);
  VideoReceiver& other = session.world.add_client(0).subscribe(session.feed, 0);
  ASSERT_TRUE(session.flows());
  other.forget_gap();
  session.drop(*session.viewer);
  session.world.run_for(100ms);
  const room::MediaShardStats between = session.world.shard(0).stats();
  EXPECT_EQ(between.transports, 2U);
  EXPECT_EQ(between.feeds, 1U);
  EXPECT_EQ(between.subscriptions, 1U);

  session.come_back_viewing();
  session.expect_picture_soon();
  EXPECT_LE(other.longest_gap(), 100ms);
  EXPECT_TRUE(other.faults().empty());
  EXPECT_EQ(session.world.shard(0).stats().subscriptions, 2U);
}

TEST(Reconnect, SilentPublisherLosesConsentAndComesBackAsANewSession) {
  Session session(64);
  ASSERT_TRUE(session.flows());
  SimClient& before = *session.publisher;
  before.go_silent();
  ASSERT_TRUE(session.world.run_until([&] { return !session.world.events_of<room::TransportEnded>().empty(); }, 20s));
  const room::TransportEnded ended = session.world.events_of<room::TransportEnded>().front();
  EXPECT_EQ(ended.transport, before.id());
  EXPECT_EQ(ended.why, room::TransportEnd::kConsentExpired);
  session.world.submit(0, room::RemoveOutgoing{session.viewer->id(), session.feed});
  session.drop(before);

  session.come_back_publishing(0);
  session.expect_picture_soon();
  const room::MediaShardStats stats = session.world.shard(0).stats();
  EXPECT_EQ(stats.transports, 2U);
  EXPECT_EQ(stats.feeds, 1U);
  session.expect_nothing_left();
}

TEST(Reconnect, SilentViewerComesBackAndTheOldSessionIsSentNothing) {
  Session session(65);
  ASSERT_TRUE(session.flows());
  SimClient& before = *session.viewer;
  before.go_silent();
  ASSERT_TRUE(session.world.run_until([&] { return !session.world.events_of<room::TransportEnded>().empty(); }, 20s));
  EXPECT_EQ(session.world.events_of<room::TransportEnded>().front().transport, before.id());
  session.drop(before);
  session.world.run_for(100ms);
  const std::uint64_t sent = session.world.network().bytes_to(before.address());

  session.come_back_viewing();
  session.expect_picture_soon();
  EXPECT_EQ(session.world.network().bytes_to(before.address()), sent);
  EXPECT_EQ(session.world.shard(0).stats().subscriptions, 1U);
  session.expect_nothing_left();
}

}  // namespace
}  // namespace parley::test

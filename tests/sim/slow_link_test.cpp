// Viewers whose link has a rate and a queue that drops.
#include <gtest/gtest.h>

#include "support/sim_world.h"

namespace parley::test {
namespace {

// Room for the lowest layer's 160 kbit/s, not for the second one's 450.
constexpr LinkConditions kSlow{.delay = 20ms, .rate = 300'000, .queue = 300ms};

forward::LayerTarget up_to(std::uint8_t layer) { return {true, layer, 3}; }

class SlowLink : public testing::Test {
 protected:
  SlowLink() : publisher(world.add_client(0)), slow(world.add_client(0)), fast(world.add_client(0)) {
    publisher.publish(camera_plan(1000), feed);
    world.network().set_downlink(slow.address(), kSlow);
    other = &fast.subscribe(feed, 0);
  }
  void expect_other_unaffected() const {
    EXPECT_EQ(other->layer(), 2);
    EXPECT_EQ(other->missing(), 0U);
    EXPECT_EQ(other->recovered(), 0U);
    EXPECT_LE(other->longest_gap(), 100ms);
    EXPECT_TRUE(other->faults().empty()) << other->faults().front();
  }

  SimWorld world{70};
  SimClient& publisher;
  SimClient& slow;
  SimClient& fast;
  FeedId feed = world.next_feed();
  VideoReceiver* other = nullptr;
};

TEST_F(SlowLink, LowestLayerKeepsDecodingAndOthersAreUnaffected) {
  VideoReceiver& video = slow.subscribe(feed, 0, up_to(0));
  ASSERT_TRUE(world.run_until([&] { return video.frames() > 0 && other->layer() == 2; }, 3s));
  other->forget_gap();
  const std::uint64_t before = video.frames();
  world.run_for(20s);
  EXPECT_GE(video.frames() - before, 590U) << "of 600 at 30 fps";
  EXPECT_EQ(video.layer(), 0);
  EXPECT_LE(video.longest_gap(), 200ms);
  EXPECT_EQ(video.missing(), 0U);
  EXPECT_TRUE(video.faults().empty()) << video.faults().front();
  EXPECT_EQ(world.network().lost(), 0U) << "it fits";
  expect_other_unaffected();
}

TEST_F(SlowLink, TooHighALayerOverflowsTheQueueAndGoingDownHeals) {
  VideoReceiver& video = slow.subscribe(feed, 0);
  ASSERT_TRUE(world.run_until([&] { return other->layer() == 2; }, 3s));
  other->forget_gap();
  world.run_for(5s);
  EXPECT_GT(world.network().lost(), 100U) << "1.5 Mbit/s do not fit";

  slow.set_target(feed, up_to(0));
  ASSERT_TRUE(world.run_until([&] { return video.layer() == 0; }, 3s));
  const std::uint64_t before = video.frames();
  const std::uint64_t lost = world.network().lost();
  world.run_for(10s);
  EXPECT_GE(video.frames() - before, 290U);
  EXPECT_EQ(video.layer(), 0);
  EXPECT_EQ(world.network().lost(), lost);
  EXPECT_TRUE(world.events_of<room::TransportEnded>().empty());
  expect_other_unaffected();
}

}  // namespace
}  // namespace parley::test

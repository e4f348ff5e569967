// ICE, DTLS and data channels come up over bad networks, stay up when the peer moves, and end when it is gone.
#include <gtest/gtest.h>

#include "support/sim_world.h"

namespace parley::test {
namespace {

bool all_connected(std::initializer_list<SimClient*> clients) {
  for (SimClient* client : clients) {
    if (!client->transport().connected()) return false;
  }
  return true;
}

TEST(Handshake, ConnectsWithinFewRoundTrips) {
  SimWorld world(1);
  SimClient& client = world.add_client(0);
  world.network().set_uplink(client.address(), {.delay = 20ms});
  world.network().set_downlink(client.address(), {.delay = 20ms});
  EXPECT_TRUE(world.run_until([&] { return all_connected({&client}); }, 400ms));
  ASSERT_EQ(world.events_of<room::TransportConnected>().size(), 1U);
  EXPECT_EQ(world.events_of<room::TransportConnected>()[0].transport, client.id());
}

class HandshakeUnderLoss : public testing::TestWithParam<std::uint64_t> {};

TEST_P(HandshakeUnderLoss, ConnectsAllTheSame) {
  SimWorld world(GetParam());
  SimClient& client = world.add_client(0);
  const LinkConditions bad{.delay = 60ms, .jitter = 40ms, .loss = 0.25, .reorder = 0.1};
  world.network().set_uplink(client.address(), bad);
  world.network().set_downlink(client.address(), bad);
  EXPECT_TRUE(world.run_until([&] { return all_connected({&client}); }, 15s));
}
INSTANTIATE_TEST_SUITE_P(Seeds, HandshakeUnderLoss, testing::Range<std::uint64_t>(1, 13));

TEST(DataChannels, OpenFromBothSidesAndCarryInOrder) {
  SimWorld world(3);
  SimClient& publisher = world.add_client(0, {"_reliable", "_lossy"});
  SimClient& subscriber = world.add_client(0, {}, true);
  ASSERT_TRUE(world.run_until([&] { return world.events_of<room::DataChannelsOpen>().size() == 2; }, 3s));

  for (std::uint8_t i = 0; i < 100; ++i) {
    std::vector<std::uint8_t> message(1 + i * 600U, i);
    ASSERT_TRUE(publisher.transport().send_data("_reliable", message));
  }
  ASSERT_TRUE(world.run_until([&] { return world.events_of<room::DataReceived>().size() == 100; }, 10s));
  const auto received = world.events_of<room::DataReceived>();
  for (std::size_t i = 0; i < received.size(); ++i) {
    EXPECT_EQ(received[i].payload->size(), 1 + i * 600) << "in order";
    EXPECT_EQ(received[i].channel, room::DataChannel::kReliable);
  }
  for (const auto& event : received) {
    world.submit(0, room::SendData{subscriber.id(), room::DataChannel::kReliable, event.payload});
  }
  ASSERT_TRUE(world.run_until([&] { return subscriber.data().size() == 100; }, 10s));
  for (std::size_t i = 0; i < 100; ++i) {
    EXPECT_EQ(subscriber.data()[i].label, "_reliable");
    EXPECT_EQ(subscriber.data()[i].payload.size(), 1 + i * 600);
  }
}

std::uint64_t dropped(SimWorld& world, DropReason reason) { return world.shard(0).stats().drops.of(reason); }

TEST(PeerRates, DataMessagesOverTheLimitAreDroppedAndCounted) {
  SimWorld world(8, 1, {.data_messages = {.per_second = 10, .burst = 20}});
  SimClient& publisher = world.add_client(0, {"_reliable", "_lossy"});
  ASSERT_TRUE(world.run_until([&] { return publisher.transport().channel_open("_reliable"); }, 3s));
  const std::vector<std::uint8_t> message(10, 1);
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(publisher.transport().send_data("_reliable", message));
  ASSERT_TRUE(world.run_until([&] { return dropped(world, DropReason::kDataRateLimited) > 0; }, 3s));
  world.run_for(1s);
  const std::size_t first = world.events_of<room::DataReceived>().size();
  EXPECT_GE(first, 20U);
  EXPECT_LE(first, 23U);
  EXPECT_EQ(first + dropped(world, DropReason::kDataRateLimited), 50U);

  world.run_for(2s);  // the bucket refills
  ASSERT_TRUE(publisher.transport().send_data("_reliable", message));
  EXPECT_TRUE(world.run_until([&] { return world.events_of<room::DataReceived>().size() == first + 1; }, 3s));
}

TEST(PeerRates, DataBytesOverTheLimitAreDroppedAndCounted) {
  SimWorld world(9, 1, {.data_bytes = {.per_second = 1'000, .burst = 10'000}});
  SimClient& publisher = world.add_client(0, {"_reliable", "_lossy"});
  ASSERT_TRUE(world.run_until([&] { return publisher.transport().channel_open("_reliable"); }, 3s));
  const std::vector<std::uint8_t> message(4'000, 1);
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(publisher.transport().send_data("_reliable", message));
  ASSERT_TRUE(world.run_until([&] { return dropped(world, DropReason::kDataRateLimited) == 3; }, 3s));
  EXPECT_EQ(world.events_of<room::DataReceived>().size(), 2U);
}

TEST(PeerRates, RtcpOverTheLimitIsDroppedAndCountedAndTheCallGoesOn) {
  SimWorld world(10, 1, {.rtcp = {.per_second = 5, .burst = 10}});
  SimClient& noisy = world.add_client(0);
  SimClient& calm = world.add_client(0);
  ASSERT_TRUE(world.run_until([&] { return all_connected({&noisy, &calm}); }, 2s));
  // An empty receiver report (RFC 3550 section 6.4.2).
  const std::vector<std::uint8_t> report{0x80, 201, 0, 1, 0, 0, 0, 1};
  for (int i = 0; i < 30; ++i) ASSERT_TRUE(noisy.transport().send_rtcp(report));
  ASSERT_TRUE(calm.transport().send_rtcp(report));
  world.run_for(1s);
  EXPECT_GE(dropped(world, DropReason::kRtcpRateLimited), 15U);
  EXPECT_LE(dropped(world, DropReason::kRtcpRateLimited), 20U);
  EXPECT_TRUE(world.events_of<room::TransportEnded>().empty());
}

TEST(PeerRates, RtpOverTheLimitIsDroppedAndCountedAndOthersAreUnaffected) {
  SimWorld world(11, 1, {.rtp = {.per_second = 400, .burst = 800}});
  SimClient& noisy = world.add_client(0);
  SimClient& publisher = world.add_client(0);  // some 270 packets a second
  const FeedId feed = world.next_feed();
  publisher.publish(camera_plan(1000), feed);
  VideoReceiver& video = world.add_client(0).subscribe(feed, 0);
  ASSERT_TRUE(world.run_until([&] { return video.layer() == 2 && noisy.transport().connected(); }, 3s));
  video.forget_gap();
  // A bare RTP header and one byte, of a stream that nobody negotiated.
  for (std::uint16_t i = 0; i < 2'000; ++i) {
    std::vector<std::uint8_t> packet{0x80, 111, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 1};
    store_be<std::uint16_t>(&packet[2], i);
    ASSERT_TRUE(noisy.transport().send_rtp(packet));
  }
  world.run_for(1s);
  const std::uint64_t over = dropped(world, DropReason::kRtpRateLimited);
  EXPECT_GE(over, 1'150U);
  EXPECT_LE(over, 1'200U) << "of 2,000";
  EXPECT_EQ(over + dropped(world, DropReason::kRtpUnknownSsrc), 2'000U);
  EXPECT_LE(video.longest_gap(), 100ms);
  EXPECT_EQ(video.missing(), 0U);
  EXPECT_TRUE(world.events_of<room::TransportEnded>().empty());
}

TEST(Consent, SilentPeerIsGoneAfterFifteenSeconds) {
  SimWorld world(4);
  SimClient& client = world.add_client(0);
  ASSERT_TRUE(world.run_until([&] { return all_connected({&client}); }, 1s));
  client.go_silent();
  world.run_for(14s);
  EXPECT_TRUE(world.events_of<room::TransportEnded>().empty());
  ASSERT_TRUE(world.run_until([&] { return !world.events_of<room::TransportEnded>().empty(); }, 6s));
  EXPECT_EQ(world.events_of<room::TransportEnded>()[0].why, room::TransportEnd::kConsentExpired);
}

TEST(Consent, IdleButCheckingPeerStays) {
  SimWorld world(5);
  SimClient& client = world.add_client(0);
  ASSERT_TRUE(world.run_until([&] { return all_connected({&client}); }, 1s));
  world.run_for(120s);
  EXPECT_TRUE(world.events_of<room::TransportEnded>().empty());
}

TEST(Establish, PeerThatNeverComesIsGivenUp) {
  SimWorld world(6);
  world.add_idle_client(0);
  ASSERT_TRUE(world.run_until([&] { return !world.events_of<room::TransportEnded>().empty(); }, 30s));
  EXPECT_EQ(world.events_of<room::TransportEnded>()[0].why, room::TransportEnd::kNeverConnected);
}

TEST(Move, PeerAtANewAddressIsFollowedAtItsNextCheck) {
  SimWorld world(7);
  SimClient& publisher = world.add_client(0);
  SimClient& viewer = world.add_client(0);
  const FeedId feed = world.next_feed();
  publisher.publish(camera_plan(1000), feed);
  VideoReceiver& video = viewer.subscribe(feed, 0);
  ASSERT_TRUE(world.run_until([&] { return video.frames() > 30; }, 5s));

  viewer.move_to(Address::v4(10, 2, 0, 9, 7000));
  // Consent checks come every 4 to 6 s.
  const std::uint64_t before = video.frames();
  ASSERT_TRUE(world.run_until([&] { return video.frames() > before + 60; }, 10s));
  EXPECT_TRUE(video.faults().empty()) << video.faults().front();
}

TEST(IceRestart, MediaFlowsThroughIt) {
  SimWorld world(8);
  SimClient& publisher = world.add_client(0);
  SimClient& viewer = world.add_client(0);
  const FeedId feed = world.next_feed();
  publisher.publish(camera_plan(1000), feed);
  VideoReceiver& video = viewer.subscribe(feed, 0);
  ASSERT_TRUE(world.run_until([&] { return video.frames() > 30; }, 5s));
  video.forget_gap();
  viewer.restart_ice();
  world.run_for(3s);
  EXPECT_LE(video.longest_gap(), 100ms) << "no freeze";
  EXPECT_TRUE(video.faults().empty());
  EXPECT_TRUE(viewer.transport().ice().connected());
  // The new credentials carry consent from now on.
  world.run_for(60s);
  EXPECT_TRUE(world.events_of<room::TransportEnded>().empty());
}

TEST(BadPackets, CostTheirSenderOnly) {
  SimWorld world(9);
  SimClient& publisher = world.add_client(0);
  SimClient& viewer = world.add_client(0);
  const FeedId feed = world.next_feed();
  publisher.publish(camera_plan(1000), feed);
  VideoReceiver& video = viewer.subscribe(feed, 0);
  ASSERT_TRUE(world.run_until([&] { return video.frames() > 10; }, 5s));

  SeededRandom random(99);
  const Address stranger = Address::v4(192, 0, 2, 66, 4444);
  for (int i = 0; i < 2000; ++i) {
    std::vector<std::uint8_t> junk(random.next() % 1400 + 1);
    random.fill(junk);
    // Half from a stranger, half as if from the viewer's own address.
    world.network().send(world.now(), i % 2 == 0 ? stranger : viewer.address(), world.shard_address(0), junk);
  }
  video.forget_gap();
  world.run_for(3s);
  EXPECT_LE(video.longest_gap(), 100ms);
  EXPECT_TRUE(world.events_of<room::TransportEnded>().empty());
  const DropCounters& drops = world.shard(0).drops();
  EXPECT_GT(drops.of(DropReason::kUnknownAddress), 0U);
  EXPECT_GT(drops.of(DropReason::kStunMalformed) + drops.of(DropReason::kStunUnsupported), 0U);
  EXPECT_GT(drops.of(DropReason::kSrtpAuthentication) + drops.of(DropReason::kRtpMalformed), 0U);
}

TEST(BadPackets, MalformedSctpIsCountedAndTheChannelsStay) {
  SimWorld world(12);
  SimClient& client = world.add_client(0, {"_reliable", "_lossy"});
  ASSERT_TRUE(world.run_until([&] { return client.transport().channel_open("_reliable"); }, 3s));
  EXPECT_EQ(dropped(world, DropReason::kSctpMalformed), 0U);
  // Shorter than SCTP's common header, and a whole one with a foreign port.
  client.transport().send_raw_sctp(std::vector<std::uint8_t>(5, 1));
  client.transport().send_raw_sctp(std::vector<std::uint8_t>(20, 1));
  ASSERT_TRUE(world.run_until([&] { return dropped(world, DropReason::kSctpMalformed) == 2; }, 3s));

  ASSERT_TRUE(client.transport().send_data("_reliable", std::vector<std::uint8_t>(10, 1)));
  EXPECT_TRUE(world.run_until([&] { return world.events_of<room::DataReceived>().size() == 1; }, 3s));
  EXPECT_TRUE(world.events_of<room::TransportEnded>().empty());
}

}  // namespace
}  // namespace parley::test

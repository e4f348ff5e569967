// The ways into a pool: ICE-TCP, IPv6, one port for all shards' TCP, and ports that are taken.
#include <gtest/gtest.h>

#include "loopback/call.h"
#include "net/sockaddr.h"

namespace parley::test {
namespace {

bool has_ipv6() { return net::UdpSocket::bind(*Address::parse("::1", 0)).has_value(); }

// One camera on shard 0 over UDP, one viewer on `shard` by `way`.
void expect_video(LoopbackCall& call, room::ShardIndex shard, Way way) {
  LoopbackClient& publisher = call.add_client(0);
  const FeedId feed = call.next_feed();
  publisher.publish(camera_plan(1000), feed);
  LoopbackClient& viewer = call.add_client(shard, way);
  VideoReceiver& video = viewer.subscribe(feed, 0, 2);
  ASSERT_TRUE(call.connect_all());
  ASSERT_TRUE(call.run_until([&] { return video.layer() == 2 && video.frames() > 30; }, 30s));
  EXPECT_EQ(video.missing(), 0U);
  EXPECT_EQ(video.recovered(), 0U);
  EXPECT_TRUE(video.faults().empty()) << video.faults().front();
}

TEST(WaysIn, ClientWithTcpOnlyReceivesVideo) {
  LoopbackCall call(1, true);
  expect_video(call, 0, Way::kTcp);
}

TEST(WaysIn, TcpClientReachesAnotherShardThroughTheOneListener) {
  LoopbackCall call(2, true);
  expect_video(call, 1, Way::kTcp);
  EXPECT_TRUE(call.run_until([&] { return call.pool().stats()[1].tcp_connections == 1; }, 10s));
  EXPECT_EQ(call.pool().stats()[0].tcp_connections, 0U);
}

TEST(WaysIn, TcpClientPublishes) {
  LoopbackCall call(2, true);
  LoopbackClient& publisher = call.add_client(1, Way::kTcp);
  const FeedId feed = call.next_feed();
  publisher.publish(camera_plan(1000), feed);
  VideoReceiver& video = call.add_client(0).subscribe(feed, 1, 2);
  ASSERT_TRUE(call.run_until([&] { return video.layer() == 2 && video.frames() > 30; }, 30s));
  EXPECT_EQ(video.missing(), 0U);
  EXPECT_TRUE(video.faults().empty()) << video.faults().front();
}

TEST(WaysIn, TcpConnectionThatClosesIsForgottenAndTheShardGoesOn) {
  LoopbackCall call(1, true);
  LoopbackClient& leaving = call.add_client(0, Way::kTcp);
  ASSERT_TRUE(call.connect_all());
  ASSERT_TRUE(call.run_until([&] { return call.pool().stats()[0].tcp_connections == 1; }, 10s));
  leaving.die();
  ASSERT_TRUE(call.run_until([&] { return call.pool().stats()[0].tcp_connections == 0; }, 10s));
  LoopbackClient& next = call.add_client(0, Way::kTcp);
  EXPECT_TRUE(call.run_until([&] { return next.transport().connected(); }, 20s));
}

TEST(WaysIn, Ipv6ClientReceivesVideo) {
  if (!has_ipv6()) GTEST_SKIP() << "no IPv6 on this machine";
  LoopbackCall call(1);
  expect_video(call, 0, Way::kUdp6);
}

TEST(WaysIn, ClosedTransportSaysGoodbye) {
  LoopbackCall call(1);
  LoopbackClient& client = call.add_client(0);
  ASSERT_TRUE(call.connect_all());
  ASSERT_TRUE(call.run_until([&] { return call.events_of<room::TransportConnected>().size() == 1; }, 10s));
  call.pool().submit(0, room::CloseTransport{client.id()});
  EXPECT_TRUE(call.run_until([&] { return client.transport().dtls_state() == dtls::State::kClosed; }, 10s));
}

shard::Config config_on(std::uint16_t udp, std::uint16_t tcp) {
  shard::Config config;
  config.bind = *Address::parse("::", udp);
  config.tcp_port = tcp;
  config.certificate = server_certificate();
  return config;
}

TEST(PoolStart, OccupiedUdpPortIsNamedWithItsKey) {
  const FreePorts free = find_free_ports(2);
  const auto taken = net::UdpSocket::bind(*Address::parse("::", static_cast<std::uint16_t>(free.udp + 1)));
  ASSERT_TRUE(taken);
  shard::Config config = config_on(free.udp, 0);
  config.shards = 2;
  const auto pool = shard::Pool::start(config, [] {});
  ASSERT_FALSE(pool);
  EXPECT_EQ(pool.error().code, "address_in_use");
  EXPECT_EQ(pool.error().field, "rtc.udp_port");
  EXPECT_NE(pool.error().message.find("rtc.udp_port"), std::string::npos) << pool.error().message;
  EXPECT_NE(pool.error().message.find(std::to_string(free.udp + 1)), std::string::npos) << pool.error().message;
}

TEST(PoolStart, OccupiedTcpPortIsNamedWithItsKey) {
  const FreePorts free = find_free_ports(1);
  Address local = *Address::parse("::", free.tcp);
  local.protocol = Protocol::kTcp;
  const auto taken = net::open_bound_socket(local);
  ASSERT_TRUE(taken);
  ASSERT_EQ(::listen(taken->fd.get(), 1), 0);
  const auto pool = shard::Pool::start(config_on(free.udp, free.tcp), [] {});
  ASSERT_FALSE(pool);
  EXPECT_EQ(pool.error().code, "address_in_use");
  EXPECT_EQ(pool.error().field, "rtc.tcp_port");
  EXPECT_NE(pool.error().message.find("rtc.tcp_port"), std::string::npos) << pool.error().message;
  EXPECT_NE(pool.error().message.find(std::to_string(free.tcp)), std::string::npos) << pool.error().message;
}

TEST(PoolStart, PortsAreFreeAgainAfterAStop) {
  const FreePorts free = find_free_ports(1);
  for (int i = 0; i < 2; ++i) {
    const auto pool = shard::Pool::start(config_on(free.udp, free.tcp), [] {});
    EXPECT_TRUE(pool) << pool.error().message;
  }
}

}  // namespace
}  // namespace parley::test

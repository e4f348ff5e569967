// Data channels of several shards at once: one SCTP stack and its timers serve the whole process.
#include <gtest/gtest.h>

#include <map>

#include "loopback/call.h"

namespace parley::test {
namespace {

constexpr int kMessages = 200;

std::string text_of(const std::vector<std::uint8_t>& bytes) { return {bytes.begin(), bytes.end()}; }

TEST(LoopbackData, ReliableMessagesOfTwoShardsArriveInOrderBothWays) {
  LoopbackCall call(2);
  std::vector<LoopbackClient*> clients;
  for (int i = 0; i < 6; ++i) {
    clients.push_back(&call.add_client(static_cast<room::ShardIndex>(i % 2), Way::kUdp4, {"_reliable", "_lossy"}));
  }
  ASSERT_TRUE(call.connect_all());
  ASSERT_TRUE(call.run_until([&] { return call.events_of<room::DataChannelsOpen>().size() == clients.size(); }, 30s));

  // Everybody sends to the server, which sends each message back to its sender.
  std::map<TransportId, room::ShardIndex> shard_of;
  for (LoopbackClient* client : clients) {
    shard_of[client->id()] = client->shard();
    for (int i = 0; i < kMessages; ++i) {
      ASSERT_TRUE(client->transport().send_data("_reliable", as_bytes(std::to_string(i) + std::string(300, '.'))));
    }
  }
  std::size_t echoed = 0;
  std::map<LoopbackClient*, std::vector<std::string>> got;
  const auto step = [&] {
    const auto received = call.events_of<room::DataReceived>();
    for (; echoed < received.size(); ++echoed) {
      const room::DataReceived& data = received[echoed];
      call.pool().submit(shard_of.at(data.transport), room::SendData{data.transport, data.channel, data.payload});
    }
    std::size_t whole = 0;
    for (LoopbackClient* client : clients) {
      while (auto data = client->transport().poll_data()) {
        EXPECT_EQ(data->label, "_reliable");
        got[client].push_back(text_of(data->payload));
      }
      if (got[client].size() == kMessages) ++whole;
    }
    return whole == clients.size();
  };
  ASSERT_TRUE(call.run_until(step, 60s));
  for (LoopbackClient* client : clients) {
    for (int i = 0; i < kMessages; ++i) {
      EXPECT_EQ(got[client][static_cast<std::size_t>(i)], std::to_string(i) + std::string(300, '.'));
    }
  }
}

TEST(LoopbackData, ClientsComeAndGoWhileOthersSend) {
  LoopbackCall call(2);
  LoopbackClient& steady = call.add_client(0, Way::kUdp4, {"_reliable", "_lossy"});
  ASSERT_TRUE(call.run_until([&] { return call.events_of<room::DataChannelsOpen>().size() == 1; }, 30s));
  for (int round = 0; round < 5; ++round) {
    LoopbackClient& guest = call.add_client(1, Way::kUdp4, {"_reliable", "_lossy"});
    const auto opened = static_cast<std::size_t>(round) + 2;
    ASSERT_TRUE(call.run_until([&] { return call.events_of<room::DataChannelsOpen>().size() == opened; }, 30s));
    ASSERT_TRUE(steady.transport().send_data("_reliable", as_bytes("still here")));
    guest.die();
    call.pool().submit(1, room::CloseTransport{guest.id()});
    const auto received = static_cast<std::size_t>(round) + 1;
    ASSERT_TRUE(call.run_until([&] { return call.events_of<room::DataReceived>().size() == received; }, 30s));
  }
}

}  // namespace
}  // namespace parley::test

// Every key that limits something reaches the part that it limits.
#include "app/wiring.h"

#include <gtest/gtest.h>

#include "app/workplace_config.h"
#include "config/load.h"

namespace parley::app {
namespace {

config::Settings with(std::initializer_list<const char*> flags) {
  config::Settings settings;
  for (const char* flag : flags) {
    const auto set = config::apply_flag(settings, flag);
    EXPECT_TRUE(set) << flag;
  }
  return settings;
}

void expect_rate(const Rate& rate, double per_second, double burst) {
  EXPECT_DOUBLE_EQ(rate.per_second, per_second);
  EXPECT_DOUBLE_EQ(rate.burst, burst);
}

TEST(ShardConfig, TakesLimitsOfTransports) {
  const auto settings =
      with({"rtc.shards=3", "rtc.udp_port=9000", "rtc.tcp_port=9100", "rtc.max_packets_per_shard=2048",
            "rtc.max_tcp_connections=7", "rtc.max_tcp_connections_per_ip=5", "rtc.consent_timeout=16s",
            "rtc.establish_timeout=17s", "rtc.max_data_message=64KiB", "rtc.max_data_buffer=1MiB"});
  const shard::Config made = shard_config(settings, nullptr);
  EXPECT_EQ(made.shards, 3);
  EXPECT_EQ(made.bind.port, 9000);
  EXPECT_EQ(made.tcp_port, 9100);
  EXPECT_EQ(made.max_packets_per_shard, 2048U);
  EXPECT_EQ(made.max_tcp_connections, 7U);
  EXPECT_EQ(made.max_tcp_connections_per_ip, 5U);
  EXPECT_EQ(made.consent_timeout, 16s);
  EXPECT_EQ(made.establish_timeout, 17s);
  EXPECT_EQ(made.max_data_message, 64U << 10U);
  EXPECT_EQ(made.max_data_buffer, 1U << 20U);
}

TEST(ShardConfig, TakesRatesWithDoubleTheBurst) {
  const auto settings = with({"rtc.max_packets_per_second=100", "rtc.max_rtcp_per_second=20",
                              "rtc.max_data_messages_per_second=30", "rtc.max_data_per_second=4KiB"});
  const room::PeerRates rates = shard_config(settings, nullptr).rates;
  expect_rate(rates.rtp, 100, 200);
  expect_rate(rates.rtcp, 20, 40);
  expect_rate(rates.data_messages, 30, 60);
  expect_rate(rates.data_bytes, 4096, 8192);
}

TEST(RoomConfig, TakesLimitsOfRooms) {
  const auto settings =
      with({"rtc.node_ip=192.0.2.1", "rtc.shards=2", "room.auto_create=false", "room.empty_timeout=1m",
            "room.departure_timeout=2m", "room.max_rooms=3", "room.max_participants=4",
            "room.max_tracks_per_participant=5", "room.max_subscriptions_per_participant=6", "room.max_metadata=7KiB",
            "room.max_attributes=8KiB", "room.video_orientation=true", "rtc.max_data_message=32KiB"});
  const room::Config made = room_config(settings, {});
  ASSERT_EQ(made.hosts.size(), 1U);
  EXPECT_EQ(made.hosts.front().ip, "192.0.2.1");
  EXPECT_EQ(made.hosts.front().udp_ports, (std::vector<std::uint16_t>{7882, 7883}));
  EXPECT_FALSE(made.auto_create_rooms);
  EXPECT_TRUE(made.video_orientation);
  EXPECT_EQ(made.timeouts.empty_room, 1min);
  EXPECT_EQ(made.timeouts.departed_room, 2min);
  EXPECT_EQ(made.limits.rooms, 3U);
  EXPECT_EQ(made.limits.participants_per_room, 4U);
  EXPECT_EQ(made.limits.tracks_per_participant, 5U);
  EXPECT_EQ(made.limits.subscriptions_per_participant, 6U);
  EXPECT_EQ(made.limits.metadata, 7U << 10U);
  EXPECT_EQ(made.limits.attributes, 8U << 10U);
  EXPECT_EQ(made.limits.data_message, 32U << 10U);
}

TEST(HttpConfig, TakesLimitsOfConnections) {
  const auto settings = with({"http.max_connections=11", "http.max_connections_per_ip=12", "http.max_body=13KiB",
                              "http.requests_per_second_per_ip=14", "http.request_burst_per_ip=15",
                              "http.max_websocket_message=128KiB", "http.max_websocket_queue=512KiB"});
  const http::ServerConfig made = http_config(settings);
  EXPECT_EQ(made.max_connections, 11U);
  EXPECT_EQ(made.max_connections_per_ip, 12U);
  EXPECT_EQ(made.max_body, 13U << 10U);
  expect_rate(made.rate_per_ip, 14, 15);
  EXPECT_EQ(made.websocket.max_message, 128U << 10U);
  EXPECT_EQ(made.websocket.max_queued, 512U << 10U);
}

// Each key of a group gets a rate of its own, so that no two are mixed up on the way.
config::Settings with_rates(const std::string& group, const std::vector<std::string>& names) {
  config::Settings settings;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string flag =
        "limits." + group + "." + names[i] + "=" + std::to_string(i + 1) + "/s burst " + std::to_string(i + 101);
    const auto set = config::apply_flag(settings, flag);
    EXPECT_TRUE(set) << flag;
  }
  return settings;
}

void expect_in_order(std::initializer_list<Rate> rates) {
  double at = 1;
  for (const Rate& rate : rates) {
    expect_rate(rate, at, at + 100);
    ++at;
  }
}

TEST(RateKeys, ReachRequests) {
  const auto settings =
      with_rates("requests", {"sign_up", "sign_in", "open", "read", "write", "send", "search", "invite", "expensive"});
  const auto limits = request_limits(settings.limits);
  EXPECT_TRUE(limits.enabled);
  expect_in_order({limits.sign_up, limits.sign_in, limits.open, limits.read, limits.write, limits.send, limits.search,
                   limits.invite, limits.expensive});
}

TEST(RateKeys, ReachEvents) {
  const auto settings =
      with_rates("events", {"connects", "all", "rooms", "messages", "changes", "typing", "presence", "calls"});
  const auto limits = events_config(settings).limits;
  EXPECT_TRUE(limits.enabled);
  expect_in_order({limits.connects, limits.events, limits.rooms, limits.messages, limits.changes, limits.typing,
                   limits.presence, limits.calls});
}

TEST(RateKeys, ReachCalls) {
  const auto settings = with_rates("in_call", {"reactions", "strokes", "control_inputs", "signals"});
  const auto made = calls_config(settings);
  EXPECT_TRUE(made.limits_enabled);
  expect_in_order({made.reactions, made.strokes, made.control_inputs, made.signals});
}

TEST(RateKeys, OneSwitchTurnsAllOff) {
  const auto settings = with({"limits.enabled=false"});
  EXPECT_FALSE(request_limits(settings.limits).enabled);
  EXPECT_FALSE(events_config(settings).limits.enabled);
  EXPECT_FALSE(calls_config(settings).limits_enabled);
  expect_rate(http_config(settings).rate_per_ip, 0, 0);
}

}  // namespace
}  // namespace parley::app

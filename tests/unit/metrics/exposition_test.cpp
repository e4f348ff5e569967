#include "metrics/exposition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parley::metrics {
namespace {

using testing::HasSubstr;
using testing::Not;

Snapshot two_shards() {
  Snapshot s;
  s.shards.resize(2);
  s.shards[0].media.packets_in = 7;
  s.shards[1].media.drops.count(DropReason::kSrtpReplay, 3);
  s.shards[1].loop.record_lag(150us);
  s.rooms.rooms = 2;
  s.rooms.participants = 5;
  s.rooms.descriptions_refused = 4;
  s.signal.latency.record(3ms);
  return s;
}

TEST(Exposition, RoomsAndParticipants) {
  const std::string text = exposition(two_shards());
  EXPECT_THAT(text, HasSubstr("# TYPE parley_rooms gauge\nparley_rooms 2\n"));
  EXPECT_THAT(text, HasSubstr("parley_participants 5\n"));
  EXPECT_THAT(text, HasSubstr("parley_descriptions_refused_total 4\n"));
}

TEST(Exposition, EachShardIsASeriesOfOneFamily) {
  const std::string text = exposition(two_shards());
  EXPECT_THAT(text, HasSubstr("parley_packets_received_total{shard=\"0\"} 7\n"
                              "parley_packets_received_total{shard=\"1\"} 0\n"));
}

TEST(Exposition, EveryDropReasonIsNamedEvenAtZero) {
  const std::string text = exposition(two_shards());
  EXPECT_THAT(text, HasSubstr("parley_drops_total{shard=\"1\",reason=\"srtp_replay\"} 3\n"));
  for (std::size_t i = 0; i < kDropReasonCount; ++i) {
    const auto name = to_string(static_cast<DropReason>(i));
    EXPECT_THAT(text, HasSubstr("{shard=\"0\",reason=\"" + std::string(name) + "\"}"));
  }
}

TEST(Exposition, HistogramsAreCumulative) {
  const std::string text = exposition(two_shards());
  EXPECT_THAT(text, HasSubstr("parley_signal_request_seconds_bucket{le=\"0.002\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("parley_signal_request_seconds_bucket{le=\"0.005\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("parley_signal_request_seconds_bucket{le=\"+Inf\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("parley_loop_lag_seconds_count{shard=\"1\"} 1\n"));
}

TEST(Exposition, FamilyHeadStandsOnce) {
  const std::string text = exposition(two_shards());
  const std::string head = "# TYPE parley_drops_total counter";
  const auto first = text.find(head);
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(text.find(head, first + 1), std::string::npos);
}

TEST(Exposition, ControlPlane) {
  Snapshot s;
  s.workplace.database.write.run.add(3ms);
  s.workplace.database.read.queued = 4;
  s.workplace.sockets.socketio = 2;
  s.workplace.hub.delivered = 9;
  s.workplace.fanout.add(4ms);
  s.workplace.calls.missed = 1;
  s.workplace.uploads.bytes_in = 1'000;
  const std::string text = exposition(s);
  EXPECT_THAT(text, HasSubstr("parley_database_seconds_bucket{lane=\"write\",le=\"0.0025\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("parley_database_seconds_bucket{lane=\"write\",le=\"0.005\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("parley_database_queue{lane=\"read\"} 4\n"));
  EXPECT_THAT(text, HasSubstr("parley_sockets{wire=\"socketio\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("parley_events_delivered_total 9\n"));
  EXPECT_THAT(text, HasSubstr("parley_message_fanout_seconds_bucket{le=\"0.0025\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("parley_message_fanout_seconds_bucket{le=\"0.005\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("parley_calls_missed_total 1\n"));
  EXPECT_THAT(text, HasSubstr("parley_upload_bytes_total 1000\n"));
}

}  // namespace
}  // namespace parley::metrics

#include "shard/pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <semaphore>

#include "base/random.h"
#include "ice/lite_agent.h"
#include "srtp/session.h"

namespace parley::shard {
namespace {

using namespace std::chrono_literals;

std::shared_ptr<const dtls::Certificate> certificate() {
  static const auto kCertificate = *dtls::Certificate::generate();
  return kCertificate;
}

struct Running {
  explicit Running(room::ShardIndex shards, Duration establish_timeout = 20s) {
    (void)srtp::initialise();
    Config config;
    config.shards = shards;
    config.bind = Address::v4(127, 0, 0, 1, 0);
    config.certificate = certificate();
    config.establish_timeout = establish_timeout;
    pool = *Pool::start(config, [this] { woken.release(); });
  }

  void create(room::ShardIndex shard, TransportId id) {
    pool->submit(shard, room::CreateTransport{id, RoomId{1}, ice::make_credentials(random, shard), false});
  }
  // Takes events until there are so many, or none came for ten seconds.
  std::vector<room::MediaEvent> wait_for(std::size_t n) {
    std::vector<room::MediaEvent> out;
    std::vector<room::MediaEvent> fresh;
    while (out.size() < n && woken.try_acquire_for(10s)) {
      pool->take_events(fresh);
      for (room::MediaEvent& event : fresh) out.push_back(std::move(event));
    }
    return out;
  }

  SystemRandom random;
  std::counting_semaphore<> woken{0};
  std::unique_ptr<Pool> pool;
};

TEST(Pool, PlacesOnTheLeastLoadedShard) {
  Running running(3);
  Pool& pool = *running.pool;
  EXPECT_EQ(pool.shard_count(), 3);
  EXPECT_EQ(pool.place(), 0);
  running.create(0, TransportId{1});
  EXPECT_EQ(pool.place(), 1);
  running.create(1, TransportId{2});
  running.create(2, TransportId{3});
  running.create(2, TransportId{4});
  EXPECT_EQ(pool.place(), 0);
  running.create(0, TransportId{5});
  EXPECT_EQ(pool.place(), 1);
  pool.submit(2, room::CloseTransport{TransportId{3}});
  pool.submit(2, room::CloseTransport{TransportId{4}});
  EXPECT_EQ(pool.place(), 2);
}

TEST(Pool, EventsOfEveryShardReachTheControlThread) {
  Running running(2, 50ms);
  for (std::uint64_t id = 1; id <= 6; ++id) {
    running.create(static_cast<room::ShardIndex>(id % 2), TransportId{id});
  }
  const auto events = running.wait_for(6);
  ASSERT_EQ(events.size(), 6U);
  std::vector<std::uint64_t> ended;
  for (const room::MediaEvent& event : events) {
    const auto* end = std::get_if<room::TransportEnded>(&event);
    ASSERT_NE(end, nullptr);
    EXPECT_EQ(end->why, room::TransportEnd::kNeverConnected);
    ended.push_back(end->transport.value);
  }
  std::sort(ended.begin(), ended.end());
  EXPECT_EQ(ended, (std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6}));
}

TEST(Pool, CommandsToAClosedTransportAreIgnored) {
  Running running(1, 50ms);
  running.create(0, TransportId{1});
  running.pool->submit(0, room::CloseTransport{TransportId{1}});
  running.pool->submit(0, room::CloseTransport{TransportId{1}});
  running.pool->submit(0, room::RemoveIncoming{TransportId{1}, FeedId{1}});
  running.pool->submit(0, room::UpdateOutgoing{TransportId{1}, FeedId{1}, {}});
  // In order: what comes of the next transport shows that all before it was carried out.
  running.create(0, TransportId{2});
  const auto events = running.wait_for(1);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(std::get<room::TransportEnded>(events[0]).transport, TransportId{2});
}

TEST(Pool, StatisticsArePublishedOfEachShard) {
  Running running(2, 1200ms);
  running.create(1, TransportId{1});
  // The transport's end comes after the first publication.
  ASSERT_EQ(running.wait_for(1).size(), 1U);
  const auto stats = running.pool->stats();
  ASSERT_EQ(stats.size(), 2U);
  EXPECT_EQ(stats[0].media.transports, 0U);
  EXPECT_EQ(stats[1].media.transports, 1U);
  EXPECT_GT(stats[1].loop.turns, 0U);
}

TEST(Pool, StopsAtOnceWithWorkPending) {
  Running running(2);
  for (std::uint64_t id = 1; id <= 200; ++id) {
    running.create(static_cast<room::ShardIndex>(id % 2), TransportId{id});
  }
  running.pool.reset();
}

}  // namespace
}  // namespace parley::shard

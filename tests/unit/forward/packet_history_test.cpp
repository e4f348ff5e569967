#include "forward/packet_history.h"

#include <gtest/gtest.h>

#include "unit/forward/support.h"

namespace parley::forward {
namespace {

using testing::at_ms;

class PacketHistoryTest : public ::testing::Test {
 protected:
  FeedPacket packet(std::int64_t sequence, std::int64_t ms = 0, std::uint8_t layer = 0, std::uint8_t generation = 0) {
    FeedPacket p = testing::make({.sequence = sequence, .layer = layer, .generation = generation, .arrival_ms = ms});
    p.packet = pool_.acquire();
    return p;
  }

  PacketPool pool_{4096};
};

TEST_F(PacketHistoryTest, FindsByLayerAndSequence) {
  PacketHistory history(64);
  history.add(packet(5, 0, 0));
  history.add(packet(5, 1, 2));
  ASSERT_NE(history.get(0, 0, 5), nullptr);
  EXPECT_EQ(history.get(0, 0, 5)->arrival, at_ms(0));
  EXPECT_EQ(history.get(2, 0, 5)->arrival, at_ms(1));
  EXPECT_EQ(history.get(1, 0, 5), nullptr);
  EXPECT_EQ(history.get(0, 0, 4), nullptr);
  EXPECT_EQ(history.get(0, 0, 6), nullptr);
  EXPECT_EQ(history.get(9, 0, 5), nullptr);
}

TEST_F(PacketHistoryTest, KeepsTheNewestWhenFull) {
  PacketHistory history(64);
  for (std::int64_t s = 0; s < 100; ++s) history.add(packet(s));
  EXPECT_EQ(history.size(), 64U);
  EXPECT_EQ(history.get(0, 0, 35), nullptr);
  EXPECT_NE(history.get(0, 0, 36), nullptr);
  EXPECT_NE(history.get(0, 0, 99), nullptr);
}

TEST_F(PacketHistoryTest, GrowsWhileThePacketsAreYoung) {
  PacketHistory history(1024);
  for (std::int64_t s = 0; s < 1000; ++s) history.add(packet(s, s));
  EXPECT_EQ(history.size(), 1000U);
  EXPECT_NE(history.get(0, 0, 0), nullptr);
  EXPECT_NE(history.get(0, 0, 999), nullptr);
}

TEST_F(PacketHistoryTest, AgeBoundsWhatIsHeld) {
  PacketHistory history(1024, 1500ms);
  for (std::int64_t s = 0; s < 1000; ++s) history.add(packet(s, s * 20));  // 50 packets a second
  EXPECT_LE(history.size(), 76U);
  EXPECT_EQ(pool_.in_use(), history.size());
  EXPECT_EQ(history.get(0, 0, 923), nullptr);
  EXPECT_NE(history.get(0, 0, 924), nullptr);
}

TEST_F(PacketHistoryTest, ExpireReleasesAQuietFeed) {
  PacketHistory history(64);
  for (std::int64_t s = 0; s < 10; ++s) history.add(packet(s, s * 100));
  history.expire(at_ms(2000));
  EXPECT_EQ(history.size(), 5U);
  history.expire(at_ms(10'000));
  EXPECT_EQ(history.size(), 0U);
  EXPECT_EQ(pool_.in_use(), 0U);
  history.add(packet(10, 10'000));
  EXPECT_NE(history.get(0, 0, 10), nullptr);
}

TEST_F(PacketHistoryTest, LatePacketFindsItsPlace) {
  PacketHistory history(64);
  history.add(packet(10));
  history.add(packet(13));
  history.add(packet(11));
  history.add(packet(9));
  EXPECT_NE(history.get(0, 0, 9), nullptr);
  EXPECT_NE(history.get(0, 0, 11), nullptr);
  EXPECT_EQ(history.get(0, 0, 12), nullptr);
  EXPECT_EQ(history.size(), 4U);
}

TEST_F(PacketHistoryTest, PacketOlderThanTheRingIsIgnored) {
  PacketHistory history(64);
  history.add(packet(100));
  history.add(packet(36));
  EXPECT_EQ(history.get(0, 0, 36), nullptr);
  history.add(packet(37));
  EXPECT_NE(history.get(0, 0, 37), nullptr);
}

TEST_F(PacketHistoryTest, NegativeSequencesOfAnEarlyReorderWork) {
  PacketHistory history(64);
  history.add(packet(1));
  history.add(packet(-2));
  EXPECT_NE(history.get(0, 0, -2), nullptr);
  EXPECT_EQ(history.get(0, 0, -1), nullptr);
}

TEST_F(PacketHistoryTest, AnotherGenerationStartsAfresh) {
  PacketHistory history(64);
  for (std::int64_t s = 0; s < 10; ++s) history.add(packet(s));
  history.add(packet(5, 0, 0, 1));
  EXPECT_EQ(history.size(), 1U);
  EXPECT_EQ(history.get(0, 0, 5), nullptr);
  EXPECT_NE(history.get(0, 1, 5), nullptr);
  EXPECT_EQ(pool_.in_use(), 1U);
}

TEST_F(PacketHistoryTest, AnAstronomicJumpEmptiesIt) {
  PacketHistory history(64);
  history.add(packet(5));
  history.add(packet(std::int64_t{1} << 50));
  EXPECT_EQ(history.size(), 1U);
  EXPECT_NE(history.get(0, 0, std::int64_t{1} << 50), nullptr);
}

TEST_F(PacketHistoryTest, ClearGivesEverythingBack) {
  PacketHistory history = PacketHistory::for_kind(MediaKind::kAudio);
  for (std::int64_t s = 0; s < 10; ++s) history.add(packet(s));
  history.clear();
  EXPECT_EQ(pool_.in_use(), 0U);
  EXPECT_EQ(history.size(), 0U);
}

}  // namespace
}  // namespace parley::forward

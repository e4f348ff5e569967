#include "base/packet_pool.h"

#include <gtest/gtest.h>

#include <vector>

namespace parley {
namespace {

TEST(PacketPoolTest, BufferReturnsWithTheLastReference) {
  PacketPool pool(4);
  PacketRef first = pool.acquire();
  ASSERT_TRUE(first);
  EXPECT_EQ(pool.in_use(), 1U);
  EXPECT_TRUE(first.unique());
  PacketRef second = first;
  EXPECT_FALSE(first.unique());
  first.reset();
  EXPECT_EQ(pool.in_use(), 1U);
  EXPECT_TRUE(second.unique());
  second.reset();
  EXPECT_EQ(pool.in_use(), 0U);
}

TEST(PacketPoolTest, MoveTakesTheReferenceAlong) {
  PacketPool pool(4);
  PacketRef first = pool.acquire();
  PacketRef second = std::move(first);
  EXPECT_FALSE(first);  // NOLINT(bugprone-use-after-move): what a moved-from ref is, is the point
  EXPECT_TRUE(second.unique());
  second = PacketRef();
  EXPECT_EQ(pool.in_use(), 0U);
}

TEST(PacketPoolTest, SelfAssignmentKeepsTheBuffer) {
  PacketPool pool(4);
  PacketRef ref = pool.acquire();
  PacketRef& same = ref;
  ref = same;
  EXPECT_TRUE(ref.unique());
  EXPECT_EQ(pool.in_use(), 1U);
}

TEST(PacketPoolTest, ExhaustedPoolAnswersEmptyUntilOneReturns) {
  PacketPool pool(300);  // more than a slab, less than two
  std::vector<PacketRef> held;
  for (int i = 0; i < 300; ++i) {
    held.push_back(pool.acquire());
    ASSERT_TRUE(held.back());
  }
  EXPECT_EQ(pool.allocated(), 300U);
  EXPECT_FALSE(pool.acquire());
  const std::vector<std::uint8_t> bytes = {1};
  EXPECT_FALSE(pool.copy_of(bytes));
  held.pop_back();
  EXPECT_TRUE(pool.acquire());
}

TEST(PacketPoolTest, CopyHoldsTheBytes) {
  PacketPool pool(4);
  const std::vector<std::uint8_t> bytes = {1, 2, 3};
  const PacketRef ref = pool.copy_of(bytes);
  ASSERT_TRUE(ref);
  EXPECT_TRUE(std::equal(bytes.begin(), bytes.end(), ref.bytes().begin(), ref.bytes().end()));
}

TEST(PacketPoolTest, CopyRefusesWhatDoesNotFit) {
  PacketPool pool(4);
  EXPECT_TRUE(pool.copy_of(std::vector<std::uint8_t>(kMaxPacketSize)));
  EXPECT_FALSE(pool.copy_of(std::vector<std::uint8_t>(kMaxPacketSize + 1)));
  EXPECT_EQ(pool.in_use(), 0U);
}

TEST(PacketPoolTest, ReusedBufferStartsEmpty) {
  PacketPool pool(1);
  PacketRef ref = pool.acquire();
  ref.set_size(100);
  EXPECT_EQ(ref.mutable_bytes().size(), 100U);
  EXPECT_EQ(ref.storage().size(), kMaxPacketSize);
  ref.reset();
  EXPECT_EQ(pool.acquire().bytes().size(), 0U);
}

}  // namespace
}  // namespace parley

#include "shard/spsc_ring.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <thread>

namespace parley::shard {
namespace {

struct Message {
  std::uint64_t number = 0;
  std::uint64_t inverse = 0;
};

bool push(SpscRing<Message>& ring, std::uint64_t number) {
  Message* slot = ring.try_claim();
  if (slot == nullptr) return false;
  *slot = {number, ~number};
  ring.publish();
  return true;
}

TEST(SpscRing, EmptyRingHasNoFront) {
  SpscRing<Message> ring(4);
  EXPECT_EQ(ring.front(), nullptr);
}

TEST(SpscRing, ClaimedSlotIsInvisibleUntilPublished) {
  SpscRing<Message> ring(4);
  Message* slot = ring.try_claim();
  ASSERT_NE(slot, nullptr);
  slot->number = 7;
  EXPECT_EQ(ring.front(), nullptr);
  EXPECT_EQ(ring.try_claim(), slot) << "claiming again without publishing gives the same slot";
  ring.publish();
  ASSERT_NE(ring.front(), nullptr);
  EXPECT_EQ(ring.front()->number, 7U);
}

struct Capacity {
  std::size_t wanted;
  std::size_t got;
};
class SpscRingCapacity : public testing::TestWithParam<Capacity> {};

TEST_P(SpscRingCapacity, IsRoundedUpToAPowerOfTwo) {
  SpscRing<Message> ring(GetParam().wanted);
  std::size_t pushed = 0;
  while (push(ring, pushed)) ++pushed;
  EXPECT_EQ(pushed, GetParam().got);
}
INSTANTIATE_TEST_SUITE_P(All, SpscRingCapacity,
                         testing::Values(Capacity{0, 2}, Capacity{1, 2}, Capacity{2, 2}, Capacity{3, 4},
                                         Capacity{1000, 1024}, Capacity{1024, 1024}));

TEST(SpscRing, FullRingRefusesUntilOneIsPopped) {
  SpscRing<Message> ring(4);
  for (std::uint64_t i = 0; i < 4; ++i) ASSERT_TRUE(push(ring, i));
  EXPECT_FALSE(push(ring, 4));
  EXPECT_EQ(ring.front()->number, 0U);
  ring.pop();
  EXPECT_TRUE(push(ring, 4));
  EXPECT_FALSE(push(ring, 5));
  for (std::uint64_t i = 1; i <= 4; ++i) {
    ASSERT_NE(ring.front(), nullptr);
    EXPECT_EQ(ring.front()->number, i);
    ring.pop();
  }
  EXPECT_EQ(ring.front(), nullptr);
}

TEST(SpscRing, KeepsOrderOverManyWraps) {
  SpscRing<Message> ring(8);
  std::uint64_t out = 0;
  for (std::uint64_t in = 0; in < 1000;) {
    // A stride that does not divide the capacity meets every position.
    for (int i = 0; i < 5 && in < 1000; ++i) ASSERT_TRUE(push(ring, in++));
    while (Message* message = ring.front()) {
      EXPECT_EQ(message->number, out++);
      ring.pop();
    }
  }
  EXPECT_EQ(out, 1000U);
}

TEST(SpscRing, TwoThreadsPassEveryMessageInOrder) {
  constexpr std::uint64_t kMessages = 100'000;
  SpscRing<Message> ring(64);
  std::thread producer([&] {
    for (std::uint64_t i = 0; i < kMessages;) {
      if (push(ring, i)) {
        ++i;
      } else {
        std::this_thread::yield();
      }
    }
  });
  std::uint64_t torn = 0;
  std::uint64_t out_of_order = 0;
  for (std::uint64_t expected = 0; expected < kMessages;) {
    const Message* message = ring.front();
    if (message == nullptr) {
      std::this_thread::yield();
      continue;
    }
    if (message->inverse != ~message->number) ++torn;
    if (message->number != expected) ++out_of_order;
    ring.pop();
    ++expected;
  }
  producer.join();
  EXPECT_EQ(torn, 0U);
  EXPECT_EQ(out_of_order, 0U);
  EXPECT_EQ(ring.front(), nullptr);
}

}  // namespace
}  // namespace parley::shard

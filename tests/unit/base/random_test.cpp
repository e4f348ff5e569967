#include "base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

namespace parley {
namespace {

TEST(SeededRandomTest, EqualSeedsGiveEqualStreams) {
  SeededRandom a(7);
  SeededRandom b(7);
  SeededRandom c(8);
  const std::uint64_t first = a.next();
  EXPECT_EQ(first, b.next());
  EXPECT_NE(first, c.next());
}

TEST(SeededRandomTest, FirstNumbersArePinned) {
  // Simulations are named by their seed: a change of the generator would silently change every one of them.
  SeededRandom random(0);
  EXPECT_EQ(random.next(), 11091344671253066420U);
  EXPECT_EQ(random.next(), 13793997310169335082U);
}

TEST(SeededRandomTest, UniformStaysInItsRange) {
  SeededRandom random(3);
  double sum = 0;
  for (int i = 0; i < 10'000; ++i) {
    const double value = random.uniform();
    ASSERT_GE(value, 0.0);
    ASSERT_LT(value, 1.0);
    sum += value;
  }
  EXPECT_NEAR(sum / 10'000, 0.5, 0.02);
}

TEST(SeededRandomTest, FillCoversOddSizes) {
  for (const std::size_t size : {0U, 1U, 7U, 8U, 9U, 33U}) {
    std::vector<std::uint8_t> bytes(size);
    SeededRandom(5).fill(bytes);
    SeededRandom reference(5);
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < size; ++i) {
      if (i % 8 == 0) word = reference.next();
      ASSERT_EQ(bytes[i], static_cast<std::uint8_t>(word >> (8 * (i % 8))));
    }
  }
}

TEST(RandomSourceTest, TokenUsesTheIceAlphabet) {
  SeededRandom random(9);
  const std::string token = random.token(4096);
  ASSERT_EQ(token.size(), 4096U);
  EXPECT_TRUE(std::all_of(token.begin(), token.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
  }));
  EXPECT_EQ(std::set<char>(token.begin(), token.end()).size(), 64U);
  EXPECT_TRUE(random.token(0).empty());
}

TEST(SystemRandomTest, DoesNotRepeatItself) {
  SystemRandom random;
  EXPECT_NE(random.u64(), random.u64());
  EXPECT_NE(random.token(22), random.token(22));
}

}  // namespace
}  // namespace parley

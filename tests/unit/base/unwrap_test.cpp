#include "base/unwrap.h"

#include <gtest/gtest.h>

#include <vector>

namespace parley {
namespace {

struct Row {
  const char* name;
  std::vector<std::uint32_t> wire;
  std::vector<std::int64_t> wide;
};

TEST(SeqUnwrapperTest, WidensToTheNearestValue) {
  const std::vector<Row> rows = {
      {"in order", {1, 2, 3}, {1, 2, 3}},
      {"wrap", {65534, 65535, 0, 1}, {65534, 65535, 65536, 65537}},
      {"reordered across the wrap", {65535, 1, 0, 65534, 2}, {65535, 65537, 65536, 65534, 65538}},
      {"before the first", {0, 65535}, {0, -1}},
      {"two wraps", {0, 30000, 60000, 24464, 54464, 18928}, {0, 30000, 60000, 90000, 120000, 150000}},
      {"largest step forward", {0, 32767}, {0, 32767}},
      {"half the range counts as backward", {0, 32768}, {0, -32768}},
      {"repeated", {7, 7}, {7, 7}},
  };
  for (const Row& row : rows) {
    SeqUnwrapper unwrapper;
    for (std::size_t i = 0; i < row.wire.size(); ++i) {
      EXPECT_EQ(unwrapper.unwrap(row.wire[i]), row.wide[i]) << row.name << " at " << i;
    }
  }
}

TEST(SeqUnwrapperTest, PeekDoesNotMove) {
  SeqUnwrapper unwrapper;
  EXPECT_EQ(unwrapper.peek(5), 5);
  EXPECT_FALSE(unwrapper.last());
  unwrapper.unwrap(65535);
  EXPECT_EQ(unwrapper.peek(0), 65536);
  EXPECT_EQ(unwrapper.last(), 65535);
}

TEST(SeqUnwrapperTest, ResetStartsAfresh) {
  SeqUnwrapper unwrapper;
  unwrapper.unwrap(65535);
  unwrapper.unwrap(0);
  unwrapper.reset();
  EXPECT_EQ(unwrapper.unwrap(3), 3);
}

TEST(SeqUnwrapperTest, StaysExactOverManyWraps) {
  SeqUnwrapper unwrapper;
  for (std::int64_t wide = 0; wide < 1'000'000; wide += 777) {
    ASSERT_EQ(unwrapper.unwrap(static_cast<std::uint16_t>(wide)), wide);
  }
}

TEST(TimestampUnwrapperTest, WrapsAt32Bits) {
  TimestampUnwrapper unwrapper;
  EXPECT_EQ(unwrapper.unwrap(0xffffff00U), 0xffffff00);
  EXPECT_EQ(unwrapper.unwrap(0x100U), 0x100000100);
  EXPECT_EQ(unwrapper.unwrap(0xfffffff0U), 0xfffffff0);
}

TEST(UnwrapperTest, IgnoresBitsAboveItsWidth) {
  Unwrapper<15> unwrapper;
  EXPECT_EQ(unwrapper.unwrap(0xffffU), 0x7fff);
  EXPECT_EQ(unwrapper.unwrap(0x8000U), 0x8000);
}

}  // namespace
}  // namespace parley

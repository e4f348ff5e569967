#include "codec/red.h"

#include <gtest/gtest.h>

#include "unit/codec/bytes.h"

namespace parley::codec {
namespace {

Bytes of(ByteView view) { return {view.begin(), view.end()}; }

// The four bytes that announce a redundant block.
Bytes announce(unsigned payload_type, unsigned offset, unsigned length) {
  const unsigned rest = (offset << 10U) | length;
  return {static_cast<std::uint8_t>(0x80U | payload_type), static_cast<std::uint8_t>(rest >> 16U),
          static_cast<std::uint8_t>(rest >> 8U), static_cast<std::uint8_t>(rest)};
}

TEST(Red, PrimaryAloneIsTheRestOfThePayload) {
  const Bytes payload = {111, 1, 2, 3};
  const auto packet = parse_red(payload);
  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->primary.payload_type, 111);
  EXPECT_EQ(packet->primary.timestamp_offset, 0);
  EXPECT_EQ(of(packet->primary.data), (Bytes{1, 2, 3}));
  EXPECT_TRUE(packet->redundant().empty());
}

TEST(Red, RedundantBlocksComeOldestFirstWithTheirOffsets) {
  Bytes payload = concat(announce(111, 1920, 2), announce(111, 960, 3));
  payload = concat(payload, Bytes{111, 1, 2, 3, 4, 5, 6});
  const auto packet = parse_red(payload);
  ASSERT_TRUE(packet);
  ASSERT_EQ(packet->count, 2U);
  EXPECT_EQ(packet->redundant()[0].timestamp_offset, 1920);
  EXPECT_EQ(of(packet->redundant()[0].data), (Bytes{1, 2}));
  EXPECT_EQ(packet->redundant()[1].timestamp_offset, 960);
  EXPECT_EQ(of(packet->redundant()[1].data), (Bytes{3, 4, 5}));
  EXPECT_EQ(of(packet->primary.data), (Bytes{6}));
}

TEST(Red, FieldsAtTheirLimitsAreRead) {
  Bytes payload = concat(announce(127, 0x3fff, 0x3ff), Bytes{0});
  payload.resize(payload.size() + 0x3ff + 1, 0x55);
  const auto packet = parse_red(payload);
  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->redundant()[0].payload_type, 127);
  EXPECT_EQ(packet->redundant()[0].timestamp_offset, 0x3fff);
  EXPECT_EQ(packet->redundant()[0].data.size(), 0x3ffU);
  EXPECT_EQ(packet->primary.data.size(), 1U);
}

TEST(Red, EmptyRedundantBlockIsKept) {
  const Bytes payload = concat(announce(111, 960, 0), Bytes{111, 9});
  const auto packet = parse_red(payload);
  ASSERT_TRUE(packet);
  ASSERT_EQ(packet->count, 1U);
  EXPECT_TRUE(packet->redundant()[0].data.empty());
}

TEST(Red, AsManyBlocksAsTheBoundAndNoMore) {
  for (const std::size_t count : {kMaxRedBlocks, kMaxRedBlocks + 1}) {
    Bytes payload;
    for (std::size_t i = 0; i < count; ++i) payload = concat(payload, announce(111, 960, 0));
    payload = concat(payload, Bytes{111, 9});
    EXPECT_EQ(parse_red(payload).has_value(), count == kMaxRedBlocks);
  }
}

TEST(Red, CutShortIsMalformed) {
  const Bytes full = concat(announce(111, 960, 2), Bytes{111, 1, 2, 3});
  for (std::size_t size = 0; size < full.size(); ++size) {
    const auto packet = parse_red(ByteView(full).first(size));
    ASSERT_FALSE(packet) << size;
    EXPECT_EQ(packet.error(), DropReason::kPayloadMalformed);
  }
  EXPECT_TRUE(parse_red(full));
}

}  // namespace
}  // namespace parley::codec

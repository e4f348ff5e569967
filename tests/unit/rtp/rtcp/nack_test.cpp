#include "rtp/rtcp/nack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "unit/rtp/rtcp/raw.h"

namespace parley::rtp::rtcp {
namespace {

using test::hex;
using test::raw_of;
using test::written_by;
using testing::ElementsAreArray;

constexpr FeedbackSsrcs kSsrcs{Ssrc{1}, Ssrc{2}};

std::vector<std::uint16_t> sequences_of(const Nack& nack) {
  std::vector<std::uint16_t> out;
  nack.for_each_sequence([&](std::uint16_t sequence) { out.push_back(sequence); });
  return out;
}

TEST(NackTest, SequencesArePackedIntoItems) {
  struct Row {
    const char* name;
    std::vector<std::int64_t> lost;
    const char* items;
    std::vector<std::uint16_t> read_back;
  };
  const std::vector<Row> rows = {
      {"one", {10}, "000a0000", {10}},
      {"neighbours", {10, 11, 26}, "000a8001", {10, 11, 26}},
      {"one past the mask", {10, 27}, "000a0000 001b0000", {10, 27}},
      {"all of an item",
       {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16},
       "0000ffff",
       {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}},
      {"wrap within an item", {65534, 65536, 65540}, "fffe0022", {65534, 0, 4}},
      {"wrap between items", {65500, 65536}, "ffdc0000 00000000", {65500, 0}},
      {"many cycles on", {65536 * 9 + 5, 65536 * 9 + 6}, "00050001", {5, 6}},
      {"before the first packet seen", {-1, 0}, "ffff0001", {65535, 0}},
      {"given twice", {10, 10, 11}, "000a0001", {10, 11}},
  };
  for (const Row& row : rows) {
    const auto bytes =
        written_by([&](ByteWriter& out) { EXPECT_EQ(write_nack(out, kSsrcs, row.lost), row.lost.size()); });
    auto expected = hex("81cd0000 00000001 00000002");
    const auto items = hex(row.items);
    expected.insert(expected.end(), items.begin(), items.end());
    expected[3] = static_cast<std::uint8_t>(expected.size() / 4 - 1);
    EXPECT_THAT(bytes, ElementsAreArray(expected)) << row.name;
    const auto nack = Nack::parse(raw_of(bytes));
    ASSERT_TRUE(nack) << row.name;
    EXPECT_EQ(nack->ssrcs, kSsrcs);
    EXPECT_EQ(sequences_of(*nack), row.read_back) << row.name;
  }
}

TEST(NackTest, FullWriterTellsHowFarItCame) {
  const std::vector<std::int64_t> lost = {0, 1, 100, 101, 200};
  const auto bytes = written_by([&](ByteWriter& out) { EXPECT_EQ(write_nack(out, kSsrcs, lost), 4U); }, 20);
  EXPECT_EQ(sequences_of(*Nack::parse(raw_of(bytes))), (std::vector<std::uint16_t>{0, 1, 100, 101}));
  std::vector<std::uint8_t> room(15);
  ByteWriter small(room);
  EXPECT_EQ(write_nack(small, kSsrcs, lost), 0U);
  EXPECT_EQ(small.size(), 0U);
}

TEST(NackTest, NothingLostWritesNothing) {
  std::vector<std::uint8_t> room(64);
  ByteWriter out(room);
  EXPECT_EQ(write_nack(out, kSsrcs, {}), 0U);
  EXPECT_EQ(out.size(), 0U);
}

TEST(NackTest, MalformedIsRefused) {
  for (const char* row : {"81cd0000", "81cd0001 00000001", "81cd0002 00000001 00000002"}) {
    const auto bytes = hex(row);
    EXPECT_EQ(Nack::parse(raw_of(bytes)).error(), DropReason::kRtcpMalformed) << row;
  }
  const auto half_item = hex("a1cd0003 00000001 00000002 000a0002");  // two octets of padding cut the item
  EXPECT_FALSE(Nack::parse(raw_of(half_item)));
}

}  // namespace
}  // namespace parley::rtp::rtcp

#include "rtp/rtcp/sdes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/rtp/rtcp/raw.h"

namespace parley::rtp::rtcp {
namespace {

using test::hex;
using test::raw_of;
using test::written_by;
using testing::ElementsAreArray;

TEST(SdesTest, ChunkEndsWithOneToFourZeros) {
  struct Row {
    const char* cname;
    const char* bytes;
  };
  for (const Row& row : {Row{"a", "81ca0002 00000007 01016100"}, Row{"ab", "81ca0003 00000007 01026162 00000000"},
                         Row{"abc", "81ca0003 00000007 01036162 63000000"},
                         Row{"abcde", "81ca0003 00000007 01056162 63646500"}, Row{"", "81ca0002 00000007 01000000"}}) {
    const std::vector<SdesChunk> chunks{{Ssrc{7}, row.cname}};
    const auto bytes = written_by([&](ByteWriter& out) { EXPECT_TRUE(write_sdes(out, chunks)); });
    EXPECT_THAT(bytes, ElementsAreArray(hex(row.bytes)));
    auto sdes = Sdes::parse(raw_of(bytes));
    ASSERT_TRUE(sdes) << row.cname;
    EXPECT_EQ(sdes->size(), 1U);
    EXPECT_EQ(sdes->next_chunk(), chunks[0]);
    EXPECT_FALSE(sdes->next_chunk());
  }
}

TEST(SdesTest, SeveralChunksGoRound) {
  const std::string longest(kMaxCname, 'x');
  const std::vector<SdesChunk> chunks{{Ssrc{1}, "one"}, {Ssrc{2}, longest}, {Ssrc{3}, "three"}};
  const auto bytes = written_by([&](ByteWriter& out) { EXPECT_TRUE(write_sdes(out, chunks)); });
  auto sdes = Sdes::parse(raw_of(bytes));
  ASSERT_TRUE(sdes);
  for (const SdesChunk& chunk : chunks) EXPECT_EQ(sdes->next_chunk(), chunk);
  EXPECT_FALSE(sdes->next_chunk());
}

TEST(SdesTest, OtherItemsArePassedOver) {
  const auto bytes = hex("81ca0004 00000007 0602 7474 0102 6162 0200 00 00");  // TOOL, CNAME, empty NAME
  auto sdes = Sdes::parse(raw_of(bytes));
  ASSERT_TRUE(sdes);
  EXPECT_EQ(sdes->next_chunk(), (SdesChunk{Ssrc{7}, "ab"}));
}

TEST(SdesTest, ChunkWithoutCnameHasAnEmptyOne) {
  const auto bytes = hex("81ca0002 00000007 00000000");
  auto sdes = Sdes::parse(raw_of(bytes));
  ASSERT_TRUE(sdes);
  EXPECT_EQ(sdes->next_chunk(), (SdesChunk{Ssrc{7}, ""}));
}

TEST(SdesTest, MalformedIsRefused) {
  for (const char* row : {
           "81ca0000",                    // no chunk
           "81ca0001 00000007",           // no end of items
           "82ca0002 00000007 01016100",  // second chunk missing
           "81ca0002 00000007 01036162",  // item past the end
           "81ca0002 00000007 01026162",  // no room for the closing zero
           "81ca0002 00000007 01006101",  // item head cut by the end
       }) {
    const auto bytes = hex(row);
    const auto sdes = Sdes::parse(raw_of(bytes));
    ASSERT_FALSE(sdes) << row;
    EXPECT_EQ(sdes.error(), DropReason::kRtcpMalformed);
  }
}

TEST(SdesTest, WriterRefusesWhatCannotBeExpressed) {
  std::vector<std::uint8_t> room(4096);
  ByteWriter out(room);
  const std::string too_long(kMaxCname + 1, 'x');
  EXPECT_FALSE(write_sdes(out, std::vector<SdesChunk>{{Ssrc{1}, too_long}}));
  EXPECT_FALSE(write_sdes(out, std::vector<SdesChunk>(32)));
  EXPECT_EQ(out.size(), 0U);
  const std::vector<SdesChunk> one{{Ssrc{1}, "abc"}};
  test::expect_all_or_nothing([&](ByteWriter& w) { return write_sdes(w, one); }, 16);
}

}  // namespace
}  // namespace parley::rtp::rtcp

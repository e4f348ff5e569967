#include "rtp/rtcp/remb.h"

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

TEST(RembTest, BytesStandWhereTheDraftPutsThem) {
  // 261,011 bit/s fits 18 bits: exponent 0.
  const auto bytes = written_by([](ByteWriter& out) {
    EXPECT_TRUE(write_remb(out, Ssrc{0x12345678}, 261011, std::vector{Ssrc{7}, Ssrc{8}}));
  });
  EXPECT_THAT(bytes, ElementsAreArray(hex("8fce0006 12345678 00000000 52454d42 0203fb93 00000007 00000008")));
  const auto remb = Remb::parse(raw_of(bytes));
  ASSERT_TRUE(remb);
  ASSERT_TRUE(*remb);
  EXPECT_EQ((*remb)->sender, Ssrc{0x12345678});
  EXPECT_EQ((*remb)->bitrate, 261011U);
  EXPECT_EQ((*remb)->ssrcs.size(), 2U);
  EXPECT_EQ((*remb)->ssrcs[1], Ssrc{8});
}

TEST(RembTest, LargeRatesKeepEighteenBits) {
  struct Row {
    std::uint64_t written;
    std::uint64_t read_back;
  };
  for (const Row& row :
       {Row{0, 0}, Row{0x3ffff, 0x3ffff}, Row{0x40000, 0x40000}, Row{0x40001, 0x40000}, Row{0x7ffff, 0x7fffe},
        Row{10'000'000'000, 9'999'941'632}, Row{UINT64_MAX, 0xffffc00000000000}}) {
    const auto bytes = written_by([&](ByteWriter& out) { EXPECT_TRUE(write_remb(out, Ssrc{1}, row.written, {})); });
    const auto remb = Remb::parse(raw_of(bytes));
    ASSERT_TRUE(remb && *remb);
    EXPECT_EQ((*remb)->bitrate, row.read_back) << row.written;
  }
}

TEST(RembTest, OtherApplicationMessagesAreNotOurs) {
  for (const char* row : {"8fce0003 00000001 00000000 41424344", "8fce0002 00000001 00000000"}) {
    const auto bytes = hex(row);
    const auto remb = Remb::parse(raw_of(bytes));
    ASSERT_TRUE(remb) << row;
    EXPECT_FALSE(*remb);
  }
}

TEST(RembTest, MalformedIsRefused) {
  for (const char* row : {
           "8fce0001 00000001",                                      // no media SSRC
           "8fce0003 00000001 00000000 52454d42",                    // no rate
           "8fce0004 00000001 00000000 52454d42 01000001",           // stream missing
           "8fce0005 00000001 00000000 52454d42 00000001 00000007",  // stream too many
           "8fce0004 00000001 00000000 52454d42 00ffffff",           // mantissa << 63
       }) {
    const auto bytes = hex(row);
    const auto remb = Remb::parse(raw_of(bytes));
    ASSERT_FALSE(remb) << row;
    EXPECT_EQ(remb.error(), DropReason::kRtcpMalformed);
  }
}

TEST(RembTest, WriterRefusesWhatCannotBeExpressed) {
  std::vector<std::uint8_t> room(4096);
  ByteWriter out(room);
  EXPECT_FALSE(write_remb(out, Ssrc{1}, 1, std::vector<Ssrc>(256)));
  EXPECT_EQ(out.size(), 0U);
  test::expect_all_or_nothing([&](ByteWriter& w) { return write_remb(w, Ssrc{1}, 1, {}); }, 20);
}

}  // namespace
}  // namespace parley::rtp::rtcp

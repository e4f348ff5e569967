#include "rtp/rtcp/raw_packet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "unit/rtp/rtcp/raw.h"

namespace parley::rtp::rtcp {
namespace {

using test::hex;
using testing::ElementsAre;

TEST(RawPacketTest, HeadIsReadAndBodyCutOut) {
  const auto bytes = hex("85 c9 0001 01020304 ff");
  ByteReader reader(bytes);
  const auto raw = RawPacket::read(reader);
  ASSERT_TRUE(raw);
  EXPECT_EQ(raw->count, 5);
  EXPECT_EQ(raw->type, 201);
  EXPECT_THAT(raw->body, ElementsAre(1, 2, 3, 4));
  EXPECT_EQ(reader.remaining(), 1U);
}

TEST(RawPacketTest, PaddingIsTakenOff) {
  const auto bytes = hex("a5 c9 0002 01020304 00000004");
  EXPECT_THAT(test::raw_of(bytes).body, ElementsAre(1, 2, 3, 4));
  const auto all_padding = hex("a5 c9 0001 00000004");
  EXPECT_TRUE(test::raw_of(all_padding).body.empty());
}

TEST(RawPacketTest, MalformedIsRefused) {
  for (const char* row :
       {"", "80", "80 c9 00", "40 c9 0000", "c0 c9 0000", "00 c9 0000", "80 c9 0001", "80 c9 0001 010203",
        "80 c9 ffff 01020304", "a0 c9 0000", "a0 c9 0001 01020300", "a0 c9 0001 01020305"}) {
    const auto bytes = hex(row);
    ByteReader reader(bytes);
    const auto raw = RawPacket::read(reader);
    ASSERT_FALSE(raw) << row;
    EXPECT_EQ(raw.error(), DropReason::kRtcpMalformed);
  }
}

TEST(BeginPacketTest, RefusesWhatCannotBeExpressed) {
  std::array<std::uint8_t, 16> out{};
  ByteWriter writer(out);
  EXPECT_FALSE(begin_packet(writer, 32, 200, 4));       // count of five bits
  EXPECT_FALSE(begin_packet(writer, 1, 200, 6));        // no whole word
  EXPECT_FALSE(begin_packet(writer, 1, 200, 16));       // 20 bytes
  EXPECT_FALSE(begin_packet(writer, 1, 200, 0x40000));  // length of 16 bits
  EXPECT_EQ(writer.size(), 0U);
  EXPECT_TRUE(begin_packet(writer, 31, 200, 12, true));
  EXPECT_THAT(writer.written(), ElementsAre(0xbf, 200, 0, 3));
}

}  // namespace
}  // namespace parley::rtp::rtcp

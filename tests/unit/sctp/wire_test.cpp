#include <gtest/gtest.h>

#include "sctp/dcep.h"
#include "sctp/packet_check.h"

namespace parley::sctp {
namespace {

using Bytes = std::vector<std::uint8_t>;

bool same(const ChannelConfig& a, const ChannelConfig& b) {
  return a.label == b.label && a.protocol == b.protocol && a.ordered == b.ordered &&
         a.max_retransmits == b.max_retransmits && a.max_lifetime_ms == b.max_lifetime_ms;
}

TEST(Dcep, OpenAsABrowserSendsItIsRead) {
  const Bytes message = {3, 0x81, 0, 0, 0, 0, 0, 5, 0, 2, 0, 1, 'h', 'i', 'p'};
  const auto config = parse_dcep_open(message);
  ASSERT_TRUE(config);
  EXPECT_TRUE(same(*config, {"hi", "p", false, 5, std::nullopt}));
}

TEST(Dcep, OpenSurvivesWritingAndReading) {
  const ChannelConfig rows[] = {
      {"", "", true, std::nullopt, std::nullopt},
      {"a", "b", false, std::nullopt, std::nullopt},
      {"label", "", true, 0, std::nullopt},
      {"label", "", false, 65535, std::nullopt},
      {"", "protocol", true, std::nullopt, 1},
      {"l", "p", false, std::nullopt, 65535},
      {std::string(65535, 'x'), std::string(65535, 'y'), true, std::nullopt, std::nullopt},
  };
  for (const ChannelConfig& row : rows) {
    const auto back = parse_dcep_open(write_dcep_open(row));
    ASSERT_TRUE(back) << row.label;
    EXPECT_TRUE(same(*back, row)) << row.label;
  }
}

TEST(Dcep, WrittenOpenHasTheBytesOfTheRfc) {
  EXPECT_EQ(write_dcep_open({"ab", "c", false, std::nullopt, 300}),
            (Bytes{3, 0x82, 1, 0, 0, 0, 1, 0x2c, 0, 2, 0, 1, 'a', 'b', 'c'}));
}

TEST(Dcep, ReliabilityBeyond16BitsIsTheMost) {
  const Bytes message = {3, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0};
  EXPECT_EQ(parse_dcep_open(message)->max_lifetime_ms, 65535);
}

TEST(Dcep, MalformedOpenIsRefused) {
  const Bytes good = {3, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 'l', 'p'};
  ASSERT_TRUE(parse_dcep_open(good));
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_FALSE(parse_dcep_open(ByteView(good).first(size))) << size;
  }
  for (const auto& [at, value] : {std::pair<std::size_t, std::uint8_t>{0, 2}, {1, 3}, {1, 0x7f}, {9, 2}, {11, 0}}) {
    Bytes bad = good;
    bad[at] = value;
    EXPECT_EQ(parse_dcep_open(bad).error(), DropReason::kSctpMalformed) << at;
  }
}

Bytes packet_of(const Bytes& chunks) {
  Bytes out = {0x13, 0x88, 0x13, 0x88, 0, 0, 0, 1, 0, 0, 0, 0};
  out.insert(out.end(), chunks.begin(), chunks.end());
  return out;
}

TEST(PacketCheck, ChunksThatFillThePacketPass) {
  EXPECT_TRUE(check_packet(packet_of({3, 0, 0, 4}), 5000));
  EXPECT_TRUE(check_packet(packet_of({0, 3, 0, 5, 9, 0, 0, 0, 0x82, 0, 0, 4}), 5000));
  EXPECT_TRUE(check_packet(packet_of({0, 3, 0, 5, 9}), 5000));  // padding of the last one left out
  EXPECT_TRUE(check_packet(packet_of({0xc0, 0, 0, 4, 0x84, 0, 0, 4}), 5000));
}

TEST(PacketCheck, AnythingElseIsMalformed) {
  const Bytes rows[] = {
      {},                          // no chunk
      {3, 0, 0},                   // half a chunk header
      {3, 0, 0, 3},                // a length that does not cover its own header
      {3, 0, 0, 0},                //
      {3, 0, 0, 5},                // cut off
      {3, 0, 0, 4, 0},             // rest after the last chunk
      {3, 0, 0, 4, 0, 0, 0, 9},    // second one cut off
      {0x0f, 0, 0, 4},             // AUTH
      {0xc1, 0, 0, 4},             // ASCONF
      {0x81, 0, 0, 4},             // PKTDROP
      {3, 0, 0, 4, 0x80, 0, 0, 4}  // ASCONF ACK behind a good one
  };
  for (const Bytes& row : rows) EXPECT_EQ(check_packet(packet_of(row), 5000).error(), DropReason::kSctpMalformed);
  EXPECT_FALSE(check_packet(packet_of({3, 0, 0, 4}), 5001));
  Bytes other_source = packet_of({3, 0, 0, 4});
  other_source[1] = 0;
  EXPECT_FALSE(check_packet(other_source, 5000));
  for (std::size_t size = 0; size < 12; ++size) {
    EXPECT_FALSE(check_packet(ByteView(other_source).first(size), 5000));
  }
}

}  // namespace
}  // namespace parley::sctp

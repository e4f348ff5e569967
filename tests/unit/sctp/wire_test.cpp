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

Bytes chunk(std::uint8_t type, const Bytes& value) {
  Bytes out(4);
  ByteWriter(out).u8(type).u8(0).u16(static_cast<std::uint16_t>(4 + value.size()));
  out.insert(out.end(), value.begin(), value.end());
  out.resize((out.size() + 3) / 4 * 4);
  return out;
}
// 16 bytes of fixed part, then parameters.
Bytes init_value(const Bytes& parameters) {
  Bytes out(16, 1);
  out.insert(out.end(), parameters.begin(), parameters.end());
  return out;
}
Bytes operator+(Bytes a, const Bytes& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

TEST(PacketCheck, ChunksThatFillThePacketPass) {
  const Bytes heartbeat = chunk(4, {0, 1, 0, 6, 9, 9, 0, 0});
  const Bytes rows[] = {
      chunk(0x0b, {}),
      chunk(0, Bytes(13)),
      chunk(0, Bytes(14)) + chunk(3, Bytes(12)) + heartbeat,
      chunk(1, init_value({})),
      chunk(2, init_value({0, 7, 0, 8, 1, 2, 3, 4, 0xc0, 0, 0, 4})),
      chunk(1, init_value({0x80, 8, 0, 6, 0xc0, 0x82})),  // padding of the last parameter left out
      chunk(0x82, {0, 13, 0, 18, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0}),
      chunk(6, {}),
      chunk(6, {0, 12, 0, 4}),
      chunk(0xc0, Bytes(4)) + chunk(0x84, Bytes(8)),
  };
  for (const Bytes& row : rows) EXPECT_TRUE(check_packet(packet_of(row), 5000)) << int{row[0]};
  Bytes unpadded = chunk(0, Bytes(13));
  unpadded.resize(17);
  EXPECT_TRUE(check_packet(packet_of(unpadded), 5000));
}

TEST(PacketCheck, ChunkThatDoesNotFitIsMalformed) {
  const Bytes rows[] = {
      {},                              // no chunk
      {0x0b, 0, 0},                    // half a chunk header
      {0x0b, 0, 0, 3},                 // a length that does not cover its own header
      {0x0b, 0, 0, 0},                 //
      {0x0b, 0, 0, 5},                 // cut off
      {0x0b, 0, 0, 4, 0},              // rest after the last chunk
      {0x0b, 0, 0, 4, 0x0b, 0, 0, 9},  // second one cut off
      chunk(0, Bytes(12)),             // DATA without a byte
      chunk(1, Bytes(15)),             // INIT, SACK, SHUTDOWN, FORWARD TSN without their fixed parts
      chunk(3, Bytes(11)),
      chunk(7, Bytes(3)),
      chunk(0xc0, Bytes(3)),
  };
  for (const Bytes& row : rows) EXPECT_EQ(check_packet(packet_of(row), 5000).error(), DropReason::kSctpMalformed);
}

TEST(PacketCheck, ParameterThatDoesNotFitIsMalformed) {
  const Bytes rows[] = {
      {0, 0, 0, 0},             // length 0
      {0, 7, 0, 3},             // shorter than its header
      {0, 7, 0, 5},             // cut off
      {0, 7, 0, 4, 0, 7},       // half a header behind a good one
      {0, 7, 0, 4, 0, 7, 0, 0}  // length 0 behind a good one
  };
  for (const Bytes& row : rows) {
    EXPECT_FALSE(check_packet(packet_of(chunk(1, init_value(row))), 5000));
    EXPECT_FALSE(check_packet(packet_of(chunk(2, init_value(row))), 5000));
    for (const std::uint8_t type : {4, 5, 6, 9, 0x82}) EXPECT_FALSE(check_packet(packet_of(chunk(type, row)), 5000));
  }
}

TEST(PacketCheck, ForeignChunksAndAddressesAreMalformed) {
  for (const std::uint8_t type : {0x0c, 0x0d, 0x0f, 0x10, 0x40, 0x80, 0x81, 0xc1, 0xc2, 0xff}) {
    EXPECT_FALSE(check_packet(packet_of(chunk(type, Bytes(16))), 5000)) << type;
    EXPECT_FALSE(check_packet(packet_of(chunk(0x0b, {}) + chunk(type, Bytes(16))), 5000)) << type;
  }
  EXPECT_FALSE(check_packet(packet_of(chunk(1, init_value({0, 5, 0, 8, 192, 0, 2, 1}))), 5000));
  EXPECT_FALSE(check_packet(packet_of(chunk(2, init_value({0, 11, 0, 8, 'h', 'o', 's', 't'}))), 5000));
}

TEST(PacketCheck, OtherPortsOrHalfAHeaderAreMalformed) {
  const Bytes good = packet_of(chunk(0x0b, {}));
  ASSERT_TRUE(check_packet(good, 5000));
  EXPECT_FALSE(check_packet(good, 5001));
  for (const std::size_t at : {1U, 3U}) {
    Bytes other = good;
    other[at] ^= 1U;
    EXPECT_FALSE(check_packet(other, 5000));
  }
  for (std::size_t size = 0; size < good.size(); ++size) EXPECT_FALSE(check_packet(ByteView(good).first(size), 5000));
}

}  // namespace
}  // namespace parley::sctp

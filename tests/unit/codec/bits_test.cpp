#include "codec/bits.h"

#include <gtest/gtest.h>

#include <array>

#include "unit/codec/bytes.h"

namespace parley::codec {
namespace {

TEST(BitReader, ReadsAcrossBytesFromTheMostSignificantBit) {
  const Bytes bytes = {0xa5, 0x0f, 0xff, 0xff, 0xff};
  BitReader reader(bytes);
  EXPECT_EQ(reader.bits(1), 1U);
  EXPECT_EQ(reader.bits(3), 2U);
  EXPECT_EQ(reader.bits(8), 0x50U);
  EXPECT_EQ(reader.offset(), 12U);
  EXPECT_EQ(reader.bits(0), 0U);
  EXPECT_EQ(reader.bits(28), 0x0fffffffU);
  EXPECT_TRUE(reader.ok());
  EXPECT_FALSE(reader.flag());
  EXPECT_FALSE(reader.ok());
}

TEST(BitReader, StaysFailedAfterReadingTooFar) {
  const Bytes bytes = {0xff};
  BitReader reader(bytes);
  EXPECT_EQ(reader.bits(9), 0U);
  EXPECT_FALSE(reader.ok());
  EXPECT_EQ(reader.bits(1), 0U);
  EXPECT_FALSE(BitReader(bytes, 9).ok());
  EXPECT_TRUE(BitReader(bytes, 8).ok());
}

struct NonSymmetricRow {
  std::uint32_t count;
  std::uint8_t first_byte;
  std::uint32_t value;
  std::size_t width;
};

TEST(BitReader, NonSymmetricValuesUseTheShortFormFirst) {
  const NonSymmetricRow rows[] = {
      {1, 0xff, 0, 0},  {2, 0x00, 0, 1},  {2, 0x80, 1, 1},         {3, 0x00, 0, 1},         {3, 0x80, 1, 2},
      {3, 0xc0, 2, 2},  {4, 0xc0, 3, 2},  {5, 0x80, 2, 2},         {5, 0xc0, 3, 3},         {5, 0xe0, 4, 3},
      {10, 0x60, 3, 3}, {10, 0xf0, 9, 4}, {33, 0b11110000, 30, 5}, {33, 0b11111000, 31, 6}, {33, 0b11111100, 32, 6},
  };
  for (const NonSymmetricRow& row : rows) {
    const Bytes bytes = {row.first_byte};
    BitReader reader(bytes);
    EXPECT_EQ(reader.non_symmetric(row.count), row.value) << row.count;
    EXPECT_EQ(reader.offset(), row.width) << row.count;
  }
}

TEST(BitWriter, WritesWhatTheReaderReadsAndPadsWithZeros) {
  std::array<std::uint8_t, 5> out{};
  out.fill(0xff);
  BitWriter writer(out);
  writer.bits(1, 1).bits(2, 3).bits(0x50, 8).bits(0x3, 2);
  EXPECT_TRUE(writer.ok());
  EXPECT_EQ(writer.offset(), 14U);
  EXPECT_EQ(writer.byte_size(), 2U);
  EXPECT_EQ(out[0], 0xa5);
  EXPECT_EQ(out[1], 0x0c);
}

TEST(BitWriter, StaysFailedWhenFull) {
  std::array<std::uint8_t, 1> out{};
  BitWriter writer(out);
  writer.bits(0, 9);
  EXPECT_FALSE(writer.ok());
  writer.bits(1, 1);
  EXPECT_FALSE(writer.ok());
}

TEST(BitWriter, CopyShiftsBitsAndFailsWithItsSource) {
  const Bytes source = {0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc};
  std::array<std::uint8_t, 8> out{};
  BitReader reader(source, 4);
  BitWriter writer(out);
  writer.bits(1, 1).copy(reader, 40);
  EXPECT_TRUE(writer.ok());
  EXPECT_EQ(Bytes(out.begin(), out.begin() + 6), (Bytes{0x91, 0xa2, 0xb3, 0xc4, 0xd5, 0x80}));
  writer.copy(reader, 5);
  EXPECT_FALSE(writer.ok());
}

}  // namespace
}  // namespace parley::codec

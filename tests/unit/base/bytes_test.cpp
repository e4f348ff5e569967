#include "base/bytes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace parley {
namespace {

using testing::ElementsAre;

TEST(ByteReaderTest, ReadsNetworkOrder) {
  const std::vector<std::uint8_t> bytes = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18};
  ByteReader reader(bytes);
  EXPECT_EQ(reader.peek_u8(), 1);
  EXPECT_EQ(reader.try_u8(), 1);
  EXPECT_EQ(reader.try_u16(), 0x0203);
  EXPECT_EQ(reader.try_u24(), 0x040506U);
  EXPECT_EQ(reader.try_u32(), 0x0708090aU);
  EXPECT_EQ(reader.try_u64(), 0x0b0c0d0e0f101112U);
  EXPECT_TRUE(reader.empty());
  EXPECT_EQ(reader.offset(), bytes.size());
}

TEST(ByteReaderTest, TooLittleLeftAnswersNulloptAndDoesNotMove) {
  const std::vector<std::uint8_t> bytes = {1, 2, 3};
  ByteReader reader(bytes);
  EXPECT_FALSE(reader.try_u32());
  EXPECT_FALSE(reader.try_u64());
  EXPECT_FALSE(reader.try_bytes(4));
  EXPECT_FALSE(reader.try_skip(4));
  EXPECT_EQ(reader.offset(), 0U);
  EXPECT_EQ(reader.try_u24(), 0x010203U);
  EXPECT_FALSE(reader.try_u8());
  EXPECT_FALSE(reader.try_u16());
  EXPECT_FALSE(reader.try_u24());
  EXPECT_FALSE(reader.peek_u8());
  EXPECT_TRUE(reader.try_skip(0));
  EXPECT_TRUE(reader.try_bytes(0));
}

TEST(ByteReaderTest, BytesBorrowAndRestFollows) {
  const std::vector<std::uint8_t> bytes = {1, 2, 3, 4};
  ByteReader reader(bytes);
  const auto first = reader.try_bytes(2);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->data(), bytes.data());
  EXPECT_THAT(reader.rest(), ElementsAre(3, 4));
  EXPECT_EQ(reader.remaining(), 2U);
}

TEST(ByteReaderTest, HugeLengthDoesNotOverflow) {
  const std::vector<std::uint8_t> bytes = {1, 2, 3, 4};
  ByteReader reader(bytes);
  ASSERT_TRUE(reader.try_skip(2));
  EXPECT_FALSE(reader.try_bytes(SIZE_MAX));
  EXPECT_FALSE(reader.try_skip(SIZE_MAX - 1));
}

TEST(ByteWriterTest, WritesNetworkOrder) {
  std::array<std::uint8_t, 22> out{};
  ByteWriter writer(out);
  const std::vector<std::uint8_t> tail = {0xaa, 0xbb};
  writer.u8(1).u16(0x0203).u24(0x040506).u32(0x0708090a).u64(0x0b0c0d0e0f101112).bytes(tail).zeros(2);
  EXPECT_TRUE(writer.ok());
  EXPECT_EQ(writer.room(), 0U);
  EXPECT_THAT(out, ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 0xaa, 0xbb, 0, 0));
}

TEST(ByteWriterTest, StaysFailedOnceSomethingDidNotFit) {
  std::array<std::uint8_t, 3> out{};
  ByteWriter writer(out);
  writer.u16(0x0102).u32(7);
  EXPECT_FALSE(writer.ok());
  EXPECT_EQ(writer.size(), 2U);
  writer.u8(9);  // would fit, but a hole must not be papered over
  EXPECT_EQ(writer.size(), 2U);
  EXPECT_THAT(writer.written(), ElementsAre(1, 2));
  EXPECT_EQ(out[2], 0);
}

TEST(ByteWriterTest, PatchesOnlyWhatIsWritten) {
  std::array<std::uint8_t, 6> out{};
  ByteWriter writer(out);
  writer.u32(0);
  writer.patch_u16(2, 0x0102);
  writer.patch_u16(3, 0xffff);
  EXPECT_THAT(out, ElementsAre(0, 0, 1, 2, 0, 0));
}

TEST(BytesTest, LoadUndoesStore) {
  std::array<std::uint8_t, 8> raw{};
  store_be<std::uint64_t>(raw.data(), 0x8877665544332211U);
  EXPECT_EQ(raw[0], 0x88);
  EXPECT_EQ(load_be<std::uint64_t>(raw.data()), 0x8877665544332211U);
  EXPECT_EQ(load_be<std::uint16_t>(raw.data()), 0x8877);
}

TEST(BytesTest, TextAndBytesShareMemory) {
  const std::string_view text = "cname";
  EXPECT_EQ(as_text(as_bytes(text)), text);
  EXPECT_EQ(as_text(as_bytes(text)).data(), text.data());
}

}  // namespace
}  // namespace parley

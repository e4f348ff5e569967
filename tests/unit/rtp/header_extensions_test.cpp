#include "rtp/header_extensions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "unit/rtp/hex.h"

namespace parley::rtp {
namespace {

using test::hex;
using testing::ElementsAre;
using testing::ElementsAreArray;

ExtensionMap full_map() {
  ExtensionMap map;
  for (std::size_t i = 0; i < kExtensionTypeCount; ++i) {
    map.set(static_cast<std::uint8_t>(i + 1), static_cast<ExtensionType>(i));
  }
  return map;
}

PacketView view_of(std::uint16_t profile, ByteView block) {
  PacketView view;
  view.extension_profile = profile;
  view.extensions = block;
  return view;
}

TEST(ExtensionMapTest, KeepsIdsAndTypesOneToOne) {
  ExtensionMap map;
  EXPECT_EQ(map.id_of(ExtensionType::kMid), 0);
  EXPECT_FALSE(map.type_of(3));
  EXPECT_TRUE(map.set(3, ExtensionType::kMid));
  EXPECT_TRUE(map.set(4, ExtensionType::kMid));  // the type moves
  EXPECT_EQ(map.id_of(ExtensionType::kMid), 4);
  EXPECT_FALSE(map.type_of(3));
  EXPECT_TRUE(map.set(4, ExtensionType::kRid));  // the id is taken over
  EXPECT_EQ(map.id_of(ExtensionType::kMid), 0);
  EXPECT_EQ(map.type_of(4), ExtensionType::kRid);
  EXPECT_TRUE(map.set(255, ExtensionType::kMid));
  EXPECT_EQ(map.type_of(255), ExtensionType::kMid);
}

TEST(ExtensionMapTest, RefusesReservedIds) {
  ExtensionMap map;
  EXPECT_FALSE(map.set(0, ExtensionType::kMid));
  EXPECT_FALSE(map.set(15, ExtensionType::kMid));
  EXPECT_FALSE(map.set(1, ExtensionType::kCount));
  EXPECT_EQ(map, ExtensionMap{});
}

TEST(ExtensionUriTest, EachTypeIsFoundByItsUri) {
  for (std::size_t i = 0; i < kExtensionTypeCount; ++i) {
    const auto type = static_cast<ExtensionType>(i);
    ASSERT_FALSE(uri_of(type).empty());
    EXPECT_EQ(type_of_uri(uri_of(type)), type);
  }
  EXPECT_EQ(uri_of(ExtensionType::kAudioLevel), "urn:ietf:params:rtp-hdrext:ssrc-audio-level");
  EXPECT_FALSE(type_of_uri("urn:ietf:params:rtp-hdrext:toffset"));
  EXPECT_TRUE(uri_of(ExtensionType::kCount).empty());
}

TEST(ExtensionsTest, OneByteFormIsRead) {
  // mid "1", rid "hi", level 20 with voice, transport-cc 0x1234, abs-send-time, orientation, DD of 3 bytes
  const auto block = hex("10 31  21 6869  40 94  51 1234  62 010203  90 01  a2 80 0001 00 00");
  const auto parsed = Extensions::parse(view_of(0xbede, block), [] {
    ExtensionMap map = full_map();
    map.set(10, ExtensionType::kDependencyDescriptor);
    return map;
  }());
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->mid, Mid("1"));
  EXPECT_EQ(parsed->rid, Rid("hi"));
  EXPECT_FALSE(parsed->repaired_rid);
  ASSERT_TRUE(parsed->audio_level);
  EXPECT_EQ(parsed->audio_level->level, 20);
  EXPECT_TRUE(parsed->audio_level->voice);
  EXPECT_EQ(parsed->transport_sequence, 0x1234);
  EXPECT_EQ(parsed->abs_send_time, 0x010203U);
  EXPECT_THAT(parsed->video_orientation, ElementsAre(1));
  EXPECT_THAT(parsed->dependency_descriptor, ElementsAre(0x80, 0, 1));
  EXPECT_TRUE(parsed->playout_delay.empty());
  EXPECT_TRUE(parsed->abs_capture_time.empty());
}

TEST(ExtensionsTest, TwoByteFormIsReadWithAnyAppbits) {
  const auto block = hex("01 02 6162  00 00  08 03 0a0b0c  07 08 0102030405060708  c8 00  04 01 7f 00");
  ExtensionMap map = full_map();
  for (const std::uint16_t profile : {0x1000, 0x1005, 0x100f}) {
    const auto parsed = Extensions::parse(view_of(profile, block), map);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->mid, Mid("ab"));
    EXPECT_THAT(parsed->playout_delay, ElementsAre(0x0a, 0x0b, 0x0c));
    EXPECT_EQ(parsed->abs_capture_time.size(), 8U);
    EXPECT_EQ(parsed->audio_level->level, 127);
    EXPECT_FALSE(parsed->audio_level->voice);
  }
}

TEST(ExtensionsTest, OtherProfilesAndUnknownIdsArePassedOver) {
  const auto block = hex("10 31 00 00");
  for (const std::uint16_t profile : {0x0000, 0xbedf, 0x1010, 0x2000}) {
    const auto parsed = Extensions::parse(view_of(profile, block), full_map());
    ASSERT_TRUE(parsed);
    EXPECT_FALSE(parsed->mid);
  }
  const auto parsed = Extensions::parse(view_of(0xbede, hex("e1 0102  10 31 000000")), full_map());
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->mid, Mid("1"));
}

TEST(ExtensionsTest, ReservedIdEndsTheOneByteBlock) {
  for (const char* row : {"10 31 f0 ff 21 6869", "10 31 f9", "10 31 05 21 6869 00"}) {  // id 15; id 0 with a length
    const auto block = hex(row);
    const auto parsed = Extensions::parse(view_of(0xbede, block), full_map());
    ASSERT_TRUE(parsed) << row;
    EXPECT_EQ(parsed->mid, Mid("1"));
    EXPECT_FALSE(parsed->rid);
  }
}

TEST(ExtensionsTest, ElementThatLeavesTheBlockIsMalformed) {
  struct Row {
    std::uint16_t profile;
    const char* block;
  };
  const Row rows[] = {
      {0xbede, "12 3132"},  {0xbede, "10 31 00 21"}, {0xbede, "1f 31"},
      {0x1000, "01 02 31"}, {0x1000, "01"},          {0x1000, "01 01 31 02"},
  };
  for (const Row& row : rows) {
    const auto block = hex(row.block);
    const auto parsed = Extensions::parse(view_of(row.profile, block), full_map());
    ASSERT_FALSE(parsed) << row.block;
    EXPECT_EQ(parsed.error(), DropReason::kRtpExtensionMalformed);
  }
}

TEST(ExtensionsTest, ValueOfAWrongSizeCountsAsAbsent) {
  // level of 2 bytes, transport-cc of 1, abs-send-time of 4, capture time of 2, delay of 2, orientation of 2
  const auto block = hex("41 9400  50 12  63 01020304  71 0102  81 0102  91 0102  10 31");
  const auto parsed = Extensions::parse(view_of(0xbede, block), full_map());
  ASSERT_TRUE(parsed);
  EXPECT_FALSE(parsed->audio_level);
  EXPECT_FALSE(parsed->transport_sequence);
  EXPECT_FALSE(parsed->abs_send_time);
  EXPECT_TRUE(parsed->abs_capture_time.empty());
  EXPECT_TRUE(parsed->playout_delay.empty());
  EXPECT_TRUE(parsed->video_orientation.empty());
  EXPECT_EQ(parsed->mid, Mid("1"));
}

TEST(ExtensionsTest, TokenLongerThanWeKeepCountsAsAbsent) {
  std::vector<std::uint8_t> block = {1, 17};
  block.insert(block.end(), 17, 'a');
  const auto parsed = Extensions::parse(view_of(0x1000, block), full_map());
  ASSERT_TRUE(parsed);
  EXPECT_FALSE(parsed->mid);
}

TEST(ExtensionWriterTest, OneByteBlockIsPaddedTo32Bits) {
  std::vector<std::uint8_t> out(64, 0xee);
  ExtensionWriter writer(out);
  writer.add(1, hex("31"));
  EXPECT_EQ(writer.last_value_offset(), 5U);
  writer.add(5, hex("1234"));
  EXPECT_EQ(writer.last_value_offset(), 7U);
  writer.add(0, hex("ff"));
  EXPECT_EQ(writer.last_value_offset(), 0U);
  ASSERT_EQ(writer.finish(), 12U);
  out.resize(12);
  EXPECT_THAT(out, ElementsAreArray(hex("bede 0002 1031 511234 000000")));
}

TEST(ExtensionWriterTest, AlignedBlockNeedsNoPadding) {
  std::vector<std::uint8_t> out(8);
  ExtensionWriter writer(out);
  writer.add(6, hex("010203"));
  ASSERT_EQ(writer.finish(), 8U);
  EXPECT_EQ(writer.finish(), 8U);  // asking twice changes nothing
  EXPECT_THAT(out, ElementsAreArray(hex("bede 0001 62010203")));
}

TEST(ExtensionWriterTest, TwoByteBlockTakesLongAndEmptyValues) {
  std::vector<std::uint8_t> out(64);
  ExtensionWriter writer(out, true);
  writer.add(20, std::vector<std::uint8_t>(17, 7)).add(3, {});
  ASSERT_EQ(writer.finish(), 28U);  // 4 + (2 + 17) + 2, padded
  EXPECT_EQ(out[0], 0x10);
  EXPECT_EQ(out[1], 0x00);
  EXPECT_EQ(out[3], 6);
  EXPECT_EQ(out[4], 20);
  EXPECT_EQ(out[5], 17);
}

TEST(ExtensionWriterTest, NothingAddedIsNoBlock) {
  std::vector<std::uint8_t> out(8);
  EXPECT_EQ(ExtensionWriter(out).add(0, hex("01")).finish(), 0U);
  EXPECT_EQ(ExtensionWriter(ByteSpan{}).finish(), 0U);
}

TEST(ExtensionWriterTest, WhatDoesNotFitIsToldAtTheEnd) {
  std::vector<std::uint8_t> small(7);
  EXPECT_FALSE(ExtensionWriter(small).add(1, hex("010203")).finish());
  std::vector<std::uint8_t> no_padding(6);
  EXPECT_FALSE(ExtensionWriter(no_padding).add(1, hex("01")).finish());
  std::vector<std::uint8_t> out(600);
  EXPECT_FALSE(ExtensionWriter(out).add(15, hex("01")).finish());
  EXPECT_FALSE(ExtensionWriter(out).add(1, {}).finish());
  EXPECT_FALSE(ExtensionWriter(out).add(1, std::vector<std::uint8_t>(17)).finish());
  EXPECT_FALSE(ExtensionWriter(out, true).add(1, std::vector<std::uint8_t>(256)).finish());
}

TEST(ExtensionWriterTest, ReaderReadsWhatTheWriterWrote) {
  const ExtensionMap map = full_map();
  for (const bool two_byte : {false, true}) {
    std::vector<std::uint8_t> out(200);
    write_fixed_header(out, {true, PayloadType{96}, 7, 8, Ssrc{9}, true});
    ExtensionWriter writer(ByteSpan(out).subspan(kFixedHeaderSize), two_byte);
    writer.add(map.id_of(ExtensionType::kMid), as_bytes("audio"))
        .add(map.id_of(ExtensionType::kTransportCc), hex("ffee"))
        .add(map.id_of(ExtensionType::kAbsCaptureTime), std::vector<std::uint8_t>(16, 1));
    const auto size = writer.finish();
    ASSERT_TRUE(size);
    out.resize(kFixedHeaderSize + *size);
    const auto view = PacketView::parse(out);
    ASSERT_TRUE(view);
    EXPECT_EQ(view->header_size, out.size());
    const auto parsed = Extensions::parse(*view, map);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->mid, Mid("audio"));
    EXPECT_EQ(parsed->transport_sequence, 0xffee);
    EXPECT_EQ(parsed->abs_capture_time.size(), 16U);
  }
}

TEST(FixedHeaderTest, BitsStandWhereTheRfcPutsThem) {
  std::vector<std::uint8_t> out(12);
  write_fixed_header(out, {true, PayloadType{111}, 0x1234, 0x01020304, Ssrc{0xaabbccdd}, true});
  EXPECT_THAT(out, ElementsAreArray(hex("90 ef 1234 01020304 aabbccdd")));
  write_fixed_header(out, {false, PayloadType{0xff}, 0, 0, Ssrc{0}, false});  // a wrong type cannot set the marker
  EXPECT_THAT(out, ElementsAreArray(hex("80 7f 0000 00000000 00000000")));
}

}  // namespace
}  // namespace parley::rtp

#include "codec/describe.h"

#include <gtest/gtest.h>

#include "unit/codec/bytes.h"

namespace parley::codec {
namespace {

struct Row {
  Codec codec;
  Bytes key_packet;
  std::uint8_t descriptor_size;
};

TEST(Describe, EveryVideoCodecHasItsParser) {
  const Row rows[] = {
      {Codec::kVp8, {0x10, 0x10, 0x02, 0x00}, 1}, {Codec::kVp9, {0x0c, 0x82}, 1}, {Codec::kH264, {0x65, 0x88}, 0},
      {Codec::kH265, {0x26, 0x01, 0xaf}, 0},      {Codec::kAv1, {0x18, 0x0a}, 1},
  };
  for (const Row& row : rows) {
    const auto info = describe(row.codec, row.key_packet, true);
    ASSERT_TRUE(info) << name_of(row.codec);
    EXPECT_TRUE(info->keyframe) << name_of(row.codec);
    EXPECT_TRUE(info->ends_picture) << name_of(row.codec);
    EXPECT_EQ(info->descriptor_size, row.descriptor_size) << name_of(row.codec);
  }
}

TEST(Describe, AudioHoldsDefaultsWhateverTheMarker) {
  for (const bool marker : {false, true}) {
    for (const Codec codec : {Codec::kOpus, Codec::kPcmu, Codec::kPcma}) {
      const auto info = describe(codec, Bytes{0xf8}, marker);
      ASSERT_TRUE(info);
      EXPECT_EQ(*info, PacketInfo{});
    }
    const auto red = describe(Codec::kRed, Bytes{111, 0xf8}, marker);
    ASSERT_TRUE(red);
    EXPECT_EQ(*red, PacketInfo{});
  }
}

TEST(Describe, EmptyPayloadIsMalformedForEveryCodec) {
  for (const Codec codec : {Codec::kOpus, Codec::kRed, Codec::kPcmu, Codec::kPcma, Codec::kVp8, Codec::kVp9,
                            Codec::kH264, Codec::kH265, Codec::kAv1}) {
    const auto info = describe(codec, {}, true);
    ASSERT_FALSE(info) << name_of(codec);
    EXPECT_EQ(info.error(), DropReason::kPayloadMalformed);
  }
}

TEST(Describe, MalformedRedIsRefused) { EXPECT_FALSE(describe(Codec::kRed, Bytes{0x80 | 111, 0, 0}, false)); }

}  // namespace
}  // namespace parley::codec

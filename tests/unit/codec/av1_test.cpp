#include "codec/av1.h"

#include <gtest/gtest.h>

#include "unit/codec/bytes.h"

namespace parley::codec {
namespace {

struct Row {
  const char* what = "";
  std::uint8_t header = 0;
  PacketInfo expected;  // without the marker's fields
};

TEST(Av1, AggregationHeaderTellsSequenceStartsAndContinuations) {
  const Row rows[] = {
      {"one OBU", 0x10, {.descriptor_size = 1}},
      {"start of a coded video sequence", 0x28, {.keyframe = true, .descriptor_size = 1}},
      {"start of a coded video sequence, last OBU continued", 0x68, {.keyframe = true, .descriptor_size = 1}},
      {"continues an OBU", 0x90, {.starts_frame = false, .descriptor_size = 1}},
      {"continues an OBU and is continued", 0xd0, {.starts_frame = false, .descriptor_size = 1}},
      {"reserved bits are ignored", 0x17, {.descriptor_size = 1}},
  };
  for (const Row& row : rows) {
    for (const bool marker : {false, true}) {
      PacketInfo expected = row.expected;
      expected.ends_frame = marker;
      expected.ends_picture = marker;
      const auto info = describe_av1(Bytes{row.header, 0x0a}, marker);
      ASSERT_TRUE(info) << row.what;
      EXPECT_EQ(*info, expected) << row.what;
    }
  }
}

TEST(Av1, MalformedPayloadsAreRefused) {
  for (const Bytes& payload : {Bytes{}, Bytes{0x10}, Bytes{0x98, 0x0a}}) {
    const auto info = describe_av1(payload, false);
    ASSERT_FALSE(info);
    EXPECT_EQ(info.error(), DropReason::kPayloadMalformed);
  }
}

}  // namespace
}  // namespace parley::codec

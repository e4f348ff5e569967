#include "codec/h264.h"

#include <gtest/gtest.h>

#include "unit/codec/bytes.h"

namespace parley::codec {
namespace {

struct Row {
  const char* what;
  Bytes payload;
  bool starts_frame;
  bool keyframe;
  bool discardable;
};

TEST(H264, NalUnitHeadersTellFramesAndKeyFrames) {
  const Row rows[] = {
      {"delta slice", {0x41, 0x9a, 0x00}, true, false, false},
      {"delta slice nothing refers to", {0x01, 0x9a, 0x00}, true, false, true},
      {"IDR slice", {0x65, 0x88}, true, true, false},
      {"SPS", {0x67, 0x42, 0xe0, 0x1f}, true, true, false},
      {"PPS", {0x68, 0xce}, true, false, false},
      {"SEI is no slice, so not discardable", {0x06, 0x05, 0x01}, true, false, false},
      {"access unit delimiter", {0x09, 0x10}, true, false, false},
      {"STAP-A of SPS and PPS", {0x78, 0, 3, 0x67, 0x42, 0xe0, 0, 2, 0x68, 0xce}, true, true, false},
      {"STAP-A of SEI and IDR", {0x78, 0, 2, 0x06, 0x05, 0, 2, 0x65, 0x88}, true, true, false},
      {"STAP-A of delta slices nothing refers to", {0x18, 0, 2, 0x01, 0x9a, 0, 1, 0x01}, true, false, true},
      {"STAP-A with one slice referred to", {0x38, 0, 2, 0x01, 0x9a, 0, 1, 0x21}, true, false, false},
      {"FU-A start of an IDR slice", {0x7c, 0x85, 0x88}, true, true, false},
      {"FU-A middle of an IDR slice", {0x7c, 0x05, 0x88}, false, false, false},
      {"FU-A end of an IDR slice", {0x7c, 0x45, 0x88}, false, false, false},
      {"FU-A start of a delta slice", {0x5c, 0x81, 0x9a}, true, false, false},
      {"FU-A start of a delta slice nothing refers to", {0x1c, 0x81, 0x9a}, true, false, true},
      {"FU-A start of an SPS", {0x7c, 0x87, 0x42}, true, true, false},
  };
  for (const Row& row : rows) {
    for (const bool marker : {false, true}) {
      const auto info = describe_h264(row.payload, marker);
      ASSERT_TRUE(info) << row.what;
      const PacketInfo expected{.starts_frame = row.starts_frame,
                                .ends_frame = marker,
                                .ends_picture = marker,
                                .keyframe = row.keyframe,
                                .discardable = row.discardable};
      EXPECT_EQ(*info, expected) << row.what;
    }
  }
}

struct MalformedRow {
  const char* what;
  Bytes payload;
};

TEST(H264, MalformedPayloadsAreRefused) {
  const MalformedRow rows[] = {
      {"empty", {}},
      {"type 0", {0x60, 0x00}},
      {"STAP-B", {0x79, 0, 0, 0, 2, 0x65, 0x88}},
      {"MTAP16", {0x7a, 0, 0, 0, 2}},
      {"FU-B", {0x7d, 0x85, 0, 0, 0x88}},
      {"type 31", {0x7f, 0x00}},
      {"STAP-A without a NAL unit", {0x78}},
      {"STAP-A with half a size", {0x78, 0}},
      {"STAP-A with an empty NAL unit", {0x78, 0, 0}},
      {"STAP-A with a NAL unit cut short", {0x78, 0, 3, 0x67, 0x42}},
      {"STAP-A with a trailing byte", {0x78, 0, 1, 0x67, 0x00}},
      {"FU-A without a header", {0x7c}},
      {"FU-A without a payload", {0x7c, 0x85}},
      {"FU-A that starts and ends", {0x7c, 0xc5, 0x88}},
  };
  for (const MalformedRow& row : rows) {
    const auto info = describe_h264(row.payload, false);
    ASSERT_FALSE(info) << row.what;
    EXPECT_EQ(info.error(), DropReason::kPayloadMalformed) << row.what;
  }
}

}  // namespace
}  // namespace parley::codec

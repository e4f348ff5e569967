#include "codec/vp9.h"

#include <gtest/gtest.h>

#include "unit/codec/bytes.h"

namespace parley::codec {
namespace {

constexpr std::uint8_t kI = 0x80, kP = 0x40, kL = 0x20, kF = 0x10, kB = 0x08, kE = 0x04, kV = 0x02, kZ = 0x01;

template <class... T>
constexpr std::uint8_t bits(T... flags) {
  return static_cast<std::uint8_t>((... | flags));
}
// |TID|U|SID|D|
constexpr std::uint8_t layers(unsigned tid, bool u, unsigned sid, bool d) {
  return static_cast<std::uint8_t>((tid << 5U) | (u ? 0x10U : 0U) | (sid << 1U) | (d ? 1U : 0U));
}

struct Row {
  const char* what;
  Bytes descriptor;
  PacketInfo expected;  // without descriptor_size
};

void expect_described(const Row& row) {
  for (const bool marker : {false, true}) {
    PacketInfo expected = row.expected;
    expected.ends_picture = marker;
    expected.descriptor_size = static_cast<std::uint8_t>(row.descriptor.size());
    const auto info = describe_vp9(concat(row.descriptor, Bytes{0x55}), marker);
    ASSERT_TRUE(info) << row.what;
    EXPECT_EQ(*info, expected) << row.what;
  }
}

TEST(Vp9, DescriptorsWithoutLayersAreRead) {
  const Row rows[] = {
      {"no fields: a key frame's whole", {bits(kB, kE)}, {.keyframe = true}},
      {"middle of a key frame", {0x00}, {.starts_frame = false, .ends_frame = false}},
      {"end of a delta frame", {bits(kP, kE)}, {.starts_frame = false, .inter_picture_predicted = true}},
      {"7-bit id", {bits(kI, kB, kP), 0x7f}, {.ends_frame = false, .inter_picture_predicted = true, .picture_id = 127}},
      {"15-bit id",
       {bits(kI, kB, kP), 0xff, 0xff},
       {.ends_frame = false, .inter_picture_predicted = true, .picture_id = 0x7fff, .picture_id_long = true}},
      {"flexible, three references",
       {bits(kI, kP, kF, kB, kE), 0x01, 0x03, 0x05, 0x06},
       {.inter_picture_predicted = true, .picture_id = 1}},
      {"flexible key frame has no references", {bits(kI, kF, kB, kE), 0x01}, {.keyframe = true, .picture_id = 1}},
  };
  for (const Row& row : rows) expect_described(row);
}

TEST(Vp9, LayerIndicesAreRead) {
  const Row rows[] = {
      {"non-flexible, base layer of a key picture",
       {bits(kI, kL, kB), 0x81, 0x00, layers(0, false, 0, false), 0x2a},
       {.ends_frame = false, .keyframe = true, .picture_id = 0x100, .picture_id_long = true, .tl0_pic_idx = 42}},
      {"its second layer predicts from the first and is no place to start",
       {bits(kI, kL, kB, kE), 0x01, layers(0, true, 1, true), 0x2a},
       {.spatial_id = 1,
        .temporal_switch_up = true,
        .inter_layer_dependency = true,
        .picture_id = 1,
        .tl0_pic_idx = 42}},
      {"delta frame of K-SVC: layers above do without it",
       {bits(kI, kP, kL, kB, kE, kZ), 0x01, layers(2, true, 0, false), 0xff},
       {.temporal_id = 2,
        .temporal_switch_up = true,
        .inter_picture_predicted = true,
        .unused_by_upper_layers = true,
        .picture_id = 1,
        .tl0_pic_idx = 255}},
      {"flexible mode has no TL0PICIDX",
       {bits(kI, kP, kL, kF, kE), 0x01, layers(1, false, 3, true), 0x02},
       {.starts_frame = false,
        .spatial_id = 3,
        .temporal_id = 1,
        .inter_layer_dependency = true,
        .inter_picture_predicted = true,
        .picture_id = 1}},
      {"a temporal layer beyond the fourth counts as the fourth",
       {bits(kI, kL, kF, kP, kB), 0x01, layers(6, false, 0, false), 0x02},
       {.ends_frame = false, .temporal_id = 3, .inter_picture_predicted = true, .picture_id = 1}},
  };
  for (const Row& row : rows) expect_described(row);
}

TEST(Vp9, ScalabilityStructureTellsTheTopLayersSize) {
  const Row rows[] = {
      {"one layer, size",
       {bits(kB, kV), 0x10, 0x05, 0x00, 0x02, 0xd0},
       {.ends_frame = false, .keyframe = true, .width = 1280, .height = 720}},
      {"three layers",
       {bits(kB, kV), 0x50, 0x01, 0x40, 0x00, 0xb4, 0x02, 0x80, 0x01, 0x68, 0x05, 0x00, 0x02, 0xd0},
       {.ends_frame = false, .keyframe = true, .width = 1280, .height = 720}},
      {"neither sizes nor a group", {bits(kB, kV), 0x40}, {.ends_frame = false, .keyframe = true}},
      {"picture group of three with 0, 1 and 2 references",
       {bits(kB, kV), 0x08, 0x03, 0x00, 0x44, 0x01, 0x58, 0x01, 0x02},
       {.ends_frame = false, .keyframe = true}},
  };
  for (const Row& row : rows) expect_described(row);
}

TEST(Vp9, MalformedDescriptorsAreRefused) {
  const Bytes rows[] = {
      {bits(kF, kB), 0x00, 0x00},                                      // flexible without a picture id
      {bits(kI, kP, kF, kB), 0x01, 0x01, 0x01, 0x01, 0x00},            // a fourth reference announced
      {bits(kI, kL, kF, kB), 0x01, layers(0, false, 4, false), 0x00},  // a fifth spatial layer
      {bits(kB, kV), 0x80, 0x00},                                      // five layers in the structure
  };
  for (const Bytes& row : rows) {
    const auto info = describe_vp9(row, false);
    ASSERT_FALSE(info);
    EXPECT_EQ(info.error(), DropReason::kPayloadMalformed);
  }
}

TEST(Vp9, DescriptorCutShortIsMalformed) {
  const Bytes full = {bits(kI, kP, kL, kB, kV),
                      0x81,
                      0x00,
                      layers(1, false, 1, true),
                      0x07,
                      0x38,
                      0x01,
                      0x40,
                      0x00,
                      0xb4,
                      0x02,
                      0x80,
                      0x01,
                      0x68,
                      0x02,
                      0x04,
                      0x01,
                      0x08,
                      0x01,
                      0x02,
                      0x55};
  for (std::size_t size = 0; size < full.size(); ++size) {
    EXPECT_FALSE(describe_vp9(ByteView(full).first(size), false)) << size;
  }
  EXPECT_TRUE(describe_vp9(full, false));
}

TEST(Vp9, DescriptorLongerThanItsSizeFieldIsMalformed) {
  Bytes payload = {bits(kB, kV), 0x08, 0xff};
  payload.resize(3 + 0xff, 0x00);  // 255 pictures without references: 258 bytes
  payload.push_back(0x55);
  EXPECT_FALSE(describe_vp9(payload, false));
  payload[2] = 252;
  EXPECT_TRUE(describe_vp9(payload, false));
}

struct PatchRow {
  const char* what;
  Bytes descriptor;
  Vp9Patch patch;
  Bytes expected;
};

TEST(Vp9, PatchKeepsTheWidthOfEachField) {
  const PatchRow rows[] = {
      {"15-bit id", {bits(kI, kB), 0x81, 0x00}, {.picture_id = 0x7ffe}, {bits(kI, kB), 0xff, 0xfe}},
      {"15-bit id wraps to 0", {bits(kI, kB), 0xff, 0xff}, {.picture_id = 0x8000}, {bits(kI, kB), 0x80, 0x00}},
      {"7-bit id", {bits(kI, kB), 0x01}, {.picture_id = 0x7f}, {bits(kI, kB), 0x7f}},
      {"7-bit id wraps to 0", {bits(kI, kB), 0x7f}, {.picture_id = 0x80}, {bits(kI, kB), 0x00}},
      {"TL0PICIDX behind a long id",
       {bits(kI, kL, kB), 0x81, 0x00, 0x20, 0x07},
       {.tl0_pic_idx = 255},
       {bits(kI, kL, kB), 0x81, 0x00, 0x20, 0xff}},
      {"TL0PICIDX without an id",
       {bits(kL, kB), 0x20, 0x07},
       {.picture_id = 1, .tl0_pic_idx = 8},
       {bits(kL, kB), 0x20, 0x08}},
      {"both",
       {bits(kI, kL, kB), 0x05, 0x20, 0x07},
       {.picture_id = 6, .tl0_pic_idx = 8},
       {bits(kI, kL, kB), 0x06, 0x20, 0x08}},
      {"flexible mode has no TL0PICIDX to patch",
       {bits(kI, kL, kF, kB), 0x05, 0x20},
       {.tl0_pic_idx = 8},
       {bits(kI, kL, kF, kB), 0x05, 0x20}},
  };
  for (const PatchRow& row : rows) {
    Bytes descriptor = row.descriptor;
    EXPECT_TRUE(patch_vp9_descriptor(descriptor, row.patch)) << row.what;
    EXPECT_EQ(descriptor, row.expected) << row.what;
  }
}

TEST(Vp9, PatchOfADescriptorCutShortChangesNothing) {
  const Bytes original = {bits(kI, kL, kB), 0x81, 0x00, 0x20};
  Bytes descriptor = original;
  EXPECT_FALSE(patch_vp9_descriptor(descriptor, {.picture_id = 5, .tl0_pic_idx = 8}));
  EXPECT_EQ(descriptor, original);
}

}  // namespace
}  // namespace parley::codec

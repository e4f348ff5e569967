#include "codec/vp8.h"

#include <gtest/gtest.h>

#include <array>

#include "unit/codec/bytes.h"

namespace parley::codec {
namespace {

// 640x480 with scale bits set, to see that they are cut off.
const Bytes key_frame = {0x10, 0x02, 0x00, 0x9d, 0x01, 0x2a, 0x80, 0x42, 0xe0, 0x81, 0x00};
const Bytes delta_frame = {0x11, 0x02, 0x00};

struct Row {
  const char* what;
  Bytes payload;
  PacketInfo expected;
};

TEST(Vp8, DescriptorsAreReadFieldByField) {
  const Row rows[] = {
      {"one byte, delta frame", concat({0x10}, delta_frame), {.descriptor_size = 1}},
      {"one byte, key frame",
       concat({0x10}, key_frame),
       {.keyframe = true, .descriptor_size = 1, .width = 640, .height = 480}},
      {"continuation in partition 0: the first byte is no frame tag",
       concat({0x00}, key_frame),
       {.starts_frame = false, .descriptor_size = 1}},
      {"start of partition 3 is no start of a frame",
       concat({0x13}, key_frame),
       {.starts_frame = false, .descriptor_size = 1}},
      {"non-reference frame", concat({0x30}, delta_frame), {.discardable = true, .descriptor_size = 1}},
      {"extension without fields", concat({0x90, 0x00}, delta_frame), {.descriptor_size = 2}},
      {"7-bit picture id", concat({0x90, 0x80, 0x7f}, delta_frame), {.picture_id = 127, .descriptor_size = 3}},
      {"15-bit picture id",
       concat({0x90, 0x80, 0xff, 0xff}, delta_frame),
       {.picture_id = 0x7fff, .picture_id_long = true, .descriptor_size = 4}},
      {"15-bit picture id of a small value",
       concat({0x90, 0x80, 0x80, 0x00}, delta_frame),
       {.picture_id = 0, .picture_id_long = true, .descriptor_size = 4}},
      {"temporal layer 2 with layer sync",
       concat({0x90, 0x20, 0xa0}, delta_frame),
       {.temporal_id = 2, .temporal_switch_up = true, .descriptor_size = 3}},
      {"key index alone: the bits of TID and Y say nothing",
       concat({0x90, 0x10, 0xff}, delta_frame),
       {.key_idx = 31, .descriptor_size = 3}},
      {"all fields",
       concat({0xb0, 0xf0, 0x92, 0x34, 0x56, 0x5e}, delta_frame),
       {.temporal_id = 1,
        .discardable = true,
        .picture_id = 0x1234,
        .picture_id_long = true,
        .tl0_pic_idx = 0x56,
        .key_idx = 30,
        .descriptor_size = 6}},
      {"key frame of which only the clear three bytes are there",
       {0x10, 0x10, 0x02, 0x00},
       {.keyframe = true, .descriptor_size = 1}},
      {"key frame without its start code",
       {0x10, 0x10, 2, 0, 0x9d, 0x01, 0x2b, 0x80, 0x02, 0xe0, 0x01},
       {.keyframe = true, .descriptor_size = 1}},
  };
  for (const Row& row : rows) {
    for (const bool marker : {false, true}) {
      PacketInfo expected = row.expected;
      expected.ends_frame = marker;
      expected.ends_picture = marker;
      const auto info = describe_vp8(row.payload, marker);
      ASSERT_TRUE(info) << row.what;
      EXPECT_EQ(*info, expected) << row.what;
    }
  }
}

TEST(Vp8, DescriptorCutShortIsMalformed) {
  const Bytes full = concat({0xb0, 0xf0, 0x92, 0x34, 0x56, 0x5e}, delta_frame);
  for (std::size_t size = 0; size <= kMaxVp8DescriptorSize; ++size) {
    const auto info = describe_vp8(ByteView(full).first(size), false);
    ASSERT_FALSE(info) << size;
    EXPECT_EQ(info.error(), DropReason::kPayloadMalformed);
  }
  EXPECT_TRUE(describe_vp8(ByteView(full).first(kMaxVp8DescriptorSize + 1), false));
}

struct PatchRow {
  const char* what;
  Bytes descriptor;
  Vp8Patch patch;
  Bytes expected;
};

TEST(Vp8, PatchedDescriptorsHaveTheSubscribersNumbers) {
  const PatchRow rows[] = {
      {"nothing to patch", {0x90, 0x80, 0x7f}, {}, {0x90, 0x80, 0x7f}},
      {"7-bit id is widened", {0x90, 0x80, 0x7f}, {.picture_id = 5}, {0x90, 0x80, 0x80, 0x05}},
      {"15-bit id", {0x90, 0x80, 0x92, 0x34}, {.picture_id = 0x7fff}, {0x90, 0x80, 0xff, 0xff}},
      {"id wraps from 32767 to 0", {0x90, 0x80, 0xff, 0xff}, {.picture_id = 0x8000}, {0x90, 0x80, 0x80, 0x00}},
      {"id wraps in the 7-bit form", {0x90, 0x80, 0x00}, {.picture_id = 0x8001}, {0x90, 0x80, 0x80, 0x01}},
      {"TL0PICIDX wraps", {0x90, 0x60, 0xff, 0x00}, {.tl0_pic_idx = 0}, {0x90, 0x60, 0x00, 0x00}},
      {"key index leaves TID and Y alone", {0x90, 0x30, 0xbf}, {.key_idx = 1}, {0x90, 0x30, 0xa1}},
      {"key index wraps at 32", {0x90, 0x30, 0xbf}, {.key_idx = 32}, {0x90, 0x30, 0xa0}},
      {"key index not there: T alone", {0x90, 0x20, 0xbf}, {.key_idx = 1}, {0x90, 0x20, 0xbf}},
      {"fields not there stay absent", {0x10}, {.picture_id = 1, .tl0_pic_idx = 2, .key_idx = 3}, {0x10}},
      {"all",
       {0xb0, 0xf0, 0x12, 0x56, 0x5e},
       {.picture_id = 300, .tl0_pic_idx = 2, .key_idx = 3},
       {0xb0, 0xf0, 0x81, 0x2c, 0x02, 0x43}},
  };
  for (const PatchRow& row : rows) {
    std::array<std::uint8_t, kMaxVp8DescriptorSize> out{};
    const std::size_t size = write_vp8_descriptor(out, concat(row.descriptor, delta_frame), row.patch);
    EXPECT_EQ(Bytes(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(size)), row.expected) << row.what;
  }
}

TEST(Vp8, PatchIntoTooLittleRoomWritesNothingUsable) {
  const Bytes payload = concat({0x90, 0x80, 0x7f}, delta_frame);
  std::array<std::uint8_t, 4> out{};
  EXPECT_EQ(write_vp8_descriptor(ByteSpan(out).first(3), payload, {.picture_id = 5}), 0U);
  EXPECT_EQ(write_vp8_descriptor(out, payload, {.picture_id = 5}), 4U);
}

TEST(Vp8, PatchOfAMalformedPayloadIsRefused) {
  std::array<std::uint8_t, kMaxVp8DescriptorSize> out{};
  EXPECT_EQ(write_vp8_descriptor(out, {}, {}), 0U);
  EXPECT_EQ(write_vp8_descriptor(out, Bytes{0x90, 0x80, 0x80}, {}), 0U);
}

}  // namespace
}  // namespace parley::codec

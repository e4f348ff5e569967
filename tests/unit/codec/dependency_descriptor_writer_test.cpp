#include <gtest/gtest.h>

#include <array>

#include "codec/dependency_descriptor.h"
#include "unit/codec/descriptor_builder.h"

namespace parley::codec {
namespace {

struct Row {
  const char* what = "";
  DescriptorSpec original;
  DescriptorPatch patch;
  DescriptorSpec expected;
};

// A reader of two decode targets and two chains, key frame 1000 in packet 100.
DependencyDescriptorReader make_reader() {
  static const StructureSpec structure = l2t1_key();
  DependencyDescriptorReader reader;
  EXPECT_TRUE(reader.read(DescriptorBuilder::build({.frame_number = 1000, .structure = &structure}), 100));
  return reader;
}

Bytes rewrite(const Bytes& original, const DescriptorPatch& patch) {
  DependencyDescriptorReader reader = make_reader();
  const auto frame = reader.read(original, 101);
  if (!frame) return {};
  Bytes out(original.size() + kMaxDescriptorGrowth, 0xff);
  out.resize(rewrite_dependency_descriptor(out, original, *frame, patch));
  return out;
}

TEST(DependencyDescriptorRewrite, OnlyThePatchedFieldsDiffer) {
  static const StructureSpec structure = l2t1_key();
  const std::vector<unsigned> diffs = {2, 33};
  const Row rows[] = {
      {"nothing", {.template_id = 1, .frame_number = 7}, {}, {.template_id = 1, .frame_number = 7}},
      {"number of a short value",
       {.template_id = 1, .frame_number = 7},
       {.frame_number = 0xabcd},
       {.template_id = 1, .frame_number = 0xabcd}},
      {"number wraps to 0",
       {.first = false, .template_id = 1, .frame_number = 65535},
       {.frame_number = 0},
       {.first = false, .template_id = 1, .frame_number = 0}},
      {"bitmask added to a short value",
       {.last = false, .template_id = 3, .frame_number = 7},
       {.active_decode_targets = 1},
       {.last = false, .template_id = 3, .frame_number = 7, .active = 1U, .decode_targets = 2}},
      {"bitmask replaced",
       {.template_id = 3, .frame_number = 7, .active = 3U, .decode_targets = 2},
       {.frame_number = 8, .active_decode_targets = 2},
       {.template_id = 3, .frame_number = 8, .active = 2U, .decode_targets = 2}},
      {"bitmask kept",
       {.template_id = 3, .frame_number = 7, .active = 2U, .decode_targets = 2},
       {.frame_number = 8},
       {.template_id = 3, .frame_number = 8, .active = 2U, .decode_targets = 2}},
      {"bitmask added before custom fields",
       {.template_id = 3, .frame_number = 7, .dtis = "R-", .diffs = diffs, .chains = {9, 200}},
       {.active_decode_targets = 1},
       {.template_id = 3,
        .frame_number = 7,
        .active = 1U,
        .decode_targets = 2,
        .dtis = "R-",
        .diffs = diffs,
        .chains = {9, 200}}},
      {"bitmask added behind a structure",
       {.frame_number = 7, .structure = &structure, .diffs = diffs},
       {.active_decode_targets = 1},
       {.frame_number = 7, .structure = &structure, .active = 1U, .decode_targets = 2, .diffs = diffs}},
      {"bitmask replaced behind a structure",
       {.frame_number = 7, .structure = &structure, .active = 3U, .decode_targets = 2, .diffs = diffs},
       {.frame_number = 9, .active_decode_targets = 1},
       {.frame_number = 9, .structure = &structure, .active = 1U, .decode_targets = 2, .diffs = diffs}},
      {"bits beyond the decode targets are cut off",
       {.template_id = 3, .frame_number = 7},
       {.active_decode_targets = 0xfffffffdU},
       {.template_id = 3, .frame_number = 7, .active = 1U, .decode_targets = 2}},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(rewrite(DescriptorBuilder::build(row.original), row.patch), DescriptorBuilder::build(row.expected))
        << row.what;
  }
}

TEST(DependencyDescriptorRewrite, ThirtyTwoDecodeTargetsGrowByTheBound) {
  const std::string all(32, 'S');
  const StructureSpec structure{.templates = {{0, 0, all, {}, {}}}};
  DependencyDescriptorReader reader;
  ASSERT_TRUE(reader.read(DescriptorBuilder::build({.structure = &structure}), 1));
  const Bytes original = DescriptorBuilder::build({.frame_number = 1});
  const auto frame = reader.read(original, 2);
  ASSERT_TRUE(frame);
  std::array<std::uint8_t, 3 + kMaxDescriptorGrowth> out{};
  const DescriptorPatch patch{.active_decode_targets = 0x80000001U};
  EXPECT_EQ(rewrite_dependency_descriptor(out, original, *frame, patch), out.size());
  EXPECT_EQ(reader.read(out, 3)->active_decode_targets, 0x80000001U);
}

TEST(DependencyDescriptorRewrite, TooLittleRoomIsRefused) {
  DependencyDescriptorReader reader = make_reader();
  const Bytes original = DescriptorBuilder::build({.template_id = 1, .frame_number = 7});
  const auto frame = reader.read(original, 101);
  ASSERT_TRUE(frame);
  std::array<std::uint8_t, 4> out{};
  EXPECT_EQ(rewrite_dependency_descriptor(ByteSpan(out).first(2), original, *frame, {}), 0U);
  EXPECT_EQ(rewrite_dependency_descriptor(ByteSpan(out).first(3), original, *frame, {}), 3U);
  const DescriptorPatch patch{.active_decode_targets = 1};
  EXPECT_EQ(rewrite_dependency_descriptor(ByteSpan(out).first(3), original, *frame, patch), 0U);
  EXPECT_EQ(rewrite_dependency_descriptor(out, original, *frame, patch), 4U);
}

TEST(DependencyDescriptorRewrite, DescriptorOfAnotherValueIsRefused) {
  DependencyDescriptorReader reader = make_reader();
  const Bytes original = DescriptorBuilder::build({.template_id = 1, .frame_number = 7});
  const auto frame = reader.read(original, 101);
  ASSERT_TRUE(frame);
  std::array<std::uint8_t, 16> out{};
  for (const DescriptorSpec& other :
       {DescriptorSpec{.template_id = 1, .frame_number = 8}, DescriptorSpec{.template_id = 2, .frame_number = 7},
        DescriptorSpec{.template_id = 1, .frame_number = 7, .chains = {1, 2}}}) {
    EXPECT_EQ(rewrite_dependency_descriptor(out, DescriptorBuilder::build(other), *frame, {}), 0U);
  }
  EXPECT_EQ(rewrite_dependency_descriptor(out, {}, *frame, {}), 0U);
  const Bytes masked =
      DescriptorBuilder::build({.template_id = 1, .frame_number = 7, .active = 1U, .decode_targets = 2});
  const auto masked_frame = reader.read(masked, 102);
  ASSERT_TRUE(masked_frame);
  EXPECT_EQ(rewrite_dependency_descriptor(out, original, *masked_frame, {}), 0U);
}

}  // namespace
}  // namespace parley::codec

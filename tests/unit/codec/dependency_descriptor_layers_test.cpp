// What selectors get out of a descriptor: decode targets for a layer, and PacketInfo.
#include <gtest/gtest.h>

#include "codec/dependency_descriptor.h"
#include "unit/codec/descriptor_builder.h"

namespace parley::codec {
namespace {

struct TargetRow {
  unsigned max_spatial = 0;
  unsigned max_temporal = 0;
  std::uint32_t active = 0;
  std::optional<std::uint8_t> target{};
  std::uint32_t mask = 0;
};

TEST(DependencyDescriptor, DecodeTargetIsTheBestWithinTheLimits) {
  DependencyDescriptorReader reader;
  ASSERT_TRUE(reader.read(captured_l3t3(), 1));
  const TargetRow rows[] = {
      {3, 3, ~0U, 8, 0x1ff},
      {2, 2, ~0U, 8, 0x1ff},
      {2, 1, ~0U, 7, 0x0db},
      {1, 2, ~0U, 5, 0x03f},
      {1, 0, ~0U, 3, 0x009},
      {0, 3, ~0U, 2, 0x007},
      {0, 0, ~0U, 0, 0x001},
      {2, 2, 0x03f, 5, 0x1ff},
      {2, 2, 0x001, 0, 0x1ff},
      {2, 0, 0x1fe, 6, 0x049},
      {0, 0, 0x1fe, std::nullopt, 0x001},
  };
  for (const TargetRow& row : rows) {
    const auto spatial = static_cast<std::uint8_t>(row.max_spatial);
    const auto temporal = static_cast<std::uint8_t>(row.max_temporal);
    const auto target = reader.structure()->decode_target_for(spatial, temporal, row.active);
    EXPECT_EQ(target, row.target) << row.max_spatial << row.max_temporal;
    EXPECT_EQ(reader.structure()->active_mask_for(spatial, temporal), row.mask) << row.max_spatial << row.max_temporal;
  }
}

TEST(DependencyDescriptor, HighestTemporalLimitMeansNoLimit) {
  StructureSpec structure;
  for (unsigned t = 0; t < 6; ++t) structure.templates.push_back({0, t, t < 5 ? "SS" : "-S", {}, {}});
  DependencyDescriptorReader reader;
  ASSERT_TRUE(reader.read(DescriptorBuilder::build({.structure = &structure}), 1));
  EXPECT_EQ(reader.structure()->decode_target_for(0, kMaxTemporalLayers - 1), 1);
  EXPECT_EQ(reader.structure()->decode_target_for(0, 2), std::nullopt);
}

struct ApplyRow {
  const char* what = "";
  StructureSpec structure;
  DescriptorSpec descriptor;
  PacketInfo expected{};
};

TEST(DependencyDescriptorApply, FillsInWhatThePayloadCannotTell) {
  const ApplyRow rows[] = {
      {"T0 delta frame",
       l1t3(),
       {.last = false, .template_id = 1, .frame_number = 1001},
       {.ends_frame = false, .temporal_switch_up = true, .inter_picture_predicted = true}},
      {"T1: from here up to T2",
       l1t3(),
       {.template_id = 2, .frame_number = 1001},
       {.temporal_id = 1, .temporal_switch_up = true, .inter_picture_predicted = true}},
      {"T2: nothing depends on it",
       l1t3(),
       {.first = false, .template_id = 3, .frame_number = 1001},
       {.starts_frame = false, .temporal_id = 2, .inter_picture_predicted = true, .discardable = true}},
      {"second packet of the key frame is no place to start",
       l1t3(),
       {.first = false, .template_id = 0, .frame_number = 1000},
       {.starts_frame = false, .temporal_switch_up = true}},
      {"lower layer between key pictures",
       l2t1_key(),
       {.template_id = 1, .frame_number = 1002},
       {.temporal_switch_up = true, .inter_picture_predicted = true, .unused_by_upper_layers = true}},
      {"switch indication for another layer's decode target only",
       l2t1_key(),
       {.template_id = 1, .frame_number = 1002, .dtis = "RS"},
       {.inter_picture_predicted = true}},
      {"upper layer of the key picture",
       l2t1_key(),
       {.template_id = 2, .frame_number = 1001},
       {.spatial_id = 1, .temporal_switch_up = true, .inter_layer_dependency = true}},
      {"upper layer between key pictures",
       l2t1_key(),
       {.template_id = 3, .frame_number = 1003},
       {.spatial_id = 1, .temporal_switch_up = true, .inter_picture_predicted = true}},
  };
  for (const ApplyRow& row : rows) {
    DependencyDescriptorReader reader = reader_with(row.structure);
    const auto frame = reader.read(DescriptorBuilder::build(row.descriptor), 101);
    ASSERT_TRUE(frame) << row.what;
    PacketInfo info;
    info.keyframe = true;  // as the payload would have it: the descriptor decides
    apply(*frame, info);
    EXPECT_EQ(info, row.expected) << row.what;
  }
}

TEST(DependencyDescriptorApply, KeyframeTellsTheTopLayersSize) {
  const StructureSpec structure = l2t1_key();
  DependencyDescriptorReader reader;
  const auto frame = reader.read(DescriptorBuilder::build({.last = false, .structure = &structure}), 1);
  ASSERT_TRUE(frame);
  PacketInfo info;
  info.ends_picture = false;
  apply(*frame, info);
  EXPECT_EQ(info, (PacketInfo{.ends_frame = false,
                              .ends_picture = false,
                              .keyframe = true,
                              .temporal_switch_up = true,
                              .width = 640,
                              .height = 360}));
}

TEST(DependencyDescriptorApply, SizesAndTemporalLayersAreCutToWhatPacketInfoHolds) {
  StructureSpec structure = layers(1, 8);
  structure.sizes = {{65536, 65536}};
  DependencyDescriptorReader reader;
  const auto frame = reader.read(DescriptorBuilder::build({.template_id = 7, .structure = &structure}), 1);
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->temporal_id, 7);
  PacketInfo info;
  apply(*frame, info);
  EXPECT_EQ(info.temporal_id, kMaxTemporalLayers - 1);
  EXPECT_EQ(info.width, 65535);
  EXPECT_EQ(info.height, 65535);
}

}  // namespace
}  // namespace parley::codec

#include "codec/dependency_descriptor.h"

#include <gtest/gtest.h>

#include "unit/codec/descriptor_builder.h"

namespace parley::codec {
namespace {

std::string dtis_of(const DtiSet& dtis, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "-DSR"[static_cast<std::size_t>(dtis[i])];
  return text;
}
std::string dtis_of(const FrameDescriptor& frame) { return dtis_of(frame.dtis, frame.decode_target_count); }
std::vector<unsigned> diffs_of(const FrameDiffs& diffs) {
  return {diffs.values.begin(), diffs.values.begin() + diffs.count};
}
template <class T>
std::vector<unsigned> chains_of(const T& frame, std::size_t count) {
  return {frame.chain_diffs.begin(), frame.chain_diffs.begin() + static_cast<std::ptrdiff_t>(count)};
}

TEST(DependencyDescriptor, CapturedStructureIsReadToItsLastBit) {
  DependencyDescriptorReader reader;
  const auto frame = reader.read(captured_l3t3(), 1);
  ASSERT_TRUE(frame);
  EXPECT_TRUE(frame->first_packet && frame->last_packet && frame->structure_attached && frame->keyframe);
  EXPECT_EQ(frame->template_id, 1);
  EXPECT_EQ(frame->frame_number, 0x0172);
  EXPECT_EQ(frame->end_bit_offset, captured_l3t3().size() * 8);
  EXPECT_EQ(frame->size, (RenderSize{120, 67}));
  EXPECT_EQ(frame->top_size, (RenderSize{480, 270}));
  EXPECT_EQ(frame->active_decode_targets, 0x1ffU);

  const DependencyStructure& structure = *reader.structure();
  EXPECT_EQ(structure.decode_target_count, 9);
  EXPECT_EQ(structure.chain_count, 3);
  EXPECT_EQ(structure.max_spatial_id, 2);
  for (std::uint8_t target = 0; target < 9; ++target) {
    EXPECT_EQ(structure.decode_targets[target],
              (DecodeTargetLayer{static_cast<std::uint8_t>(target / 3), static_cast<std::uint8_t>(target % 3)}));
    EXPECT_EQ(structure.protected_by[target], target / 3);
  }
  const TemplateSpec rows[] = {
      {0, 0, "SSSRRRRRR", {12}, {12, 11, 10}},  {0, 0, "SSSSSSSSS", {}, {0, 0, 0}},
      {0, 1, "-DS-RR-RR", {6}, {6, 5, 4}},      {0, 2, "--D--R--R", {3}, {3, 2, 1}},
      {0, 2, "--D--R--R", {3}, {9, 8, 7}},      {1, 0, "---SSSRRR", {12, 1}, {1, 1, 1}},
      {1, 0, "---SSSSSS", {1}, {1, 1, 1}},      {1, 1, "----DS-RR", {6, 1}, {7, 6, 5}},
      {1, 2, "-----D--R", {3, 1}, {4, 3, 2}},   {1, 2, "-----D--R", {3, 1}, {10, 9, 8}},
      {2, 0, "------SSS", {12, 1}, {2, 1, 1}},  {2, 0, "------SSS", {1}, {2, 1, 1}},
      {2, 1, "-------DS", {6, 1}, {8, 7, 6}},   {2, 2, "--------D", {3, 1}, {5, 4, 3}},
      {2, 2, "--------D", {3, 1}, {11, 10, 9}},
  };
  ASSERT_EQ(structure.template_count, std::size(rows));
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    const FrameTemplate& entry = structure.templates[i];
    EXPECT_EQ(entry.spatial_id, rows[i].spatial_id) << i;
    EXPECT_EQ(entry.temporal_id, rows[i].temporal_id) << i;
    EXPECT_EQ(dtis_of(entry.dtis, 9), rows[i].dtis) << i;
    EXPECT_EQ(diffs_of(entry.frame_diffs), rows[i].diffs) << i;
    EXPECT_EQ(chains_of(entry, 3), rows[i].chains) << i;
  }
}

struct FollowingRow {
  std::string_view hex;
  bool first, last;
  unsigned frame_number, spatial_id, temporal_id;
  std::uint32_t active;
};

TEST(DependencyDescriptor, CapturedPacketsBehindTheStructureAreRead) {
  // In the order of the capture: the sender told with the second picture that the highest spatial layer paused.
  const FollowingRow rows[] = {
      {"86017340fc", true, false, 0x173, 1, 0, 0x3f}, {"46017340fc", false, true, 0x173, 1, 0, 0x3f},
      {"c3017540fc", true, true, 0x175, 0, 2, 0x3f},  {"88017640fc", true, false, 0x176, 1, 2, 0x3f},
      {"48017640fc", false, true, 0x176, 1, 2, 0x3f}, {"c2017840fc", true, true, 0x178, 0, 1, 0x3f},
      {"8b0174", true, false, 0x174, 2, 0, 0x3f},     {"0b0174", false, false, 0x174, 2, 0, 0x3f},
  };
  DependencyDescriptorReader reader;
  std::int64_t sequence = 65535;
  ASSERT_TRUE(reader.read(captured_l3t3(), sequence++));
  for (const FollowingRow& row : rows) {
    const auto frame = reader.read(from_hex(row.hex), sequence++);
    ASSERT_TRUE(frame) << row.hex;
    EXPECT_EQ(frame->first_packet, row.first) << row.hex;
    EXPECT_EQ(frame->last_packet, row.last) << row.hex;
    EXPECT_EQ(frame->frame_number, row.frame_number) << row.hex;
    EXPECT_EQ(frame->spatial_id, row.spatial_id) << row.hex;
    EXPECT_EQ(frame->temporal_id, row.temporal_id) << row.hex;
    EXPECT_EQ(frame->active_decode_targets, row.active) << row.hex;
    EXPECT_FALSE(frame->structure_attached || frame->keyframe) << row.hex;
  }
}

TEST(DependencyDescriptor, TemplateIsFilledInForPacketsOfThreeBytes) {
  DependencyDescriptorReader reader = reader_with(l1t3());
  const auto frame =
      reader.read(DescriptorBuilder::build({.last = false, .template_id = 2, .frame_number = 1002}), 102);
  ASSERT_TRUE(frame);
  EXPECT_TRUE(frame->first_packet);
  EXPECT_FALSE(frame->last_packet);
  EXPECT_EQ(frame->temporal_id, 1);
  EXPECT_EQ(dtis_of(*frame), "-DS");
  EXPECT_EQ(diffs_of(frame->frame_diffs), (std::vector<unsigned>{2}));
  EXPECT_EQ(chains_of(*frame, frame->chain_count), (std::vector<unsigned>{2}));
  EXPECT_EQ(frame->end_bit_offset, 24U);
}

TEST(DependencyDescriptor, CustomFieldsReplaceTheTemplates) {
  DependencyDescriptorReader reader = reader_with(l1t3());
  const Bytes value = DescriptorBuilder::build({.template_id = 3,
                                                .frame_number = 1001,
                                                .active = 5U,
                                                .decode_targets = 3,
                                                .dtis = "R-S",
                                                .diffs = std::vector<unsigned>{1, 17, 300, 4096},
                                                .chains = {255}});
  const auto frame = reader.read(value, 101);
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->temporal_id, 2);
  EXPECT_EQ(dtis_of(*frame), "R-S");
  EXPECT_EQ(diffs_of(frame->frame_diffs), (std::vector<unsigned>{1, 17, 300, 4096}));
  EXPECT_EQ(chains_of(*frame, 1), (std::vector<unsigned>{255}));
  EXPECT_EQ(frame->active_decode_targets, 5U);
}

TEST(DependencyDescriptor, EmptyCustomDiffsMeanNoDependency) {
  DependencyDescriptorReader reader = reader_with(l1t3());
  const auto frame = reader.read(
      DescriptorBuilder::build({.template_id = 1, .frame_number = 1001, .diffs = std::vector<unsigned>{}}), 101);
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->frame_diffs.count, 0);
}

TEST(DependencyDescriptor, TemplateIdsCountFromTheOffsetAndWrapAt64) {
  DependencyDescriptorReader reader = reader_with(l1t3(62));
  EXPECT_EQ(reader.read(DescriptorBuilder::build({.template_id = 63, .frame_number = 1001}), 101)->temporal_id, 0);
  EXPECT_EQ(reader.read(DescriptorBuilder::build({.template_id = 0, .frame_number = 1002}), 102)->temporal_id, 1);
  EXPECT_EQ(reader.read(DescriptorBuilder::build({.template_id = 2, .frame_number = 1003}), 103)->temporal_id, 2);
  EXPECT_EQ(reader.read(DescriptorBuilder::build({.template_id = 3, .frame_number = 1004}), 104).error(),
            DropReason::kAwaitingKeyframe);
  EXPECT_EQ(reader.read(DescriptorBuilder::build({.template_id = 61, .frame_number = 1004}), 104).error(),
            DropReason::kAwaitingKeyframe);
}

TEST(DependencyDescriptor, PacketsBeforeTheFirstStructureAwaitAKeyframe) {
  DependencyDescriptorReader reader;
  EXPECT_EQ(reader.read(DescriptorBuilder::build({.template_id = 1}), 1).error(), DropReason::kAwaitingKeyframe);
  EXPECT_EQ(reader.structure(), nullptr);
}

TEST(DependencyDescriptor, ResetForgetsTheStructure) {
  DependencyDescriptorReader reader = reader_with(l1t3());
  EXPECT_NE(reader.structure(), nullptr);
  reader.reset();
  EXPECT_EQ(reader.structure(), nullptr);
  EXPECT_FALSE(reader.read(DescriptorBuilder::build({.template_id = 1}), 101));
}

TEST(DependencyDescriptor, KeyframeCoversEveryPacketOfItsFrameOnly) {
  DependencyDescriptorReader reader = reader_with(l1t3());
  const Bytes rest = DescriptorBuilder::build({.first = false, .template_id = 0, .frame_number = 1000});
  const auto second = reader.read(rest, 101);
  ASSERT_TRUE(second);
  EXPECT_TRUE(second->keyframe);
  EXPECT_FALSE(second->structure_attached);
  EXPECT_FALSE(reader.read(DescriptorBuilder::build({.template_id = 1, .frame_number = 1001}), 102)->keyframe);
  // 65536 frames later the number comes round again.
  EXPECT_FALSE(reader.read(DescriptorBuilder::build({.template_id = 1, .frame_number = 1000}), 100 + 65536)->keyframe);
}

TEST(DependencyDescriptor, LatePacketsAreReadWithTheStructureOfTheirTime) {
  DependencyDescriptorReader reader = reader_with(l1t3(0));
  const StructureSpec next = l2t1_key(5);
  ASSERT_TRUE(reader.read(DescriptorBuilder::build({.template_id = 5, .frame_number = 1010, .structure = &next}), 110));
  EXPECT_EQ(reader.structure()->template_id_offset, 5);
  const auto late = reader.read(DescriptorBuilder::build({.template_id = 3, .frame_number = 1009}), 109);
  ASSERT_TRUE(late);
  EXPECT_EQ(late->temporal_id, 2);
  EXPECT_EQ(late->decode_target_count, 3);
  const auto current = reader.read(DescriptorBuilder::build({.template_id = 7, .frame_number = 1011}), 111);
  ASSERT_TRUE(current);
  EXPECT_EQ(current->spatial_id, 1);
}

TEST(DependencyDescriptor, DuplicateOfTheKeyframeKeepsTheStructureBeforeIt) {
  DependencyDescriptorReader reader = reader_with(l1t3(0));
  const StructureSpec next = l2t1_key(5);
  const Bytes key = DescriptorBuilder::build({.template_id = 5, .frame_number = 1010, .structure = &next});
  ASSERT_TRUE(reader.read(key, 110));
  ASSERT_TRUE(reader.read(key, 110));
  EXPECT_TRUE(reader.read(DescriptorBuilder::build({.template_id = 3, .frame_number = 1009}), 109));
}

TEST(DependencyDescriptor, LateStructureDoesNotReplaceANewerOne) {
  DependencyDescriptorReader reader = reader_with(l2t1_key(5));
  const StructureSpec old = l1t3(0);
  const auto late =
      reader.read(DescriptorBuilder::build({.template_id = 0, .frame_number = 990, .structure = &old}), 90);
  ASSERT_TRUE(late);
  EXPECT_TRUE(late->keyframe);
  EXPECT_EQ(late->decode_target_count, 3);
  EXPECT_EQ(reader.structure()->template_id_offset, 5);
  EXPECT_EQ(reader.read(DescriptorBuilder::build({.template_id = 3, .frame_number = 992}), 92)->temporal_id, 2);
  EXPECT_EQ(reader.read(DescriptorBuilder::build({.template_id = 7, .frame_number = 1001}), 101)->spatial_id, 1);
}

TEST(DependencyDescriptor, ActiveDecodeTargetsLastUntilToldOtherwise) {
  DependencyDescriptorReader reader = reader_with(l1t3());
  const auto plain = [&](std::int64_t sequence) {
    return reader.read(DescriptorBuilder::build({.template_id = 1, .frame_number = 1001}), sequence)
        ->active_decode_targets;
  };
  const auto masked = [&](std::uint32_t mask, std::int64_t sequence) {
    const auto frame = reader.read(
        DescriptorBuilder::build({.template_id = 1, .frame_number = 1001, .active = mask, .decode_targets = 3}),
        sequence);
    return frame->active_decode_targets;
  };
  EXPECT_EQ(plain(101), 7U);
  EXPECT_EQ(masked(3, 103), 3U);
  EXPECT_EQ(plain(104), 3U);
  EXPECT_EQ(masked(1, 102), 1U);  // late: true of itself only
  EXPECT_EQ(plain(105), 3U);
}

TEST(DependencyDescriptor, KeyframeMayPauseDecodeTargetsAtOnce) {
  const StructureSpec structure = l1t3();
  DependencyDescriptorReader reader;
  const auto frame = reader.read(
      DescriptorBuilder::build(
          {.template_id = 0, .frame_number = 7, .structure = &structure, .active = 1U, .decode_targets = 3}),
      1);
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->active_decode_targets, 1U);
  EXPECT_TRUE(frame->active_decode_targets_present);
}

TEST(DependencyDescriptor, EveryTruncationIsRefusedAndChangesNothing) {
  const StructureSpec structure = l2t1_key(8);
  const Bytes full = DescriptorBuilder::build({.template_id = 8,
                                               .frame_number = 9,
                                               .structure = &structure,
                                               .active = 3U,
                                               .decode_targets = 2,
                                               .dtis = "SS",
                                               .diffs = std::vector<unsigned>{1000},
                                               .chains = {1, 2}});
  DependencyDescriptorReader reader = reader_with(l1t3());
  for (std::size_t size = 0; size < full.size(); ++size) {
    if (size == 3) continue;  // a whole descriptor of its own
    const auto frame = reader.read(ByteView(full).first(size), 200);
    ASSERT_FALSE(frame) << size;
    EXPECT_EQ(frame.error(), DropReason::kRtpExtensionMalformed) << size;
  }
  EXPECT_EQ(reader.structure()->template_id_offset, 0);
  EXPECT_TRUE(reader.read(full, 200));
  EXPECT_EQ(reader.structure()->template_id_offset, 8);
}

TEST(DependencyDescriptor, StructureWithoutItsOwnPacketsTemplateIsMalformed) {
  const StructureSpec structure = l1t3(10);
  DependencyDescriptorReader reader;
  EXPECT_EQ(reader.read(DescriptorBuilder::build({.template_id = 9, .structure = &structure}), 1).error(),
            DropReason::kRtpExtensionMalformed);
}

struct BoundRow {
  const char* what = "";
  StructureSpec structure;
  bool accepted = false;
};

StructureSpec same_layer(std::size_t templates) {
  return {.templates = std::vector<TemplateSpec>(templates, TemplateSpec{0, 0, "S", {}, {}})};
}
StructureSpec diffs(std::size_t count) { return {.templates = {{0, 0, "S", std::vector<unsigned>(count, 1), {}}}}; }

TEST(DependencyDescriptor, CountsAreBounded) {
  const BoundRow rows[] = {
      {"64 templates", same_layer(64), true},
      {"65 templates", same_layer(65), false},
      {"4 spatial layers", layers(4, 1), true},
      {"5 spatial layers", layers(5, 1), false},
      {"8 temporal layers", layers(1, 8), true},
      {"9 temporal layers", layers(1, 9), false},
      {"16 diffs", diffs(16), true},
      {"17 diffs", diffs(17), false},
  };
  for (const BoundRow& row : rows) {
    DependencyDescriptorReader reader;
    const auto frame = reader.read(DescriptorBuilder::build({.structure = &row.structure}), 1);
    EXPECT_EQ(frame.has_value(), row.accepted) << row.what;
    if (row.accepted || frame) continue;
    EXPECT_EQ(frame.error(), DropReason::kRtpExtensionMalformed) << row.what;
  }
}

TEST(DependencyDescriptor, ValueLongerThanAnExtensionIsRefused) {
  DependencyDescriptorReader reader = reader_with(l1t3());
  Bytes value = DescriptorBuilder::build({.template_id = 1, .frame_number = 1001});
  value.resize(255);
  EXPECT_TRUE(reader.read(value, 101));
  value.resize(256);
  EXPECT_EQ(reader.read(value, 102).error(), DropReason::kRtpExtensionMalformed);
}

TEST(DependencyDescriptor, CustomDiffsAreBounded) {
  for (const std::size_t count : {kMaxFrameDiffs, kMaxFrameDiffs + 1}) {
    DependencyDescriptorReader reader = reader_with(l1t3());
    const auto frame =
        reader.read(DescriptorBuilder::build({.template_id = 1, .diffs = std::vector<unsigned>(count, 4096)}), 101);
    EXPECT_EQ(frame.has_value(), count == kMaxFrameDiffs);
  }
}

TEST(DependencyDescriptor, ThirtyTwoDecodeTargetsAndChainsAreRead) {
  const std::string all(32, 'S');
  StructureSpec structure{.templates = {{0, 0, all, {}, std::vector<unsigned>(32, 15)}}, .sizes = {{65536, 65536}}};
  for (unsigned i = 0; i < 32; ++i) structure.protected_by.push_back(31 - i);
  DependencyDescriptorReader reader;
  const auto frame =
      reader.read(DescriptorBuilder::build({.structure = &structure, .active = 0x80000001U, .decode_targets = 32}), 1);
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->decode_target_count, 32);
  EXPECT_EQ(frame->chain_count, 32);
  EXPECT_EQ(frame->active_decode_targets, 0x80000001U);
  EXPECT_EQ(frame->dtis[31], Dti::kSwitch);
  EXPECT_EQ(frame->size, (RenderSize{65536, 65536}));
  EXPECT_EQ(reader.structure()->protected_by[31], 0);
  EXPECT_EQ(reader.structure()->all_decode_targets(), 0xffffffffU);
}

}  // namespace
}  // namespace parley::codec

// A stream of descriptors, each with a distance from the sequence number before and a patch. Whatever is read is
// rewritten and read again by a reader in the same state: only the patched fields may differ.
#include "codec/dependency_descriptor.h"

#include <array>

#include "fuzz/payload_invariants.h"

namespace parley::codec {
namespace {

struct Step {
  ByteView value;
  std::int64_t sequence = 0;
  std::uint16_t frame_number = 0;
  std::uint32_t mask = 0;
};

// |distance|frame number|mask|size| value |
std::optional<Step> read_step(ByteReader& reader, std::int64_t sequence) {
  Step step;
  const auto distance = reader.try_u8();
  const auto frame_number = reader.try_u16();
  const auto mask = reader.try_u32();
  const auto size = reader.try_u8();
  if (!distance || !frame_number || !mask || !size) return std::nullopt;
  step.value = reader.try_bytes(*size).value_or(reader.rest());
  step.sequence = sequence + static_cast<std::int8_t>(*distance);
  step.frame_number = *frame_number;
  step.mask = *mask;
  return step;
}

void check_frame(const FrameDescriptor& frame) {
  check(frame.spatial_id < kMaxSpatialLayers && frame.temporal_id <= kMaxDescriptorTemporalId);
  check(frame.decode_target_count >= 1 && frame.decode_target_count <= kMaxDecodeTargets);
  check(frame.chain_count <= frame.decode_target_count);
  check(frame.frame_diffs.count <= kMaxFrameDiffs);
  check(!frame.structure_attached || frame.keyframe);
  PacketInfo info;
  apply(frame, info);
  check(info.spatial_id < kMaxSpatialLayers && info.temporal_id < kMaxTemporalLayers);
  check(!info.keyframe || info.starts_frame);
}

void check_structure(const DependencyStructure& structure) {
  for (std::uint8_t spatial = 0; spatial < kMaxSpatialLayers; ++spatial) {
    for (std::uint8_t temporal = 0; temporal < kMaxTemporalLayers; ++temporal) {
      const std::uint32_t mask = structure.active_mask_for(spatial, temporal);
      const auto target = structure.decode_target_for(spatial, temporal);
      check((mask & ~structure.all_decode_targets()) == 0);
      check(target.has_value() == (mask != 0));
      check(!target || ((mask >> *target) & 1U) != 0);
    }
  }
  if (structure.chain_count == 0) return;
  for (std::size_t i = 0; i < structure.decode_target_count; ++i) {
    check(structure.protected_by[i] < structure.chain_count);
  }
}

void check_rewrite(const DependencyDescriptorReader& before, const Step& step, const FrameDescriptor& frame,
                   const DescriptorPatch& patch) {
  std::array<std::uint8_t, 255 + kMaxDescriptorGrowth> out{};
  const std::size_t size = rewrite_dependency_descriptor(out, step.value, frame, patch);
  check(size >= 3 && size <= step.value.size() + kMaxDescriptorGrowth);
  if (size > 255) return;  // longer than any extension value: a receiver would refuse it
  DependencyDescriptorReader reader = before;
  const auto again = reader.read(ByteView(out).first(size), step.sequence);
  check(again.has_value());

  FrameDescriptor expected = frame;
  if (patch.frame_number) {
    expected.frame_number = *patch.frame_number;
    expected.keyframe = again->keyframe;  // told by the number
  }
  if (patch.active_decode_targets) {
    const std::uint32_t all = ~std::uint32_t{0} >> (kMaxDecodeTargets - frame.decode_target_count);
    expected.active_decode_targets = *patch.active_decode_targets & all;
    expected.active_decode_targets_present = true;
    expected.mask_bit_offset = again->mask_bit_offset;
    expected.end_bit_offset = again->end_bit_offset;
  }
  check(*again == expected);
}

void run(ByteReader input) {
  DependencyDescriptorReader reader;
  std::int64_t sequence = 0;
  while (const auto step = read_step(input, sequence)) {
    sequence = step->sequence;
    const DependencyDescriptorReader before = reader;
    const auto frame = reader.read(step->value, sequence);
    if (!frame) continue;
    check_frame(*frame);
    check_structure(*reader.structure());
    check_rewrite(before, *step, *frame, {});
    check_rewrite(before, *step, *frame, {.frame_number = step->frame_number});
    check_rewrite(before, *step, *frame, {.active_decode_targets = step->mask});
    check_rewrite(before, *step, *frame, {.frame_number = step->frame_number, .active_decode_targets = step->mask});
  }
}

}  // namespace
}  // namespace parley::codec

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  parley::codec::run(parley::ByteReader({data, size}));
  return 0;
}

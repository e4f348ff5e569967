#include "codec/dependency_descriptor.h"

#include <algorithm>
#include <limits>

#include "codec/bits.h"
#include "codec/dependency_structure.h"

namespace parley::codec {
namespace {

constexpr std::size_t kMandatorySize = 3;
constexpr std::size_t kMaxValueSize = 255;  // of an RTP header extension element (RFC 8285)

struct Flags {
  bool structure = false;
  bool active_decode_targets = false;
  bool custom_dtis = false;
  bool custom_diffs = false;
  bool custom_chains = false;
};

// The caller has seen to it that the mandatory fields are there.
Flags read_head(BitReader& reader, std::size_t size, FrameDescriptor& out) {
  out.first_packet = reader.flag();
  out.last_packet = reader.flag();
  out.template_id = static_cast<std::uint8_t>(reader.bits(6));
  out.frame_number = static_cast<std::uint16_t>(reader.bits(16));
  Flags flags;
  if (size > kMandatorySize) {
    flags.structure = reader.flag();
    flags.active_decode_targets = reader.flag();
    flags.custom_dtis = reader.flag();
    flags.custom_diffs = reader.flag();
    flags.custom_chains = reader.flag();
  }
  out.structure_attached = flags.structure;
  out.active_decode_targets_present = flags.active_decode_targets;
  return flags;
}

bool read_custom_diffs(BitReader& reader, FrameDiffs& diffs) {
  diffs = {};
  while (const std::uint32_t size = reader.bits(2)) {
    if (!add_diff(diffs, reader.bits(4 * size))) return false;
  }
  return true;
}

// What selectors ask of every packet, worked out once.
void summarize(const DependencyStructure& structure, FrameDescriptor& out) {
  out.unused_by_upper_layers = out.spatial_id < structure.max_spatial_id;
  for (std::size_t target = 0; target < structure.decode_target_count; ++target) {
    const std::uint8_t target_spatial = structure.decode_targets[target].spatial_id;
    const Dti dti = out.dtis[target];
    if (target_spatial == out.spatial_id && dti == Dti::kSwitch) out.temporal_switch_up = true;
    if (target_spatial > out.spatial_id && dti != Dti::kNotPresent) out.unused_by_upper_layers = false;
  }
}

// The bitmask and frame_dependency_definition(): what follows the structure, or the flags when there is none.
Result<void> read_frame(BitReader& reader, const DependencyStructure& structure, const Flags& flags,
                        FrameDescriptor& out) {
  out.mask_bit_offset = static_cast<std::uint16_t>(reader.offset());
  if (flags.active_decode_targets) out.active_decode_targets = reader.bits(structure.decode_target_count);
  const FrameTemplate* entry = structure.find(out.template_id);
  if (entry == nullptr) return DropReason::kAwaitingKeyframe;
  out.spatial_id = entry->spatial_id;
  out.temporal_id = entry->temporal_id;
  out.decode_target_count = structure.decode_target_count;
  out.chain_count = structure.chain_count;
  out.dtis = entry->dtis;
  out.frame_diffs = entry->frame_diffs;
  out.chain_diffs = entry->chain_diffs;
  out.size = structure.sizes[out.spatial_id];
  out.top_size = structure.sizes[structure.max_spatial_id];
  for (std::size_t i = 0; flags.custom_dtis && i < structure.decode_target_count; ++i) {
    out.dtis.set(i, static_cast<Dti>(reader.bits(2)));
  }
  if (flags.custom_diffs && !read_custom_diffs(reader, out.frame_diffs)) return DropReason::kRtpExtensionMalformed;
  for (std::size_t i = 0; flags.custom_chains && i < structure.chain_count; ++i) {
    out.chain_diffs[i] = static_cast<std::uint8_t>(reader.bits(8));
  }
  if (!reader.ok()) return DropReason::kRtpExtensionMalformed;
  out.end_bit_offset = static_cast<std::uint16_t>(reader.offset());
  summarize(structure, out);
  return {};
}

}  // namespace

Result<FrameDescriptor> DependencyDescriptorReader::read(ByteView value, std::int64_t sequence) {
  if (value.size() < kMandatorySize || value.size() > kMaxValueSize) return DropReason::kRtpExtensionMalformed;
  const bool attached = value.size() > kMandatorySize && (value[kMandatorySize] & 0x80U) != 0;
  return attached ? read_attached(value, sequence) : read_following(value, sequence);
}

Result<FrameDescriptor> DependencyDescriptorReader::read_attached(ByteView value, std::int64_t sequence) {
  BitReader reader(value);
  FrameDescriptor frame;
  const Flags flags = read_head(reader, value.size(), frame);
  Epoch epoch;
  if (!read_structure(reader, epoch.structure)) return DropReason::kRtpExtensionMalformed;
  // A structure without the template that its own packet names is a broken one, not one to wait for.
  if (!read_frame(reader, epoch.structure, flags, frame)) return DropReason::kRtpExtensionMalformed;
  if (!frame.active_decode_targets_present) frame.active_decode_targets = epoch.structure.all_decode_targets();
  frame.keyframe = true;
  epoch.sequence = sequence;
  epoch.frame_number = frame.frame_number;
  epoch.active = frame.active_decode_targets;
  epoch.active_sequence = sequence;
  adopt(epoch);
  return frame;
}

Result<FrameDescriptor> DependencyDescriptorReader::read_following(ByteView value, std::int64_t sequence) {
  // Frame numbers come round again after 65536 frames, each of a packet at least.
  constexpr std::int64_t kKeyframeReach = 1 << 15;
  std::optional<Epoch>& chosen = current_ && previous_ && sequence < current_->sequence ? previous_ : current_;
  if (!chosen) return DropReason::kAwaitingKeyframe;
  Epoch& epoch = *chosen;
  BitReader reader(value);
  FrameDescriptor frame;
  const Flags flags = read_head(reader, value.size(), frame);
  if (const auto read = read_frame(reader, epoch.structure, flags, frame); !read) return read.error();
  const std::int64_t distance = sequence - epoch.sequence;
  frame.keyframe = frame.frame_number == epoch.frame_number && distance >= 0 && distance < kKeyframeReach;
  if (!frame.active_decode_targets_present) {
    frame.active_decode_targets = epoch.active;
  } else if (sequence >= epoch.active_sequence) {
    epoch.active = frame.active_decode_targets;
    epoch.active_sequence = sequence;
  }
  return frame;
}

void DependencyDescriptorReader::adopt(const Epoch& epoch) {
  if (!current_ || epoch.sequence > current_->sequence) {
    previous_ = current_;
    current_ = epoch;
  } else if (epoch.sequence < current_->sequence && (!previous_ || epoch.sequence > previous_->sequence)) {
    previous_ = epoch;
  }
}

const DependencyStructure* DependencyDescriptorReader::structure() const {
  return current_ ? &current_->structure : nullptr;
}

void DependencyDescriptorReader::reset() {
  current_.reset();
  previous_.reset();
}

void apply(const FrameDescriptor& frame, PacketInfo& info) {
  info.starts_frame = frame.first_packet;
  info.ends_frame = frame.last_packet;
  info.keyframe = frame.keyframe && frame.first_packet;
  info.spatial_id = frame.spatial_id;
  info.temporal_id = std::min<std::uint8_t>(frame.temporal_id, kMaxTemporalLayers - 1);
  info.temporal_switch_up = frame.temporal_switch_up;
  info.unused_by_upper_layers = frame.unused_by_upper_layers;

  // Frames of one picture are numbered in the order of their layers, so a frame of spatial layer n has at most n frames
  // of its own picture before it: a diff up to n stays within the picture, a longer one leaves it.
  info.inter_layer_dependency = false;
  info.inter_picture_predicted = false;
  for (std::size_t i = 0; i < frame.frame_diffs.count; ++i) {
    if (frame.frame_diffs.values[i] <= frame.spatial_id) {
      info.inter_layer_dependency = true;
    } else {
      info.inter_picture_predicted = true;
    }
  }

  bool discardable = false;
  bool needed = false;
  for (std::size_t target = 0; target < frame.decode_target_count; ++target) {
    const Dti dti = frame.dtis[target];
    discardable = discardable || dti == Dti::kDiscardable;
    needed = needed || dti == Dti::kSwitch || dti == Dti::kRequired;
  }
  info.discardable = discardable && !needed;

  if (info.keyframe && frame.top_size.width != 0) {
    constexpr std::uint32_t kMost = std::numeric_limits<std::uint16_t>::max();
    info.width = static_cast<std::uint16_t>(std::min(frame.top_size.width, kMost));
    info.height = static_cast<std::uint16_t>(std::min(frame.top_size.height, kMost));
  }
}

}  // namespace parley::codec

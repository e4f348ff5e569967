#include "codec/dependency_structure.h"

#include <algorithm>

namespace parley::codec {
namespace {

constexpr std::uint8_t kTemplateIdMask = kMaxTemplates - 1;

bool read_layers(BitReader& reader, DependencyStructure& out) {
  enum NextLayer : std::uint8_t { kSame, kNextTemporal, kNextSpatial, kNone };
  std::uint8_t spatial_id = 0;
  std::uint8_t temporal_id = 0;
  for (;;) {
    if (out.template_count == kMaxTemplates) return false;
    FrameTemplate& entry = out.templates[out.template_count++];
    entry.spatial_id = spatial_id;
    entry.temporal_id = temporal_id;
    const std::uint32_t next = reader.bits(2);
    if (!reader.ok()) return false;
    if (next == kNone) break;
    if (next == kNextTemporal && ++temporal_id > kMaxDescriptorTemporalId) return false;
    if (next == kNextSpatial) {
      temporal_id = 0;
      if (++spatial_id >= kMaxSpatialLayers) return false;
    }
  }
  out.max_spatial_id = spatial_id;
  return true;
}

void read_dtis(BitReader& reader, DependencyStructure& out) {
  for (std::size_t i = 0; i < out.template_count; ++i) {
    for (std::size_t target = 0; target < out.decode_target_count; ++target) {
      out.templates[i].dtis.set(target, static_cast<Dti>(reader.bits(2)));
    }
  }
}

bool read_diffs(BitReader& reader, DependencyStructure& out) {
  for (std::size_t i = 0; i < out.template_count; ++i) {
    while (reader.flag()) {
      if (!add_diff(out.templates[i].frame_diffs, reader.bits(4))) return false;
    }
  }
  return true;
}

void read_chains(BitReader& reader, DependencyStructure& out) {
  out.chain_count = static_cast<std::uint8_t>(reader.non_symmetric(out.decode_target_count + 1U));
  if (out.chain_count == 0) return;
  for (std::size_t target = 0; target < out.decode_target_count; ++target) {
    out.protected_by[target] = static_cast<std::uint8_t>(reader.non_symmetric(out.chain_count));
  }
  for (std::size_t i = 0; i < out.template_count; ++i) {
    for (std::size_t chain = 0; chain < out.chain_count; ++chain) {
      out.templates[i].chain_diffs[chain] = static_cast<std::uint8_t>(reader.bits(4));
    }
  }
}

void read_sizes(BitReader& reader, DependencyStructure& out) {
  if (!reader.flag()) return;
  for (std::size_t i = 0; i <= out.max_spatial_id; ++i) {
    out.sizes[i].width = reader.bits(16) + 1;
    out.sizes[i].height = reader.bits(16) + 1;
  }
}

// A decode target includes a layer when some template of that layer is present in it.
void find_decode_target_layers(DependencyStructure& out) {
  for (std::size_t i = 0; i < out.template_count; ++i) {
    const FrameTemplate& entry = out.templates[i];
    for (std::size_t target = 0; target < out.decode_target_count; ++target) {
      if (entry.dtis[target] == Dti::kNotPresent) continue;
      DecodeTargetLayer& layer = out.decode_targets[target];
      layer.spatial_id = std::max(layer.spatial_id, entry.spatial_id);
      layer.temporal_id = std::max(layer.temporal_id, entry.temporal_id);
    }
  }
}

// Temporal layers above the highest that the rest of the system tells apart count as that one.
bool within(const DecodeTargetLayer& layer, std::uint8_t max_spatial, std::uint8_t max_temporal) {
  return layer.spatial_id <= max_spatial &&
         std::min<std::uint8_t>(layer.temporal_id, kMaxTemporalLayers - 1) <= max_temporal;
}

}  // namespace

bool add_diff(FrameDiffs& diffs, std::uint32_t diff_minus_one) {
  if (diffs.count == kMaxFrameDiffs) return false;
  diffs.values[diffs.count++] = static_cast<std::uint16_t>(diff_minus_one + 1);
  return true;
}

bool read_structure(BitReader& reader, DependencyStructure& out) {
  out.template_id_offset = static_cast<std::uint8_t>(reader.bits(6));
  out.decode_target_count = static_cast<std::uint8_t>(reader.bits(5) + 1);
  if (!read_layers(reader, out)) return false;
  read_dtis(reader, out);
  if (!read_diffs(reader, out)) return false;
  read_chains(reader, out);
  read_sizes(reader, out);
  find_decode_target_layers(out);
  return reader.ok();
}

const FrameTemplate* DependencyStructure::find(std::uint8_t template_id) const {
  const std::size_t index = (template_id - template_id_offset) & kTemplateIdMask;
  return index < template_count ? &templates[index] : nullptr;
}

std::optional<std::uint8_t> DependencyStructure::decode_target_for(std::uint8_t max_spatial, std::uint8_t max_temporal,
                                                                   std::uint32_t active) const {
  std::optional<std::uint8_t> best;
  for (std::uint8_t target = 0; target < decode_target_count; ++target) {
    const DecodeTargetLayer& layer = decode_targets[target];
    if (((active >> target) & 1U) == 0 || !within(layer, max_spatial, max_temporal)) continue;
    if (best) {
      const DecodeTargetLayer& other = decode_targets[*best];
      const bool better = layer.spatial_id != other.spatial_id ? layer.spatial_id > other.spatial_id
                                                               : layer.temporal_id > other.temporal_id;
      if (!better) continue;
    }
    best = target;
  }
  return best;
}

std::uint32_t DependencyStructure::active_mask_for(std::uint8_t max_spatial, std::uint8_t max_temporal) const {
  std::uint32_t mask = 0;
  for (std::uint8_t target = 0; target < decode_target_count; ++target) {
    if (within(decode_targets[target], max_spatial, max_temporal)) mask |= std::uint32_t{1} << target;
  }
  return mask;
}

std::uint32_t DependencyStructure::all_decode_targets() const {
  return decode_target_count == 0 ? 0 : ~std::uint32_t{0} >> (kMaxDecodeTargets - decode_target_count);
}

}  // namespace parley::codec

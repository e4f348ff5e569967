#include "codec/vp9.h"

#include <algorithm>
#include <limits>

namespace parley::codec {
namespace {

// First octet.
constexpr std::uint8_t kHasPictureId = 0x80;
constexpr std::uint8_t kInterPicture = 0x40;
constexpr std::uint8_t kHasLayers = 0x20;
constexpr std::uint8_t kFlexible = 0x10;
constexpr std::uint8_t kStartsFrame = 0x08;
constexpr std::uint8_t kEndsFrame = 0x04;
constexpr std::uint8_t kHasStructure = 0x02;
constexpr std::uint8_t kUnusedByUpperLayers = 0x01;

constexpr std::uint8_t kLongPictureId = 0x80;
constexpr std::uint8_t kSwitchingUp = 0x10;
constexpr std::uint8_t kInterLayer = 0x01;

// Each read_* is false when the descriptor is cut short or breaks a bound.

bool read_picture_id(ByteReader& reader, PacketInfo& info) {
  const auto head = reader.peek_u8();
  if (!head) return false;
  info.picture_id_long = (*head & kLongPictureId) != 0;
  if (!info.picture_id_long) {
    info.picture_id = reader.try_u8();
    return true;
  }
  const auto both = reader.try_u16();
  if (!both) return false;
  info.picture_id = *both & 0x7fff;
  return true;
}

bool read_layers(ByteReader& reader, bool flexible, PacketInfo& info) {
  const auto layers = reader.try_u8();
  if (!layers) return false;
  info.temporal_id = std::min<std::uint8_t>(*layers >> 5U, kMaxTemporalLayers - 1);
  info.temporal_switch_up = (*layers & kSwitchingUp) != 0;
  info.spatial_id = (*layers >> 1U) & 7U;
  info.inter_layer_dependency = (*layers & kInterLayer) != 0;
  if (info.spatial_id >= kMaxSpatialLayers) return false;
  if (flexible) return true;
  info.tl0_pic_idx = reader.try_u8();
  return info.tl0_pic_idx.has_value();
}

bool skip_references(ByteReader& reader) {
  constexpr int kMaxReferences = 3;
  for (int i = 0; i < kMaxReferences; ++i) {
    const auto reference = reader.try_u8();
    if (!reference) return false;
    if ((*reference & 1U) == 0) return true;
  }
  return false;
}

// |TID|U| R |-|-| and R differences, for each picture of the group.
bool skip_picture_group(ByteReader& reader) {
  const auto count = reader.try_u8();
  if (!count) return false;
  for (unsigned i = 0; i < *count; ++i) {
    const auto picture = reader.try_u8();
    if (!picture || !reader.try_skip((*picture >> 2U) & 3U)) return false;
  }
  return true;
}

bool read_structure(ByteReader& reader, PacketInfo& info) {
  const auto head = reader.try_u8();
  if (!head) return false;
  const unsigned layers = (*head >> 5U) + 1U;
  const bool has_sizes = (*head & 0x10U) != 0;
  const bool has_group = (*head & 0x08U) != 0;
  if (layers > kMaxSpatialLayers) return false;
  for (unsigned i = 0; has_sizes && i < layers; ++i) {
    const auto width = reader.try_u16();
    const auto height = reader.try_u16();
    if (!width || !height) return false;
    info.width = *width;  // lowest layer first: the last one stays
    info.height = *height;
  }
  return !has_group || skip_picture_group(reader);
}

bool read_descriptor(ByteReader& reader, PacketInfo& info) {
  const auto first = reader.try_u8();
  if (!first) return false;
  const bool flexible = (*first & kFlexible) != 0;
  const bool has_picture_id = (*first & kHasPictureId) != 0;
  info.starts_frame = (*first & kStartsFrame) != 0;
  info.ends_frame = (*first & kEndsFrame) != 0;
  info.inter_picture_predicted = (*first & kInterPicture) != 0;
  info.unused_by_upper_layers = (*first & kUnusedByUpperLayers) != 0;
  if (flexible && !has_picture_id) return false;
  if (has_picture_id && !read_picture_id(reader, info)) return false;
  if ((*first & kHasLayers) != 0 && !read_layers(reader, flexible, info)) return false;
  if (flexible && info.inter_picture_predicted && !skip_references(reader)) return false;
  return (*first & kHasStructure) == 0 || read_structure(reader, info);
}

}  // namespace

Result<PacketInfo> describe_vp9(ByteView payload, bool marker) {
  ByteReader reader(payload);
  PacketInfo info;
  if (!read_descriptor(reader, info) || reader.empty()) return DropReason::kPayloadMalformed;
  // A picture group of many pictures could exceed this; none of a real encoder comes near.
  if (reader.offset() > std::numeric_limits<std::uint8_t>::max()) return DropReason::kPayloadMalformed;
  info.descriptor_size = static_cast<std::uint8_t>(reader.offset());
  info.ends_picture = marker;
  info.keyframe = info.starts_frame && !info.inter_picture_predicted && info.spatial_id == 0;
  return info;
}

bool patch_vp9_descriptor(ByteSpan descriptor, const Vp9Patch& patch) {
  ByteReader reader(descriptor);
  PacketInfo info;
  if (!read_descriptor(reader, info)) return false;
  std::size_t offset = 1;
  if (info.picture_id) {
    const std::uint16_t id = patch.picture_id.value_or(*info.picture_id);
    if (info.picture_id_long) {
      store_be<std::uint16_t>(&descriptor[offset], static_cast<std::uint16_t>((kLongPictureId << 8U) | (id & 0x7fffU)));
      offset += 2;
    } else {
      descriptor[offset++] = id & 0x7fU;
    }
  }
  if (info.tl0_pic_idx && patch.tl0_pic_idx) descriptor[offset + 1] = *patch.tl0_pic_idx;
  return true;
}

}  // namespace parley::codec

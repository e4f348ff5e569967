#include "codec/vp8.h"

namespace parley::codec {
namespace {

// First octet.
constexpr std::uint8_t kExtended = 0x80;
constexpr std::uint8_t kNonReference = 0x20;
constexpr std::uint8_t kStartOfPartition = 0x10;
constexpr std::uint8_t kPartitionMask = 0x07;
// Extension octet.
constexpr std::uint8_t kHasPictureId = 0x80;
constexpr std::uint8_t kHasTl0PicIdx = 0x40;
constexpr std::uint8_t kHasTid = 0x20;
constexpr std::uint8_t kHasKeyIdx = 0x10;
// Octet of T and K.
constexpr std::uint8_t kLayerSync = 0x20;
constexpr std::uint8_t kKeyIdxMask = 0x1f;

constexpr std::uint8_t kLongPictureId = 0x80;
constexpr std::uint16_t kPictureIdMask = 0x7fff;

struct Descriptor {
  std::uint8_t first = 0;
  std::uint8_t extension = 0;
  std::optional<std::uint16_t> picture_id;
  bool picture_id_long = false;
  std::optional<std::uint8_t> tl0_pic_idx;
  std::optional<std::uint8_t> tid_key;
  std::size_t size = 0;
};

// False when cut short.
bool read_picture_id(ByteReader& reader, Descriptor& out) {
  const auto head = reader.peek_u8();
  if (!head) return false;
  out.picture_id_long = (*head & kLongPictureId) != 0;
  if (!out.picture_id_long) {
    out.picture_id = reader.try_u8();
    return true;
  }
  const auto both = reader.try_u16();
  if (!both) return false;
  out.picture_id = *both & kPictureIdMask;
  return true;
}

std::optional<Descriptor> read_descriptor(ByteView payload) {
  ByteReader reader(payload);
  Descriptor out;
  const auto first = reader.try_u8();
  if (!first) return std::nullopt;
  out.first = *first;
  if ((out.first & kExtended) != 0) {
    const auto extension = reader.try_u8();
    if (!extension) return std::nullopt;
    out.extension = *extension;
  }
  if ((out.extension & kHasPictureId) != 0 && !read_picture_id(reader, out)) return std::nullopt;
  if ((out.extension & kHasTl0PicIdx) != 0) {
    out.tl0_pic_idx = reader.try_u8();
    if (!out.tl0_pic_idx) return std::nullopt;
  }
  if ((out.extension & (kHasTid | kHasKeyIdx)) != 0) {
    out.tid_key = reader.try_u8();
    if (!out.tid_key) return std::nullopt;
  }
  out.size = reader.offset();
  return out;
}

// RFC 6386 section 9.1: the frame tag (bit 0 is 0 for a key frame), and on key frames a start code and the dimensions
// in little-endian order, 14 bits each below a 2-bit scale.
void read_frame_header(ByteView frame, PacketInfo& info) {
  constexpr std::uint32_t kStartCode = 0x9d012a;
  info.keyframe = (frame[0] & 1U) == 0;
  if (!info.keyframe || frame.size() < 10) return;
  ByteReader reader(frame.subspan(3));
  if (reader.try_u24() != kStartCode) return;
  const auto size = reader.rest();
  info.width = static_cast<std::uint16_t>((size[0] | (size[1] << 8U)) & 0x3fff);
  info.height = static_cast<std::uint16_t>((size[2] | (size[3] << 8U)) & 0x3fff);
}

}  // namespace

Result<PacketInfo> describe_vp8(ByteView payload, bool marker) {
  const auto descriptor = read_descriptor(payload);
  if (!descriptor || descriptor->size == payload.size()) return DropReason::kPayloadMalformed;
  PacketInfo info;
  info.starts_frame = (descriptor->first & kStartOfPartition) != 0 && (descriptor->first & kPartitionMask) == 0;
  info.ends_frame = marker;
  info.ends_picture = marker;
  info.discardable = (descriptor->first & kNonReference) != 0;
  info.picture_id = descriptor->picture_id;
  info.picture_id_long = descriptor->picture_id_long;
  info.tl0_pic_idx = descriptor->tl0_pic_idx;
  if ((descriptor->extension & kHasTid) != 0) {
    info.temporal_id = *descriptor->tid_key >> 6U;
    info.temporal_switch_up = (*descriptor->tid_key & kLayerSync) != 0;
  }
  if ((descriptor->extension & kHasKeyIdx) != 0) info.key_idx = *descriptor->tid_key & kKeyIdxMask;
  info.descriptor_size = static_cast<std::uint8_t>(descriptor->size);
  if (info.starts_frame) read_frame_header(payload.subspan(descriptor->size), info);
  return info;
}

std::size_t write_vp8_descriptor(ByteSpan out, ByteView original_payload, const Vp8Patch& patch) {
  const auto original = read_descriptor(original_payload);
  if (!original) return 0;
  ByteWriter writer(out);
  writer.u8(original->first);
  if ((original->first & kExtended) != 0) writer.u8(original->extension);
  if (original->picture_id) {
    const std::uint16_t id = patch.picture_id.value_or(*original->picture_id) & kPictureIdMask;
    if (patch.picture_id || original->picture_id_long) {
      writer.u16(static_cast<std::uint16_t>(id | (kLongPictureId << 8U)));
    } else {
      writer.u8(static_cast<std::uint8_t>(id));
    }
  }
  if (original->tl0_pic_idx) writer.u8(patch.tl0_pic_idx.value_or(*original->tl0_pic_idx));
  if (original->tid_key) {
    std::uint8_t tid_key = *original->tid_key;
    if (patch.key_idx && (original->extension & kHasKeyIdx) != 0) {
      tid_key = static_cast<std::uint8_t>((tid_key & ~kKeyIdxMask) | (*patch.key_idx & kKeyIdxMask));
    }
    writer.u8(tid_key);
  }
  return writer.ok() ? writer.size() : 0;
}

}  // namespace parley::codec

#include <algorithm>

#include "codec/bits.h"
#include "codec/dependency_descriptor.h"

namespace parley::codec {
namespace {

constexpr std::size_t kMandatorySize = 3;
constexpr std::size_t kMandatoryBits = 8 * kMandatorySize;
constexpr std::size_t kFlagBits = 5;
constexpr std::uint32_t kMaskFlag = 0x08;  // among the five flags

bool describes(const FrameDescriptor& frame, ByteView value) {
  if (value.size() < kMandatorySize) return false;
  const bool same_frame =
      (value[0] & 0x3fU) == frame.template_id && load_be<std::uint16_t>(&value[1]) == frame.frame_number;
  if (!same_frame || frame.end_bit_offset > value.size() * 8) return false;
  if (value.size() == kMandatorySize) return !frame.active_decode_targets_present;
  const std::size_t mask_bits = frame.active_decode_targets_present ? frame.decode_target_count : 0U;
  return frame.mask_bit_offset >= kMandatoryBits + kFlagBits &&
         frame.mask_bit_offset + mask_bits <= frame.end_bit_offset;
}

std::size_t write_with_mask(ByteSpan out, ByteView original, const FrameDescriptor& frame, std::uint32_t mask) {
  BitReader reader(original);
  BitWriter writer(out);
  writer.copy(reader, kMandatoryBits);
  if (original.size() == kMandatorySize) {
    writer.bits(kMaskFlag, kFlagBits).bits(mask, frame.decode_target_count);
    return writer.ok() ? writer.byte_size() : 0;
  }
  writer.bits(reader.bits(kFlagBits) | kMaskFlag, kFlagBits);
  writer.copy(reader, frame.mask_bit_offset - reader.offset());
  writer.bits(mask, frame.decode_target_count);
  if (frame.active_decode_targets_present) reader.bits(frame.decode_target_count);
  writer.copy(reader, frame.end_bit_offset - reader.offset());
  return writer.ok() && reader.ok() ? writer.byte_size() : 0;
}

std::size_t write_copy(ByteSpan out, ByteView original) {
  if (out.size() < original.size()) return 0;
  std::copy(original.begin(), original.end(), out.begin());
  return original.size();
}

}  // namespace

std::size_t rewrite_dependency_descriptor(ByteSpan out, ByteView original, const FrameDescriptor& frame,
                                          const DescriptorPatch& patch) {
  if (!describes(frame, original)) return 0;
  const std::size_t size = patch.active_decode_targets
                               ? write_with_mask(out, original, frame, *patch.active_decode_targets)
                               : write_copy(out, original);
  if (size != 0 && patch.frame_number) store_be<std::uint16_t>(&out[1], *patch.frame_number);
  return size;
}

}  // namespace parley::codec

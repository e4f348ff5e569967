#include "codec/av1.h"

namespace parley::codec {

Result<PacketInfo> describe_av1(ByteView payload, bool marker) {
  constexpr std::uint8_t kContinuesPrevious = 0x80;
  constexpr std::uint8_t kNewSequence = 0x08;
  if (payload.size() < 2) return DropReason::kPayloadMalformed;
  PacketInfo info;
  info.starts_frame = (payload[0] & kContinuesPrevious) == 0;
  info.keyframe = (payload[0] & kNewSequence) != 0;
  if (info.keyframe && !info.starts_frame) return DropReason::kPayloadMalformed;
  info.ends_frame = marker;
  info.ends_picture = marker;
  info.descriptor_size = 1;
  return info;
}

}  // namespace parley::codec

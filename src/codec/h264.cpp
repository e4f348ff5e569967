#include "codec/h264.h"

#include <cstdint>

namespace parley::codec {
namespace {

constexpr std::uint8_t kIdrSlice = 5;
constexpr std::uint8_t kSequenceParameterSet = 7;
constexpr std::uint8_t kLastSingleType = 23;
constexpr std::uint8_t kStapA = 24;
constexpr std::uint8_t kFuA = 28;

// What the NAL units of one packet amount to.
struct Summary {
  bool keyframe = false;
  bool has_slice = false;
  bool has_reference = false;

  void add(std::uint8_t type, std::uint8_t header) {
    keyframe = keyframe || type == kIdrSlice || type == kSequenceParameterSet;
    has_slice = has_slice || (type >= 1 && type <= kIdrSlice);
    has_reference = has_reference || (header & 0x60U) != 0;
  }
};

bool add_aggregated(ByteReader reader, Summary& summary) {
  if (reader.empty()) return false;
  while (!reader.empty()) {
    const auto size = reader.try_u16();
    const auto unit = size ? reader.try_bytes(*size) : std::nullopt;
    if (!unit || unit->empty()) return false;
    summary.add((*unit)[0] & 0x1fU, (*unit)[0]);
  }
  return true;
}

}  // namespace

Result<PacketInfo> describe_h264(ByteView payload, bool marker) {
  ByteReader reader(payload);
  const auto header = reader.try_u8();
  if (!header) return DropReason::kPayloadMalformed;
  const std::uint8_t type = *header & 0x1fU;
  PacketInfo info;
  Summary summary;
  if (type >= 1 && type <= kLastSingleType) {
    summary.add(type, *header);
  } else if (type == kStapA) {
    if (!add_aggregated(reader, summary)) return DropReason::kPayloadMalformed;
  } else if (type == kFuA) {
    const auto fu = reader.try_u8();
    if (!fu || reader.empty()) return DropReason::kPayloadMalformed;
    const bool start = (*fu & 0x80U) != 0;
    const bool end = (*fu & 0x40U) != 0;
    if (start && end) return DropReason::kPayloadMalformed;
    info.starts_frame = start;
    summary.add(*fu & 0x1fU, *header);
  } else {
    return DropReason::kPayloadMalformed;
  }
  info.keyframe = summary.keyframe && info.starts_frame;
  info.discardable = summary.has_slice && !summary.has_reference;
  info.ends_frame = marker;
  info.ends_picture = marker;
  return info;
}

}  // namespace parley::codec

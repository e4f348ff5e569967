#include "codec/h265.h"

#include <algorithm>
#include <cstdint>

namespace parley::codec {
namespace {

constexpr std::uint8_t kFirstSubLayerAccess = 2;  // TSA_N, TSA_R, STSA_N, STSA_R
constexpr std::uint8_t kLastSubLayerAccess = 5;
constexpr std::uint8_t kFirstIrap = 16;  // BLA, IDR, CRA
constexpr std::uint8_t kLastIrap = 21;
constexpr std::uint8_t kVideoParameterSet = 32;
constexpr std::uint8_t kSequenceParameterSet = 33;
constexpr std::uint8_t kAggregation = 48;
constexpr std::uint8_t kFragmentation = 49;

constexpr std::uint8_t type_of(std::uint16_t header) { return (header >> 9U) & 0x3fU; }

struct Summary {
  bool keyframe = false;
  bool switch_up = false;

  void add(std::uint8_t type) {
    keyframe = keyframe || (type >= kFirstIrap && type <= kLastIrap) || type == kVideoParameterSet ||
               type == kSequenceParameterSet;
    switch_up = switch_up || (type >= kFirstSubLayerAccess && type <= kLastSubLayerAccess);
  }
};

bool add_aggregated(ByteReader reader, Summary& summary) {
  if (reader.empty()) return false;
  while (!reader.empty()) {
    const auto size = reader.try_u16();
    const auto unit = size ? reader.try_bytes(*size) : std::nullopt;
    if (!unit || unit->size() < 2) return false;
    summary.add(type_of(load_be<std::uint16_t>(unit->data())));
  }
  return true;
}

}  // namespace

Result<PacketInfo> describe_h265(ByteView payload, bool marker) {
  ByteReader reader(payload);
  const auto header = reader.try_u16();
  if (!header || (*header & 7U) == 0) return DropReason::kPayloadMalformed;  // a TID field of 0 is forbidden
  const std::uint8_t type = type_of(*header);
  PacketInfo info;
  Summary summary;
  if (type < kAggregation) {
    summary.add(type);
  } else if (type == kAggregation) {
    if (!add_aggregated(reader, summary)) return DropReason::kPayloadMalformed;
  } else if (type == kFragmentation) {
    const auto fu = reader.try_u8();
    if (!fu || reader.empty()) return DropReason::kPayloadMalformed;
    const bool start = (*fu & 0x80U) != 0;
    const bool end = (*fu & 0x40U) != 0;
    if (start && end) return DropReason::kPayloadMalformed;
    info.starts_frame = start;
    summary.add(*fu & 0x3fU);
  } else {
    return DropReason::kPayloadMalformed;
  }
  info.temporal_id = std::min<std::uint8_t>((*header & 7U) - 1U, kMaxTemporalLayers - 1);
  info.keyframe = summary.keyframe && info.starts_frame;
  info.temporal_switch_up = summary.switch_up && info.starts_frame;
  info.ends_frame = marker;
  info.ends_picture = marker;
  return info;
}

}  // namespace parley::codec

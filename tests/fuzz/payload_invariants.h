// What holds for every described payload (codec/describe.h).
#pragma once

#include "codec/describe.h"

namespace parley::codec {

inline void check(bool holds) {
  if (!holds) __builtin_trap();
}

inline void check_invariants(const PacketInfo& info, ByteView payload, bool marker) {
  check(info.spatial_id < kMaxSpatialLayers);
  check(info.temporal_id < kMaxTemporalLayers);
  check(info.descriptor_size <= payload.size());
  check(!info.keyframe || info.starts_frame);
  check(info.ends_picture == marker);
}

// The first byte of the input is the marker, the rest the payload.
inline void describe_input(Codec codec, ByteView input) {
  if (input.empty()) return;
  const bool marker = (input[0] & 1U) != 0;
  const ByteView payload = input.subspan(1);
  const auto info = describe(codec, payload, marker);
  if (info) check_invariants(*info, payload, marker);
}

}  // namespace parley::codec

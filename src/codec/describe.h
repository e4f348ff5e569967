// One entry to all payload formats.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "codec/packet_info.h"

namespace parley::codec {

// `payload` is one RTP payload without padding; `marker` the RTP marker bit. For audio the result holds defaults only.
// Holds for every result: spatial_id < kMaxSpatialLayers, temporal_id < kMaxTemporalLayers (higher temporal layers
// count as the highest), descriptor_size <= payload.size(), and keyframe only where starts_frame. Error:
// kPayloadMalformed.
Result<PacketInfo> describe(Codec codec, ByteView payload, bool marker);

}  // namespace parley::codec

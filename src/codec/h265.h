// H.265 in RTP (RFC 7798): single NAL unit packets (section 4.4.1), aggregation packets (4.4.2) and fragmentation units
// (4.4.3). DONL fields are never negotiated here (sprop-max-don-diff absent), PACI packets count as malformed.
//
//   0                   1                                   0 1 2 3 4 5 6 7
//   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5             FU header  |S|E|  FuType   |
//  |F|   type    |  layer id |TID+1|    AP  | payload header | size16 | NAL unit | size16 | …
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "codec/packet_info.h"

namespace parley::codec {

// Reads NAL unit headers only: slices may be encrypted end to end.
//  - keyframe: a VPS, an SPS or an IRAP picture (IDR, BLA, CRA) begins in this packet. A PPS alone is no place to
//  start.
//  - starts_frame: as in describe_h264. temporal_switch_up: a TSA or STSA picture begins here.
// Error: kPayloadMalformed.
Result<PacketInfo> describe_h265(ByteView payload, bool marker);

}  // namespace parley::codec

// AV1 in RTP (https://aomediacodec.github.io/av1-rtp-spec/ section 4.4): the aggregation header, one byte.
//
//    0 1 2 3 4 5 6 7
//   |Z|Y| W |N|-|-|-|
//
// Z: the first OBU element continues one of the packet before. Y: the last one is continued in the next packet. W:
// count of OBU elements, 0 when each tells its length. N: the first packet of a coded video sequence.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "codec/packet_info.h"

namespace parley::codec {

// Reads the aggregation header only; layers and frame borders come from the dependency descriptor (apply()), without
// which starts_frame means "continues nothing" and ends_frame means "ends the temporal unit".
// Error: kPayloadMalformed (empty, no OBU behind the header, or N together with Z).
Result<PacketInfo> describe_av1(ByteView payload, bool marker);

}  // namespace parley::codec

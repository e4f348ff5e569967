// H.264 in RTP (RFC 6184): single NAL unit packets (section 5.6), STAP-A (5.7.1) and FU-A (5.8). The decoding-order
// types of interleaved mode (STAP-B, MTAP, FU-B) are never negotiated here and count as malformed.
//
//             0 1 2 3 4 5 6 7                  0 1 2 3 4 5 6 7
//  NAL unit  |F|NRI|  type   |    FU header   |S|E|R|  type   |    STAP-A  |0x18| size16 | NAL unit | size16 | …
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "codec/packet_info.h"

namespace parley::codec {

// Reads NAL unit headers only: slices may be encrypted end to end.
//  - keyframe: an SPS or an IDR slice begins in this packet.
//  - starts_frame: no NAL unit is continued from the packet before. H.264 does not say more in its headers: a frame of
//    several slices or with parameter sets in packets of their own has several such packets; the timestamp tells them
//    apart.
//  - ends_frame, ends_picture: the marker. discardable: slices with nal_ref_idc 0.
// Error: kPayloadMalformed.
Result<PacketInfo> describe_h264(ByteView payload, bool marker);

}  // namespace parley::codec

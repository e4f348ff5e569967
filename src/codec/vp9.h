// VP9 in RTP (RFC 9628 section 4.2): the payload descriptor, flexible (F=1) and non-flexible mode.
//
//    0 1 2 3 4 5 6 7
//   |I|P|L|F|B|E|V|Z|   always
// I |M| picture id  |   7 bits, or 15 when M is set
//   |  picture id   |
// L | TID |U| SID |D|
//   |   TL0PICIDX   |   with L, non-flexible mode only
// FP|   P_DIFF    |N|   up to three, flexible mode and P=1
// V | N_S |Y|G| RSV |   scalability structure: sizes when Y, picture group when G
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "codec/packet_info.h"

namespace parley::codec {

// Reads the descriptor only. keyframe marks the first packet of a key picture (P=0, B=1, spatial layer 0); width and
// height are those of the highest spatial layer, where a scalability structure tells them. Error: kPayloadMalformed
// (cut short, nothing behind the descriptor, more than kMaxSpatialLayers layers, flexible mode without a picture id).
Result<PacketInfo> describe_vp9(ByteView payload, bool marker);

// What a subscriber's stream numbers differently. A field that the original lacks stays absent.
struct Vp9Patch {
  std::optional<std::uint16_t> picture_id{};  // written in the width that the payload has: low 15 or low 7 bits
  std::optional<std::uint8_t> tl0_pic_idx{};
};

// Overwrites in place. `descriptor` starts where the payload does and holds at least its descriptor_size bytes; its
// size never changes. false, and nothing written, when it is too short.
bool patch_vp9_descriptor(ByteSpan descriptor, const Vp9Patch& patch);

}  // namespace parley::codec

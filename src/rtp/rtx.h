// RFC 4588: retransmission in a stream of its own (SSRC-multiplexed).
//
//  |  RTP header: the retransmission stream's SSRC, PT, sequence   |
//  |            OSN                |  original RTP payload …       |
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/result.h"
#include "rtp/packet_view.h"

namespace parley::rtp {

inline constexpr std::size_t kRtxHeaderSize = 2;  // the original sequence number (OSN)

struct RtxOrigin {
  Ssrc ssrc;
  PayloadType payload_type;
};

// Makes the original packet of a retransmission, in place: restores sequence, SSRC and payload type, takes the OSN and
// the padding out, keeps marker, timestamp, CSRCs and extensions. `view` must have been parsed from `packet`; it is
// stale afterwards. Answers the original's size. Errors: kPaddingOnly (a probe on the retransmission stream: nothing to
// restore), kRtxMalformed (no room for an OSN).
Result<std::size_t> restore_from_rtx(ByteSpan packet, const PacketView& view, const RtxOrigin& origin);

// The number of the packet that view retransmits, before anything is changed. Errors as above.
Result<std::uint16_t> original_sequence(const PacketView& view);

// Writes the payload of a retransmission: OSN and the original payload. False, with nothing written, when it does not
// fit.
[[nodiscard]] bool write_rtx_payload(ByteWriter& out, std::uint16_t original_sequence, ByteView original_payload);

}  // namespace parley::rtp

// RFC 4585 section 6.3.1: picture loss indication, a head and two SSRCs.
//
//  |V=2|P|  FMT=1  |    PT=206     |           length=2            |
//  |                     SSRC of packet sender                     |
//  |                      SSRC of media source                     |
#pragma once

#include "rtp/rtcp/raw_packet.h"

namespace parley::rtp::rtcp {

struct Pli {
  FeedbackSsrcs ssrcs;

  // Errors: kRtcpMalformed.
  static Result<Pli> parse(const RawPacket& raw);
};

// False, with nothing written, when it does not fit.
[[nodiscard]] bool write_pli(ByteWriter& out, const FeedbackSsrcs& ssrcs);

}  // namespace parley::rtp::rtcp

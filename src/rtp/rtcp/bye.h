// RFC 3550 section 6.6: BYE.
//
//  |V=2|P|   SC    |   PT=BYE=203  |            length             |
//  |                       SSRC/CSRC (SC × 4)                      |
//  |    length     |   reason for leaving …                        |   optional
#pragma once

#include <span>
#include <string_view>

#include "rtp/rtcp/raw_packet.h"
#include "rtp/rtcp/wire_list.h"

namespace parley::rtp::rtcp {

struct Bye {
  WireList<Ssrc> ssrcs;
  std::string_view reason;  // empty when absent; borrows the packet, not necessarily UTF-8

  // Errors: kRtcpMalformed.
  static Result<Bye> parse(const RawPacket& raw);
};

// At most 31 sources and 255 bytes of reason. False, with nothing written, when it does not fit.
[[nodiscard]] bool write_bye(ByteWriter& out, std::span<const Ssrc> ssrcs, std::string_view reason = {});

}  // namespace parley::rtp::rtcp

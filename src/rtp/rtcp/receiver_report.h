// RFC 3550 section 6.4.2: RR.
//
//  |V=2|P|   RC    |   PT=RR=201   |            length             |
//  |                     SSRC of packet sender                     |
//  |                  report blocks (RC × 24 octets)               |
#pragma once

#include <span>

#include "rtp/rtcp/raw_packet.h"
#include "rtp/rtcp/report_block.h"

namespace parley::rtp::rtcp {

struct ReceiverReport {
  Ssrc sender;
  WireList<ReportBlock> blocks;

  // Profile-specific extensions after the blocks are passed over. Errors: kRtcpMalformed.
  static Result<ReceiverReport> parse(const RawPacket& raw);
};

// At most 31 blocks. False, with nothing written, when it does not fit.
[[nodiscard]] bool write_receiver_report(ByteWriter& out, Ssrc sender, std::span<const ReportBlock> blocks = {});

}  // namespace parley::rtp::rtcp

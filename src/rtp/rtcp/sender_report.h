// RFC 3550 section 6.4.1: SR.
//
//  |V=2|P|   RC    |   PT=SR=200   |            length             |
//  |                        SSRC of sender                         |
//  |              NTP timestamp, most significant word             |
//  |             NTP timestamp, least significant word             |
//  |                         RTP timestamp                         |
//  |                     sender's packet count                     |
//  |                      sender's octet count                     |
//  |                  report blocks (RC × 24 octets)               |
#pragma once

#include <cstdint>
#include <span>

#include "base/time.h"
#include "rtp/rtcp/raw_packet.h"
#include "rtp/rtcp/report_block.h"

namespace parley::rtp::rtcp {

struct SenderInfo {
  NtpTime ntp;
  std::uint32_t rtp_timestamp = 0;  // of the same instant as ntp
  std::uint32_t packet_count = 0;
  std::uint32_t octet_count = 0;  // payload only
  friend bool operator==(const SenderInfo&, const SenderInfo&) = default;
};

struct SenderReport {
  Ssrc sender;
  SenderInfo info;
  WireList<ReportBlock> blocks;

  // Profile-specific extensions after the blocks are passed over. Errors: kRtcpMalformed.
  static Result<SenderReport> parse(const RawPacket& raw);
};

// At most 31 blocks. False, with nothing written, when it does not fit.
[[nodiscard]] bool write_sender_report(ByteWriter& out, Ssrc sender, const SenderInfo& info,
                                       std::span<const ReportBlock> blocks = {});

}  // namespace parley::rtp::rtcp

// draft-alvestrand-rmcat-remb-03 section 2.2: receiver estimated maximum bitrate, an application-layer PSFB message.
//
//  |V=2|P| FMT=15  |    PT=206     |            length             |
//  |                     SSRC of packet sender                     |
//  |                SSRC of media source (unused, 0)               |
//  |       unique identifier 'R' 'E' 'M' 'B'                       |
//  |  Num SSRC     | BR Exp    |  BR Mantissa (18 bits)            |
//  |                    SSRC feedback (Num × 4)                    |
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "rtp/rtcp/raw_packet.h"
#include "rtp/rtcp/wire_list.h"

namespace parley::rtp::rtcp {

struct Remb {
  Ssrc sender;
  std::uint64_t bitrate = 0;  // bits per second, over all streams named
  WireList<Ssrc> ssrcs;

  // nullopt: an application-layer message of somebody else's. Errors: kRtcpMalformed (also a bitrate past 64 bits).
  static Result<std::optional<Remb>> parse(const RawPacket& raw);
};

// The bitrate is rounded down to 18 significant bits; at most 255 streams. False, with nothing written, when it does
// not fit.
[[nodiscard]] bool write_remb(ByteWriter& out, Ssrc sender, std::uint64_t bitrate, std::span<const Ssrc> ssrcs);

}  // namespace parley::rtp::rtcp

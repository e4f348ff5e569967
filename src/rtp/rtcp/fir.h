// RFC 5104 section 4.3.1: full intra request.
//
//  |V=2|P|  FMT=4  |    PT=206     |            length             |
//  |                     SSRC of packet sender                     |
//  |                SSRC of media source (unused, 0)               |
//  |                   SSRC asked for a keyframe                   |   one or more
//  | Seq nr.       |                   reserved                    |
#pragma once

#include <cstdint>
#include <span>

#include "rtp/rtcp/raw_packet.h"
#include "rtp/rtcp/wire_list.h"

namespace parley::rtp::rtcp {

struct FirEntry {
  Ssrc ssrc;
  std::uint8_t sequence = 0;  // a new number is a new request, the same one a repetition of the last
  friend bool operator==(const FirEntry&, const FirEntry&) = default;
};

template <>
struct Wire<FirEntry> {
  static constexpr std::size_t kSize = 8;
  static FirEntry load(const std::uint8_t* p) { return {Ssrc{load_be<std::uint32_t>(p)}, p[4]}; }
  static void store(ByteWriter& out, const FirEntry& entry) { out.u32(entry.ssrc.value).u8(entry.sequence).zeros(3); }
};

struct Fir {
  Ssrc sender;
  WireList<FirEntry> entries;

  // Errors: kRtcpMalformed (no entry, or a broken one).
  static Result<Fir> parse(const RawPacket& raw);
};

// At least one entry. False, with nothing written, when it does not fit.
[[nodiscard]] bool write_fir(ByteWriter& out, Ssrc sender, std::span<const FirEntry> entries);

}  // namespace parley::rtp::rtcp

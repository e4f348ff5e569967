// RFC 3611: XR, of which the two blocks that let a receiver measure its round trip are used (sections 4.4 and 4.5).
//
//  |V=2|P|reserved |   PT=XR=207   |            length             |
//  |                              SSRC                             |
//  |      BT       | type-specific |  block length (32-bit words)  |   each block
//
//  BT=4, RRTR: NTP timestamp, 8 octets
//  BT=5, DLRR: per receiver SSRC, last RR (LRR), delay since last RR (DLRR), 12 octets
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/time.h"
#include "rtp/rtcp/raw_packet.h"
#include "rtp/rtcp/wire_list.h"

namespace parley::rtp::rtcp {

struct DlrrEntry {
  Ssrc ssrc;                              // of the receiver that sent the RRTR
  std::uint32_t last_rr = 0;              // middle 32 bits of its NTP time
  std::uint32_t delay_since_last_rr = 0;  // in 1/65536 s
  friend bool operator==(const DlrrEntry&, const DlrrEntry&) = default;
};

template <>
struct Wire<DlrrEntry> {
  static constexpr std::size_t kSize = 12;
  static DlrrEntry load(const std::uint8_t* p) {
    return {Ssrc{load_be<std::uint32_t>(p)}, load_be<std::uint32_t>(p + 4), load_be<std::uint32_t>(p + 8)};
  }
  static void store(ByteWriter& out, const DlrrEntry& entry) {
    out.u32(entry.ssrc.value).u32(entry.last_rr).u32(entry.delay_since_last_rr);
  }
};

struct ExtendedReport {
  Ssrc sender;
  std::optional<NtpTime> receiver_reference_time;  // RRTR; the first one counts
  WireList<DlrrEntry> dlrr;                        // the first DLRR block's entries

  // Blocks of other types are passed over. Errors: kRtcpMalformed.
  static Result<ExtendedReport> parse(const RawPacket& raw);
};

// Writes an RRTR block when a time is given and a DLRR block when there are entries. False, with nothing written, when
// it does not fit.
[[nodiscard]] bool write_extended_report(ByteWriter& out, Ssrc sender, std::optional<NtpTime> receiver_reference_time,
                                         std::span<const DlrrEntry> dlrr = {});

}  // namespace parley::rtp::rtcp

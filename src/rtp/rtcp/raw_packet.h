// RFC 3550 section 6.4 and RFC 4585 section 6.1: the head that every RTCP packet of a compound shares.
//
//   0                   1                   2                   3
//  |V=2|P| RC/FMT  |      PT       |  length in 32-bit words - 1   |
//  |                 body, then padding when P                     |
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/result.h"

namespace parley::rtp::rtcp {

inline constexpr std::uint8_t kTypeSenderReport = 200;
inline constexpr std::uint8_t kTypeReceiverReport = 201;
inline constexpr std::uint8_t kTypeSdes = 202;
inline constexpr std::uint8_t kTypeBye = 203;
inline constexpr std::uint8_t kTypeApp = 204;
inline constexpr std::uint8_t kTypeTransportFeedback = 205;  // RTPFB: NACK, transport-cc
inline constexpr std::uint8_t kTypePayloadFeedback = 206;    // PSFB: PLI, FIR, REMB
inline constexpr std::uint8_t kTypeExtendedReport = 207;

inline constexpr std::uint8_t kFormatNack = 1;          // of RTPFB, RFC 4585
inline constexpr std::uint8_t kFormatTransportCc = 15;  // of RTPFB
inline constexpr std::uint8_t kFormatPli = 1;           // of PSFB, RFC 4585
inline constexpr std::uint8_t kFormatFir = 4;           // of PSFB, RFC 5104
inline constexpr std::uint8_t kFormatApplication = 15;  // of PSFB; REMB is one of them

inline constexpr std::size_t kHeadSize = 4;
inline constexpr std::size_t kMaxCount = 31;  // RC has five bits

struct RawPacket {
  std::uint8_t count = 0;  // RC, SC or FMT: the low five bits of the first octet
  std::uint8_t type = 0;
  ByteView body;  // without head and padding; borrows the packet

  // Reads one packet and leaves the reader after it. Padding is accepted in any packet of a compound, not only in the
  // last: transport-cc senders pad theirs wherever it stands. Errors: kRtcpMalformed.
  static Result<RawPacket> read(ByteReader& reader);
};

// Who sends a feedback message, and which stream it is about: the first eight octets of every RTPFB and PSFB body.
struct FeedbackSsrcs {
  Ssrc sender;
  Ssrc media;
  friend bool operator==(const FeedbackSsrcs&, const FeedbackSsrcs&) = default;
};
inline constexpr std::size_t kFeedbackSsrcsSize = 8;
// Errors: kRtcpMalformed.
Result<FeedbackSsrcs> read_feedback_ssrcs(ByteReader& body);

// Writes the head of a packet whose body has body_size bytes (a multiple of four). False, with nothing written, when
// the whole packet does not fit or cannot be expressed: so a writer never leaves half a packet in a compound.
[[nodiscard]] bool begin_packet(ByteWriter& out, std::size_t count, std::uint8_t type, std::size_t body_size,
                                bool padded = false);

}  // namespace parley::rtp::rtcp

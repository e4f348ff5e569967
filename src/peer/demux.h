// RFC 7983: which protocol a datagram on the shared port belongs to, by its first byte. The one place that decides.
//
//   0..3    STUN        20..63   DTLS        128..191  RTP/RTCP     (64..79 TURN channels: not ours)
#pragma once

#include "base/bytes.h"

namespace parley::peer {

enum class DatagramKind { kStun, kDtls, kRtp, kRtcp, kUnknown };

// RTP and RTCP share 128..191; RFC 5761 section 4 tells them apart by the second byte: RTCP types are 192..223.
constexpr DatagramKind classify(ByteView datagram) {
  if (datagram.empty()) return DatagramKind::kUnknown;
  const std::uint8_t first = datagram[0];
  if (first <= 3) return DatagramKind::kStun;
  if (first >= 20 && first <= 63) return DatagramKind::kDtls;
  if (first >= 128 && first <= 191) {
    if (datagram.size() < 2) return DatagramKind::kUnknown;
    return datagram[1] >= 192 && datagram[1] <= 223 ? DatagramKind::kRtcp : DatagramKind::kRtp;
  }
  return DatagramKind::kUnknown;
}

}  // namespace parley::peer

// STUN framing (RFC 8489 sections 5 and 14), as far as we read it ourselves: enough to route a message and to be sure
// that libnice, which does the rest, is never shown an attribute of a size it does not expect.
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |0 0|     STUN Message Type     |         Message Length        |
//   |                  Magic Cookie = 0x2112A442                    |
//   |                     Transaction ID (96 bits)                  |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |         Type                  |            Length             |  attributes, each
//   |                         Value (variable)                ....     padded to 4 bytes
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace parley::ice {

inline constexpr std::uint32_t kStunMagicCookie = 0x2112A442;
inline constexpr std::size_t kStunHeaderSize = 20;
inline constexpr std::uint16_t kBindingRequest = 0x0001;
inline constexpr std::uint16_t kBindingSuccess = 0x0101;
inline constexpr std::uint16_t kBindingError = 0x0111;

struct StunFrame {
  std::uint16_t type = 0;
  ByteView transaction;  // magic cookie and transaction id, 16 bytes
  std::optional<std::string_view> username;
  bool has_fingerprint = false;
};

// Views point into `stun`. Error kStunMalformed: not one whole STUN message, or an attribute among USERNAME,
// MESSAGE-INTEGRITY, FINGERPRINT, PRIORITY, USE-CANDIDATE, ICE-CONTROLLED and ICE-CONTROLLING of an impossible size, or
// something after FINGERPRINT.
Result<StunFrame> parse_stun_frame(ByteView stun);

}  // namespace parley::ice

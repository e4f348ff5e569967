// RFC 3550 section 5.1: the RTP header, read without copying.
//
//   0                   1                   2                   3
//  |V=2|P|X|  CC   |M|     PT      |       sequence number         |
//  |                           timestamp                           |
//  |                             SSRC                              |
//  |                        CSRC list (CC × 4)                     |
//  |      profile (0xBEDE | 0x100x)    |   length in 32-bit words   |   when X
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/result.h"

namespace parley::rtp {

inline constexpr std::size_t kFixedHeaderSize = 12;

struct PacketView {
  bool marker = false;
  PayloadType payload_type;
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;
  Ssrc ssrc;
  ByteView csrcs;                       // 4 bytes each
  std::uint16_t extension_profile = 0;  // 0 when there is no extension block
  ByteView extensions;                  // the block's elements, without its 4-byte head
  ByteView payload;                     // without padding
  std::uint8_t padding = 0;             // octets of padding at the end
  std::uint16_t header_size = 0;        // offset of the payload

  // Checks every length against the packet's end. The view borrows bytes.
  // Errors: kRtpMalformed.
  static Result<PacketView> parse(ByteView bytes);
};

// Where the SSRC of an SRTP packet stands, before it is decrypted. nullopt when shorter than a fixed header.
std::optional<Ssrc> peek_ssrc(ByteView bytes);

}  // namespace parley::rtp

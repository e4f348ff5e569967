// What is looked at before a packet is given to usrsctp (RFC 9260 section 3): that its chunks lie within it and are of
// the kinds that a data channel needs, and that the parameters inside them lie within those. So the protocol extensions
// that WebRTC does not use stay out of an attacker's reach, and a parameter of length 0 does too, over which usrsctp
// 0.9.5 never gets to the next one while it holds its locks.
//
//   common header, 12 bytes                    each chunk
//   +---------------+---------------+          +-------+-------+---------------+
//   |  source port  |   dest. port  |          | type  | flags |     length    |  4 bytes and more,
//   +---------------+---------------+          +-------+-------+---------------+  padded to a multiple of 4
//   |       verification tag        |          |  fixed part                   |
//   +-------------------------------+          +---------------+---------------+
//   |            CRC32c             |          |     type      |    length     |  parameters or error causes:
//   +-------------------------------+          +---------------+---------------+  4 bytes and more, padded likewise
#pragma once

#include "base/bytes.h"
#include "base/result.h"

namespace parley::sctp {

// Error kSctpMalformed: other ports than `port` on both sides, no chunk, a chunk or parameter that is cut off or
// shorter than its header and fixed part, a chunk type that WebRTC does not use, an address in an INIT. The checksum is
// left to usrsctp.
[[nodiscard]] Result<void> check_packet(ByteView packet, std::uint16_t port);

}  // namespace parley::sctp

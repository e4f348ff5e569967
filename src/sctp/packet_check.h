// What is looked at before a packet is given to usrsctp: that its chunks lie within it and are of the kinds that a data
// channel needs (RFC 9260 section 3.2). The rest of usrsctp's protocol extensions are so kept out of an attacker's
// reach.
//
//   common header, 12 bytes                    each chunk
//   +---------------+---------------+          +-------+-------+---------------+
//   |  source port  |   dest. port  |          | type  | flags |     length    |  4 bytes and more,
//   +---------------+---------------+          +-------+-------+---------------+  padded to a multiple of 4
//   |       verification tag        |          |  value ...                    |
//   +-------------------------------+
//   |            CRC32c             |
//   +-------------------------------+
#pragma once

#include "base/bytes.h"
#include "base/result.h"

namespace parley::sctp {

// Error kSctpMalformed: other ports than `port` on both sides, no chunk, a chunk that is cut off, or a chunk type that
// WebRTC does not use. The checksum is left to usrsctp.
[[nodiscard]] Result<void> check_packet(ByteView packet, std::uint16_t port);

}  // namespace parley::sctp

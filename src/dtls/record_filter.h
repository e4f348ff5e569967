// What may be shown to OpenSSL. It fails a handshake for good over many a record that anyone can forge (an unknown
// content type, early application data, a handshake message out of place), although DTLS asks to discard invalid
// records silently (RFC 6347 section 4.1.2.7). So what cannot belong to our handshake is dropped here.
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |  type 20..23  |       version 0xFEFD or 0xFEFF        |  epoch     record, RFC 6347 section 4.1
//   |     epoch     |              sequence number (48 bits)
//   |                                               |    length     |
//   |    length     |  fragment of `length` bytes ...
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |   msg_type    |             message length (24)               |    handshake, section 4.2.2
//   |       message_seq (16)        |      fragment offset (24)
//   |               |             fragment length (24)              |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// An attacker on the path can still forge a plain handshake message that passes; DTLS 1.2 has no defence against that.
#pragma once

#include "base/bytes.h"
#include "dtls/transport.h"

namespace parley::dtls {

// Whole records of plausible content, for a transport of this role. awaiting_hello: a server that has seen no
// ClientHello yet takes nothing else.
bool acceptable_records(ByteView datagram, Role role, bool awaiting_hello);

}  // namespace parley::dtls

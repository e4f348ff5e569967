#include "sctp/packet_check.h"

namespace parley::sctp {
namespace {

constexpr std::size_t kChunkHeader = 4;

constexpr bool is_known_chunk(std::uint8_t type) {
  switch (type) {
    case 0x00:  // DATA
    case 0x01:  // INIT
    case 0x02:  // INIT ACK
    case 0x03:  // SACK
    case 0x04:  // HEARTBEAT
    case 0x05:  // HEARTBEAT ACK
    case 0x06:  // ABORT
    case 0x07:  // SHUTDOWN
    case 0x08:  // SHUTDOWN ACK
    case 0x09:  // ERROR
    case 0x0a:  // COOKIE ECHO
    case 0x0b:  // COOKIE ACK
    case 0x0e:  // SHUTDOWN COMPLETE
    case 0x82:  // RE-CONFIG (RFC 6525)
    case 0x84:  // PAD (RFC 4820)
    case 0xc0:  // FORWARD TSN (RFC 3758)
      return true;
    default:
      return false;
  }
}

}  // namespace

Result<void> check_packet(ByteView packet, std::uint16_t port) {
  ByteReader reader(packet);
  const auto source = reader.try_u16();
  const auto destination = reader.try_u16();
  if (!destination || *source != port || *destination != port) return DropReason::kSctpMalformed;
  if (!reader.try_skip(8) || reader.empty()) return DropReason::kSctpMalformed;
  while (!reader.empty()) {
    const auto type = reader.try_u8();
    const auto flags = reader.try_u8();
    const auto length = reader.try_u16();
    if (!length || !flags || *length < kChunkHeader || !is_known_chunk(*type)) return DropReason::kSctpMalformed;
    if (!reader.try_skip(*length - kChunkHeader)) return DropReason::kSctpMalformed;
    // The last chunk's padding may be missing (section 3.2): receivers are to accept that.
    const std::size_t padding = (4U - *length % 4U) % 4U;
    if (!reader.try_skip(padding) && !reader.try_skip(reader.remaining())) return DropReason::kSctpMalformed;
  }
  return {};
}

}  // namespace parley::sctp

#include "sctp/packet_check.h"

#include <optional>

namespace parley::sctp {
namespace {

constexpr std::size_t kHeader = 4;  // of a chunk and of a parameter alike

struct Layout {
  std::size_t fixed = 0;  // bytes that follow the header always
  bool parameters = false;
};

// nullopt: a chunk type that has no place here.
constexpr std::optional<Layout> layout_of(std::uint8_t type) {
  switch (type) {
    case 0x00:  // DATA; at least one byte of payload
      return Layout{13, false};
    case 0x01:  // INIT
    case 0x02:  // INIT ACK
      return Layout{16, true};
    case 0x03:  // SACK
      return Layout{12, false};
    case 0x04:  // HEARTBEAT
    case 0x05:  // HEARTBEAT ACK
    case 0x06:  // ABORT
    case 0x09:  // ERROR
    case 0x82:  // RE-CONFIG (RFC 6525)
      return Layout{0, true};
    case 0x07:  // SHUTDOWN
    case 0xc0:  // FORWARD TSN (RFC 3758)
      return Layout{4, false};
    case 0x08:  // SHUTDOWN ACK
    case 0x0a:  // COOKIE ECHO
    case 0x0b:  // COOKIE ACK
    case 0x0e:  // SHUTDOWN COMPLETE
    case 0x84:  // PAD (RFC 4820)
      return Layout{0, false};
    default:
      return std::nullopt;
  }
}

// Addresses in an INIT would become further paths of the association; under DTLS there is one.
constexpr bool is_address(std::uint16_t parameter) { return parameter == 5 || parameter == 6 || parameter == 11; }

// Padding of the last element may be missing (section 3.2): receivers are to accept that.
void skip_padding(ByteReader& reader, std::size_t length) {
  const std::size_t padding = (4U - length % 4U) % 4U;
  if (!reader.try_skip(padding)) static_cast<void>(reader.try_skip(reader.remaining()));
}

bool parameters_fit(ByteReader reader, bool init) {
  while (!reader.empty()) {
    const auto type = reader.try_u16();
    const auto length = reader.try_u16();
    if (!length || *length < kHeader || !reader.try_skip(*length - kHeader)) return false;
    if (init && is_address(*type)) return false;
    skip_padding(reader, *length);
  }
  return true;
}

bool chunk_fits(ByteReader& reader) {
  const auto type = reader.try_u8();
  const auto flags = reader.try_u8();
  const auto length = reader.try_u16();
  if (!length || !flags) return false;
  const auto layout = layout_of(*type);
  if (!layout || *length < kHeader + layout->fixed) return false;
  const auto value = reader.try_bytes(*length - kHeader);
  if (!value) return false;
  const bool init = *type == 0x01 || *type == 0x02;
  if (layout->parameters && !parameters_fit(ByteReader(value->subspan(layout->fixed)), init)) return false;
  skip_padding(reader, *length);
  return true;
}

}  // namespace

Result<void> check_packet(ByteView packet, std::uint16_t port) {
  ByteReader reader(packet);
  const auto source = reader.try_u16();
  const auto destination = reader.try_u16();
  if (!destination || *source != port || *destination != port) return DropReason::kSctpMalformed;
  if (!reader.try_skip(8) || reader.empty()) return DropReason::kSctpMalformed;
  while (!reader.empty()) {
    if (!chunk_fits(reader)) return DropReason::kSctpMalformed;
  }
  return {};
}

}  // namespace parley::sctp

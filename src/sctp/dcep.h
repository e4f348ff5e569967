// Data Channel Establishment Protocol (RFC 8832 section 5): one message to open a channel, one to confirm it.
//
//   DATA_CHANNEL_OPEN
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +---------------+---------------+-------------------------------+
//   |   type = 3    | channel type  |           priority            |
//   +---------------+---------------+-------------------------------+
//   |                  reliability parameter                        |
//   +-------------------------------+-------------------------------+
//   |         label length          |        protocol length        |
//   +-------------------------------+-------------------------------+
//   |  label ...  protocol ...                                      |
//
//   DATA_CHANNEL_ACK: the one byte 2
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "sctp/association.h"

namespace parley::sctp {

// SCTP payload protocol identifiers (RFC 8831 section 8). An empty message cannot be sent over SCTP; it goes as one
// byte under an identifier of its own.
enum class Ppid : std::uint32_t {
  kDcep = 50,
  kString = 51,
  kBinary = 53,
  kStringEmpty = 56,
  kBinaryEmpty = 57,
};

inline constexpr std::uint8_t kDcepAck = 2;
inline constexpr std::uint8_t kDcepOpen = 3;

// Errors: kSctpMalformed for another type, an unknown channel type, lengths that do not add up. The reliability
// parameter is 32 bits wide on the wire; what is beyond 16 bits is as good as the most that fits.
[[nodiscard]] Result<ChannelConfig> parse_dcep_open(ByteView message);
// Label and protocol are cut to the 65,535 bytes that their lengths can say.
[[nodiscard]] std::vector<std::uint8_t> write_dcep_open(const ChannelConfig& config);

}  // namespace parley::sctp

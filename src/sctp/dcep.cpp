#include "sctp/dcep.h"

#include <algorithm>
#include <string>

namespace parley::sctp {
namespace {

constexpr std::size_t kOpenHeader = 12;
constexpr std::uint8_t kUnorderedBit = 0x80;
constexpr std::uint8_t kReliable = 0;
constexpr std::uint8_t kRetransmits = 1;
constexpr std::uint8_t kLifetime = 2;
// Section 8.2.2 of RFC 8831: 256 is "normal"; usrsctp's scheduler takes channels in turn regardless.
constexpr std::uint16_t kNormalPriority = 256;
constexpr std::size_t kMaxText = 65535;

}  // namespace

Result<ChannelConfig> parse_dcep_open(ByteView message) {
  ByteReader reader(message);
  const auto type = reader.try_u8();
  const auto channel_type = reader.try_u8();
  const auto priority = reader.try_u16();
  const auto reliability = reader.try_u32();
  const auto label_size = reader.try_u16();
  const auto protocol_size = reader.try_u16();
  if (!protocol_size || *type != kDcepOpen || !priority) return DropReason::kSctpMalformed;
  if (reader.remaining() != std::size_t{*label_size} + *protocol_size) return DropReason::kSctpMalformed;

  ChannelConfig config;
  config.ordered = (*channel_type & kUnorderedBit) == 0;
  const auto limit = static_cast<std::uint16_t>(std::min<std::uint32_t>(*reliability, UINT16_MAX));
  switch (*channel_type & ~kUnorderedBit) {
    case kReliable:
      break;
    case kRetransmits:
      config.max_retransmits = limit;
      break;
    case kLifetime:
      config.max_lifetime_ms = limit;
      break;
    default:
      return DropReason::kSctpMalformed;
  }
  config.label = as_text(*reader.try_bytes(*label_size));
  config.protocol = as_text(*reader.try_bytes(*protocol_size));
  return config;
}

std::vector<std::uint8_t> write_dcep_open(const ChannelConfig& config) {
  const ByteView label = as_bytes(config.label).first(std::min(config.label.size(), kMaxText));
  const ByteView protocol = as_bytes(config.protocol).first(std::min(config.protocol.size(), kMaxText));
  std::uint8_t type = config.ordered ? 0 : kUnorderedBit;
  std::uint32_t reliability = 0;
  if (config.max_retransmits) {
    type |= kRetransmits;
    reliability = *config.max_retransmits;
  } else if (config.max_lifetime_ms) {
    type |= kLifetime;
    reliability = *config.max_lifetime_ms;
  }
  std::vector<std::uint8_t> out(kOpenHeader + label.size() + protocol.size());
  ByteWriter writer(out);
  writer.u8(kDcepOpen).u8(type).u16(kNormalPriority).u32(reliability);
  writer.u16(static_cast<std::uint16_t>(label.size())).u16(static_cast<std::uint16_t>(protocol.size()));
  writer.bytes(label).bytes(protocol);
  return out;
}

}  // namespace parley::sctp

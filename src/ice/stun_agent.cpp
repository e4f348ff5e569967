#include "ice/stun_agent.h"

#include <netinet/in.h>

#include <cstring>

namespace parley::ice {
namespace {

// Any other comprehension-required attribute makes a request answerable only by 420.
constexpr std::uint16_t kKnownAttributes[] = {
    STUN_ATTRIBUTE_MAPPED_ADDRESS, STUN_ATTRIBUTE_USERNAME,           STUN_ATTRIBUTE_MESSAGE_INTEGRITY,
    STUN_ATTRIBUTE_ERROR_CODE,     STUN_ATTRIBUTE_UNKNOWN_ATTRIBUTES, STUN_ATTRIBUTE_XOR_MAPPED_ADDRESS,
    STUN_ATTRIBUTE_PRIORITY,       STUN_ATTRIBUTE_USE_CANDIDATE,      0,
};
constexpr std::size_t kV4Offset = 12;  // of the four bytes within a mapped address

}  // namespace

void init_stun_agent(StunAgent& agent) {
  stun_agent_init(
      &agent, kKnownAttributes, STUN_COMPATIBILITY_RFC5389,
      static_cast<StunAgentUsageFlags>(STUN_AGENT_USAGE_SHORT_TERM_CREDENTIALS | STUN_AGENT_USAGE_USE_FINGERPRINT));
}

socklen_t to_sockaddr(const Address& address, sockaddr_storage& out) {
  out = {};
  if (address.is_v4()) {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(address.port);
    std::memcpy(&v4.sin_addr, address.ip.data() + kV4Offset, 4);
    std::memcpy(&out, &v4, sizeof(v4));
    return sizeof(v4);
  }
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(address.port);
  std::memcpy(&v6.sin6_addr, address.ip.data(), 16);
  std::memcpy(&out, &v6, sizeof(v6));
  return sizeof(v6);
}

std::optional<Address> from_sockaddr(const sockaddr_storage& in, Protocol protocol) {
  Address out;
  if (in.ss_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &in, sizeof(v4));
    std::uint8_t octets[4];
    std::memcpy(octets, &v4.sin_addr, 4);
    out = Address::v4(octets[0], octets[1], octets[2], octets[3], ntohs(v4.sin_port));
  } else if (in.ss_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &in, sizeof(v6));
    std::memcpy(out.ip.data(), &v6.sin6_addr, 16);
    out.port = ntohs(v6.sin6_port);
  } else {
    return std::nullopt;
  }
  out.protocol = protocol;
  return out;
}

}  // namespace parley::ice

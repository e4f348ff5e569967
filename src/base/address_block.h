// A block of addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3): "10.0.0.0/8", "fd00::/8", or one address.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/address.h"

namespace parley {

// True when the first `bits` of ip are those of prefix; both hold at least so many.
[[nodiscard]] bool begins_with(std::span<const std::uint8_t> ip, std::span<const std::uint8_t> prefix, unsigned bits);

class AddressBlock {
 public:
  // nullopt when it is none. Bits beyond the prefix's length are passed over.
  static std::optional<AddressBlock> parse(std::string_view text);

  // IPv4 addresses are in IPv4 blocks alone: "::/0" does not hold the mapped ones.
  [[nodiscard]] bool contains(const Address& address) const {
    return address.is_v4() == prefix_.is_v4() && begins_with(address.ip, prefix_.ip, bits_);
  }

 private:
  AddressBlock(const Address& prefix, unsigned bits) : prefix_(prefix), bits_(bits) {}

  Address prefix_;
  unsigned bits_;  // of the mapped form
};

}  // namespace parley

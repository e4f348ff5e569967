// The addresses of this host, for ICE host candidates.
#pragma once

#include <string>
#include <vector>

#include "base/address.h"

namespace parley::net {

struct InterfaceAddress {
  Address address;  // port 0
  std::string interface;
  bool loopback = false;
};

// Addresses of the interfaces that are up: IPv4 (except 169.254/16) and IPv6 of global scope, unique-local ones
// included (link-local ones need a zone, which candidates cannot carry). Loopback addresses are listed too and flagged.
// IPv4 first, then by interface order.
[[nodiscard]] std::vector<InterfaceAddress> list_interfaces();

}  // namespace parley::net

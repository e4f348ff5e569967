#include "net/interfaces.h"

#include <ifaddrs.h>
#include <net/if.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "net/sockaddr.h"

namespace parley::net {

std::vector<InterfaceAddress> list_interfaces() {
  ifaddrs* head = nullptr;
  if (getifaddrs(&head) != 0) return {};
  const std::unique_ptr<ifaddrs, void (*)(ifaddrs*)> owner(head, freeifaddrs);
  std::vector<InterfaceAddress> out;
  for (const ifaddrs* entry = head; entry != nullptr; entry = entry->ifa_next) {
    if (entry->ifa_addr == nullptr || (entry->ifa_flags & IFF_UP) == 0) continue;
    const int family = entry->ifa_addr->sa_family;
    if (family != AF_INET && family != AF_INET6) continue;
    SockAddr raw{};
    std::memcpy(&raw, entry->ifa_addr, family == AF_INET ? sizeof raw.v4 : sizeof raw.v6);
    Address address = from_sockaddr(raw, Protocol::kUdp);
    address.port = 0;
    if (address.is_link_local()) continue;
    const bool loopback = (entry->ifa_flags & IFF_LOOPBACK) != 0 || address.is_loopback();
    out.push_back({address, entry->ifa_name, loopback});
  }
  std::stable_partition(out.begin(), out.end(), [](const InterfaceAddress& a) { return a.address.is_v4(); });
  return out;
}

}  // namespace parley::net

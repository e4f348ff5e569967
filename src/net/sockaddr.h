// parley::Address to and from the kernel's socket addresses.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include "base/address.h"
#include "base/result.h"
#include "net/unique_fd.h"

namespace parley::net {

// Room for either family; a tenth of sockaddr_storage, which matters in per-packet arrays.
union SockAddr {
  sockaddr sa;
  sockaddr_in v4;
  sockaddr_in6 v6;
};

// AF_INET6 sockets take every Address (IPv4 in its mapped form); AF_INET sockets only IPv4.
// Returns the length to pass on, 0 when the family cannot express the address.
[[nodiscard]] socklen_t to_sockaddr(const Address& address, int family, SockAddr& out);
[[nodiscard]] Address from_sockaddr(const SockAddr& from, Protocol protocol);

// The address that a bound or connected socket has on this side / the other side.
[[nodiscard]] Address local_address_of(int fd, Protocol protocol);

// A nonblocking, close-on-exec socket bound to `local`, whose protocol says UDP or TCP:
//   ::        both families over one socket (IPv4 alone where the kernel has no IPv6)
//   0.0.0.0   IPv4 only
//   otherwise that address only
// Port 0 lets the kernel choose. Error codes: "address_in_use", "permission_denied", "bind_failed"; the message names
// the address, the port and the cause.
struct BoundSocket {
  UniqueFd fd;
  int family = AF_INET6;
};
[[nodiscard]] Result<BoundSocket, Error> open_bound_socket(const Address& local);

}  // namespace parley::net

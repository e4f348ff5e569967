#include "net/sockaddr.h"

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

namespace parley::net {
namespace {

Error bind_error(const Address& local, int cause) {
  const std::string what = std::string(local.protocol == Protocol::kTcp ? "TCP" : "UDP") + " port " +
                           std::to_string(local.port) + " of " + local.ip_text();
  switch (cause) {
    case EADDRINUSE:
      return {"address_in_use", what + ": address in use; stop the other program or choose another port", "port"};
    case EACCES:
      return {"permission_denied", what + ": permission denied; ports below 1024 need CAP_NET_BIND_SERVICE", "port"};
    case EADDRNOTAVAIL:
      return {"bind_failed", what + ": no interface of this host has that address", "address"};
    default:
      return {"bind_failed", what + ": " + std::generic_category().message(cause), "address"};
  }
}

// 0, or the errno of the step that failed.
int try_bind(const Address& local, int family, UniqueFd& out) {
  const bool tcp = local.protocol == Protocol::kTcp;
  UniqueFd fd(socket(family, (tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd) return errno;
  const int on = 1;
  const int off = 0;
  if (family == AF_INET6) setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
  // For TCP this only lets a restart bind while old connections linger; for UDP it would let two servers share a port.
  if (tcp) setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  SockAddr address{};
  const socklen_t length = to_sockaddr(local, family, address);
  if (length == 0) return EAFNOSUPPORT;
  if (::bind(fd.get(), &address.sa, length) != 0) return errno;
  out = std::move(fd);
  return 0;
}

}  // namespace

socklen_t to_sockaddr(const Address& address, int family, SockAddr& out) {
  if (family == AF_INET6) {
    out.v6 = {};
    out.v6.sin6_family = AF_INET6;
    out.v6.sin6_port = htons(address.port);
    std::memcpy(&out.v6.sin6_addr, address.ip.data(), address.ip.size());
    return sizeof out.v6;
  }
  if (!address.is_v4()) return 0;
  out.v4 = {};
  out.v4.sin_family = AF_INET;
  out.v4.sin_port = htons(address.port);
  std::memcpy(&out.v4.sin_addr, address.ip.data() + 12, 4);
  return sizeof out.v4;
}

Address from_sockaddr(const SockAddr& from, Protocol protocol) {
  Address out;
  if (from.sa.sa_family == AF_INET6) {
    std::memcpy(out.ip.data(), &from.v6.sin6_addr, out.ip.size());
    out.port = ntohs(from.v6.sin6_port);
  } else {
    out = Address::v4(0, 0, 0, 0, ntohs(from.v4.sin_port));
    std::memcpy(out.ip.data() + 12, &from.v4.sin_addr, 4);
  }
  out.protocol = protocol;
  return out;
}

Address local_address_of(int fd, Protocol protocol) {
  SockAddr address{};
  socklen_t length = sizeof address;
  if (getsockname(fd, &address.sa, &length) != 0) return {};
  return from_sockaddr(address, protocol);
}

Result<BoundSocket, Error> open_bound_socket(const Address& local) {
  const bool dual = local.is_any() && !local.is_v4();
  BoundSocket out;
  out.family = local.is_v4() ? AF_INET : AF_INET6;
  int cause = try_bind(local, out.family, out.fd);
  // A kernel without IPv6 answers the first, one with IPv6 disabled by sysctl the second.
  if (dual && (cause == EAFNOSUPPORT || cause == EADDRNOTAVAIL)) {
    Address any4 = Address::v4(0, 0, 0, 0, local.port);
    any4.protocol = local.protocol;
    out.family = AF_INET;
    cause = try_bind(any4, AF_INET, out.fd);
  }
  if (cause != 0) return bind_error(local, cause);
  return out;
}

}  // namespace parley::net

// A UDP socket for both families, read in batches.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "base/address.h"
#include "base/drop_reason.h"
#include "base/packet_pool.h"
#include "base/result.h"
#include "net/unique_fd.h"

namespace parley::net {

struct UdpOptions {
  // SO_RCVBUF and SO_SNDBUF wanted. Best effort: the kernel cuts it to net.core.{r,w}mem_max.
  int buffer_bytes = 4 << 20;
  bool gro = true;  // use UDP_GRO where the kernel has it
};

struct UdpReceiveStats {
  std::uint64_t datagrams = 0;  // delivered to the callback
  std::uint64_t bytes = 0;
  std::uint64_t syscalls = 0;
  std::uint64_t gro_segments = 0;  // of `datagrams`, those that came out of a coalesced receive
};

class UdpSocket {
 public:
  // The packet is the callee's; `from` lives for the call only. Already bound to a pool buffer that nobody else holds.
  using OnPacket = std::function<void(PacketRef packet, const Address& from)>;

  // `local` as in open_bound_socket (sockaddr.h): "::" takes both families, port 0 any port. Errors likewise.
  static Result<UdpSocket, Error> bind(Address local, const UdpOptions& options = {});

  UdpSocket(UdpSocket&&) noexcept;
  UdpSocket& operator=(UdpSocket&&) noexcept;
  ~UdpSocket();

  // Delivers what has arrived, in order, up to about kReceiveBudget datagrams so that one busy socket cannot starve its
  // loop (which is level-triggered and calls again). Returns how many were delivered. Counts in `drops`: kPoolExhausted
  // (read and thrown away, so that the loop does not spin), kOversizeDatagram, kEmptyDatagram.
  std::size_t receive_batch(PacketPool& pool, DropCounters& drops, const OnPacket& on_packet);

  [[nodiscard]] int fd() const;
  [[nodiscard]] int family() const;  // AF_INET6 (both families) or AF_INET
  [[nodiscard]] const Address& local_address() const;
  [[nodiscard]] bool gro_enabled() const;
  [[nodiscard]] const UdpReceiveStats& stats() const;

  static constexpr std::size_t kReceiveBudget = 256;

 private:
  struct Impl;
  explicit UdpSocket(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::net

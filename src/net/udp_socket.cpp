#include "net/udp_socket.h"

#include <netinet/udp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "net/sockaddr.h"

namespace parley::net {
namespace {

constexpr std::size_t kSlots = 32;            // datagrams per recvmmsg
constexpr std::size_t kScratch = 64U << 10U;  // the largest coalesced datagram
constexpr std::size_t kControl = CMSG_SPACE(sizeof(int));

void set_buffer(int fd, int option, int bytes) { setsockopt(fd, SOL_SOCKET, option, &bytes, sizeof bytes); }

// Size of the segments that the kernel joined into one datagram; 0: it did not.
std::size_t gro_segment_size(msghdr& header) {
  for (cmsghdr* c = CMSG_FIRSTHDR(&header); c != nullptr; c = CMSG_NXTHDR(&header, c)) {
    if (c->cmsg_level != SOL_UDP || c->cmsg_type != UDP_GRO) continue;
    int size = 0;
    std::memcpy(&size, CMSG_DATA(c), sizeof size);
    return static_cast<std::size_t>(std::max(size, 0));
  }
  return 0;
}

}  // namespace

// A datagram is received straight into a pool packet. With GRO the packet is followed by a scratch buffer: one that
// came alone (most of them, on a real network) is not copied, and of a coalesced one the first segment stays in place
// and the others are copied into packets of their own. A scratch starts with a gap of a packet's size, into which the
// part that fell into the first packet is moved, so that the copied segments lie in a row.
//
// Measured over loopback, 1,200-byte packets, 40 to a burst: a coalesced packet costs 0.10 µs to receive instead of
// 0.34 µs, and one that came alone costs the same with GRO as without, so GRO is on wherever the kernel has it.
struct UdpSocket::Impl {
  struct Slot {
    std::array<iovec, 2> parts{};
    SockAddr from{};
    alignas(cmsghdr) std::array<std::uint8_t, kControl> control{};
  };

  BoundSocket socket;
  Address local;
  bool gro = false;
  UdpReceiveStats stats;
  std::array<mmsghdr, kSlots> headers{};
  std::array<Slot, kSlots> slots{};
  std::unique_ptr<std::uint8_t[]> scratch;  // kSlots (or, without GRO, one) times kScratch

  std::size_t arm(PacketPool& pool, std::array<PacketRef, kSlots>& packets);
  void arm_slot(std::size_t i, ByteSpan first);
  std::size_t deliver(std::size_t slot, PacketRef packet, PacketPool& pool, DropCounters& drops, const OnPacket& sink);
  std::size_t deliver_segments(std::size_t slot, PacketRef first, std::size_t segment, PacketPool& pool,
                               DropCounters& drops, const OnPacket& sink);
  void discard(int count, DropCounters& drops);
  [[nodiscard]] std::uint8_t* scratch_of(std::size_t slot) const { return scratch.get() + (gro ? slot * kScratch : 0); }
};

// The slot's first part is `first`; every field that the kernel changes is set again.
void UdpSocket::Impl::arm_slot(std::size_t i, ByteSpan first) {
  Slot& slot = slots[i];
  msghdr& header = headers[i].msg_hdr;
  slot.parts[0] = {first.data(), first.size()};
  slot.parts[1] = {scratch_of(i) + kMaxPacketSize, kScratch - kMaxPacketSize};
  header = {};
  header.msg_name = &slot.from;
  header.msg_namelen = sizeof slot.from;
  header.msg_iov = slot.parts.data();
  header.msg_iovlen = gro ? 2 : 1;
  header.msg_control = gro ? slot.control.data() : nullptr;
  header.msg_controllen = gro ? slot.control.size() : 0;
}

// Gives every slot a packet; returns how many slots have one.
std::size_t UdpSocket::Impl::arm(PacketPool& pool, std::array<PacketRef, kSlots>& packets) {
  for (std::size_t i = 0; i < kSlots; ++i) {
    if (!packets[i]) packets[i] = pool.acquire();
    if (!packets[i]) return i;
    arm_slot(i, packets[i].storage());
  }
  return kSlots;
}

std::size_t UdpSocket::Impl::deliver(std::size_t slot, PacketRef packet, PacketPool& pool, DropCounters& drops,
                                     const OnPacket& sink) {
  msghdr& header = headers[slot].msg_hdr;
  const std::size_t length = headers[slot].msg_len;
  const std::size_t segment = gro ? gro_segment_size(header) : 0;
  if (segment != 0 && segment < length) return deliver_segments(slot, std::move(packet), segment, pool, drops, sink);
  if (length == 0) {
    drops.count(DropReason::kEmptyDatagram);
    return 0;
  }
  if (length > kMaxPacketSize || (header.msg_flags & MSG_TRUNC) != 0) {
    drops.count(DropReason::kOversizeDatagram);
    return 0;
  }
  packet.set_size(length);
  ++stats.datagrams;
  stats.bytes += length;
  sink(std::move(packet), from_sockaddr(slots[slot].from, Protocol::kUdp));
  return 1;
}

std::size_t UdpSocket::Impl::deliver_segments(std::size_t slot, PacketRef first, std::size_t segment, PacketPool& pool,
                                              DropCounters& drops, const OnPacket& sink) {
  const std::size_t length = headers[slot].msg_len;
  if (segment > kMaxPacketSize || (headers[slot].msg_hdr.msg_flags & MSG_TRUNC) != 0) {
    drops.count(DropReason::kOversizeDatagram, (length + segment - 1) / segment);
    return 0;
  }
  const Address from = from_sockaddr(slots[slot].from, Protocol::kUdp);
  std::uint8_t* joined = scratch_of(slot);
  std::memcpy(joined + segment, first.storage().data() + segment, kMaxPacketSize - segment);
  first.set_size(segment);
  stats.bytes += segment;
  sink(std::move(first), from);
  std::size_t delivered = 1;
  for (std::size_t at = segment; at < length; at += segment) {
    const std::size_t size = std::min(segment, length - at);
    PacketRef packet = pool.copy_of({joined + at, size});
    if (!packet) {
      drops.count(DropReason::kPoolExhausted);
      continue;
    }
    stats.bytes += size;
    ++delivered;
    sink(std::move(packet), from);
  }
  stats.datagrams += delivered;
  stats.gro_segments += delivered;
  return delivered;
}

void UdpSocket::Impl::discard(int count, DropCounters& drops) {
  for (int i = 0; i < count; ++i) {
    auto& header = headers[static_cast<std::size_t>(i)];
    const std::size_t segment = gro ? gro_segment_size(header.msg_hdr) : 0;
    drops.count(DropReason::kPoolExhausted,
                segment == 0 ? 1 : std::max<std::size_t>(1, (header.msg_len + segment - 1) / segment));
  }
}

UdpSocket::UdpSocket(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
UdpSocket::UdpSocket(UdpSocket&&) noexcept = default;
UdpSocket& UdpSocket::operator=(UdpSocket&&) noexcept = default;
UdpSocket::~UdpSocket() = default;

Result<UdpSocket, Error> UdpSocket::bind(Address local, const UdpOptions& options) {
  local.protocol = Protocol::kUdp;
  auto bound = open_bound_socket(local);
  if (!bound) return bound.error();
  auto impl = std::make_unique<Impl>();
  impl->socket = std::move(*bound);
  const int fd = impl->socket.fd.get();
  set_buffer(fd, SO_RCVBUF, options.buffer_bytes);
  set_buffer(fd, SO_SNDBUF, options.buffer_bytes);
  const int on = 1;
  impl->gro = options.gro && setsockopt(fd, SOL_UDP, UDP_GRO, &on, sizeof on) == 0;
  // Not cleared: its pages become resident only when coalesced datagrams arrive.
  impl->scratch = std::make_unique_for_overwrite<std::uint8_t[]>(kScratch * (impl->gro ? kSlots : 1));
  impl->local = local_address_of(fd, Protocol::kUdp);
  return UdpSocket(std::move(impl));
}

std::size_t UdpSocket::receive_batch(PacketPool& pool, DropCounters& drops, const OnPacket& on_packet) {
  Impl& io = *impl_;
  std::array<PacketRef, kSlots> packets;
  std::size_t delivered = 0;
  for (std::size_t taken = 0; taken < kReceiveBudget;) {
    const std::size_t armed = io.arm(pool, packets);
    // No packet left: read into the scratch, only to make the socket unreadable and the loss visible.
    if (armed == 0) io.arm_slot(0, {io.scratch_of(0), kMaxPacketSize});
    const auto wanted = static_cast<unsigned>(std::max<std::size_t>(armed, 1));
    const int n = recvmmsg(io.socket.fd.get(), io.headers.data(), wanted, MSG_DONTWAIT, nullptr);
    ++io.stats.syscalls;
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) break;
    taken += static_cast<std::size_t>(std::max(n, 1));
    // Anything else is an ICMP error of an earlier send, reported once, or a signal: the next read tells.
    if (n <= 0) continue;
    if (armed == 0) {
      io.discard(n, drops);
      continue;
    }
    for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i) {
      delivered += io.deliver(i, std::move(packets[i]), pool, drops, on_packet);
    }
    if (static_cast<unsigned>(n) < wanted) break;
  }
  return delivered;
}

int UdpSocket::fd() const { return impl_->socket.fd.get(); }
int UdpSocket::family() const { return impl_->socket.family; }
const Address& UdpSocket::local_address() const { return impl_->local; }
bool UdpSocket::gro_enabled() const { return impl_->gro; }
const UdpReceiveStats& UdpSocket::stats() const { return impl_->stats; }

}  // namespace parley::net

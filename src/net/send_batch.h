// Batched UDP egress: packets are written once, straight into one slab, and leave by sendmmsg with UDP GSO.
//
// Who owns the bytes:
//   reserve()  the caller may write into the span until commit() or the next reserve(); it stays the batch's memory
//   commit()   the batch owns them; the span must not be touched again
//   flush()    afterwards nobody: the kernel has copied what it took, the rest is dropped and counted. Nothing is ever
//              kept for a later try: a media packet that could not leave now is better lost than late.
//
// Packets for one destination leave in the order of their commits. Packets of different destinations may pass each
// other within a flush: those of one destination are gathered into GSO sends however they were interleaved.
#pragma once

#include <sys/socket.h>

#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/address.h"
#include "base/bytes.h"
#include "base/drop_reason.h"
#include "base/packet_pool.h"
#include "net/udp_socket.h"

namespace parley::net {

struct SendStats {
  std::uint64_t datagrams = 0;  // taken by the kernel
  std::uint64_t bytes = 0;      // payload bytes of those
  std::uint64_t syscalls = 0;
  std::uint64_t gso_segments = 0;   // of `datagrams`, those that left inside a GSO send of two or more
  std::uint64_t gso_fallbacks = 0;  // GSO sends that the kernel refused and that were repeated one by one
};

class SendBatch {
 public:
  // What sealing may add to a packet: SRTP tag with MKI (at most 144 bytes), RTX's two bytes.
  static constexpr std::size_t kSealOverhead = 160;
  static constexpr std::size_t kMaxSlot = kMaxPacketSize + kSealOverhead;

  using SendMany = int (*)(int fd, mmsghdr* messages, unsigned count, int flags);
  static constexpr std::size_t kDefaultSlab = 1U << 20U;

  // Socket and counters must outlive the batch. slab_bytes is raised to one slot when smaller. send_many: the system
  // call, for tests of what the kernel may answer.
  SendBatch(const UdpSocket& socket, DropCounters& drops, std::size_t slab_bytes = kDefaultSlab,
            SendMany send_many = ::sendmmsg);
  ~SendBatch();
  SendBatch(const SendBatch&) = delete;
  SendBatch& operator=(const SendBatch&) = delete;

  // A writable slot of `size` bytes (at most kMaxSlot), 16-byte aligned. When the slab or the packet table is full it
  // flushes first, so it never fails. Reserving again without a commit gives up the earlier slot.
  [[nodiscard]] ByteSpan reserve(std::size_t size = kMaxSlot);
  // The first `size` bytes of the reserved slot go to `to`. 0 gives the slot up.
  void commit(std::size_t size, const Address& to);
  // reserve, copy, commit. Larger than kMaxSlot: dropped as kOversizeDatagram.
  void append(ByteView packet, const Address& to);

  // Sends everything committed. Counts in `drops`, per packet: kSendBufferFull when the socket's buffer is full (that
  // packet and all after it), kSendFailed for other refusals (only the packets of that send).
  void flush();

  [[nodiscard]] std::size_t pending() const;  // packets committed and not flushed
  [[nodiscard]] const SendStats& stats() const;
  // Whether GSO is in use. Goes off for good when the kernel lacks it or the interface cannot do it.
  [[nodiscard]] bool gso_enabled() const;
  void disable_gso();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::net

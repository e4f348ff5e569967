#include "net/send_batch.h"

#include <netinet/udp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include "net/sockaddr.h"

namespace parley::net {
namespace {

constexpr std::size_t kMaxPackets = 1024;    // per flush; sendmmsg and an iovec list take no more (UIO_MAXIOV)
constexpr std::size_t kMaxSegments = 64;     // UDP_MAX_SEGMENTS of Linux before 6.9
constexpr std::size_t kMaxGsoBytes = 65507;  // what one IPv4 datagram can claim to carry
constexpr std::size_t kSlotAlignment = 16;   // for the ciphers that write there
constexpr std::uint32_t kNone = UINT32_MAX;

struct Packet {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
  std::uint32_t next = kNone;  // in the same group
};

// Packets that leave in one send: all of `segment` bytes, save a shorter last one.
struct Group {
  SockAddr to{};
  socklen_t to_length = 0;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::uint32_t count = 0;
  std::uint32_t segment = 0;
  std::uint32_t bytes = 0;
  bool open = true;
};

// The newest group of each destination, over one flush. Open addressing; emptied by raising the epoch.
class GroupIndex {
 public:
  // The entry of `to`: kNone when it was not there.
  std::uint32_t& of(const Address& to) {
    std::size_t at = std::hash<Address>{}(to) % kSize;
    while (entries_[at].epoch == epoch_ && entries_[at].to != to) at = (at + 1) % kSize;
    Entry& entry = entries_[at];
    if (entry.epoch != epoch_) entry = {to, kNone, epoch_};
    return entry.group;
  }
  void clear() { ++epoch_; }

 private:
  static constexpr std::size_t kSize = 2 * kMaxPackets;  // at most half full: probes stay short
  struct Entry {
    Address to;
    std::uint32_t group = kNone;
    std::uint64_t epoch = 0;
  };
  std::vector<Entry> entries_ = std::vector<Entry>(kSize);
  std::uint64_t epoch_ = 1;
};

bool kernel_has_gso(int fd) {
  int size = 0;
  socklen_t length = sizeof size;
  return getsockopt(fd, SOL_UDP, UDP_SEGMENT, &size, &length) == 0;
}

}  // namespace

struct SendBatch::Impl {
  struct Control {
    alignas(cmsghdr) std::array<std::uint8_t, CMSG_SPACE(sizeof(std::uint16_t))> bytes{};
  };

  Impl(const UdpSocket& socket, DropCounters& counters, std::size_t slab_bytes, SendMany call)
      : fd(socket.fd()),
        family(socket.family()),
        drops(counters),
        send_many(call),
        slab_size((std::max(slab_bytes, kMaxSlot) + kSlotAlignment - 1) / kSlotAlignment * kSlotAlignment),
        slab(static_cast<std::uint8_t*>(::operator new(slab_size, std::align_val_t{kSlotAlignment}))),
        gso(kernel_has_gso(fd)),
        headers(kMaxPackets),
        parts(kMaxPackets),
        controls(kMaxPackets) {
    packets.reserve(kMaxPackets);
    groups.reserve(kMaxPackets);
  }
  ~Impl() { ::operator delete(slab, std::align_val_t{kSlotAlignment}); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void add(std::uint32_t size, const Address& to);
  void flush();
  std::size_t prepare_joined(std::size_t first_group);
  std::size_t prepare_single(std::size_t first_group, std::size_t end_group);
  void prepare(std::size_t message, const Group& group, std::uint32_t first, std::uint32_t count);
  enum class Outcome : std::uint8_t { kDone, kBufferFull, kGsoRefused };
  Outcome send(std::size_t messages, std::size_t& done);
  bool send_refused(std::size_t group, int cause);
  void count_sent(std::size_t message);
  [[nodiscard]] std::size_t packets_of(std::size_t message) const { return headers[message].msg_hdr.msg_iovlen; }

  const int fd;
  const int family;
  DropCounters& drops;
  const SendMany send_many;
  const std::size_t slab_size;
  std::uint8_t* const slab;
  std::size_t used = 0;      // of the slab
  std::size_t reserved = 0;  // size of the slot that stands open at `used`
  bool gso;
  std::vector<Packet> packets;
  std::vector<Group> groups;
  GroupIndex index;
  std::vector<mmsghdr> headers;
  std::vector<iovec> parts;
  std::vector<Control> controls;
  std::size_t parts_used = 0;
  std::size_t accounted = 0;  // packets of this flush that were sent or refused
  std::uint64_t gso_refusals = 0;
  SendStats stats;
};

// Puts the packet into the open group of its destination, or begins a new one there. A group that is left is never
// returned to, so the packets of a destination keep their order.
void SendBatch::Impl::add(std::uint32_t size, const Address& to) {
  const auto packet = static_cast<std::uint32_t>(packets.size());
  std::uint32_t& newest = index.of(to);
  if (newest != kNone) {
    Group& group = groups[newest];
    if (group.open && size <= group.segment && group.bytes + size <= kMaxGsoBytes) {
      packets.push_back({static_cast<std::uint32_t>(used), size, kNone});
      packets[group.last].next = packet;
      group.last = packet;
      group.bytes += size;
      group.open = ++group.count < kMaxSegments && size == group.segment;
      return;
    }
  }
  Group group;
  group.to_length = to_sockaddr(to, family, group.to);
  if (group.to_length == 0) {
    drops.count(DropReason::kSendFailed);
    return;
  }
  packets.push_back({static_cast<std::uint32_t>(used), size, kNone});
  group.first = group.last = packet;
  group.count = 1;
  group.segment = group.bytes = size;
  newest = static_cast<std::uint32_t>(groups.size());
  groups.push_back(group);
}

// Makes message number `message` out of `count` packets of the group, from `first` on.
void SendBatch::Impl::prepare(std::size_t message, const Group& group, std::uint32_t first, std::uint32_t count) {
  iovec* const begin = parts.data() + parts_used;
  std::uint32_t packet = first;
  for (std::uint32_t n = 0; n < count; ++n, packet = packets[packet].next) {
    parts[parts_used++] = {slab + packets[packet].offset, packets[packet].size};
  }
  msghdr& header = headers[message].msg_hdr;
  header = {};
  header.msg_name = const_cast<SockAddr*>(&group.to);
  header.msg_namelen = group.to_length;
  header.msg_iov = begin;
  header.msg_iovlen = count;
  if (count < 2) return;
  header.msg_control = controls[message].bytes.data();
  header.msg_controllen = controls[message].bytes.size();
  cmsghdr* c = CMSG_FIRSTHDR(&header);
  c->cmsg_level = SOL_UDP;
  c->cmsg_type = UDP_SEGMENT;
  c->cmsg_len = CMSG_LEN(sizeof(std::uint16_t));
  const auto segment = static_cast<std::uint16_t>(group.segment);
  std::memcpy(CMSG_DATA(c), &segment, sizeof segment);
}

std::size_t SendBatch::Impl::prepare_joined(std::size_t first_group) {
  parts_used = 0;
  std::size_t messages = 0;
  for (std::size_t g = first_group; g < groups.size(); ++g) {
    prepare(messages++, groups[g], groups[g].first, groups[g].count);
  }
  return messages;
}

std::size_t SendBatch::Impl::prepare_single(std::size_t first_group, std::size_t end_group) {
  parts_used = 0;
  std::size_t messages = 0;
  for (std::size_t g = first_group; g < end_group; ++g) {
    for (std::uint32_t p = groups[g].first; p != kNone; p = packets[p].next) prepare(messages++, groups[g], p, 1);
  }
  return messages;
}

void SendBatch::Impl::count_sent(std::size_t message) {
  const std::size_t count = packets_of(message);
  accounted += count;
  stats.datagrams += count;
  stats.bytes += headers[message].msg_len;
  if (count > 1) stats.gso_segments += count;
}

// Hands the prepared messages to the kernel. sendmmsg stops at the first one that fails and tells its error only when
// it is asked again with that one in front. `done`: messages that are settled; errno holds the cause of a refusal.
SendBatch::Impl::Outcome SendBatch::Impl::send(std::size_t messages, std::size_t& done) {
  done = 0;
  while (done < messages) {
    const int n = send_many(fd, headers.data() + done, static_cast<unsigned>(messages - done), MSG_DONTWAIT);
    ++stats.syscalls;
    if (n > 0) {
      for (int i = 0; i < n; ++i) count_sent(done++);
      continue;
    }
    if (errno == EINTR) continue;
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS) return Outcome::kBufferFull;
    const bool joined = packets_of(done) > 1;
    if (joined && (errno == EINVAL || errno == EMSGSIZE || errno == EIO)) return Outcome::kGsoRefused;
    accounted += packets_of(done);
    drops.count(DropReason::kSendFailed, packets_of(done));
    ++done;
  }
  return Outcome::kDone;
}

// Repeats a joined send one by one. EIO: the interface has no checksum offload, so GSO will never work. EINVAL and
// EMSGSIZE may also mean that the path to this one peer has a small MTU, which must not slow down everybody else: only
// when GSO has never once worked is it given up for them. Answers false when the socket's buffer is full.
bool SendBatch::Impl::send_refused(std::size_t group, int cause) {
  constexpr std::uint64_t kHopeless = 64;
  ++stats.gso_fallbacks;
  ++gso_refusals;
  if (cause == EIO || (stats.gso_segments == 0 && gso_refusals >= kHopeless)) gso = false;
  std::size_t done = 0;
  return send(prepare_single(group, group + 1), done) == Outcome::kDone;
}

void SendBatch::Impl::flush() {
  accounted = 0;
  bool room = true;
  for (std::size_t next = 0; room && next < groups.size();) {
    std::size_t done = 0;
    if (!gso) {
      send(prepare_single(next, groups.size()), done);
      break;
    }
    const Outcome outcome = send(prepare_joined(next), done);
    next += done;
    if (outcome == Outcome::kBufferFull) room = false;
    if (outcome == Outcome::kGsoRefused) room = send_refused(next++, errno);
  }
  drops.count(DropReason::kSendBufferFull, packets.size() - accounted);
  packets.clear();
  groups.clear();
  index.clear();
  used = 0;
}

SendBatch::SendBatch(const UdpSocket& socket, DropCounters& drops, std::size_t slab_bytes, SendMany send_many)
    : impl_(std::make_unique<Impl>(socket, drops, slab_bytes, send_many)) {}
SendBatch::~SendBatch() = default;

ByteSpan SendBatch::reserve(std::size_t size) {
  Impl& io = *impl_;
  size = std::min(size, kMaxSlot);
  if (io.used + size > io.slab_size || io.packets.size() == kMaxPackets) io.flush();
  io.reserved = size;
  return {io.slab + io.used, size};
}

void SendBatch::commit(std::size_t size, const Address& to) {
  Impl& io = *impl_;
  size = std::min(size, io.reserved);
  io.reserved = 0;
  if (size == 0) return;
  io.add(static_cast<std::uint32_t>(size), to);
  io.used = std::min((io.used + size + kSlotAlignment - 1) / kSlotAlignment * kSlotAlignment, io.slab_size);
}

void SendBatch::append(ByteView packet, const Address& to) {
  if (packet.size() > kMaxSlot) {
    impl_->drops.count(DropReason::kOversizeDatagram);
    return;
  }
  const ByteSpan slot = reserve(packet.size());
  std::copy(packet.begin(), packet.end(), slot.begin());
  commit(packet.size(), to);
}

void SendBatch::flush() {
  impl_->reserved = 0;
  if (!impl_->packets.empty()) impl_->flush();
}

std::size_t SendBatch::pending() const { return impl_->packets.size(); }
const SendStats& SendBatch::stats() const { return impl_->stats; }
bool SendBatch::gso_enabled() const { return impl_->gso; }
void SendBatch::disable_gso() { impl_->gso = false; }

}  // namespace parley::net

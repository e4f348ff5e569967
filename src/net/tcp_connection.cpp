#include "net/tcp_connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cerrno>
#include <optional>
#include <utility>

namespace parley::net {
namespace {

// Reads per turn: one busy connection must not starve the loop's others.
constexpr int kReadsPerTurn = 8;
constexpr std::uint32_t kReading = EPOLLIN | EPOLLRDHUP;

}  // namespace

std::string_view to_string(TcpCloseReason reason) {
  switch (reason) {
    case TcpCloseReason::kPeerClosed:
      return "peer_closed";
    case TcpCloseReason::kError:
      return "error";
    case TcpCloseReason::kMalformedFrame:
      return "malformed_frame";
    case TcpCloseReason::kIdle:
      return "idle";
  }
  return "error";
}

struct TcpConnection::Impl : std::enable_shared_from_this<TcpConnection::Impl> {
  explicit Impl(EventLoop& l) : loop(l) {}

  EventLoop& loop;
  UniqueFd fd;
  Address peer;
  ConnectionQuota::Ticket ticket;
  Handlers handlers;
  Duration idle_timeout{0};
  TimePoint last_receive;
  TcpDeframer deframer;
  std::vector<std::uint8_t> carried;  // of the handover, until the first turn
  std::vector<std::uint8_t> queue;    // framed; [queue_head, end) is unsent
  std::size_t queue_head = 0;
  bool in_packet = false;
  bool broken = false;  // a write failed: the loop will report the socket's error
  bool waits_to_write = false;
  TcpConnectionStats stats;

  void on_event(TimePoint now, std::uint32_t events);
  void read_some(TimePoint now);
  bool deliver(TimePoint now);
  bool deliver_carried(TimePoint now);
  void flush_queue();
  std::size_t write_now(ByteView header, ByteView packet);
  void watch_writable(bool on);
  void shut();
  void close(TimePoint now, TcpCloseReason reason);
  [[nodiscard]] std::size_t queued() const { return queue.size() - queue_head; }
};

// Hands out what the deframer holds. False: the connection is closed, released or destroyed by now.
bool TcpConnection::Impl::deliver(TimePoint now) {
  while (fd) {
    const auto packet = deframer.next();
    if (!packet) {
      close(now, TcpCloseReason::kMalformedFrame);
      return false;
    }
    if (!*packet) return true;
    ++stats.frames_in;
    in_packet = true;
    handlers.on_packet(now, **packet);
    in_packet = false;
  }
  return false;
}

// `carried` may exceed what the deframer holds, so it goes through in parts; what is left of it comes back on release.
bool TcpConnection::Impl::deliver_carried(TimePoint now) {
  while (!carried.empty()) {
    const std::size_t n = deframer.feed(carried);
    carried.erase(carried.begin(), carried.begin() + static_cast<std::ptrdiff_t>(n));
    if (!deliver(now)) return false;
  }
  return true;
}

void TcpConnection::Impl::read_some(TimePoint now) {
  for (int i = 0; i < kReadsPerTurn; ++i) {
    const ByteSpan space = deframer.space();
    const ssize_t n = recv(fd.get(), space.data(), space.size(), 0);
    if (n == 0) return close(now, TcpCloseReason::kPeerClosed);
    if (n < 0) {
      if (errno == EINTR) continue;
      if (errno != EAGAIN && errno != EWOULDBLOCK) close(now, TcpCloseReason::kError);
      return;
    }
    last_receive = now;
    stats.bytes_in += static_cast<std::size_t>(n);
    deframer.received(static_cast<std::size_t>(n));
    if (!deliver(now) || static_cast<std::size_t>(n) < space.size()) return;
  }
}

void TcpConnection::Impl::on_event(TimePoint now, std::uint32_t events) {
  // A handler may destroy the connection; this object and its handlers live until the call is over.
  const auto self = shared_from_this();
  if ((events & EPOLLOUT) != 0) flush_queue();
  if (!deliver_carried(now)) return;
  if ((events & ~static_cast<std::uint32_t>(EPOLLOUT)) != 0) read_some(now);
}

// Writes what the socket takes of header and packet; returns how many bytes it took.
std::size_t TcpConnection::Impl::write_now(ByteView header, ByteView packet) {
  std::array<iovec, 2> parts{iovec{const_cast<std::uint8_t*>(header.data()), header.size()},
                             iovec{const_cast<std::uint8_t*>(packet.data()), packet.size()}};
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = parts.size();
  const ssize_t n = sendmsg(fd.get(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
  if (n >= 0) {
    stats.bytes_out += static_cast<std::size_t>(n);
    return static_cast<std::size_t>(n);
  }
  broken = errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR;
  return 0;
}

void TcpConnection::Impl::flush_queue() {
  if (queued() != 0 && !broken) queue_head += write_now(ByteView(queue).subspan(queue_head), {});
  if (queued() == 0 || broken) {
    queue.clear();
    queue_head = 0;
    watch_writable(false);
  } else if (queue_head >= queue.size() / 2) {
    // Half is gone: moving the rest costs no more than what was sent.
    queue.erase(queue.begin(), queue.begin() + static_cast<std::ptrdiff_t>(queue_head));
    queue_head = 0;
  }
}

void TcpConnection::Impl::watch_writable(bool on) {
  if (waits_to_write == on) return;
  waits_to_write = on;
  loop.modify(fd.get(), on ? kReading | EPOLLOUT : kReading);
}

void TcpConnection::Impl::shut() {
  if (!fd) return;
  loop.remove(fd.get());
  fd.reset();
  ticket = {};
}

void TcpConnection::Impl::close(TimePoint now, TcpCloseReason reason) {
  const auto self = shared_from_this();
  shut();
  if (const auto on_close = std::exchange(handlers.on_close, nullptr)) on_close(now, reason);
}

TcpConnection::TcpConnection(EventLoop& loop, TcpHandover handover, TimePoint now, Duration idle_timeout,
                             Handlers handlers)
    : impl_(std::make_shared<Impl>(loop)) {
  Impl& io = *impl_;
  io.fd = std::move(handover.fd);
  io.peer = handover.peer;
  io.ticket = std::move(handover.ticket);
  io.handlers = std::move(handlers);
  io.idle_timeout = idle_timeout;
  io.last_receive = now;
  io.carried = std::move(handover.unread);
  // A packet is a frame of media: waiting to fill a segment (Nagle) would only delay it.
  const int on = 1;
  setsockopt(io.fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  // A fresh socket is writable, so that watching for it brings the next turn, which delivers what was carried over.
  io.waits_to_write = !io.carried.empty();
  const std::uint32_t events = io.waits_to_write ? kReading | EPOLLOUT : kReading;
  auto added =
      loop.add(io.fd.get(), events, [raw = impl_.get()](TimePoint t, std::uint32_t e) { raw->on_event(t, e); });
  // Without the loop it can only go: the idle timeout reports it.
  if (!added) io.broken = true;
}

TcpConnection::~TcpConnection() { impl_->shut(); }

Result<void> TcpConnection::send(ByteView packet) {
  Impl& io = *impl_;
  if (packet.size() > kMaxPacketSize) return DropReason::kOversizeDatagram;
  if (!io.fd || io.broken) return DropReason::kSendFailed;
  if (io.queued() + kTcpFrameHeader + packet.size() > kMaxQueue) return DropReason::kTcpBackpressure;
  const auto header = tcp_frame_header(packet.size());
  std::size_t sent = 0;
  if (io.queued() == 0) sent = io.write_now(header, packet);
  if (io.broken) return DropReason::kSendFailed;
  ++io.stats.frames_out;
  if (sent < header.size()) io.queue.insert(io.queue.end(), header.begin() + sent, header.end());
  const std::size_t of_packet = sent > header.size() ? sent - header.size() : 0;
  const ByteView rest = packet.subspan(of_packet);
  io.queue.insert(io.queue.end(), rest.begin(), rest.end());
  if (io.queued() != 0) io.watch_writable(true);
  return {};
}

TcpHandover TcpConnection::release() {
  Impl& io = *impl_;
  TcpHandover out;
  const ByteView unread = io.in_packet ? io.deframer.unread_with_last_frame() : io.deframer.unread();
  out.unread.assign(unread.begin(), unread.end());
  out.unread.insert(out.unread.end(), io.carried.begin(), io.carried.end());
  if (io.fd) io.loop.remove(io.fd.get());
  out.fd = std::move(io.fd);
  out.peer = io.peer;
  out.ticket = std::move(io.ticket);
  return out;
}

TimePoint TcpConnection::deadline() const {
  const Impl& io = *impl_;
  if (!io.fd || io.idle_timeout >= kNever - io.last_receive) return kNever;
  return io.last_receive + io.idle_timeout;
}

void TcpConnection::handle_timeout(TimePoint now) {
  if (impl_->fd && now >= deadline()) impl_->close(now, TcpCloseReason::kIdle);
}

bool TcpConnection::open() const { return static_cast<bool>(impl_->fd); }
const Address& TcpConnection::peer() const { return impl_->peer; }
std::size_t TcpConnection::queued_bytes() const { return impl_->queued(); }
const TcpConnectionStats& TcpConnection::stats() const { return impl_->stats; }

}  // namespace parley::net

// One accepted TCP connection that carries RFC 4571 frames, on one loop; it can move to another loop.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "base/address.h"
#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"
#include "net/connection_quota.h"
#include "net/event_loop.h"
#include "net/tcp_framing.h"
#include "net/unique_fd.h"

namespace parley::net {

// Everything of a connection that is bound to no loop. A plain value: send it to the thread that goes on with it.
struct TcpHandover {
  UniqueFd fd;
  Address peer;                      // protocol kTcp
  std::vector<std::uint8_t> unread;  // stream bytes read and not consumed; framed
  ConnectionQuota::Ticket ticket;
};

enum class TcpCloseReason : std::uint8_t { kPeerClosed, kError, kMalformedFrame, kIdle };
std::string_view to_string(TcpCloseReason reason);

struct TcpConnectionStats {
  std::uint64_t frames_in = 0;
  std::uint64_t frames_out = 0;  // written or queued
  std::uint64_t bytes_in = 0;
  std::uint64_t bytes_out = 0;
};

class TcpConnection {
 public:
  struct Handlers {
    // One packet; the view lives for the call. May call send(), and release() or destroy the connection.
    std::function<void(TimePoint now, ByteView packet)> on_packet;
    // Closed by the other side, by an error or by idleness; not called for release() or destruction. Called once; may
    // destroy the connection. Nothing is sent or delivered afterwards.
    std::function<void(TimePoint now, TcpCloseReason reason)> on_close;
  };
  // Frames queued beyond this are refused: 512 KiB is a second of video, and older video is of no use.
  static constexpr std::size_t kMaxQueue = 512U << 10U;

  // Takes over the descriptor. Packets in handover.unread are delivered at the loop's next turn, not from here.
  // idle_timeout: closed when nothing was received for so long.
  TcpConnection(EventLoop& loop, TcpHandover handover, TimePoint now, Duration idle_timeout, Handlers handlers);
  ~TcpConnection();
  TcpConnection(const TcpConnection&) = delete;
  TcpConnection& operator=(const TcpConnection&) = delete;

  // Copies the packet: it is on the wire or in the queue afterwards. Errors: kTcpBackpressure (queue full, packet
  // dropped), kOversizeDatagram, kSendFailed (connection closed).
  Result<void> send(ByteView packet);

  // Gives the descriptor up. Called from within on_packet, the unread bytes begin with that packet again, so that
  // whoever takes over sees the whole stream. Unsent bytes are dropped with their connection's queue; the caller must
  // not have sent anything yet if that matters. Afterwards the connection is closed.
  [[nodiscard]] TcpHandover release();

  // The time at which handle_timeout has something to do. Moves on with every receive.
  [[nodiscard]] TimePoint deadline() const;
  void handle_timeout(TimePoint now);

  [[nodiscard]] bool open() const;
  [[nodiscard]] const Address& peer() const;
  [[nodiscard]] std::size_t queued_bytes() const;
  [[nodiscard]] const TcpConnectionStats& stats() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;  // shared with a callback in progress, which may destroy the connection
};

}  // namespace parley::net

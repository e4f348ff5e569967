// Accepts ICE-TCP connections on one port for all shards: a connection stays here until its first packet (a STUN
// Binding request) has arrived, and is then handed over together with that packet, whose ufrag names the shard.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <unordered_map>
#include <utility>

#include "base/address.h"
#include "base/result.h"
#include "base/time.h"
#include "net/event_loop.h"
#include "net/tcp_connection.h"

namespace parley::net {

struct TcpListenerStats {
  std::uint64_t accepted = 0;
  std::uint64_t handed_over = 0;
  std::uint64_t refused_limit = 0;   // over TcpLimits, or out of descriptors
  std::uint64_t closed_waiting = 0;  // closed, malformed or idle before the first packet
};

class TcpListener {
 public:
  // `first` lives for the call and is also the first frame of handover.unread: a TcpConnection made from the handover
  // (on any loop) delivers it again. Dropping the handover closes the connection.
  using OnFirstPacket = std::function<void(TimePoint now, ByteView first, TcpHandover handover)>;

  // How long a connection may stay silent before its first packet.
  static constexpr Duration kFirstPacketTimeout = 10s;

  // `local` as in open_bound_socket (sockaddr.h); its protocol is set to TCP. Errors likewise. The loop must outlive
  // it.
  static Result<std::unique_ptr<TcpListener>, Error> listen(EventLoop& loop, Address local, TcpLimits limits,
                                                            OnFirstPacket on_first_packet);
  ~TcpListener();
  TcpListener(const TcpListener&) = delete;
  TcpListener& operator=(const TcpListener&) = delete;

  [[nodiscard]] TimePoint deadline() const;
  void handle_timeout(TimePoint now);

  [[nodiscard]] const Address& local_address() const { return local_; }
  [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }          // connections without a first packet
  [[nodiscard]] std::size_t open_connections() const { return quota_->open(); }  // with those handed over
  [[nodiscard]] const TcpListenerStats& stats() const { return stats_; }

 private:
  TcpListener(EventLoop& loop, UniqueFd fd, Address local, TcpLimits limits, OnFirstPacket on_first_packet);
  void accept_all(TimePoint now);
  void refuse_one();
  void admit(TimePoint now, UniqueFd fd, const Address& peer);
  void on_packet(TimePoint now, std::uint64_t id, ByteView packet);

  EventLoop& loop_;
  UniqueFd fd_;
  UniqueFd spare_;  // given up for a moment when descriptors run out, so that the backlog can be refused
  Address local_;
  std::shared_ptr<ConnectionQuota> quota_;
  OnFirstPacket on_first_packet_;
  std::unordered_map<std::uint64_t, std::unique_ptr<TcpConnection>> waiting_;
  std::deque<std::pair<TimePoint, std::uint64_t>> expiries_;  // in order of accepting; some have long left
  std::uint64_t next_id_ = 1;
  TcpListenerStats stats_;
};

}  // namespace parley::net

// One shard: a thread with a loop, a UDP socket, ICE-TCP connections and the mailboxes around room::MediaShard.
#pragma once

#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

#include "base/random.h"
#include "net/event_loop.h"
#include "net/send_batch.h"
#include "net/tcp_connection.h"
#include "net/tcp_listener.h"
#include "net/udp_socket.h"
#include "room/media_shard.h"
#include "shard/link.h"
#include "shard/mailbox.h"
#include "shard/pool.h"
#include "shard/stats.h"

namespace parley::shard {

class Shard final : private room::PacketSink, private room::FeedLink {
 public:
  // events: where media events go; shared by all shards.
  Shard(const Config& config, room::ShardIndex index, net::UdpSocket socket, Mailbox<room::MediaEvent>& events);
  ~Shard() override;
  Shard(const Shard&) = delete;
  Shard& operator=(const Shard&) = delete;

  // Before start(): every shard of the pool, this one included, in order of index.
  void connect(const std::vector<std::unique_ptr<Shard>>& all);
  // Before start(), on one shard only: accept ICE-TCP for all of them.
  Result<void, Error> listen_tcp(const Address& local, net::TcpLimits limits);
  void start();
  // Ends the thread and waits for it. Idempotent.
  void stop();

  // ---- any thread ----
  void submit(room::MediaCommand command) { commands_.post(std::move(command)); }
  [[nodiscard]] ShardStats stats() const;

 private:
  ByteSpan reserve() override;
  void commit(std::size_t size, const Address& to) override;
  Result<void> send_packet(room::ShardIndex to, FeedId feed, const forward::FeedPacket& packet) override;
  void send(room::ShardIndex to, room::LinkMessage message) override;

  void run();
  [[nodiscard]] TimePoint next_deadline() const;
  void on_turn(TimePoint now);
  void receive(TimePoint now);
  void take_mail(TimePoint now);
  void take_link_packets(TimePoint now);
  void route_tcp(ByteView first, net::TcpHandover handover);
  void adopt_tcp(TimePoint now, net::TcpHandover handover);
  void tick(TimePoint now);
  void publish_stats();

  const room::ShardIndex index_;
  net::EventLoop loop_;
  net::UdpSocket socket_;
  SystemRandom random_;
  Mailbox<room::MediaEvent>& events_;
  Mailbox<room::MediaCommand> commands_;
  Mailbox<LinkEnvelope> link_messages_;
  Mailbox<TransportId> sctp_ready_;
  Mailbox<net::TcpHandover> handovers_;
  room::MediaShard media_;
  net::SendBatch batch_;
  ByteSpan slot_;  // last reserved

  std::vector<Shard*> siblings_;
  std::vector<std::unique_ptr<PacketRing>> inbound_;  // by sending shard; null for this one
  std::vector<bool> to_wake_;                         // siblings that got packets in this turn

  std::unique_ptr<net::TcpListener> listener_;
  std::unordered_map<Address, std::unique_ptr<net::TcpConnection>> tcp_;
  std::vector<Address> tcp_closed_;  // destroyed at the end of the turn: a callback of theirs may be running

  std::vector<room::MediaCommand> command_scratch_;
  std::vector<LinkEnvelope> link_scratch_;
  std::vector<TransportId> sctp_scratch_;
  std::vector<net::TcpHandover> handover_scratch_;

  TimePoint next_tick_;
  TimePoint next_sctp_ = kNever;
  mutable std::mutex stats_mutex_;
  ShardStats published_;
  std::thread thread_;
};

}  // namespace parley::shard

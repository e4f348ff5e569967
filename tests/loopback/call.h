// A pool of shards on real sockets of this machine, and clients on sockets of their own, all of them on one loop: what
// SimWorld is in virtual time, in real time.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "net/event_loop.h"
#include "net/send_batch.h"
#include "net/tcp_connection.h"
#include "net/udp_socket.h"
#include "shard/pool.h"
#include "support/client_transport.h"
#include "support/video_receiver.h"
#include "support/video_source.h"

namespace parley::test {

class LoopbackCall;

enum class Way : std::uint8_t { kUdp4, kUdp6, kTcp };

// One client with one transport to the server, publishing or receiving.
class LoopbackClient {
 public:
  LoopbackClient(LoopbackCall& call, TransportId id, room::ShardIndex shard, Way way,
                 std::vector<std::string> channels);
  ~LoopbackClient();
  LoopbackClient(const LoopbackClient&) = delete;
  LoopbackClient& operator=(const LoopbackClient&) = delete;

  void publish(const VideoPlan& plan, FeedId feed);
  VideoReceiver& subscribe(FeedId feed, room::ShardIndex feed_shard, std::uint8_t layer);
  void set_target(FeedId feed, std::uint8_t layer);
  // As when its process dies: the socket is gone, nothing was said.
  void die();

  [[nodiscard]] TransportId id() const { return id_; }
  [[nodiscard]] room::ShardIndex shard() const { return shard_; }
  [[nodiscard]] bool alive() const { return udp_.has_value() || tcp_ != nullptr; }
  [[nodiscard]] ClientTransport& transport() { return transport_; }
  [[nodiscard]] VideoSource& source() { return *source_; }
  [[nodiscard]] const net::TcpConnection* tcp() const { return tcp_.get(); }
  [[nodiscard]] std::uint64_t gro_segments() const { return udp_ ? udp_->stats().gro_segments : 0; }

 private:
  friend class LoopbackCall;
  void open_udp(const Address& local);
  void open_tcp(const Address& server);
  void receive(TimePoint now, const Address& from, ByteSpan bytes);
  void dispatch(TimePoint now, const ClientTransport::Packet& packet);
  void handle_timeout(TimePoint now);
  [[nodiscard]] TimePoint deadline() const;
  void flush();

  LoopbackCall& call_;
  TransportId id_;
  room::ShardIndex shard_;
  Address server_;
  std::optional<net::UdpSocket> udp_;
  std::optional<net::SendBatch> batch_;
  std::unique_ptr<net::TcpConnection> tcp_;
  ClientTransport transport_;
  std::optional<VideoSource> source_;
  std::map<FeedId, ReceiverPlan> plans_;
  std::map<FeedId, VideoReceiver> receivers_;
  TimePoint next_report_;
};

class LoopbackCall {
 public:
  // Free ports are taken. tcp: with ICE-TCP.
  explicit LoopbackCall(room::ShardIndex shards, bool tcp = false);
  ~LoopbackCall();
  LoopbackCall(const LoopbackCall&) = delete;
  LoopbackCall& operator=(const LoopbackCall&) = delete;

  // channels: data channels that the client opens.
  LoopbackClient& add_client(room::ShardIndex shard, Way way = Way::kUdp4, std::vector<std::string> channels = {});
  // Turns the loop until the condition holds; false when it does not within the limit. It is asked after every turn.
  bool run_until(const std::function<bool()>& condition, Duration limit);
  // Until every client has its keys.
  bool connect_all(Duration limit = 20s);

  [[nodiscard]] shard::Pool& pool() { return *pool_; }
  void stop_pool() { pool_.reset(); }
  [[nodiscard]] const shard::Config& config() const { return config_; }
  [[nodiscard]] Address server_address(room::ShardIndex shard, Way way) const;
  FeedId next_feed() { return FeedId{++last_feed_}; }
  template <class E>
  [[nodiscard]] std::vector<E> events_of() const {
    std::vector<E> out;
    for (const auto& event : events_) {
      if (const E* found = std::get_if<E>(&event)) out.push_back(*found);
    }
    return out;
  }

 private:
  friend class LoopbackClient;
  void turn(TimePoint end);

  net::EventLoop loop_;
  SystemRandom random_;
  PacketPool packets_{8192};
  DropCounters drops_;
  shard::Config config_;
  std::vector<room::MediaEvent> events_;
  std::vector<room::MediaEvent> fresh_;
  std::vector<std::unique_ptr<LoopbackClient>> clients_;
  std::unique_ptr<shard::Pool> pool_;
  TimePoint now_;
  std::uint64_t last_transport_ = 0;
  std::uint64_t last_feed_ = 0;
};

// Consecutive UDP ports and one TCP port that were free a moment ago.
struct FreePorts {
  std::uint16_t udp = 0;
  std::uint16_t tcp = 0;
};
FreePorts find_free_ports(room::ShardIndex shards);
std::shared_ptr<const dtls::Certificate> server_certificate();

}  // namespace parley::test

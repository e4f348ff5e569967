// Shards, clients and the network between them in one process, in virtual time: minutes of a call in milliseconds.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "room/media_shard.h"
#include "support/client_transport.h"
#include "support/sim_network.h"
#include "support/video_receiver.h"
#include "support/video_source.h"

namespace parley::test {

class SimWorld;

// One client with one transport to the server, publishing or receiving.
class SimClient {
 public:
  SimClient(SimWorld& world, TransportId id, room::ShardIndex shard, Address address,
            std::vector<std::string> channels);

  // Checks may leave from now on.
  void start();
  void publish(const VideoPlan& plan, FeedId feed);
  VideoReceiver& subscribe(FeedId feed, room::ShardIndex feed_shard, const forward::LayerTarget& target = {},
                           bool nack = true, codec::Codec codec = codec::Codec::kVp8, Duration hold = {});
  void set_target(FeedId feed, const forward::LayerTarget& target);
  // The next datagrams come from another address, as after a change of networks.
  void move_to(const Address& address);
  void restart_ice();
  void go_silent() { silent_ = true; }

  [[nodiscard]] TransportId id() const { return id_; }
  [[nodiscard]] const Address& address() const { return address_; }
  [[nodiscard]] room::ShardIndex shard() const { return shard_; }
  [[nodiscard]] ClientTransport& transport() { return transport_; }
  [[nodiscard]] const ice::Credentials& server_credentials() const { return server_credentials_; }
  [[nodiscard]] VideoSource& source() { return *source_; }
  [[nodiscard]] VideoReceiver& receiver(FeedId feed) { return receivers_.at(feed); }
  [[nodiscard]] std::vector<ClientTransport::Data>& data() { return data_; }

  void handle_datagram(TimePoint now, const Address& from, std::vector<std::uint8_t> bytes);
  void handle_timeout(TimePoint now);
  [[nodiscard]] TimePoint deadline() const;

 private:
  void flush(TimePoint now);
  void dispatch(TimePoint now, const ClientTransport::Packet& packet);
  [[nodiscard]] ClientRemote server() const;

  SimWorld& world_;
  TransportId id_;
  room::ShardIndex shard_;
  Address address_;
  ice::Credentials server_credentials_;
  ClientTransport transport_;
  std::optional<VideoSource> source_;
  std::map<FeedId, VideoReceiver> receivers_;
  std::map<FeedId, ReceiverPlan> plans_;
  std::vector<ClientTransport::Data> data_;
  TimePoint next_report_;
  bool silent_ = false;
};

class SimWorld : private room::FeedLink {
 public:
  explicit SimWorld(std::uint64_t seed, room::ShardIndex shards = 1, room::PeerRates rates = {});
  ~SimWorld() override;

  // Connects at once; channels: what the client opens. server_channels: what the server opens towards it.
  SimClient& add_client(room::ShardIndex shard, std::vector<std::string> channels = {}, bool server_channels = false);
  // A client whose address is known and that has sent nothing yet: call start().
  SimClient& add_idle_client(room::ShardIndex shard, std::vector<std::string> channels = {},
                             bool server_channels = false);
  void submit(room::ShardIndex shard, room::MediaCommand command);

  void run_for(Duration duration);
  // True when the condition came to hold within the limit; it is asked after every step.
  bool run_until(const std::function<bool()>& condition, Duration limit);

  [[nodiscard]] TimePoint now() const { return now_; }
  [[nodiscard]] SimNetwork& network() { return network_; }
  [[nodiscard]] SeededRandom& random() { return random_; }
  [[nodiscard]] room::MediaShard& shard(room::ShardIndex index);
  [[nodiscard]] Address shard_address(room::ShardIndex index) const;
  [[nodiscard]] const dtls::Fingerprint& fingerprint() const;
  [[nodiscard]] std::shared_ptr<const dtls::Certificate> client_certificate() const;
  // Every event so far; the last of a kind: last<room::TransportEnded>().
  [[nodiscard]] const std::vector<room::MediaEvent>& events() const { return events_; }
  template <class E>
  [[nodiscard]] std::vector<E> events_of() const {
    std::vector<E> out;
    for (const auto& event : events_) {
      if (const E* found = std::get_if<E>(&event)) out.push_back(*found);
    }
    return out;
  }
  FeedId next_feed() { return FeedId{++last_feed_}; }

 private:
  struct Shard;
  struct LinkPacket {
    room::ShardIndex to;
    FeedId feed;
    forward::FeedPacket head;
    std::vector<std::uint8_t> bytes;
  };
  struct LinkNote {
    room::ShardIndex from;
    room::ShardIndex to;
    room::LinkMessage message;
  };

  Result<void> send_packet(room::ShardIndex to, FeedId feed, const forward::FeedPacket& packet) override;
  void send(room::ShardIndex to, room::LinkMessage message) override;
  void settle();
  bool deliver_links();
  [[nodiscard]] TimePoint next_deadline() const;

  room::PeerRates rates_;
  SimNetwork network_;
  SeededRandom random_;
  TimePoint now_;
  TimePoint next_sctp_;
  std::vector<std::unique_ptr<Shard>> shards_;
  std::vector<std::unique_ptr<SimClient>> clients_;
  std::vector<room::MediaEvent> events_;
  std::vector<LinkPacket> link_packets_;
  std::vector<LinkNote> link_notes_;
  room::ShardIndex running_ = 0;  // the shard in whose call we are
  std::uint64_t last_transport_ = 0;
  std::uint64_t last_feed_ = 0;
};

}  // namespace parley::test

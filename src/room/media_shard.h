// The media side of rooms on one shard: its transports, the feeds that pass through it and who receives them. Sans-IO:
// commands and datagrams in, sealed packets, events and messages for other shards out.
//
//   datagram ─► MediaPeer (ICE, DTLS, SRTP) ─► StreamDemux ─► IncomingTrack ─► Feed ─┬─► OutgoingTrack ─► PacketSink
//                                                                                     └─► FeedLink (other shards)
//   FeedLink message ─► Feed (replica) ─► OutgoingTrack ─► PacketSink
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "base/address.h"
#include "base/drop_reason.h"
#include "base/packet_pool.h"
#include "base/random.h"
#include "base/time.h"
#include "base/token_bucket.h"
#include "dtls/transport.h"
#include "forward/feed_packet.h"
#include "room/media_api.h"

namespace parley::room {

// Where sealed packets go: the shard's send batch, or the simulated network.
class PacketSink {
 public:
  virtual ~PacketSink() = default;
  // A slot of kMaxPacketSize + 160 bytes, valid until the next reserve(); reserving again without a commit gives it up.
  virtual ByteSpan reserve() = 0;
  virtual void commit(std::size_t size, const Address& to) = 0;
};

// ---- between shards ----

struct SubscribeFeed {  // to the feed's shard: I have a subscriber, send me its packets
  FeedId feed;
};
struct UnsubscribeFeed {
  FeedId feed;
};
struct RequestKeyframe {  // to the feed's shard
  FeedId feed;
  std::uint8_t layer = 0;
};
struct FeedClockUpdate {  // from the feed's shard
  FeedId feed;
  forward::FeedClock clock;
};
using LinkMessage = std::variant<SubscribeFeed, UnsubscribeFeed, RequestKeyframe, FeedClockUpdate>;

class FeedLink {
 public:
  virtual ~FeedLink() = default;
  // Copies the packet into the mailbox of shard `to`. Error kMailboxFull: that shard misses this packet, and repairs it
  // as it would a lost one.
  virtual Result<void> send_packet(ShardIndex to, FeedId feed, const forward::FeedPacket& packet) = 0;
  // In order, never lost.
  virtual void send(ShardIndex to, LinkMessage message) = 0;
};

// What one peer may send us before the rest is dropped and counted (rtp_…, rtcp_…, data_rate_limited). Far above what
// browsers do: ten cameras in three layers each are some 3,000 packets a second; a viewer of 50 tracks sends some 200
// RTCP datagrams.
struct PeerRates {
  Rate rtp{20'000, 40'000};          // packets
  Rate rtcp{1'000, 2'000};           // datagrams
  Rate data_messages{2'000, 4'000};  // over all data channels
  Rate data_bytes{32U << 20U, 64U << 20U};
};

struct MediaShardConfig {
  ShardIndex index = 0;
  std::shared_ptr<const dtls::Certificate> certificate;
  std::size_t max_packets = 65'536;
  Duration consent_timeout = 15s;
  Duration establish_timeout = 20s;
  std::size_t max_data_message = 256U << 10U;  // bytes of one; longer ones end the association
  std::size_t max_data_buffer = 4U << 20U;     // bytes queued towards one peer's data channels
  PeerRates rates;
  // Called when SCTP's timers made `transport` want to send, possibly from another thread: must only arrange for
  // collect() to be called on this shard.
  std::function<void(TransportId)> sctp_wake;
};

// Plain counters; a copy is published for /metrics once a second.
struct MediaShardStats {
  std::uint64_t packets_in = 0;
  std::uint64_t bytes_in = 0;
  std::uint64_t packets_out = 0;
  std::uint64_t bytes_out = 0;
  std::uint64_t nacks_received = 0;  // sequence numbers that subscribers asked for
  std::uint64_t nacks_sent = 0;      // sequence numbers that we asked publishers for
  std::uint64_t plis_received = 0;   // PLI and FIR
  std::uint64_t plis_sent = 0;
  std::uint64_t rtx_received = 0;
  std::uint64_t rtx_sent = 0;
  std::uint64_t data_messages_in = 0;
  std::uint64_t data_messages_out = 0;
  std::uint64_t transports = 0;     // now
  std::uint64_t feeds = 0;          // now, replicas included
  std::uint64_t subscriptions = 0;  // now
  std::uint64_t pool_in_use = 0;    // packets
  DropCounters drops;
};

class MediaShard {
 public:
  // sink and link must outlive it.
  MediaShard(MediaShardConfig config, RandomSource& random, PacketSink& sink, FeedLink& link);
  ~MediaShard();
  MediaShard(const MediaShard&) = delete;
  MediaShard& operator=(const MediaShard&) = delete;

  // The pool that datagrams must come from.
  [[nodiscard]] PacketPool& pool();

  void handle_command(TimePoint now, MediaCommand command);
  // Takes the packet; decrypts it in place.
  void handle_datagram(TimePoint now, const Address& from, PacketRef packet);
  // From shard `from`. The packet's buffer must come from this shard's pool.
  void handle_link_packet(TimePoint now, FeedId feed, const forward::FeedPacket& packet);
  void handle_link_message(TimePoint now, ShardIndex from, const LinkMessage& message);
  void handle_timeout(TimePoint now);
  [[nodiscard]] TimePoint deadline() const;
  // Sends what SCTP's timers left for this transport.
  void collect(TimePoint now, TransportId transport);
  // A TCP connection of a peer ended: its address leads nowhere now.
  void address_gone(const Address& address);

  [[nodiscard]] std::optional<MediaEvent> poll_event();
  [[nodiscard]] MediaShardStats stats() const;
  [[nodiscard]] DropCounters& drops();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::room

// One participant's transport on its shard, with the tracks that come in and go out over it. Decides nothing about who
// gets what: that is the shard's business.
#pragma once

#include <bitset>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/deadline_queue.h"
#include "cc/transport_feedback.h"
#include "forward/sender_clock.h"
#include "forward/stream_demux.h"
#include "peer/transport.h"
#include "room/media_feed.h"
#include "room/media_shard.h"

namespace parley::room {

// What RTCP of a peer asks of other tracks; the shard carries it out.
struct RtcpEffects {
  struct Clock {
    MediaFeed* feed = nullptr;
    forward::FeedClock clock;
  };
  std::vector<MediaSubscriber*> keyframes;  // subscribers whose receiver wants one
  std::vector<Clock> clocks;
  void clear() {
    keyframes.clear();
    clocks.clear();
  }
};

// What a peer needs of its shard.
struct MediaContext {
  PacketSink& sink;
  MediaShardStats& stats;
  RandomSource& random;
  std::vector<MediaEvent>& events;
  PeerRates rates;
};

class MediaPeer {
 public:
  static constexpr Duration kReportInterval = 1s;   // sender reports; a new one more often helps nobody
  static constexpr Duration kQualityInterval = 5s;  // as the signalling side reports quality
  static constexpr std::size_t kMaxAddresses = 16;  // authenticated by one peer at a time; the oldest are forgotten

  MediaPeer(TimePoint now, const CreateTransport& command, peer::Config config, MediaContext& context);
  MediaPeer(const MediaPeer&) = delete;
  MediaPeer& operator=(const MediaPeer&) = delete;

  [[nodiscard]] TransportId id() const { return id_; }
  [[nodiscard]] RoomId room() const { return room_; }
  [[nodiscard]] peer::Transport& transport() { return transport_; }
  [[nodiscard]] bool connected() const { return transport_.connected(); }

  // ---- tracks ----
  std::size_t add_incoming(forward::IncomingConfig config, MediaFeed& feed);
  void update_incoming(std::size_t slot, forward::IncomingConfig config);
  void mute_incoming(TimePoint now, std::size_t slot, bool muted);
  void remove_incoming(std::size_t slot);
  void request_keyframe(TimePoint now, std::size_t slot, std::uint8_t layer);
  MediaSubscriber& add_outgoing(MediaFeed& feed, forward::OutgoingConfig config);
  [[nodiscard]] MediaSubscriber* outgoing(FeedId feed);
  void remove_outgoing(FeedId feed);
  [[nodiscard]] std::vector<FeedId> incoming_feeds() const;
  [[nodiscard]] std::vector<FeedId> outgoing_feeds() const;
  // Adds what the present incoming tracks have asked their publisher for.
  void add_request_counts(MediaShardStats& stats) const;

  // ---- packets ----
  struct FromPublisher {
    MediaFeed* feed = nullptr;
    forward::FeedPacket packet;
  };
  // A decrypted RTP packet. Errors: kRtpRateLimited; see forward::StreamDemux and forward::IncomingTrack.
  Result<FromPublisher> handle_rtp(TimePoint now, PacketRef packet);
  // A decrypted RTCP datagram. Errors: kRtcpMalformed, kRtcpRateLimited.
  Result<void> handle_rtcp(TimePoint now, ByteView datagram, RtcpEffects& effects);
  // Seals and sends what an outgoing track wrote into slot.
  Result<void> send_rtp(ByteSpan slot, const forward::Sent& sent);
  Result<void> send_data(DataChannel channel, ByteView payload);

  // Sends what ICE, DTLS and SCTP have to say and turns their events into the shard's. Call after everything that
  // touches transport().
  void flush(TimePoint now);
  void handle_timeout(TimePoint now);
  [[nodiscard]] TimePoint deadline() const;

  // ---- the shard's bookkeeping about this peer ----
  DeadlineQueue<TransportId>::Ticket ticket;
  std::vector<Address> addresses;   // authenticated, oldest first
  std::vector<std::string> ufrags;  // ours, by which checks find this peer

 private:
  struct Incoming {
    forward::IncomingTrack track;
    MediaFeed* feed;
    std::uint64_t expected_before = 0;  // at the last quality report
    std::uint64_t received_before = 0;
  };

  void send_reports(TimePoint now);
  void send_feedback(TimePoint now);
  bool send_incoming_rtcp(TimePoint now);
  void send_transport_feedback(TimePoint now);
  void send_rtcp(ByteSpan slot, std::size_t size);
  void handle_nack(TimePoint now, MediaSubscriber& subscriber, std::vector<std::uint16_t>& sequences);
  static void add_request_counts(const Incoming& incoming, MediaShardStats& stats);
  void note_started(const forward::Route& route, const forward::FeedPacket& packet, Ssrc ssrc);
  void on_transport_event(TimePoint now, peer::Event event);
  void on_data(TimePoint now, peer::DataMessage message);
  void report_quality(TimePoint now);
  [[nodiscard]] MediaSubscriber* subscriber_of(Ssrc ssrc);
  void forget(const std::vector<Ssrc>& ssrcs);

  TransportId id_;
  RoomId room_;
  MediaContext& context_;
  peer::Transport transport_;
  Ssrc local_ssrc_;
  forward::SenderClock clock_;
  forward::StreamDemux demux_;
  std::vector<std::optional<Incoming>> incoming_;  // by the demux's slot
  cc::TransportFeedbackGenerator feedback_;
  Ssrc feedback_ssrc_;  // media SSRC of the newest packet that carried a transport-wide number
  std::vector<std::unique_ptr<MediaSubscriber>> outgoing_;
  std::unordered_map<Ssrc, MediaSubscriber*> by_ssrc_;  // media and RTX
  std::uint16_t transport_sequence_ = 0;
  TokenBucket rtp_bucket_;
  TokenBucket rtcp_bucket_;
  TokenBucket data_messages_bucket_;
  TokenBucket data_bytes_bucket_;
  TimePoint next_report_;
  TimePoint next_quality_;
  std::uint32_t sent_since_quality_ = 0;  // RTP packets
  std::vector<std::uint16_t> nack_scratch_;
  bool reliable_open_ = false;
  bool lossy_open_ = false;
  bool ended_ = false;
};

}  // namespace parley::room

// A feed as one subscriber gets it: select, renumber, patch, written into the subscriber's own bytes. The shared packet
// is never touched.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "base/bytes.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "forward/feed_packet.h"
#include "forward/munger.h"
#include "forward/packet_history.h"
#include "forward/selector.h"
#include "forward/track_config.h"

namespace parley::rtp::rtcp {
struct ReportBlock;
}

namespace parley::forward {

// One RTP packet written into a slot, not yet sealed.
struct Sent {
  std::size_t size = 0;
  Ssrc ssrc;                            // of the media or the RTX stream
  std::uint16_t sequence = 0;           // as written, in that stream
  std::size_t transport_cc_offset = 0;  // of the two bytes to patch right before sending; 0: not negotiated
  bool retransmission = false;
};

struct OutgoingStats {
  std::uint64_t packets = 0;  // without retransmissions and padding
  std::uint64_t bytes = 0;    // of those packets, with RTP header
  std::uint64_t retransmitted_packets = 0;
  std::uint64_t retransmitted_bytes = 0;
  std::uint64_t padding_bytes = 0;
  std::uint64_t nacked = 0;       // sequence numbers asked for
  std::uint64_t nack_missed = 0;  // of these, no longer (or never) in the history
  std::uint32_t switches = 0;     // of layer, the start and resumes included
  // From the newest report block.
  std::uint32_t cumulative_lost = 0;
  float fraction_lost = 0;  // 0..1
  Duration jitter{0};
  std::optional<Duration> rtt;
};

class OutgoingTrack {
 public:
  // A receiver whose list is longer is better served by a keyframe.
  static constexpr std::size_t kMaxResendsPerNack = 64;
  // The mid is written until a receiver report shows that packets arrived, at most on this many.
  static constexpr std::uint32_t kMidPackets = 500;
  static constexpr Duration kMinResendInterval = 10ms;
  // A keyframe that did not come is asked for again; the origin merges what its subscribers want.
  static constexpr Duration kKeyframeRetry = 200ms;

  // random: first sequence numbers (RFC 3550 section 5.1).
  OutgoingTrack(OutgoingConfig config, RandomSource& random);

  // Every packet of the feed, all layers, in order of arrival. On success slot.first(size) is a complete RTP packet.
  // slot wants kMaxPacketSize bytes. Errors: why this subscriber does not get it (kLayerNotSelected, kAwaitingKeyframe,
  // kSubscriberPaused, kPaddingOnly, kRtpTooOld), kPayloadMalformed (RED without a primary block),
  // kRtpUnknownPayloadType (a codec the subscriber did not negotiate), kSendBufferFull (slot too small).
  Result<Sent> write(TimePoint now, const FeedPacket& packet, ByteSpan slot);

  // A receiver's NACK. For each packet that is due, acquire() -> ByteSpan gives a slot (empty: none left, stop) and
  // commit(const Sent&) takes what was written. At most kMaxResendsPerNack; none twice within one round trip.
  template <class Acquire, class Commit>
  void handle_nack(TimePoint now, std::span<const std::uint16_t> sequences, const PacketHistory& history,
                   Acquire&& acquire, Commit&& commit) {
    std::size_t sent = 0;
    for (const std::uint16_t sequence : sequences) {
      if (sent == kMaxResendsPerNack) return;
      const ByteSpan slot = acquire();
      if (slot.empty()) return;
      const Result<Sent> result = retransmit(now, sequence, history, slot);
      if (!result) continue;
      commit(*result);
      ++sent;
    }
  }
  // One of these: through RTX (RFC 4588) when negotiated, else the same packet again. Errors: kRtpTooOld (not ours, or
  // no longer held), kRateLimited (sent again a moment ago), kSendBufferFull.
  Result<Sent> retransmit(TimePoint now, std::uint16_t sequence, const PacketHistory& history, ByteSpan slot);
  // A packet of nothing but padding (1..255 bytes) on the RTX stream, for probing. Errors: kPaddingOnly (no RTX
  // negotiated, or nothing was sent yet), kSendBufferFull.
  Result<Sent> write_padding(TimePoint now, std::uint8_t bytes, ByteSpan slot);

  // SR and SDES (CNAME). False before the first packet, or when out has no room (nothing is written then).
  bool write_sender_report(TimePoint now, ByteWriter& out);
  // Of the feed, as IncomingTrack answers them.
  void handle_clock(const FeedClock& clock) { munger_.set_clock(clock); }
  void handle_report_block(TimePoint now, const rtp::rtcp::ReportBlock& block);
  // PLI or FIR of the receiver.
  void handle_keyframe_request();

  void set_target(const LayerTarget& target);
  [[nodiscard]] const LayerTarget& target() const { return selector_.target(); }
  // The layer to pass to IncomingTrack::request_keyframe. Answers once, then again every kKeyframeRetry while it is
  // still wanted, so it may be asked at any time.
  std::optional<std::uint8_t> wanted_keyframe(TimePoint now);

  [[nodiscard]] const OutgoingConfig& config() const { return config_; }
  [[nodiscard]] const OutgoingStats& stats() const { return stats_; }
  [[nodiscard]] const LayerSelector& selector() const { return selector_; }
  // Whether an SSRC in RTCP means this track.
  [[nodiscard]] bool owns(Ssrc ssrc) const {
    return ssrc == config_.ssrc || (config_.rtx_ssrc && ssrc == *config_.rtx_ssrc);
  }

 private:
  // What a packet's form depends on besides the feed's packet.
  struct Form {
    bool resend = false;
    bool rtx = false;
  };
  struct Extensions {
    std::size_t size = 0;
    std::size_t transport_cc_offset = 0;
  };

  Result<Sent> build(TimePoint now, const FeedPacket& packet, const Translation& translation, ByteSpan slot, Form form);
  [[nodiscard]] std::optional<PayloadType> payload_type_for(const FeedPacket& packet) const;
  // Nothing: no room.
  [[nodiscard]] std::optional<Extensions> write_extensions(TimePoint now, const FeedPacket* packet,
                                                           const Translation& translation, ByteSpan slot) const;
  [[nodiscard]] Result<std::size_t> write_payload(const FeedPacket& packet, const CodecPatch& patch,
                                                  ByteSpan out) const;
  void add_media_extensions(rtp::ExtensionWriter& writer, const FeedPacket& packet, const CodecPatch& patch,
                            ByteSpan block) const;
  [[nodiscard]] bool writes_mid() const { return !acknowledged_ && stats_.packets < kMidPackets; }
  [[nodiscard]] Duration resend_interval() const;

  OutgoingConfig config_;
  LayerSelector selector_;
  RtpMunger munger_;
  OutgoingStats stats_;
  std::uint64_t payload_octets_ = 0;  // for sender reports
  std::uint16_t rtx_sequence_ = 0;
  bool two_byte_ids_ = false;  // an extension id above 14 was negotiated
  bool acknowledged_ = false;
  bool keyframe_requested_ = false;
  std::optional<std::uint8_t> asked_layer_;
  TimePoint asked_at_;
};

}  // namespace parley::forward

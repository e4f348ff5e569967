// The origin of a feed: a published track in one codec, as its publisher's transport receives it. Widens numbers, drops
// what came before, undoes RTX, describes the codec's packet, asks for what is missing and reports on what arrived.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>

#include "base/bytes.h"
#include "base/packet_pool.h"
#include "base/result.h"
#include "base/time.h"
#include "forward/feed_packet.h"
#include "forward/sender_clock.h"
#include "forward/stream_demux.h"
#include "forward/track_config.h"
#include "rtp/header_extensions.h"
#include "rtp/packet_view.h"

namespace parley::forward {

struct IncomingLayerStats {
  std::optional<Ssrc> ssrc;
  bool active = false;        // packets within the last kLayerTimeout
  std::uint64_t packets = 0;  // recovered ones included
  std::uint64_t bytes = 0;    // of RTP payload
  std::uint64_t duplicates = 0;
  std::uint64_t padding_only = 0;
  std::uint64_t recovered = 0;  // by RTX or late arrival after a NACK
  std::uint64_t nacks = 0;      // sequence numbers asked for
  std::uint64_t plis = 0;
  std::uint64_t keyframes = 0;
  std::uint64_t expected = 0;  // by sequence numbers
  std::uint64_t received = 0;  // of those expected, each counted once
  std::uint64_t bits_per_second = 0;
  Duration jitter{0};
  std::uint16_t width = 0;  // from the newest keyframe; 0 unknown
  std::uint16_t height = 0;
};

class IncomingTrack {
 public:
  static constexpr Duration kVideoLayerTimeout = 500ms;
  static constexpr Duration kAudioLayerTimeout = 2s;  // DTX sends a packet every 400 ms
  static constexpr Duration kReportInterval = 1s;

  // local_ssrc: the sender of our RTCP. clock: of this publisher, outlives the track.
  IncomingTrack(IncomingConfig config, Ssrc local_ssrc, SenderClock& clock);
  ~IncomingTrack();
  IncomingTrack(IncomingTrack&&) noexcept;
  IncomingTrack& operator=(IncomingTrack&&) noexcept;

  // Renegotiated; streams in flight go on. Whether it is muted stays as set_muted left it.
  void update(IncomingConfig config);
  [[nodiscard]] const IncomingConfig& config() const;
  // A Route that is fresh: this SSRC is the layer's media or RTX stream from now on.
  void bind(TimePoint now, const StreamRef& stream, Ssrc ssrc);

  // One packet of this track, media or RTX as stream says. `packet` must be unshared: RTX is undone in place. view and
  // extensions borrow it. The result is ready for history and subscribers; payload_size 0 marks padding, which they
  // need to see as well. Errors: kRtpDuplicate, kRtpTooOld, kRtpMuted, kRtpUnknownPayloadType, kRtxMalformed,
  // kRtxUnknownStream (no media seen yet), kPaddingOnly (on the RTX stream), kPayloadMalformed.
  Result<FeedPacket> handle_rtp(TimePoint now, PacketRef packet, const rtp::PacketView& view,
                                const rtp::Extensions& extensions, const StreamRef& stream);

  // A sender report on a layer's media SSRC. nullopt when it cannot be placed in time yet.
  std::optional<FeedClock> handle_sender_report(TimePoint now, std::uint8_t layer, NtpTime ntp,
                                                std::uint32_t rtp_timestamp);
  void set_rtt(Duration rtt);
  void set_muted(TimePoint now, bool muted);
  // As OutgoingTrack::wanted_keyframe answers. A layer that is not being sent is replaced by the best one below it, or
  // the lowest there is.
  void request_keyframe(TimePoint now, std::uint8_t layer);

  // When poll_rtcp has something to say.
  [[nodiscard]] TimePoint deadline() const;
  // Appends whole RTCP packets (RR, NACK, PLI) that are due. What finds no room stays due. True when anything was
  // written. The result is a compound packet: it begins with a report.
  bool poll_rtcp(TimePoint now, ByteWriter& out);

  [[nodiscard]] bool layer_active(TimePoint now, std::uint8_t layer) const;
  [[nodiscard]] std::uint8_t layer_count() const;
  [[nodiscard]] IncomingLayerStats layer_stats(TimePoint now, std::uint8_t layer) const;
  [[nodiscard]] std::optional<Ssrc> ssrc_of(std::uint8_t layer) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::forward

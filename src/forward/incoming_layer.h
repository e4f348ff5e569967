// One encoding of a published track: its numbers, what it received and what is missing. Part of IncomingTrack.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>

#include "base/packet_pool.h"
#include "base/result.h"
#include "base/time.h"
#include "base/unwrap.h"
#include "codec/dependency_descriptor.h"
#include "forward/feed_packet.h"
#include "forward/incoming_track.h"
#include "forward/nack_generator.h"
#include "forward/rate_meter.h"
#include "rtp/header_extensions.h"
#include "rtp/packet_view.h"
#include "rtp/receive_stats.h"

namespace parley::forward {

// Which of the last numbers arrived.
class ReceiveWindow {
 public:
  // Longer than a NACK lives at any rate: 1 s of 2,000 packets/s.
  static constexpr std::int64_t kSize = 2048;

  // Errors: kRtpDuplicate, kRtpTooOld.
  Result<void> take(std::int64_t sequence);
  [[nodiscard]] std::int64_t highest() const { return highest_; }
  [[nodiscard]] bool started() const { return started_; }
  void reset() { *this = ReceiveWindow{}; }

 private:
  static constexpr std::int64_t kWordBits = 64;
  [[nodiscard]] std::uint64_t& word(std::int64_t sequence) {
    return seen_[static_cast<std::size_t>((sequence & (kSize - 1)) / kWordBits)];
  }

  std::array<std::uint64_t, kSize / kWordBits> seen_{};
  std::int64_t highest_ = 0;
  bool started_ = false;
};

class IncomingLayer {
 public:
  struct Place {
    std::int64_t sequence = 0;
    std::int64_t timestamp = 0;
  };

  explicit IncomingLayer(std::uint8_t index) : index_(index) {}

  // Another SSRC than before begins a new generation with numbers of its own.
  void bind(Ssrc media);
  // After a mute: a new generation whose numbers go on.
  void resume();
  [[nodiscard]] bool started() const { return ssrc && window_.started(); }

  // Widens the packet's numbers, sorts out what came before, and counts. Errors: kRtpDuplicate, kRtpTooOld.
  Result<Place> admit(TimePoint now, const rtp::PacketView& view, std::uint32_t clock_rate, bool recovered);
  // Errors: kPayloadMalformed.
  Result<FeedPacket> describe(TimePoint now, PacketRef packet, const rtp::PacketView& view,
                              const rtp::Extensions& extensions, codec::Codec codec, const Place& place);

  std::optional<Ssrc> ssrc;
  std::uint8_t generation = 0;
  TimestampUnwrapper timestamps;
  std::optional<rtp::ReceiveStats> stats;  // once started
  NackGenerator nack;
  RateMeter rate;
  TimePoint last_packet;
  bool heard_since_report = false;
  IncomingLayerStats counters;      // those that are plain sums
  std::uint64_t past_expected = 0;  // of earlier SSRCs
  std::uint64_t past_lost = 0;

 private:
  Result<codec::PacketInfo> read_info(const rtp::PacketView& view, const rtp::Extensions& extensions,
                                      codec::Codec codec, std::int64_t sequence, bool& descriptor_ok);

  std::uint8_t index_;
  SeqUnwrapper sequences_;
  ReceiveWindow window_;
  std::optional<std::int64_t> first_of_generation_;
  bool first_is_next_ = false;
  std::unique_ptr<codec::DependencyDescriptorReader> descriptors_;
};

}  // namespace parley::forward

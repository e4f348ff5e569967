// Both ends of transport-wide congestion control's feedback: the generator tells publishers what arrived, the map of
// acknowledged packets is what a sender learns from such messages.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/time.h"
#include "base/unwrap.h"
#include "rtp/rtcp/transport_feedback.h"

namespace parley::cc {

// One per transport that receives media.
class TransportFeedbackGenerator {
 public:
  // A sender's estimator wants reports at least twice per round trip of a near peer; with little traffic half of that
  // rate does and saves the uplink of audio-only calls 2 kbit/s.
  static constexpr Duration kBusyInterval = 50ms;
  static constexpr Duration kIdleInterval = 100ms;
  static constexpr std::size_t kBusyPackets = 10;  // in one idle interval: more than two audio streams make
  // How long a reported arrival is kept, so that a message which goes back for a late packet does not call its
  // neighbours lost. Later than this a sender has long counted the packet as lost.
  static constexpr Duration kReorderWindow = 500ms;
  // Bounds memory: reported arrivals go first; if nobody polls, further ones are not recorded, hence reported as lost.
  static constexpr std::size_t kMaxArrivals = 8192;
  // A number this far behind is no late packet but a sender that started afresh.
  static constexpr std::int64_t kRestartDistance = 1 << 14;
  // Longer gaps cannot be told from others by 16 bits: what lies before the last so many numbers is not reported on.
  static constexpr std::int64_t kMaxGap = (1 << 15) - 1;

  // A packet with this transport-wide number arrived. The first arrival of a number counts.
  void on_packet(TimePoint now, std::uint16_t transport_sequence);

  // When poll() will have something to say; kNever without unreported packets.
  [[nodiscard]] TimePoint deadline() const;

  // Writes one message when due: at most 1,200 bytes. Call until it answers false, each time with a fresh writer or
  // with room left; a writer that is too small for any message also answers false and loses nothing.
  bool poll(TimePoint now, Ssrc media_ssrc, Ssrc sender_ssrc, ByteWriter& out);

 private:
  void restart(std::int64_t sequence);
  bool insert(const rtp::rtcp::Arrival& arrival);
  void forget_reported(TimePoint now);
  void forget_before(std::int64_t sequence);

  SeqUnwrapper unwrapper_;
  std::vector<rtp::rtcp::Arrival> arrivals_;  // ascending by sequence: reported ones of the window, then new ones
  std::optional<std::int64_t> next_base_;     // first number not reported on yet
  std::int64_t floor_ = 0;                    // numbers below are forgotten
  std::size_t unreported_ = 0;                // packets since the last complete report
  TimePoint first_unreported_at_;
  bool flushing_ = false;  // a report is under way whose rest goes into further messages
  std::uint8_t feedback_count_ = 0;
};

// The sender's side: which of its packets arrived, and when on the receiver's clock (only differences mean anything).
class AckedPackets {
 public:
  // Bounds the map; the lowest numbers go first.
  static constexpr std::size_t kMaxPackets = 32768;

  void on_feedback(const rtp::rtcp::TransportFeedback& feedback);

  // Sequence numbers widened from the first feedback's base on: equal to the sender's own 64-bit numbers when those
  // began below 65536 and the first feedback came within as many packets.
  [[nodiscard]] std::optional<TimePoint> arrival_of(std::int64_t sequence) const;
  [[nodiscard]] const std::map<std::int64_t, TimePoint>& all() const { return arrivals_; }
  [[nodiscard]] std::optional<std::int64_t> highest_reported() const { return highest_reported_; }
  [[nodiscard]] std::uint64_t feedback_messages() const { return messages_; }
  [[nodiscard]] std::uint64_t feedback_lost() const { return messages_lost_; }  // gaps in the feedback count

 private:
  SeqUnwrapper sequences_;
  Unwrapper<24> references_;
  Unwrapper<8> counts_;
  std::map<std::int64_t, TimePoint> arrivals_;
  std::optional<std::int64_t> highest_reported_;
  std::uint64_t messages_ = 0;
  std::uint64_t messages_lost_ = 0;
};

}  // namespace parley::cc

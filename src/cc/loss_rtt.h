// How a link fares, for the quality bars that users see: loss, round trip and jitter over a window, folded into one
// score. No part of congestion control decides by it.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "base/time.h"
#include "rtp/rtcp/report_block.h"

namespace parley::cc {

// The numbers of the signalling protocol's ConnectionQuality. (Its fourth, LOST, is not measured: it means that the
// transport is gone.)
enum class Quality : std::uint8_t { kPoor = 0, kGood = 1, kExcellent = 2 };

// Round trip from a report block (RFC 3550 section 6.4.1): arrival - LSR - DLSR in 1/65536 s. nullopt when the block
// answers no sender report of ours, or when the result is no plausible round trip (negative by more than rounding, or
// above a minute).
std::optional<Duration> round_trip(TimePoint now, std::uint32_t last_sr, std::uint32_t delay_since_last_sr);

// ITU-T G.107's transmission rating R (0..100), in the simplified form common for VoIP monitoring: base 93.2 (G.107's
// default with a modern codec), less the impairment by delay (gentle below 160 ms mouth to ear, steep above, after
// G.107's Idd knee), less 2.5 per percent lost (an Opus-like codec with concealment).
// loss: 0..1, after repair where there is one.
double transmission_rating(double loss, Duration rtt, Duration jitter);
// Mean opinion score 1..4.5 of a rating (G.107 annex B).
double mean_opinion_score(double rating);
// Bounds by ITU-T G.109's categories of user satisfaction: from 80 on users are satisfied, below 60 nearly all are
// dissatisfied.
inline constexpr double kExcellentRating = 80;
inline constexpr double kGoodRating = 60;
Quality quality_of_rating(double rating);

struct LinkReport {
  double loss = 0;     // 0..1, over all packets expected within the window
  Duration rtt{0};     // mean over the window; the last known one when the window has none; 0 when never measured
  Duration jitter{0};  // mean over the window
  double score = 0;    // mean opinion score, 1..4.5
  Quality quality = Quality::kExcellent;
};

class LinkQuality {
 public:
  // Two reporting periods of the signalling side (5 s each): a single bad second shows, but does not flap.
  static constexpr Duration kDefaultWindow = 10s;
  static constexpr std::size_t kMaxSamples = 1024;  // memory bound against a peer that reports without end

  explicit LinkQuality(Duration window = kDefaultWindow) : window_(window) {}

  // A receiver's report on a stream of ours with this clock: loss, jitter, and round trip where it answers an SR.
  // packets_sent: how many we sent on the stream since its previous report, the weight of fraction_lost.
  void on_report_block(TimePoint now, const rtp::rtcp::ReportBlock& block, std::uint32_t clock_rate,
                       std::uint32_t packets_sent);
  // The same for a stream that we receive ourselves.
  void on_loss(TimePoint now, double lost, double expected);
  void on_jitter(TimePoint now, Duration jitter);
  void on_rtt(TimePoint now, Duration rtt);

  // Over what came within the window before now.
  [[nodiscard]] LinkReport report(TimePoint now);

 private:
  struct Loss {
    TimePoint at;
    double lost = 0;
    double expected = 0;
  };
  struct Delay {
    TimePoint at;
    Duration value{0};
  };

  Duration window_;
  std::deque<Loss> losses_;
  std::deque<Delay> rtts_;
  std::deque<Delay> jitters_;
  std::optional<Duration> last_rtt_;
};

}  // namespace parley::cc

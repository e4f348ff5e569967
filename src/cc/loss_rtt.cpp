#include "cc/loss_rtt.h"

#include <algorithm>

namespace parley::cc {
namespace {

constexpr std::int64_t kCompactPerSecond = 65'536;  // unit of LSR and DLSR
// Peers compute DLSR from clocks of a few ms resolution, so a loopback round trip may come out below zero.
constexpr std::int64_t kRoundingSlack = kCompactPerSecond / 100;
constexpr std::int64_t kMaxRoundTrip = 60 * kCompactPerSecond;

constexpr double kBaseRating = 93.2;
constexpr double kCodecDelayMs = 10;
constexpr double kDelayKneeMs = 160;
constexpr double kRatingPerLossPercent = 2.5;

template <class Samples>
void forget_before(Samples& samples, TimePoint oldest, std::size_t max_samples) {
  while (!samples.empty() && (samples.front().at < oldest || samples.size() > max_samples)) samples.pop_front();
}

template <class Samples>
std::optional<Duration> mean_of(const Samples& samples) {
  if (samples.empty()) return std::nullopt;
  Duration sum{0};
  for (const auto& sample : samples) sum += sample.value;
  return sum / static_cast<std::int64_t>(samples.size());
}

double to_ms(Duration d) { return static_cast<double>(d.count()) / 1000.0; }

}  // namespace

std::optional<Duration> round_trip(TimePoint now, std::uint32_t last_sr, std::uint32_t delay_since_last_sr) {
  if (last_sr == 0) return std::nullopt;
  // Modulo 2^32: the compact form wraps every 18 hours.
  const std::int64_t elapsed = static_cast<std::int32_t>(to_ntp(now).compact() - last_sr - delay_since_last_sr);
  if (elapsed < -kRoundingSlack || elapsed > kMaxRoundTrip) return std::nullopt;
  return Duration{std::max<std::int64_t>(elapsed, 0) * 1'000'000 / kCompactPerSecond};
}

double transmission_rating(double loss, Duration rtt, Duration jitter) {
  // A jitter buffer holds back about twice the mean deviation.
  const double delay = to_ms(rtt) / 2 + to_ms(jitter) * 2 + kCodecDelayMs;
  const double impairment = delay < kDelayKneeMs ? delay / 40 : (delay - 120) / 10;
  const double rating = kBaseRating - impairment - kRatingPerLossPercent * 100 * std::clamp(loss, 0.0, 1.0);
  return std::clamp(rating, 0.0, 100.0);
}

double mean_opinion_score(double rating) {
  const double r = std::clamp(rating, 0.0, 100.0);
  return std::max(1.0, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6);
}

Quality quality_of_rating(double rating) {
  if (rating >= kExcellentRating) return Quality::kExcellent;
  return rating >= kGoodRating ? Quality::kGood : Quality::kPoor;
}

void LinkQuality::on_report_block(TimePoint now, const rtp::rtcp::ReportBlock& block, std::uint32_t clock_rate,
                                  std::uint32_t packets_sent) {
  on_loss(now, packets_sent * (block.fraction_lost / 256.0), packets_sent);
  if (clock_rate != 0) {
    on_jitter(now, Duration{static_cast<std::int64_t>(std::uint64_t{block.jitter} * 1'000'000U / clock_rate)});
  }
  if (const auto rtt = round_trip(now, block.last_sr, block.delay_since_last_sr)) on_rtt(now, *rtt);
}

void LinkQuality::on_loss(TimePoint now, double lost, double expected) {
  if (expected <= 0) return;
  losses_.push_back({now, std::clamp(lost, 0.0, expected), expected});
  forget_before(losses_, now - window_, kMaxSamples);
}

void LinkQuality::on_jitter(TimePoint now, Duration jitter) {
  jitters_.push_back({now, jitter});
  forget_before(jitters_, now - window_, kMaxSamples);
}

void LinkQuality::on_rtt(TimePoint now, Duration rtt) {
  last_rtt_ = rtt;
  rtts_.push_back({now, rtt});
  forget_before(rtts_, now - window_, kMaxSamples);
}

LinkReport LinkQuality::report(TimePoint now) {
  forget_before(losses_, now - window_, kMaxSamples);
  forget_before(jitters_, now - window_, kMaxSamples);
  forget_before(rtts_, now - window_, kMaxSamples);
  double lost = 0;
  double expected = 0;
  for (const Loss& loss : losses_) {
    lost += loss.lost;
    expected += loss.expected;
  }
  LinkReport out;
  out.loss = expected > 0 ? lost / expected : 0;
  out.jitter = mean_of(jitters_).value_or(Duration{0});
  out.rtt = mean_of(rtts_).value_or(last_rtt_.value_or(Duration{0}));
  const double rating = transmission_rating(out.loss, out.rtt, out.jitter);
  out.score = mean_opinion_score(rating);
  out.quality = quality_of_rating(rating);
  return out;
}

}  // namespace parley::cc

#include "room/quality.h"

#include <algorithm>

namespace parley::room {

QualityScore score_of(const TransportQuality& measured) {
  constexpr double kCodecDelayMs = 10;
  const auto ms = [](Duration d) { return std::max(0.0, to_seconds(d) * 1000); };
  const double delay = ms(measured.rtt) / 2 + 2 * ms(measured.jitter) + kCodecDelayMs;
  // Directions without packets measured nothing.
  double loss = 0;
  if (measured.uplink_expected > 0) loss = std::max(loss, static_cast<double>(measured.uplink_loss));
  if (measured.downlink_sent > 0) loss = std::max(loss, static_cast<double>(measured.downlink_loss));
  loss = std::clamp(loss, 0.0, 1.0);

  // Below 160 ms people hardly notice delay; each percent of loss costs 2.5 points.
  constexpr double kBest = 93.2;
  double r = kBest - (delay < 160 ? delay / 40 : (delay - 120) / 10) - loss * 100 * 2.5;
  r = std::clamp(r, 0.0, 100.0);
  const auto mos = static_cast<float>(1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r));

  constexpr float kExcellentFrom = 4.1F;
  constexpr float kGoodFrom = 3.1F;
  ConnectionQuality quality = ConnectionQuality::kPoor;
  if (mos >= kGoodFrom) quality = ConnectionQuality::kGood;
  if (mos >= kExcellentFrom) quality = ConnectionQuality::kExcellent;
  return {quality, mos};
}

void QualityMeter::report(const TransportQuality& measured) {
  const QualityScore score = score_of(measured);
  if (!worst_ || score.score < worst_->score) worst_ = score;
}

QualityScore QualityMeter::evaluate() {
  if (worst_) current_ = *worst_;
  worst_.reset();
  return lost_ ? QualityScore{ConnectionQuality::kLost, 0} : current_;
}

}  // namespace parley::room

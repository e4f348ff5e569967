#include "rtp/receive_stats.h"

#include <algorithm>

namespace parley::rtp {
namespace {

// A timestamp that strays this far from the arrival (seconds) is a new time base, not jitter.
constexpr std::uint32_t kMaxTransitJumpSeconds = 5;

}  // namespace

void ReceiveStats::on_packet(TimePoint now, std::int64_t sequence, std::uint32_t timestamp) {
  if (!base_) {
    base_ = sequence;
    highest_ = sequence;
    epoch_ = now;
  }
  // Lower than the first: reordered at the very start, and expected as well.
  base_ = std::min(*base_, sequence);
  highest_ = std::max(highest_, sequence);
  update_jitter(now, timestamp);
  ++received_;
}

void ReceiveStats::update_jitter(TimePoint now, std::uint32_t timestamp) {
  const std::int64_t arrival = (now - epoch_).count() * static_cast<std::int64_t>(clock_rate_) / 1'000'000;
  const std::uint32_t transit = static_cast<std::uint32_t>(arrival) - timestamp;
  const std::uint32_t difference = transit - transit_;
  transit_ = transit;
  if (received_ == 0) return;
  const std::uint32_t distance = std::min(difference, 0U - difference);
  if (distance > kMaxTransitJumpSeconds * std::uint64_t{clock_rate_}) return;
  // RFC 3550 appendix A.8: J += (|D| - J) / 16, in sixteenths so that rounding does not bias it.
  jitter_q4_ = jitter_q4_ + distance - ((jitter_q4_ + 8U) >> 4U);
}

void ReceiveStats::on_sender_report(TimePoint now, NtpTime ntp) {
  last_sr_ = ntp;
  last_sr_at_ = now;
}

std::optional<rtcp::ReportBlock> ReceiveStats::report(TimePoint now, Ssrc ssrc) {
  if (!base_) return std::nullopt;
  rtcp::ReportBlock block;
  block.ssrc = ssrc;
  block.highest_sequence = static_cast<std::uint32_t>(highest_);
  block.jitter = jitter();
  block.cumulative_lost =
      static_cast<std::int32_t>(std::clamp<std::int64_t>(lost(), rtcp::kMinCumulativeLost, rtcp::kMaxCumulativeLost));

  const auto expected_interval = static_cast<std::int64_t>(expected() - expected_prior_);
  const auto received_interval = static_cast<std::int64_t>(received_ - received_prior_);
  expected_prior_ = expected();
  received_prior_ = received_;
  const std::int64_t lost_interval = expected_interval - received_interval;
  if (expected_interval > 0 && lost_interval > 0) {
    block.fraction_lost =
        static_cast<std::uint8_t>(std::min<std::int64_t>(lost_interval * 256 / expected_interval, 255));
  }

  if (last_sr_at_) {
    block.last_sr = last_sr_.compact();
    const std::int64_t delay = std::max<std::int64_t>((now - *last_sr_at_).count(), 0);
    constexpr std::int64_t kMaxDelayMicros = 65'535'000'000;  // what 16.16 seconds hold
    block.delay_since_last_sr = static_cast<std::uint32_t>(std::min(delay, kMaxDelayMicros) * 65'536 / 1'000'000);
  }
  return block;
}

std::uint64_t ReceiveStats::expected() const { return base_ ? static_cast<std::uint64_t>(highest_ - *base_) + 1 : 0; }

std::int64_t ReceiveStats::lost() const {
  return static_cast<std::int64_t>(expected()) - static_cast<std::int64_t>(received_);
}

std::uint64_t ReceiveStats::residual_lost() const {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(lost() - static_cast<std::int64_t>(recovered_), 0));
}

Duration ReceiveStats::jitter_time() const {
  return Duration{static_cast<std::int64_t>(std::uint64_t{jitter()} * 1'000'000U / clock_rate_)};
}

}  // namespace parley::rtp

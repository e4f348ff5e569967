#include "cc/transport_feedback.h"

#include <algorithm>
#include <span>

namespace parley::cc {

using rtp::rtcp::Arrival;
using rtp::rtcp::kFeedbackReference;
using rtp::rtcp::kFeedbackTick;

namespace {

bool before(const Arrival& arrival, std::int64_t sequence) { return arrival.sequence < sequence; }

}  // namespace

void TransportFeedbackGenerator::on_packet(TimePoint now, std::uint16_t transport_sequence) {
  const std::int64_t sequence = unwrapper_.unwrap(transport_sequence);
  if (!next_base_ || sequence < *next_base_ - kRestartDistance) restart(sequence);
  if (sequence < floor_) return;
  if (arrivals_.size() >= kMaxArrivals) forget_before(*next_base_);
  if (!insert({sequence, now.time_since_epoch() / kFeedbackTick})) return;
  // A late packet takes the next message back to its number; what was reported since then is repeated in it.
  next_base_ = std::min(*next_base_, sequence);
  if (unreported_++ == 0) first_unreported_at_ = now;
}

void TransportFeedbackGenerator::restart(std::int64_t sequence) {
  arrivals_.clear();
  next_base_ = sequence;
  // Packets that the first one overtook are welcome.
  floor_ = sequence - kRestartDistance;
  unreported_ = 0;
  flushing_ = false;
}

bool TransportFeedbackGenerator::insert(const Arrival& arrival) {
  if (arrivals_.size() >= kMaxArrivals) return false;
  if (arrivals_.empty() || arrivals_.back().sequence < arrival.sequence) {
    arrivals_.push_back(arrival);
    return true;
  }
  const auto at = std::lower_bound(arrivals_.begin(), arrivals_.end(), arrival.sequence, before);
  if (at->sequence == arrival.sequence) return false;
  arrivals_.insert(at, arrival);
  return true;
}

TimePoint TransportFeedbackGenerator::deadline() const {
  if (unreported_ == 0) return kNever;
  if (flushing_) return first_unreported_at_;
  return first_unreported_at_ + (unreported_ >= kBusyPackets ? kBusyInterval : kIdleInterval);
}

bool TransportFeedbackGenerator::poll(TimePoint now, Ssrc media_ssrc, Ssrc sender_ssrc, ByteWriter& out) {
  if (now < deadline()) return false;
  flushing_ = true;
  const auto first = std::lower_bound(arrivals_.begin(), arrivals_.end(), *next_base_, before);
  const std::span<const Arrival> pending(first, arrivals_.end());
  const std::int64_t base = std::max(*next_base_, pending.front().sequence - kMaxGap);
  const std::size_t covered =
      rtp::rtcp::write_transport_feedback(out, {{sender_ssrc, media_ssrc}, base, feedback_count_}, pending);
  if (covered == 0) return false;
  ++feedback_count_;
  next_base_ = pending[covered - 1].sequence + 1;
  if (covered == pending.size()) {
    flushing_ = false;
    unreported_ = 0;
    forget_reported(now);
  }
  return true;
}

void TransportFeedbackGenerator::forget_reported(TimePoint now) {
  const std::int64_t oldest = (now - kReorderWindow).time_since_epoch() / kFeedbackTick;
  const auto keep =
      std::find_if(arrivals_.begin(), arrivals_.end(), [&](const Arrival& a) { return a.ticks >= oldest; });
  if (keep != arrivals_.begin()) forget_before(std::prev(keep)->sequence + 1);
}

void TransportFeedbackGenerator::forget_before(std::int64_t sequence) {
  const auto keep = std::lower_bound(arrivals_.begin(), arrivals_.end(), sequence, before);
  if (keep == arrivals_.begin()) return;
  floor_ = sequence;
  arrivals_.erase(arrivals_.begin(), keep);
}

void AckedPackets::on_feedback(const rtp::rtcp::TransportFeedback& feedback) {
  const std::optional<std::int64_t> count_before = counts_.last();
  const std::int64_t count = counts_.unwrap(feedback.feedback_count);
  ++messages_;
  if (count_before && count > *count_before) messages_lost_ += static_cast<std::uint64_t>(count - *count_before - 1);

  const std::int64_t base = sequences_.unwrap(feedback.base_sequence);
  const std::int64_t reference = references_.unwrap(static_cast<std::uint32_t>(feedback.reference_time));
  const std::int64_t highest = base + feedback.status_count - 1;
  highest_reported_ = std::max(highest_reported_.value_or(highest), highest);
  auto cursor = feedback.received();
  while (const auto received = cursor.next()) {
    const TimePoint arrival = TimePoint{} + reference * kFeedbackReference + received->since_reference;
    arrivals_.try_emplace(base + received->offset, arrival);
  }
  while (arrivals_.size() > kMaxPackets) arrivals_.erase(arrivals_.begin());
}

std::optional<TimePoint> AckedPackets::arrival_of(std::int64_t sequence) const {
  const auto found = arrivals_.find(sequence);
  if (found == arrivals_.end()) return std::nullopt;
  return found->second;
}

}  // namespace parley::cc

#include "forward/nack_generator.h"

#include <algorithm>
#include <utility>

namespace parley::forward {

bool NackGenerator::on_packet(TimePoint now, std::int64_t sequence, bool keyframe_start) {
  if (!started_) {
    started_ = true;
    highest_ = sequence;
    return false;
  }
  const auto at = std::lower_bound(missing_.begin(), missing_.end(), sequence,
                                   [](const Missing& m, std::int64_t s) { return m.sequence < s; });
  bool was_missing = false;
  if (sequence > highest_) {
    if (sequence > highest_ + 1) add_gap(now, highest_ + 1, sequence - 1);
    highest_ = sequence;
    if (keyframe_start) missing_.clear();
  } else {
    was_missing = at != missing_.end() && at->sequence == sequence;
    const auto from = keyframe_start ? missing_.begin() : at;
    missing_.erase(from, was_missing ? at + 1 : at);
  }
  hasten(now);
  return was_missing;
}

void NackGenerator::set_rtt(Duration rtt) { rtt_ = std::max(rtt, Duration{0}); }

void NackGenerator::add_gap(TimePoint now, std::int64_t from, std::int64_t to) {
  const auto count = static_cast<std::uint64_t>(to - from + 1);
  if (missing_.size() + count > config_.max_list) {
    missing_.clear();
    keyframe_needed_ = true;
    return;
  }
  const TimePoint due = now + config_.reorder_wait;
  for (std::int64_t s = from; s <= to; ++s) missing_.push_back({.sequence = s, .since = now, .due = due, .tries = 0});
  next_due_ = soonest(next_due_, due);
}

// Ends the wait of those that enough later packets have overtaken. The list ascends, so all before the first that has
// been dealt with have been dealt with too.
void NackGenerator::hasten(TimePoint now) {
  for (auto it = missing_.rbegin(); it != missing_.rend(); ++it) {
    if (highest_ - it->sequence < config_.reorder_packets) continue;
    if (it->tries > 0 || it->due <= now) return;
    it->due = now;
    next_due_ = soonest(next_due_, now);
  }
}

std::size_t NackGenerator::poll(TimePoint now, std::span<std::int64_t> out) {
  if (now < next_due_) return 0;
  const auto hopeless = [&](const Missing& m) {
    return now - m.since >= config_.max_age || (m.tries >= config_.max_tries && m.due <= now);
  };
  if (std::erase_if(missing_, hopeless) > 0) keyframe_needed_ = true;

  const Duration interval = std::max(rtt_, config_.min_interval);
  std::size_t count = 0;
  next_due_ = kNever;
  for (Missing& m : missing_) {
    if (m.due <= now && count < out.size()) {
      out[count++] = m.sequence;
      ++m.tries;
      m.due = now + interval;
    }
    next_due_ = soonest(next_due_, soonest(m.due, m.since + config_.max_age));
  }
  return count;
}

TimePoint NackGenerator::deadline() const { return missing_.empty() ? kNever : next_due_; }

bool NackGenerator::take_keyframe_request() { return std::exchange(keyframe_needed_, false); }

void NackGenerator::reset() {
  missing_.clear();
  next_due_ = kNever;
  started_ = false;
  keyframe_needed_ = false;
}

}  // namespace parley::forward

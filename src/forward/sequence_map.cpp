#include "forward/sequence_map.h"

#include <algorithm>

namespace parley::forward {

SequenceMap::SequenceMap(std::size_t capacity, std::uint16_t first)
    : entries_(capacity), first_(first), next_(first), last_sent_(first - 1) {}

Run& SequenceMap::start_run(std::uint8_t layer, std::uint8_t generation, std::int64_t source) {
  if (started_) ++run_;
  started_ = true;
  Run& run = runs_[run_ % kRuns];
  run = Run{};
  run.id = run_;
  run.layer = layer;
  run.generation = generation;
  run.first_output = next_;
  run.first_source = source;
  run.highest_source = source - 1;
  return run;
}

const Run* SequenceMap::run_of(const SequenceEntry& entry) const {
  const Run& run = runs_[entry.run % kRuns];
  return started_ && run.id == entry.run ? &run : nullptr;
}

SequenceEntry& SequenceMap::push(const Run& run, std::int64_t source, std::uint8_t flags) {
  SequenceEntry& entry = entries_[index(next_++)];
  entry = {.source = static_cast<std::uint32_t>(source),
           .picture_offset = run.picture_offset,
           .resent_at = 0,
           .run = run.id,
           .flags = flags};
  return entry;
}

void SequenceMap::open_gap(Run& run, std::int64_t source) {
  const std::int64_t open = next_ - 1 - last_sent_;
  const std::int64_t gap = std::min(source - run.highest_source - 1, kMaxGap - open);
  for (std::int64_t s = source - gap; s < source; ++s) push(run, s, 0);
  run.highest_source = source;
}

std::int64_t SequenceMap::append(std::int64_t source) {
  Run& run = runs_[run_ % kRuns];
  open_gap(run, source);
  push(run, source, SequenceEntry::kSent);
  last_sent_ = next_ - 1;
  return last_sent_;
}

void SequenceMap::skip(std::int64_t source) { open_gap(runs_[run_ % kRuns], source); }

std::optional<std::int64_t> SequenceMap::hole_of(std::int64_t source) const {
  const Run* run = current();
  if (run == nullptr || source < run->first_source || source > run->highest_source) return std::nullopt;
  std::int64_t low = std::max(run->first_output, next_ - static_cast<std::int64_t>(entries_.size()));
  std::int64_t high = next_;  // first whose source is not below: in [low, high]
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    if (source_of(entries_[index(middle)], *run) < source) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == next_) return std::nullopt;
  const SequenceEntry& entry = entries_[index(low)];
  if (source_of(entry, *run) != source || (entry.flags & SequenceEntry::kSent) != 0) return std::nullopt;
  return low;
}

std::optional<std::int64_t> SequenceMap::widen(std::uint16_t sequence) const {
  const std::int64_t highest = next_ - 1;
  const auto behind = static_cast<std::uint16_t>(static_cast<std::uint16_t>(highest) - sequence);
  const std::int64_t output = highest - behind;
  if (behind >= entries_.size() || output < first_) return std::nullopt;
  return output;
}

std::int64_t SequenceMap::source_of(const SequenceEntry& entry, const Run& run) const {
  const auto distance = static_cast<std::int32_t>(entry.source - static_cast<std::uint32_t>(run.highest_source));
  return run.highest_source + distance;
}

}  // namespace parley::forward

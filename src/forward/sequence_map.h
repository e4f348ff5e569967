// From a subscriber's sequence numbers back to the source's, and for late packets the other way: a ring over the last
// numbers given out, 12 bytes each.
//
// A *run* is a stretch of output fed by one stream (layer and generation) without a break. Within a run the source's
// numbers ascend over the ring's entries, which is what makes looking up a late packet a binary search:
//
//   source   100 101 102 103 104 105         102 lost (its number stays free), 104 dropped by us (its gap is closed)
//   output     7   8   9  10      11
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "forward/feed_packet.h"

namespace parley::forward {

// One stretch of output. Offsets are source - output.
struct Run {
  std::uint8_t id = 0;
  std::uint8_t layer = 0;
  std::uint8_t generation = 0;
  std::int64_t first_output = 0;
  std::int64_t first_source = 0;
  std::int64_t highest_source = 0;
  std::int64_t timestamp_offset = 0;
  std::uint16_t frame_offset = 0;  // dependency descriptor's frame number
  std::uint8_t tl0_offset = 0;
  std::uint8_t key_offset = 0;
  std::uint16_t picture_offset = 0;  // as of the newest packet; grows where we drop frames of VP8
};

struct SequenceEntry {
  std::uint32_t source = 0;          // low 32 bits
  std::uint16_t picture_offset = 0;  // as of this packet
  std::uint16_t resent_at = 0;       // ms, low 16 bits; meaningful with kResent
  std::uint8_t run = 0;
  std::uint8_t flags = 0;

  enum Flag : std::uint8_t {
    kSent = 1U << 0U,  // otherwise a hole: lost on its way to us, or dropped before its run began
    kMarker = 1U << 1U,
    kEmpty = 1U << 2U,  // sent without payload, to fill its place
    kResent = 1U << 3U,
    kVoid = 1U << 4U,  // part of a gap too long to map
  };
};

class SequenceMap {
 public:
  // Between two packets sent at most so many numbers stay free, however much was lost and dropped between them: the
  // receiver learns of the loss and of the newest of the missing, numbers do not run away.
  static constexpr std::int64_t kMaxGap = 256;

  // capacity: a power of two. first: the first number given out.
  SequenceMap(std::size_t capacity, std::uint16_t first);

  // A new stretch begins with this packet; its place is the next free number. Fields of the run other than id, numbers
  // and identity are the caller's to set.
  Run& start_run(std::uint8_t layer, std::uint8_t generation, std::int64_t source);
  // The current run; nullptr before the first.
  [[nodiscard]] Run* current() { return started_ ? &runs_[run_ % kRuns] : nullptr; }
  [[nodiscard]] const Run* current() const { return started_ ? &runs_[run_ % kRuns] : nullptr; }
  [[nodiscard]] const Run* run_of(const SequenceEntry& entry) const;

  // The newest packet of the current run (source > highest_source): gaps before it stay open.
  std::int64_t append(std::int64_t source);
  // The newest packet again, but one that we drop: its number is given to the next.
  void skip(std::int64_t source);
  // A late packet of the current run: the number that was left free for it, nullopt when there is none (it was dropped,
  // sent already, or is too old).
  [[nodiscard]] std::optional<std::int64_t> hole_of(std::int64_t source) const;
  [[nodiscard]] SequenceEntry& at(std::int64_t output) { return entries_[index(output)]; }
  [[nodiscard]] const SequenceEntry& at(std::int64_t output) const { return entries_[index(output)]; }
  // What a receiver's 16-bit number stands for; nullopt when it is out of reach or was never given out.
  [[nodiscard]] std::optional<std::int64_t> widen(std::uint16_t sequence) const;
  [[nodiscard]] std::int64_t source_of(const SequenceEntry& entry, const Run& run) const;
  [[nodiscard]] std::int64_t highest_output() const { return next_ - 1; }
  [[nodiscard]] bool empty() const { return next_ == first_; }

 private:
  static constexpr std::size_t kRuns = 8;

  [[nodiscard]] std::size_t index(std::int64_t output) const {
    return static_cast<std::size_t>(output) & (entries_.size() - 1);
  }
  void open_gap(Run& run, std::int64_t source);
  SequenceEntry& push(const Run& run, std::int64_t source, std::uint8_t flags);

  std::vector<SequenceEntry> entries_;
  std::int64_t first_;
  std::int64_t next_;
  std::int64_t last_sent_;
  bool started_ = false;
  std::uint8_t run_ = 0;
  std::array<Run, kRuns> runs_{};
};

}  // namespace parley::forward

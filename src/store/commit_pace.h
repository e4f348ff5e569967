// How long a commit waits for more jobs. A commit costs the same for one job and for several: its log pages are written
// and synced once.
//
//   jobs      |    |    |    |             few: each is committed at once
//   jobs      | | | | | | | |
//   commits    ────┴─────┴───              many, from many: a commit takes along what comes within a few ms
//
// Callers that ask again only when they have their answers come fast, too, but all at once behind a commit; waiting
// would only slow them down. Where the last job comes early in the wait time after time, there is a time without any
// waiting. No clock, no thread. Inside the store only.
#pragma once

#include "base/pace.h"

namespace parley::store::detail {

// The longest that a commit waits, from when its first job was queued.
inline constexpr Duration kCommitHold = 11ms;
// After so many waits in vain, none for so long.
inline constexpr int kWaitsInVain = 8;
inline constexpr Duration kNoHold = 1s;

class CommitPace {
 public:
  // A job was queued.
  void note_job(TimePoint now) { pace_.note(now, 1); }
  // How long to wait behind the first job of the next commit. Zero: not at all.
  [[nodiscard]] Duration hold(TimePoint now) const {
    return now >= not_before_ && pace_.likely_within(kCommitHold) ? kCommitHold : Duration{};
  }
  // A commit waited for as long as hold() said; its last job was queued that long behind its first one.
  void note_wait(TimePoint now, Duration last_behind_first) {
    in_vain_ = last_behind_first < kCommitHold / 2 ? in_vain_ + 1 : 0;
    if (in_vain_ < kWaitsInVain) return;
    in_vain_ = 0;
    not_before_ = now + kNoHold;
  }

 private:
  Pace pace_;
  TimePoint not_before_{};
  int in_vain_ = 0;
};

}  // namespace parley::store::detail

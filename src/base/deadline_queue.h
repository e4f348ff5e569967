// Which of many objects is due next. Lazy: an object whose deadline moved later keeps its old entry and is asked again
// when that comes up, so that moving a deadline costs nothing.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "base/time.h"

namespace parley {

template <class Id>
class DeadlineQueue {
 public:
  // What the owner keeps beside each object: when the queue will next ask about it.
  struct Ticket {
    TimePoint scheduled = kNever;
  };

  // Tells that the object's deadline is `when` now. Cheap when it is not sooner than what is queued.
  void schedule(Id id, Ticket& ticket, TimePoint when) {
    if (when >= ticket.scheduled) return;
    ticket.scheduled = when;
    heap_.push_back({when, id});
    std::push_heap(heap_.begin(), heap_.end(), Later{});
  }

  [[nodiscard]] TimePoint next() const { return heap_.empty() ? kNever : heap_.front().when; }

  struct Due {
    Id id;
    TimePoint when;
  };
  // The soonest entry at or before now, taken out. The caller finds the object (it may be gone), checks that
  // ticket.scheduled == due.when (else a sooner entry has replaced this one), sets it to kNever, lets the object act
  // and schedules it again.
  std::optional<Due> pop(TimePoint now) {
    if (heap_.empty() || heap_.front().when > now) return std::nullopt;
    std::pop_heap(heap_.begin(), heap_.end(), Later{});
    const Entry entry = heap_.back();
    heap_.pop_back();
    return Due{entry.id, entry.when};
  }

 private:
  struct Entry {
    TimePoint when;
    Id id;
  };
  struct Later {
    bool operator()(const Entry& a, const Entry& b) const { return a.when > b.when; }
  };
  std::vector<Entry> heap_;
};

}  // namespace parley

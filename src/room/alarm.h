// Deadlines as members: setting one tells everything above it when to wake, so none can be forgotten.
//
//   Alarm ─► Wakeup of the room ─► Wakeup of the manager
//
// A Wakeup may be early (an alarm was moved or cleared since) but never late. Whoever answers it resets it and then
// asks every alarm below with due(), which registers the ones that are still ahead again.
#pragma once

#include "base/time.h"

namespace parley::room {

struct Wakeup {
  explicit Wakeup(Wakeup* above = nullptr) : parent(above) {}
  Wakeup(const Wakeup&) = delete;
  Wakeup& operator=(const Wakeup&) = delete;

  void offer(TimePoint when) {
    if (when >= at) return;
    at = when;
    if (parent != nullptr) parent->offer(when);
  }

  TimePoint at = kNever;
  Wakeup* parent;
};

class Alarm {
 public:
  explicit Alarm(Wakeup& wakeup) : wakeup_(&wakeup) {}

  void set(TimePoint when) {
    at_ = when;
    wakeup_->offer(when);
  }
  // Keeps the sooner one.
  void set_by(TimePoint when) { set(soonest(at_, when)); }
  void clear() { at_ = kNever; }
  [[nodiscard]] bool is_set() const { return at_ != kNever; }
  [[nodiscard]] TimePoint at() const { return at_; }

  // True once when its time has come; it is clear then.
  [[nodiscard]] bool due(TimePoint now) {
    if (at_ > now) {
      if (at_ != kNever) wakeup_->offer(at_);
      return false;
    }
    at_ = kNever;
    return true;
  }

 private:
  Wakeup* wakeup_;
  TimePoint at_ = kNever;
};

}  // namespace parley::room

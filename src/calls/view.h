// A call as clients see it.
#pragma once

#include "store/calls.h"

namespace parley::calls {

// What people who are no moderators may send.
struct MemberRights {
  bool microphone = true;
  bool camera = true;
  bool screen_share = true;  // with its sound

  [[nodiscard]] bool all() const { return microphone && camera && screen_share; }
  [[nodiscard]] bool none() const { return !microphone && !camera && !screen_share; }
  friend bool operator==(const MemberRights&, const MemberRights&) = default;
};

struct CallView {
  store::Call call;
  bool missed = false;  // by the asker
  MemberRights rights{};
  bool locked = false;  // nobody comes in without a moderator's leave
};

}  // namespace parley::calls

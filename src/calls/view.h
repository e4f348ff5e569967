// A call as clients see it.
#pragma once

#include "store/calls.h"

namespace parley::calls {

struct CallView {
  store::Call call;
  bool missed = false;  // by the asker
  bool locked = false;  // nobody comes in without a moderator's leave
};

}  // namespace parley::calls

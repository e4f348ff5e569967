// What happens to calls, for webhooks. Called within the write job of the change, on the database's thread: what an
// observer writes through the session is kept or lost with the change, and an error of an observer undoes it. A job may
// run twice.
#pragma once

#include "base/result.h"
#include "calls/view.h"

namespace parley::store {
class Session;
}

namespace parley::calls {

class Observer {
 public:
  virtual ~Observer() = default;
  // first: nothing of this call was written before.
  virtual Result<void, Error> on_call_changed(store::Session& session, const CallView& call, bool first) = 0;
  // On the control thread: what it was told of before is committed.
  virtual void on_committed() {}
};

}  // namespace parley::calls

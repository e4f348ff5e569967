// What happens in chat, for webhooks. Called within the write job of the change, on the database's thread: what an
// observer writes through the session is kept or lost with the change, and an error of an observer undoes it. A job may
// run twice.
#pragma once

#include "base/result.h"
#include "store/members.h"
#include "store/messages.h"
#include "store/rooms.h"

namespace parley::store {
class Session;
}

namespace parley::chat {

class Observer {
 public:
  using Kept = Result<void, Error>;

  virtual ~Observer() = default;
  virtual Kept on_room_created(store::Session& /*session*/, const store::Room& /*room*/) { return {}; }
  virtual Kept on_room_updated(store::Session& /*session*/, const store::Room& /*room*/) { return {}; }
  virtual Kept on_room_deleted(store::Session& /*session*/, const store::Room& /*room*/) { return {}; }
  virtual Kept on_member_added(store::Session& /*session*/, const store::Member& /*member*/) { return {}; }
  virtual Kept on_member_removed(store::Session& /*session*/, const store::Member& /*member*/) { return {}; }
  virtual Kept on_message_created(store::Session& /*session*/, const store::Message& /*message*/) { return {}; }
  virtual Kept on_message_updated(store::Session& /*session*/, const store::Message& /*message*/) { return {}; }
  virtual Kept on_message_deleted(store::Session& /*session*/, const store::Message& /*message*/) { return {}; }
  // On the control thread: what it was told of before is committed.
  virtual void on_committed() {}
};

}  // namespace parley::chat

// What happens in chat, for webhooks. Called on the control thread after the change is committed.
#pragma once

#include <string_view>

#include "store/members.h"
#include "store/messages.h"
#include "store/rooms.h"

namespace parley::chat {

class Observer {
 public:
  virtual ~Observer() = default;
  virtual void on_room_created(const store::Room& /*room*/) {}
  virtual void on_room_updated(const store::Room& /*room*/) {}
  virtual void on_room_deleted(const store::Room& /*room*/) {}
  virtual void on_member_added(const store::Member& /*member*/) {}
  virtual void on_member_removed(const store::Member& /*member*/) {}
  virtual void on_message_created(const store::Message& /*message*/) {}
  virtual void on_message_updated(const store::Message& /*message*/) {}
  virtual void on_message_deleted(const store::Message& /*message*/) {}
};

}  // namespace parley::chat

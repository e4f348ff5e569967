// What waits for a person, and what they want to hear of.
#pragma once

#include <cstddef>
#include <string>

#include "auth/subject.h"
#include "chat/answer.h"
#include "chat/views.h"

namespace parley::chat {

class Context;

class Inbox {
 public:
  explicit Inbox(Context& context) : context_(context) {}

  // Mentions, the newest answer of others in each followed thread, missed calls: newest first.
  Answer<Page<InboxItem>> list(auth::Subject subject, std::string cursor, std::size_t limit);
  // All that is there now counts as read.
  Answer<void> mark_seen(auth::Subject subject);

  // Replying follows by itself. Error invalid_argument: the message is a reply in a thread.
  Answer<void> follow_thread(auth::Subject subject, std::string message_id, bool following);
  Answer<bool> follows_thread(auth::Subject subject, std::string message_id);

  // A member's own wishes for a room; the member's devices hear of it by preferences-updated.
  Answer<RoomView> set_preferences(auth::Subject subject, std::string room_id, PreferencesChange change);

 private:
  Context& context_;
};

}  // namespace parley::chat

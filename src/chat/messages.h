// Messages and what people do with them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "auth/subject.h"
#include "chat/answer.h"
#include "chat/views.h"

namespace parley::chat {

class Context;

class Messages {
 public:
  explicit Messages(Context& context) : context_(context) {}

  Answer<Sent> send(auth::Subject subject, NewMessage message);
  Answer<store::Message> edit(auth::Subject subject, std::string message_id, std::string content);
  // The content is gone for good; the place in the order stays.
  Answer<store::Message> remove(auth::Subject subject, std::string message_id);
  // What the message shows of its link goes, and does not come back. Who may edit may do it.
  Answer<store::Message> remove_preview(auth::Subject subject, std::string message_id);
  Answer<store::Message> get(auth::Subject subject, std::string message_id);
  Answer<HistoryPage> history(auth::Subject subject, std::string room_id, History query);
  // A thread: the message it hangs on is the answer's first.
  Answer<std::pair<store::Message, HistoryPage>> thread(auth::Subject subject, std::string message_id, History query);
  // Messages with replies, latest reply first.
  Answer<Page<store::Message>> threads(auth::Subject subject, std::string room_id, std::string cursor,
                                       std::size_t limit);

  // Both answer all of the message's reactions. Repeating does nothing.
  Answer<std::vector<store::Reaction>> add_reaction(auth::Subject subject, std::string message_id, std::string emoji);
  Answer<std::vector<store::Reaction>> remove_reaction(auth::Subject subject, std::string message_id,
                                                       std::string emoji);
  Answer<store::Message> pin(auth::Subject subject, std::string message_id, bool pinned);
  Answer<std::vector<store::Message>> pins(auth::Subject subject, std::string room_id);  // newest pin first

  // Up to and with that event of the room; never back. Answers where the marker is now.
  Answer<store::ReadMarker> mark_read(auth::Subject subject, std::string room_id, std::int64_t seq);
  // Of all members, by user id.
  Answer<std::vector<store::ReadMarker>> read_markers(auth::Subject subject, std::string room_id);

  // What the client missed after last_seq: Opened with room, missed, reload and last_seq alone filled in.
  Answer<Opened> resync(auth::Subject subject, std::string room_id, std::int64_t last_seq);

 private:
  Context& context_;
};

}  // namespace parley::chat

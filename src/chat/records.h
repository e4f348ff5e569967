// The long run: retention, export and deletion.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <string>

#include "auth/subject.h"
#include "chat/answer.h"

namespace parley::chat {

class Context;

// Takes the next piece of a JSON document; false: enough, the reader has gone.
using Sink = std::function<boost::asio::awaitable<bool>(std::string piece)>;

class Records {
 public:
  explicit Records(Context& context) : context_(context) {}

  // {"room", "members": […], "messages": […]}
  Answer<void> export_room(auth::Subject subject, std::string room_id, Sink sink);
  // {"userId", "rooms": […], "messages": […], "reactions": […], "readMarkers": […]}: what chat keeps of a person.
  Answer<void> export_user(auth::Subject subject, std::string user_id, Sink sink);
  // Takes the person out of all rooms, wipes what the person wrote and removes reactions, markers and mentions. The
  // oldest moderator, else the oldest member, becomes owner where the person was the last one. The account itself is
  // auth's.
  Answer<void> erase_user(auth::Subject subject, std::string user_id);

  // Removes messages past their room's retention period and what is left of deleted rooms. To be called every few
  // minutes; answers the number of rows removed.
  Answer<std::int64_t> housekeeping();

 private:
  Context& context_;
};

}  // namespace parley::chat

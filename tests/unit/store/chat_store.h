// People, rooms and messages for tests of the store.
#pragma once

#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <utility>

#include "store/members.h"
#include "store/messages.h"
#include "store/room_events.h"
#include "store/rooms.h"
#include "store/session.h"
#include "store/users.h"
#include "store_harness.h"

namespace parley::store {

// What a test's job does not expect to fail.
template <class T>
T must(Result<T, Error> result) {
  if (!result) throw std::runtime_error(result.error().code + ": " + result.error().message);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// "00000000-0000-7000-8000-00000000002a" of 42.
inline std::string test_id(int n) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "00000000-0000-7000-8000-%012x", n);
  return text.data();
}

class ChatStore : public StoreTest {
 protected:
  std::string add_user(const std::string& name) {
    User user;
    user.id = next_id();
    user.email = name + "@example.org";
    user.name = name;
    user.created_at = user.updated_at = 1;
    write([&](Session& session) { return insert_user(session, user); });
    return user.id;
  }
  Room make_room(const std::string& name) {
    Room room;
    room.id = next_id();
    room.name = name;
    room.created_at = room.updated_at = 5;
    write([&](Session& session) { return insert_room(session, room); });
    return room;
  }
  void add_member(const std::string& room, const std::string& user, const std::string& role = "member") {
    write([&](Session& session) { return insert_member(session, {room, user, role, 7, {}, {}, {}, false}); });
  }
  // As chat does it: the number, the message, the event.
  Message add_message(const std::string& room, const std::string& sender, const std::string& content,
                      const std::string& thread = "") {
    Message message;
    message.id = next_id();
    message.room_id = room;
    message.sender_id = sender;
    message.content = content;
    message.thread_id = thread;
    message.client_id = message.id;
    message.created_at = 1'000 + next_;
    write([&](Session& session) -> Result<void, Error> {
      message.seq = must(take_room_seq(session, room));
      must(insert_message(session, message));
      return insert_room_event(session, {room, message.seq, "new-message", "{}", message.id, message.created_at});
    });
    return message;
  }
  std::string next_id() { return test_id(++next_); }

 private:
  int next_ = 0;
};

}  // namespace parley::store

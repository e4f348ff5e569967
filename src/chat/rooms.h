// Rooms, their members, and devices that come and go.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/authorize.h"
#include "auth/subject.h"
#include "chat/answer.h"
#include "chat/views.h"
#include "hub/device.h"

namespace parley::chat {

class Context;

class Rooms {
 public:
  explicit Rooms(Context& context) : context_(context) {}

  // ---- rooms ----
  Answer<Created> create(auth::Subject subject, NewRoom room);
  Answer<RoomView> get(auth::Subject subject, std::string room_id);
  // The asker's rooms, oldest first, with counts and the last message.
  Answer<Page<RoomView>> list_mine(auth::Subject subject, std::string cursor, std::size_t limit);
  // Public rooms, oldest first; `role` tells the asker's own.
  Answer<Page<RoomView>> list_public(auth::Subject subject, std::string cursor, std::size_t limit);
  Answer<RoomView> update(auth::Subject subject, std::string room_id, RoomChange change);
  Answer<void> remove(auth::Subject subject, std::string room_id);
  // A public room, of one's own accord. A member stays what it is.
  Answer<RoomView> join(auth::Subject subject, std::string room_id);
  Answer<void> leave(auth::Subject subject, std::string room_id);

  // ---- members ----
  Answer<Page<MemberView>> list_members(auth::Subject subject, std::string room_id, std::string cursor,
                                        std::size_t limit);
  Answer<MemberView> add_member(auth::Subject subject, std::string room_id, std::string user_id, auth::RoomRole role);
  Answer<void> remove_member(auth::Subject subject, std::string room_id, std::string user_id);
  Answer<MemberView> set_role(auth::Subject subject, std::string room_id, std::string user_id, auth::RoomRole role);
  // By an invitation or a guest link that the caller has checked: nobody's authority is asked. Already a member: as is.
  Answer<void> admit(std::string room_id, std::string user_id, auth::RoomRole role);

  // ---- devices ----
  // Attaches the device to the hub with all rooms of the subject. A guest becomes a member of the guest's room.
  // The transport calls Hub::detach() at the end.
  Answer<hub::DeviceId> connect(auth::Subject subject, hub::Device& device);
  // join-room: the device shows the room. A stranger to a public room becomes a member of it. With last_seq, what
  // happened after it.
  Answer<Opened> open(auth::Subject subject, hub::DeviceId device, std::string room_id,
                      std::optional<std::int64_t> last_seq);
  // leave-room: the device does not show it any more; membership stays.
  void close(const auth::Subject& subject, hub::DeviceId device, std::string_view room_id);

  // ---- presence and typing ----
  void set_presence(const auth::Subject& subject, hub::Status status);
  // Of those who share a room with the asker; others are left out. At most 500 ids.
  Answer<std::vector<std::pair<std::string, hub::Presence>>> presence(auth::Subject subject,
                                                                      std::vector<std::string> user_ids);
  Answer<void> typing(auth::Subject subject, hub::DeviceId device, std::string room_id);
  Answer<void> stop_typing(auth::Subject subject, std::string room_id);

  // ---- for the other parts of the server ----
  // What authorize() needs to know of the room and the subject's place in it, from memory where it can. Error
  // "not_found": no such room.
  Answer<auth::Object> object_for(std::string user_id, std::string room_id);
  // authorize() with that.
  Answer<auth::Object> authorize(auth::Subject subject, auth::Action action, std::string room_id);
  // "Who is there to ring": user ids of the room's members.
  Answer<std::vector<std::string>> member_ids(std::string room_id);
  // An account's name or avatar changed: memory forgets it.
  void user_changed(std::string_view user_id);

 private:
  Context& context_;
};

}  // namespace parley::chat

// May this person do that? One pure function over one table, asked by REST, sockets, files and media alike.
// docs/permissions.md is generated from the table.
//
//   role in the room (or stranger) + server role ──→ cell of the table ──→ condition on the object ──→ yes or an Error
//                                   state of the room: archived, locked, direct ──────┘
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "auth/subject.h"
#include "base/result.h"

namespace parley::auth {

enum class Action : std::uint8_t {
  // In a room: Object describes it and the asker's place in it.
  kRoomView,  // name, topic, settings
  kRoomJoin,  // become a member of one's own accord
  kRoomLeave,
  kRoomEdit,     // name, topic, visibility, settings, lock
  kRoomArchive,  // and bring back
  kRoomDelete,
  kRoomInvite,  // make, list and revoke invitations into the room and guest links
  kRoomExport,
  kRoomRetention,
  kMemberList,
  kMemberAdd,      // Object::new_role: as what
  kMemberRemove,   // Object::target_role
  kMemberSetRole,  // Object::target_role → Object::new_role; own: oneself
  kMessageRead,    // history, search, live events
  kMessageSend,    // and typing
  kMessageEdit,    // own: author
  kMessageDelete,  // own: author
  kMentionRoom,    // @room
  kReact,
  kPin,
  kCallView,  // history of the room's calls
  kCallStart,
  kCallJoin,        // accept, decline, get a media token; Object::admitted
  kCallEnd,         // for everybody; own: initiator
  kCallModerate,    // lock, admit from the lobby, manage the media room
  kCallSilence,     // mute somebody, send somebody out
  kCallPublish,     // microphone, camera, screen; raise hand, reactions
  kDraw,            // strokes on a shared screen; own: sharer; Object::opened: the sharer lets everybody draw
  kDrawClear,       // everybody's strokes; own: sharer
  kDrawControl,     // who may draw; own: sharer
  kRemoteRequest,   // ask for control of a shared screen
  kRemoteGrant,     // own: sharer, nobody else
  kFileUpload,      // Object::opened: the room lets guests upload
  kFileRead,        // own: uploader; Object::granted: a grant names the asker or is the asker's link
  kFileDelete,      // own: uploader
  kFileGrant,       // give to persons, rooms, make links; own: uploader
  kFileVersionAdd,  // upload and restore versions; own: uploader
  kFileTracking,    // who downloaded what; own: uploader
  // On the server: of Object only `own` (the account is the asker's) counts.
  kRoomCreate,
  kUserView,      // the directory: names, avatars, presence of others
  kUserEdit,      // profile, password, sessions; own: one's own
  kUserExport,    // own: one's own
  kUserDelete,    // own: one's own
  kUserAdmin,     // create, disable, set role, reset password, list with addresses
  kServerInvite,  // invitations to make an account that name no room
  kServerAdmin,   // settings, webhooks, backup, statistics
  kAuditRead,
};
inline constexpr std::size_t kActionCount = static_cast<std::size_t>(Action::kAuditRead) + 1;

enum class RoomType : std::uint8_t { kGroup, kDirect, kProject };

struct Object {
  RoomType room_type = RoomType::kGroup;
  bool room_public = false;
  RoomRole role_in_room = RoomRole::kNone;  // the asker's
  bool own = false;                         // author, uploader, initiator, sharer or the account itself: see Action
  RoomRole target_role = RoomRole::kNone;   // of the member acted upon, now
  RoomRole new_role = RoomRole::kNone;      // that the member is to have
  bool last_owner = false;                  // the member acted upon (kRoomLeave: the asker) is the room's only owner
  bool archived = false;                    // the room is read-only
  bool locked = false;                      // nobody comes in without a moderator's leave
  bool admitted = false;                    // a moderator let the asker in (kCallJoin), or called him
  bool granted = false;                     // kFileRead
  bool opened = false;                      // the setting that the table's "if opened" asks for is on
  std::string_view room_id;                 // where known: a guest is held to the room of the link
};
// A file outside any room: role_in_room kNone, room_id empty; `own` and `granted` decide, see may_use_loose_file().

// Error codes: "not_found" where the asker may not even know of the room, "permission_denied" otherwise,
// "failed_precondition" where the state of the room forbids what the role allows (archived, last owner, direct).
[[nodiscard]] Result<void, Error> authorize(const Subject& subject, Action action, const Object& object);

// Files that belong to no room: the uploader may everything, others may read what was granted to them.
[[nodiscard]] Result<void, Error> may_use_loose_file(const Subject& subject, Action action, bool own, bool granted);

// ---- the table itself, for its page and its tests ----

enum class Allow : std::uint8_t {
  kNo,
  kYes,
  kOwn,          // what is one's own
  kOwnOrOpened,  // one's own, or anybody's when opened
  kOpened,       // when opened
  kGranted,      // what was granted
  kBelow,        // members below one's own role, to roles below one's own
  kUpTo,         // members up to one's own role, to roles up to one's own
};

// Columns. The first seven are for actions in a room, the last three for those on the server. An administrator has, in
// a room, what his column says and what his role in the room says.
enum class Column : std::uint8_t {
  kStranger,        // no member of a private room
  kPublicStranger,  // no member of a public room
  kGuest,
  kMember,
  kModerator,
  kOwner,
  kAdmin,
};
inline constexpr std::size_t kColumnCount = 7;

enum class InDirect : std::uint8_t {
  kSame,     // as in other rooms
  kNever,    // a room of two has no such thing
  kMembers,  // every member may: there is nobody above
};

struct Rule {
  Action action;
  std::string_view name;     // "message.send"
  std::string_view meaning;  // for the page
  bool in_room;              // false: on the server; columns kGuest, kMember (any account) and kAdmin count
  std::array<Allow, kColumnCount> cells;
  bool when_archived;  // goes on in an archived room
  InDirect direct = InDirect::kSame;
};

// In the order of Action, one for each.
[[nodiscard]] std::span<const Rule> rules();
[[nodiscard]] const Rule& rule_of(Action action);
// docs/permissions.md
[[nodiscard]] std::string permissions_page();

}  // namespace parley::auth

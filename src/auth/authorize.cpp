#include "auth/authorize.h"

#include <algorithm>

namespace parley::auth {

namespace {

// What the asker counts as in this room. A guest is one in the room of his link alone, whatever a table says.
RoomRole effective_role(const Subject& subject, const Object& object) {
  if (!subject.guest) return object.role_in_room;
  if (!object.room_id.empty() && object.room_id != subject.guest_room) return RoomRole::kNone;
  return std::min(object.role_in_room, RoomRole::kGuest);
}

Column room_column(const Subject& subject, const Object& object, RoomRole role) {
  switch (role) {
    case RoomRole::kGuest:
      return Column::kGuest;
    case RoomRole::kMember:
      return Column::kMember;
    case RoomRole::kModerator:
      return Column::kModerator;
    case RoomRole::kOwner:
      return Column::kOwner;
    case RoomRole::kNone:
      break;
  }
  return object.room_public && !subject.guest ? Column::kPublicStranger : Column::kStranger;
}

bool cell_allows(Allow cell, const Object& object, RoomRole role) {
  switch (cell) {
    case Allow::kYes:
      return true;
    case Allow::kOwn:
      return object.own;
    case Allow::kOwnOrOpened:
      return object.own || object.opened;
    case Allow::kOpened:
      return object.opened;
    case Allow::kGranted:
      return object.granted;
    case Allow::kBelow:
      return object.target_role < role && object.new_role < role;
    case Allow::kUpTo:
      return object.target_role <= role && object.new_role <= role;
    case Allow::kNo:
      break;
  }
  return false;
}

Allow cell(const Rule& rule, Column column) { return rule.cells[static_cast<std::size_t>(column)]; }

bool in_room_allows(const Rule& rule, const Subject& subject, const Object& object, RoomRole role) {
  if (cell_allows(cell(rule, room_column(subject, object, role)), object, role)) return true;
  if (rule.direct == InDirect::kMembers && object.room_type == RoomType::kDirect && role >= RoomRole::kMember) {
    return true;
  }
  return subject.admin() && cell_allows(cell(rule, Column::kAdmin), object, RoomRole::kOwner);
}

Error denied(const Rule& rule) {
  return {"permission_denied", "you may not do this (" + std::string(rule.name) + ")", ""};
}

bool knows_of_room(const Subject& subject, const Object& object, RoomRole role) {
  return in_room_allows(rule_of(Action::kRoomView), subject, object, role);
}

bool takes_owner_away(Action action, const Object& object) {
  switch (action) {
    case Action::kRoomLeave:
    case Action::kMemberRemove:
      return object.last_owner;
    case Action::kMemberSetRole:
      return object.last_owner && object.new_role != RoomRole::kOwner;
    default:
      return false;
  }
}

Result<void, Error> check_room_state(const Rule& rule, const Object& object, RoomRole role) {
  if (object.archived && !rule.when_archived) {
    return Error{"failed_precondition", "the room is archived: it can only be read", ""};
  }
  if (object.room_type == RoomType::kDirect && rule.direct == InDirect::kNever) {
    return Error{"failed_precondition", "a direct conversation has no such thing", ""};
  }
  const bool enters = rule.action == Action::kCallJoin || (rule.action == Action::kRoomJoin && role == RoomRole::kNone);
  if (object.locked && enters && role < RoomRole::kModerator && !object.admitted) {
    return Error{"permission_denied", "the room is locked: a moderator must let you in", ""};
  }
  if (takes_owner_away(rule.action, object)) {
    return Error{"failed_precondition", "the room would be left without an owner: make somebody else one first", ""};
  }
  return {};
}

Result<void, Error> authorize_in_room(const Subject& subject, const Rule& rule, const Object& object) {
  const RoomRole role = effective_role(subject, object);
  if (!in_room_allows(rule, subject, object, role)) {
    if (!knows_of_room(subject, object, role)) return Error{"not_found", "there is no such thing, or not for you", ""};
    return denied(rule);
  }
  return check_room_state(rule, object, role);
}

Result<void, Error> authorize_on_server(const Subject& subject, const Rule& rule, const Object& object) {
  const Column column = subject.guest ? Column::kGuest : Column::kMember;
  if (cell_allows(cell(rule, column), object, RoomRole::kNone)) return {};
  if (subject.admin() && cell_allows(cell(rule, Column::kAdmin), object, RoomRole::kNone)) return {};
  return denied(rule);
}

}  // namespace

Result<void, Error> authorize(const Subject& subject, Action action, const Object& object) {
  const Rule& rule = rule_of(action);
  if (subject.user_id.empty()) return Error{"unauthenticated", "log in first", ""};
  return rule.in_room ? authorize_in_room(subject, rule, object) : authorize_on_server(subject, rule, object);
}

Result<void, Error> may_use_loose_file(const Subject& subject, Action action, bool own, bool granted) {
  if (subject.user_id.empty()) return Error{"unauthenticated", "log in first", ""};
  switch (action) {
    case Action::kFileRead:
      if (own || granted) return {};
      break;
    case Action::kFileUpload:
      // A guest has nothing but his room.
      if (!subject.guest) return {};
      return denied(rule_of(action));
    case Action::kFileDelete:
    case Action::kFileGrant:
    case Action::kFileVersionAdd:
    case Action::kFileTracking:
      if (own && !subject.guest) return {};
      if (own || granted) return denied(rule_of(action));
      break;
    default:
      return denied(rule_of(action));
  }
  return Error{"not_found", "there is no such file, or not for you", ""};
}

}  // namespace parley::auth

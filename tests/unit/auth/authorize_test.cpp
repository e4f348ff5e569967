// Every cell of the table of permissions, the states of rooms, and what must hold whatever the table says.
#include "auth/authorize.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include "base/random.h"
#include "source_tree.h"

namespace parley::auth {
namespace {

Subject user(ServerRole role = ServerRole::kUser) { return {"u1", "s1", "Ada", role, false, {}}; }
Subject guest() { return {"g1", "s2", "Visitor", ServerRole::kUser, true, "room-1"}; }

Object in(RoomRole role) {
  Object object;
  object.role_in_room = role;
  return object;
}

bool allowed(const Subject& subject, Action action, const Object& object) {
  return authorize(subject, action, object).has_value();
}
std::string code_of(const Subject& subject, Action action, const Object& object) {
  const auto answer = authorize(subject, action, object);
  return answer ? "ok" : answer.error().code;
}

// What each cell must be, written apart from the table: - no, y yes, o own, O own or opened, p opened, g granted,
// b below, u up to. Columns: stranger of a private room, of a public one, guest, member, moderator, owner, admin.
struct Expected {
  std::string_view name;
  std::string_view cells;
};
constexpr Expected kExpected[] = {
    {"room.view", "-yyyyyy"},       {"room.join", "-yyyyy-"},      {"room.leave", "--yyyy-"},
    {"room.edit", "----yyy"},       {"room.archive", "-----yy"},   {"room.delete", "-----yy"},
    {"room.invite", "----yy-"},     {"room.export", "-----y-"},    {"room.retention", "-----yy"},
    {"member.list", "--yyyyy"},     {"member.add", "----buy"},     {"member.remove", "----buy"},
    {"member.set-role", "----buy"}, {"message.read", "--yyyy-"},   {"message.send", "--yyyy-"},
    {"message.edit", "--oooo-"},    {"message.delete", "--ooyy-"}, {"message.mention-room", "---yyy-"},
    {"message.react", "--yyyy-"},   {"message.pin", "---yyy-"},    {"call.view", "--yyyy-"},
    {"call.start", "---yyy-"},      {"call.join", "--yyyy-"},      {"call.end", "---oyyy"},
    {"call.moderate", "----yy-"},   {"call.silence", "----bu-"},   {"call.publish", "--yyyy-"},
    {"draw.stroke", "--OOyy-"},     {"draw.clear", "--ooyy-"},     {"draw.control", "--ooyy-"},
    {"remote.request", "---yyy-"},  {"remote.grant", "--oooo-"},   {"file.upload", "--pyyy-"},
    {"file.read", "ggyyyyg"},       {"file.delete", "--ooyy-"},    {"file.grant", "---oyy-"},
    {"file.version", "--oyyy-"},    {"file.tracking", "---oyy-"},  {"room.create", "---y--y"},
    {"user.view", "---y--y"},       {"user.edit", "--oo--y"},      {"user.export", "--oo--o"},
    {"user.delete", "--oo--y"},     {"user.admin", "------y"},     {"server.invite", "------y"},
    {"server.admin", "------y"},    {"audit.read", "------y"},
};

struct Asker {
  Subject subject;
  Object object;
};
Asker asker_of(Column column) {
  switch (column) {
    case Column::kStranger:
      return {user(), in(RoomRole::kNone)};
    case Column::kPublicStranger: {
      Object object = in(RoomRole::kNone);
      object.room_public = true;
      return {user(), object};
    }
    case Column::kGuest:
      return {guest(), in(RoomRole::kGuest)};
    case Column::kMember:
      return {user(), in(RoomRole::kMember)};
    case Column::kModerator:
      return {user(), in(RoomRole::kModerator)};
    case Column::kOwner:
      return {user(), in(RoomRole::kOwner)};
    case Column::kAdmin:
      break;
  }
  return {user(ServerRole::kAdmin), in(RoomRole::kNone)};
}

// Does authorize() say for this cell what its letter means, whatever the object's conditions are?
void expect_cell(const Rule& rule, Column column, char letter) {
  const Asker asker = asker_of(column);
  for (unsigned bits = 0; bits < 8; ++bits) {
    Object object = asker.object;
    object.own = (bits & 1U) != 0;
    object.opened = (bits & 2U) != 0;
    object.granted = (bits & 4U) != 0;
    bool expected = letter == 'y';
    if (letter == 'o') expected = object.own;
    if (letter == 'O') expected = object.own || object.opened;
    if (letter == 'p') expected = object.opened;
    if (letter == 'g') expected = object.granted;
    if (letter == 'b' || letter == 'u') {
      for (int target = 0; target < 5; ++target) {
        for (int next = 0; next < 5; ++next) {
          object.target_role = static_cast<RoomRole>(target);
          object.new_role = static_cast<RoomRole>(next);
          const int own = static_cast<int>(object.role_in_room) + (letter == 'u' ? 1 : 0);
          EXPECT_EQ(allowed(asker.subject, rule.action, object), target < own && next < own)
              << rule.name << " column " << static_cast<int>(column) << " target " << target << " next " << next;
        }
      }
      continue;
    }
    EXPECT_EQ(allowed(asker.subject, rule.action, object), expected)
        << rule.name << " column " << static_cast<int>(column) << " conditions " << bits;
  }
}

TEST(AuthorizeTest, EveryCellSaysWhatIsExpected) {
  ASSERT_EQ(std::size(kExpected), rules().size());
  ASSERT_EQ(rules().size(), kActionCount);
  for (std::size_t i = 0; i < rules().size(); ++i) {
    const Rule& rule = rules()[i];
    ASSERT_EQ(rule.name, kExpected[i].name);
    ASSERT_EQ(kExpected[i].cells.size(), kColumnCount);
    for (std::size_t c = 0; c < kColumnCount; ++c) {
      const auto column = static_cast<Column>(c);
      const bool counts =
          rule.in_room || column == Column::kGuest || column == Column::kMember || column == Column::kAdmin;
      if (counts) expect_cell(rule, column, kExpected[i].cells[c]);
    }
  }
}

TEST(AuthorizeTest, NobodyMayAnythingWithoutLogIn) {
  for (const Rule& rule : rules()) {
    EXPECT_EQ(code_of(Subject{}, rule.action, in(RoomRole::kOwner)), "unauthenticated") << rule.name;
  }
}

TEST(AuthorizeTest, PrivateRoomIsNotFoundForStrangersAndPublicOneIsDenied) {
  EXPECT_EQ(code_of(user(), Action::kMessageRead, in(RoomRole::kNone)), "not_found");
  Object open = in(RoomRole::kNone);
  open.room_public = true;
  EXPECT_EQ(code_of(user(), Action::kMessageRead, open), "permission_denied");
  EXPECT_EQ(code_of(user(), Action::kPin, in(RoomRole::kGuest)), "permission_denied");
  EXPECT_EQ(code_of(user(ServerRole::kAdmin), Action::kMessageRead, in(RoomRole::kNone)), "permission_denied");
}

TEST(AuthorizeTest, GuestHasNothingBeyondTheRoomOfTheLink) {
  for (const Rule& rule : rules()) {
    if (!rule.in_room) continue;
    Object elsewhere = in(RoomRole::kOwner);  // a row that should not be
    elsewhere.room_id = "room-2";
    elsewhere.room_public = true;
    elsewhere.own = true;
    elsewhere.opened = true;
    EXPECT_EQ(code_of(guest(), rule.action, elsewhere), "not_found") << rule.name;
  }
  Object own_room = in(RoomRole::kOwner);
  own_room.room_id = "room-1";
  EXPECT_TRUE(allowed(guest(), Action::kMessageSend, own_room));
  EXPECT_FALSE(allowed(guest(), Action::kRoomDelete, own_room)) << "a guest account is a guest whatever its row says";
}

TEST(AuthorizeTest, GuestIsNoAdministratorWhateverTheTokenSays) {
  Subject odd = guest();
  odd.role = ServerRole::kAdmin;
  EXPECT_FALSE(allowed(odd, Action::kServerAdmin, {}));
  EXPECT_FALSE(allowed(odd, Action::kRoomDelete, in(RoomRole::kNone)));
}

TEST(AuthorizeTest, ArchivedRoomIsOnlyRead) {
  constexpr std::string_view kGoesOn[] = {
      "room.view",     "room.leave",   "room.archive", "room.delete", "room.export", "room.retention", "member.list",
      "member.remove", "message.read", "call.view",    "call.end",    "file.read",   "file.tracking"};
  for (const Rule& rule : rules()) {
    if (!rule.in_room) continue;
    Object object = in(RoomRole::kOwner);
    object.own = true;
    object.archived = true;
    const bool expected = std::find(std::begin(kGoesOn), std::end(kGoesOn), rule.name) != std::end(kGoesOn);
    EXPECT_EQ(code_of(user(), rule.action, object), expected ? "ok" : "failed_precondition") << rule.name;
  }
}

TEST(AuthorizeTest, LockedRoomLetsInWhoIsAdmittedAndModerators) {
  struct Row {
    Action action;
    RoomRole role;
    bool admitted;
    bool expected;
  };
  constexpr Row kRows[] = {
      {Action::kCallJoin, RoomRole::kGuest, false, false},    {Action::kCallJoin, RoomRole::kMember, false, false},
      {Action::kCallJoin, RoomRole::kMember, true, true},     {Action::kCallJoin, RoomRole::kModerator, false, true},
      {Action::kCallJoin, RoomRole::kOwner, false, true},     {Action::kRoomJoin, RoomRole::kNone, false, false},
      {Action::kRoomJoin, RoomRole::kMember, false, true},    {Action::kMessageSend, RoomRole::kGuest, false, true},
      {Action::kMessageRead, RoomRole::kMember, false, true},
  };
  for (const Row& row : kRows) {
    Object object = in(row.role);
    object.room_public = true;
    object.locked = true;
    object.admitted = row.admitted;
    EXPECT_EQ(allowed(user(), row.action, object), row.expected)
        << rule_of(row.action).name << " as " << to_string(row.role);
  }
}

TEST(AuthorizeTest, DirectRoomHasNoMembersToManage) {
  for (const Rule& rule : rules()) {
    if (!rule.in_room) continue;
    Object object = in(RoomRole::kOwner);
    object.room_type = RoomType::kDirect;
    object.own = true;
    const bool never = rule.name == "room.leave" || rule.name == "room.edit" || rule.name == "room.archive" ||
                       rule.name == "room.delete" || rule.name == "room.invite" || rule.name == "member.add" ||
                       rule.name == "member.remove" || rule.name == "member.set-role";
    EXPECT_EQ(code_of(user(), rule.action, object), never ? "failed_precondition" : "ok") << rule.name;
  }
  Object member = in(RoomRole::kMember);
  EXPECT_FALSE(allowed(user(), Action::kCallEnd, member));
  member.room_type = RoomType::kDirect;
  EXPECT_TRUE(allowed(user(), Action::kCallEnd, member)) << "either of two hangs up";
  EXPECT_TRUE(allowed(user(), Action::kRoomExport, member));
}

TEST(AuthorizeTest, LastOwnerStaysOne) {
  Object object = in(RoomRole::kOwner);
  object.own = true;
  object.target_role = RoomRole::kOwner;
  object.new_role = RoomRole::kMember;
  EXPECT_EQ(code_of(user(), Action::kMemberSetRole, object), "ok");
  object.last_owner = true;
  EXPECT_EQ(code_of(user(), Action::kRoomLeave, object), "failed_precondition");
  EXPECT_EQ(code_of(user(), Action::kMemberSetRole, object), "failed_precondition");
  EXPECT_EQ(code_of(user(ServerRole::kAdmin), Action::kMemberRemove, object), "failed_precondition");
  object.new_role = RoomRole::kOwner;
  EXPECT_EQ(code_of(user(), Action::kMemberSetRole, object), "ok") << "an owner made owner changes nothing";
}

TEST(AuthorizeTest, LooseFileBelongsToItsUploader) {
  const auto code = [](const Subject& subject, Action action, bool own, bool granted) -> std::string {
    const auto answer = may_use_loose_file(subject, action, own, granted);
    return answer ? "ok" : answer.error().code;
  };
  EXPECT_EQ(code(user(), Action::kFileRead, true, false), "ok");
  EXPECT_EQ(code(user(), Action::kFileRead, false, true), "ok");
  EXPECT_EQ(code(user(), Action::kFileRead, false, false), "not_found");
  EXPECT_EQ(code(user(ServerRole::kAdmin), Action::kFileRead, false, false), "not_found");
  EXPECT_EQ(code(user(), Action::kFileDelete, true, false), "ok");
  EXPECT_EQ(code(user(), Action::kFileDelete, false, true), "permission_denied");
  EXPECT_EQ(code(user(), Action::kFileUpload, true, false), "ok");
  EXPECT_EQ(code(guest(), Action::kFileUpload, true, false), "permission_denied");
  EXPECT_EQ(code(user(), Action::kRoomDelete, true, true), "permission_denied");
  EXPECT_EQ(code(Subject{}, Action::kFileRead, true, true), "unauthenticated");
}

// ---- what must hold for every object ----

bool coin(SeededRandom& random) { return (random.next() & 1U) != 0; }

Object any_object(SeededRandom& random) {
  Object object;
  object.room_type = static_cast<RoomType>(random.next() % 3);
  object.room_public = coin(random);
  object.role_in_room = static_cast<RoomRole>(random.next() % 5);
  object.own = coin(random);
  object.target_role = static_cast<RoomRole>(random.next() % 5);
  object.new_role = static_cast<RoomRole>(random.next() % 5);
  object.last_owner = coin(random);
  object.archived = random.next() % 4 == 0;
  object.locked = coin(random);
  object.admitted = coin(random);
  object.granted = coin(random);
  object.opened = coin(random);
  return object;
}

TEST(AuthorizePropertyTest, HigherRoleMayWhateverALowerOneMay) {
  SeededRandom random(3);
  for (int i = 0; i < 200'000; ++i) {
    const auto action = static_cast<Action>(random.next() % kActionCount);
    Object lower = any_object(random);
    Object higher = lower;
    higher.role_in_room = static_cast<RoomRole>(random.next() % 5);
    if (higher.role_in_room < lower.role_in_room) std::swap(lower, higher);
    const bool as_admin = coin(random);
    const Subject subject = user(as_admin ? ServerRole::kAdmin : ServerRole::kUser);
    if (allowed(subject, action, lower)) {
      ASSERT_TRUE(allowed(subject, action, higher)) << rule_of(action).name << ": " << to_string(lower.role_in_room)
                                                    << " may, " << to_string(higher.role_in_room) << " may not";
    }
    // An administrator may whatever the same person without that office may; a guest never more than an account.
    if (allowed(user(), action, lower)) {
      ASSERT_TRUE(allowed(user(ServerRole::kAdmin), action, lower));
    }
    if (allowed(guest(), action, lower)) {
      ASSERT_TRUE(allowed(user(), action, lower)) << rule_of(action).name;
    }
  }
}

TEST(AuthorizePropertyTest, StrangerOfAPrivateRoomGetsNothingButGrantedFiles) {
  SeededRandom random(4);
  for (int i = 0; i < 200'000; ++i) {
    const auto action = static_cast<Action>(random.next() % kActionCount);
    if (!rule_of(action).in_room) continue;
    Object object = any_object(random);
    object.role_in_room = RoomRole::kNone;
    object.room_public = false;
    const bool granted_file = action == Action::kFileRead && object.granted;
    for (const Subject& subject : {user(), guest()}) {
      ASSERT_EQ(code_of(subject, action, object), granted_file ? "ok" : "not_found") << rule_of(action).name;
    }
  }
}

TEST(AuthorizePropertyTest, ArchivedLockedAndLastOwnerOnlyTakeAway) {
  SeededRandom random(5);
  for (int i = 0; i < 200'000; ++i) {
    const auto action = static_cast<Action>(random.next() % kActionCount);
    const Object strict = any_object(random);
    Object relaxed = strict;
    relaxed.archived = relaxed.locked = relaxed.last_owner = false;
    const Subject subject = user(coin(random) ? ServerRole::kAdmin : ServerRole::kUser);
    if (allowed(subject, action, strict)) {
      ASSERT_TRUE(allowed(subject, action, relaxed)) << rule_of(action).name;
    }
  }
}

TEST(AuthorizePropertyTest, NobodyRaisesSomeoneAboveThemselves) {
  SeededRandom random(6);
  for (int i = 0; i < 100'000; ++i) {
    const Object object = any_object(random);
    for (const Action action : {Action::kMemberAdd, Action::kMemberSetRole}) {
      if (allowed(user(), action, object)) {
        ASSERT_LE(object.new_role, object.role_in_room);
        ASSERT_LE(object.target_role, object.role_in_room);
      }
    }
  }
}

TEST(RolesTest, NamesAreReadBack) {
  for (const RoomRole role : {RoomRole::kGuest, RoomRole::kMember, RoomRole::kModerator, RoomRole::kOwner}) {
    EXPECT_EQ(room_role_from(to_string(role)), role);
  }
  EXPECT_EQ(room_role_from("none"), std::nullopt);
  EXPECT_EQ(room_role_from("Owner"), std::nullopt);
  EXPECT_EQ(server_role_from("admin"), ServerRole::kAdmin);
  EXPECT_EQ(server_role_from(""), std::nullopt);
}

// ---- docs/permissions.md ----

TEST(PermissionsPage, IsTheOneThatTheTableMakes) {
  const std::string path = parley::test::in_tree("docs/permissions.md");
  if (std::getenv("PARLEY_WRITE_PERMISSIONS") != nullptr) {
    std::ofstream(path) << permissions_page();
  }
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), permissions_page())
      << "stale: PARLEY_WRITE_PERMISSIONS=1 unit_auth --gtest_filter='PermissionsPage.*' writes it anew";
}

}  // namespace
}  // namespace parley::auth

// The table of permissions. Whoever changes it also writes docs/permissions.md anew (the page says how) and changes the
// expectations of tests/unit/auth/authorize_test.cpp.
#include "auth/authorize.h"

namespace parley::auth {

namespace {

constexpr Allow kNo = Allow::kNo;
constexpr Allow kYes = Allow::kYes;
constexpr Allow kOwn = Allow::kOwn;
constexpr Allow kOpened = Allow::kOpened;
constexpr Allow kOwnOrOpened = Allow::kOwnOrOpened;
constexpr Allow kGranted = Allow::kGranted;
constexpr Allow kBelow = Allow::kBelow;
constexpr Allow kUpTo = Allow::kUpTo;

constexpr bool kRoom = true;
constexpr bool kServer = false;
constexpr bool kGoesOn = true;  // in an archived room
constexpr bool kStops = false;

using A = Action;

constexpr std::array<Rule, kActionCount> kRules = {{
    // clang-format off
    //                                                                                        stranger: private, public  guest         member        moderator owner  admin
    {A::kRoomView, "room.view", "See name, topic and settings", kRoom,                          {kNo,      kYes,     kYes,         kYes,         kYes,    kYes,  kYes}, kGoesOn},
    {A::kRoomJoin, "room.join", "Become a member of one's own accord", kRoom,                   {kNo,      kYes,     kYes,         kYes,         kYes,    kYes,  kNo},  kStops},
    {A::kRoomLeave, "room.leave", "Leave", kRoom,                                               {kNo,      kNo,      kYes,         kYes,         kYes,    kYes,  kNo},  kGoesOn, InDirect::kNever},
    {A::kRoomEdit, "room.edit", "Change name, topic, visibility, settings; lock", kRoom,        {kNo,      kNo,      kNo,          kNo,          kYes,    kYes,  kYes}, kStops, InDirect::kNever},
    {A::kRoomArchive, "room.archive", "Archive and bring back", kRoom,                          {kNo,      kNo,      kNo,          kNo,          kNo,     kYes,  kYes}, kGoesOn, InDirect::kNever},
    {A::kRoomDelete, "room.delete", "Delete with everything in it", kRoom,                      {kNo,      kNo,      kNo,          kNo,          kNo,     kYes,  kYes}, kGoesOn, InDirect::kNever},
    {A::kRoomInvite, "room.invite", "Make, list and revoke invitations and guest links", kRoom, {kNo,      kNo,      kNo,          kNo,          kYes,    kYes,  kNo},  kStops, InDirect::kNever},
    {A::kRoomExport, "room.export", "Export everything", kRoom,                                 {kNo,      kNo,      kNo,          kNo,          kNo,     kYes,  kNo},  kGoesOn, InDirect::kMembers},
    {A::kRoomRetention, "room.retention", "Set how long messages are kept", kRoom,              {kNo,      kNo,      kNo,          kNo,          kNo,     kYes,  kYes}, kGoesOn},
    {A::kMemberList, "member.list", "See who is a member", kRoom,                               {kNo,      kNo,      kYes,         kYes,         kYes,    kYes,  kYes}, kGoesOn},
    {A::kMemberAdd, "member.add", "Add a member, in a role", kRoom,                             {kNo,      kNo,      kNo,          kNo,          kBelow,  kUpTo, kYes}, kStops, InDirect::kNever},
    {A::kMemberRemove, "member.remove", "Remove a member", kRoom,                               {kNo,      kNo,      kNo,          kNo,          kBelow,  kUpTo, kYes}, kGoesOn, InDirect::kNever},
    {A::kMemberSetRole, "member.set-role", "Change a member's role", kRoom,                     {kNo,      kNo,      kNo,          kNo,          kBelow,  kUpTo, kYes}, kStops, InDirect::kNever},
    {A::kMessageRead, "message.read", "Read and search messages, get events", kRoom,            {kNo,      kNo,      kYes,         kYes,         kYes,    kYes,  kNo},  kGoesOn},
    {A::kMessageSend, "message.send", "Send messages, type", kRoom,                             {kNo,      kNo,      kYes,         kYes,         kYes,    kYes,  kNo},  kStops},
    {A::kMessageEdit, "message.edit", "Edit a message", kRoom,                                  {kNo,      kNo,      kOwn,         kOwn,         kOwn,    kOwn,  kNo},  kStops},
    {A::kMessageDelete, "message.delete", "Delete a message", kRoom,                            {kNo,      kNo,      kOwn,         kOwn,         kYes,    kYes,  kNo},  kStops},
    {A::kMentionRoom, "message.mention-room", "Notify everybody (@room)", kRoom,                {kNo,      kNo,      kNo,          kYes,         kYes,    kYes,  kNo},  kStops},
    {A::kReact, "message.react", "React to messages", kRoom,                                    {kNo,      kNo,      kYes,         kYes,         kYes,    kYes,  kNo},  kStops},
    {A::kPin, "message.pin", "Pin and unpin messages", kRoom,                                   {kNo,      kNo,      kNo,          kYes,         kYes,    kYes,  kNo},  kStops},
    {A::kCallView, "call.view", "See the history of calls", kRoom,                              {kNo,      kNo,      kYes,         kYes,         kYes,    kYes,  kNo},  kGoesOn},
    {A::kCallStart, "call.start", "Start a call", kRoom,                                        {kNo,      kNo,      kNo,          kYes,         kYes,    kYes,  kNo},  kStops},
    {A::kCallJoin, "call.join", "Accept, decline and join a call", kRoom,                       {kNo,      kNo,      kYes,         kYes,         kYes,    kYes,  kNo},  kStops},
    {A::kCallEnd, "call.end", "End a call for everybody", kRoom,                                {kNo,      kNo,      kNo,          kOwn,         kYes,    kYes,  kYes}, kGoesOn, InDirect::kMembers},
    {A::kCallModerate, "call.moderate", "Lock a call, admit from the lobby", kRoom,             {kNo,      kNo,      kNo,          kNo,          kYes,    kYes,  kNo},  kStops},
    {A::kCallSilence, "call.silence", "Mute somebody, send somebody out of a call", kRoom,      {kNo,      kNo,      kNo,          kNo,          kBelow,  kUpTo, kNo},  kStops},
    {A::kCallPublish, "call.publish", "Microphone, camera, screen; raise hand", kRoom,          {kNo,      kNo,      kYes,         kYes,         kYes,    kYes,  kNo},  kStops},
    {A::kDraw, "draw.stroke", "Draw on a shared screen", kRoom,                                 {kNo,      kNo,      kOwnOrOpened, kOwnOrOpened, kYes,    kYes,  kNo},  kStops},
    {A::kDrawClear, "draw.clear", "Wipe everybody's strokes", kRoom,                            {kNo,      kNo,      kOwn,         kOwn,         kYes,    kYes,  kNo},  kStops},
    {A::kDrawControl, "draw.control", "Say who may draw on a shared screen", kRoom,             {kNo,      kNo,      kOwn,         kOwn,         kYes,    kYes,  kNo},  kStops},
    {A::kRemoteRequest, "remote.request", "Ask for control of a shared screen", kRoom,          {kNo,      kNo,      kNo,          kYes,         kYes,    kYes,  kNo},  kStops},
    {A::kRemoteGrant, "remote.grant", "Give control of a shared screen", kRoom,                 {kNo,      kNo,      kOwn,         kOwn,         kOwn,    kOwn,  kNo},  kStops},
    {A::kFileUpload, "file.upload", "Upload files", kRoom,                                      {kNo,      kNo,      kOpened,      kYes,         kYes,    kYes,  kNo},  kStops},
    {A::kFileRead, "file.read", "Download files, see previews and versions", kRoom,             {kGranted, kGranted, kYes,         kYes,         kYes,    kYes,  kGranted}, kGoesOn},
    {A::kFileDelete, "file.delete", "Delete a file", kRoom,                                     {kNo,      kNo,      kOwn,         kOwn,         kYes,    kYes,  kNo},  kStops},
    {A::kFileGrant, "file.grant", "Share a file with others, make links", kRoom,                {kNo,      kNo,      kNo,          kOwn,         kYes,    kYes,  kNo},  kStops},
    {A::kFileVersionAdd, "file.version", "Upload and restore versions of a file", kRoom,        {kNo,      kNo,      kOwn,         kYes,         kYes,    kYes,  kNo},  kStops},
    {A::kFileTracking, "file.tracking", "See who downloaded a file", kRoom,                     {kNo,      kNo,      kNo,          kOwn,         kYes,    kYes,  kNo},  kGoesOn},
    //                                                                                                               guest         account                 admin
    {A::kRoomCreate, "room.create", "Make rooms", kServer,                                      {kNo,      kNo,      kNo,          kYes,         kNo,     kNo,   kYes}, kGoesOn},
    {A::kUserView, "user.view", "The directory: names, avatars, presence", kServer,             {kNo,      kNo,      kNo,          kYes,         kNo,     kNo,   kYes}, kGoesOn},
    {A::kUserEdit, "user.edit", "Change a profile", kServer,                                    {kNo,      kNo,      kOwn,         kOwn,         kNo,     kNo,   kYes}, kGoesOn},
    {A::kUserExport, "user.export", "Export a person's data", kServer,                          {kNo,      kNo,      kOwn,         kOwn,         kNo,     kNo,   kOwn}, kGoesOn},
    {A::kUserDelete, "user.delete", "Delete an account", kServer,                               {kNo,      kNo,      kOwn,         kOwn,         kNo,     kNo,   kYes}, kGoesOn},
    {A::kUserAdmin, "user.admin", "Create and disable accounts, roles, passwords", kServer,     {kNo,      kNo,      kNo,          kNo,          kNo,     kNo,   kYes}, kGoesOn},
    {A::kServerInvite, "server.invite", "Invite people to make an account", kServer,            {kNo,      kNo,      kNo,          kNo,          kNo,     kNo,   kYes}, kGoesOn},
    {A::kServerAdmin, "server.admin", "Settings, webhooks, statistics, backup", kServer,        {kNo,      kNo,      kNo,          kNo,          kNo,     kNo,   kYes}, kGoesOn},
    {A::kAuditRead, "audit.read", "Read the audit log", kServer,                                {kNo,      kNo,      kNo,          kNo,          kNo,     kNo,   kYes}, kGoesOn},
    // clang-format on
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kRules.size(); ++i) {
    if (static_cast<std::size_t>(kRules[i].action) != i) return false;
  }
  return true;
}
static_assert(in_order(), "one rule for each action, in their order");

}  // namespace

std::span<const Rule> rules() { return kRules; }

const Rule& rule_of(Action action) { return kRules[static_cast<std::size_t>(action)]; }

}  // namespace parley::auth

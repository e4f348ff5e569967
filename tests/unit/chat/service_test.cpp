#include "chat/service.h"

#include <gmock/gmock.h>

#include <set>

#include "chat_fixture.h"

namespace parley::chat {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class ChatService : public ChatTest {};
STORE_TEST_BOTH_ENGINES(ChatService);

// ---- rooms ----

TEST_P(ChatService, RoomBelongsToItsMakerAndMembersHearOfIt) {
  const auth::Subject ann = person("ann");
  const auth::Subject bob = person("bob");
  TestDevice bobs;
  connect(bobs, bob);
  const Created made = ok(service->rooms().create(
      ann, {"Harbour", "project", "private", "boats", "⚓", false, {bob.user_id, bob.user_id, ann.user_id}}));
  EXPECT_FALSE(made.existed);
  EXPECT_EQ(made.view.role, auth::RoomRole::kOwner);
  EXPECT_EQ(made.view.room.member_count, 2);
  EXPECT_EQ(made.view.room.topic, "boats");
  EXPECT_THAT(bobs.take(), ElementsAre("member-updated"));
  EXPECT_EQ(ok(service->rooms().get(bob, made.view.room.id)).role, auth::RoomRole::kMember);
  say(ann, made.view.room.id, "welcome");
  EXPECT_THAT(bobs.take(), ElementsAre("new-message"));
}

TEST_P(ChatService, RoomsThatMakeNoSenseAreRefused) {
  const auth::Subject ann = person("ann");
  const auth::Subject bob = person("bob");
  struct Row {
    NewRoom room;
    std::string error;
  };
  const std::string nobody = make_uuid(now, random);
  for (const Row& row : {Row{{"", "group", "private", "", "", false, {}}, "invalid_argument name"},
                         Row{{"  ", "group", "private", "", "", false, {}}, "invalid_argument name"},
                         Row{{"a\nb", "group", "private", "", "", false, {}}, "invalid_argument name"},
                         Row{{std::string(121, 'x'), "group", "private", "", "", false, {}}, "invalid_argument name"},
                         Row{{"r", "gang", "private", "", "", false, {}}, "invalid_argument type"},
                         Row{{"r", "group", "secret", "", "", false, {}}, "invalid_argument visibility"},
                         Row{{"r", "group", "private", "", "", false, {"bob"}}, "invalid_argument memberIds"},
                         Row{{"r", "group", "private", "", "", false, {nobody}}, "not_found memberIds"},
                         Row{{"", "direct", "private", "", "", false, {}}, "invalid_argument memberIds"},
                         Row{{"", "direct", "private", "", "", false, {ann.user_id}}, "invalid_argument memberIds"},
                         Row{{"", "direct", "public", "", "", false, {bob.user_id}}, "invalid_argument visibility"}}) {
    EXPECT_EQ(error(service->rooms().create(ann, row.room)), row.error);
  }
  auth::Subject guest = bob;
  guest.guest = true;
  EXPECT_EQ(error(service->rooms().create(guest, {"r", "group", "private", "", "", false, {}})), "permission_denied");
}

TEST_P(ChatService, TwoPeopleHaveOneDirectRoom) {
  const auth::Subject ann = person("ann");
  const auth::Subject bob = person("bob");
  const NewRoom to_bob{"", "direct", "private", "", "", false, {bob.user_id}};
  const NewRoom to_ann{"", "direct", "private", "", "", false, {ann.user_id}};
  const Created first = ok(service->rooms().create(ann, to_bob));
  const Created second = ok(service->rooms().create(bob, to_ann));
  EXPECT_FALSE(first.existed);
  EXPECT_TRUE(second.existed);
  EXPECT_EQ(first.view.room.id, second.view.room.id);
  EXPECT_EQ(first.view.peer_id, bob.user_id);
  EXPECT_EQ(second.view.peer_id, ann.user_id);
  EXPECT_EQ(error(service->rooms().leave(ann, first.view.room.id)), "failed_precondition");
}

TEST_P(ChatService, StrangersKnowNothingOfPrivateRooms) {
  const auth::Subject ann = person("ann");
  const auth::Subject eve = person("eve");
  TestDevice eves;
  const hub::DeviceId device = connect(eves, eve);
  const std::string id = room(ann, {});
  const store::Message message = say(ann, id, "secret");
  EXPECT_EQ(error(service->rooms().get(eve, id)), "not_found");
  EXPECT_EQ(error(service->rooms().join(eve, id)), "not_found");
  EXPECT_EQ(error(service->rooms().open(eve, device, id, 0)), "not_found");
  EXPECT_EQ(error(service->rooms().list_members(eve, id, "", 10)), "not_found");
  EXPECT_EQ(error(service->rooms().typing(eve, device, id)), "not_found");
  EXPECT_EQ(error(service->messages().history(eve, id, {})), "not_found");
  EXPECT_EQ(error(service->messages().get(eve, message.id)), "not_found messageId");
  EXPECT_EQ(error(service->messages().edit(eve, message.id, "mine")), "not_found messageId");
  EXPECT_EQ(error(service->messages().remove(eve, message.id)), "not_found messageId");
  EXPECT_EQ(error(service->messages().add_reaction(eve, message.id, "👍")), "not_found messageId");
  EXPECT_EQ(error(service->messages().pin(eve, message.id, true)), "not_found messageId");
  EXPECT_EQ(error(service->messages().mark_read(eve, id, 1)), "not_found");
  EXPECT_EQ(error(service->messages().resync(eve, id, 0)), "not_found");
  EXPECT_EQ(error(service->messages().send(eve, {id, "hi", "", "", "", {}})), "not_found");
  EXPECT_THAT(search(eve, "secret"), IsEmpty());
  EXPECT_THAT(ok(service->rooms().list_mine(eve, "", 10)).items, IsEmpty());
  EXPECT_THAT(ok(service->rooms().presence(eve, {ann.user_id})), IsEmpty());
  EXPECT_THAT(eves.take(), IsEmpty());
}

TEST_P(ChatService, PublicRoomsCanBeFoundAndJoined) {
  const auth::Subject ann = person("ann");
  const auth::Subject bob = person("bob");
  const std::string id = room(ann, {}, "public");
  EXPECT_EQ(ok(service->rooms().list_public(bob, "", 10)).items.size(), 1U);
  EXPECT_EQ(error(service->messages().history(bob, id, {})), "permission_denied");
  EXPECT_EQ(ok(service->rooms().join(bob, id)).role, auth::RoomRole::kMember);
  EXPECT_EQ(ok(service->rooms().join(bob, id)).room.member_count, 2);
  ok(service->messages().history(bob, id, {}));
  ok(service->rooms().leave(bob, id));
  EXPECT_EQ(error(service->messages().history(bob, id, {})), "permission_denied");
}

TEST_P(ChatService, OpeningAPublicRoomMakesAMemberButNeverOfAGuest) {
  const auth::Subject ann = person("ann");
  const auth::Subject bob = person("bob");
  auth::Subject guest = person("guest");
  guest.guest = true;
  const std::string id = room(ann, {}, "public");
  TestDevice bobs;
  TestDevice anns;
  connect(anns, ann);
  const hub::DeviceId device = connect(bobs, bob);
  const Opened opened = ok(service->rooms().open(bob, device, id, std::nullopt));
  EXPECT_EQ(opened.view.role, auth::RoomRole::kMember);
  EXPECT_EQ(opened.members.size(), 2U);
  EXPECT_THAT(opened.present, ElementsAre(bob.user_id));
  EXPECT_THAT(anns.take(), ElementsAre("member-updated", "user-joined"));
  TestDevice guests;
  const hub::DeviceId guest_device = connect(guests, guest);
  EXPECT_EQ(error(service->rooms().open(guest, guest_device, id, std::nullopt)), "not_found");
}

TEST_P(ChatService, GuestBelongsToTheRoomOfTheLinkAlone) {
  const auth::Subject ann = person("ann");
  auth::Subject guest = person("guest");
  const std::string id = room(ann, {});
  const std::string other = room(ann, {guest.user_id});
  guest.guest = true;
  guest.guest_room = id;
  TestDevice device;
  connect(device, guest);
  say(ann, id, "hello guest");
  say(ann, other, "not for guests");
  EXPECT_THAT(device.take(), ElementsAre("new-message"));
  EXPECT_EQ(ok(service->rooms().get(guest, id)).role, auth::RoomRole::kGuest);
  EXPECT_EQ(error(service->rooms().get(guest, other)), "not_found");
  EXPECT_THAT(search(guest, "guest"), ElementsAre("hello guest"));
}

TEST_P(ChatService, ChangesOfARoomAreToldToItsMembers) {
  const auth::Subject ann = person("ann");
  const auth::Subject bob = person("bob");
  const std::string id = room(ann, {bob.user_id});
  TestDevice bobs;
  connect(bobs, bob);
  RoomChange change;
  change.name = "New";
  change.locked = true;
  EXPECT_EQ(error(service->rooms().update(bob, id, change)), "permission_denied");
  const RoomView view = ok(service->rooms().update(ann, id, change));
  EXPECT_EQ(view.room.name, "New");
  EXPECT_TRUE(view.room.locked);
  EXPECT_EQ(bobs.last().at("room").at("name"), "New");
  EXPECT_EQ(bobs.last().at("seq"), view.room.last_seq);
  EXPECT_EQ(bobs.last().at("room").at("lastSeq"), view.room.last_seq);
  EXPECT_THAT(bobs.take(), ElementsAre("room-updated"));
  change = {};
  change.retention_days = -1;
  EXPECT_EQ(error(service->rooms().update(ann, id, change)), "invalid_argument retentionDays");
}

TEST_P(ChatService, ArchivedRoomIsReadOnlyUntilItIsBroughtBack) {
  const auth::Subject ann = person("ann");
  const std::string id = room(ann, {});
  RoomChange change;
  change.archived = true;
  ok(service->rooms().update(ann, id, change));
  EXPECT_EQ(error(service->messages().send(ann, {id, "hi", "", "", "", {}})), "failed_precondition");
  change.archived = false;
  change.name = "Back";
  EXPECT_EQ(ok(service->rooms().update(ann, id, change)).room.name, "Back");
  say(ann, id, "hi");
}

TEST_P(ChatService, EncryptionStaysOnAndLeavesTheIndex) {
  const auth::Subject ann = person("ann");
  const std::string id = room(ann, {});
  say(ann, id, "plain word");
  EXPECT_EQ(search(ann, "word").size(), 1U);
  RoomChange change;
  change.e2ee = true;
  ok(service->rooms().update(ann, id, change));
  say(ann, id, "cipher word");
  EXPECT_THAT(search(ann, "word"), IsEmpty());
  change.e2ee = false;
  EXPECT_EQ(error(service->rooms().update(ann, id, change)), "failed_precondition e2ee");
}

TEST_P(ChatService, DeletedRoomIsGoneForEverybodyAtOnce) {
  const auth::Subject ann = person("ann");
  const auth::Subject bob = person("bob");
  const std::string id = room(ann, {bob.user_id});
  TestDevice bobs;
  connect(bobs, bob);
  say(ann, id, "word");
  bobs.take();
  EXPECT_EQ(error(service->rooms().remove(bob, id)), "permission_denied");
  ok(service->rooms().remove(ann, id));
  EXPECT_THAT(bobs.take(), ElementsAre("room-deleted"));
  EXPECT_EQ(error(service->rooms().get(ann, id)), "not_found roomId");
  EXPECT_EQ(error(service->messages().send(bob, {id, "hi", "", "", "", {}})), "not_found roomId");
  EXPECT_THAT(search(ann, "word"), IsEmpty());
  EXPECT_GT(ok(service->records().housekeeping()), 0);
  EXPECT_EQ(ok(service->records().housekeeping()), 0);
}

// ---- members ----

class Recorder final : public hub::Listener, public Observer {
 public:
  void on_member_removed(std::string_view room_id, std::string_view user) override {
    log.push_back("removed " + std::string(user == expected ? "expected" : user) + (room_id.empty() ? "?" : ""));
  }
  void on_member_role(std::string_view /*room*/, std::string_view /*user*/, std::string_view role) override {
    log.push_back("role " + std::string(role));
  }
  Kept on_message_created(store::Session& /*session*/, const store::Message& message) override {
    log.push_back("message " + message.content);
    return refuses ? Kept(Error{"unavailable", "no", ""}) : Kept();
  }
  Kept on_member_removed(store::Session& /*session*/, const store::Member& /*member*/) override {
    log.emplace_back("removal recorded");
    return {};
  }
  void on_committed() override { log.emplace_back("committed"); }
  bool refuses = false;
  std::string expected;
  std::vector<std::string> log;
};

TEST_P(ChatService, RemovalEndsEverythingInTheSameTurn) {
  const auth::Subject ann = person("ann");
  const auth::Subject bob = person("bob");
  const std::string id = room(ann, {bob.user_id});
  TestDevice anns;
  TestDevice bobs;
  connect(anns, ann);
  const hub::DeviceId device = connect(bobs, bob);
  ok(service->rooms().open(bob, device, id, std::nullopt));
  anns.take();
  bobs.take();
  Recorder recorder;
  recorder.expected = bob.user_id;
  hub.add_listener(recorder);
  service->add_observer(recorder);
  EXPECT_EQ(error(service->rooms().remove_member(bob, id, ann.user_id)), "permission_denied");
  ok(service->rooms().remove_member(ann, id, bob.user_id));
  EXPECT_THAT(recorder.log, ElementsAre("removal recorded", "removed expected", "committed"));
  EXPECT_THAT(anns.take(), ElementsAre("user-left", "member-updated"));
  EXPECT_EQ(bobs.last().at("action"), "removed");
  EXPECT_THAT(bobs.take(), ElementsAre("member-updated"));
  EXPECT_EQ(error(service->messages().send(bob, {id, "hi", "", "", "", {}})), "not_found");
  say(ann, id, "gone?");
  EXPECT_THAT(bobs.take(), IsEmpty());
  EXPECT_EQ(error(service->rooms().remove_member(ann, id, bob.user_id)), "not_found userId");
}

TEST_P(ChatService, WhatObserversCannotRecordDoesNotHappen) {
  const auth::Subject ann = person("ann");
  const std::string id = room(ann, {});
  Recorder recorder;
  service->add_observer(recorder);
  recorder.refuses = true;
  EXPECT_EQ(error(service->messages().send(ann, {id, "lost", "one", "", "", {}})), "unavailable");
  recorder.refuses = false;
  EXPECT_THAT(ok(service->messages().history(ann, id, {})).items, IsEmpty());
  ok(service->messages().send(ann, {id, "kept", "one", "", "", {}}));
  // What is repeated is recorded once.
  ok(service->messages().send(ann, {id, "kept", "one", "", "", {}}));
  const auto committed = std::ranges::count(recorder.log, "committed");
  EXPECT_EQ(committed, 1);
  EXPECT_EQ(ok(service->messages().history(ann, id, {})).items.size(), 1U);
}

TEST_P(ChatService, MessageOfSomebodyWhoIsBeingRemovedIsNotKept) {
  const auth::Subject ann = person("ann");
  const auth::Subject bob = person("bob");
  const std::string id = room(ann, {bob.user_id});
  ok(service->rooms().get(bob, id));
  // Both are on their way to the database before either is done; the removal comes first.
  std::string removed = "?";
  std::string sent = "?";
  const auto note = [](std::string& into) {
    return [&into](std::exception_ptr, const auto& answer) { into = answer ? "" : answer.error().code; };
  };
  boost::asio::co_spawn(io(), service->rooms().remove_member(ann, id, bob.user_id), note(removed));
  boost::asio::co_spawn(io(), service->messages().send(bob, {id, "too late", "", "", "", {}}), note(sent));
  io().restart();
  io().run();
  EXPECT_EQ(removed, "");
  EXPECT_EQ(sent, "permission_denied");
  EXPECT_THAT(ok(service->messages().history(ann, id, {})).items, IsEmpty());
}

TEST_P(ChatService, MembersAreAddedWithRolesBelowTheAddersOwn) {
  const auth::Subject ann = person("ann");
  const auth::Subject bob = person("bob");
  const auth::Subject cat = person("cat");
  const std::string id = room(ann, {bob.user_id});
  TestDevice cats;
  connect(cats, cat);
  using auth::RoomRole;
  EXPECT_EQ(error(service->rooms().add_member(bob, id, cat.user_id, RoomRole::kMember)), "permission_denied");
  EXPECT_EQ(ok(service->rooms().set_role(ann, id, bob.user_id, RoomRole::kModerator)).member.role, "moderator");
  EXPECT_EQ(error(service->rooms().add_member(bob, id, cat.user_id, RoomRole::kOwner)), "permission_denied");
  EXPECT_EQ(ok(service->rooms().add_member(bob, id, cat.user_id, RoomRole::kMember)).member.name, "cat");
  EXPECT_EQ(cats.last().at("action"), "added");
  EXPECT_EQ(cats.last().at("member").at("name"), "cat");
  EXPECT_EQ(error(service->rooms().add_member(bob, id, cat.user_id, RoomRole::kMember)), "already_exists userId");
  EXPECT_EQ(error(service->rooms().add_member(ann, id, make_uuid(now, random), RoomRole::kMember)), "not_found userId");
  EXPECT_EQ(ok(service->rooms().list_members(cat, id, "", 2)).next_cursor.size(), 36U);
  EXPECT_EQ(ok(service->rooms().member_ids(id)).size(), 3U);
}

TEST_P(ChatService, ActsOverOthersAreInTheAuditLog) {
  auth::Subject ann = person("ann");
  ann.address = "192.0.2.7";
  const auth::Subject bob = person("bob");
  const auth::Subject cat = person("cat");
  const std::string id = room(ann, {bob.user_id});
  using auth::RoomRole;
  // One's own coming, going, words and deeds are nobody's office; what changes nothing is no act.
  const std::string own = say(bob, id, "taken back").id;
  ok(service->messages().remove(bob, own));
  EXPECT_EQ(error(service->rooms().remove_member(bob, id, ann.user_id)), "permission_denied");
  ok(service->rooms().set_role(ann, id, bob.user_id, RoomRole::kMember));
  EXPECT_THAT(audit_log(), IsEmpty());

  ok(service->rooms().add_member(ann, id, cat.user_id, RoomRole::kMember));
  now += 1ms;  // entries of one millisecond are in no order
  ok(service->rooms().set_role(ann, id, cat.user_id, RoomRole::kModerator));
  const std::string said = say(bob, id, "not here").id;
  ok(service->messages().remove(cat, said));
  now += 1ms;
  ok(service->rooms().remove_member(cat, id, bob.user_id));
  RoomChange change;
  change.locked = true;
  now += 1ms;
  ok(service->rooms().update(ann, id, change));
  now += 1ms;
  ok(service->rooms().remove(ann, id));
  const auto log = audit_log();
  std::vector<std::string> acts;
  for (const store::AuditEntry& entry : log) {
    acts.push_back(entry.actor_name + " " + entry.action + " " + entry.detail);
    EXPECT_EQ(entry.room_id, id);
  }
  EXPECT_THAT(acts,
              ElementsAre(R"(ann member.add {"role":"member"})", R"(ann member.set-role {"role":"moderator"})",
                          R"(cat message.delete {"senderId":")" + bob.user_id + R"("})", R"(cat member.remove {})",
                          R"(ann room.update {"locked":true})", R"(ann room.delete {"name":"Room"})"));
  ASSERT_EQ(log.size(), 6U);
  EXPECT_EQ(log[0].object_id, cat.user_id);
  EXPECT_EQ(log[0].address, "192.0.2.7");
  EXPECT_EQ(log[2].object_id, said);
  EXPECT_EQ(log[3].object_id, bob.user_id);
}

TEST_P(ChatService, AdministratorWhoMakesHimselfAMemberIsInTheAuditLog) {
  const auth::Subject ann = person("ann");
  const auth::Subject root = person("root", true);
  const std::string id = room(ann, {});
  ok(service->rooms().add_member(root, id, root.user_id, auth::RoomRole::kMember));
  const auto log = audit_log();
  ASSERT_EQ(log.size(), 1U);
  EXPECT_EQ(log[0].action, "member.add");
  EXPECT_EQ(log[0].actor_id, root.user_id);
  EXPECT_EQ(log[0].object_id, root.user_id);
}

TEST_P(ChatService, RoomKeepsAnOwner) {
  const auth::Subject ann = person("ann");
  const auth::Subject bob = person("bob");
  const std::string id = room(ann, {bob.user_id});
  using auth::RoomRole;
  EXPECT_EQ(error(service->rooms().leave(ann, id)), "failed_precondition");
  EXPECT_EQ(error(service->rooms().set_role(ann, id, ann.user_id, RoomRole::kMember)), "failed_precondition");
  ok(service->rooms().set_role(ann, id, bob.user_id, RoomRole::kOwner));
  ok(service->rooms().leave(ann, id));
  EXPECT_EQ(error(service->rooms().get(ann, id)), "not_found");
  EXPECT_EQ(ok(service->rooms().get(bob, id)).room.member_count, 1);
}

TEST_P(ChatService, NewMemberHasNothingUnread) {
  const auth::Subject ann = person("ann");
  const auth::Subject bob = person("bob");
  const std::string id = room(ann, {});
  say(ann, id, "old");
  ok(service->rooms().add_member(ann, id, bob.user_id, auth::RoomRole::kMember));
  EXPECT_EQ(ok(service->rooms().get(bob, id)).unread, 0);
  say(ann, id, "new @bob");
  const Page<RoomView> mine = ok(service->rooms().list_mine(bob, "", 10));
  ASSERT_EQ(mine.items.size(), 1U);
  EXPECT_EQ(mine.items[0].unread, 1);
  EXPECT_EQ(mine.items[0].mentions, 1);
  EXPECT_EQ(mine.items[0].last_message->content, "new @bob");
}

// ---- messages ----

TEST_P(ChatService, MessageReachesAllDevicesAsItWasSent) {
  const auth::Subject ann = person("ann");
  const auth::Subject bob = person("bob");
  const std::string id = room(ann, {bob.user_id});
  TestDevice anns;
  TestDevice bobs;
  connect(anns, ann);
  connect(bobs, bob);
  const std::string content = "<script>alert('Grüße')</script> 👋\n\t@bob @room @nobody `@ann`";
  const store::Message message = say(ann, id, content);
  EXPECT_EQ(message.seq, 1);
  EXPECT_EQ(bobs.got.back(), anns.got.back());
  const boost::json::object data = bobs.last();
  EXPECT_EQ(data, to_json(message));
  EXPECT_EQ(data.at("content"), boost::json::string(content));
  EXPECT_EQ(data.at("roomId"), boost::json::string(id));
  EXPECT_EQ(data.at("sender").at("name"), "ann");
  EXPECT_EQ(data.at("mentions"), (boost::json::array{bob.user_id, "room"}));
  EXPECT_EQ(data.at("clientId"), nullptr);
  store::Message stored = ok(service->messages().get(bob, message.id));
  EXPECT_EQ(stored, message);
}

TEST_P(ChatService, SameClientIdGivesTheFirstMessage) {
  const auth::Subject ann = person("ann");
  const auth::Subject bob = person("bob");
  const std::string id = room(ann, {bob.user_id});
  const std::string other = room(ann, {});
  TestDevice bobs;
  connect(bobs, bob);
  const Sent first = ok(service->messages().send(ann, {id, "one", "c1", "", "", {}}));
  const Sent again = ok(service->messages().send(ann, {id, "changed", "c1", "", "", {}}));
  EXPECT_FALSE(first.repeated);
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.message, first.message);
  EXPECT_THAT(bobs.take(), ElementsAre("new-message"));
  EXPECT_EQ(error(service->messages().send(ann, {other, "one", "c1", "", "", {}})), "already_exists clientId");
  EXPECT_FALSE(ok(service->messages().send(bob, {id, "one", "c1", "", "", {}})).repeated);
  EXPECT_EQ(ok(service->messages().history(ann, id, {})).items.size(), 2U);
}

TEST_P(ChatService, SameClientIdTwiceAtOnceIsKeptOnce) {
  const auth::Subject ann = person("ann");
  const std::string id = room(ann, {});
  std::vector<Sent> answers;
  for (int i = 0; i < 5; ++i) {
    boost::asio::co_spawn(io(), service->messages().send(ann, {id, "one", "c1", "", "", {}}),
                          [&](std::exception_ptr, Result<Sent, Error> sent) { answers.push_back(*sent); });
  }
  io().restart();
  io().run();
  ASSERT_EQ(answers.size(), 5U);
  for (const Sent& sent : answers) EXPECT_EQ(sent.message.id, answers.front().message.id);
  EXPECT_EQ(std::ranges::count(answers, false, &Sent::repeated), 1);
  EXPECT_EQ(ok(service->messages().history(ann, id, {})).items.size(), 1U);
  EXPECT_EQ(say(ann, id, "next").seq, 2);
}

TEST_P(ChatService, MessagesThatCannotBeAreRefused) {
  const auth::Subject ann = person("ann");
  const std::string id = room(ann, {});
  const std::string other = room(ann, {});
  const store::Message elsewhere = say(ann, other, "x");
  const store::Message root = say(ann, id, "root");
  const store::Message reply = say(ann, id, "reply", root.id);
  const std::string none = make_uuid(now, random);
  struct Row {
    NewMessage message;
    std::string error;
  };
  for (const Row& row : {Row{{id, "", "", "", "", {}}, "invalid_argument content"},
                         Row{{id, std::string(16'385, 'x'), "", "", "", {}}, "payload_too_large content"},
                         Row{{id, std::string("a\0b", 3), "", "", "", {}}, "invalid_argument content"},
                         Row{{id, "\xff", "", "", "", {}}, "invalid_argument content"},
                         Row{{id, "x", std::string(129, 'c'), "", "", {}}, "invalid_argument clientId"},
                         Row{{id, "x", "", "nonsense", "", {}}, "invalid_argument replyTo"},
                         Row{{id, "x", "", none, "", {}}, "not_found replyTo"},
                         Row{{id, "x", "", elsewhere.id, "", {}}, "not_found replyTo"},
                         Row{{id, "x", "", "", none, {}}, "not_found threadId"},
                         Row{{id, "x", "", "", reply.id, {}}, "invalid_argument threadId"},
                         Row{{id, "x", "", "", "", {"f", "f"}}, "invalid_argument fileIds"},
                         Row{{id, "x", "", "", "", {"bad"}}, "not_found fileIds"},
                         Row{{none, "x", "", "", "", {}}, "not_found roomId"}}) {
    EXPECT_EQ(error(service->messages().send(ann, row.message)), row.error);
  }
  say(ann, id, std::string(16'384, 'x'));
  EXPECT_EQ(ok(service->messages().history(ann, id, {})).items.size(), 3U);
}

TEST_P(ChatService, FilesHangOnMessages) {
  const auth::Subject ann = person("ann");
  const std::string id = room(ann, {});
  const Sent sent = ok(service->messages().send(ann, {id, "", "", "", "", {"f1"}}));
  EXPECT_EQ(sent.message.type, "file");
  EXPECT_EQ(to_json(sent.message).at("files").at(0).at("id"), "f1");
  EXPECT_EQ(ok(service->messages().history(ann, id, {})).items.at(0).files.size(), 1U);
  EXPECT_EQ(ok(service->search().find(ann, {"has:image", "", false, "", 10})).items.size(), 1U);
}

TEST_P(ChatService, EditsAreTheAuthorsAlone) {
  const auth::Subject ann = person("ann");
  const auth::Subject bob = person("bob");
  const std::string id = room(ann, {bob.user_id});
  const store::Message message = say(bob, id, "frist");
  TestDevice anns;
  connect(anns, ann);
  EXPECT_EQ(error(service->messages().edit(ann, message.id, "mine")), "permission_denied");
  now += 5s;
  const store::Message after = ok(service->messages().edit(bob, message.id, "first @ann"));
  EXPECT_EQ(after.content, "first @ann");
  EXPECT_EQ(after.edited_at, to_millis(now.time_since_epoch()));
  EXPECT_EQ(anns.last().at("message").as_object(), to_json(after));
  EXPECT_EQ(anns.last().at("seq"), 2);
  EXPECT_THAT(anns.take(), ElementsAre("message-updated"));
  EXPECT_THAT(search(ann, "frist"), IsEmpty());
  EXPECT_EQ(search(ann, "first").size(), 1U);
  EXPECT_EQ(ok(service->rooms().get(ann, id)).mentions, 1);
}

TEST_P(ChatService, DeletedMessageLeavesNothingBehind) {
  const auth::Subject ann = person("ann");
  const auth::Subject bob = person("bob");
  const std::string id = room(ann, {bob.user_id});
  const store::Message message = say(bob, id, "secret @ann");
  TestDevice anns;
  connect(anns, ann);
  ok(service->messages().remove(ann, message.id));
  EXPECT_THAT(anns.take(), ElementsAre("message-deleted"));
  ok(service->messages().remove(bob, message.id));
  EXPECT_THAT(anns.take(), IsEmpty());
  EXPECT_EQ(ok(service->messages().get(bob, message.id)).content, "");
  EXPECT_EQ(error(service->messages().edit(bob, message.id, "again")), "failed_precondition messageId");
  EXPECT_EQ(error(service->messages().add_reaction(bob, message.id, "👍")), "failed_precondition messageId");
  EXPECT_EQ(error(service->messages().pin(bob, message.id, true)), "failed_precondition messageId");
  // Nor in what a client that was away is told.
  for (const store::RoomEvent& event : ok(service->messages().resync(bob, id, 0)).missed) {
    EXPECT_EQ(event.data.find("secret"), std::string::npos) << event.data;
  }
  read([&](store::Session& session) -> Result<void, Error> {
    EXPECT_EQ(session.value<std::int64_t>("SELECT count(*) FROM room_events WHERE data LIKE '%secret%'"), 0);
    return {};
  });
}

TEST_P(ChatService, ThreadsCountTheirReplies) {
  const auth::Subject ann = person("ann");
  const std::string id = room(ann, {});
  TestDevice anns;
  connect(anns, ann);
  const store::Message root = say(ann, id, "root");
  say(ann, id, "beside");
  const store::Message one = say(ann, id, "one", root.id);
  EXPECT_EQ(anns.last().at("thread").at("replyCount"), 1);
  say(ann, id, "two", root.id);
  EXPECT_EQ(anns.last().at("thread").at("replyCount"), 2);
  const auto [first, page] = ok(service->messages().thread(ann, root.id, {}));
  EXPECT_EQ(first.reply_count, 2);
  ASSERT_EQ(page.items.size(), 2U);
  EXPECT_EQ(page.items[1].content, "two");
  EXPECT_EQ(ok(service->messages().threads(ann, id, "", 10)).items.size(), 1U);
  const store::Message other = say(ann, id, "other root");
  now -= 2ms;
  say(ann, id, "at the same moment", other.id);
  const auto newest = ok(service->messages().threads(ann, id, "", 1));
  EXPECT_EQ(newest.items.at(0).id, other.id);
  EXPECT_EQ(ok(service->messages().threads(ann, id, newest.next_cursor, 1)).items.at(0).id, root.id);
  EXPECT_EQ(error(service->messages().threads(ann, id, "x", 1)), "invalid_argument cursor");
  ok(service->messages().remove(ann, one.id));
  EXPECT_EQ(anns.last().at("thread").at("replyCount"), 1);
  EXPECT_EQ(ok(service->messages().get(ann, root.id)).reply_count, 1);
}

TEST_P(ChatService, ReactionsAreBoundedAndToldOnce) {
  Config config;
  config.max_reactions_per_message = 2;
  start(config);
  const auth::Subject ann = person("ann");
  const auth::Subject bob = person("bob");
  const std::string id = room(ann, {bob.user_id});
  const store::Message message = say(ann, id, "hi");
  TestDevice anns;
  connect(anns, ann);
  EXPECT_EQ(ok(service->messages().add_reaction(bob, message.id, "👍")).size(), 1U);
  EXPECT_EQ(anns.last().at("reactions").at(0).at("userIds").at(0), boost::json::string(bob.user_id));
  EXPECT_EQ(anns.last().at("added"), true);
  ok(service->messages().add_reaction(bob, message.id, "👍"));
  EXPECT_THAT(anns.take(), ElementsAre("reaction-updated"));
  ok(service->messages().add_reaction(bob, message.id, "🎉"));
  EXPECT_EQ(error(service->messages().add_reaction(ann, message.id, "🙈")), "resource_exhausted emoji");
  EXPECT_EQ(ok(service->messages().add_reaction(ann, message.id, "👍"))[0].count, 2);
  EXPECT_EQ(ok(service->messages().remove_reaction(bob, message.id, "🎉")).size(), 1U);
  EXPECT_EQ(ok(service->messages().remove_reaction(bob, message.id, "🎉")).size(), 1U);
  EXPECT_EQ(error(service->messages().add_reaction(bob, message.id, "")), "invalid_argument emoji");
  EXPECT_EQ(ok(service->messages().history(ann, id, {})).items[0].reactions.size(), 1U);
}

TEST_P(ChatService, PinsAreKeptForTheRoom) {
  const auth::Subject ann = person("ann");
  const std::string id = room(ann, {});
  const store::Message one = say(ann, id, "one");
  const store::Message two = say(ann, id, "two");
  EXPECT_TRUE(ok(service->messages().pin(ann, one.id, true)).pinned);
  now += 1s;
  ok(service->messages().pin(ann, two.id, true));
  const auto pins = ok(service->messages().pins(ann, id));
  ASSERT_EQ(pins.size(), 2U);
  EXPECT_EQ(pins[0].id, two.id);
  EXPECT_FALSE(ok(service->messages().pin(ann, one.id, false)).pinned);
  EXPECT_EQ(ok(service->messages().pins(ann, id)).size(), 1U);
}

TEST_P(ChatService, ReadingGoesForwardAndOthersSeeIt) {
  const auth::Subject ann = person("ann");
  const auth::Subject bob = person("bob");
  const std::string id = room(ann, {bob.user_id});
  TestDevice anns;
  connect(anns, ann);
  for (int i = 0; i < 3; ++i) say(ann, id, "m");
  anns.take();
  EXPECT_EQ(ok(service->rooms().get(bob, id)).unread, 3);
  EXPECT_EQ(ok(service->messages().mark_read(bob, id, 2)).seq, 2);
  EXPECT_EQ(anns.last().at("lastReadSeq"), 2);
  EXPECT_FALSE(anns.last().contains("seq"));
  EXPECT_THAT(anns.take(), ElementsAre("read-updated"));
  EXPECT_EQ(ok(service->messages().mark_read(bob, id, 1)).seq, 2);
  EXPECT_THAT(anns.take(), IsEmpty());
  EXPECT_EQ(ok(service->messages().mark_read(bob, id, 1'000)).seq, 3);
  EXPECT_EQ(ok(service->rooms().get(bob, id)).unread, 0);
  EXPECT_EQ(ok(service->messages().read_markers(ann, id)).size(), 1U);
}

TEST_P(ChatService, TypingIsToldAndStopsWithTheMessage) {
  const auth::Subject ann = person("ann");
  const auth::Subject bob = person("bob");
  const std::string id = room(ann, {bob.user_id});
  TestDevice anns;
  TestDevice bobs;
  const hub::DeviceId device = connect(anns, ann);
  connect(bobs, bob);
  ok(service->rooms().typing(ann, device, id));
  EXPECT_EQ(bobs.last().at("name"), "ann");
  say(ann, id, "done");
  EXPECT_THAT(bobs.take(), ElementsAre("user-typing", "user-stop-typing", "new-message"));
}

TEST_P(ChatService, LastSeenIsKeptWhenSomebodyGoes) {
  const auth::Subject ann = person("ann");
  const auth::Subject bob = person("bob");
  room(ann, {bob.user_id});
  TestDevice anns;
  const hub::DeviceId device = connect(anns, ann);
  EXPECT_EQ(ok(service->rooms().presence(bob, {ann.user_id}))[0].second.status, hub::Status::kOnline);
  const std::int64_t left = to_millis(now.time_since_epoch());
  hub.detach(now, device);
  now += 3s;
  hub.handle_timeout(now);
  io().restart();
  io().run();
  const auto presence = ok(service->rooms().presence(bob, {ann.user_id, "nobody"}));
  ASSERT_EQ(presence.size(), 1U);
  EXPECT_EQ(presence[0].second, (hub::Presence{hub::Status::kOffline, left}));
}

TEST_P(ChatService, TenThousandMessagesPageBothWays) {
  const auth::Subject ann = person("ann");
  const std::string id = room(ann, {});
  constexpr int kMessages = 10'000;
  ok(service->rooms().get(ann, id));  // in memory from here on, so that messages go to the database in their order
  int kept = 0;
  for (int i = 0; i < kMessages; ++i) {
    boost::asio::co_spawn(io(), service->messages().send(ann, {id, std::to_string(i + 1), "", "", "", {}}),
                          [&](std::exception_ptr, const Result<Sent, Error>& sent) { kept += sent ? 1 : 0; });
  }
  io().restart();
  io().run();
  ASSERT_EQ(kept, kMessages);
  std::int64_t expected = kMessages;
  History query;
  query.limit = 200;
  for (int pages = 0; pages <= kMessages / 200; ++pages) {
    const HistoryPage page = ok(service->messages().history(ann, id, query));
    for (auto message = page.items.rbegin(); message != page.items.rend(); ++message) {
      ASSERT_EQ(message->seq, expected);
      ASSERT_EQ(message->content, std::to_string(expected--));
    }
    if (page.next_cursor.empty()) break;
    query.before = std::stoll(page.next_cursor);
  }
  EXPECT_EQ(expected, 0);
  query = {};
  query.limit = 200;
  query.after = 0;
  while (true) {
    const HistoryPage page = ok(service->messages().history(ann, id, query));
    for (const store::Message& message : page.items) ASSERT_EQ(message.seq, ++expected);
    if (page.next_cursor.empty()) break;
    query.after = std::stoll(page.next_cursor);
  }
  EXPECT_EQ(expected, kMessages);
  const Opened behind = ok(service->messages().resync(ann, id, 1));
  EXPECT_TRUE(behind.reload);
  EXPECT_EQ(behind.last_seq, kMessages);
}

// ---- search ----

TEST_P(ChatService, SearchUnderstandsNamesRoomsAndProperties) {
  const auth::Subject ann = person("Ann Lee");
  const auth::Subject bob = person("bob");
  const std::string id =
      ok(service->rooms().create(ann, {"Harbour Crew", "group", "private", "", "", false, {bob.user_id}})).view.room.id;
  const std::string other = room(ann, {bob.user_id});
  say(ann, id, "the café opens");
  say(bob, id, "the cafe closes https://example.org");
  say(ann, other, "cafe elsewhere");
  EXPECT_EQ(search(bob, "cafe").size(), 3U);
  EXPECT_THAT(search(bob, "cafe from:ann"), ElementsAre("cafe elsewhere", "the café opens"));
  EXPECT_THAT(search(bob, "from:\"ann lee\" in:\"harbour crew\""), ElementsAre("the café opens"));
  EXPECT_THAT(search(bob, "from:me cafe"), ElementsAre("the cafe closes https://example.org"));
  EXPECT_THAT(search(bob, "has:link"), ElementsAre("the cafe closes https://example.org"));
  EXPECT_THAT(search(bob, "cafe -closes -elsewhere"), ElementsAre("the café opens"));
  EXPECT_THAT(search(bob, "\"cafe op\""), IsEmpty());
  EXPECT_THAT(search(bob, "op*"), ElementsAre("the café opens"));
  EXPECT_THAT(search(bob, "cafe before:2001-01-01"), IsEmpty());
  EXPECT_EQ(search(bob, "cafe after:2001-01-01").size(), 3U);
  EXPECT_THAT(search(bob, "from:nobody"), IsEmpty());
  EXPECT_THAT(search(bob, "in:nowhere"), IsEmpty());
  EXPECT_EQ(error(service->search().find(bob, {"has:wings", "", false, "", 10})), "invalid_argument q");
  EXPECT_EQ(error(service->search().find(bob, {"cafe", "", false, "x", 10})), "invalid_argument cursor");
  const auto items = ok(service->search().find(bob, {"opens", id, false, "", 10})).items;
  ASSERT_EQ(items.size(), 1U);
  EXPECT_THAT(items[0].highlights, ElementsAre(std::pair<std::size_t, std::size_t>(9, 14)));
}

TEST_P(ChatService, SearchNeverShowsWhatTheAskerCannotSee) {
  std::vector<auth::Subject> people;
  for (int i = 0; i < 4; ++i) people.push_back(person("p" + std::to_string(i)));
  std::vector<std::string> rooms;
  for (int i = 0; i < 4; ++i) rooms.push_back(room(people[0], {}, i == 0 ? "public" : "private"));
  std::set<std::pair<int, int>> members;
  const auto below = [&](int n) { return static_cast<int>(random.next() % static_cast<std::uint64_t>(n)); };
  for (int step = 0; step < 120; ++step) {
    const int p = 1 + below(3);
    const int r = below(4);
    if (below(2) == 0) {
      say(people[0], rooms[static_cast<std::size_t>(r)], "word of room" + std::to_string(r));
    } else if (members.erase({p, r}) > 0) {
      ok(service->rooms().remove_member(people[0], rooms[static_cast<std::size_t>(r)],
                                        people[static_cast<std::size_t>(p)].user_id));
    } else {
      members.insert({p, r});
      ok(service->rooms().add_member(people[0], rooms[static_cast<std::size_t>(r)],
                                     people[static_cast<std::size_t>(p)].user_id, auth::RoomRole::kMember));
    }
    const int asker = 1 + below(3);
    for (const char* text : {"word", "from:p0", "word -nothing", "in:Room"}) {
      for (const SearchItem& item :
           ok(service->search().find(people[static_cast<std::size_t>(asker)], {text, "", below(2) == 0, "", 200}))
               .items) {
        const auto at = std::ranges::find(rooms, item.room_id) - rooms.begin();
        ASSERT_TRUE(members.contains({asker, static_cast<int>(at)})) << text;
      }
    }
  }
}

// ---- records ----

TEST_P(ChatService, RetentionRemovesWhatIsPastItsTime) {
  const auth::Subject ann = person("ann");
  const std::string id = room(ann, {});
  RoomChange change;
  change.retention_days = 2;
  ok(service->rooms().update(ann, id, change));
  say(ann, id, "old word");
  now += std::chrono::hours(49);
  say(ann, id, "new word");
  TestDevice anns;
  connect(anns, ann);
  EXPECT_EQ(ok(service->records().housekeeping()), 1);
  EXPECT_EQ(anns.last().at("beforeSeq"), 3);
  EXPECT_THAT(anns.take(), ElementsAre("messages-removed"));
  EXPECT_EQ(ok(service->messages().history(ann, id, {})).items.size(), 1U);
  EXPECT_THAT(search(ann, "word"), ElementsAre("new word"));
  EXPECT_EQ(ok(service->records().housekeeping()), 0);
  EXPECT_FALSE(ok(service->messages().resync(ann, id, 0)).reload);
}

boost::asio::awaitable<bool> collect(std::string* into, std::string piece) {
  into->append(piece);
  co_return true;
}

TEST_P(ChatService, ExportsAreWholeDocuments) {
  const auth::Subject ann = person("ann");
  const auth::Subject bob = person("bob");
  const std::string id = room(ann, {bob.user_id});
  for (int i = 0; i < 450; ++i) say(i % 2 == 0 ? ann : bob, id, "m" + std::to_string(i));
  const store::Message last = say(ann, id, "last \"quoted\"");
  ok(service->messages().add_reaction(bob, last.id, "👍"));
  ok(service->messages().mark_read(bob, id, 5));
  std::string text;
  const Sink sink = [&text](std::string piece) { return collect(&text, std::move(piece)); };
  EXPECT_EQ(error(service->records().export_room(bob, id, sink)), "permission_denied");
  ok(service->records().export_room(ann, id, sink));
  const boost::json::value whole = boost::json::parse(text);
  EXPECT_EQ(whole.at("room").at("id"), boost::json::string(id));
  EXPECT_EQ(whole.at("members").as_array().size(), 2U);
  ASSERT_EQ(whole.at("messages").as_array().size(), 451U);
  EXPECT_EQ(whole.at("messages").at(450).at("content"), "last \"quoted\"");
  text.clear();
  EXPECT_EQ(error(service->records().export_user(ann, bob.user_id, sink)), "permission_denied");
  ok(service->records().export_user(bob, bob.user_id, sink));
  const boost::json::value own = boost::json::parse(text);
  EXPECT_EQ(own.at("messages").as_array().size(), 225U);
  EXPECT_EQ(own.at("reactions").as_array().size(), 1U);
  EXPECT_EQ(own.at("rooms").as_array().size(), 1U);
  EXPECT_EQ(own.at("readMarkers").at(0).at("seq"), 5);
}

TEST_P(ChatService, ErasedPersonLeavesNoWordsAndRoomsKeepAnOwner) {
  const auth::Subject ann = person("ann");
  const auth::Subject bob = person("bob");
  const std::string id = room(ann, {bob.user_id});
  const store::Message mine = say(ann, id, "personal word");
  const store::Message theirs = say(bob, id, "hello @ann");
  ok(service->messages().add_reaction(ann, theirs.id, "👍"));
  EXPECT_EQ(error(service->records().erase_user(bob, ann.user_id)), "permission_denied");
  TestDevice bobs;
  connect(bobs, bob);
  ok(service->records().erase_user(ann, ann.user_id));
  EXPECT_THAT(bobs.take(), ElementsAre("member-updated", "member-updated", "messages-removed"));
  EXPECT_EQ(ok(service->rooms().get(bob, id)).role, auth::RoomRole::kOwner);
  EXPECT_EQ(ok(service->messages().get(bob, mine.id)).content, "");
  EXPECT_THAT(ok(service->messages().get(bob, theirs.id)).reactions, IsEmpty());
  EXPECT_THAT(search(bob, "word"), IsEmpty());
}

}  // namespace
}  // namespace parley::chat

#include "store/rooms.h"

#include <gmock/gmock.h>

#include "chat_store.h"
#include "store/pins.h"
#include "store/reactions.h"
#include "store/read_markers.h"

namespace parley::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RoomStore : public ChatStore {};
STORE_TEST_BOTH_ENGINES(RoomStore);

TEST_P(RoomStore, RoomComesBackAsItWasKept) {
  const std::string owner = add_user("ann");
  Room room;
  room.id = next_id();
  room.name = "Hafen ⚓";
  room.type = "project";
  room.visibility = "public";
  room.topic = "Boats;\nand 'ropes'";
  room.flag = "🟦";
  room.locked = true;
  room.retention_days = 30;
  room.owner_id = owner;
  room.created_at = room.updated_at = 77;
  write([&](Session& session) { return insert_room(session, room); });
  const auto found = read([&](Session& session) { return find_room(session, room.id); });
  ASSERT_TRUE(*found);
  EXPECT_EQ(**found, room);
}

TEST_P(RoomStore, UpdateWritesWhatPeopleMayChange) {
  Room room = make_room("before");
  room.name = "after";
  room.topic = "t";
  room.flag = "f";
  room.visibility = "public";
  room.e2ee = room.archived = room.locked = true;
  room.retention_days = 3;
  room.updated_at = 99;
  write([&](Session& session) { return update_room(session, room); });
  EXPECT_EQ(**read([&](Session& session) { return find_room(session, room.id); }), room);
}

TEST_P(RoomStore, DirectRoomIsThereOncePerPair) {
  Room room;
  room.id = next_id();
  room.type = "direct";
  room.direct_key = "a:b";
  write([&](Session& session) { return insert_room(session, room); });
  EXPECT_EQ((*read([&](Session& session) { return find_direct_room(session, "a:b"); }))->id, room.id);
  Room again = room;
  again.id = next_id();
  const auto second = db().write_now([&](Session& session) { return insert_room(session, again); });
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "already_exists");
  write([&](Session& session) { return delete_room(session, room.id, 9); });
  write([&](Session& session) { return insert_room(session, again); });
}

TEST_P(RoomStore, DeletedRoomIsGoneForReadersAndPurgedLater) {
  const std::string ann = add_user("ann");
  const Room room = make_room("r");
  add_member(room.id, ann);
  add_message(room.id, ann, "hello");
  write([&](Session& session) { return delete_room(session, room.id, 9); });
  EXPECT_FALSE(*read([&](Session& session) { return find_room(session, room.id); }));
  EXPECT_THAT(*read([&](Session& session) { return list_rooms_of(session, ann, "", 10); }), IsEmpty());
  EXPECT_FALSE(db().write_now([&](Session& session) { return take_room_seq(session, room.id); }));
  EXPECT_THAT(*read([&](Session& session) { return deleted_rooms(session, 10); }), ElementsAre(room.id));
  write([&](Session& session) { return purge_room(session, room.id); });
  EXPECT_THAT(*read([&](Session& session) { return deleted_rooms(session, 10); }), IsEmpty());
}

TEST_P(RoomStore, PurgeLeavesLivingRoomsAlone) {
  const Room room = make_room("r");
  write([&](Session& session) { return purge_room(session, room.id); });
  EXPECT_TRUE(*read([&](Session& session) { return find_room(session, room.id); }));
}

TEST_P(RoomStore, PublicRoomsComeInPages) {
  std::vector<std::string> ids;
  for (int i = 0; i < 5; ++i) {
    Room room = make_room("r");
    room.visibility = i == 2 ? "private" : "public";
    write([&](Session& session) { return update_room(session, room); });
    if (i != 2) ids.push_back(room.id);
  }
  const auto first = read([&](Session& session) { return list_public_rooms(session, "", 3); });
  ASSERT_EQ(first->size(), 3U);
  const auto rest = read([&](Session& session) { return list_public_rooms(session, first->back().id, 3); });
  ASSERT_EQ(rest->size(), 1U);
  EXPECT_EQ(first->at(0).id, ids[0]);
  EXPECT_EQ(rest->at(0).id, ids[3]);
}

TEST_P(RoomStore, MembersAreCountedAndListed) {
  const std::string ann = add_user("ann");
  const std::string bob = add_user("bob");
  const Room room = make_room("r");
  add_member(room.id, ann, "owner");
  add_member(room.id, bob);
  const auto again = db().write_now([&](Session& session) {
    return insert_member(session, {room.id, bob, "member", 7, {}, {}, {}, false});
  });
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, "already_exists");
  EXPECT_EQ((*read([&](Session& session) { return find_room(session, room.id); }))->member_count, 2);
  const auto members = read([&](Session& session) { return list_members(session, room.id, "", 10); });
  ASSERT_EQ(members->size(), 2U);
  EXPECT_EQ(members->at(0).name, "ann");
  EXPECT_EQ(members->at(0).handle, "ann");
  EXPECT_EQ(members->at(0).role, "owner");
  EXPECT_EQ(read([&](Session& session) { return list_members(session, room.id, ann, 10); })->size(), 1U);
  EXPECT_EQ(*read([&](Session& session) { return count_owners(session, room.id); }), 1);
  EXPECT_TRUE(*write([&](Session& session) { return set_member_role(session, room.id, bob, "owner"); }));
  EXPECT_EQ(*read([&](Session& session) { return count_owners(session, room.id); }), 2);
  EXPECT_TRUE(*write([&](Session& session) { return delete_member(session, room.id, ann); }));
  EXPECT_FALSE(*write([&](Session& session) { return delete_member(session, room.id, ann); }));
  EXPECT_EQ((*read([&](Session& session) { return find_room(session, room.id); }))->member_count, 1);
  EXPECT_FALSE(*read([&](Session& session) { return find_member(session, room.id, ann); }));
}

// A deleted account has no handle; its memberships end after it.
TEST_P(RoomStore, MemberWhoseAccountIsDeletedIsStillRead) {
  const std::string ann = add_user("ann");
  const Room room = make_room("r");
  add_member(room.id, ann);
  write([&](Session& session) -> Result<User, Error> {
    User user = must(find_user(session, ann));
    user.handle.clear();
    user.email.clear();
    user.deleted_at = 9;
    return update_user(session, user);
  });
  const auto member = *read([&](Session& session) { return find_member(session, room.id, ann); });
  ASSERT_TRUE(member);
  EXPECT_EQ(member->handle, "");
  EXPECT_EQ(read([&](Session& session) { return list_members(session, room.id, "", 10); })->size(), 1U);
  EXPECT_TRUE(*write([&](Session& session) { return delete_member(session, room.id, ann); }));
}

TEST_P(RoomStore, OldestModeratorInheritsBeforeOlderMembers) {
  const std::string owner = add_user("owner");
  const std::string member = add_user("member");
  const std::string guest = add_user("guest");
  const Room room = make_room("r");
  add_member(room.id, owner, "owner");
  add_member(room.id, guest, "guest");
  EXPECT_FALSE(*read([&](Session& session) { return find_heir(session, room.id, owner); }));
  add_member(room.id, member);
  EXPECT_EQ((*read([&](Session& session) { return find_heir(session, room.id, owner); }))->user_id, member);
  const std::string moderator = add_user("moderator");
  add_member(room.id, moderator, "moderator");
  EXPECT_EQ((*read([&](Session& session) { return find_heir(session, room.id, owner); }))->user_id, moderator);
}

TEST_P(RoomStore, PeopleAroundAreThoseWhoShareARoom) {
  const std::string ann = add_user("ann");
  const std::string bob = add_user("bob");
  const std::string eve = add_user("eve");
  const Room one = make_room("one");
  const Room two = make_room("two");
  for (const Room& room : {one, two}) {
    add_member(room.id, ann);
    add_member(room.id, bob);
  }
  const auto around = read([&](Session& session) { return people_around(session, ann, 10); });
  ASSERT_EQ(around->size(), 1U);
  EXPECT_EQ(around->front().user_id, bob);
  EXPECT_EQ(around->front().name, "bob");
  EXPECT_TRUE(*read([&](Session& session) { return share_a_room(session, ann, bob); }));
  EXPECT_FALSE(*read([&](Session& session) { return share_a_room(session, ann, eve); }));
}

TEST_P(RoomStore, ListingCountsWhatIsUnread) {
  const std::string ann = add_user("ann");
  const std::string bob = add_user("bob");
  const Room room = make_room("r");
  const Room direct = make_room("d");
  for (const Room& r : {room, direct}) {
    add_member(r.id, ann);
    add_member(r.id, bob);
  }
  add_message(room.id, bob, "one");
  const Message read_one = add_message(room.id, bob, "two");
  add_message(room.id, ann, "own messages count as read");
  const Message three = add_message(room.id, bob, "@ann three");
  const Message four = add_message(room.id, bob, "@room four");
  const Message gone = add_message(room.id, bob, "@ann deleted");
  write([&](Session& session) -> Result<void, Error> {
    must(advance_read_marker(session, {room.id, ann, read_one.seq, 5}));
    const std::vector<Mention> mentions{
        {three.id, room.id, three.seq, ann}, {four.id, room.id, four.seq, "room"}, {gone.id, room.id, gone.seq, ann}};
    must(insert_mentions(session, mentions));
    return mark_message_deleted(session, gone.id, bob, 50);
  });
  const auto listings = read([&](Session& session) { return list_rooms_of(session, ann, "", 10); });
  ASSERT_EQ(listings->size(), 2U);
  const RoomListing& listing = listings->front();
  EXPECT_EQ(listing.room.id, room.id);
  EXPECT_EQ(listing.room.last_seq, 6);
  EXPECT_EQ(listing.role, "member");
  EXPECT_EQ(listing.last_read_seq, read_one.seq);
  EXPECT_EQ(listing.unread, 2);
  EXPECT_EQ(listing.mentions, 2);
  EXPECT_EQ(listing.last_message_id, gone.id);
  EXPECT_EQ(listing.peer_id, "");
  EXPECT_EQ((*read([&](Session& session) { return find_room_of(session, ann, room.id); }))->unread, 2);
  EXPECT_FALSE(*read([&](Session& session) { return find_room_of(session, next_id(), room.id); }));
  EXPECT_EQ(read([&](Session& session) { return list_rooms_of(session, ann, room.id, 10); })->size(), 1U);
  EXPECT_EQ(read([&](Session& session) { return room_sizes_of(session, ann); })->at(0).members, 2);
}

TEST_P(RoomStore, ReadMarkersMoveForwardOnly) {
  const std::string ann = add_user("ann");
  const Room room = make_room("r");
  add_member(room.id, ann);
  const auto advance = [&](std::int64_t seq) {
    return *write([&](Session& session) { return advance_read_marker(session, {room.id, ann, seq, seq}); });
  };
  EXPECT_TRUE(advance(5));
  EXPECT_FALSE(advance(5));
  EXPECT_FALSE(advance(3));
  EXPECT_TRUE(advance(6));
  EXPECT_EQ(*read([&](Session& session) { return read_seq(session, room.id, ann); }), 6);
  EXPECT_EQ(*read([&](Session& session) { return list_read_markers(session, room.id, 10); }),
            (std::vector<ReadMarker>{{room.id, ann, 6, 6}}));
  EXPECT_EQ(*read([&](Session& session) { return read_markers_of(session, ann); }),
            (std::vector<ReadMarker>{{room.id, ann, 6, 6}}));
  write([&](Session& session) { return delete_member(session, room.id, ann); });
  EXPECT_EQ(*read([&](Session& session) { return read_seq(session, room.id, ann); }), 0);
}

TEST_P(RoomStore, RoomsWithRetentionAreFound) {
  make_room("kept");
  Room room = make_room("short");
  room.retention_days = 1;
  write([&](Session& session) { return update_room(session, room); });
  const auto found = read([&](Session& session) { return rooms_with_retention(session, "", 10); });
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ(found->front().id, room.id);
}

// ---- the log of events ----

TEST_P(RoomStore, EventsAreNumberedWithoutGaps) {
  const Room room = make_room("r");
  const Room other = make_room("o");
  for (int i = 1; i <= 3; ++i) {
    const auto event = write([&](Session& session) { return append_room_event(session, room.id, "x", R"({"a":1})"); });
    EXPECT_EQ(event->seq, i);
    EXPECT_EQ(event->data, "{\"roomId\":\"" + room.id + "\",\"seq\":" + std::to_string(i) + ",\"a\":1}");
  }
  EXPECT_EQ(write([&](Session& session) { return append_room_event(session, other.id, "x", "{}"); })->seq, 1);
  // A job that fails takes no number with it.
  EXPECT_FALSE(db().write_now([&](Session& session) -> Result<void, Error> {
    must(append_room_event(session, room.id, "x", "{}"));
    return Error{"internal", "no", ""};
  }));
  const auto after = read([&](Session& session) { return room_events_after(session, room.id, 1, 10); });
  ASSERT_EQ(after->size(), 2U);
  EXPECT_EQ(after->front().seq, 2);
  EXPECT_EQ(write([&](Session& session) { return append_room_event(session, room.id, "x", "{}"); })->seq, 4);
}

TEST_P(RoomStore, EventOfNoRoomIsRefused) {
  const auto event = db().write_now([](Session& session) { return append_room_event(session, "nowhere", "x", "{}"); });
  ASSERT_FALSE(event);
  EXPECT_EQ(event.error().code, "not_found");
}

TEST_P(RoomStore, NumbersForMembersAreForMembers) {
  const std::string ann = add_user("ann");
  const Room room = make_room("r");
  const auto take = [&] {
    return db().write_now([&](Session& session) { return take_room_seq(session, room.id, ann); });
  };
  ASSERT_FALSE(take());
  EXPECT_EQ(take().error().code, "permission_denied");
  add_member(room.id, ann);
  EXPECT_EQ(*take(), 1);
}

TEST_P(RoomStore, OldEventsAreTrimmed) {
  const Room room = make_room("r");
  write([&](Session& session) -> Result<void, Error> {
    for (int i = 0; i < 1'100; ++i) must(append_room_event(session, room.id, "x", "{}"));
    return {};
  });
  const auto all = read([&](Session& session) { return room_events_after(session, room.id, 0, 5'000); });
  EXPECT_GE(static_cast<std::int64_t>(all->size()), kKeptRoomEvents);
  EXPECT_LE(static_cast<std::int64_t>(all->size()), kKeptRoomEvents + 64);
  EXPECT_EQ(all->back().seq, 1'100);
}

}  // namespace
}  // namespace parley::store

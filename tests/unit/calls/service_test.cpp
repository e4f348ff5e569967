// The service over a database in memory, a real hub and a media plane of lists.
#include "calls/service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "calls/json.h"
#include "hub/hub.h"
#include "store/audit.h"
#include "store/database.h"
#include "store/members.h"
#include "store/rooms.h"
#include "store/users.h"

namespace parley::calls {
namespace {

namespace json = boost::json;
using store::CallParticipantStatus;
using store::CallStatus;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kSecret[] = "a secret of at least 32 characters";

class FakeMedia final : public MediaControl {
 public:
  std::vector<MediaParticipant> list(const std::string& room) override { return rooms[room]; }
  bool remove_participant(const std::string& room, const std::string& identity) override {
    removed.push_back(identity);
    return std::erase_if(rooms[room], [&](const auto& p) { return p.identity == identity; }) > 0;
  }
  Result<void, Error> mute(const std::string& /*room*/, const std::string& identity,
                           const std::string& track) override {
    muted.push_back(identity + "/" + track);
    return {};
  }
  void set_rights(const std::string& /*room*/, const std::string& identity, const MemberRights& rights) override {
    allowed[identity] = rights;
  }
  void delete_room(const std::string& room) override { deleted.push_back(room), rooms.erase(room); }

  std::map<std::string, std::vector<MediaParticipant>> rooms;
  std::vector<std::string> removed;
  std::vector<std::string> muted;
  std::vector<std::string> deleted;
  std::map<std::string, MemberRights> allowed;  // as last said
};

class FakeDevice final : public hub::Device {
 public:
  void deliver(const hub::EventRef& event) override { events.push_back(event); }
  void end(std::string_view /*code*/, std::string_view /*message*/) override {}

  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& event : events) {
      if (event->name() != "presence-updated") out.push_back(event->name());
    }
    return out;
  }
  [[nodiscard]] json::object last(std::string_view name) const {
    const auto found = std::find_if(events.rbegin(), events.rend(), [&](const auto& e) { return e->name() == name; });
    EXPECT_NE(found, events.rend()) << name;
    return found == events.rend() ? json::object{} : json::parse((*found)->data()).as_object();
  }

  std::vector<hub::EventRef> events;
};

std::string id(int n) {
  const std::string number = std::to_string(n);
  return "01890000-0000-7000-8000-" + std::string(12 - number.size(), '0') + number;
}

room::ParticipantInfoRef participant(const std::string& identity) {
  room::ParticipantInfo info;
  info.identity = identity;
  return std::make_shared<const room::ParticipantInfo>(std::move(info));
}

StartParams quiet() {
  StartParams params;
  params.ring.ring = false;
  return params;
}
StartParams second_device() {
  StartParams params;
  params.second_device = true;
  return params;
}
StartParams audio() {
  StartParams params;
  params.type = store::CallType::kAudio;
  return params;
}

class ServiceTest : public ::testing::Test {
 protected:
  static constexpr int kAnn = 1;
  static constexpr int kBen = 2;
  static constexpr int kCid = 3;
  static constexpr int kStranger = 4;
  static constexpr int kGroup = 11;
  static constexpr int kDirect = 12;

  ServiceTest() {
    store::Config config;
    config.url = "sqlite::memory:";
    config.clock = [this] { return now; };
    database = *store::Database::open(std::move(config), io.get_executor());
    keys.add("key", kSecret);
    Config calls;
    calls.clock = [this] { return now; };
    calls.limits_enabled = false;
    service = std::make_unique<Service>(calls, Service::Parts{*database, hub, media, random, keys, io.get_executor()});
    hub.add_listener(*service);
    populate();
  }
  ~ServiceTest() override {
    service->stop();
    io.poll();
  }

  // What the audit log says of the group's calls, oldest first: the act and to whom.
  std::vector<std::string> audited() {
    const auto entries = database->read_now([](store::Session& session) {
      return store::list_audit(session, {.actor_id = {}, .object_id = {}, .room_id = {}});
    });
    std::vector<std::string> out;
    for (const store::AuditEntry& entry : *entries) {
      EXPECT_EQ(entry.actor_id, id(kAnn));
      EXPECT_EQ(entry.room_id, id(kGroup));
      EXPECT_EQ(entry.object_type, "call");
      const json::object detail = json::parse(entry.detail).as_object();
      const json::value* user = detail.if_contains("userId");
      out.insert(out.begin(), entry.action + " " + (user == nullptr ? "" : std::string(user->as_string())));
    }
    return out;
  }

  void populate() {
    const auto done = database->write_now([](store::Session& session) -> Result<void, Error> {
      for (const int n : {kAnn, kBen, kCid, kStranger}) {
        store::User user;
        user.id = id(n);
        user.name = "Person " + std::to_string(n);
        if (const auto made = store::insert_user(session, user); !made) return made.error();
      }
      for (const int n : {kGroup, kDirect}) {
        store::Room room;
        room.id = id(n);
        room.name = n == kDirect ? "" : "Team";
        room.type = n == kDirect ? "direct" : "group";
        room.owner_id = id(kAnn);
        if (const auto made = store::insert_room(session, room); !made) return made.error();
        for (const int member : {kAnn, kBen, kCid}) {
          if (n == kDirect && member == kCid) continue;
          store::Member row;
          row.room_id = room.id;
          row.user_id = id(member);
          row.role = n == kGroup && member == kAnn ? "moderator" : "member";
          if (const auto added = store::insert_member(session, row); !added) return added.error();
        }
      }
      return {};
    });
    ASSERT_TRUE(done.has_value()) << done.error().message;
  }

  FakeDevice& connect(int user) {
    devices.push_back(std::make_unique<FakeDevice>());
    std::vector<hub::Membership> rooms;
    if (user != kStranger) rooms.push_back({id(kGroup), 3});
    if (user == kAnn || user == kBen) rooms.push_back({id(kDirect), 2});
    hub.attach(now, *devices.back(), id(user), "session", rooms);
    return *devices.back();
  }
  static auth::Subject subject(int user) {
    auth::Subject out;
    out.user_id = id(user);
    out.session_id = "session";
    out.name = "Person " + std::to_string(user);
    return out;
  }

  template <class T>
  Result<T, Error> run(Answer<T> work) {
    std::optional<Result<T, Error>> answer;
    boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr thrown, Result<T, Error> value) {
      if (thrown) std::rethrow_exception(thrown);
      answer.emplace(std::move(value));
    });
    settle();
    EXPECT_TRUE(answer.has_value());
    return std::move(*answer);
  }
  // Whatever was started runs to its end: nothing but the database is waited for.
  void settle() {
    io.restart();
    io.run();
  }
  Joined start(int user, int room, StartParams params = {}) {
    params.room_id = id(room);
    auto joined = run(service->start(subject(user), std::move(params), {"127.0.0.1:7880", false}));
    EXPECT_TRUE(joined.has_value()) << joined.error().message;
    return joined ? *joined : Joined{};
  }
  Result<Joined, Error> accept(int user, const std::string& call) {
    return run(service->accept(subject(user), call, {}, {"127.0.0.1:7880", false}));
  }
  void pass(Duration by) {
    const TimePoint end = now + by;
    while (service->deadline() <= end) {
      now = std::max(now, service->deadline());
      service->handle_timeout();
      settle();
    }
    now = end;
  }
  // As a client that used its token.
  void enter_media(int user, int room, const std::string& identity) {
    media.rooms[id(room)].push_back({identity, {{"TR_mic", false, true, false}, {"TR_cam", false, false, false}}});
    room::ParticipantJoined joined;
    joined.room.name = id(room);
    joined.participant = participant(identity);
    service->on_room_event(joined);
    settle();
    EXPECT_EQ(user_of_identity(identity), id(user));
  }
  [[nodiscard]] auth::Claims claims_of(const Joined& joined) const {
    const auto claims = auth::verify_token(joined.media.token, keys, now);
    if (!claims) throw std::runtime_error(claims.error().message);
    return *claims;
  }
  [[nodiscard]] room::Grants grants_of(const Joined& joined) const {
    const auth::Claims claims = claims_of(joined);
    room::Grants grants;
    grants.identity = claims.identity;
    grants.attributes = claims.attributes;
    return grants;
  }
  HistoryPage history(int user, HistoryParams params = {}) {
    auto page = run(service->history(subject(user), std::move(params)));
    EXPECT_TRUE(page.has_value()) << page.error().message;
    return page ? *page : HistoryPage{};
  }

  TimePoint now{std::chrono::seconds(1'800'000'000)};
  boost::asio::io_context io;
  SeededRandom random{7};
  std::unique_ptr<store::Database> database;
  hub::Hub hub{hub::Config{}};
  FakeMedia media;
  auth::KeyTable keys;
  std::vector<std::unique_ptr<FakeDevice>> devices;
  std::unique_ptr<Service> service;
};

TEST_F(ServiceTest, RingsOnTwoDevicesIsAnsweredOnOneAndStopsOnTheOther) {
  FakeDevice& ann = connect(kAnn);
  FakeDevice& phone = connect(kBen);
  FakeDevice& laptop = connect(kBen);
  const Joined started = start(kAnn, kDirect, audio());
  const std::string call = started.call.call.id;
  EXPECT_THAT(ann.names(), Not(Contains("incoming-call")));
  for (const FakeDevice* device : {&phone, &laptop}) {
    EXPECT_THAT(device->names(), ElementsAre("call-updated", "incoming-call"));
    const json::object incoming = device->last("incoming-call");
    EXPECT_EQ(incoming.at("from").at("id").as_string(), id(kAnn));
    EXPECT_EQ(incoming.at("room").at("id").as_string(), id(kDirect));
    EXPECT_EQ(incoming.at("call").at("type").as_string(), "audio");
    EXPECT_FALSE(incoming.at("busy").as_bool());
  }
  pass(3s);
  ASSERT_TRUE(accept(kBen, call).has_value());
  const json::object update = laptop.last("call-updated");
  EXPECT_EQ(update.at("roomId").as_string(), id(kDirect));
  EXPECT_EQ(update.at("seq").as_int64(), 2);
  EXPECT_EQ(update.at("call").at("status").as_string(), "active");
  EXPECT_EQ(update.at("call").at("participants").as_array()[1].at("status").as_string(), "joined");

  pass(20s);
  ASSERT_TRUE(run(service->end(subject(kBen), call)).has_value());
  EXPECT_EQ(ann.last("call-updated").at("call").at("status").as_string(), "ended");
  EXPECT_THAT(media.deleted, ElementsAre(id(kDirect)));
  for (const int user : {kAnn, kBen}) {
    const HistoryPage page = history(user);
    ASSERT_EQ(page.items.size(), 1U);
    EXPECT_EQ(to_json(page.items[0]).at("duration").as_int64(), 20);
    EXPECT_FALSE(page.items[0].missed);
  }
  EXPECT_THAT(history(kCid).items, IsEmpty());
}

TEST_F(ServiceTest, MissedCallIsMissedForTheCalleeAndNotForTheCaller) {
  connect(kAnn);
  FakeDevice& ben = connect(kBen);
  start(kAnn, kGroup);
  pass(46s);
  EXPECT_EQ(ben.last("call-updated").at("call").at("status").as_string(), "missed");
  EXPECT_EQ(history(kBen).items[0].call.status, CallStatus::kMissed);
  EXPECT_TRUE(history(kBen).items[0].missed);
  EXPECT_TRUE(history(kCid).items[0].missed);  // was away
  EXPECT_FALSE(history(kAnn).items[0].missed);
}

TEST_F(ServiceTest, DeviceThatConnectsWhileItRingsHearsIt) {
  connect(kAnn);
  connect(kBen);
  start(kAnn, kGroup);
  EXPECT_THAT(connect(kBen).names(), ElementsAre("incoming-call"));
  FakeDevice& cid = connect(kCid);  // the first device of one who was away
  settle();
  EXPECT_EQ(std::ranges::count(cid.names(), "incoming-call"), 1);
  EXPECT_THAT(connect(kStranger).names(), IsEmpty());
}

TEST_F(ServiceTest, TokenFollowsTheRole) {
  connect(kAnn);
  connect(kBen);
  const Joined moderator = start(kAnn, kGroup);
  const auto member = accept(kBen, moderator.call.call.id);
  ASSERT_TRUE(member.has_value());
  EXPECT_EQ(moderator.media.url, "ws://127.0.0.1:7880");
  const auto admin = auth::verify_token(moderator.media.token, keys, now);
  const auto plain = auth::verify_token(member->media.token, keys, now);
  EXPECT_EQ(admin->identity, id(kAnn));
  EXPECT_EQ(admin->name, "Person 1");
  EXPECT_EQ(admin->video.room, id(kGroup));
  EXPECT_TRUE(admin->video.room_join);
  EXPECT_TRUE(admin->video.room_admin);
  EXPECT_FALSE(plain->video.room_admin);
  EXPECT_TRUE(plain->video.may_publish());
  EXPECT_TRUE(plain->video.may_subscribe());
  EXPECT_TRUE(plain->video.may_publish_data());
  EXPECT_FALSE(auth::verify_token(plain->issuer.empty() ? "" : member->media.token, keys, now + 12min).has_value());
}

TEST_F(ServiceTest, SecondDeviceHasAnIdentityOfItsOwn) {
  connect(kAnn);
  const Joined first = start(kAnn, kGroup, quiet());
  enter_media(kAnn, kGroup, id(kAnn));
  const Joined second = start(kAnn, kGroup, second_device());
  EXPECT_EQ(second.call.call.id, first.call.call.id);
  EXPECT_EQ(grants_of(second).identity, id(kAnn) + "#2");
}

TEST_F(ServiceTest, StrangersGetAndDoNothing) {
  connect(kAnn);
  FakeDevice& stranger = connect(kStranger);
  const std::string call = start(kAnn, kGroup).call.call.id;
  EXPECT_EQ(accept(kStranger, call).error().code, "not_found");
  EXPECT_EQ(run(service->decline(subject(kStranger), call)).error().code, "not_found");
  EXPECT_EQ(run(service->end(subject(kStranger), call)).error().code, "not_found");
  EXPECT_EQ(run(service->get(subject(kStranger), call)).error().code, "not_found");
  EXPECT_EQ(run(service->lock(subject(kStranger), call, true)).error().code, "not_found");
  EXPECT_EQ(run(service->raise_hand(subject(kStranger), call, true)).error().code, "not_found");
  EXPECT_EQ(run(service->history(subject(kStranger), HistoryParams{id(kGroup), "", 50})).error().code, "not_found");
  StartParams params;
  params.room_id = id(kGroup);
  EXPECT_EQ(run(service->start(subject(kStranger), params, {})).error().code, "not_found");
  params.room_id = id(99);
  EXPECT_EQ(run(service->start(subject(kAnn), params, {})).error().code, "not_found");
  EXPECT_THAT(stranger.names(), IsEmpty());
  EXPECT_THAT(history(kStranger).items, IsEmpty());
}

TEST_F(ServiceTest, RemovedMemberIsOutOfTheMediaAtOnceAndHisTokenIsRefused) {
  connect(kAnn);
  connect(kBen);
  const std::string call = start(kAnn, kGroup).call.call.id;
  const auto joined = accept(kBen, call);
  enter_media(kBen, kGroup, id(kBen));
  const room::Grants grants = grants_of(*joined);
  EXPECT_TRUE(service->admission(id(kGroup), grants).has_value());
  hub.member_removed(now, id(kGroup), id(kBen), 2);
  EXPECT_THAT(media.removed, ElementsAre(id(kBen)));  // before member_removed() returned
  EXPECT_EQ(service->admission(id(kGroup), grants).error().code, "permission_denied");
  settle();
  EXPECT_EQ(run(service->react(subject(kBen), call, "👍")).error().code, "not_found");
}

TEST_F(ServiceTest, TokensOfKeyHoldersPassAndOursCountForTheirCallAlone) {
  connect(kAnn);
  connect(kBen);
  room::Grants integrator;
  integrator.identity = id(kBen);
  EXPECT_TRUE(service->admission("a room of theirs", integrator).has_value());
  const Joined joined = start(kAnn, kGroup);
  EXPECT_TRUE(service->admission(id(kGroup), integrator).has_value());
  const room::Grants grants = grants_of(joined);
  EXPECT_FALSE(service->admission(id(kDirect), grants).has_value());
  ASSERT_TRUE(run(service->end(subject(kAnn), joined.call.call.id)).has_value());
  start(kAnn, kGroup, quiet());
  EXPECT_FALSE(service->admission(id(kGroup), grants).has_value());  // the next call needs a token of its own
}

TEST_F(ServiceTest, ModeratorsMuteRemoveLockAndAdmit) {
  FakeDevice& ann = connect(kAnn);
  FakeDevice& ben = connect(kBen);
  FakeDevice& cid = connect(kCid);
  const std::string call = start(kAnn, kGroup).call.call.id;
  ASSERT_TRUE(accept(kBen, call).has_value());
  enter_media(kBen, kGroup, id(kBen));
  EXPECT_EQ(run(service->mute(subject(kBen), call, id(kAnn), "")).error().code, "permission_denied");
  ASSERT_TRUE(run(service->mute(subject(kAnn), call, id(kBen), "")).has_value());
  EXPECT_THAT(media.muted, ElementsAre(id(kBen) + "/TR_mic"));
  EXPECT_EQ(run(service->mute(subject(kAnn), call, id(kCid), "")).error().code, "not_found");

  EXPECT_EQ(run(service->remove(subject(kBen), call, id(kAnn))).error().code, "permission_denied");
  ASSERT_TRUE(run(service->remove(subject(kAnn), call, id(kBen))).has_value());
  EXPECT_THAT(media.removed, ElementsAre(id(kBen)));
  EXPECT_EQ(accept(kBen, call).error().code, "permission_denied");

  EXPECT_EQ(run(service->lock(subject(kBen), call, true)).error().code, "permission_denied");
  ASSERT_TRUE(run(service->lock(subject(kAnn), call, true)).has_value());
  EXPECT_EQ(accept(kCid, call).error().code, "permission_denied");
  ASSERT_TRUE(run(service->knock(subject(kCid), call)).has_value());
  EXPECT_EQ(ann.last("lobby-updated").at("waiting").as_array().size(), 1U);
  EXPECT_THAT(ben.names(), Not(Contains("lobby-updated")));
  EXPECT_EQ(run(service->waiting(subject(kBen), call)).error().code, "permission_denied");
  EXPECT_EQ(run(service->waiting(subject(kAnn), call))->at(0).user_id, id(kCid));
  ASSERT_TRUE(run(service->admit(subject(kAnn), call, id(kCid))).has_value());
  EXPECT_EQ(cid.last("lobby-admitted").at("callId").as_string(), call);
  EXPECT_TRUE(accept(kCid, call).has_value());
  ASSERT_TRUE(run(service->knock(subject(kBen), call)).has_value());
  ASSERT_TRUE(run(service->deny(subject(kAnn), call, id(kBen))).has_value());
  EXPECT_THAT(ben.names(), Contains("lobby-denied"));
}

TEST_F(ServiceTest, ModeratorsSayWhatOthersMaySend) {
  const MemberRights all;
  const MemberRights no_screen{true, true, false};
  FakeDevice& ben = connect(kBen);
  connect(kAnn);
  connect(kCid);
  const Joined ann = start(kAnn, kGroup);
  const std::string call = ann.call.call.id;
  ASSERT_TRUE(accept(kBen, call).has_value());
  enter_media(kAnn, kGroup, id(kAnn));
  enter_media(kBen, kGroup, id(kBen));
  RightsChange change;
  change.screen_share = false;
  EXPECT_EQ(run(service->allow(subject(kBen), call, change)).error().code, "permission_denied");
  const auto view = run(service->allow(subject(kAnn), call, change));
  ASSERT_TRUE(view.has_value());
  EXPECT_EQ(view->rights, no_screen);
  EXPECT_EQ(media.allowed.at(id(kAnn)), all);
  EXPECT_EQ(media.allowed.at(id(kBen)), no_screen);
  EXPECT_FALSE(ben.last("call-updated").at("call").at("allowed").at("screenShare").as_bool());
  EXPECT_EQ(audited().back(), "call.allow ");

  // Who comes later: the token says so, and what came with an older one is told once it is there.
  const auto cid = accept(kCid, call);
  ASSERT_TRUE(cid.has_value());
  EXPECT_THAT(claims_of(*cid).video.can_publish_sources, ElementsAre("microphone", "camera"));
  EXPECT_THAT(claims_of(ann).video.can_publish_sources, IsEmpty());
  enter_media(kCid, kGroup, id(kCid));
  EXPECT_EQ(media.allowed.at(id(kCid)), no_screen);

  // A role is looked at anew when it changes.
  service->on_member_role(id(kGroup), id(kBen), "moderator");
  EXPECT_EQ(media.allowed.at(id(kBen)), all);
  service->on_member_role(id(kGroup), id(kBen), "member");
  EXPECT_EQ(media.allowed.at(id(kBen)), no_screen);

  change.microphone = change.camera = false;
  ASSERT_TRUE(run(service->allow(subject(kAnn), call, change)).has_value());
  EXPECT_TRUE(media.allowed.at(id(kBen)).none());
  const auto again = accept(kCid, call);
  ASSERT_TRUE(again.has_value());
  EXPECT_FALSE(claims_of(*again).video.may_publish());
  EXPECT_TRUE(claims_of(*again).video.may_publish_data()) << "hands and words are left";
}

TEST_F(ServiceTest, ActsOfModeratorsAreInTheAuditLog) {
  connect(kAnn);
  connect(kBen);
  connect(kCid);
  const std::string call = start(kAnn, kGroup).call.call.id;
  ASSERT_TRUE(accept(kBen, call).has_value());
  enter_media(kBen, kGroup, id(kBen));
  // Refused acts, and what one does oneself, leave nothing.
  EXPECT_FALSE(run(service->remove(subject(kBen), call, id(kAnn))).has_value());
  EXPECT_FALSE(run(service->mute(subject(kAnn), call, id(kCid), "")).has_value());
  EXPECT_THAT(audited(), IsEmpty());

  ASSERT_TRUE(run(service->mute(subject(kAnn), call, id(kBen), "")).has_value());
  now += 1ms;
  ASSERT_TRUE(run(service->remove(subject(kAnn), call, id(kBen))).has_value());
  now += 1ms;
  ASSERT_TRUE(run(service->lock(subject(kAnn), call, true)).has_value());
  ASSERT_TRUE(run(service->knock(subject(kCid), call)).has_value());
  now += 1ms;
  ASSERT_TRUE(run(service->admit(subject(kAnn), call, id(kCid))).has_value());
  ASSERT_TRUE(run(service->knock(subject(kBen), call)).has_value());
  now += 1ms;
  ASSERT_TRUE(run(service->deny(subject(kAnn), call, id(kBen))).has_value());
  now += 1ms;
  ASSERT_TRUE(run(service->lock(subject(kAnn), call, false)).has_value());
  now += 1ms;
  ASSERT_TRUE(run(service->end(subject(kAnn), call, true)).has_value());
  EXPECT_THAT(audited(), ElementsAre("call.mute " + id(kBen), "call.remove " + id(kBen), "call.lock ",
                                     "call.admit " + id(kCid), "call.deny " + id(kBen), "call.unlock ", "call.end "));
}

TEST_F(ServiceTest, HangingUpBetweenTwoIsNobodysOffice) {
  connect(kAnn);
  connect(kBen);
  const std::string call = start(kAnn, kDirect).call.call.id;
  ASSERT_TRUE(accept(kBen, call).has_value());
  ASSERT_TRUE(run(service->end(subject(kBen), call)).has_value());
  EXPECT_THAT(audited(), IsEmpty());
}

TEST_F(ServiceTest, ThoseAboveAreOutOfAModeratorsReach) {
  connect(kAnn);
  connect(kBen);
  const std::string call = start(kAnn, kGroup).call.call.id;
  ASSERT_TRUE(accept(kBen, call).has_value());
  enter_media(kBen, kGroup, id(kBen));
  for (const char* role : {"owner", "moderator"}) {
    hub.member_role(id(kGroup), id(kBen), role);
    EXPECT_EQ(run(service->mute(subject(kAnn), call, id(kBen), "")).error().code, "permission_denied") << role;
    EXPECT_EQ(run(service->remove(subject(kAnn), call, id(kBen))).error().code, "permission_denied") << role;
  }
  EXPECT_THAT(media.removed, IsEmpty());
  hub.member_role(id(kGroup), id(kBen), "member");
  EXPECT_TRUE(run(service->mute(subject(kAnn), call, id(kBen), "")).has_value());
}

TEST_F(ServiceTest, TokenOfAModeratorIsWorthWhatTheRoleIsNow) {
  connect(kAnn);
  connect(kBen);
  const std::string call = start(kAnn, kGroup).call.call.id;
  ASSERT_TRUE(accept(kBen, call).has_value());
  room::Grants token;
  token.identity = id(kAnn) + "#2";
  token.attributes.emplace(kCallAttribute, call);
  const auto may = [&](const std::string& whom) { return service->authority(id(kGroup), token, whom).has_value(); };
  EXPECT_TRUE(may(""));
  EXPECT_TRUE(may(id(kBen)));
  hub.member_role(id(kGroup), id(kBen), "owner");
  EXPECT_FALSE(may(id(kBen) + "#2"));
  hub.member_role(id(kGroup), id(kBen), "member");
  hub.member_role(id(kGroup), id(kAnn), "member");
  EXPECT_FALSE(may(""));
  EXPECT_FALSE(may(id(kBen)));
  hub.member_role(id(kGroup), id(kAnn), "moderator");
  EXPECT_TRUE(may(id(kBen)));
  token.attributes[std::string(kCallAttribute)] = "another";
  EXPECT_FALSE(may(""));
  // One who holds an API key needs no role.
  token.attributes.clear();
  EXPECT_TRUE(may(id(kBen)));
}

TEST_F(ServiceTest, EndIsForAllByInitiatorAndModeratorAndLeavingForOthers) {
  connect(kAnn);
  connect(kBen);
  connect(kCid);
  const std::string call = start(kAnn, kGroup).call.call.id;
  ASSERT_TRUE(accept(kBen, call).has_value());
  ASSERT_TRUE(accept(kCid, call).has_value());
  EXPECT_EQ(run(service->end(subject(kBen), call, true)).error().code, "permission_denied");
  const auto left = run(service->end(subject(kBen), call));
  EXPECT_EQ(left->call.status, CallStatus::kActive);
  const auto ended = run(service->end(subject(kAnn), call));
  EXPECT_EQ(ended->call.status, CallStatus::kEnded);
  EXPECT_EQ(run(service->leave(subject(kCid), call)).error().code, "not_found");
}

TEST_F(ServiceTest, PromotedMemberModeratesWithinTheCall) {
  connect(kAnn);
  connect(kBen);
  const std::string call = start(kAnn, kGroup).call.call.id;
  ASSERT_TRUE(accept(kBen, call).has_value());
  ASSERT_TRUE(run(service->raise_hand(subject(kAnn), call, true)).has_value());
  EXPECT_EQ(run(service->lower_hand(subject(kBen), call, id(kAnn))).error().code, "permission_denied");
  hub.member_role(id(kGroup), id(kBen), "moderator");
  EXPECT_TRUE(run(service->lower_hand(subject(kBen), call, id(kAnn))).has_value());
}

TEST_F(ServiceTest, ScreenOfTheMediaRoomIsDrawnOnUntilItEnds) {
  FakeDevice& ann = connect(kAnn);
  connect(kBen);
  connect(kCid);
  const std::string call = start(kAnn, kGroup).call.call.id;
  ASSERT_TRUE(accept(kBen, call).has_value());
  room::TrackPublished published;
  published.room.name = id(kGroup);
  published.participant = participant(id(kBen));
  published.track.sid = "TR_screen";
  published.track.source = room::TrackSource::kScreenShare;
  service->on_room_event(published);
  settle();
  EXPECT_EQ(ann.last("shares-updated").at("shares").as_array().size(), 1U);
  Stroke stroke;
  stroke.id = "1";
  stroke.points = {{0.5F, 0.5F}};
  ASSERT_TRUE(run(service->draw(subject(kAnn), call, "TR_screen", stroke)).has_value());
  EXPECT_EQ(ann.last("annotation-added").at("stroke").at("author").as_string(), id(kAnn));
  EXPECT_EQ(run(service->draw(subject(kCid), call, "TR_screen", stroke)).error().code, "failed_precondition");
  const auto state = run(service->in_call_state(subject(kAnn), call));
  EXPECT_EQ(state->at("shares").as_array()[0].at("strokes").as_array().size(), 1U);
  EXPECT_EQ(run(service->set_drawers(subject(kCid), call, "TR_screen", Drawers::kNobody)).error().code,
            "permission_denied");
  room::TrackUnpublished unpublished{published.room, published.participant, published.track};
  service->on_room_event(unpublished);
  settle();
  EXPECT_EQ(run(service->draw(subject(kAnn), call, "TR_screen", stroke)).error().code, "not_found");
}

TEST_F(ServiceTest, ControlIsTheSharersToGive) {
  connect(kAnn);
  connect(kBen);
  const std::string call = start(kAnn, kGroup).call.call.id;
  ASSERT_TRUE(accept(kBen, call).has_value());
  ASSERT_TRUE(run(service->start_share(subject(kBen), call, "p2p")).has_value());
  ASSERT_TRUE(run(service->request_control(subject(kAnn), call, "p2p")).has_value());
  // A moderator, and yet it is not her screen.
  EXPECT_EQ(run(service->answer_control(subject(kAnn), call, "p2p", id(kAnn), true)).error().code, "permission_denied");
  ASSERT_TRUE(run(service->answer_control(subject(kBen), call, "p2p", id(kAnn), true)).has_value());
  EXPECT_TRUE(run(service->control_input(subject(kAnn), call, "p2p", {{"x", 1}})).has_value());
  const json::object long_one{{"text", std::string(5'000, 'x')}};
  EXPECT_EQ(run(service->control_input(subject(kAnn), call, "p2p", long_one)).error().code, "payload_too_large");
  ASSERT_TRUE(run(service->end_control(subject(kAnn), call, "p2p")).has_value());
  EXPECT_EQ(run(service->control_input(subject(kAnn), call, "p2p", {{"x", 1}})).error().code, "permission_denied");
}

TEST_F(ServiceTest, SignalsReachThoseOfTheSameRoomAndTheFirstOneRings) {
  FakeDevice& ann = connect(kAnn);
  FakeDevice& ben = connect(kBen);
  FakeDevice& stranger = connect(kStranger);
  ASSERT_TRUE(run(service->signal(subject(kAnn), id(kBen), R"({"type":"offer","sdp":"v=0"})")).has_value());
  EXPECT_THAT(ben.names(), ElementsAre("call-signal", "incoming-call"));
  EXPECT_EQ(ben.last("incoming-call").at("from").as_string(), id(kAnn));
  EXPECT_EQ(ben.last("call-signal").at("signal").at("sdp").as_string(), "v=0");
  ASSERT_TRUE(run(service->signal(subject(kAnn), id(kBen), R"({"candidate":{}})")).has_value());
  ASSERT_TRUE(run(service->signal(subject(kBen), id(kAnn), R"({"type":"answer"})")).has_value());
  ASSERT_TRUE(run(service->signal(subject(kAnn), id(kBen), R"({"type":"offer"})")).has_value());  // renegotiates
  EXPECT_THAT(ben.names(), ElementsAre("call-signal", "incoming-call", "call-signal", "call-signal"));
  EXPECT_THAT(ann.names(), ElementsAre("call-signal"));
  pass(61s);
  ASSERT_TRUE(run(service->signal(subject(kBen), id(kAnn), R"({"type":"offer"})")).has_value());
  EXPECT_THAT(ann.names(), ElementsAre("call-signal", "call-signal", "incoming-call"));

  EXPECT_EQ(run(service->signal(subject(kAnn), id(kStranger), "{}")).error().code, "not_found");
  EXPECT_EQ(run(service->signal(subject(kAnn), id(kCid), "{}")).error().code, "failed_precondition");
  EXPECT_EQ(run(service->signal(subject(kAnn), id(kBen), "{")).error().field, "signal");
  EXPECT_EQ(run(service->signal(subject(kAnn), id(kBen), std::string(70'000, ' '))).error().code, "payload_too_large");
  EXPECT_THAT(stranger.names(), IsEmpty());
}

TEST_F(ServiceTest, SignalsWithinACallDoNotRing) {
  connect(kAnn);
  FakeDevice& ben = connect(kBen);
  const std::string call = start(kAnn, kDirect).call.call.id;
  ASSERT_TRUE(accept(kBen, call).has_value());
  const auto before = std::ranges::count(ben.names(), "incoming-call");
  ASSERT_TRUE(run(service->signal(subject(kAnn), id(kBen), R"({"type":"offer"})")).has_value());
  EXPECT_EQ(std::ranges::count(ben.names(), "incoming-call"), before);
  EXPECT_THAT(ben.names(), Contains("call-signal"));
}

TEST_F(ServiceTest, PresenceSaysInACall) {
  connect(kAnn);
  connect(kBen);
  const std::string call = start(kAnn, kDirect).call.call.id;
  EXPECT_EQ(hub.presence_of(id(kAnn)).status, hub::Status::kInCall);
  EXPECT_EQ(hub.presence_of(id(kBen)).status, hub::Status::kOnline);
  ASSERT_TRUE(run(service->cancel(subject(kAnn), call)).has_value());
  EXPECT_EQ(hub.presence_of(id(kAnn)).status, hub::Status::kOnline);
}

TEST_F(ServiceTest, RestartClosesWhatWasCutShort) {
  connect(kAnn);
  connect(kBen);
  const std::string call = start(kAnn, kDirect).call.call.id;
  ASSERT_TRUE(accept(kBen, call).has_value());
  pass(40s);  // the call was seen alive after 30 s
  Config calls;
  calls.clock = [this] { return now; };
  Service next(calls, {*database, hub, media, random, keys, io.get_executor()});
  ASSERT_TRUE(run(next.recover()).has_value());
  const auto closed = run(next.get(subject(kAnn), call));
  EXPECT_EQ(closed->call.status, CallStatus::kEnded);
  EXPECT_GE(closed->call.duration_ms(), 29'000);
  EXPECT_LE(closed->call.duration_ms(), 40'000);
}

TEST_F(ServiceTest, HistoryPagesAndRefusesWhatIsNoCursor) {
  connect(kAnn);
  for (int i = 0; i < 3; ++i) {
    const std::string call = start(kAnn, kGroup, quiet()).call.call.id;
    ASSERT_TRUE(run(service->end(subject(kAnn), call)).has_value());
    now += 10s;
  }
  HistoryPage page = history(kAnn, HistoryParams{"", "", 2});
  ASSERT_EQ(page.items.size(), 2U);
  ASSERT_FALSE(page.next_cursor.empty());
  page = history(kAnn, HistoryParams{id(kGroup), page.next_cursor, 2});
  EXPECT_EQ(page.items.size(), 1U);
  EXPECT_TRUE(page.next_cursor.empty());
  EXPECT_EQ(run(service->history(subject(kAnn), HistoryParams{"", "x", 50})).error().field, "cursor");
  EXPECT_EQ(run(service->history(subject(kAnn), HistoryParams{"", "", 0})).error().field, "limit");
}

TEST_F(ServiceTest, LoggedOutSessionLosesItsMedia) {
  connect(kAnn);
  connect(kBen);
  const std::string call = start(kAnn, kGroup).call.call.id;
  const auto joined = accept(kBen, call);
  enter_media(kBen, kGroup, id(kBen));
  service->on_session_ended(id(kBen), "session", "log-out");
  EXPECT_THAT(media.removed, ElementsAre(id(kBen)));
  EXPECT_FALSE(service->admission(id(kGroup), grants_of(*joined)).has_value());
  settle();
}

TEST_F(ServiceTest, WithoutAnApiKeyNoCallIsBegun) {
  keys = {};
  connect(kAnn);
  StartParams params;
  params.room_id = id(kGroup);
  EXPECT_EQ(run(service->start(subject(kAnn), params, {})).error().code, "unavailable");
  EXPECT_THAT(history(kAnn).items, IsEmpty());
}

}  // namespace
}  // namespace parley::calls

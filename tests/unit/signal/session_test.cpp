#include "signal/livekit/session.h"

#include "unit/signal/signal_harness.h"

namespace parley::signal::livekit {
namespace {

using namespace parley::signal::livekit::testing;
using R = pb::SignalResponse;

// A session with its fake socket, opened for an identity.
struct Client {
  Client(World& world, const std::string& identity, const std::string& room = "harbour")
      : Client(world, join(identity, room)) {}
  Client(World& world, Intent intent)
      : socket(std::make_shared<FakeSocket>()), session(std::make_shared<Session>(world.context, std::move(intent))) {
    session->on_open(socket);
  }
  static room::JoinParams join(const std::string& identity, const std::string& room) {
    room::JoinParams params;
    params.room = room;
    params.grants.identity = identity;
    params.grants.api_key = "devkey";
    params.grants.expires = kNow + 1h;
    params.grants.permission.can_update_metadata = true;
    return params;
  }
  void send(const pb::SignalRequest& request) const { session->on_message(request.SerializeAsString(), false); }
  [[nodiscard]] std::string sid() const { return socket->response(0).join().participant().sid(); }

  std::shared_ptr<FakeSocket> socket;
  std::shared_ptr<Session> session;
};

class SessionTest : public ::testing::Test {
 public:
  World world;
};

TEST_F(SessionTest, FirstMessageOfAJoinIsJoin) {
  Client alice(world, "alice");
  ASSERT_FALSE(alice.socket->sent.empty());
  const auto first = alice.socket->response(0);
  ASSERT_EQ(first.message_case(), R::kJoin);
  EXPECT_EQ(first.join().participant().identity(), "alice");
  EXPECT_TRUE(first.join().participant().sid().starts_with("PA"));
  EXPECT_TRUE(first.join().participant().permission().can_publish());
  EXPECT_EQ(first.join().room().name(), "harbour");
  EXPECT_FALSE(alice.socket->sent[0].second) << "binary first";
  EXPECT_EQ(world.context.stats.sessions_open, 1U);
  EXPECT_GE(world.touched, 1);
}

TEST_F(SessionTest, RefusedJoinIsALeaveWithTheReason) {
  Client nameless(world, "");
  ASSERT_EQ(nameless.socket->sent.size(), 1U);
  EXPECT_EQ(nameless.socket->last().leave().reason(), pb::JOIN_FAILURE);
  EXPECT_EQ(nameless.socket->close_code, http::close_code::kNormal);
  EXPECT_NE(nameless.socket->close_reason, "");
  EXPECT_EQ(world.context.stats.joins_refused, 1U);
}

TEST_F(SessionTest, ResumeOfAnUnknownSessionAsksForAFullReconnect) {
  room::ResumeParams resume;
  resume.room = "harbour";
  resume.sid = "PA_gone";
  resume.grants.identity = "alice";
  Client alice(world, Intent(resume));
  ASSERT_EQ(alice.socket->sent.size(), 1U);
  EXPECT_EQ(alice.socket->last().leave().reason(), pb::STATE_MISMATCH);
  EXPECT_EQ(alice.socket->last().leave().action(), pb::LeaveRequest::RECONNECT);
  EXPECT_EQ(alice.socket->close_code, http::close_code::kNormal);
}

TEST_F(SessionTest, FirstMessageOfAResumeIsReconnect) {
  Client alice(world, "alice");
  room::ResumeParams resume;
  resume.room = "harbour";
  resume.sid = alice.sid();
  resume.grants.identity = "alice";
  // The new socket comes before the old one is known to be lost.
  Client again(world, Intent(resume));
  EXPECT_EQ(again.socket->response(0).message_case(), R::kReconnect);
  EXPECT_EQ(alice.socket->close_code, http::close_code::kNormal);
  const std::size_t sent = alice.socket->sent.size();
  alice.session->on_closed(http::close_code::kNormal, "");
  EXPECT_EQ(alice.socket->sent.size(), sent);
  EXPECT_EQ(world.rooms.stats().participants, 1U);
  EXPECT_EQ(world.context.stats.sessions_open, 1U);
}

TEST_F(SessionTest, PingsAreAnsweredWithTheServersClock) {
  Client alice(world, "alice");
  pb::SignalRequest ping;
  ping.set_ping(5);
  alice.send(ping);
  EXPECT_EQ(alice.socket->last().pong(), 1'800'000'000'000);
  ping.mutable_ping_req()->set_timestamp(77);
  alice.send(ping);
  EXPECT_EQ(alice.socket->last().pong_resp().last_ping_timestamp(), 77);
  EXPECT_EQ(alice.socket->last().pong_resp().timestamp(), 1'800'000'000'000);
  EXPECT_EQ(world.context.stats.request_latency.count, 2U);
}

TEST_F(SessionTest, TextFramesAreAnsweredInText) {
  Client alice(world, "alice");
  alice.session->on_message(R"({"pingReq":{"timestamp":"77"},"future":{}})", true);
  ASSERT_TRUE(alice.socket->sent.back().second);
  EXPECT_EQ(*alice.socket->sent.back().first, R"({"pongResp":{"lastPingTimestamp":"77","timestamp":"1800000000000"}})");
  pb::SignalRequest ping;
  ping.set_ping(5);
  alice.send(ping);
  EXPECT_FALSE(alice.socket->sent.back().second);
}

TEST_F(SessionTest, RequestsReachTheRoomAndOthersAreTold) {
  Client alice(world, "alice");
  Client bob(world, "bob");
  pb::SignalRequest request;
  pb::UpdateParticipantMetadata& update = *request.mutable_update_metadata();
  update.set_name("Alice B.");
  update.set_request_id(3);
  alice.send(request);
  const auto told = alice.socket->find(R::kUpdate);
  ASSERT_EQ(told.message_case(), R::kUpdate);
  EXPECT_EQ(told.update().participants(0).name(), "Alice B.");
}

TEST_F(SessionTest, LeaveEndsTheSession) {
  Client alice(world, "alice");
  pb::SignalRequest request;
  request.mutable_leave()->set_reason(pb::CLIENT_INITIATED);
  alice.send(request);
  EXPECT_EQ(world.rooms.stats().participants, 0U);
  EXPECT_EQ(alice.socket->close_code, http::close_code::kNormal);
  alice.session->on_closed(http::close_code::kNormal, "");
  EXPECT_EQ(world.context.stats.sessions_open, 0U);
}

TEST_F(SessionTest, SecondSessionOfAnIdentityEndsTheFirst) {
  Client first(world, "alice");
  Client second(world, "alice");
  EXPECT_EQ(first.socket->last().leave().reason(), pb::DUPLICATE_IDENTITY);
  EXPECT_EQ(first.socket->close_code, http::close_code::kNormal);
  EXPECT_EQ(second.socket->close_code, 0);
  first.session->on_closed(http::close_code::kNormal, "");
  EXPECT_EQ(world.rooms.stats().participants, 1U);
}

TEST_F(SessionTest, GarbageIsCountedAndEndsInAClose) {
  world.context.config.max_undecodable = 3;
  Client alice(world, "alice");
  for (int i = 0; i < 2; ++i) alice.session->on_message("\xff\xff\xff", false);
  EXPECT_EQ(alice.socket->close_code, 0);
  alice.session->on_message("{no json", true);
  EXPECT_EQ(alice.socket->close_code, http::close_code::kBadPayload);
  EXPECT_EQ(world.context.stats.requests_undecodable, 3U);
  // The participant stays for a resume; what still comes on this socket is passed over.
  const std::size_t sent = alice.socket->sent.size();
  pb::SignalRequest ping;
  ping.set_ping(1);
  alice.send(ping);
  EXPECT_EQ(alice.socket->sent.size(), sent);
}

TEST_F(SessionTest, MessagesOfTheFutureAreIgnored) {
  Client alice(world, "alice");
  const std::size_t sent = alice.socket->sent.size();
  alice.session->on_message(std::string("\xb2\x01\x02hi", 5), false);
  EXPECT_EQ(alice.socket->sent.size(), sent);
  EXPECT_EQ(alice.socket->close_code, 0);
}

TEST_F(SessionTest, RequestsBeyondTheRateAreRefusedThenTheSocketIsClosed) {
  world.context.config.requests = {.per_second = 10, .burst = 5};
  Client alice(world, "alice");
  pb::SignalRequest request;
  request.mutable_update_metadata()->set_request_id(42);
  for (int i = 0; i < 5; ++i) alice.send(request);
  EXPECT_EQ(world.context.stats.requests_rate_limited, 0U);
  alice.send(request);
  EXPECT_EQ(alice.socket->last().request_response().reason(), pb::RequestResponse::LIMIT_EXCEEDED);
  EXPECT_EQ(alice.socket->last().request_response().request_id(), 42U);
  world.now += 1s;
  alice.send(request);
  EXPECT_EQ(world.context.stats.requests_rate_limited, 1U);
  for (int i = 0; i < 1100 && alice.socket->close_code == 0; ++i) alice.send(request);
  EXPECT_EQ(alice.socket->close_code, http::close_code::kPolicy);
}

TEST_F(SessionTest, DataTracksAreRefusedWithTheirRequest) {
  Client alice(world, "alice");
  pb::SignalRequest request;
  request.mutable_publish_data_track_request()->set_pub_handle(9);
  alice.send(request);
  EXPECT_EQ(alice.socket->last().request_response().reason(), pb::RequestResponse::NOT_ALLOWED);
  EXPECT_EQ(alice.socket->last().request_response().publish_data_track().pub_handle(), 9U);
}

TEST_F(SessionTest, RenewedTokenVerifiesAndNamesTheRoom) {
  Client alice(world, "alice");
  room::RefreshTokenEvent event;
  event.room = "harbour";
  event.grants.identity = "alice";
  event.grants.api_key = "devkey";
  event.grants.expires = kNow + 1h;
  alice.session->on_event(event);
  const auto claims = auth::verify_token(alice.socket->last().refresh_token(), world.keys, world.now);
  ASSERT_TRUE(claims) << claims.error().message;
  EXPECT_EQ(claims->identity, "alice");
  EXPECT_EQ(claims->video.room, "harbour");
  EXPECT_TRUE(claims->video.room_join);

  const std::size_t sent = alice.socket->sent.size();
  event.grants.api_key = "withdrawn";
  alice.session->on_event(event);
  EXPECT_EQ(alice.socket->sent.size(), sent);
}

TEST_F(SessionTest, SameUpdateIsEncodedOnceForAll) {
  Client alice(world, "alice");
  Client bob(world, "bob");
  auto info = std::make_shared<room::ParticipantInfo>();
  info->identity = "cara";
  const room::UpdateEvent event{{info}};
  alice.session->on_event(event);
  bob.session->on_event(event);
  EXPECT_EQ(alice.socket->sent.back().first, bob.socket->sent.back().first);
  auto newer = std::make_shared<room::ParticipantInfo>(*info);
  newer->version = 2;
  bob.session->on_event(room::UpdateEvent{{newer}});
  EXPECT_EQ(bob.socket->last().update().participants(0).version(), 2U);
}

TEST_F(SessionTest, LostSocketIsReportedToTheRoom) {
  Client alice(world, "alice");
  alice.session->on_closed(http::close_code::kAbnormal, "");
  EXPECT_EQ(world.context.stats.sessions_open, 0U);
  // Media was never up, so that there is nothing to resume.
  EXPECT_EQ(world.rooms.stats().participants, 0U);
}

TEST_F(SessionTest, SessionThatIsDestroyedLeavesNoSinkBehind) {
  {
    Client alice(world, "alice");
    alice.session->on_event(room::MuteEvent{"TR_1", true});
  }
  Client bob(world, "bob");
  EXPECT_EQ(bob.socket->response(0).message_case(), R::kJoin);
}

}  // namespace
}  // namespace parley::signal::livekit

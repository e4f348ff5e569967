#include "signal/livekit/endpoints.h"

#include <boost/asio/redirect_error.hpp>

#include "unit/http/http_harness.h"
#include "unit/signal/signal_harness.h"

namespace parley::signal::livekit {
namespace {

using namespace parley::http::testing;
using namespace parley::signal::livekit::testing;

class EndpointsTest : public HttpHarness {
 public:
  EndpointsTest() { world.context.config.dev = true; }
  ~EndpointsTest() override { shut_down(); }

  void begin() {
    add_endpoints(router, world.context);
    start();
  }
  static Headers upgrade_headers() {
    return {{"Connection", "Upgrade"},
            {"Upgrade", "websocket"},
            {"Sec-WebSocket-Version", "13"},
            {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}};
  }

  World world;
};

TEST_F(EndpointsTest, ValidateAndUpgradeAgreeOnEveryRefusal) {
  begin();
  auth::Claims no_join = world.claims("alice", "harbour");
  no_join.video.room_join = false;
  auth::Claims expired = world.claims("alice", "harbour");
  expired.expires_at = 1;
  struct Row {
    const char* what;
    std::string token;
    unsigned status;
    const char* body;
  };
  const Row rows[] = {
      {"no token", "", 401, "no access token"},
      {"no JWT", "abc", 401, "not a JWT"},
      {"expired", World::token(expired), 401, "expired"},
      {"other secret", auth::sign_token(world.claims("alice", "harbour"), "wrong"), 401, "signature"},
      {"no roomJoin", World::token(no_join), 401, "roomJoin"},
      {"no room", World::token(world.claims("alice", "")), 400, "room"},
      {"no identity", World::token(world.claims("", "harbour")), 400, "identity"},
      {"room name too long", World::token(world.claims("alice", std::string(300, 'r'))), 400, "too long"},
  };
  for (const Row& row : rows) {
    for (const bool upgrade : {false, true}) {
      const std::string path = upgrade ? "/rtc" : "/rtc/validate";
      const auto response =
          fetch(bhttp::verb::get, path + "?access_token=" + row.token, upgrade ? upgrade_headers() : Headers{});
      EXPECT_EQ(response.result_int(), row.status) << row.what;
      EXPECT_NE(response.body().find(row.body), std::string::npos) << row.what << ": " << response.body();
      EXPECT_EQ(header_of(response, "Access-Control-Allow-Origin"), "*") << row.what;
    }
  }
}

TEST_F(EndpointsTest, GoodTokenValidatesFromHeaderOrQuery) {
  begin();
  const std::string token = World::token(world.claims("alice", "harbour"));
  const auto by_query = fetch(bhttp::verb::get, "/rtc/validate?access_token=" + token);
  EXPECT_EQ(by_query.result_int(), 200U);
  EXPECT_EQ(by_query.body(), "success");
  EXPECT_EQ(fetch(bhttp::verb::get, "/rtc/validate", {{"Authorization", "Bearer " + token}}).result_int(), 200U);
  // The header goes first, and a malformed one is not made good by the query.
  EXPECT_EQ(fetch(bhttp::verb::get, "/rtc/validate?access_token=" + token, {{"Authorization", "Basic x"}}).result_int(),
            401U);
  EXPECT_EQ(world.rooms.stats().rooms, 0U) << "validating joins nothing";
}

TEST_F(EndpointsTest, MissingRoomIsToldApartFromAMissingPath) {
  room::Config no_creation = room_config();
  no_creation.auto_create_rooms = false;
  World closed(no_creation);
  add_endpoints(router, closed.context);
  start();
  const auto response =
      fetch(bhttp::verb::get, "/rtc/validate?access_token=" + World::token(closed.claims("alice", "harbour")));
  EXPECT_EQ(response.result_int(), 404U);
  EXPECT_NE(response.body().find("requested room does not exist"), std::string::npos);
  shut_down();
}

TEST_F(EndpointsTest, PlainRequestForTheSocketIsNotFound) {
  begin();
  EXPECT_EQ(fetch(bhttp::verb::get, "/rtc?access_token=" + World::token(world.claims("a", "b"))).result_int(), 404U);
}

TEST_F(EndpointsTest, V1WithoutAJoinRequestIsABadRequest) {
  begin();
  const std::string token = World::token(world.claims("alice", "harbour"));
  EXPECT_EQ(fetch(bhttp::verb::get, "/rtc/v1/validate?access_token=" + token).result_int(), 400U);
  EXPECT_EQ(fetch(bhttp::verb::get, "/rtc/v1/validate?access_token=" + token + "&join_request=!!").result_int(), 400U);
  EXPECT_EQ(fetch(bhttp::verb::get, "/rtc/v1/validate?access_token=" + token + "&join_request=EAA").result_int(), 200U);
}

TEST_F(EndpointsTest, SwitchedOffV1SendsClientsBackToV0) {
  world.context.config.single_connection = false;
  begin();
  // Browsers send their whole offer along even so.
  const std::string query = "?access_token=x&join_request=" + std::string(16'000, 'A');
  const auto validate = fetch(bhttp::verb::get, "/rtc/v1/validate" + query);
  EXPECT_EQ(validate.result_int(), 404U);
  EXPECT_EQ(header_of(validate, "Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(validate.body().find("requested room does not exist"), std::string::npos);
  EXPECT_EQ(fetch(bhttp::verb::get, "/rtc/v1" + query, upgrade_headers()).result_int(), 404U);
}

TEST_F(EndpointsTest, SocketOpensWithJoinAndAnswersPings) {
  begin();
  const Headers bearer = {{"Authorization", "Bearer " + World::token(world.claims("alice", "harbour"))}};
  run([](EndpointsTest& self, const Headers& headers) -> asio::awaitable<void> {
    ClientSocket socket = co_await self.open_socket("/rtc?version=2.18&protocol=17&&sdk=go", headers);
    beast::flat_buffer buffer;
    co_await socket.async_read(buffer, asio::use_awaitable);
    EXPECT_TRUE(socket.got_binary());
    pb::SignalResponse response;
    EXPECT_TRUE(response.ParseFromString(beast::buffers_to_string(buffer.data())));
    EXPECT_EQ(response.join().participant().identity(), "alice");
    pb::SignalRequest ping;
    ping.mutable_ping_req()->set_timestamp(3);
    socket.binary(true);
    const std::string frame = ping.SerializeAsString();
    co_await socket.async_write(asio::buffer(frame), asio::use_awaitable);
    while (!response.has_pong_resp()) {
      buffer.clear();
      co_await socket.async_read(buffer, asio::use_awaitable);
      EXPECT_TRUE(response.ParseFromString(beast::buffers_to_string(buffer.data())));
    }
    EXPECT_EQ(response.pong_resp().last_ping_timestamp(), 3);
    EXPECT_EQ(self.world.rooms.stats().participants, 1U);
    const beast::websocket::close_reason normal(beast::websocket::close_code::normal);
    co_await socket.async_close(normal, asio::use_awaitable);
  }(*this, bearer));
  run_until([&] { return world.context.stats.sessions_open == 0; });
}

TEST_F(EndpointsTest, DevTokenJoinsItsRoom) {
  world.context.config.public_url = "ws://localhost:7880";
  begin();
  const auto response = fetch(bhttp::verb::get, "/api/dev/token?room=harbour&identity=alice&name=Al%20Ice");
  ASSERT_EQ(response.result_int(), 200U);
  EXPECT_NE(response.body().find(R"("url":"ws://localhost:7880")"), std::string::npos);
  const std::size_t at = response.body().find(R"("token":")") + 9;
  const auto claims =
      auth::verify_token(response.body().substr(at, response.body().find('"', at) - at), world.keys, world.now);
  ASSERT_TRUE(claims) << claims.error().message;
  EXPECT_EQ(claims->identity, "alice");
  EXPECT_EQ(claims->name, "Al Ice");
  EXPECT_EQ(claims->video.room, "harbour");
  EXPECT_EQ(fetch(bhttp::verb::get, "/api/dev/token?room=harbour").result_int(), 400U);
}

TEST_F(EndpointsTest, DevTokensAreNotMadeOutsideDeveloperMode) {
  world.context.config.dev = false;
  begin();
  EXPECT_EQ(fetch(bhttp::verb::get, "/api/dev/token?room=harbour&identity=alice").result_int(), 404U);
}

}  // namespace
}  // namespace parley::signal::livekit

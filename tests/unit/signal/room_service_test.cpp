#include "signal/livekit/room_service.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "unit/signal/signal_harness.h"

namespace parley::signal::livekit {
namespace {

using namespace parley::signal::livekit::testing;
namespace json = boost::json;

class RoomServiceTest : public ::testing::Test {
 public:
  RoomServiceTest() {
    grants.room_create = grants.room_list = grants.room_admin = true;
    grants.room = "r1";
  }

  http::Response post(const std::string& path, std::string body, const std::string& type = "application/json") {
    http::Request request;
    request.method = http::Method::post;
    EXPECT_TRUE(http::set_target(request, path));
    auth::Claims claims = world.claims("", "");
    claims.video = grants;
    request.fields.set("Authorization", "Bearer " + World::token(claims));
    request.fields.set("Content-Type", type);
    request.body = std::move(body);
    return call_room_service(world.context, request);
  }
  http::Response call(const std::string& method, std::string body) {
    return post("/twirp/livekit.RoomService/" + method, std::move(body));
  }
  json::object ok(const std::string& method, std::string body) {
    const http::Response response = call(method, std::move(body));
    EXPECT_EQ(response.status, 200U) << response.body;
    EXPECT_EQ(response.content_type, "application/json");
    return json::parse(response.body).as_object();
  }
  void expect_error(const http::Response& response, unsigned status, std::string_view code) {
    EXPECT_EQ(response.status, status) << response.body;
    EXPECT_EQ(json::parse(response.body).as_object().at("code").as_string(), code) << response.body;
    EXPECT_TRUE(json::parse(response.body).as_object().contains("msg"));
  }
  // A participant "bob" of room r1.
  void join_bob() {
    room::JoinParams params;
    params.room = "r1";
    params.grants.identity = "bob";
    params.grants.api_key = "devkey";
    params.grants.expires = kNow + 1h;
    session = std::make_shared<Session>(world.context, Intent(params));
    session->on_open(socket);
  }

  World world;
  auth::VideoGrants grants;
  std::shared_ptr<FakeSocket> socket = std::make_shared<FakeSocket>();
  std::shared_ptr<Session> session;
};

TEST_F(RoomServiceTest, CreateRoomAnswersInProtoJson) {
  const json::object room = ok("CreateRoom", R"({"name":"r1","empty_timeout":300,"max_participants":20})");
  EXPECT_TRUE(room.at("sid").as_string().starts_with("RM_"));
  EXPECT_EQ(room.at("name").as_string(), "r1");
  EXPECT_EQ(room.at("empty_timeout").to_number<int>(), 300);
  EXPECT_EQ(room.at("max_participants").to_number<int>(), 20);
  // 64-bit numbers are strings, members at their default are present.
  EXPECT_EQ(room.at("creation_time").as_string(), "1800000000");
  EXPECT_EQ(room.at("num_participants").to_number<int>(), 0);
  EXPECT_EQ(room.at("active_recording").as_bool(), false);
  EXPECT_TRUE(room.at("enabled_codecs").is_array());
  // camelCase is understood as well, unknown members are ignored; an existing room is returned.
  EXPECT_EQ(ok("CreateRoom", R"({"name":"r1","emptyTimeout":5,"future":true})").at("sid"), room.at("sid"));
}

TEST_F(RoomServiceTest, RoomsAreListedByNameOrAll) {
  ok("CreateRoom", R"({"name":"r1"})");
  ok("CreateRoom", R"({"name":"r2"})");
  EXPECT_EQ(ok("ListRooms", "{}").at("rooms").as_array().size(), 2U);
  EXPECT_EQ(ok("ListRooms", R"({"names":["r2","r9"]})").at("rooms").as_array().size(), 1U);
  EXPECT_EQ(ok("DeleteRoom", R"({"room":"r2"})").size(), 0U);
  EXPECT_EQ(ok("ListRooms", "{}").at("rooms").as_array().size(), 1U);
}

TEST_F(RoomServiceTest, ParticipantsAreListedAndUpdated) {
  join_bob();
  const auto list = ok("ListParticipants", R"({"room":"r1"})");
  ASSERT_EQ(list.at("participants").as_array().size(), 1U);
  const auto updated =
      ok("UpdateParticipant", R"({"room":"r1","identity":"bob","permission":{"can_subscribe":true,"can_publish":false,)"
                              R"("can_publish_data":true},"name":"Bob","attributes":{"a":"b"}})");
  EXPECT_EQ(updated.at("name").as_string(), "Bob");
  EXPECT_EQ(updated.at("kind").as_string(), "STANDARD");
  EXPECT_EQ(updated.at("permission").as_object().at("can_publish").as_bool(), false);
  EXPECT_EQ(updated.at("permission").as_object().at("can_publish_data").as_bool(), true);
  EXPECT_EQ(updated.at("attributes").as_object().at("a").as_string(), "b");
  EXPECT_EQ(ok("GetParticipant", R"({"room":"r1","identity":"bob"})").at("identity").as_string(), "bob");
  expect_error(call("GetParticipant", R"({"room":"r1","identity":"nobody"})"), 404, "not_found");
}

TEST_F(RoomServiceTest, RemovedParticipantIsToldAndClosed) {
  join_bob();
  EXPECT_EQ(ok("RemoveParticipant", R"({"room":"r1","identity":"bob"})").size(), 0U);
  EXPECT_EQ(socket->last().leave().reason(), pb::PARTICIPANT_REMOVED);
  EXPECT_EQ(socket->close_code, http::close_code::kNormal);
}

TEST_F(RoomServiceTest, SendDataTakesTheExampleAndChecksItsNonce) {
  join_bob();
  EXPECT_EQ(ok("SendData", R"({"room":"r1","data":"aGk=","kind":"RELIABLE","topic":"t"})").size(), 0U);
  expect_error(call("SendData", R"({"room":"r1","data":"aGk=","nonce":"aGk="})"), 400, "invalid_argument");
  expect_error(call("SendData", R"({"room":"r9","data":"aGk="})"), 401, "unauthenticated");
  grants.room = "r9";
  expect_error(call("SendData", R"({"room":"r9","data":"aGk="})"), 404, "not_found");
}

TEST_F(RoomServiceTest, MetadataSubscriptionsAndMutesReachTheRoom) {
  join_bob();
  EXPECT_EQ(ok("UpdateRoomMetadata", R"({"room":"r1","metadata":"topic"})").at("metadata").as_string(), "topic");
  EXPECT_EQ(socket->find(pb::SignalResponse::kRoomUpdate).room_update().room().metadata(), "topic");
  ok("UpdateSubscriptions", R"({"room":"r1","identity":"bob","track_sids":["TR_x"],"subscribe":false})");
  expect_error(call("MutePublishedTrack", R"({"room":"r1","identity":"bob","track_sid":"TR_x","muted":true})"), 404,
               "not_found");
}

TEST_F(RoomServiceTest, GrantsAreRequired) {
  const auto all = [this](unsigned status, std::string_view code) {
    for (const auto& [method, body] :
         std::vector<std::pair<std::string, std::string>>{{"CreateRoom", R"({"name":"r1"})"},
                                                          {"ListRooms", "{}"},
                                                          {"DeleteRoom", R"({"room":"r1"})"},
                                                          {"ListParticipants", R"({"room":"r1"})"},
                                                          {"GetParticipant", R"({"room":"r1","identity":"b"})"},
                                                          {"RemoveParticipant", R"({"room":"r1","identity":"b"})"},
                                                          {"MutePublishedTrack", R"({"room":"r1","identity":"b"})"},
                                                          {"UpdateParticipant", R"({"room":"r1","identity":"b"})"},
                                                          {"UpdateSubscriptions", R"({"room":"r1","identity":"b"})"},
                                                          {"SendData", R"({"room":"r1"})"},
                                                          {"UpdateRoomMetadata", R"({"room":"r1"})"},
                                                          {"PerformRpc", R"({"room":"r1"})"},
                                                          {"MoveParticipant", R"({"room":"r1","identity":"b"})"},
                                                          {"ForwardParticipant", R"({"room":"r1","identity":"b"})"}}) {
      SCOPED_TRACE(method);
      expect_error(call(method, body), status, code);
    }
  };
  grants = {};
  grants.room = "r1";
  all(401, "unauthenticated");
  grants.room_admin = true;
  grants.room = "another";
  all(401, "unauthenticated");
  world.keys = {};
  world.keys.add("devkey", "another secret");
  grants.room_create = grants.room_list = true;
  grants.room = "r1";
  all(401, "unauthenticated");
}

TEST_F(RoomServiceTest, WhoeverKeepsTheRightsIsAskedAsAtAJoin) {
  join_bob();
  world.context.rooms.set_admission([](const std::string& room, const room::Grants&) -> Result<void, Error> {
    if (room != "r1") return {};
    return Error{"permission_denied", "you are out", ""};
  });
  expect_error(call("ListParticipants", R"({"room":"r1"})"), 403, "permission_denied");
  grants.room = "r2";
  expect_error(call("ListParticipants", R"({"room":"r2"})"), 404, "not_found");
}

TEST_F(RoomServiceTest, TransportErrorsAreTwirpErrors) {
  expect_error(call("CreateRoom", "{not json"), 400, "malformed");
  expect_error(call("CreateRoom", R"({"name":5})"), 400, "malformed");
  expect_error(call("CreateRoom", "{}"), 400, "invalid_argument");
  expect_error(call("NoSuchMethod", "{}"), 404, "bad_route");
  expect_error(post("/twirp/livekit.Other/ListRooms", "{}"), 404, "bad_route");
  expect_error(post("/twirp/livekit.Egress/ListEgress", "{}"), 501, "unimplemented");
  expect_error(post("/twirp/livekit.RoomService/ListRooms", "{}", "text/plain"), 404, "bad_route");
  expect_error(call("PerformRpc", R"({"room":"r1"})"), 501, "unimplemented");
  EXPECT_EQ(world.context.stats.api_errors, world.context.stats.api_calls);
}

TEST_F(RoomServiceTest, ProtobufIsAnsweredInProtobuf) {
  pb::CreateRoomRequest in;
  in.set_name("r1");
  const auto response = post("/twirp/livekit.RoomService/CreateRoom", in.SerializeAsString(), "application/protobuf");
  EXPECT_EQ(response.status, 200U);
  EXPECT_EQ(response.content_type, "application/protobuf");
  pb::Room room;
  ASSERT_TRUE(room.ParseFromString(response.body));
  EXPECT_EQ(room.name(), "r1");
  // Errors are JSON all the same.
  expect_error(post("/twirp/livekit.RoomService/CreateRoom", "\xff", "application/protobuf"), 400, "malformed");
}

}  // namespace
}  // namespace parley::signal::livekit

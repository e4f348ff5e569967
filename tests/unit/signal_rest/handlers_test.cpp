// Requests through the router to the services and back.
#include <gtest/gtest.h>

#include "unit/signal_rest/rest_world.h"

namespace parley::signal::rest {
namespace {

using http::Method;

class Handlers : public ::testing::Test {
 protected:
  RestWorld world_;
};

TEST_F(Handlers, FirstAccountIsTheAdministratorAndLogsIn) {
  EXPECT_TRUE(world_.ask(Method::get, "/api/v1/config").body.at("firstRun").as_bool());
  const Answered made = world_.ask(Method::post, "/api/v1/auth/register",
                                   {{"email", "ada@example.org"}, {"password", "correct horse"}, {"name", "Ada"}});
  ASSERT_EQ(made.status, 201U);
  EXPECT_EQ(made.body.at("user").at("role"), "admin");
  EXPECT_EQ(made.body.at("user").at("email"), "ada@example.org");
  EXPECT_GT(made.body.at("expiresIn").as_int64(), 0);
  EXPECT_FALSE(world_.ask(Method::get, "/api/v1/config").body.at("firstRun").as_bool());
  const Answered in =
      world_.ask(Method::post, "/api/v1/auth/login", {{"email", "ada@example.org"}, {"password", "correct horse"}});
  ASSERT_EQ(in.status, 200U);
  EXPECT_EQ(world_.ask(Method::get, "/api/v1/me", nullptr, in.text("accessToken")).text("name"), "Ada");
  const Answered wrong =
      world_.ask(Method::post, "/api/v1/auth/login", {{"email", "ada@example.org"}, {"password", "wrong"}});
  EXPECT_EQ(wrong.status, 401U);
}

TEST_F(Handlers, ErrorsNameTheField) {
  const auto ada = world_.person("ada");
  const std::string room = world_.room(ada, {{"name", "Harbour"}});
  struct Row {
    Method method;
    std::string path;
    json::value body;
    unsigned status;
    const char* field;
  };
  const Row rows[] = {
      {Method::post, "/api/v1/auth/register", {{"password", "correct horse"}, {"name", "x"}}, 400, "email"},
      {Method::post, "/api/v1/auth/login", {{"email", 5}, {"password", "x"}}, 400, "email"},
      {Method::post, "/api/v1/rooms", json::object{}, 400, "name"},
      {Method::post, "/api/v1/rooms", {{"name", "  "}}, 400, "name"},
      {Method::post, "/api/v1/rooms", {{"name", "x"}, {"type", "club"}}, 400, "type"},
      {Method::post, "/api/v1/rooms", {{"name", "x"}, {"memberIds", {"me"}}}, 400, "memberIds[0]"},
      {Method::post, "/api/v1/rooms/" + room + "/messages", json::object{}, 400, "content"},
      {Method::post, "/api/v1/rooms/" + room + "/members", {{"userId", "x"}}, 400, "userId"},
      {Method::put, "/api/v1/rooms/" + room + "/read", {{"seq", -1}}, 400, "seq"},
      {Method::get, "/api/v1/rooms/" + room + "/messages?limit=0", nullptr, 400, "limit"},
      {Method::get, "/api/v1/rooms/" + room + "/messages?before=1&after=2", nullptr, 400, "before"},
      {Method::get, "/api/v1/rooms/x/messages", nullptr, 400, "roomId"},
      {Method::get, "/api/v1/search", nullptr, 400, "q"},
      {Method::get, "/api/v1/presence?userIds=x", nullptr, 400, "userIds"},
      {Method::put, "/api/v1/me/presence", {{"status", "asleep"}}, 400, "status"},
  };
  for (const Row& row : rows) {
    const Answered answer = world_.ask(row.method, row.path, row.body, ada.token);
    EXPECT_EQ(answer.status, row.status) << row.path;
    EXPECT_EQ(answer.text("field"), row.field) << row.path << json::serialize(answer.body);
    EXPECT_EQ(answer.response.content_type, "application/problem+json") << row.path;
  }
}

TEST_F(Handlers, BodiesThatAreNoJsonAreRefused) {
  http::Request request;
  request.method = Method::post;
  ASSERT_TRUE(http::set_target(request, "/api/v1/auth/login"));
  request.body = "email=a";
  request.fields.set("Content-Type", "application/x-www-form-urlencoded");
  EXPECT_EQ(world_.send(request).status, 415U);
  request.fields.set("Content-Type", "application/json; charset=utf-8");
  request.body = "{";
  EXPECT_EQ(world_.send(request).code(), "malformed");
  request.body = "{\"email\":\"" + std::string(300'000, 'x') + "\"}";
  EXPECT_EQ(world_.send(request).status, 413U);
}

TEST_F(Handlers, RoomsAndMembersFollowTheContract) {
  const auto ada = world_.person("ada");
  const auto bob = world_.person("bob");
  const std::string room = world_.room(
      ada, {{"name", "Harbour"}, {"type", "group"}, {"visibility", "private"}, {"memberIds", json::array{bob.id}}});
  EXPECT_EQ(world_.ask(Method::get, "/api/v1/rooms/" + room, nullptr, bob.token).text("role"), "member");
  const auto eve = world_.person("eve");
  EXPECT_EQ(world_.ask(Method::get, "/api/v1/rooms/" + room, nullptr, eve.token).status, 404U);
  const std::string members = "/api/v1/rooms/" + room + "/members";
  EXPECT_EQ(world_.ask(Method::post, members, {{"userId", eve.id}, {"role", "member"}}, ada.token).status, 201U);
  EXPECT_EQ(world_.ask(Method::get, members, nullptr, eve.token).body.at("items").as_array().size(), 3U);
  EXPECT_EQ(world_.ask(Method::delete_, members + "/" + eve.id, nullptr, ada.token).status, 204U);
  EXPECT_EQ(world_.ask(Method::get, members, nullptr, eve.token).status, 404U);
  EXPECT_EQ(world_.ask(Method::get, "/api/v1/rooms", nullptr, bob.token).body.at("items").as_array().size(), 1U);
}

TEST_F(Handlers, SecondDirectRoomOfTwoIsTheFirst) {
  const auto ada = world_.person("ada");
  const auto bob = world_.person("bob");
  const std::string room = world_.room(ada, {{"type", "direct"}, {"memberIds", json::array{bob.id}}});
  const Answered again =
      world_.ask(Method::post, "/api/v1/rooms", {{"type", "direct"}, {"memberIds", json::array{ada.id}}}, bob.token);
  EXPECT_EQ(again.status, 200U);
  EXPECT_EQ(again.text("id"), room);
}

TEST_F(Handlers, MessagesTravelBothWays) {
  const auto ada = world_.person("ada");
  const auto bob = world_.person("bob");
  const std::string room = world_.room(ada, {{"name", "Harbour"}, {"memberIds", json::array{bob.id}}});
  const std::string path = "/api/v1/rooms/" + room + "/messages";
  const Answered first = world_.ask(Method::post, path, {{"content", "one"}, {"clientId", "c1"}}, ada.token);
  ASSERT_EQ(first.status, 201U);
  const Answered repeated = world_.ask(Method::post, path, {{"content", "other"}, {"clientId", "c1"}}, ada.token);
  EXPECT_EQ(repeated.status, 200U);
  EXPECT_EQ(repeated.text("id"), first.text("id"));
  EXPECT_EQ(repeated.text("content"), "one");
  world_.ask(Method::post, path, {{"content", "two"}}, bob.token);
  const Answered page = world_.ask(Method::get, path + "?limit=1", nullptr, bob.token);
  ASSERT_EQ(page.body.at("items").as_array().size(), 1U);
  EXPECT_EQ(page.body.at("items").at(0).at("content"), "two");
  const Answered older =
      world_.ask(Method::get, path + "?limit=1&before=" + page.text("nextCursor"), nullptr, bob.token);
  EXPECT_EQ(older.body.at("items").at(0).at("content"), "one");
  const std::string one = path + "/" + first.text("id");
  EXPECT_EQ(world_.ask(Method::patch, one, {{"content", "uno"}}, bob.token).status, 403U);
  EXPECT_EQ(world_.ask(Method::patch, one, {{"content", "uno"}}, ada.token).text("content"), "uno");
  const Answered reacted = world_.ask(Method::put, one + "/reactions/%F0%9F%91%8D", nullptr, bob.token);
  ASSERT_EQ(reacted.status, 200U) << json::serialize(reacted.body);
  EXPECT_EQ(reacted.body.at("items").at(0).at("count"), 1);
  EXPECT_EQ(world_.ask(Method::delete_, one, nullptr, ada.token).status, 204U);
}

TEST_F(Handlers, MessageUnderAnotherRoomIsNotFoundAndStays) {
  const auto ada = world_.person("ada");
  const std::string room = world_.room(ada, {{"name", "Harbour"}});
  const std::string other = world_.room(ada, {{"name", "Quay"}});
  const Answered sent =
      world_.ask(Method::post, "/api/v1/rooms/" + room + "/messages", {{"content", "one"}}, ada.token);
  const std::string wrong = "/api/v1/rooms/" + other + "/messages/" + sent.text("id");
  EXPECT_EQ(world_.ask(Method::get, wrong, nullptr, ada.token).status, 404U);
  EXPECT_EQ(world_.ask(Method::delete_, wrong, nullptr, ada.token).status, 404U);
  EXPECT_EQ(world_.ask(Method::patch, wrong, {{"content", "x"}}, ada.token).status, 404U);
  EXPECT_EQ(world_.ask(Method::put, "/api/v1/rooms/" + other + "/pins/" + sent.text("id"), nullptr, ada.token).status,
            404U);
  EXPECT_EQ(world_.ask(Method::get, "/api/v1/rooms/" + room + "/messages/" + sent.text("id"), nullptr, ada.token)
                .text("content"),
            "one");
}

TEST_F(Handlers, CallGivesATokenForMedia) {
  const auto ada = world_.person("ada");
  const std::string room = world_.room(ada, {{"name", "Harbour"}});
  const Answered joined = world_.ask(Method::post, "/api/v1/rooms/" + room + "/call", {{"type", "audio"}}, ada.token);
  ASSERT_EQ(joined.status, 200U) << json::serialize(joined.body);
  EXPECT_EQ(joined.body.at("call").at("type"), "audio");
  EXPECT_EQ(joined.body.at("media").at("url"), "ws://chat.example.org");
  EXPECT_FALSE(joined.body.at("media").at("token").as_string().empty());
  const std::string id(joined.body.at("call").at("id").as_string());
  EXPECT_EQ(world_.ask(Method::get, "/api/v1/rooms/" + room + "/call", nullptr, ada.token).body.at("call").at("id"),
            json::value(id));
  EXPECT_EQ(world_.ask(Method::post, "/api/v1/calls/" + id + "/leave", nullptr, ada.token).status, 200U);
  EXPECT_EQ(world_.ask(Method::get, "/api/v1/calls", nullptr, ada.token).body.at("items").as_array().size(), 1U);
}

TEST_F(Handlers, PictureIsSetSeenAndTakenAway) {
  const auto ada = world_.person("ada");
  http::Request request;
  request.method = Method::put;
  ASSERT_TRUE(http::set_target(request, "/api/v1/me/avatar"));
  request.fields.set("Authorization", "Bearer " + ada.token);
  request.fields.set("Content-Type", "image/png");
  request.body = std::string("\x89PNG\r\n\x1a\n", 8) + "picture";
  const Answered set = world_.send(request);
  ASSERT_EQ(set.status, 200U) << json::serialize(set.body);
  const std::string url = set.text("avatarUrl");
  ASSERT_TRUE(url.starts_with("/api/v1/avatars/"));
  const Answered seen = world_.ask(Method::get, url);
  EXPECT_EQ(seen.status, 200U);
  EXPECT_EQ(seen.response.content_type, "image/png");
  EXPECT_EQ(seen.response.body, request.body);
  const Answered removed = world_.ask(Method::delete_, "/api/v1/me/avatar", nullptr, ada.token);
  EXPECT_TRUE(removed.body.at("avatarUrl").is_null());
  request.body = "<svg/>";
  EXPECT_EQ(world_.send(request).status, 415U);
}

TEST_F(Handlers, GuestComesByALinkIntoOneRoom) {
  const auto ada = world_.person("ada");
  const std::string room = world_.room(ada, {{"name", "Harbour"}});
  const Answered link = world_.ask(Method::post, "/api/v1/rooms/" + room + "/guest-links", nullptr, ada.token);
  ASSERT_EQ(link.status, 201U) << json::serialize(link.body);
  EXPECT_EQ(world_.ask(Method::get, "/api/v1/guest-links/" + link.text("token")).text("roomId"), room);
  const Answered guest =
      world_.ask(Method::post, "/api/v1/auth/guest", {{"token", link.text("token")}, {"name", "Visitor"}});
  ASSERT_EQ(guest.status, 201U) << json::serialize(guest.body);
  EXPECT_EQ(guest.text("roomId"), room);
  EXPECT_TRUE(guest.body.at("user").at("guest").as_bool());
  EXPECT_EQ(world_.ask(Method::get, "/api/v1/rooms/" + room, nullptr, guest.text("accessToken")).text("role"), "guest");
  const Answered listed = world_.ask(Method::get, "/api/v1/rooms/" + room + "/guest-links", nullptr, ada.token);
  EXPECT_FALSE(listed.body.at("items").at(0).as_object().contains("token"));
}

TEST_F(Handlers, AdministrationIsForAdministrators) {
  const auto ada = world_.person("ada");
  const auto bob = world_.person("bob");
  for (const char* path :
       {"/api/v1/admin/overview", "/api/v1/admin/users", "/api/v1/admin/rooms", "/api/v1/admin/calls",
        "/api/v1/admin/storage", "/api/v1/admin/audit-log", "/api/v1/admin/settings", "/api/v1/admin/invitations",
        "/api/v1/admin/webhooks/dead-letters", "/api/v1/admin/routes"}) {
    EXPECT_EQ(world_.ask(Method::get, path, nullptr, bob.token).status, 403U) << path;
    const Answered seen = world_.ask(Method::get, path, nullptr, ada.token);
    EXPECT_EQ(seen.status, 200U) << path << json::serialize(seen.body);
  }
  const Answered disabled = world_.ask(Method::patch, "/api/v1/admin/users/" + bob.id, {{"disabled", true}}, ada.token);
  EXPECT_EQ(disabled.status, 200U) << json::serialize(disabled.body);
  EXPECT_EQ(world_.ask(Method::get, "/api/v1/me", nullptr, bob.token).status, 401U);
  const Answered log = world_.ask(Method::get, "/api/v1/admin/audit-log", nullptr, ada.token);
  EXPECT_EQ(log.body.at("items").at(0).at("action"), "user.disable");
}

TEST_F(Handlers, ExportsHoldWhatWasWritten) {
  const auto ada = world_.person("ada");
  const auto bob = world_.person("bob");
  const std::string room = world_.room(ada, {{"name", "Harbour"}});
  world_.ask(Method::post, "/api/v1/rooms/" + room + "/messages", {{"content", "High water"}}, ada.token);
  for (const std::string& path : {std::string("/api/v1/me/export"), "/api/v1/rooms/" + room + "/export"}) {
    const Answered answer = world_.ask(Method::get, path, nullptr, ada.token);
    ASSERT_EQ(answer.status, 200U) << path;
    ASSERT_NE(answer.response.source, nullptr) << path;
    std::string text(answer.response.source->length(), '\0');
    std::vector<std::uint8_t> buffer(text.size());
    const auto got = world_.run(answer.response.source->read(buffer));
    ASSERT_TRUE(got);
    ASSERT_EQ(*got, text.size());
    text.assign(buffer.begin(), buffer.end());
    boost::system::error_code failure;
    (void)json::parse(text, failure);
    EXPECT_FALSE(failure) << path << text;
    EXPECT_NE(text.find("High water"), std::string::npos) << path;
  }
  EXPECT_EQ(world_.ask(Method::get, "/api/v1/rooms/" + room + "/export", nullptr, bob.token).status, 404U);
}

TEST_F(Handlers, AccountCanBeDeletedByItsOwner) {
  const auto ada = world_.person("ada");
  const auto bob = world_.person("bob");
  EXPECT_NE(world_.ask(Method::delete_, "/api/v1/me", {{"password", "wrong"}}, bob.token).status, 204U);
  const Answered gone = world_.ask(Method::delete_, "/api/v1/me", {{"password", "correct horse bob"}}, bob.token);
  EXPECT_EQ(gone.status, 204U) << json::serialize(gone.body);
  EXPECT_EQ(world_.ask(Method::get, "/api/v1/me", nullptr, bob.token).status, 401U);
}

TEST(HandlerLimits, SignInIsLimitedByAddressAndSendingByPerson) {
  Limits limits;
  limits.sign_in = {.per_second = 0.1, .burst = 2};
  limits.send = {.per_second = 1, .burst = 1};
  RestWorld world(limits);
  const auto ada = world.person("ada");
  const std::string room = world.room(ada, {{"name", "Harbour"}});
  const json::value wrong{{"email", "ada@example.org"}, {"password", "wrong"}};
  EXPECT_EQ(world.ask(Method::post, "/api/v1/auth/login", wrong).status, 401U);
  EXPECT_EQ(world.ask(Method::post, "/api/v1/auth/login", wrong).status, 401U);
  const Answered refused = world.ask(Method::post, "/api/v1/auth/login", wrong);
  EXPECT_EQ(refused.status, 429U);
  EXPECT_EQ(refused.code(), "rate-limited");
  EXPECT_EQ(refused.body.at("retryAfter"), 10);
  const std::string path = "/api/v1/rooms/" + room + "/messages";
  EXPECT_EQ(world.ask(Method::post, path, {{"content", "one"}}, ada.token).status, 201U);
  EXPECT_EQ(world.ask(Method::post, path, {{"content", "two"}}, ada.token).status, 429U);
  world.now += 2s;
  EXPECT_EQ(world.ask(Method::post, path, {{"content", "two"}}, ada.token).status, 201U);
}

}  // namespace
}  // namespace parley::signal::rest

#include "http/router.h"

#include <gtest/gtest.h>

namespace parley::http {
namespace {

Handler named(std::string name) {
  return [name = std::move(name)](const Request&) -> awaitable<Response> { co_return text_response(200, name); };
}

class RouterTest : public ::testing::Test {
 protected:
  RouterTest() {
    router.add(Method::get, "/", named("root"));
    router.add(Method::get, "/rooms/{room}", named("room"));
    router.add(Method::post, "/rooms/{room}", named("post room"));
    router.add(Method::get, "/rooms/{room}/files/{file}", named("file"));
    router.add_prefix(Method::post, "/twirp/", named("twirp"));
    router.add_prefix(Method::post, "/twirp/special/", named("special"));
    router.add_websocket("/rtc", [](const Request&) -> awaitable<UpgradeDecision> { co_return Response{}; });
  }
  Router router;
};

TEST_F(RouterTest, PatternsCaptureDecodedSegments) {
  const auto match = router.match(Method::get, "/rooms/a%20b/files/x%2Fy");
  ASSERT_NE(match.handler, nullptr);
  ASSERT_EQ(match.params.size(), 2U);
  EXPECT_EQ(match.params[0], (std::pair<std::string, std::string>("room", "a b")));
  EXPECT_EQ(match.params[1], (std::pair<std::string, std::string>("file", "x/y")));
}

TEST_F(RouterTest, PatternsReadAsTheyWereAdded) {
  const auto patterns = router.patterns();
  ASSERT_EQ(patterns.size(), 4U);
  EXPECT_EQ(patterns[0], (std::pair<Method, std::string>(Method::get, "/")));
  EXPECT_EQ(patterns[2], (std::pair<Method, std::string>(Method::post, "/rooms/{room}")));
}

TEST_F(RouterTest, PathsThatDifferInLengthOrHaveEmptyVariablesDoNotMatch) {
  for (const std::string_view path : {"/rooms", "/rooms/", "/rooms/a/", "/rooms/a/files", "/rooms/a/files/", "//"}) {
    EXPECT_EQ(router.match(Method::get, path).handler, nullptr) << path;
  }
}

TEST_F(RouterTest, OtherMethodOfAKnownPathListsWhatIsAllowed) {
  const auto match = router.match(Method::delete_, "/rooms/a");
  EXPECT_EQ(match.handler, nullptr);
  EXPECT_EQ(match.allowed, (std::vector<Method>{Method::get, Method::post}));
  EXPECT_TRUE(router.match(Method::delete_, "/nowhere").allowed.empty());
}

TEST_F(RouterTest, HeadIsServedByGet) {
  EXPECT_NE(router.match(Method::head, "/").handler, nullptr);
  EXPECT_EQ(router.match(Method::head, "/twirp/x").handler, nullptr);
}

TEST_F(RouterTest, LongestPrefixWins) {
  const auto general = router.match(Method::post, "/twirp/livekit.RoomService/ListRooms");
  const auto special = router.match(Method::post, "/twirp/special/x");
  ASSERT_NE(general.handler, nullptr);
  ASSERT_NE(special.handler, nullptr);
  EXPECT_NE(general.handler, special.handler);
}

TEST_F(RouterTest, FallbackServesGetOfUnknownPathsOnly) {
  EXPECT_EQ(router.match(Method::get, "/page").handler, nullptr);
  router.set_fallback(named("static"));
  EXPECT_NE(router.match(Method::get, "/page").handler, nullptr);
  EXPECT_NE(router.match(Method::head, "/page").handler, nullptr);
  EXPECT_EQ(router.match(Method::post, "/page").handler, nullptr);
}

TEST_F(RouterTest, SocketsAreFoundByPath) {
  std::vector<std::pair<std::string, std::string>> params;
  EXPECT_NE(router.match_websocket("/rtc", params), nullptr);
  EXPECT_EQ(router.match_websocket("/rtc/v1", params), nullptr);
}

}  // namespace
}  // namespace parley::http

// What messages show of their links, over both engines. Every call runs until nothing is under way any more.
#include <gmock/gmock.h>

#include "chat_fixture.h"

namespace parley::chat {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string kUrl = "https://a.example/b";
const std::string kPreview = R"({"url":"https://a.example/b","title":"B"})";

class LinkPreviews : public ChatTest {
 protected:
  LinkPreviews() {
    start({}, [this](std::string url) { return preview_of(std::move(url)); });
    ada = person("ada");
    bob = person("bob");
    room_id = room(ada, {bob.user_id});
    connect(device, bob);
    device.take();
  }

  boost::asio::awaitable<std::string> preview_of(std::string url) {
    asked.push_back(url);
    const auto act = std::exchange(meanwhile, nullptr);
    if (act) co_await act();
    co_return url == kUrl ? kPreview : std::string();
  }
  std::string shown(const std::string& id) { return ok(service->messages().get(bob, id)).link_preview; }

  auth::Subject ada;
  auth::Subject bob;
  TestDevice device;
  std::string room_id;
  std::vector<std::string> asked;
  std::function<boost::asio::awaitable<void>()> meanwhile;
};
STORE_TEST_BOTH_ENGINES(LinkPreviews);

TEST_P(LinkPreviews, ComeAfterTheMessage) {
  const std::string id = say(ada, room_id, "see " + kUrl).id;
  EXPECT_THAT(device.take(), ElementsAre("new-message", "message-updated"));
  EXPECT_EQ(shown(id), kPreview);
  const boost::json::object json = to_json(ok(service->messages().get(bob, id)));
  EXPECT_EQ(json.at("preview").at("title").as_string(), "B");
  EXPECT_TRUE(json.at("editedAt").is_null());
}

TEST_P(LinkPreviews, AreToldToWhoWasAway) {
  const auto seq = say(ada, room_id, kUrl).seq;
  const Opened missed = ok(service->messages().resync(bob, room_id, seq));
  ASSERT_EQ(missed.missed.size(), 1U);
  EXPECT_EQ(missed.missed.front().name, "message-updated");
}

TEST_P(LinkPreviews, AreNotAskedForWhereNoLinkIs) {
  say(ada, room_id, "no link");
  const auto sealed = ok(service->rooms().create(ada, {"Sealed", "group", "private", "", "", true, {}})).view.room.id;
  say(ada, sealed, kUrl);
  EXPECT_THAT(asked, IsEmpty());
}

TEST_P(LinkPreviews, WithoutOneNothingIsTold) {
  const std::string id = say(ada, room_id, "https://other.example").id;
  EXPECT_THAT(asked, ElementsAre("https://other.example"));
  EXPECT_THAT(device.take(), ElementsAre("new-message"));
  EXPECT_EQ(shown(id), "");
}

TEST_P(LinkPreviews, FollowEdits) {
  const std::string id = say(ada, room_id, "https://other.example").id;
  ok(service->messages().edit(ada, id, "rather " + kUrl));
  EXPECT_EQ(shown(id), kPreview);
  ok(service->messages().edit(ada, id, "still " + kUrl));
  EXPECT_EQ(shown(id), kPreview);
  EXPECT_EQ(asked.size(), 2U) << "the link is the same";
  ok(service->messages().edit(ada, id, "no link at all"));
  EXPECT_EQ(shown(id), "");
}

TEST_P(LinkPreviews, GoWithTheMessage) {
  const std::string id = say(ada, room_id, kUrl).id;
  ok(service->messages().remove(ada, id));
  EXPECT_EQ(shown(id), "");
}

TEST_P(LinkPreviews, WhoEditsMayTakeThemAway) {
  const std::string id = say(ada, room_id, kUrl).id;
  EXPECT_EQ(error(service->messages().remove_preview(bob, id)), "permission_denied");
  device.take();
  ok(service->messages().remove_preview(ada, id));
  EXPECT_THAT(device.take(), ElementsAre("message-updated"));
  EXPECT_TRUE(to_json(ok(service->messages().get(bob, id))).at("preview").is_null());
  ok(service->messages().remove_preview(ada, id));
  EXPECT_THAT(device.take(), IsEmpty()) << "it is gone already";
  ok(service->messages().edit(ada, id, "once more " + kUrl));
  EXPECT_EQ(asked.size(), 1U) << "who wants none is not asked again";
}

TEST_P(LinkPreviews, OfAMessageThatChangedMeanwhileAreDropped) {
  std::string id;
  // The id is not known before the answer: the room's newest message is meant.
  const auto newest = [this]() -> boost::asio::awaitable<std::string> {
    History query;
    auto page = co_await service->messages().history(ada, room_id, std::move(query));
    co_return page->items.back().id;
  };
  meanwhile = [&]() -> boost::asio::awaitable<void> {
    id = co_await newest();
    std::string content = "https://other.example";
    co_await service->messages().edit(ada, id, std::move(content));
  };
  say(ada, room_id, kUrl);
  EXPECT_EQ(shown(id), "");
  meanwhile = [&]() -> boost::asio::awaitable<void> {
    id = co_await newest();
    co_await service->messages().remove(ada, id);
  };
  say(ada, room_id, kUrl);
  EXPECT_EQ(shown(id), "");
  meanwhile = [&]() -> boost::asio::awaitable<void> {
    id = co_await newest();
    co_await service->messages().remove_preview(ada, id);
  };
  say(ada, room_id, kUrl);
  EXPECT_EQ(shown(id), store::kNoLinkPreview);
}

}  // namespace
}  // namespace parley::chat

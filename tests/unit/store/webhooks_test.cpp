#include "store/webhooks.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/store/store_harness.h"

namespace parley::store {

namespace {

class WebhooksTest : public StoreTest {
 protected:
  void add(const std::string& id, const std::string& url) {
    write([id, url](Session& s) {
      return enqueue_webhook(s,
                             {.id = id, .url = url, .event = "e", .body = "{\"n\":1}", .state = {}, .last_error = {}});
    });
  }
  std::string next(const std::string& url) {
    const auto found = read([url](Session& s) { return next_webhook(s, url); });
    return *found ? (*found)->id : "";
  }
  std::string dead() {
    const auto letters = read([](Session& s) { return list_dead_webhooks(s, 0, 100); });
    std::string ids;
    for (const WebhookDelivery& letter : *letters) ids += letter.id + " ";
    return ids;
  }
};
STORE_TEST_BOTH_ENGINES(WebhooksTest);

}  // namespace

TEST_P(WebhooksTest, EachUrlHasItsOwnOrder) {
  add("1", "u");
  add("2", "v");
  add("3", "u");
  add("3", "u");  // again: nothing
  EXPECT_EQ(next("u"), "1");
  EXPECT_EQ(next("v"), "2");
  EXPECT_EQ(*read([](Session& s) { return count_waiting_webhooks(s, "u"); }), 2);
  EXPECT_EQ(*read([](Session& s) { return waiting_webhook_urls(s); }), (std::vector<std::string>{"u", "v"}));
  write([](Session& s) { return webhook_delivered(s, "1"); });
  EXPECT_EQ(next("u"), "3");
}

TEST_P(WebhooksTest, AFailedOneStaysInFrontWithItsTime) {
  add("1", "u");
  add("2", "u");
  write([](Session& s) { return webhook_failed(s, "1", "status 500", 99); });
  const auto first = read([](Session& s) { return next_webhook(s, "u"); });
  EXPECT_EQ((*first)->id, "1");
  EXPECT_EQ((*first)->attempts, 1);
  EXPECT_EQ((*first)->next_attempt_at, 99);
  EXPECT_EQ((*first)->last_error, "status 500");
  EXPECT_EQ((*first)->created_at, 1'800'000'000'000);
  EXPECT_EQ((*first)->body, "{\"n\":1}");
}

TEST_P(WebhooksTest, DeadLettersAreListedRetriedAndDeleted) {
  for (const char* id : {"1", "2", "3"}) add(id, "u");
  write([](Session& s) { return webhook_dead(s, "1", "gone", 10); });
  write([](Session& s) { return webhook_dead(s, "2", "gone", 10); });
  EXPECT_EQ(dead(), "2 1 ");
  EXPECT_EQ(next("u"), "3");
  const auto page = read([](Session& s) { return list_dead_webhooks(s, 2, 10); });
  ASSERT_EQ(page->size(), 1U);
  EXPECT_EQ(page->front().id, "1");
  // Back at its place: before what came later.
  EXPECT_EQ(*write([](Session& s) { return retry_dead_webhook(s, "1"); }), "u");
  EXPECT_EQ(next("u"), "1");
  write([](Session& s) { return delete_dead_webhook(s, "2"); });
  EXPECT_EQ(dead(), "");
  EXPECT_EQ(db().write_now([](Session& s) { return retry_dead_webhook(s, "2"); }).error().code, "not_found");
  EXPECT_EQ(db().write_now([](Session& s) { return delete_dead_webhook(s, "1"); }).error().code, "not_found");
}

TEST_P(WebhooksTest, OnlySoManyDeadLettersAreKept) {
  for (const char* id : {"1", "2", "3", "4"}) add(id, "u");
  for (const std::string id : {"1", "2", "3", "4"}) write([id](Session& s) { return webhook_dead(s, id, "gone", 2); });
  EXPECT_EQ(dead(), "4 3 ");
}

TEST_P(WebhooksTest, AUrlThatIsNoLongerWantedIsBuried) {
  add("1", "u");
  add("2", "v");
  EXPECT_EQ(*write([](Session& s) { return bury_webhooks(s, "u", "not configured"); }), 1);
  EXPECT_EQ(dead(), "1 ");
  EXPECT_EQ(next("v"), "2");
}

TEST_P(WebhooksTest, QueriesUseIndexes) {
  read([](Session& s) -> Result<void, Error> {
    expect_indexed(s,
                   "SELECT id FROM webhook_deliveries WHERE state = 'waiting' AND url = :u ORDER BY position LIMIT 1");
    expect_indexed(s, "SELECT count(*) FROM webhook_deliveries WHERE state = 'waiting' AND url = :u");
    expect_indexed(s, "SELECT DISTINCT url FROM webhook_deliveries WHERE state = 'waiting' ORDER BY url");
    expect_indexed(
        s, "SELECT id FROM webhook_deliveries WHERE state = 'dead' AND position < :b ORDER BY position DESC LIMIT :l");
    expect_indexed(s, "UPDATE webhook_deliveries SET state = 'dead' WHERE state = 'waiting' AND url = :u");
    expect_indexed(s, "UPDATE webhook_deliveries SET attempts = 1 WHERE id = :i");
    expect_indexed(s,
                   "DELETE FROM webhook_deliveries WHERE state = 'dead' AND position <= (SELECT position FROM"
                   " webhook_deliveries WHERE state = 'dead' ORDER BY position DESC LIMIT 1 OFFSET :k)");
    return {};
  });
}

}  // namespace parley::store

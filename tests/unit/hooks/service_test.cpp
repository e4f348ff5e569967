// Webhooks to a receiver of our own, over loopback.
#include "hooks/service.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/detached.hpp>
#include <boost/json.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "auth/access_token.h"
#include "base/random.h"
#include "hooks/signature.h"
#include "http/client.h"
#include "http/server.h"
#include "store/webhooks.h"
#include "unit/store/store_harness.h"

namespace parley::hooks {

namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using store::Engine;

struct Received {
  std::string path;
  std::string type;
  std::string authorization;
  std::string body;
  json::object event;
};

class HookTest : public store::StoreTest {
 protected:
  HookTest() {
    for (const char* path : {"/a", "/b"}) {
      router_.add(http::Method::post, path, [this](const http::Request& request) -> http::awaitable<http::Response> {
        received.push_back({request.path, std::string(request.header("Content-Type")),
                            std::string(request.header("Authorization")), request.body,
                            json::parse(request.body).as_object()});
        co_return http::text_response(status_of(received.back()), "thanks");
      });
    }
    http::ServerConfig config;
    config.listen = "127.0.0.1:0";
    config.rate_per_ip = {};
    config.clock = [this] { return now; };
    server_.emplace(io(), config, router_);
    const auto listening = server_->listen();
    if (!listening) throw std::runtime_error(listening.error().message);
    hooks_config.urls = {url_of("/a")};
    hooks_config.api_key = "key";
    hooks_config.api_secret = "secret";
    hooks_config.first_retry = 10ms;
    hooks_config.longest_retry = 20ms;
    hooks_config.max_attempts = 3;
    // Real time: pauses are written down as times of day.
    hooks_config.clock = [] {
      return TimePoint(std::chrono::duration_cast<Duration>(std::chrono::system_clock::now().time_since_epoch()));
    };
  }
  ~HookTest() override {
    service.reset();
    client_.reset();
    server_.reset();
    io().restart();
    io().run_for(std::chrono::seconds(5));
  }

  [[nodiscard]] std::string url_of(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(server_->port()) + path;
  }
  Result<void, Error> start() {
    client_.emplace(io().get_executor(), http::ClientConfig{});
    service.emplace(hooks_config, Service::Parts{db(), *client_, random_, io().get_executor()});
    std::optional<Result<void, Error>> answer;
    asio::co_spawn(io(), service->start(), [&](std::exception_ptr, Result<void, Error> result) { answer = result; });
    run_until([&] { return answer.has_value(); });
    return *answer;
  }
  void run_until(const std::function<bool()>& condition) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!condition()) {
      ASSERT_LT(std::chrono::steady_clock::now(), give_up) << "nothing happened any more";
      io().restart();
      io().run_one_for(std::chrono::seconds(1));
    }
  }
  std::vector<store::WebhookDelivery> dead() {
    return *read([](store::Session& s) { return store::list_dead_webhooks(s, 0, 100); });
  }
  std::vector<std::string> names(const std::string& path = "/a") const {
    std::vector<std::string> out;
    for (const Received& one : received) {
      if (one.path == path) out.emplace_back(one.event.at("event").as_string());
    }
    return out;
  }

  std::vector<Received> received;
  // What the receiver answers.
  std::function<unsigned(const Received&)> status_of = [](const Received&) { return 200U; };
  Config hooks_config;
  std::optional<Service> service;

 private:
  SeededRandom random_{7};
  http::Router router_;
  std::optional<http::Server> server_;
  std::optional<http::Client> client_;
};
STORE_TEST_BOTH_ENGINES(HookTest);

}  // namespace

TEST_P(HookTest, ARecordedEventIsKeptOrLostWithItsJob) {
  ASSERT_TRUE(start());
  const auto job = [&](bool fails) {
    return [this, fails](store::Session& session) -> Result<void, Error> {
      const auto kept = service->record(session, fails ? "undone" : "done", {{"n", 1}});
      if (!kept) return kept.error();
      if (fails) return Error{"failed_precondition", "", ""};
      return {};
    };
  };
  ASSERT_FALSE(db().write_now(job(true)));
  ASSERT_TRUE(db().write_now(job(false)));
  // Nobody was told before the server stopped: the next start finds it.
  service.reset();
  ASSERT_TRUE(start());
  run_until([&] { return service->stats().delivered == 1; });
  EXPECT_EQ(names(), std::vector<std::string>{"done"});
  ASSERT_TRUE(db().write_now(job(false)));
  service->recorded();
  run_until([&] { return service->stats().delivered == 2; });
  EXPECT_EQ(service->stats().waiting, 0U);
}

TEST_P(HookTest, AnEventArrivesSignedInLiveKitsShape) {
  ASSERT_TRUE(start());
  service->emit("participant_joined", {{"room", json::object{{"sid", "RM_1"}, {"name", "r"}}},
                                       {"participant", json::object{{"sid", "PA_1"}, {"identity", "ada"}}}});
  run_until([&] { return service->stats().delivered == 1; });
  ASSERT_EQ(received.size(), 1U);
  const Received& one = received.front();
  EXPECT_EQ(one.type, "application/webhook+json");
  EXPECT_EQ(one.event.at("event").as_string(), "participant_joined");
  EXPECT_TRUE(one.event.at("id").as_string().starts_with("EV_"));
  EXPECT_TRUE(one.event.at("createdAt").is_string());
  EXPECT_EQ(one.event.at("participant").at("identity").as_string(), "ada");
  auth::KeyTable keys;
  keys.add("key", "secret");
  const auto claims = auth::verify_token(one.authorization, keys, hooks_config.clock());
  ASSERT_TRUE(claims) << claims.error().message;
  const auto expected =
      auth::verify_token(sign_body(one.body, "key", "secret", hooks_config.clock()), keys, hooks_config.clock());
  EXPECT_EQ(claims->sha256, expected->sha256);
  EXPECT_EQ(service->stats().waiting, 0U);
  EXPECT_TRUE(dead().empty());
}

TEST_P(HookTest, EventsArriveInOrderThoughOneFailsAtFirst) {
  int failures = 2;
  status_of = [&](const Received& one) { return one.event.at("event") == "e2" && failures-- > 0 ? 503U : 204U; };
  ASSERT_TRUE(start());
  for (const char* name : {"e1", "e2", "e3"}) service->emit(name, {});
  run_until([&] { return service->stats().delivered == 3; });
  EXPECT_EQ(names(), (std::vector<std::string>{"e1", "e2", "e2", "e2", "e3"}));
  // The same event each time, by its id.
  EXPECT_EQ(received[1].body, received[2].body);
  EXPECT_EQ(service->stats().failed, 2U);
}

TEST_P(HookTest, WhatFailsTooOftenIsADeadLetterAndTheNextGoesOn) {
  bool healthy = false;
  status_of = [&](const Received& one) { return one.event.at("event") == "bad" && !healthy ? 500U : 200U; };
  ASSERT_TRUE(start());
  service->emit("bad", {{"n", 1}});
  service->emit("good", {});
  run_until([&] { return service->stats().delivered == 1; });
  EXPECT_EQ(names(), (std::vector<std::string>{"bad", "bad", "bad", "good"}));
  const auto letters = dead();
  ASSERT_EQ(letters.size(), 1U);
  EXPECT_EQ(letters.front().event, "bad");
  EXPECT_EQ(letters.front().last_error, "status 500");
  EXPECT_EQ(letters.front().attempts, 3);
  EXPECT_EQ(service->stats().dead, 1U);
  // An administrator has it tried again.
  healthy = true;
  const std::string id = letters.front().id;
  const auto url = write([id](store::Session& s) { return store::retry_dead_webhook(s, id); });
  service->wake(*url);
  run_until([&] { return service->stats().delivered == 2; });
  EXPECT_EQ(names().back(), "bad");
  EXPECT_TRUE(dead().empty());
}

TEST_P(HookTest, IdsStandInAddressesAsTheyAre) {
  hooks_config.max_attempts = 1;
  status_of = [](const Received&) { return 500U; };
  ASSERT_TRUE(start());
  constexpr std::size_t kLetters = 20;
  for (std::size_t i = 0; i < kLetters; ++i) service->emit("refused", {});
  run_until([&] { return service->stats().dead == kLetters; });
  for (const store::WebhookDelivery& letter : dead()) EXPECT_EQ(letter.id.find_first_of("+/"), std::string::npos);
}

TEST_P(HookTest, AFailingUrlDoesNotHoldBackAnother) {
  hooks_config.urls = {url_of("/a"), url_of("/b")};
  hooks_config.first_retry = 3600s;
  hooks_config.longest_retry = 3600s;
  status_of = [](const Received& one) { return one.path == "/a" ? 500U : 200U; };
  ASSERT_TRUE(start());
  for (const char* name : {"e1", "e2", "e3"}) service->emit(name, {});
  run_until([&] {
    const Stats seen = service->stats();
    return seen.delivered == 3 && seen.failed == 1 && seen.waiting == 3;
  });
  EXPECT_EQ(names("/b"), (std::vector<std::string>{"e1", "e2", "e3"}));
  EXPECT_EQ(names("/a"), std::vector<std::string>{"e1"});
  EXPECT_EQ(service->stats().waiting, 3U);
}

TEST_P(HookTest, WhatWaitsGoesOutAfterARestart) {
  hooks_config.first_retry = 3600s;
  hooks_config.longest_retry = 3600s;
  status_of = [](const Received&) { return 500U; };
  ASSERT_TRUE(start());
  service->emit("e1", {});
  service->emit("e2", {});
  run_until([&] { return service->stats().failed == 1; });
  service.reset();
  status_of = [](const Received&) { return 200U; };
  received.clear();
  // By then the pause is over.
  hooks_config.clock = [clock = hooks_config.clock] { return clock() + 4000s; };
  ASSERT_TRUE(start());
  EXPECT_EQ(service->stats().waiting, 2U);
  run_until([&] { return service->stats().delivered == 2; });
  EXPECT_EQ(names(), (std::vector<std::string>{"e1", "e2"}));
}

TEST_P(HookTest, AUrlThatIsNoLongerConfiguredLeavesDeadLetters) {
  hooks_config.first_retry = 3600s;
  hooks_config.longest_retry = 3600s;
  status_of = [](const Received&) { return 500U; };
  ASSERT_TRUE(start());
  service->emit("e1", {});
  run_until([&] { return service->stats().failed == 1; });
  service.reset();
  hooks_config.urls.clear();
  ASSERT_TRUE(start());
  const auto letters = dead();
  ASSERT_EQ(letters.size(), 1U);
  EXPECT_EQ(letters.front().last_error, "no longer in webhooks.urls");
}

TEST_P(HookTest, AReceiverThatIsNotThereIsTriedAgain) {
  hooks_config.urls = {"http://127.0.0.1:1/"};
  ASSERT_TRUE(start());
  service->emit("e1", {});
  run_until([&] { return service->stats().dead == 1; });
  EXPECT_EQ(service->stats().failed, 3U);
  EXPECT_FALSE(dead().front().last_error.empty());
}

TEST_P(HookTest, NoMoreWaitThanMay) {
  hooks_config.max_waiting = 2;
  hooks_config.first_retry = 3600s;
  hooks_config.longest_retry = 3600s;
  status_of = [](const Received&) { return 500U; };
  ASSERT_TRUE(start());
  for (const char* name : {"e1", "e2", "e3", "e4"}) service->emit(name, {});
  EXPECT_EQ(service->stats().dropped, 2U);
  run_until([&] { return service->stats().failed == 1; });
  const std::string url = hooks_config.urls.front();
  EXPECT_EQ(*read([url](store::Session& s) { return store::count_waiting_webhooks(s, url); }), 2);
}

TEST_P(HookTest, WithoutUrlsNothingIsStored) {
  hooks_config.urls.clear();
  hooks_config.api_key.clear();
  ASSERT_TRUE(start());
  service->emit("e1", {});
  EXPECT_EQ(service->stats().emitted, 0U);
}

TEST_P(HookTest, SettingsThatCannotWorkAreRefused) {
  hooks_config.urls = {"ftp://example.org"};
  EXPECT_EQ(start().error().field, "webhooks.urls");
  hooks_config.urls = {"https://example.org"};
  hooks_config.api_secret.clear();
  EXPECT_EQ(start().error().field, "webhooks.api_key");
}

}  // namespace parley::hooks

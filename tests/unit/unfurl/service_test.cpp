// The service against a server of our own, over loopback.
#include "unfurl/service.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <map>

#include "unit/http/http_harness.h"

namespace parley::unfurl {
namespace {

using boost::asio::awaitable;
using http::Method;
using http::Request;
using http::Response;
using http::text_response;
using http::testing::HttpHarness;

class UnfurlTest : public HttpHarness {
 public:
  UnfurlTest() {
    page("/plain", "<title>Plain</title>");
    page("/pictured", R"(<title>Pictured</title><meta property="og:image" content="/picture">)");
    page("/huge-picture", R"(<title>Huge</title><meta property="og:image" content="/large">)");
    page("/long", "<title>Long</title>" + std::string(300'000, 'x'));
    page("/nothing", "<p>words</p>");
    add("/picture", 200, "image/png", "dots");
    add("/large", 200, "image/png", std::string(2'000, 'x'));
    add("/text", 200, "text/plain", "<title>No page</title>");
    add("/gone", 404, "text/html", "<title>Not found</title>");
    router.add(Method::get, "/away", [](const Request&) -> awaitable<Response> {
      Response response = text_response(302, "elsewhere");
      response.set("Location", "/plain");
      co_return response;
    });
    start();
    unfurl_config.networks.push_back(*AddressBlock::parse("127.0.0.0/8"));
    unfurl_config.clock = [this] { return now; };
    unfurl_config.max_page = 100'000;
    unfurl_config.max_image = 1'000;
  }
  ~UnfurlTest() override {
    service.reset();
    shut_down();
  }

  void add(const std::string& path, unsigned status, const std::string& type, const std::string& body) {
    router.add(Method::get, path, [this, path, status, type, body](const Request&) -> awaitable<Response> {
      ++asked[path];
      Response response = text_response(status, body);
      response.content_type = type;
      co_return response;
    });
  }
  void page(const std::string& path, const std::string& body) { add(path, 200, "text/html; charset=utf-8", body); }

  std::string url(const std::string& path) const { return "http://127.0.0.1:" + std::to_string(server->port()) + path; }
  void open() {
    service = std::make_unique<Service>(unfurl_config, io.get_executor(),
                                        [](const std::string& bytes) { return "small " + bytes; });
  }
  awaitable<void> preview_into(std::optional<Preview>& out, std::string of) {
    out = co_await service->preview(std::move(of));
  }
  std::optional<Preview> preview(const std::string& path) {
    if (!service) open();
    std::optional<Preview> out;
    run(preview_into(out, url(path)));
    return out;
  }

  Config unfurl_config;
  std::map<std::string, int> asked;
  std::unique_ptr<Service> service;
};

TEST_F(UnfurlTest, TellsWhatAPageSaysOfItself) {
  EXPECT_EQ(preview("/plain"), (Preview{url("/plain"), "Plain", "127.0.0.1", "", ""}));
  EXPECT_EQ(preview("/pictured"), (Preview{url("/pictured"), "Pictured", "127.0.0.1", "", "small dots"}));
  EXPECT_EQ(service->stats().made, 2U);
}

TEST_F(UnfurlTest, RedirectsAreFollowed) {
  EXPECT_EQ(preview("/away"), (Preview{url("/away"), "Plain", "127.0.0.1", "", ""}));
}

TEST_F(UnfurlTest, OfALongPageTheBeginningCounts) {
  EXPECT_EQ(preview("/long"), (Preview{url("/long"), "Long", "127.0.0.1", "", ""}));
}

TEST_F(UnfurlTest, APictureThatIsTooLargeIsLeftOut) {
  EXPECT_EQ(preview("/huge-picture"), (Preview{url("/huge-picture"), "Huge", "127.0.0.1", "", ""}));
  EXPECT_EQ(asked["/large"], 1);
}

TEST_F(UnfurlTest, WhatIsNoPageHasNone) {
  for (const char* path : {"/nothing", "/text", "/gone"}) EXPECT_FALSE(preview(path)) << path;
  EXPECT_EQ(service->stats().none, 3U);
}

TEST_F(UnfurlTest, PrivateAddressesAreNotAsked) {
  unfurl_config.networks.clear();
  EXPECT_FALSE(preview("/plain"));
  EXPECT_TRUE(asked.empty());
}

TEST_F(UnfurlTest, RedirectsToPrivateAddressesAreNotFollowed) {
  // The server's own address is allowed, the one that it points to is not: both are of this machine.
  router.add(Method::get, "/inwards", [this](const Request&) -> awaitable<Response> {
    Response response = text_response(302, "inwards");
    response.set("Location", "http://127.0.0.2:" + std::to_string(server->port()) + "/plain");
    co_return response;
  });
  unfurl_config.networks = {*AddressBlock::parse("127.0.0.1")};
  EXPECT_FALSE(preview("/inwards"));
  EXPECT_TRUE(asked.empty());
  EXPECT_TRUE(preview("/plain"));
}

TEST_F(UnfurlTest, OwnPagesAreNotAsked) {
  unfurl_config.own_url = url("/");
  EXPECT_FALSE(preview("/plain"));
  EXPECT_TRUE(asked.empty());
}

TEST_F(UnfurlTest, IsAskedForOnceWithinAnHour) {
  ASSERT_TRUE(preview("/plain"));
  now += 59min;
  ASSERT_TRUE(preview("/plain"));
  EXPECT_EQ(asked["/plain"], 1);
  now += 2min;
  ASSERT_TRUE(preview("/plain"));
  EXPECT_EQ(asked["/plain"], 2);
}

TEST_F(UnfurlTest, AFailureIsTriedAgainSooner) {
  ASSERT_FALSE(preview("/gone"));
  now += 4min;
  ASSERT_FALSE(preview("/gone"));
  EXPECT_EQ(asked["/gone"], 1);
  now += 2min;
  ASSERT_FALSE(preview("/gone"));
  EXPECT_EQ(asked["/gone"], 2);
}

TEST_F(UnfurlTest, OldPreviewsMakeRoom) {
  unfurl_config.kept = 1;
  ASSERT_TRUE(preview("/plain"));
  ASSERT_TRUE(preview("/pictured"));
  ASSERT_TRUE(preview("/plain"));
  EXPECT_EQ(asked["/plain"], 2);
}

TEST_F(UnfurlTest, SeveralAtATimeShareOneAnswer) {
  open();
  std::vector<std::optional<Preview>> out(3);
  int open_calls = 3;
  for (auto& one : out) {
    boost::asio::co_spawn(io, preview_into(one, url("/plain")), [&](const std::exception_ptr&) { --open_calls; });
  }
  run_until([&] { return open_calls == 0; });
  for (const auto& one : out) EXPECT_TRUE(one);
  EXPECT_EQ(asked["/plain"], 1);
}

TEST_F(UnfurlTest, TooManyAtATimeHaveNone) {
  unfurl_config.at_once = 1;
  open();
  std::optional<Preview> first;
  std::optional<Preview> second;
  int open_calls = 2;
  const auto done = [&](const std::exception_ptr&) { --open_calls; };
  boost::asio::co_spawn(io, preview_into(first, url("/plain")), done);
  boost::asio::co_spawn(io, preview_into(second, url("/pictured")), done);
  run_until([&] { return open_calls == 0; });
  EXPECT_TRUE(first);
  EXPECT_FALSE(second);
  EXPECT_EQ(service->stats().refused, 1U);
}

}  // namespace
}  // namespace parley::unfurl

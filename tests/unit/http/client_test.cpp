// The client against our own server, over loopback.
#include "http/client.h"

#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/detached.hpp>

#include "unit/http/http_harness.h"

namespace parley::http::testing {
namespace {

using Answer = Result<http::ClientResponse, Error>;

class ClientTest : public HttpHarness {
 public:
  ClientTest() {
    router.add(Method::get, "/hello", [](const Request& request) -> awaitable<Response> {
      Response response = text_response(200, "hello " + std::string(request.header("X-Name")));
      response.set("X-Answer", "yes");
      co_return response;
    });
    router.add(Method::post, "/echo", echo);
    router.add(Method::put, "/echo", echo);
    router.add(Method::delete_, "/echo", echo);
    router.add(Method::get, "/big",
               [](const Request&) -> awaitable<Response> { co_return text_response(200, std::string(200'000, 'x')); });
    router.add(Method::get, "/away", [](const Request&) -> awaitable<Response> {
      Response response = text_response(302, "elsewhere");
      response.set("Location", "/hello");
      co_return response;
    });
    router.add(Method::get, "/fail",
               [](const Request&) -> awaitable<Response> { co_return text_response(500, "broken"); });
    start();
  }
  ~ClientTest() override {
    client.reset();
    shut_down();
  }

  static awaitable<Response> echo(const Request& request) {
    Response response =
        text_response(200, std::string(boost::beast::http::to_string(request.method)) + " " + request.body);
    response.set("X-Type", request.content_type());
    co_return response;
  }

  std::string url(std::string_view path) const {
    return "http://127.0.0.1:" + std::to_string(server->port()) + std::string(path);
  }
  Answer send(ClientRequest request) {
    if (!client) client.emplace(io.get_executor(), client_config);
    Answer out = Error{};
    run(send_into(out, std::move(request)));
    return out;
  }
  awaitable<void> send_into(Answer& out, ClientRequest request) { out = co_await client->send(std::move(request)); }
  awaitable<void> send_later(std::optional<Answer>& out, ClientRequest request) {
    out.emplace(co_await client->send(std::move(request)));
  }
  ClientRequest get(std::string_view path) const {
    ClientRequest request;
    request.url = url(path);
    return request;
  }

  ClientConfig client_config;
  std::optional<Client> client;
};

TEST_F(ClientTest, GetsBodyStatusAndHeaders) {
  ClientRequest request = get("/hello");
  request.headers = {{"X-Name", "Ada"}};
  const Answer answer = send(std::move(request));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, 200U);
  EXPECT_EQ(answer->body, "hello Ada");
  EXPECT_EQ(answer->header("x-answer"), "yes");
  EXPECT_EQ(answer->header("x-nothing"), "");
  EXPECT_EQ(client->stats().requests, 1U);
  EXPECT_EQ(client->stats().in_flight, 0U);
}

TEST_F(ClientTest, SendsMethodAndBody) {
  for (const Method method : {Method::post, Method::put, Method::delete_}) {
    ClientRequest request = get("/echo");
    request.method = method;
    request.headers = {{"Content-Type", "text/x-test"}};
    request.body = std::string("a\0b", 3);
    const Answer answer = send(std::move(request));
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->body, std::string(boost::beast::http::to_string(method)) + std::string(" a\0b", 4));
    EXPECT_EQ(answer->header("x-type"), "text/x-test");
  }
}

TEST_F(ClientTest, PostWithoutBodyHasNoContentType) {
  ClientRequest request = get("/echo");
  request.method = Method::post;
  const Answer answer = send(std::move(request));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->body, "POST ");
  EXPECT_EQ(answer->header("x-type"), "");
}

TEST_F(ClientTest, HeadHasNoBody) {
  ClientRequest request = get("/hello");
  request.method = Method::head;
  const Answer answer = send(std::move(request));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, 200U);
  EXPECT_EQ(answer->body, "");
}

TEST_F(ClientTest, AnyStatusIsAnAnswer) {
  const Answer answer = send(get("/fail"));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 500U);
  EXPECT_FALSE(answer->ok());
  EXPECT_EQ(answer->body, "broken");
}

TEST_F(ClientTest, RedirectIsFollowedOnlyWhenAllowed) {
  const Answer kept = send(get("/away"));
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->status, 302U);
  ClientRequest request = get("/away");
  request.max_redirects = 1;
  const Answer followed = send(std::move(request));
  ASSERT_TRUE(followed) << followed.error().message;
  EXPECT_EQ(followed->status, 200U);
  EXPECT_EQ(followed->body, "hello ");
  EXPECT_EQ(followed->url, url("/hello"));
}

TEST_F(ClientTest, AnswerBeyondTheLimitIsRefused) {
  ClientRequest request = get("/big");
  request.max_body = 199'999;
  EXPECT_EQ(send(request).error().code, "payload_too_large");
  request.max_body = 200'000;
  EXPECT_TRUE(send(request));
  request.max_head = 20;
  EXPECT_EQ(send(request).error().code, "payload_too_large");
  EXPECT_EQ(client->stats().failures, 2U);
}

TEST_F(ClientTest, LongAnswerMayBeCutInstead) {
  ClientRequest request = get("/big");
  request.max_body = 150'001;
  request.cut = true;
  const Answer answer = send(std::move(request));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, 200U);
  EXPECT_EQ(answer->body, std::string(150'001, 'x'));
  EXPECT_EQ(client->stats().failures, 0U);
}

TEST_F(ClientTest, BodyMayBeTakenInPieces) {
  std::atomic<std::size_t> taken = 0;
  ClientRequest request = get("/big");
  request.on_body = [&taken](std::string_view piece) {
    taken += piece.size();
    return true;
  };
  const Answer answer = send(request);
  ASSERT_TRUE(answer);
  EXPECT_EQ(taken, 200'000U);
  EXPECT_EQ(answer->body, "");

  request.on_body = [](std::string_view) { return false; };
  EXPECT_EQ(send(request).error().code, "canceled");

  ClientRequest failing = get("/fail");
  failing.on_body = [](std::string_view) { return false; };
  const Answer failed = send(failing);
  ASSERT_TRUE(failed) << "an error's text is no part of the body";
  EXPECT_EQ(failed->body, "broken");
}

TEST_F(ClientTest, AddressThatIsNotAllowedIsNotConnectedTo) {
  client_config.allow = is_public;
  EXPECT_EQ(send(get("/hello")).error().code, "permission_denied");
  // By name as well: what counts is where it leads.
  ClientRequest request;
  request.url = "http://localhost:" + std::to_string(server->port()) + "/hello";
  EXPECT_EQ(send(request).error().code, "permission_denied");
  // The ways to write a loopback address that resolvers accept.
  for (const std::string_view host : {"127.1", "2130706433", "0x7f000001", "[::1]", "[::ffff:127.0.0.1]"}) {
    request.url = "http://" + std::string(host) + ":" + std::to_string(server->port()) + "/hello";
    const Answer answer = send(request);
    ASSERT_FALSE(answer) << host;
    EXPECT_EQ(answer.error().code, "permission_denied") << host;
  }
}

TEST_F(ClientTest, UrlsThatAreNoneAreRefused) {
  for (const std::string_view bad : {"", "not a url", "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/",
                                     "http://user:pw@127.0.0.1/"}) {
    ClientRequest request;
    request.url = bad;
    const Answer answer = send(request);
    ASSERT_FALSE(answer) << bad;
    EXPECT_EQ(answer.error().code, "invalid_argument") << bad << ": " << answer.error().message;
  }
}

TEST_F(ClientTest, HeaderWithLineBreakIsRefused) {
  ClientRequest request = get("/hello");
  request.headers = {{"X-Name", "a\r\nX-Other: b"}};
  EXPECT_EQ(send(request).error().code, "invalid_argument");
  request.headers = {{"X-Name: a\r\nX", "b"}};
  EXPECT_EQ(send(request).error().code, "invalid_argument");
}

TEST_F(ClientTest, NobodyThereIsUnavailable) {
  ClientRequest request = get("/hello");
  server.reset();
  EXPECT_EQ(send(request).error().code, "unavailable");
}

TEST_F(ClientTest, SilentServerIsGivenUpInTime) {
  asio::ip::tcp::acceptor silent(io, {asio::ip::make_address("127.0.0.1"), 0});
  ClientRequest request;
  request.url = "http://127.0.0.1:" + std::to_string(silent.local_endpoint().port()) + "/";
  request.timeout = 50ms;
  EXPECT_EQ(send(request).error().code, "deadline_exceeded");
}

TEST_F(ClientTest, RequestsUnderWayEndWithTheClient) {
  asio::ip::tcp::acceptor silent(io, {asio::ip::make_address("127.0.0.1"), 0});
  client.emplace(io.get_executor(), client_config);
  ClientRequest request;
  request.url = "http://127.0.0.1:" + std::to_string(silent.local_endpoint().port()) + "/";
  std::optional<Answer> out;
  asio::co_spawn(io, send_later(out, request), asio::detached);
  io.restart();
  io.poll();
  EXPECT_FALSE(out);
  client.reset();
  run_until([&out] { return out.has_value(); });
  EXPECT_EQ(out->error().code, "unavailable");
}

TEST_F(ClientTest, QueueIsBounded) {
  client_config.max_queued = 0;
  client_config.max_connections = 1;
  asio::ip::tcp::acceptor silent(io, {asio::ip::make_address("127.0.0.1"), 0});
  client.emplace(io.get_executor(), client_config);
  ClientRequest request;
  request.url = "http://127.0.0.1:" + std::to_string(silent.local_endpoint().port()) + "/";
  std::optional<Answer> first;
  asio::co_spawn(io, send_later(first, request), asio::detached);
  io.restart();
  io.poll();
  EXPECT_EQ(send(request).error().code, "resource_exhausted");
  client.reset();
  run_until([&first] { return first.has_value(); });
}

TEST(PublicAddressTest, OnlyTheInternetIsPublic) {
  struct Row {
    std::string_view ip;
    bool expected;
  };
  constexpr Row kRows[] = {
      {"1.1.1.1", true},
      {"93.184.216.34", true},
      {"127.0.0.1", false},
      {"127.255.255.254", false},
      {"0.0.0.0", false},
      {"10.1.2.3", false},
      {"172.15.0.1", true},
      {"172.16.0.1", false},
      {"172.31.255.255", false},
      {"172.32.0.1", true},
      {"192.168.1.1", false},
      {"169.254.169.254", false},
      {"100.63.0.1", true},
      {"100.64.0.1", false},
      {"100.127.255.255", false},
      {"198.18.0.1", false},
      {"198.20.0.1", true},
      {"192.0.2.1", false},
      {"203.0.113.9", false},
      {"224.0.0.1", false},
      {"255.255.255.255", false},
      {"::1", false},
      {"::", false},
      {"fe80::1", false},
      {"fc00::1", false},
      {"fd12::1", false},
      {"ff02::1", false},
      {"2606:4700::1111", true},
      {"2001:db8::1", false},
      {"2001::1", false},
      {"2001:4860::8888", true},
      {"::ffff:10.0.0.1", false},
      {"::ffff:8.8.8.8", true},
      {"64:ff9b::808:808", true},
      {"64:ff9b::a00:1", false},
      {"2002:a00:1::1", false},
      {"2002:808:808::1", true},
      {"64:ff9b:1::1", false},
      {"3fff::1", false},
  };
  for (const Row& row : kRows) {
    const auto address = Address::parse(row.ip, 80);
    ASSERT_TRUE(address) << row.ip;
    EXPECT_EQ(is_public(*address), row.expected) << row.ip;
  }
}

}  // namespace
}  // namespace parley::http::testing

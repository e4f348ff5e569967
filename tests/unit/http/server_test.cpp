#include "http/server.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include "http/static_files.h"
#include "unit/http/http_harness.h"

namespace parley::http {
namespace {

using namespace parley::http::testing;

class ServerTest : public HttpHarness {
 public:
  ServerTest() {
    router.add(Method::get, "/hello", [](const Request& request) -> awaitable<Response> {
      co_return text_response(200, "hello " + std::string(request.query.get("name")));
    });
    router.add(Method::post, "/echo", [](const Request& request) -> awaitable<Response> {
      Response response = text_response(201, request.body);
      response.set("X-Bad", "a\r\nInjected: yes");
      response.set("X-Peer", request.peer.ip_text());
      response.set("X-Secure", request.secure ? "yes" : "no");
      co_return response;
    });
    router.add(Method::get, "/throws", [](const Request&) -> awaitable<Response> {
      throw std::runtime_error("boom");
      co_return Response{};
    });
  }
};

TEST_F(ServerTest, RequestIsRoutedAndAnswered) {
  start();
  const auto response = fetch(bhttp::verb::get, "/hello?name=Mei%20L");
  EXPECT_EQ(response.result_int(), 200U);
  EXPECT_EQ(response.body(), "hello Mei L");
  EXPECT_EQ(header_of(response, "Content-Type"), "text/plain; charset=utf-8");
  EXPECT_EQ(header_of(response, "Date"), "Fri, 15 Jan 2027 08:00:00 GMT");
  EXPECT_EQ(server->stats().requests, 1U);
  EXPECT_EQ(server->stats().responses_by_class[2], 1U);
  EXPECT_EQ(server->stats().request_latency.count, 1U);
}

TEST_F(ServerTest, EveryAnswerCarriesCorsHeaders) {
  start();
  for (const char* target : {"/hello", "/nowhere", "/throws", "/echo"}) {
    EXPECT_EQ(header_of(fetch(bhttp::verb::get, target), "Access-Control-Allow-Origin"), "*") << target;
  }
  const auto malformed = fetch_raw("NONSENSE\r\n\r\n");
  EXPECT_EQ(malformed.result_int(), 400U);
  EXPECT_EQ(header_of(malformed, "Access-Control-Allow-Origin"), "*");
}

TEST_F(ServerTest, PreflightAllowsMethodsAndTheHeadersAskedFor) {
  start();
  const auto response = fetch(bhttp::verb::options, "/twirp/x",
                              {{"Origin", "https://page.example"},
                               {"Access-Control-Request-Method", "POST"},
                               {"Access-Control-Request-Headers", "authorization,content-type"}});
  EXPECT_EQ(response.result_int(), 204U);
  EXPECT_EQ(header_of(response, "Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(header_of(response, "Access-Control-Allow-Headers"), "authorization,content-type");
  for (const char* method : {"OPTIONS", "HEAD", "GET", "POST", "PATCH", "DELETE"}) {
    EXPECT_NE(header_of(response, "Access-Control-Allow-Methods").find(method), std::string::npos) << method;
  }
}

TEST_F(ServerTest, ErrorsAreProblems) {
  start();
  const auto missing = fetch(bhttp::verb::get, "/nowhere");
  EXPECT_EQ(missing.result_int(), 404U);
  EXPECT_EQ(header_of(missing, "Content-Type"), "application/problem+json");
  EXPECT_NE(missing.body().find(R"("code":"not_found")"), std::string::npos);
  const auto wrong_method = fetch(bhttp::verb::delete_, "/echo");
  EXPECT_EQ(wrong_method.result_int(), 405U);
  EXPECT_EQ(header_of(wrong_method, "Allow"), "OPTIONS, POST");
  const auto failed = fetch(bhttp::verb::get, "/throws");
  EXPECT_EQ(failed.result_int(), 500U);
  EXPECT_EQ(failed.body().find("boom"), std::string::npos);
}

TEST_F(ServerTest, HeadHasLengthButNoBody) {
  start();
  const auto response = fetch(bhttp::verb::head, "/hello?name=x");
  EXPECT_EQ(response.result_int(), 200U);
  EXPECT_EQ(header_of(response, "Content-Length"), "7");
  EXPECT_EQ(response.body(), "");
}

TEST_F(ServerTest, ConnectionServesManyRequests) {
  start();
  run([](ServerTest& self) -> asio::awaitable<void> {
    beast::tcp_stream stream = co_await self.connect();
    for (int i = 0; i < 3; ++i) {
      ClientResponse response;
      auto request = make_request(bhttp::verb::post, "/echo", {}, std::string(100'000, 'x'));
      co_await exchange(stream, request, response);
      EXPECT_EQ(response.result_int(), 201U);
      EXPECT_EQ(response.body().size(), 100'000U);
      EXPECT_TRUE(response.keep_alive());
    }
  }(*this));
  EXPECT_EQ(server->stats().connections_accepted, 1U);
  EXPECT_EQ(server->stats().requests, 3U);
}

TEST_F(ServerTest, HeaderValuesCannotSplitTheAnswer) {
  start();
  const auto response = fetch(bhttp::verb::post, "/echo", {}, "x");
  EXPECT_EQ(header_of(response, "Injected"), "");
  EXPECT_EQ(header_of(response, "X-Bad"), "");
}

TEST_F(ServerTest, LongRequestLineIsTaken) {
  start();
  const std::string name(16'384, 'n');
  EXPECT_EQ(fetch(bhttp::verb::get, "/hello?name=" + name).body(), "hello " + name);
}

TEST_F(ServerTest, HeadAndBodyBeyondTheLimitsAreRefused) {
  config.max_body = 1000;
  start();
  EXPECT_EQ(fetch(bhttp::verb::get, "/hello?name=" + std::string(40'000, 'n')).result_int(), 431U);
  EXPECT_EQ(fetch(bhttp::verb::post, "/echo", {}, std::string(1000, 'b')).result_int(), 201U);
  const auto response = fetch(bhttp::verb::post, "/echo", {}, std::string(400'000, 'b'));
  EXPECT_EQ(response.result_int(), 413U);
  EXPECT_EQ(header_of(response, "Access-Control-Allow-Origin"), "*");
  const auto chunked = fetch_raw("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" +
                                 std::string(2000, 'c') + "\r\n0\r\n\r\n");
  EXPECT_EQ(chunked.result_int(), 413U);
  EXPECT_EQ(server->stats().requests_malformed, 3U);
}

TEST_F(ServerTest, ExpectContinueIsAnswered) {
  start();
  run([](ServerTest& self) -> asio::awaitable<void> {
    beast::tcp_stream stream = co_await self.connect();
    const std::string head = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
    co_await asio::async_write(stream, asio::buffer(head), asio::use_awaitable);
    std::array<char, 64> text{};
    const std::size_t n = co_await stream.async_read_some(asio::buffer(text), asio::use_awaitable);
    EXPECT_EQ(std::string_view(text.data(), n), "HTTP/1.1 100 Continue\r\n\r\n");
    co_await asio::async_write(stream, asio::buffer("ok", 2), asio::use_awaitable);
    ClientResponse response;
    co_await read_response(stream, false, response);
    EXPECT_EQ(response.body(), "ok");
  }(*this));
}

TEST_F(ServerTest, TooManyRequestsOfOneAddressGet429) {
  config.rate_per_ip = {.per_second = 1, .burst = 2};
  start();
  EXPECT_EQ(fetch(bhttp::verb::get, "/hello").result_int(), 200U);
  EXPECT_EQ(fetch(bhttp::verb::get, "/hello").result_int(), 200U);
  const auto refused = fetch(bhttp::verb::post, "/echo", {}, std::string(50'000, 'x'));
  EXPECT_EQ(refused.result_int(), 429U);
  EXPECT_EQ(header_of(refused, "Retry-After"), "1");
  EXPECT_EQ(header_of(refused, "Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(server->stats().requests_rate_limited, 1U);
  now += 1s;
  EXPECT_EQ(fetch(bhttp::verb::get, "/hello").result_int(), 200U);
}

TEST_F(ServerTest, ConnectionsBeyondTheLimitGet503) {
  config.max_connections = 1;
  start();
  run([](ServerTest& self) -> asio::awaitable<void> {
    beast::tcp_stream first = co_await self.connect();
    ClientResponse response;
    auto request = make_request(bhttp::verb::get, "/hello");
    co_await exchange(first, request, response);
    EXPECT_EQ(response.result_int(), 200U);
    beast::tcp_stream second = co_await self.connect();
    co_await read_response(second, false, response);
    EXPECT_EQ(response.result_int(), 503U);
    EXPECT_EQ(header_of(response, "Access-Control-Allow-Origin"), "*");
  }(*this));
  EXPECT_EQ(server->stats().connections_refused, 1U);
}

TEST_F(ServerTest, SilentConnectionIsClosed) {
  config.head_timeout = 20ms;
  start();
  run([](ServerTest& self) -> asio::awaitable<void> {
    beast::tcp_stream stream = co_await self.connect();
    std::array<char, 8> text{};
    boost::system::error_code ec;
    co_await stream.async_read_some(asio::buffer(text), asio::redirect_error(asio::use_awaitable, ec));
    EXPECT_EQ(ec, asio::error::eof);
  }(*this));
}

TEST_F(ServerTest, ForwardedAddressCountsOnlyFromTrustedProxies) {
  start();
  const Headers forwarded = {{"X-Forwarded-For", "1.1.1.1, 203.0.113.7"}, {"X-Forwarded-Proto", "https"}};
  auto response = fetch(bhttp::verb::post, "/echo", forwarded, "x");
  EXPECT_EQ(header_of(response, "X-Peer"), "127.0.0.1");
  EXPECT_EQ(header_of(response, "X-Secure"), "no");
  server.reset();
  config.trusted_proxies = {Address::v4(127, 0, 0, 1, 0)};
  start();
  response = fetch(bhttp::verb::post, "/echo", forwarded, "x");
  EXPECT_EQ(header_of(response, "X-Peer"), "203.0.113.7");
  EXPECT_EQ(header_of(response, "X-Secure"), "yes");
}

TEST_F(ServerTest, TakenPortIsNamedInTheError) {
  start();
  ServerConfig second = config;
  second.listen = "127.0.0.1:" + std::to_string(server->port());
  Server other(io, second, router);
  const auto listening = other.listen();
  ASSERT_FALSE(listening);
  EXPECT_EQ(listening.error().code, "unavailable");
  EXPECT_EQ(listening.error().field, "http.listen");
  EXPECT_NE(listening.error().message.find(std::to_string(server->port())), std::string::npos);
  EXPECT_NE(listening.error().message.find("http.listen"), std::string::npos);
}

TEST_F(ServerTest, UnusableSettingsAreNamed) {
  const std::pair<std::string, std::string> rows[] = {
      {"no port", "http.listen"},
      {"1.2.3:80", "http.listen"},
      {"127.0.0.1:x", "http.listen"},
      {"127.0.0.1:70000", "http.listen"},
  };
  for (const auto& [listen, field] : rows) {
    config.listen = listen;
    Server bad(io, config, router);
    const auto listening = bad.listen();
    ASSERT_FALSE(listening) << listen;
    EXPECT_EQ(listening.error().field, field);
  }
  config.listen = "127.0.0.1:0";
  config.tls_cert = "/nowhere/cert.pem";
  {
    Server half(io, config, router);
    EXPECT_EQ(half.listen().error().field, "http.tls_key");
  }
  config.tls_key = "/nowhere/key.pem";
  Server no_file(io, config, router);
  const auto listening = no_file.listen();
  EXPECT_EQ(listening.error().field, "http.tls_cert");
  EXPECT_NE(listening.error().message.find("/nowhere/cert.pem"), std::string::npos);
}

TEST_F(ServerTest, EmptyAddressListensOnBothFamilies) {
  config.listen = "*:0";
  start();
  EXPECT_EQ(fetch(bhttp::verb::get, "/hello").result_int(), 200U);
}

TEST_F(ServerTest, StoppingLetsTheRequestInFlightFinish) {
  asio::steady_timer gate(io);
  gate.expires_at(asio::steady_timer::time_point::max());
  bool entered = false;
  router.add(Method::get, "/slow", [&](const Request&) -> awaitable<Response> {
    entered = true;
    boost::system::error_code ignored;
    co_await gate.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    co_return text_response(200, "done");
  });
  start();
  ClientResponse slow;
  bool finished = false;
  bool idle_closed = false;
  asio::co_spawn(io, fetch_into(slow, make_request(bhttp::verb::get, "/slow")),
                 [&](const std::exception_ptr&) { finished = true; });
  asio::co_spawn(
      io,
      [](ServerTest& self) -> asio::awaitable<void> {
        beast::tcp_stream stream = co_await self.connect();
        ClientResponse response;
        auto request = make_request(bhttp::verb::get, "/hello");
        co_await exchange(stream, request, response);
        std::array<char, 8> text{};
        boost::system::error_code ec;
        co_await stream.async_read_some(asio::buffer(text), asio::redirect_error(asio::use_awaitable, ec));
        EXPECT_EQ(ec, asio::error::eof);
      }(*this),
      [&](const std::exception_ptr&) { idle_closed = true; });
  run_until([&] { return entered && server->stats().requests == 2; });
  server->stop_accepting();
  run_until([&] { return idle_closed; });
  EXPECT_FALSE(finished);
  gate.cancel();
  run_until([&] { return finished; });
  EXPECT_EQ(slow.body(), "done");
  EXPECT_FALSE(slow.keep_alive());
}

TEST_F(ServerTest, RootAnswersWithAndWithoutAPage) {
  add_pages(router, nullptr);
  start();
  EXPECT_EQ(fetch(bhttp::verb::get, "/").body(), "OK");
  const auto head = fetch(bhttp::verb::head, "/");
  EXPECT_EQ(head.result_int(), 200U);
  EXPECT_EQ(header_of(head, "Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(fetch(bhttp::verb::get, "/page").result_int(), 404U);
}

}  // namespace
}  // namespace parley::http

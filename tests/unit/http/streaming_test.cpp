// Bodies that pass through piece by piece, in both directions.
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include "unit/http/http_harness.h"

namespace parley::http {
namespace {

using namespace parley::http::testing;
using boost::system::error_code;

// Counts up: byte n is n mod 251.
class CountingSource final : public BodySource {
 public:
  CountingSource(std::uint64_t length, std::uint64_t fails_at, std::uint64_t& given, std::function<void()>& break_off)
      : length_(length), fails_at_(fails_at), given_(given), break_off_(break_off) {}
  std::uint64_t length() const override { return length_; }
  awaitable<Result<std::size_t, Error>> read(ByteSpan out) override {
    if (given_ >= fails_at_) co_return Error{"internal", "the disk is broken", ""};
    for (std::uint8_t& byte : out) byte = static_cast<std::uint8_t>(given_++ % 251);
    co_return out.size();
  }
  void sending(std::function<void()> break_off) override { break_off_ = std::move(break_off); }

 private:
  std::uint64_t length_;
  std::uint64_t fails_at_;
  std::uint64_t& given_;
  std::function<void()>& break_off_;
};

class StreamingTest : public HttpHarness {
 public:
  StreamingTest() {
    router.add_streaming(Method::post, "/count/{name}",
                         [this](const Request& request, BodyReader& body) { return count(request, body); });
    router.add_streaming(Method::post, "/refuse", [](const Request&, BodyReader&) -> awaitable<Response> {
      co_return problem_response({"permission_denied", "no", ""});
    });
    router.add(Method::get, "/source", [this](const Request& request) -> awaitable<Response> {
      Response response;
      response.content_type = "application/octet-stream";
      const auto wanted = static_cast<std::uint64_t>(request.query.get_int("length", 0));
      response.source = std::make_shared<CountingSource>(wanted, fails_at, given, break_off);
      co_return response;
    });
    router.add(Method::get, "/hello",
               [](const Request&) -> awaitable<Response> { co_return text_response(200, "hi"); });
  }
  ~StreamingTest() override { shut_down(); }

  awaitable<Response> count(const Request& request, BodyReader& body) {
    length = body.length();
    std::vector<std::uint8_t> piece(4096);
    std::uint64_t total = 0;
    while (true) {
      while (paused) {
        asio::steady_timer pause(io, std::chrono::milliseconds(1));
        co_await pause.async_wait(asio::use_awaitable);
      }
      const auto got = co_await body.read(piece);
      if (!got) {
        failure = got.error();
        co_return problem_response(got.error());
      }
      if (*got == 0) break;
      total += *got;
      received = total;
    }
    const auto again = co_await body.read(piece);
    EXPECT_TRUE(again && *again == 0);
    co_return text_response(200, std::string(request.param("name")) + " " + std::to_string(total));
  }

  std::optional<std::uint64_t> length;
  std::optional<Error> failure;
  std::uint64_t received = 0;
  bool paused = false;
  std::uint64_t given = 0;
  std::uint64_t fails_at = UINT64_MAX;
  std::function<void()> break_off;
};

TEST_F(StreamingTest, BodyLargerThanTheLimitOfOthersIsTaken) {
  config.max_body = 1000;
  start();
  const auto response = fetch(bhttp::verb::post, "/count/x", {}, std::string(3'000'000, 'x'));
  EXPECT_EQ(response.body(), "x 3000000");
  EXPECT_EQ(length, 3'000'000U);
}

TEST_F(StreamingTest, ChunkedBodyIsTakenAndEmptyOneEnds) {
  start();
  const auto chunked =
      fetch_raw("POST /count/c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n" +
                std::string("3\r\nfgh\r\n0\r\n\r\n"));
  EXPECT_EQ(chunked.body(), "c 8");
  EXPECT_EQ(length, std::nullopt);
  EXPECT_EQ(fetch(bhttp::verb::post, "/count/e").body(), "e 0");
  EXPECT_EQ(length, 0U);
}

TEST_F(StreamingTest, BrokenChunkIsMalformed) {
  start();
  const auto response =
      fetch_raw("POST /count/c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabcde\r\n");
  EXPECT_EQ(response.result_int(), 400U);
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->code, "malformed");
}

TEST_F(StreamingTest, ConnectionServesTheNextRequestAfterABodyThatWasReadOrIsShort) {
  start();
  run([](StreamingTest& self) -> asio::awaitable<void> {
    beast::tcp_stream stream = co_await self.connect();
    ClientResponse response;
    auto whole = make_request(bhttp::verb::post, "/count/x", {}, std::string(300'000, 'x'));
    co_await exchange(stream, whole, response);
    EXPECT_TRUE(response.keep_alive());
    auto refused = make_request(bhttp::verb::post, "/refuse", {}, std::string(10'000, 'x'));
    co_await exchange(stream, refused, response);
    EXPECT_EQ(response.result_int(), 403U);
    EXPECT_TRUE(response.keep_alive());
    auto next = make_request(bhttp::verb::get, "/hello");
    co_await exchange(stream, next, response);
    EXPECT_EQ(response.body(), "hi");
  }(*this));
  EXPECT_EQ(server->stats().connections_accepted, 1U);
}

TEST_F(StreamingTest, EarlyAnswerReachesAClientThatStillSends) {
  start();
  const auto response = fetch(bhttp::verb::post, "/refuse", {}, std::string(8'000'000, 'x'));
  EXPECT_EQ(response.result_int(), 403U);
  EXPECT_FALSE(response.keep_alive());
}

TEST_F(StreamingTest, ContinueIsSentOnlyWhenTheBodyIsWanted) {
  start();
  run([](StreamingTest& self) -> asio::awaitable<void> {
    const std::string tail = " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
    beast::tcp_stream wanted = co_await self.connect();
    co_await asio::async_write(wanted, asio::buffer("POST /count/x" + tail), asio::use_awaitable);
    std::array<char, 64> text{};
    const std::size_t n = co_await wanted.async_read_some(asio::buffer(text), asio::use_awaitable);
    EXPECT_EQ(std::string_view(text.data(), n), "HTTP/1.1 100 Continue\r\n\r\n");
    co_await asio::async_write(wanted, asio::buffer("ok", 2), asio::use_awaitable);
    ClientResponse response;
    co_await read_response(wanted, false, response);
    EXPECT_EQ(response.body(), "x 2");

    beast::tcp_stream unwanted = co_await self.connect();
    co_await asio::async_write(unwanted, asio::buffer("POST /refuse" + tail), asio::use_awaitable);
    co_await read_response(unwanted, false, response);
    EXPECT_EQ(response.result_int(), 403U);
    EXPECT_FALSE(response.keep_alive());
  }(*this));
}

TEST_F(StreamingTest, HandlerThatDoesNotReadHoldsTheClientBack) {
  paused = true;
  start();
  run([](StreamingTest& self) -> asio::awaitable<void> {
    beast::tcp_stream stream = co_await self.connect();
    const std::string head = "POST /count/x HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n";
    co_await asio::async_write(stream, asio::buffer(head), asio::use_awaitable);
    const std::string piece(100'000, 'x');
    std::uint64_t sent = 0;
    error_code ec;
    while (!ec) {
      stream.expires_after(std::chrono::milliseconds(200));
      sent += co_await asio::async_write(stream, asio::buffer(piece), asio::redirect_error(asio::use_awaitable, ec));
    }
    // What the kernel's two socket buffers take, and no more.
    EXPECT_LT(sent, 20'000'000U);
    EXPECT_EQ(self.received, 0U);
  }(*this));
  paused = false;
  run_until([this] { return failure.has_value(); });
  EXPECT_EQ(failure->code, "canceled");
}

TEST_F(StreamingTest, ClientThatGoesAwayOrPausesEndsTheBody) {
  config.body_pause = 50ms;
  start();
  for (const bool leaves : {true, false}) {
    failure.reset();
    run([](StreamingTest& self, bool leave) -> asio::awaitable<void> {
      beast::tcp_stream stream = co_await self.connect();
      const std::string head = "POST /count/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc";
      co_await asio::async_write(stream, asio::buffer(head), asio::use_awaitable);
      if (leave) co_return;
      error_code ec;
      std::array<char, 8> text{};
      co_await stream.async_read_some(asio::buffer(text), asio::redirect_error(asio::use_awaitable, ec));
      EXPECT_EQ(ec, asio::error::eof);
    }(*this, leaves));
    run_until([this] { return failure.has_value(); });
    EXPECT_EQ(failure->code, "canceled");
    EXPECT_EQ(received, 3U);
  }
}

TEST_F(StreamingTest, DripOfBytesRunsOutOfPatience) {
  config.body_timeout = 10s;
  config.min_body_rate = 100;
  start();
  run([](StreamingTest& self) -> asio::awaitable<void> {
    beast::tcp_stream stream = co_await self.connect();
    const std::string head = "POST /count/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n";
    co_await asio::async_write(stream, asio::buffer(head), asio::use_awaitable);
    for (int i = 0; i < 20 && !self.failure; ++i) {
      self.now += 1s;
      error_code ec;
      co_await asio::async_write(stream, asio::buffer("x", 1), asio::redirect_error(asio::use_awaitable, ec));
      asio::steady_timer pause(self.io, std::chrono::milliseconds(5));
      co_await pause.async_wait(asio::use_awaitable);
    }
  }(*this));
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->code, "canceled");
  EXPECT_GE(received, 8U);
  EXPECT_LE(received, 12U);
}

TEST_F(StreamingTest, SourceIsSentWholeAndInOrder) {
  start();
  const auto response = fetch(bhttp::verb::get, "/source?length=1000003");
  ASSERT_EQ(response.body().size(), 1'000'003U);
  EXPECT_EQ(header_of(response, "Content-Length"), "1000003");
  for (std::size_t i = 0; i < response.body().size(); ++i) {
    ASSERT_EQ(static_cast<std::uint8_t>(response.body()[i]), i % 251) << i;
  }
  EXPECT_EQ(fetch(bhttp::verb::get, "/source?length=0").body(), "");
}

TEST_F(StreamingTest, HeadOfASourceReadsNothing) {
  start();
  const auto response = fetch(bhttp::verb::head, "/source?length=5000");
  EXPECT_EQ(header_of(response, "Content-Length"), "5000");
  EXPECT_EQ(given, 0U);
}

TEST_F(StreamingTest, SourceThatFailsBreaksTheConnection) {
  fails_at = 300'000;
  start();
  EXPECT_THROW(fetch(bhttp::verb::get, "/source?length=5000000"), boost::system::system_error);
}

TEST_F(StreamingTest, SlowReaderHoldsTheSourceBackAndBreakOffEndsItAtOnce) {
  start();
  run([](StreamingTest& self) -> asio::awaitable<void> {
    beast::tcp_stream stream = co_await self.connect();
    const std::string head = "GET /source?length=100000000 HTTP/1.1\r\nHost: x\r\n\r\n";
    co_await asio::async_write(stream, asio::buffer(head), asio::use_awaitable);
    // Until the sockets' buffers are full and nothing more is asked of the source.
    std::uint64_t held = 0;
    asio::steady_timer turn(self.io);
    do {
      held = self.given;
      turn.expires_after(std::chrono::milliseconds(200));
      co_await turn.async_wait(asio::use_awaitable);
    } while (self.given == 0 || self.given != held);
    EXPECT_LT(held, 20'000'000U);
    self.break_off();
    ClientResponse response;
    error_code ec;
    beast::flat_buffer buffer;
    bhttp::response_parser<bhttp::string_body> parser;
    parser.body_limit(boost::none);
    co_await bhttp::async_read(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, ec));
    EXPECT_TRUE(ec);
    EXPECT_EQ(self.given, held);
  }(*this));
  break_off();  // long over: nothing happens
}

TEST_F(StreamingTest, BreakOffAfterTheEndLeavesTheConnectionAlone) {
  start();
  run([](StreamingTest& self) -> asio::awaitable<void> {
    beast::tcp_stream stream = co_await self.connect();
    ClientResponse response;
    auto first = make_request(bhttp::verb::get, "/source?length=1000");
    co_await exchange(stream, first, response);
    self.break_off();
    auto second = make_request(bhttp::verb::get, "/hello");
    co_await exchange(stream, second, response);
    EXPECT_EQ(response.body(), "hi");
  }(*this));
}

}  // namespace
}  // namespace parley::http

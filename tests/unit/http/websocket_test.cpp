#include "http/websocket.h"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>

#include "unit/http/http_harness.h"

namespace parley::http {
namespace {

using namespace parley::http::testing;

struct Recorder final : WebSocketHandler {
  void on_open(std::shared_ptr<WebSocketSession> s) override { socket = std::move(s); }
  void on_message(std::string_view payload, bool text) override {
    messages.emplace_back(payload, text);
    if (echo) text ? socket->send_text(std::string(payload)) : socket->send_binary(std::string(payload));
  }
  void on_closed(std::uint16_t code, std::string_view reason) override {
    closed_with = code;
    close_reason = reason;
    socket.reset();
  }

  std::shared_ptr<WebSocketSession> socket;
  std::vector<std::pair<std::string, bool>> messages;
  std::uint16_t closed_with = 0;
  std::string close_reason;
  bool echo = true;
};

class WebSocketTest : public HttpHarness {
 public:
  WebSocketTest() {
    router.add_websocket("/ws", [this](const Request& request) -> awaitable<UpgradeDecision> {
      if (request.query.get("token") != "good") co_return text_response(401, "no");
      co_return handler;
    });
  }
  std::shared_ptr<Recorder> handler = std::make_shared<Recorder>();
};

TEST_F(WebSocketTest, MessagesGoBothWaysInOrder) {
  start();
  run([](WebSocketTest& self) -> asio::awaitable<void> {
    ClientSocket socket = co_await self.open_socket("/ws?token=good");
    const std::string large(1'500'000, 'L');
    socket.binary(true);
    co_await socket.async_write(asio::buffer(large), asio::use_awaitable);
    socket.text(true);
    co_await socket.async_write(asio::buffer(std::string_view("hi")), asio::use_awaitable);
    beast::flat_buffer buffer;
    co_await socket.async_read(buffer, asio::use_awaitable);
    EXPECT_TRUE(socket.got_binary());
    EXPECT_EQ(beast::buffers_to_string(buffer.data()), large);
    buffer.clear();
    co_await socket.async_read(buffer, asio::use_awaitable);
    EXPECT_TRUE(socket.got_text());
    EXPECT_EQ(beast::buffers_to_string(buffer.data()), "hi");
    co_await socket.async_close({beast::websocket::close_code::normal, "bye"}, asio::use_awaitable);
  }(*this));
  run_until([&] { return handler->closed_with != 0; });
  EXPECT_EQ(handler->closed_with, close_code::kNormal);
  EXPECT_EQ(handler->close_reason, "bye");
  EXPECT_EQ(server->stats().websocket_messages_in, 2U);
  EXPECT_EQ(server->stats().websocket_messages_out, 2U);
  EXPECT_EQ(server->stats().websockets_open, 0U);
  run_until([&] { return server->stats().connections_open == 0; });
}

TEST_F(WebSocketTest, RefusedUpgradeIsAnOrdinaryAnswer) {
  start();
  const auto response = fetch(bhttp::verb::get, "/ws?token=bad",
                              {{"Connection", "Upgrade"},
                               {"Upgrade", "websocket"},
                               {"Sec-WebSocket-Version", "13"},
                               {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}});
  EXPECT_EQ(response.result_int(), 401U);
  EXPECT_EQ(response.body(), "no");
  EXPECT_EQ(header_of(response, "Access-Control-Allow-Origin"), "*");
}

TEST_F(WebSocketTest, PlainRequestAndUnknownSocketPathsAreNotFound) {
  start();
  EXPECT_EQ(fetch(bhttp::verb::get, "/ws?token=good").result_int(), 404U);
  EXPECT_EQ(fetch(bhttp::verb::get, "/elsewhere",
                  {{"Connection", "Upgrade"},
                   {"Upgrade", "websocket"},
                   {"Sec-WebSocket-Version", "13"},
                   {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}})
                .result_int(),
            404U);
}

TEST_F(WebSocketTest, CloseSendsWhatIsQueuedFirst) {
  handler->echo = false;
  start();
  run([](WebSocketTest& self) -> asio::awaitable<void> {
    ClientSocket socket = co_await self.open_socket("/ws?token=good");
    for (int i = 0; i < 3; ++i) self.handler->socket->send_text("m" + std::to_string(i));
    self.handler->socket->close(close_code::kPolicy, std::string(200, 'r'));
    self.handler->socket->send_text("after the close");
    beast::flat_buffer buffer;
    for (int i = 0; i < 3; ++i) {
      buffer.clear();
      co_await socket.async_read(buffer, asio::use_awaitable);
      EXPECT_EQ(beast::buffers_to_string(buffer.data()), "m" + std::to_string(i));
    }
    boost::system::error_code ec;
    buffer.clear();
    co_await socket.async_read(buffer, asio::redirect_error(asio::use_awaitable, ec));
    EXPECT_EQ(ec, beast::websocket::error::closed);
    EXPECT_EQ(socket.reason().code, close_code::kPolicy);
    EXPECT_EQ(socket.reason().reason.size(), 123U);
  }(*this));
  run_until([&] { return handler->closed_with != 0; });
  EXPECT_EQ(handler->closed_with, close_code::kPolicy);
}

TEST_F(WebSocketTest, OversizeMessageClosesTheSocket) {
  config.websocket.max_message = 1000;
  start();
  run([](WebSocketTest& self) -> asio::awaitable<void> {
    ClientSocket socket = co_await self.open_socket("/ws?token=good");
    co_await socket.async_write(asio::buffer(std::string(1001, 'x')), asio::use_awaitable);
    beast::flat_buffer buffer;
    boost::system::error_code ec;
    co_await socket.async_read(buffer, asio::redirect_error(asio::use_awaitable, ec));
    EXPECT_EQ(ec, beast::websocket::error::closed);
    EXPECT_EQ(socket.reason().code, close_code::kTooBig);
  }(*this));
  run_until([&] { return handler->closed_with != 0; });
  EXPECT_EQ(handler->closed_with, close_code::kTooBig);
  EXPECT_TRUE(handler->messages.empty());
}

TEST_F(WebSocketTest, ClientThatDoesNotReadIsClosed) {
  config.websocket.max_queued = 1U << 20U;
  handler->echo = false;
  start();
  std::optional<ClientSocket> socket;
  run([](WebSocketTest& self, std::optional<ClientSocket>& out) -> asio::awaitable<void> {
    out.emplace(co_await self.open_socket("/ws?token=good"));
  }(*this, socket));
  run_until([&] { return handler->socket != nullptr; });
  // Far more than the kernel's buffers take; nobody reads.
  const auto payload = std::make_shared<const std::string>(100'000, 'p');
  for (int i = 0; i < 400 && server->stats().websockets_too_slow == 0; ++i) {
    handler->socket->send(payload, false);
    EXPECT_LE(handler->socket->queued_bytes(), config.websocket.max_queued);
    io.poll();
  }
  EXPECT_EQ(server->stats().websockets_too_slow, 1U);
  run_until([&] { return handler->closed_with != 0; });
  EXPECT_EQ(handler->closed_with, close_code::kTryAgainLater);
}

TEST_F(WebSocketTest, BrokenConnectionIsReported) {
  start();
  run([](WebSocketTest& self) -> asio::awaitable<void> {
    ClientSocket socket = co_await self.open_socket("/ws?token=good");
    beast::get_lowest_layer(socket).close();
  }(*this));
  run_until([&] { return handler->closed_with != 0; });
  EXPECT_EQ(handler->closed_with, close_code::kAbnormal);
}

TEST_F(WebSocketTest, SilentClientIsPingedAndStays) {
  config.websocket.ping_interval = 20ms;
  start();
  std::optional<ClientSocket> socket;
  int pings = 0;
  run([](WebSocketTest& self, std::optional<ClientSocket>& out) -> asio::awaitable<void> {
    out.emplace(co_await self.open_socket("/ws?token=good"));
  }(*this, socket));
  socket->control_callback([&pings](beast::websocket::frame_type kind, beast::string_view) {
    if (kind == beast::websocket::frame_type::ping) ++pings;
  });
  // Whoever reads answers pings by itself.
  beast::flat_buffer buffer;
  socket->async_read(buffer, [](boost::system::error_code, std::size_t) {});
  run_until([&] { return pings >= 4; });
  EXPECT_EQ(handler->closed_with, 0);
  socket.reset();
  run_until([&] { return handler->closed_with != 0; });
}

TEST_F(WebSocketTest, ClientThatAnswersNoPingIsDropped) {
  config.websocket.ping_interval = 20ms;
  start();
  std::optional<ClientSocket> socket;
  run([](WebSocketTest& self, std::optional<ClientSocket>& out) -> asio::awaitable<void> {
    out.emplace(co_await self.open_socket("/ws?token=good"));
  }(*this, socket));
  run_until([&] { return handler->closed_with != 0; });
  EXPECT_EQ(handler->closed_with, close_code::kAbnormal);
}

TEST_F(WebSocketTest, UpgradeThatIsNoneIsRefused) {
  start();
  const std::pair<const char*, const char*> rows[] = {{"12", "dGhlIHNhbXBsZSBub25jZQ=="}, {"13", "short"}};
  for (const auto& [version, key] : rows) {
    const auto response = fetch(bhttp::verb::get, "/ws?token=good",
                                {{"Connection", "Upgrade"},
                                 {"Upgrade", "websocket"},
                                 {"Sec-WebSocket-Version", version},
                                 {"Sec-WebSocket-Key", key}});
    EXPECT_EQ(response.result_int(), 426U);
    EXPECT_EQ(header_of(response, "Sec-WebSocket-Version"), "13");
  }
  EXPECT_EQ(handler->socket, nullptr);
}

TEST_F(WebSocketTest, PingIsAnsweredWithItsPayload) {
  start();
  run([](WebSocketTest& self) -> asio::awaitable<void> {
    ClientSocket socket = co_await self.open_socket("/ws?token=good");
    std::string pong;
    socket.control_callback([&pong](beast::websocket::frame_type kind, beast::string_view payload) {
      if (kind == beast::websocket::frame_type::pong) pong = std::string(payload.data(), payload.size());
    });
    co_await socket.async_ping("are you there", asio::use_awaitable);
    socket.text(true);
    co_await socket.async_write(asio::buffer(std::string_view("hi")), asio::use_awaitable);
    beast::flat_buffer buffer;
    co_await socket.async_read(buffer, asio::use_awaitable);
    EXPECT_EQ(pong, "are you there");
  }(*this));
}

TEST_F(WebSocketTest, FrameRightBehindTheRequestIsHeard) {
  start();
  run([](WebSocketTest& self) -> asio::awaitable<void> {
    beast::tcp_stream stream = co_await self.connect();
    const std::string bytes =
        "GET /ws?token=good HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        "\x81\x82"
        "mask"
        "\x05\x08";
    co_await asio::async_write(stream, asio::buffer(bytes), asio::use_awaitable);
    std::string got;
    while (got.find("\x81\x02hi") == std::string::npos) {
      std::array<char, 512> piece{};
      const std::size_t size = co_await stream.async_read_some(asio::buffer(piece), asio::use_awaitable);
      got.append(piece.data(), size);
    }
    EXPECT_NE(got.find("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), std::string::npos);
    EXPECT_TRUE(got.ends_with("\r\n\r\n\x81\x02hi"));
  }(*this));
}

TEST_F(WebSocketTest, BrokenFramesCloseWithTheCodeThatSaysSo) {
  start();
  run([](WebSocketTest& self) -> asio::awaitable<void> {
    ClientSocket socket = co_await self.open_socket("/ws?token=good");
    // Not masked.
    co_await asio::async_write(beast::get_lowest_layer(socket), asio::buffer("\x81\x02hi", 4), asio::use_awaitable);
    beast::flat_buffer buffer;
    boost::system::error_code ec;
    co_await socket.async_read(buffer, asio::redirect_error(asio::use_awaitable, ec));
    EXPECT_EQ(socket.reason().code, 1002);
  }(*this));
  run_until([&] { return handler->closed_with != 0; });
  EXPECT_EQ(handler->closed_with, 1002);
  EXPECT_TRUE(handler->messages.empty());
}

TEST_F(WebSocketTest, LargeBurstsArriveWholeAndInOrder) {
  handler->echo = false;
  start();
  run([](WebSocketTest& self) -> asio::awaitable<void> {
    ClientSocket socket = co_await self.open_socket("/ws?token=good");
    // More than the kernel takes at once, in frames of every kind of length.
    std::vector<std::string> sent;
    for (std::size_t i = 0; i < 400; ++i) sent.push_back(std::to_string(i) + std::string(i * 37 % 30'000, 'x'));
    for (const std::string& each : sent) self.handler->socket->send_binary(each);
    for (const std::string& each : sent) {
      beast::flat_buffer buffer;
      co_await socket.async_read(buffer, asio::use_awaitable);
      if (beast::buffers_to_string(buffer.data()) != each) ADD_FAILURE() << each.substr(0, 5);
    }
    EXPECT_EQ(self.handler->socket->queued_bytes(), 0U);
  }(*this));
}

// A server that counts as busy from its first message on, and whose sockets wait longer than any test.
class BusyWebSocketTest : public WebSocketTest {
 public:
  BusyWebSocketTest() {
    handler->echo = false;
    config.websocket.busy_rate = 0;
    config.websocket.write_hold = std::chrono::hours(1);
  }
  // What was said in this turn has been written, or waits.
  asio::awaitable<void> end_turn() {
    for (int i = 0; i < 3; ++i) co_await asio::post(io, asio::use_awaitable);
  }
  static asio::awaitable<std::string> read(ClientSocket& socket) {
    beast::flat_buffer buffer;
    co_await socket.async_read(buffer, asio::use_awaitable);
    co_return beast::buffers_to_string(buffer.data());
  }
};

TEST_F(BusyWebSocketTest, MessagesThatWaitLeaveInOrderWhenTheTimeIsOver) {
  config.websocket.write_hold = std::chrono::milliseconds(1);
  start();
  run([](BusyWebSocketTest& self) -> asio::awaitable<void> {
    ClientSocket socket = co_await self.open_socket("/ws?token=good");
    for (int i = 0; i < 100; ++i) {
      self.now += 100us;
      self.handler->socket->send_text(std::to_string(i));
      if (i % 2 == 0) co_await self.end_turn();
    }
    for (int i = 0; i < 100; ++i) EXPECT_EQ(co_await read(socket), std::to_string(i));
    EXPECT_EQ(self.handler->socket->queued_bytes(), 0U);
  }(*this));
}

TEST_F(BusyWebSocketTest, WhatCannotWaitTakesAlongWhatDoes) {
  start();
  run([](BusyWebSocketTest& self) -> asio::awaitable<void> {
    ClientSocket socket = co_await self.open_socket("/ws?token=good");
    self.handler->socket->send_text("one");
    co_await self.end_turn();
    EXPECT_EQ(self.handler->socket->queued_bytes(), 3U);
    co_await socket.async_ping("are you there", asio::use_awaitable);
    EXPECT_EQ(co_await read(socket), "one");
    self.handler->socket->send_text("two");
    co_await self.end_turn();
    EXPECT_EQ(self.handler->socket->queued_bytes(), 3U);
    self.handler->socket->close(close_code::kNormal, "done");
    EXPECT_EQ(co_await read(socket), "two");
    beast::flat_buffer buffer;
    boost::system::error_code ec;
    co_await socket.async_read(buffer, asio::redirect_error(asio::use_awaitable, ec));
    EXPECT_EQ(socket.reason().code, close_code::kNormal);
  }(*this));
}

TEST_F(BusyWebSocketTest, QueueThatIsFullDoesNotWait) {
  config.websocket.max_messages = 4;
  start();
  run([](BusyWebSocketTest& self) -> asio::awaitable<void> {
    ClientSocket socket = co_await self.open_socket("/ws?token=good");
    for (int i = 0; i < 10; ++i) {
      self.handler->socket->send_text(std::to_string(i));
      co_await self.end_turn();
    }
    for (int i = 0; i < 8; ++i) EXPECT_EQ(co_await read(socket), std::to_string(i));
    EXPECT_EQ(self.handler->socket->queued_bytes(), 2U);
    EXPECT_EQ(self.server->stats().websockets_too_slow, 0U);
  }(*this));
}

TEST_F(BusyWebSocketTest, SocketThatWaitsMayBreak) {
  start();
  run([](BusyWebSocketTest& self) -> asio::awaitable<void> {
    ClientSocket socket = co_await self.open_socket("/ws?token=good");
    self.handler->socket->send_text("one");
    co_await self.end_turn();
    beast::get_lowest_layer(socket).close();
  }(*this));
  run_until([&] { return handler->closed_with != 0; });
  EXPECT_EQ(handler->closed_with, close_code::kAbnormal);
}

TEST_F(WebSocketTest, QuietServerWritesAtOnce) {
  handler->echo = false;
  config.websocket.write_hold = std::chrono::hours(1);
  start();
  run([](WebSocketTest& self) -> asio::awaitable<void> {
    ClientSocket socket = co_await self.open_socket("/ws?token=good");
    beast::flat_buffer buffer;
    for (int i = 0; i < 100; ++i) {
      self.now += 1ms;
      self.handler->socket->send_text("now");
      buffer.clear();
      co_await socket.async_read(buffer, asio::use_awaitable);
      EXPECT_EQ(beast::buffers_to_string(buffer.data()), "now");
    }
  }(*this));
}

TEST_F(WebSocketTest, StopSaysGoodbye) {
  start();
  std::uint16_t code = 0;
  bool done = false;
  asio::co_spawn(
      io,
      [](WebSocketTest& self, std::uint16_t& out) -> asio::awaitable<void> {
        ClientSocket socket = co_await self.open_socket("/ws?token=good");
        beast::flat_buffer buffer;
        boost::system::error_code ec;
        co_await socket.async_read(buffer, asio::redirect_error(asio::use_awaitable, ec));
        out = socket.reason().code;
      }(*this, code),
      [&](const std::exception_ptr&) { done = true; });
  run_until([&] { return handler->socket != nullptr; });
  server->stop(5s);
  run_until([&] { return done && server->stats().connections_open == 0; });
  EXPECT_EQ(code, close_code::kGoingAway);
  EXPECT_EQ(handler->closed_with, close_code::kGoingAway);
}

}  // namespace
}  // namespace parley::http

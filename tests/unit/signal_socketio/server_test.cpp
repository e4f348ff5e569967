// Both servers on a real HTTP server over loopback.
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "signal/socketio/json_server.h"
#include "signal/socketio/socketio_server.h"
#include "unit/http/http_harness.h"

namespace parley::signal::socketio {
namespace {

using namespace parley::http::testing;
namespace json = boost::json;

struct EchoClient final : ClientHandler {
  EchoClient(std::shared_ptr<Channel> c, std::vector<std::string>& l) : channel(std::move(c)), log(l) {}
  void on_open() override { log.emplace_back("open"); }
  void on_event(IncomingEvent event) override {
    if (event.name == "leave") {
      channel->disconnect();
    } else if (event.name == "ask") {
      json::object answer{{"ok", true}};
      answer["data"] = event.args.empty() ? json::value() : event.args.front();
      channel->acknowledge(event.ack, {answer});
    } else {
      channel->emit(event.name, event.args, event.attachments);
    }
  }
  void on_closed(std::string_view reason) override {
    log.push_back("closed: " + std::string(reason));
    channel.reset();
  }
  std::shared_ptr<Channel> channel;
  std::vector<std::string>& log;
};

class SocketServers : public HttpHarness {
 public:
  SocketServers() {
    const Connector connector = [this](ConnectRequest request, std::shared_ptr<Channel> channel) {
      return decide(*this, std::move(request), std::move(channel));
    };
    SocketIoServerConfig socket_config;
    socket_config.engine.clock = [this] { return now; };
    sockets.emplace(io.get_executor(), socket_config, random);
    sockets->add_namespace("/", connector);
    sockets->mount(router, "/socket.io");
    frames.emplace(io.get_executor(), JsonServerConfig{}, random, connector);
    frames->mount(router, "/ws");
  }
  ~SocketServers() override {
    sockets.reset();
    shut_down();
  }

  static asio::awaitable<Result<std::shared_ptr<ClientHandler>, Error>> decide(SocketServers& self,
                                                                               ConnectRequest request,
                                                                               std::shared_ptr<Channel> channel) {
    const json::value* token = request.auth.if_contains("token");
    if (token == nullptr || *token != "good") co_return Error{"unauthenticated", "who are you?", "token"};
    std::shared_ptr<ClientHandler> handler = std::make_shared<EchoClient>(std::move(channel), self.log);
    co_return handler;
  }

  std::string open_polling() {
    const auto response = fetch(bhttp::verb::get, "/socket.io/?EIO=4&transport=polling");
    EXPECT_EQ(response.result_int(), 200U);
    return std::string(json::parse(response.body().substr(1)).at("sid").as_string());
  }
  static asio::awaitable<std::string> next(ClientSocket& socket) {
    beast::flat_buffer buffer;
    co_await socket.async_read(buffer, asio::use_awaitable);
    co_return beast::buffers_to_string(buffer.data());
  }
  static asio::awaitable<void> say(ClientSocket& socket, std::string text) {
    socket.text(true);
    co_await socket.async_write(asio::buffer(text), asio::use_awaitable);
  }

  SeededRandom random{3};
  std::vector<std::string> log;
  std::optional<SocketIoServer> sockets;
  std::optional<JsonServer> frames;
};

TEST_F(SocketServers, WrongHandshakesAreRefused) {
  start();
  const std::pair<const char*, const char*> rows[] = {
      {"/socket.io/?transport=polling", R"({"code":5,"message":"Unsupported protocol version"})"},
      {"/socket.io/?EIO=3&transport=polling", R"({"code":5,"message":"Unsupported protocol version"})"},
      {"/socket.io/?EIO=4", R"({"code":0,"message":"Transport unknown"})"},
      {"/socket.io/?EIO=4&transport=abc", R"({"code":0,"message":"Transport unknown"})"},
      {"/socket.io/?EIO=4&transport=websocket", R"({"code":3,"message":"Bad request"})"},
      {"/socket.io/?EIO=4&transport=polling&sid=none", R"({"code":1,"message":"Session ID unknown"})"},
  };
  for (const auto& [target, body] : rows) {
    const auto response = fetch(bhttp::verb::get, target);
    EXPECT_EQ(response.result_int(), 400U) << target;
    EXPECT_EQ(response.body(), body) << target;
    EXPECT_EQ(header_of(response, "Access-Control-Allow-Origin"), "*");
  }
  EXPECT_EQ(fetch(bhttp::verb::post, "/socket.io/?EIO=4&transport=polling").result_int(), 400U);
  EXPECT_EQ(fetch(bhttp::verb::put, "/socket.io/?EIO=4&transport=polling").result_int(), 400U);
  EXPECT_EQ(sockets->stats().sessions_open, 0U);
}

TEST_F(SocketServers, SessionsOverTheLimitAreRefused) {
  SocketIoServerConfig small;
  small.engine.clock = [this] { return now; };
  small.engine.max_sessions = 1;
  SocketIoServer other(io.get_executor(), small, random);
  other.mount(router, "/small");
  start();
  EXPECT_EQ(fetch(bhttp::verb::get, "/small/?EIO=4&transport=polling").result_int(), 200U);
  EXPECT_EQ(fetch(bhttp::verb::get, "/small/?EIO=4&transport=polling").result_int(), 503U);
  EXPECT_EQ(other.stats().sessions_refused, 1U);
}

TEST_F(SocketServers, PollingConnectsAndExchangesEvents) {
  start();
  const std::string target = "/socket.io/?EIO=4&transport=polling&sid=" + open_polling();
  const auto posted = fetch(bhttp::verb::post, target, {}, "40{\"token\":\"good\"}");
  EXPECT_EQ(posted.body(), "ok");
  run_until([&] { return !log.empty(); });
  EXPECT_TRUE(fetch(bhttp::verb::get, target).body().starts_with("40{\"sid\":"));
  fetch(bhttp::verb::post, target, {},
        "42[\"hi\",1]\x1e"
        "427[\"ask\",2]");
  EXPECT_EQ(fetch(bhttp::verb::get, target).body(),
            "42[\"hi\",1]\x1e"
            "437[{\"ok\":true,\"data\":2}]");
  fetch(bhttp::verb::post, target, {}, "42[\"leave\"]");
  EXPECT_EQ(fetch(bhttp::verb::get, target).body(),
            "41\x1e"
            "1");
  EXPECT_EQ(log.back(), "closed: server namespace disconnect");
  EXPECT_EQ(fetch(bhttp::verb::get, target).result_int(), 400U);
  EXPECT_EQ(sockets->stats().sessions_open, 0U);
}

TEST_F(SocketServers, RefusedConnectTellsCodeAndMessage) {
  start();
  const std::string target = "/socket.io/?EIO=4&transport=polling&sid=" + open_polling();
  fetch(bhttp::verb::post, target, {}, "40{\"token\":\"bad\"}");
  EXPECT_EQ(
      fetch(bhttp::verb::get, target).body(),
      R"(44{"message":"who are you?","data":{"code":"unauthenticated","message":"who are you?","field":"token"}})");
}

TEST_F(SocketServers, UpgradeKeepsTheConnection) {
  start();
  const std::string sid = open_polling();
  const std::string target = "/socket.io/?EIO=4&transport=polling&sid=" + sid;
  fetch(bhttp::verb::post, target, {}, "40{\"token\":\"good\"}");
  run_until([&] { return !log.empty(); });
  run([](SocketServers& self, const std::string& id) -> asio::awaitable<void> {
    ClientSocket socket = co_await self.open_socket("/socket.io/?EIO=4&transport=websocket&sid=" + id);
    co_await say(socket, "2probe");
    EXPECT_EQ(co_await next(socket), "3probe");
    co_await say(socket, "5");
    const std::string connected = co_await next(socket);
    EXPECT_TRUE(connected.starts_with("40{\"sid\":")) << connected;
    co_await say(socket, "42[\"over the socket\"]");
    EXPECT_EQ(co_await next(socket), "42[\"over the socket\"]");
  }(*this, sid));
  EXPECT_EQ(sockets->stats().upgrades, 1U);
  run_until([&] { return sockets->stats().sessions_open == 0; });
  EXPECT_EQ(log.back(), "closed: transport close");
}

TEST_F(SocketServers, CloseAllLetsClientsComeBack) {
  start();
  run([](SocketServers& self) -> asio::awaitable<void> {
    ClientSocket socket = co_await self.open_socket("/socket.io/?EIO=4&transport=websocket");
    co_await next(socket);
    co_await say(socket, "40{\"token\":\"good\"}");
    co_await next(socket);
    self.sockets->close_all("restart");
    beast::flat_buffer buffer;
    boost::system::error_code ec;
    co_await socket.async_read(buffer, asio::redirect_error(asio::use_awaitable, ec));
    // No "41": the client must not take it for the server's will.
    EXPECT_EQ(ec, beast::websocket::error::closed);
  }(*this));
}

// ---- JSON frames ----

TEST_F(SocketServers, JsonClientWithTokenInItsQueryIsConnectedAtOnce) {
  start();
  run([](SocketServers& self) -> asio::awaitable<void> {
    ClientSocket socket = co_await self.open_socket("/ws?access_token=good");
    const json::value connected = json::parse(co_await next(socket));
    EXPECT_EQ(connected.at("event"), "connected");
    EXPECT_TRUE(connected.at("data").at("sid").is_string());
    co_await say(socket, R"({"event":"ask","data":{"a":1},"id":7})");
    EXPECT_EQ(co_await next(socket), R"({"id":7,"ok":true,"data":{"a":1}})");
    co_await say(socket, R"({"event":"ask","id":"x\"y"})");
    EXPECT_EQ(co_await next(socket), R"({"id":"x\"y","ok":true,"data":null})");
    co_await say(socket, R"({"event":"hi","data":{"b":2}})");
    EXPECT_EQ(co_await next(socket), R"({"event":"hi","data":{"b":2}})");
  }(*this));
  run_until([&] { return frames->stats().sessions_open == 0; });
}

TEST_F(SocketServers, JsonClientMayAuthenticateInItsFirstFrame) {
  start();
  run([](SocketServers& self) -> asio::awaitable<void> {
    ClientSocket socket = co_await self.open_socket("/ws");
    co_await say(socket, R"({"event":"auth","data":{"token":"good"},"id":1})");
    const json::value answer = json::parse(co_await next(socket));
    EXPECT_EQ(answer.at("id"), 1);
    EXPECT_EQ(answer.at("ok"), true);
    EXPECT_EQ(json::parse(co_await next(socket)).at("event"), "connected");
  }(*this));
}

TEST_F(SocketServers, JsonClientWithAWrongTokenIsToldAndClosed) {
  start();
  run([](SocketServers& self) -> asio::awaitable<void> {
    ClientSocket socket = co_await self.open_socket("/ws?access_token=bad");
    const json::value refusal = json::parse(co_await next(socket));
    EXPECT_EQ(refusal.at("event"), "connect-error");
    EXPECT_EQ(refusal.at("data").at("code"), "unauthenticated");
    beast::flat_buffer buffer;
    boost::system::error_code ec;
    co_await socket.async_read(buffer, asio::redirect_error(asio::use_awaitable, ec));
    EXPECT_EQ(ec, beast::websocket::error::closed);
    EXPECT_EQ(socket.reason().code, http::close_code::kPolicy);
  }(*this));
}

TEST_F(SocketServers, JsonFramesThatAreNoneCloseTheSocket) {
  start();
  for (const char* frame : {"hello", "[]", "{}", R"({"event":1})", R"({"event":"a","id":{}})"}) {
    run([](SocketServers& self, const char* text) -> asio::awaitable<void> {
      ClientSocket socket = co_await self.open_socket("/ws?access_token=good");
      co_await next(socket);
      co_await say(socket, text);
      beast::flat_buffer buffer;
      boost::system::error_code ec;
      co_await socket.async_read(buffer, asio::redirect_error(asio::use_awaitable, ec));
      EXPECT_EQ(socket.reason().code, http::close_code::kBadPayload) << text;
    }(*this, frame));
  }
}

}  // namespace
}  // namespace parley::signal::socketio

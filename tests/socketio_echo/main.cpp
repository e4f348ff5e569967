// socketio-echo --port P: a small server on our framing, for conformance suites and for looking at the wire.
//
//   /engine.io/   Engine.IO alone: every message comes back
//   /socket.io/   namespaces "/" and "/custom": "auth" with what the client said on CONNECT; in "/", "message" comes
//                 back as "message-back" and "message-with-ack" as its acknowledgement, attachments included
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <optional>

#include "http/server.h"
#include "signal/socketio/socketio_server.h"

namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using namespace std::chrono_literals;
using parley::Error;
using parley::Result;
using parley::TimePoint;
using namespace parley::signal::socketio;

class EngineEcho final : public EngineHandler {
 public:
  explicit EngineEcho(EngineLink& link) : link_(link) {}
  void on_message(TimePoint /*now*/, std::string_view data, bool binary) override {
    std::string packet(data);
    if (!binary) packet.insert(packet.begin(), '4');
    link_.send(std::make_shared<const std::string>(std::move(packet)), !binary);
  }
  void on_closed(TimePoint /*now*/, std::string_view /*reason*/) override {}

 private:
  EngineLink& link_;
};

class SocketEcho final : public ClientHandler {
 public:
  SocketEcho(ConnectRequest request, std::shared_ptr<Channel> channel)
      : request_(std::move(request)), channel_(std::move(channel)) {}

  void on_open() override { channel_->emit("auth", {json::value(request_.auth)}); }
  void on_event(IncomingEvent event) override {
    if (request_.nsp != "/") return;
    if (event.name == "message") channel_->emit("message-back", event.args, event.attachments);
    if (event.name == "message-with-ack") channel_->acknowledge(event.ack, event.args, event.attachments);
  }
  void on_closed(std::string_view /*reason*/) override { channel_.reset(); }

 private:
  ConnectRequest request_;
  std::shared_ptr<Channel> channel_;
};

asio::awaitable<Result<std::shared_ptr<ClientHandler>, Error>> accept(ConnectRequest request,
                                                                      std::shared_ptr<Channel> channel) {
  std::shared_ptr<ClientHandler> handler = std::make_shared<SocketEcho>(std::move(request), std::move(channel));
  co_return handler;
}

TimePoint wall_clock() {
  return TimePoint{std::chrono::duration_cast<parley::Duration>(std::chrono::steady_clock::now().time_since_epoch())};
}

std::optional<std::uint16_t> port_from(int argc, char** argv) {
  if (argc != 3 || std::strcmp(argv[1], "--port") != 0) return std::nullopt;
  std::uint16_t port = 0;
  const char* const end = argv[2] + std::strlen(argv[2]);
  const auto [stop, failed] = std::from_chars(argv[2], end, port);
  if (failed != std::errc() || stop != end) return std::nullopt;
  return port;
}

// What the suites' own reference server is set to.
EngineServerConfig engine_config() {
  EngineServerConfig config;
  config.engine.ping_interval = 300ms;
  config.engine.ping_timeout = 200ms;
  config.engine.max_payload = 1'000'000;
  config.clock = wall_clock;
  return config;
}

int serve(std::uint16_t port) {
  asio::io_context io(1);
  parley::SystemRandom random;
  parley::http::Router router;
  EngineServer engine(io.get_executor(), engine_config(), random,
                      [](TimePoint, EngineLink& link, const Remote&) -> std::unique_ptr<EngineHandler> {
                        return std::make_unique<EngineEcho>(link);
                      });
  engine.mount(router, "/engine.io");
  SocketIoServerConfig config;
  config.engine = engine_config();
  config.socket.connect_timeout = 1s;
  SocketIoServer sockets(io.get_executor(), std::move(config), random);
  sockets.add_namespace("/", accept);
  sockets.add_namespace("/custom", accept);
  sockets.mount(router, "/socket.io");

  parley::http::ServerConfig http;
  http.listen = "*:" + std::to_string(port);
  http.rate_per_ip = {};
  http.clock = wall_clock;
  parley::http::Server server(io, std::move(http), router);
  if (const auto listening = server.listen(); !listening) {
    std::fprintf(stderr, "%s\n", listening.error().message.c_str());
    return 1;
  }
  asio::signal_set signals(io, SIGINT, SIGTERM);
  signals.async_wait([&io](boost::system::error_code, int) { io.stop(); });
  std::printf("listening on port %u\n", static_cast<unsigned>(server.port()));
  std::fflush(stdout);
  io.run();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const auto port = port_from(argc, argv);
  if (!port) {
    std::fprintf(stderr, "usage: socketio-echo --port PORT (0: any free one)\n");
    return 2;
  }
  return serve(*port);
}

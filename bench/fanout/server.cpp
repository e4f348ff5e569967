// fanout-server PORT: whoever says "broadcast" is heard by all, once serialised. The framing without the services.
#include <boost/asio/io_context.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <unordered_set>

#include "http/server.h"
#include "signal/socketio/socketio_server.h"

namespace {

namespace asio = boost::asio;
using namespace parley::signal::socketio;
using parley::Error;
using parley::Result;
using parley::TimePoint;

struct Listener;
std::unordered_set<Listener*> all;

struct Listener final : ClientHandler {
  explicit Listener(std::shared_ptr<Channel> c) : channel(std::move(c)) {}
  void on_open() override { all.insert(this); }
  void on_event(IncomingEvent event) override;
  void on_closed(std::string_view /*reason*/) override {
    all.erase(this);
    channel.reset();
  }
  std::shared_ptr<Channel> channel;
};

void Listener::on_event(IncomingEvent event) {
  boost::json::array packet{"new-message"};
  packet.insert(packet.end(), event.args.begin(), event.args.end());
  const Payload text = std::make_shared<const std::string>("42" + boost::json::serialize(packet));
  for (Listener* each : all) each->channel->send(text);
}

asio::awaitable<Result<std::shared_ptr<ClientHandler>, Error>> admit(ConnectRequest /*request*/,
                                                                     std::shared_ptr<Channel> channel) {
  std::shared_ptr<ClientHandler> handler = std::make_shared<Listener>(std::move(channel));
  co_return handler;
}

TimePoint now() {
  return TimePoint{std::chrono::duration_cast<parley::Duration>(std::chrono::steady_clock::now().time_since_epoch())};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  asio::io_context io(1);
  parley::SystemRandom random;
  parley::http::Router router;
  SocketIoServerConfig config;
  config.engine.clock = now;
  SocketIoServer sockets(io.get_executor(), config, random);
  sockets.add_namespace("/", admit);
  sockets.mount(router, "/socket.io");
  parley::http::ServerConfig http;
  http.listen = std::string("127.0.0.1:") + argv[1];
  http.rate_per_ip = {};
  http.clock = now;
  parley::http::Server server(io, std::move(http), router);
  if (!server.listen()) return 1;
  std::printf("listening\n");
  std::fflush(stdout);
  io.run();
}

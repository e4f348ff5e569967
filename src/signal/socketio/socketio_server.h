// Socket.IO on the HTTP server: who may connect to which namespace.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "http/router.h"
#include "signal/socketio/engine_server.h"

namespace parley::signal::socketio {

struct SocketIoServerConfig {
  EngineServerConfig engine;
  SocketIoConfig socket;
};

class SocketIoServer final : private SocketIoHost {
 public:
  // random outlives it. On executor's thread alone.
  SocketIoServer(boost::asio::any_io_executor executor, SocketIoServerConfig config, RandomSource& random);
  ~SocketIoServer() override;

  // Before the first connection. name: "/" or "/name".
  void add_namespace(std::string name, Connector connector);
  void mount(http::Router& router, std::string_view path) { engine_->mount(router, path); }
  void close_all(std::string_view reason) { engine_->close_all(reason); }
  [[nodiscard]] const EngineStats& stats() const { return engine_->stats(); }

 private:
  [[nodiscard]] bool has_namespace(std::string_view nsp) const override;
  void connect(std::shared_ptr<SocketChannel> channel, ConnectRequest request) override;

  boost::asio::any_io_executor executor_;
  SocketIoConfig config_;
  std::map<std::string, Connector, std::less<>> namespaces_;
  std::unique_ptr<EngineServer> engine_;
};

}  // namespace parley::signal::socketio

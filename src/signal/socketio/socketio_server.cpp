#include "signal/socketio/socketio_server.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "base/log.h"
#include "signal/common/problem.h"

namespace parley::signal::socketio {

namespace asio = boost::asio;

namespace {

// The connector is called within the coroutine, which keeps what the connector refers to no longer than that.
asio::awaitable<void> decide(Connector connector, std::shared_ptr<SocketChannel> channel, ConnectRequest request) {
  Error failure{"internal", "the server could not carry out this request", ""};
  try {
    std::shared_ptr<Channel> way = channel;
    auto handler = co_await connector(std::move(request), std::move(way));
    if (handler) {
      channel->accept(std::move(*handler));
      co_return;
    }
    failure = handler.error();
  } catch (const std::exception& e) {
    log::error("socketio", "a connection could not be decided on", {{"error", e.what()}});
  }
  channel->refuse(failure.message, boost::json::serialize(common::error_json(failure)));
}

}  // namespace

SocketIoServer::SocketIoServer(asio::any_io_executor executor, SocketIoServerConfig config, RandomSource& random)
    : executor_(std::move(executor)), config_(config.socket) {
  engine_ = std::make_unique<EngineServer>(
      executor_, std::move(config.engine), random,
      [this, &random](TimePoint now, EngineLink& link, Remote remote) -> std::unique_ptr<EngineHandler> {
        SocketIoHost& host = *this;
        return std::make_unique<SocketIoSession>(now, config_, link, host, random, std::move(remote));
      });
}

SocketIoServer::~SocketIoServer() = default;

void SocketIoServer::add_namespace(std::string name, Connector connector) {
  namespaces_.insert_or_assign(std::move(name), std::move(connector));
}

bool SocketIoServer::has_namespace(std::string_view nsp) const { return namespaces_.contains(nsp); }

void SocketIoServer::connect(std::shared_ptr<SocketChannel> channel, ConnectRequest request) {
  Connector connector = namespaces_.find(request.nsp)->second;
  asio::co_spawn(executor_, decide(std::move(connector), std::move(channel), std::move(request)), asio::detached);
}

}  // namespace parley::signal::socketio

// Real time for clients: Socket.IO at /socket.io/ and JSON frames at /ws, bound to the services.
//
//   Socket.IO, /ws ──→ Client ──→ Dispatcher ──→ chat, calls
//                        ↑ hub::Device
//   hub::Hub ────────────┘
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "auth/accounts.h"
#include "auth/authenticator.h"
#include "base/random.h"
#include "signal/events/client.h"
#include "signal/events/limits.h"
#include "signal/socketio/json_server.h"
#include "signal/socketio/socketio_server.h"

namespace parley::chat {
class Service;
}

namespace parley::signal::events {

struct ServerConfig {
  socketio::EngineConfig engine;
  socketio::SocketIoConfig socket;
  socketio::JsonServerConfig json;
  std::size_t max_connections = 20'000;  // of each kind
  EventLimits limits;
  std::function<TimePoint()> clock;  // required
};

// All of them outlive the server.
struct Services {
  auth::Accounts& accounts;
  auth::Authenticator& authenticator;
  hub::Hub& hub;
  chat::Service& chat;
  calls::Service& calls;
};

struct ServerStats {
  socketio::EngineStats engine;
  socketio::JsonStats json;
  ClientStats clients;
};

class Server {
 public:
  // On executor's thread alone. random outlives it. Ends the sockets of sessions that end, from now on.
  Server(boost::asio::any_io_executor executor, ServerConfig config, Services services, RandomSource& random);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Before the HTTP server listens. It serves /socket.io, /socket.io/ and /ws.
  void mount(http::Router& router);
  // Clients come back by themselves, to whoever serves then.
  void close_all(std::string_view reason);
  [[nodiscard]] ServerStats stats() const;
  [[nodiscard]] std::vector<std::string> event_names() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::signal::events

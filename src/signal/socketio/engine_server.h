// Engine.IO on the HTTP server: routes, waiting GETs, WebSockets and timers around EngineSession.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "base/random.h"
#include "http/router.h"
#include "signal/socketio/engine_session.h"
#include "signal/socketio/socketio_session.h"

namespace parley::signal::socketio {

struct EngineServerConfig {
  EngineConfig engine;
  std::size_t max_sessions = 20'000;
  std::function<TimePoint()> clock;  // required
};

struct EngineStats {
  std::size_t sessions_open = 0;
  std::uint64_t sessions_opened = 0;
  std::uint64_t sessions_refused = 0;  // over max_sessions
  std::uint64_t upgrades = 0;
  std::uint64_t polls = 0;
  std::uint64_t posts = 0;
  std::uint64_t closed_by_timeout = 0;
};

class EngineServer {
 public:
  // What speaks on a new connection. link outlives it.
  using MakeHandler = std::function<std::unique_ptr<EngineHandler>(TimePoint now, EngineLink& link, Remote remote)>;

  // random outlives it. On executor's thread alone.
  EngineServer(boost::asio::any_io_executor executor, EngineServerConfig config, RandomSource& random,
               MakeHandler make_handler);
  ~EngineServer();
  EngineServer(const EngineServer&) = delete;
  EngineServer& operator=(const EngineServer&) = delete;

  // path: "/socket.io"; the same with a '/' behind it is served too. The router's handlers outlive this server.
  void mount(http::Router& router, std::string_view path);
  // Ends every connection; clients come back by themselves.
  void close_all(std::string_view reason);
  [[nodiscard]] const EngineStats& stats() const;

  struct Impl;

 private:
  std::shared_ptr<Impl> impl_;
};

}  // namespace parley::signal::socketio

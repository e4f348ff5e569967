// One connection between its transports and its state machine. Internal to socketio/.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/deadline_queue.h"
#include "http/websocket.h"
#include "signal/socketio/engine_server.h"

namespace parley::signal::socketio {

class EngineConnection final : public EngineIo,
                               public EngineLink,
                               public std::enable_shared_from_this<EngineConnection> {
 public:
  EngineConnection(std::shared_ptr<EngineServer::Impl> server, Remote remote, Transport transport);

  // Each of these brings the session forward and then settles what follows from it.
  boost::asio::awaitable<http::Response> poll(const http::Request& request);
  http::Response post(const http::Request& request);
  void websocket_opened(std::shared_ptr<http::WebSocketSession> socket);
  void frame(const http::WebSocketHandler* from, std::string_view data, bool text);
  void websocket_closed(const http::WebSocketHandler* from, std::string_view reason);
  void timeout(TimePoint now);
  void abort(std::string_view reason);

  [[nodiscard]] EngineSession& session() { return session_; }
  // Whose frames count: the WebSocket that upgrades or has upgraded.
  void bind(const http::WebSocketHandler* handler) { websocket_handler_ = handler; }

  // ---- EngineIo ----
  void answer_poll(std::string payload) override;
  void want_flush() override;
  void send_frame(const Payload& payload, bool text) override;
  void close_websocket(std::string_view reason) override;

  // ---- EngineLink ----
  void send(const Payload& packet, bool text) override;
  void close(std::string_view reason) override;

  DeadlineQueue<std::weak_ptr<EngineConnection>>::Ticket ticket;

 private:
  struct Waiting {
    explicit Waiting(const boost::asio::any_io_executor& executor)
        : answered(executor, boost::asio::steady_timer::time_point::max()) {}
    boost::asio::steady_timer answered;  // cancelled when the answer is there
    std::optional<std::string> body;
  };

  void poll_gone(const std::shared_ptr<Waiting>& waiting);
  void settle();

  std::shared_ptr<EngineServer::Impl> server_;
  // Before the session, which refers to it.
  std::unique_ptr<EngineHandler> handler_;
  EngineSession session_;
  std::shared_ptr<Waiting> waiting_;
  std::shared_ptr<http::WebSocketSession> websocket_;
  const http::WebSocketHandler* websocket_handler_ = nullptr;
};

struct EngineServer::Impl : std::enable_shared_from_this<EngineServer::Impl> {
  Impl(boost::asio::any_io_executor e, EngineServerConfig c, RandomSource& r, MakeHandler m);

  [[nodiscard]] TimePoint now() const { return config.clock(); }
  // nullptr: over the limit.
  std::shared_ptr<EngineConnection> open(Remote remote, Transport transport);
  [[nodiscard]] std::shared_ptr<EngineConnection> find(std::string_view sid) const;
  void forget(const EngineConnection& connection, const std::string& sid);
  void schedule(EngineConnection& connection);
  void arm();
  void run_timers();

  boost::asio::any_io_executor executor;
  const EngineServerConfig config;
  RandomSource& random;
  MakeHandler make_handler;
  EngineStats stats;
  std::unordered_map<std::string, std::shared_ptr<EngineConnection>> connections;
  // Weak, and apart from the objects: an entry that is left over keeps no memory but its own.
  DeadlineQueue<std::weak_ptr<EngineConnection>> deadlines;
  boost::asio::steady_timer timer;
  TimePoint armed = kNever;
};

}  // namespace parley::signal::socketio

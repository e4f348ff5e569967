// What all connections of a server share, and what it can do to each of them. Internal to http/.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "http/ip_rate_limiter.h"
#include "http/server.h"
#include "http/throughput.h"
#include "net/connection_quota.h"

namespace parley::http {

class Connection;

// A connection with something to write at the end of this turn of the loop.
class Flushable {
 public:
  virtual ~Flushable() = default;
  // hold: how long messages may wait to share writes; zero on a server that is not busy. False: it holds what it has
  // until write_held().
  virtual bool end_turn(TimePoint now, Duration hold) = 0;
  virtual void write_held(TimePoint now) = 0;
};

struct ServerState : std::enable_shared_from_this<ServerState> {
  ServerState(boost::asio::any_io_executor e, ServerConfig c, const Router& r)
      : executor(std::move(e)),
        config(std::move(c)),
        router(r),
        limiter(config.rate_per_ip),
        quota(net::ConnectionQuota::create({.max_connections = config.max_connections,
                                            .max_per_ip = config.max_connections_per_ip == 0
                                                              ? config.max_connections
                                                              : config.max_connections_per_ip})),
        hold_timer(executor) {}

  [[nodiscard]] TimePoint now() const { return config.clock(); }

  // By then everybody has said what this turn was about, and all of it goes out in one write; on a busy server perhaps
  // together with what comes soon after (WebSocketLimits::hold_at).
  void flush_later(std::shared_ptr<Flushable> who);
  void end_turn();
  void write_held();
  // The server is gone: nobody waits any more.
  void forget_held();

  boost::asio::any_io_executor executor;
  const ServerConfig config;
  const Router& router;
  Stats stats;
  IpRateLimiter limiter;
  std::shared_ptr<net::ConnectionQuota> quota;
  std::optional<boost::asio::ssl::context> tls;
  std::unordered_set<Connection*> connections;
  bool stopping = false;
  std::vector<std::shared_ptr<Flushable>> to_flush;
  // They wait for the timer, which runs from when the first of them came.
  std::vector<std::shared_ptr<Flushable>> held;
  boost::asio::steady_timer hold_timer;
  Throughput throughput;
  // What WebSockets read into; nothing stays in it from one reading to the next.
  std::vector<std::uint8_t> scratch = std::vector<std::uint8_t>(kScratchSize);
  static constexpr std::size_t kScratchSize = 64U << 10U;
};
using ServerStateRef = std::shared_ptr<ServerState>;

// One accepted connection; registered for as long as it lives. An upgrade moves its place on to a new object.
class Connection {
 public:
  Connection(ServerStateRef state, net::ConnectionQuota::Ticket ticket, const Address& peer)
      : state_(std::move(state)), ticket_(std::move(ticket)), peer_(peer) {
    state_->connections.insert(this);
    ++state_->stats.connections_open;
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  virtual ~Connection() {
    state_->connections.erase(this);
    --state_->stats.connections_open;
  }

  // Ends it if it only waits for a request; otherwise after the present one.
  virtual void finish_up() = 0;
  // The server stops: WebSockets say goodbye.
  virtual void say_goodbye() = 0;
  virtual void abort() = 0;

 protected:
  ServerStateRef state_;
  net::ConnectionQuota::Ticket ticket_;
  Address peer_;
};

// Spawns the coroutine that serves the connection.
void start_connection(ServerStateRef state, boost::asio::ip::tcp::socket socket, net::ConnectionQuota::Ticket ticket,
                      const Address& peer);
void start_plain_connection(ServerStateRef state, boost::asio::ip::tcp::socket socket,
                            net::ConnectionQuota::Ticket ticket, const Address& peer);
void start_tls_connection(ServerStateRef state, boost::asio::ip::tcp::socket socket,
                          net::ConnectionQuota::Ticket ticket, const Address& peer);

// The head that accepts the upgrade to a WebSocket (RFC 6455 section 4.2.2); nullopt: the request is no such upgrade.
[[nodiscard]] std::optional<std::string> accept_upgrade(const Request& request);

[[nodiscard]] Address address_of(const boost::asio::ip::tcp::endpoint& endpoint);

}  // namespace parley::http

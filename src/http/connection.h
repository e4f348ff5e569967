// What all connections of a server share, and what it can do to each of them. Internal to http/.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <memory>
#include <optional>
#include <unordered_set>

#include "http/ip_rate_limiter.h"
#include "http/server.h"
#include "net/connection_quota.h"

namespace parley::http {

class Connection;

struct ServerState {
  ServerState(ServerConfig c, const Router& r)
      : config(std::move(c)),
        router(r),
        limiter(config.rate_per_ip),
        quota(net::ConnectionQuota::create({.max_connections = config.max_connections,
                                            .max_per_ip = config.max_connections_per_ip == 0
                                                              ? config.max_connections
                                                              : config.max_connections_per_ip})) {}

  [[nodiscard]] TimePoint now() const { return config.clock(); }

  const ServerConfig config;
  const Router& router;
  Stats stats;
  IpRateLimiter limiter;
  std::shared_ptr<net::ConnectionQuota> quota;
  std::optional<boost::asio::ssl::context> tls;
  std::unordered_set<Connection*> connections;
  bool stopping = false;
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

[[nodiscard]] Address address_of(const boost::asio::ip::tcp::endpoint& endpoint);

}  // namespace parley::http

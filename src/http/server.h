// The HTTP server of the control thread: HTTP/1.1 and WebSockets, plain or over TLS, on Asio coroutines.
//
//   accept → quota → [TLS] → read head → rate limit → read body → route → answer (CORS) → next request
//                                                   └ upgrade → WebSocketSession
//
// Everything runs on the io_context's one thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.h"
#include "base/result.h"
#include "base/time.h"
#include "http/router.h"
#include "http/stats.h"
#include "http/token_bucket.h"
#include "http/websocket.h"

namespace parley::http {

struct ServerConfig {
  // "address:port". "[::]", "*" and an empty address listen on IPv6 and IPv4 together (IPv4 alone where the host has no
  // IPv6). Port 0: any free one.
  std::string listen = "*:7880";
  std::string tls_cert;  // PEM chain; with tls_key: HTTPS
  std::string tls_key;
  std::size_t max_connections = 20'000;
  std::size_t max_connections_per_ip = 0;  // 0: no limit of its own
  // Browsers put a whole session description into the query of a v1 join, and proxies add cookies of their own.
  std::size_t max_head = 32U << 10U;  // bytes of request line and header together
  std::size_t max_body = 10U << 20U;  // bytes
  Rate rate_per_ip{200, 400};
  Duration handshake_timeout = 10s;  // TLS
  Duration head_timeout = 15s;       // of the first request, whole
  Duration idle_timeout = 75s;       // between requests; longer than the 60 s of common proxies
  Duration body_timeout = 60s;
  // A body that its handler streams may take as long as it needs, but pauses no longer than this, and behind the first
  // body_timeout brings this many bytes a second on average. The time the handler itself takes does not count.
  Duration body_pause = 30s;
  std::size_t min_body_rate = 512;
  Duration write_timeout = 60s;
  WebSocketLimits websocket;
  // Proxies that may name the client in X-Forwarded-For and its scheme in X-Forwarded-Proto.
  std::vector<Address> trusted_proxies;
  std::function<TimePoint()> clock;  // required
};

class Server {
 public:
  // router must outlive the server and be complete before listen().
  Server(boost::asio::io_context& io, ServerConfig config, const Router& router);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Binds and begins to accept. Errors: code "unavailable" (port taken, no permission) or "invalid_argument" (address
  // or TLS files), the field names the setting ("http.listen", "http.tls_cert", "http.tls_key").
  Result<void, Error> listen();
  // The same in two steps: clients that connect in between wait for the second.
  Result<void, Error> bind();
  void serve();
  [[nodiscard]] std::uint16_t port() const;

  // No further connections; idle ones are closed, those in a request after its answer.
  void stop_accepting();
  // Also closes every WebSocket (kGoingAway) and breaks the connections that remain after grace.
  void stop(Duration grace);
  [[nodiscard]] const Stats& stats() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace parley::http

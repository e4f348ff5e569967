// An HTTP client: requests from the control thread, transfers on a thread of their own (libcurl's multi interface), so
// that nobody waits for another's name server. HTTP/1.1 and 2, TLS with verification.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/beast/http/verb.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/address.h"
#include "base/result.h"
#include "base/time.h"

namespace parley::http {

struct ClientConfig {
  std::string user_agent = "parley";
  std::string ca_file;  // PEM; empty: the system's
  // Which addresses may be connected to; asked for every connection after the name is resolved, redirects included, so
  // that a name cannot change its mind in between. Unset: all.
  std::function<bool(const Address&)> allow;
  std::size_t max_queued = 1'000;    // requests that wait for a connection; more are refused ("resource_exhausted")
  std::size_t max_connections = 64;  // at a time
  std::size_t max_per_host = 16;
  Duration connect_timeout = 5s;
};

struct ClientRequest {
  boost::beast::http::verb method = boost::beast::http::verb::get;
  std::string url;  // http or https
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  Duration timeout = 10s;             // for the whole exchange
  std::size_t max_body = 1U << 20U;   // bytes of the answer; more: Error payload_too_large
  bool cut = false;                   // instead: what is longer ends there, an answer like any other; not with on_body
  std::size_t max_head = 64U << 10U;  // likewise of its header
  unsigned max_redirects = 0;         // 0: a redirect is an answer like any other
  // Instead of ClientResponse::body: called on the CLIENT'S thread with each piece; false ends the transfer (Error
  // "canceled"). Only for status 2xx; the body of others is collected.
  std::function<bool(std::string_view)> on_body;
};

struct ClientResponse {
  unsigned status = 0;
  std::string url;                                           // that answered, redirects included
  std::vector<std::pair<std::string, std::string>> headers;  // in order, names in lower case
  std::string body;

  // The first of that name (lower case); empty when absent.
  [[nodiscard]] std::string_view header(std::string_view name) const;
  [[nodiscard]] bool ok() const { return status >= 200 && status < 300; }
};

// True for addresses of the public internet: no loopback, private, link-local, shared (RFC 6598), multicast,
// documentation or otherwise reserved ones, also within IPv6 (mapped, NAT64, 6to4).
[[nodiscard]] bool is_public(const Address& address);

class Client {
 public:
  Client(boost::asio::any_io_executor home, ClientConfig config);
  // Requests under way end with Error "unavailable".
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Resumes on home. Any status is an answer. Errors: "invalid_argument" (URL), "permission_denied" (address not
  // allowed), "deadline_exceeded", "payload_too_large", "unavailable" (no connection, TLS refused), "canceled",
  // "resource_exhausted".
  boost::asio::awaitable<Result<ClientResponse, Error>> send(ClientRequest request);

  struct Stats {
    std::uint64_t requests = 0;
    std::uint64_t failures = 0;
    std::size_t in_flight = 0;
  };
  [[nodiscard]] Stats stats() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace parley::http

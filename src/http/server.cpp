#include "http/server.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <charconv>

#include "base/log.h"
#include "http/connection.h"

namespace parley::http {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// When descriptors run out, accepting again at once would spin.
constexpr Duration kAcceptPause = 100ms;

struct ListenAddress {
  std::string host;  // empty: every address of both families
  std::uint16_t port = 0;
};

std::optional<ListenAddress> parse_listen(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  ListenAddress out;
  const std::string_view port = text.substr(colon + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), out.port);
  if (error != std::errc() || end != port.data() + port.size()) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  if (host.size() >= 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  if (host == "*" || host == "::") host = {};
  out.host = host == "localhost" ? "127.0.0.1" : host;
  return out;
}

Error cannot_listen(std::uint16_t port, std::string_view host, error_code ec) {
  std::string message = "cannot listen on port " + std::to_string(port);
  if (!host.empty()) message += " of " + std::string(host);
  message += ": " + ec.message();
  if (ec == asio::error::address_in_use) message += "; stop the other program or set http.listen to another port";
  if (ec == asio::error::access_denied) message += "; ports below 1024 need the capability CAP_NET_BIND_SERVICE";
  return {"unavailable", std::move(message), "http.listen"};
}

error_code bind_to(tcp::acceptor& acceptor, const tcp::endpoint& endpoint, bool dual_stack) {
  error_code ec;
  if (acceptor.is_open()) acceptor.close(ec);
  acceptor.open(endpoint.protocol(), ec);
  if (!ec) acceptor.set_option(asio::socket_base::reuse_address(true), ec);
  if (!ec && endpoint.address().is_v6()) acceptor.set_option(asio::ip::v6_only(!dual_stack), ec);
  if (!ec) acceptor.bind(endpoint, ec);
  if (!ec) acceptor.listen(asio::socket_base::max_listen_connections, ec);
  return ec;
}

Result<void, Error> load_tls(asio::ssl::context& tls, const ServerConfig& config) {
  error_code ec;
  tls.use_certificate_chain_file(config.tls_cert, ec);
  if (ec)
    return Error{"invalid_argument", "cannot use the certificate " + config.tls_cert + ": " + ec.message(),
                 "http.tls_cert"};
  tls.use_private_key_file(config.tls_key, asio::ssl::context::pem, ec);
  if (ec)
    return Error{"invalid_argument", "cannot use the key " + config.tls_key + ": " + ec.message(), "http.tls_key"};
  SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
  return {};
}

// Over the limits: a short answer instead of a silent close, for whoever looks at it with curl.
asio::awaitable<void> refuse(tcp::socket socket) {
  static constexpr std::string_view kBusy =
      "HTTP/1.1 503 Service Unavailable\r\nAccess-Control-Allow-Origin: *\r\nRetry-After: 5\r\n"
      "Content-Length: 0\r\nConnection: close\r\n\r\n";
  error_code ec;
  co_await asio::async_write(socket, asio::buffer(kBusy), asio::redirect_error(asio::use_awaitable, ec));
}

}  // namespace

struct Server::Impl : std::enable_shared_from_this<Server::Impl> {
  Impl(asio::io_context& context, ServerConfig config, const Router& router)
      : io(context),
        acceptor(context),
        grace_timer(context),
        state(std::make_shared<ServerState>(context.get_executor(), std::move(config), router)) {}

  Result<void, Error> bind() {
    const auto local = parse_listen(state->config.listen);
    const Error bad{"invalid_argument", "http.listen must be \"address:port\", not \"" + state->config.listen + "\"",
                    "http.listen"};
    if (!local) return bad;
    error_code ec;
    if (local->host.empty()) {
      ec = bind_to(acceptor, {tcp::v6(), local->port}, true);
      if (ec == asio::error::address_family_not_supported) ec = bind_to(acceptor, {tcp::v4(), local->port}, false);
    } else {
      const auto address = asio::ip::make_address(local->host, ec);
      if (ec) return bad;
      ec = bind_to(acceptor, {address, local->port}, false);
    }
    if (ec) return cannot_listen(local->port, local->host, ec);
    return {};
  }

  static asio::awaitable<void> accept_loop(std::shared_ptr<Impl> self) {
    error_code ec;
    while (self->acceptor.is_open()) {
      tcp::socket socket = co_await self->acceptor.async_accept(asio::redirect_error(asio::use_awaitable, ec));
      if (!ec) {
        self->admit(std::move(socket));
      } else if (self->acceptor.is_open()) {
        asio::steady_timer pause(self->io, kAcceptPause);
        error_code ignored;
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
      }
    }
  }

  void admit(tcp::socket socket) {
    error_code ec;
    const Address peer = address_of(socket.remote_endpoint(ec));
    if (ec) return;
    auto ticket = state->quota->take(peer);
    if (!ticket) {
      ++state->stats.connections_refused;
      asio::co_spawn(io, refuse(std::move(socket)), asio::detached);
      return;
    }
    ++state->stats.connections_accepted;
    start_connection(state, std::move(socket), std::move(*ticket), peer);
  }

  void stop_accepting() {
    error_code ignored;
    acceptor.close(ignored);
    state->stopping = true;
    each_connection([](Connection& c) { c.finish_up(); });
  }

  template <class F>
  void each_connection(F f) {
    // A connection may end, and take itself off the list, while it is told.
    const std::vector<Connection*> all(state->connections.begin(), state->connections.end());
    for (Connection* connection : all) {
      if (state->connections.contains(connection)) f(*connection);
    }
  }

  asio::io_context& io;
  tcp::acceptor acceptor;
  asio::steady_timer grace_timer;
  ServerStateRef state;
};

Server::Server(asio::io_context& io, ServerConfig config, const Router& router)
    : impl_(std::make_shared<Impl>(io, std::move(config), router)) {}

Server::~Server() {
  impl_->stop_accepting();
  impl_->grace_timer.cancel();
  impl_->each_connection([](Connection& c) { c.abort(); });
  impl_->state->forget_held();
}

Result<void, Error> Server::listen() {
  if (auto bound = bind(); !bound) return bound;
  serve();
  return {};
}

void Server::serve() { asio::co_spawn(impl_->io, Impl::accept_loop(impl_), asio::detached); }

Result<void, Error> Server::bind() {
  const ServerConfig& config = impl_->state->config;
  if (config.tls_cert.empty() != config.tls_key.empty()) {
    return Error{"invalid_argument", "http.tls_cert and http.tls_key belong together: set both or none",
                 config.tls_cert.empty() ? "http.tls_cert" : "http.tls_key"};
  }
  if (!config.tls_cert.empty()) {
    auto& tls = impl_->state->tls.emplace(asio::ssl::context::tls_server);
    if (auto loaded = load_tls(tls, config); !loaded) return loaded.error();
  }
  return impl_->bind();
}

std::uint16_t Server::port() const {
  error_code ec;
  const auto endpoint = impl_->acceptor.local_endpoint(ec);
  return ec ? std::uint16_t{0} : endpoint.port();
}

void Server::stop_accepting() { impl_->stop_accepting(); }

void Server::stop(Duration grace) {
  impl_->stop_accepting();
  impl_->each_connection([](Connection& c) { c.say_goodbye(); });
  impl_->grace_timer.expires_after(grace);
  impl_->grace_timer.async_wait([impl = impl_](error_code ec) {
    if (!ec) impl->each_connection([](Connection& c) { c.abort(); });
  });
}

const Stats& Server::stats() const { return impl_->state->stats; }

}  // namespace parley::http

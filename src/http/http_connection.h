// One HTTP/1.1 connection: its requests one after the other, over plain TCP or TLS. Internal to http/; a template that
// is instantiated once for each stream, in a file of its own (each takes a compiler a good part of a minute).
#pragma once

#include <array>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/span.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include "base/log.h"
#include "http/connection.h"
#include "http/cors.h"
#include "http/websocket_connection.h"

namespace parley::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using boost::system::error_code;
using PlainStream = beast::tcp_stream;
using TlsStream = asio::ssl::stream<beast::tcp_stream>;

// After an answer to a request that was not read to its end, what the client still sends is thrown away for this long:
// closing at once would reset the connection and could take the answer with it.
inline constexpr Duration kLingerTime = 2s;
inline constexpr std::size_t kLingerBytes = 1U << 20U;

// ---- what does not depend on the stream; connection.cpp ----

using ResponseMessage = bhttp::response<bhttp::span_body<const char>>;

// Everything but the body: CORS, Date and the handler's own headers. A value that would split the answer is left out.
void fill_head(Response& response, TimePoint now, bool keep_alive, ResponseMessage& out);
// The client as a trusted proxy names it: the last entry is the one that our proxy wrote itself.
void apply_forwarding(const ServerConfig& config, Request& request);
[[nodiscard]] Error error_of(error_code ec);
[[nodiscard]] bool is_http_error(error_code ec);
// For a path that the router has no handler for.
[[nodiscard]] Response unrouted_response(const Request& request, const std::vector<Method>& allowed);
[[nodiscard]] awaitable<Response> call_handler(const Handler& handler, const Request& request);
[[nodiscard]] awaitable<UpgradeDecision> call_upgrade(const UpgradeHandler& handler, const Request& request);

template <class Stream>
class HttpConnection final : public Connection, public std::enable_shared_from_this<HttpConnection<Stream>> {
 public:
  HttpConnection(ServerStateRef state, net::ConnectionQuota::Ticket ticket, const Address& peer, Stream stream)
      : Connection(std::move(state), std::move(ticket), peer), stream_(std::move(stream)) {}

  void start() { asio::co_spawn(stream_.get_executor(), run(this->shared_from_this()), asio::detached); }

  void finish_up() override {
    last_request_ = true;
    if (idle_) lowest().cancel();
  }
  void say_goodbye() override { finish_up(); }
  void abort() override { lowest().close(); }

 private:
  static constexpr bool kTls = std::is_same_v<Stream, TlsStream>;
  using Parser = bhttp::request_parser<bhttp::string_body>;

  PlainStream& lowest() { return beast::get_lowest_layer(stream_); }
  static auto into(error_code& ec) { return asio::redirect_error(asio::use_awaitable, ec); }

  static asio::awaitable<void> run(std::shared_ptr<HttpConnection> self) {
    const bool ready = co_await self->handshake();
    if (!ready) co_return;
    bool more = true;
    while (more && !self->last_request_) more = co_await self->serve_one();
    if (!self->upgraded_) co_await self->shut_down();
  }

  asio::awaitable<bool> handshake() {
    if constexpr (kTls) {
      error_code ec;
      lowest().expires_after(state_->config.handshake_timeout);
      co_await stream_.async_handshake(TlsStream::server, into(ec));
      if (ec) {
        ++state_->stats.tls_handshakes_failed;
        co_return false;
      }
    }
    co_return true;
  }

  // False: the connection is over (or has become a WebSocket).
  asio::awaitable<bool> serve_one() {
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(state_->config.max_head));
    parser.body_limit(state_->config.max_body);
    error_code ec = co_await read_head(parser);
    if (ec) {
      if (is_http_error(ec) && ec != bhttp::error::end_of_stream && ec != bhttp::error::partial_message) {
        co_await refuse_malformed(ec);
      }
      co_return false;
    }
    Request request;
    const bool target_ok = take_head(parser, request);
    ++state_->stats.requests;
    if (!target_ok) {
      const error_code bad_target = bhttp::error::bad_target;
      co_await refuse_malformed(bad_target);
      co_return false;
    }
    if (!state_->limiter.allow(request.received, request.peer)) {
      ++state_->stats.requests_rate_limited;
      co_return co_await refuse_too_many(request, parser);
    }
    if (beast::websocket::is_upgrade(parser.get())) co_return co_await upgrade(request, parser);
    ec = co_await read_body(parser);
    if (ec) {
      if (is_http_error(ec) && ec != bhttp::error::partial_message) co_await refuse_malformed(ec);
      co_return false;
    }
    request.body = std::move(parser.get().body());
    request.received = state_->now();
    const bool keep_alive = parser.keep_alive() && !last_request_;
    Response response = co_await answer(request);
    co_return co_await write(std::move(response), request, keep_alive && !last_request_);
  }

  asio::awaitable<error_code> read_head(Parser& parser) {
    error_code ec;
    idle_ = buffer_.size() == 0;
    lowest().expires_after(first_request_ ? state_->config.head_timeout : state_->config.idle_timeout);
    co_await bhttp::async_read_header(stream_, buffer_, parser, into(ec));
    idle_ = false;
    first_request_ = false;
    co_return ec;
  }

  bool take_head(Parser& parser, Request& request) {
    auto& message = parser.get();
    request.method = message.method();
    request.received = state_->now();
    request.peer = peer_;
    request.secure = kTls;
    const bool ok = request.method != Method::unknown && set_target(request, message.target());
    request.fields = message.base();
    apply_forwarding(state_->config, request);
    return ok;
  }

  asio::awaitable<error_code> read_body(Parser& parser) {
    error_code ec;
    if (parser.is_done()) co_return ec;
    lowest().expires_after(state_->config.body_timeout);
    if (beast::iequals(parser.get()[bhttp::field::expect], "100-continue")) {
      static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
      co_await asio::async_write(stream_, asio::buffer(kContinue), into(ec));
      if (ec) co_return ec;
    }
    co_await bhttp::async_read(stream_, buffer_, parser, into(ec));
    co_return ec;
  }

  asio::awaitable<Response> answer(Request& request) {
    lowest().expires_never();
    Router::Match match = state_->router.match(request.method, request.path);
    if (match.handler != nullptr) {
      request.params = std::move(match.params);
      co_return co_await call_handler(*match.handler, request);
    }
    co_return unrouted_response(request, match.allowed);
  }

  asio::awaitable<bool> upgrade(Request& request, Parser& parser) {
    const UpgradeHandler* handler = state_->router.match_websocket(request.path, request.params);
    if (handler == nullptr || last_request_) {
      const Error error = handler == nullptr ? Error{"not_found", "not found: " + request.path, ""}
                                             : Error{"unavailable", "the server is stopping", ""};
      co_return co_await write(problem_response(error), request, false);
    }
    lowest().expires_never();
    UpgradeDecision decision = co_await call_upgrade(*handler, request);
    if (auto* refusal = std::get_if<Response>(&decision)) {
      co_return co_await write(std::move(*refusal), request, parser.keep_alive() && !last_request_);
    }
    upgraded_ = true;
    const auto socket =
        std::make_shared<WebSocketConnection<Stream>>(state_, std::move(ticket_), request.peer, std::move(stream_),
                                                      std::move(std::get<std::shared_ptr<WebSocketHandler>>(decision)));
    socket->start(parser.release());
    co_return false;
  }

  asio::awaitable<void> refuse_malformed(error_code ec) {
    ++state_->stats.requests_malformed;
    Request nothing;
    nothing.received = state_->now();
    const bool more = co_await write(problem_response(error_of(ec)), nothing, false);
    (void)more;
    co_await linger();
  }

  asio::awaitable<bool> refuse_too_many(const Request& request, Parser& parser) {
    Response response = problem_response({"rate_limited", "too many requests from this address", ""});
    response.set("Retry-After", "1");
    const bool whole = parser.is_done();
    const bool more = co_await write(std::move(response), request, whole && parser.keep_alive());
    if (!whole) co_await linger();
    co_return more;
  }

  // True when another request may follow.
  asio::awaitable<bool> write(Response response, const Request& request, bool keep_alive) {
    ResponseMessage message(static_cast<bhttp::status>(response.status), 11);
    fill_head(response, state_->now(), keep_alive, message);
    const std::string_view payload = response.payload();
    const bool bodyless = response.status == 204 || response.status == 304 || response.status < 200;
    if (!bodyless) message.content_length(payload.size());
    const bool head_only = bodyless || request.method == Method::head;
    if (!head_only) message.body() = {payload.data(), payload.size()};

    error_code ec;
    bhttp::response_serializer<bhttp::span_body<const char>> serializer(message);
    lowest().expires_after(state_->config.write_timeout);
    if (head_only) {
      co_await bhttp::async_write_header(stream_, serializer, into(ec));
    } else {
      co_await bhttp::async_write(stream_, serializer, into(ec));
    }
    ++state_->stats.responses_by_class[std::min<std::size_t>(response.status / 100, 5)];
    state_->stats.request_latency.record(state_->now() - request.received);
    co_return !ec && keep_alive;
  }

  asio::awaitable<void> linger() {
    error_code ec;
    lowest().socket().shutdown(asio::ip::tcp::socket::shutdown_send, ec);
    lowest().expires_after(kLingerTime);
    std::array<char, 4096> scrap{};
    std::size_t total = 0;
    while (!ec && total < kLingerBytes) {
      total += co_await lowest().async_read_some(asio::buffer(scrap), into(ec));
    }
  }

  asio::awaitable<void> shut_down() {
    error_code ec;
    if constexpr (kTls) {
      lowest().expires_after(kLingerTime);
      co_await stream_.async_shutdown(into(ec));
    } else {
      lowest().socket().shutdown(asio::ip::tcp::socket::shutdown_send, ec);
    }
    lowest().close();
    co_return;
  }

  Stream stream_;
  beast::flat_buffer buffer_;
  bool idle_ = true;
  bool first_request_ = true;
  bool last_request_ = false;
  bool upgraded_ = false;
};

}  // namespace parley::http

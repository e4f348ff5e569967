// One HTTP/1.1 connection: its requests one after the other, over plain TCP or TLS. Internal to http/; a template that
// is instantiated once for each stream, in a file of its own (each takes a compiler a good part of a minute).
#pragma once

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/span.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

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
// A client that sends a large body looks for an answer only now and then.
inline constexpr std::size_t kLingerBytesOfStream = 64U << 20U;
// What is left of a body that its handler did not want: up to this much is read, so that the connection lives on.
inline constexpr std::size_t kDrainBytes = 256U << 10U;
inline constexpr std::size_t kStreamBuffer = 64U << 10U;   // of the connection, while a body is streamed in
inline constexpr std::size_t kSourceBuffer = 128U << 10U;  // of an answer that is made while it is sent

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
[[nodiscard]] awaitable<Response> call_streaming(const StreamingHandler& handler, const Request& request,
                                                 BodyReader& body);
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
    parser.body_limit(boost::none);  // depends on the route
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
    Router::Match match = state_->router.match(request.method, request.path);
    request.params = std::move(match.params);
    if (match.streaming != nullptr) co_return co_await stream_in(request, parser, *match.streaming);
    ec = co_await read_body(parser);
    if (ec) {
      if (is_http_error(ec) && ec != bhttp::error::partial_message) co_await refuse_malformed(ec);
      co_return false;
    }
    request.body = std::move(parser.get().body());
    request.received = state_->now();
    const bool keep_alive = parser.keep_alive() && !last_request_;
    lowest().expires_never();
    Response response;
    if (match.handler != nullptr) {
      request.on_hangup = [this](std::function<void()> gone) { watch_for_hangup(std::move(gone)); };
      response = co_await call_handler(*match.handler, request);
      stop_watching();
    } else {
      response = unrouted_response(request, match.allowed);
    }
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
    const std::uint64_t known = parser.content_length().value_or(0);
    if (known > state_->config.max_body) co_return error_code(bhttp::error::body_limit);
    parser.body_limit(state_->config.max_body);
    lowest().expires_after(state_->config.body_timeout);
    if (beast::iequals(parser.get()[bhttp::field::expect], "100-continue")) {
      ec = co_await send_continue();
      if (ec) co_return ec;
    }
    co_await bhttp::async_read(stream_, buffer_, parser, into(ec));
    co_return ec;
  }

  // While a handler works on its answer nobody reads; a readable socket with nothing to read is one that was closed.
  void watch_for_hangup(std::function<void()> gone) {
    if (hangup_ || buffer_.size() > 0) return;
    hangup_ = std::make_shared<std::function<void()>>(std::move(gone));
    lowest().socket().async_wait(asio::ip::tcp::socket::wait_read,
                                 [self = this->shared_from_this(), watch = std::weak_ptr(hangup_)](error_code ec) {
                                   const auto call = watch.lock();
                                   if (ec || !call) return;
                                   char next = 0;
                                   error_code peeked;
                                   const std::size_t got = self->lowest().socket().receive(
                                       asio::buffer(&next, 1), asio::socket_base::message_peek, peeked);
                                   // Anything else is a request that came early, for which the answer cannot be taken
                                   // back.
                                   if (got == 0 && peeked != asio::error::would_block) (*call)();
                                 });
  }
  void stop_watching() {
    if (!hangup_) return;
    hangup_.reset();
    error_code ignored;
    lowest().socket().cancel(ignored);
  }

  asio::awaitable<error_code> send_continue() {
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    error_code ec;
    co_await asio::async_write(stream_, asio::buffer(kContinue), into(ec));
    co_return ec;
  }

  // The body of one request, on its way from the socket to its handler.
  class StreamedBody final : public BodyReader {
   public:
    StreamedBody(HttpConnection& connection, Parser& head)
        : connection_(connection),
          parser_(std::move(head)),
          waits_for_continue_(beast::iequals(parser_.get()[bhttp::field::expect], "100-continue")),
          patience_(connection.state_->config.body_timeout) {
      const auto known = parser_.content_length();
      if (known) length_ = *known;
      if (parser_.is_done()) length_ = 0;
    }

    [[nodiscard]] std::optional<std::uint64_t> length() const override { return length_; }
    [[nodiscard]] bool done() const { return parser_.is_done(); }
    [[nodiscard]] bool keep_alive() const { return parser_.keep_alive() && !failed_; }

    void abort() override {
      failed_ = Error{"canceled", "the request was broken off", ""};
      connection_.abort();
    }

    awaitable<Result<std::size_t, Error>> read(ByteSpan out) override {
      while (!failed_ && !parser_.is_done()) {
        const std::size_t got = co_await read_some(out);
        if (got > 0) co_return got;
      }
      if (failed_) co_return *failed_;
      co_return std::size_t{0};
    }

    // Reads on to the end if that is near. A client that still waits for "100 Continue" sends nothing.
    awaitable<void> drain() {
      std::array<std::uint8_t, 4096> scrap{};
      std::size_t total = 0;
      const bool near =
          !waits_for_continue_ && (!length_ || parser_.content_length_remaining().value_or(0) <= kDrainBytes);
      while (near && !failed_ && !done() && total < kDrainBytes) total += co_await read_some(scrap);
    }

   private:
    awaitable<std::size_t> read_some(ByteSpan out) {
      const ServerConfig& config = connection_.state_->config;
      const TimePoint asked = connection_.state_->now();
      connection_.lowest().expires_after(std::max(Duration(0), std::min(config.body_pause, patience_)));
      error_code ec;
      if (std::exchange(waits_for_continue_, false)) ec = co_await connection_.send_continue();
      auto& body = parser_.get().body();
      body = {out.data(), out.size(), true};
      if (!ec) {
        co_await bhttp::async_read_some(connection_.stream_, connection_.buffer_, parser_, HttpConnection::into(ec));
      }
      if (ec == bhttp::error::need_buffer) ec = {};
      const std::size_t got = out.size() - body.size;
      connection_.lowest().expires_never();
      if (config.min_body_rate > 0) {
        patience_ += got * Duration(1s) / config.min_body_rate - (connection_.state_->now() - asked);
      }
      if (ec && !failed_) failed_ = failure_of(ec);
      co_return failed_ ? 0 : got;
    }

    static Error failure_of(error_code ec) {
      if (is_http_error(ec) && ec != bhttp::error::partial_message && ec != bhttp::error::end_of_stream) {
        return error_of(ec);
      }
      return {"canceled", "the request's body broke off: " + ec.message(), ""};
    }

    HttpConnection& connection_;
    bhttp::request_parser<bhttp::buffer_body> parser_;
    bool waits_for_continue_;
    Duration patience_;  // for what is still to come
    std::optional<std::uint64_t> length_;
    std::optional<Error> failed_;
  };

  asio::awaitable<bool> stream_in(Request& request, Parser& parser, const StreamingHandler& handler) {
    buffer_.reserve(kStreamBuffer);
    StreamedBody body(*this, parser);
    Response response = co_await call_streaming(handler, request, body);
    co_await body.drain();
    request.received = state_->now();
    const bool whole = body.done();
    const bool more = co_await write(std::move(response), request, whole && body.keep_alive() && !last_request_);
    if (!whole && lowest().socket().is_open()) co_await linger(kLingerBytesOfStream);
    buffer_.shrink_to_fit();
    co_return more;
  }

  asio::awaitable<bool> upgrade(Request& request, Parser& parser) {
    const UpgradeHandler* handler = state_->router.match_websocket(request.path, request.params);
    if (handler == nullptr || last_request_) {
      const Error error = handler == nullptr ? Error{"not_found", "not found: " + request.path, ""}
                                             : Error{"unavailable", "the server is stopping", ""};
      co_return co_await write(problem_response(error), request, false);
    }
    std::optional<std::string> accepted = accept_upgrade(request);
    if (!accepted) {
      Response refusal = problem_response(426, {"malformed", "this is no upgrade to a WebSocket of version 13", ""});
      refusal.set("Sec-WebSocket-Version", "13");
      co_return co_await write(std::move(refusal), request, false);
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
    socket->start(std::move(*accepted), beast::buffers_to_string(buffer_.data()));
    co_return false;
  }

  asio::awaitable<void> refuse_malformed(error_code ec) {
    ++state_->stats.requests_malformed;
    Request nothing;
    nothing.received = state_->now();
    const bool more = co_await write(problem_response(error_of(ec)), nothing, false);
    (void)more;
    co_await linger(kLingerBytes);
  }

  asio::awaitable<bool> refuse_too_many(const Request& request, Parser& parser) {
    Response response = problem_response({"rate_limited", "too many requests from this address", ""});
    response.set("Retry-After", "1");
    const bool whole = parser.is_done();
    const bool more = co_await write(std::move(response), request, whole && parser.keep_alive());
    if (!whole) co_await linger(kLingerBytes);
    co_return more;
  }

  // True when another request may follow.
  asio::awaitable<bool> write(Response response, const Request& request, bool keep_alive) {
    ResponseMessage message(static_cast<bhttp::status>(response.status), 11);
    fill_head(response, state_->now(), keep_alive, message);
    const std::string_view payload = response.payload();
    const bool bodyless = response.status == 204 || response.status == 304 || response.status < 200;
    if (!bodyless) message.content_length(response.length());
    const bool head_only = bodyless || request.method == Method::head;
    if (!head_only && !response.source) message.body() = {payload.data(), payload.size()};

    error_code ec;
    bhttp::response_serializer<bhttp::span_body<const char>> serializer(message);
    lowest().expires_after(state_->config.write_timeout);
    if (head_only || response.source) {
      co_await bhttp::async_write_header(stream_, serializer, into(ec));
    } else {
      co_await bhttp::async_write(stream_, serializer, into(ec));
    }
    if (!ec && !head_only && response.source) ec = co_await write_source(*response.source);
    ++state_->stats.responses_by_class[std::min<std::size_t>(response.status / 100, 5)];
    state_->stats.request_latency.record(state_->now() - request.received);
    co_return !ec && keep_alive;
  }

  asio::awaitable<error_code> write_source(BodySource& source) {
    // What ends this answer must not end a later one.
    const auto sending = std::make_shared<bool>(true);
    source.sending([weak = this->weak_from_this(), sending] {
      const auto self = weak.lock();
      if (self && *sending) self->abort();
    });
    error_code ec;
    std::vector<std::uint8_t> piece(std::min<std::uint64_t>(kSourceBuffer, source.length()));
    std::uint64_t left = source.length();
    while (!ec && left > 0) {
      lowest().expires_never();
      const ByteSpan room(piece.data(), std::min<std::uint64_t>(piece.size(), left));
      const auto got = co_await source.read(room);
      if (!got || *got == 0 || *got > room.size()) {
        lowest().close();
        ec = asio::error::operation_aborted;
        break;
      }
      left -= *got;
      lowest().expires_after(state_->config.write_timeout);
      co_await asio::async_write(stream_, asio::buffer(piece.data(), *got), into(ec));
    }
    *sending = false;
    co_return ec;
  }

  asio::awaitable<void> linger(std::size_t most) {
    error_code ec;
    lowest().socket().shutdown(asio::ip::tcp::socket::shutdown_send, ec);
    lowest().expires_after(kLingerTime);
    std::array<char, 16384> scrap{};
    std::size_t total = 0;
    while (!ec && total < most) {
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
  std::shared_ptr<std::function<void()>> hangup_;  // while somebody watches
  bool idle_ = true;
  bool first_request_ = true;
  bool last_request_ = false;
  bool upgraded_ = false;
};

}  // namespace parley::http

// One HTTP/1.1 connection: its requests one after the other, over plain TCP or TLS.
#include "http/connection.h"

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
#include <ctime>

#include "base/log.h"
#include "http/cors.h"
#include "http/websocket_connection.h"

namespace parley::http {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using boost::system::error_code;
using PlainStream = beast::tcp_stream;
using TlsStream = asio::ssl::stream<beast::tcp_stream>;

// After an answer to a request that was not read to its end, what the client still sends is thrown away for this long:
// closing at once would reset the connection and could take the answer with it.
constexpr Duration kLingerTime = 2s;
constexpr std::size_t kLingerBytes = 1U << 20U;

std::string http_date(TimePoint now) {
  const auto seconds = static_cast<std::time_t>(now.time_since_epoch() / 1s);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  std::array<char, 40> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
  return {text.data(), size};
}

bool is_safe_header_value(std::string_view value) {
  return value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// The client as a trusted proxy names it: the last entry is the one that our proxy wrote itself.
void apply_forwarding(const ServerConfig& config, Request& request) {
  Address bare = request.peer;
  bare.port = 0;
  bool trusted = false;
  for (const Address& proxy : config.trusted_proxies) trusted = trusted || proxy.ip == bare.ip;
  if (!trusted) return;
  std::string_view list = request.header("X-Forwarded-For");
  if (const std::size_t comma = list.rfind(','); comma != std::string_view::npos) list.remove_prefix(comma + 1);
  if (const auto client = Address::parse(trim(list), 0)) request.peer = *client;
  if (request.header("X-Forwarded-Proto") == "https") request.secure = true;
}

Error error_of(error_code ec) {
  if (ec == bhttp::error::header_limit) return {"header_too_large", "the request's head is too large", ""};
  if (ec == bhttp::error::body_limit) return {"payload_too_large", "the request's body is too large", ""};
  return {"malformed", "this is no HTTP request: " + ec.message(), ""};
}

bool is_http_error(error_code ec) {
  return ec.category() == bhttp::make_error_code(bhttp::error::bad_method).category();
}

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
      co_return co_await call(*match.handler, request);
    }
    if (is_preflight(request) || (request.method == Method::options && !match.allowed.empty())) {
      co_return preflight_response(request);
    }
    if (match.allowed.empty()) co_return problem_response({"not_found", "not found: " + request.path, ""});
    Response response = problem_response(
        {"method_not_allowed", std::string(bhttp::to_string(request.method)) + " is not possible here", ""});
    std::string allowed = "OPTIONS";
    for (const Method method : match.allowed) allowed += ", " + std::string(bhttp::to_string(method));
    response.set("Allow", allowed);
    co_return response;
  }

  asio::awaitable<Response> call(const Handler& handler, const Request& request) {
    try {
      co_return co_await handler(request);
    } catch (const std::exception& e) {
      log::error("http", "a handler failed", {{"path", request.path}, {"error", e.what()}});
    }
    co_return problem_response({"internal", "the server could not carry out this request", ""});
  }

  asio::awaitable<bool> upgrade(Request& request, Parser& parser) {
    const UpgradeHandler* handler = state_->router.match_websocket(request.path, request.params);
    if (handler == nullptr || last_request_) {
      const Error error = handler == nullptr ? Error{"not_found", "not found: " + request.path, ""}
                                             : Error{"unavailable", "the server is stopping", ""};
      co_return co_await write(problem_response(error), request, false);
    }
    lowest().expires_never();
    UpgradeDecision decision = co_await decide(*handler, request);
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

  asio::awaitable<UpgradeDecision> decide(const UpgradeHandler& handler, const Request& request) {
    try {
      co_return co_await handler(request);
    } catch (const std::exception& e) {
      log::error("http", "an upgrade failed", {{"path", request.path}, {"error", e.what()}});
    }
    co_return problem_response({"internal", "the server could not carry out this request", ""});
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
    using Body = bhttp::span_body<const char>;
    add_cors_headers(response);
    bhttp::response<Body> message(static_cast<bhttp::status>(response.status), 11);
    for (const auto& [name, value] : response.headers) {
      if (is_safe_header_value(value)) message.insert(name, value);
    }
    if (!response.content_type.empty()) message.set(bhttp::field::content_type, response.content_type);
    message.set(bhttp::field::server, "Parley");
    message.set(bhttp::field::date, http_date(state_->now()));
    message.set("X-Content-Type-Options", "nosniff");
    message.keep_alive(keep_alive);
    const std::string_view payload = response.payload();
    const bool bodyless = response.status == 204 || response.status == 304 || response.status < 200;
    if (!bodyless) message.content_length(payload.size());
    const bool head_only = bodyless || request.method == Method::head;
    if (!head_only) message.body() = {payload.data(), payload.size()};

    error_code ec;
    bhttp::response_serializer<Body> serializer(message);
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

}  // namespace

Address address_of(const asio::ip::tcp::endpoint& endpoint) {
  Address out;
  if (endpoint.address().is_v4()) {
    const auto b = endpoint.address().to_v4().to_bytes();
    out = Address::v4(b[0], b[1], b[2], b[3], endpoint.port());
  } else {
    out.ip = endpoint.address().to_v6().to_bytes();
    out.port = endpoint.port();
  }
  out.protocol = Protocol::kTcp;
  return out;
}

void start_connection(ServerStateRef state, asio::ip::tcp::socket socket, net::ConnectionQuota::Ticket ticket,
                      const Address& peer) {
  error_code ignored;
  socket.set_option(asio::ip::tcp::no_delay(true), ignored);
  if (state->tls) {
    TlsStream stream(PlainStream(std::move(socket)), *state->tls);
    std::make_shared<HttpConnection<TlsStream>>(std::move(state), std::move(ticket), peer, std::move(stream))->start();
  } else {
    PlainStream stream(std::move(socket));
    std::make_shared<HttpConnection<PlainStream>>(std::move(state), std::move(ticket), peer, std::move(stream))
        ->start();
  }
}

}  // namespace parley::http

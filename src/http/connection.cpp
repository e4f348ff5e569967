// What connections do that does not depend on their stream.
#include "http/connection.h"

#include <array>
#include <boost/asio/post.hpp>
#include <ctime>

#include "base/log.h"
#include "http/cors.h"
#include "http/http_connection.h"
#include "http/websocket_frames.h"

namespace parley::http {

namespace {

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

// Hundreds of sockets do not stay in the cache from one event to the next. What the next one needs arrives while the
// kernel takes what the present one has.
void fetch_ahead(const Flushable& next) {
  static constexpr std::size_t kCacheLine = 64;
  static constexpr std::size_t kLines = 3;
  const char* at = reinterpret_cast<const char*>(&next);
  for (std::size_t i = 0; i < kLines; ++i) __builtin_prefetch(at + i * kCacheLine);
}

}  // namespace

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

void fill_head(Response& response, TimePoint now, bool keep_alive, ResponseMessage& out) {
  add_cors_headers(response);
  for (const auto& [name, value] : response.headers) {
    if (is_safe_header_value(value)) out.insert(name, value);
  }
  if (!response.content_type.empty()) out.set(bhttp::field::content_type, response.content_type);
  out.set(bhttp::field::server, "Parley");
  out.set(bhttp::field::date, http_date(now));
  out.set("X-Content-Type-Options", "nosniff");
  out.keep_alive(keep_alive);
}

Response unrouted_response(const Request& request, const std::vector<Method>& allowed) {
  if (is_preflight(request) || (request.method == Method::options && !allowed.empty())) {
    return preflight_response(request);
  }
  if (allowed.empty()) return problem_response({"not_found", "not found: " + request.path, ""});
  Response response = problem_response(
      {"method_not_allowed", std::string(bhttp::to_string(request.method)) + " is not possible here", ""});
  std::string list = "OPTIONS";
  for (const Method method : allowed) list += ", " + std::string(bhttp::to_string(method));
  response.set("Allow", list);
  return response;
}

awaitable<Response> call_handler(const Handler& handler, const Request& request) {
  try {
    co_return co_await handler(request);
  } catch (const std::exception& e) {
    log::error("http", "a handler failed", {{"path", request.path}, {"error", e.what()}});
  }
  co_return problem_response({"internal", "the server could not carry out this request", ""});
}

awaitable<Response> call_streaming(const StreamingHandler& handler, const Request& request, BodyReader& body) {
  try {
    co_return co_await handler(request, body);
  } catch (const std::exception& e) {
    log::error("http", "a handler failed", {{"path", request.path}, {"error", e.what()}});
  }
  co_return problem_response({"internal", "the server could not carry out this request", ""});
}

awaitable<UpgradeDecision> call_upgrade(const UpgradeHandler& handler, const Request& request) {
  try {
    co_return co_await handler(request);
  } catch (const std::exception& e) {
    log::error("http", "an upgrade failed", {{"path", request.path}, {"error", e.what()}});
  }
  co_return problem_response({"internal", "the server could not carry out this request", ""});
}

void ServerState::flush_later(std::shared_ptr<Flushable> who) {
  to_flush.push_back(std::move(who));
  if (to_flush.size() == 1) asio::post(executor, [self = shared_from_this()] { self->end_turn(); });
}

void ServerState::end_turn() {
  const TimePoint at = now();
  throughput.note(at, stats.websocket_messages_out);
  const Duration hold = config.websocket.hold_at(throughput.per_second());
  const bool timer_runs = !held.empty();
  // Whoever writes may be told of an end, and those told may send again: that is the next turn's.
  std::vector<std::shared_ptr<Flushable>> all = std::exchange(to_flush, {});
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i + 1 < all.size()) fetch_ahead(*all[i + 1]);
    if (!all[i]->end_turn(at, hold)) held.push_back(std::move(all[i]));
  }
  all.clear();
  if (to_flush.empty()) to_flush = std::move(all);
  if (held.empty() || timer_runs) return;
  hold_timer.expires_after(hold);
  hold_timer.async_wait([self = shared_from_this()](error_code ec) {
    if (!ec) self->write_held();
  });
}

void ServerState::write_held() {
  const TimePoint at = now();
  std::vector<std::shared_ptr<Flushable>> all = std::exchange(held, {});
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i + 1 < all.size()) fetch_ahead(*all[i + 1]);
    all[i]->write_held(at);
  }
  all.clear();
  if (held.empty()) held = std::move(all);
}

void ServerState::forget_held() {
  hold_timer.cancel();
  const std::vector<std::shared_ptr<Flushable>> all = std::exchange(held, {});
}

std::optional<std::string> accept_upgrade(const Request& request) {
  // 16 bytes in base64.
  static constexpr std::size_t kKeyLength = 24;
  const std::string_view key = request.header("Sec-WebSocket-Key");
  if (key.size() != kKeyLength || request.header("Sec-WebSocket-Version") != "13") return std::nullopt;
  return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
         accept_key(key) + "\r\nAccess-Control-Allow-Origin: *\r\nServer: Parley\r\n\r\n";
}

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
  const bool tls = state->tls.has_value();
  (tls ? start_tls_connection : start_plain_connection)(std::move(state), std::move(socket), std::move(ticket), peer);
}

}  // namespace parley::http

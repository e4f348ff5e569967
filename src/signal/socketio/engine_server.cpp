#include "signal/socketio/engine_server.h"

#include <algorithm>
#include <array>
#include <boost/asio/use_awaitable.hpp>
#include <optional>
#include <unordered_map>
#include <utility>

#include "signal/socketio/engine_answers.h"
#include "signal/socketio/engine_connection.h"

namespace parley::signal::socketio {

namespace asio = boost::asio;
using asio::awaitable;

namespace {

constexpr std::string_view kVersion = "4";

// Frames of one WebSocket, handed to its connection.
class EngineWebSocket final : public http::WebSocketHandler {
 public:
  // connection: the one that upgrades; nullptr: a new one opens with the WebSocket.
  EngineWebSocket(std::shared_ptr<EngineServer::Impl> server, std::shared_ptr<EngineConnection> connection,
                  Remote remote)
      : server_(std::move(server)), connection_(std::move(connection)), remote_(std::move(remote)) {}

  void on_open(std::shared_ptr<http::WebSocketSession> socket) override {
    const bool late = connection_ && !connection_->session().accepts_upgrade();
    if (!connection_) connection_ = server_->open(std::move(remote_), Transport::kWebSocket);
    if (late || !connection_) {
      connection_.reset();
      socket->close(http::close_code::kPolicy, "refused");
      return;
    }
    connection_->bind(this);
    connection_->websocket_opened(std::move(socket));
  }
  void on_message(std::string_view payload, bool text) override {
    if (connection_) connection_->frame(this, payload, text);
  }
  void on_closed(std::uint16_t code, std::string_view /*reason*/) override {
    // Clients do not send this code: it was the server that gave up on a full queue.
    const std::string_view reason =
        code == http::close_code::kTryAgainLater ? end_reason::kTooSlow : end_reason::kTransportClose;
    if (const auto connection = std::exchange(connection_, nullptr)) connection->websocket_closed(this, reason);
  }
  // The heartbeat above does it.
  [[nodiscard]] bool wants_pings() const override { return false; }

 private:
  std::shared_ptr<EngineServer::Impl> server_;
  std::shared_ptr<EngineConnection> connection_;
  Remote remote_;
};

Remote remote_of(const http::Request& request) {
  return {request.peer, std::string(request.header("Host")), request.secure};
}

std::optional<Refusal> refusal_of(const http::Request& request, std::string_view transport) {
  if (request.query.get("EIO") != kVersion) return Refusal::kUnsupportedVersion;
  const std::string_view asked = request.query.get("transport");
  if (asked != "polling" && asked != "websocket") return Refusal::kUnknownTransport;
  if (asked != transport) return Refusal::kBadRequest;
  return std::nullopt;
}

awaitable<http::Response> handle_request(std::shared_ptr<EngineServer::Impl> server, const http::Request& request) {
  if (const auto refusal = refusal_of(request, "polling")) co_return refused(*refusal);
  const std::string* sid = request.query.find("sid");
  if (sid == nullptr) {
    if (request.method != http::Method::get) co_return refused(Refusal::kBadMethod);
    const auto connection = server->open(remote_of(request), Transport::kPolling);
    if (!connection) co_return refused(Refusal::kForbidden);
    co_return payload_answer(connection->session().open_packet());
  }
  const auto connection = server->find(*sid);
  if (!connection) co_return refused(Refusal::kUnknownSession);
  if (request.method == http::Method::get) co_return co_await connection->poll(request);
  if (request.method == http::Method::post) co_return connection->post(request);
  co_return refused(Refusal::kBadMethod);
}

awaitable<http::UpgradeDecision> handle_upgrade(std::shared_ptr<EngineServer::Impl> server,
                                                const http::Request& request) {
  if (const auto refusal = refusal_of(request, "websocket")) co_return refused(*refusal);
  std::shared_ptr<EngineConnection> connection;
  if (const std::string* sid = request.query.find("sid")) {
    connection = server->find(*sid);
    // A session that takes no WebSocket any more refuses it once it is open: clients tell that from a failed request.
    if (!connection) co_return refused(Refusal::kUnknownSession);
  }
  std::shared_ptr<http::WebSocketHandler> handler =
      std::make_shared<EngineWebSocket>(server, std::move(connection), remote_of(request));
  co_return handler;
}

}  // namespace

http::Response refused(Refusal refusal) {
  static constexpr std::array<std::string_view, 6> kMessages = {
      "Transport unknown", "Session ID unknown", "Bad handshake method",
      "Bad request",       "Forbidden",          "Unsupported protocol version"};
  const auto code = static_cast<std::size_t>(refusal);
  http::Response response = http::json_response(
      refusal == Refusal::kForbidden ? 503 : 400,
      R"({"code":)" + std::to_string(code) + R"(,"message":")" + std::string(kMessages[code]) + "\"}");
  response.set("Cache-Control", "no-store");
  return response;
}

http::Response payload_answer(std::string payload) {
  http::Response response = http::text_response(200, std::move(payload));
  response.content_type = "text/plain; charset=UTF-8";
  response.set("Cache-Control", "no-store");
  return response;
}

// ---- Impl ----

EngineServer::Impl::Impl(asio::any_io_executor e, EngineServerConfig c, RandomSource& r, MakeHandler m)
    : executor(std::move(e)), config(std::move(c)), random(r), make_handler(std::move(m)), timer(executor) {}

std::shared_ptr<EngineConnection> EngineServer::Impl::open(Remote remote, Transport transport) {
  if (connections.size() >= config.max_sessions) {
    ++stats.sessions_refused;
    return nullptr;
  }
  // Not make_shared: the deadline queue's weak pointers would keep the object's memory.
  std::shared_ptr<EngineConnection> connection(new EngineConnection(shared_from_this(), std::move(remote), transport));
  connections.emplace(connection->session().sid(), connection);
  ++stats.sessions_opened;
  stats.sessions_open = connections.size();
  schedule(*connection);
  return connection;
}

std::shared_ptr<EngineConnection> EngineServer::Impl::find(std::string_view sid) const {
  const auto it = connections.find(std::string(sid));
  return it == connections.end() ? nullptr : it->second;
}

void EngineServer::Impl::forget(const EngineConnection& connection, const std::string& sid) {
  const auto it = connections.find(sid);
  if (it == connections.end() || it->second.get() != &connection) return;
  // The caller stands within this very object.
  asio::post(executor, [last = std::move(it->second)] {});
  connections.erase(it);
  stats.sessions_open = connections.size();
}

void EngineServer::Impl::schedule(EngineConnection& connection) {
  const TimePoint when = connection.session().deadline();
  if (when >= connection.ticket.scheduled) return;
  deadlines.schedule(connection.weak_from_this(), connection.ticket, when);
  arm();
}

void EngineServer::Impl::arm() {
  const TimePoint next = deadlines.next();
  if (next == kNever || next >= armed) return;
  armed = next;
  timer.expires_after(std::max(next - now(), Duration{0}));
  timer.async_wait([weak = weak_from_this()](boost::system::error_code ec) {
    if (ec) return;
    if (const auto self = weak.lock()) self->run_timers();
  });
}

void EngineServer::Impl::run_timers() {
  armed = kNever;
  const TimePoint time = now();
  while (const auto due = deadlines.pop(time)) {
    const auto connection = due->id.lock();
    if (!connection || connection->ticket.scheduled != due->when) continue;
    connection->ticket.scheduled = kNever;
    connection->timeout(time);
  }
  arm();
}

// ---- EngineServer ----

EngineServer::EngineServer(asio::any_io_executor executor, EngineServerConfig config, RandomSource& random,
                           MakeHandler make_handler)
    : impl_(std::make_shared<Impl>(std::move(executor), std::move(config), random, std::move(make_handler))) {}

EngineServer::~EngineServer() {
  close_all("the server is stopping");
  impl_->timer.cancel();
  // Those that wait for a farewell go without.
  impl_->connections.clear();
}

void EngineServer::mount(http::Router& router, std::string_view path) {
  const std::shared_ptr<Impl> impl = impl_;
  for (const std::string& pattern : {std::string(path), std::string(path) + "/"}) {
    // Methods that are none here get Engine.IO's own refusal.
    for (const http::Method method :
         {http::Method::get, http::Method::post, http::Method::put, http::Method::patch, http::Method::delete_}) {
      router.add(method, pattern, [impl](const http::Request& request) { return handle_request(impl, request); });
    }
    router.add_websocket(pattern, [impl](const http::Request& request) { return handle_upgrade(impl, request); });
  }
}

void EngineServer::close_all(std::string_view reason) {
  std::vector<std::shared_ptr<EngineConnection>> all;
  all.reserve(impl_->connections.size());
  for (const auto& [sid, connection] : impl_->connections) all.push_back(connection);
  for (const auto& connection : all) connection->abort(reason);
}

const EngineStats& EngineServer::stats() const { return impl_->stats; }

}  // namespace parley::signal::socketio

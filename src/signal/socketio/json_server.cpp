#include "signal/socketio/json_server.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "base/log.h"
#include "http/websocket.h"
#include "signal/common/problem.h"
#include "signal/socketio/socketio_session.h"

namespace parley::signal::socketio {

namespace asio = boost::asio;
namespace json = boost::json;

struct JsonServer::Impl {
  Impl(asio::any_io_executor e, JsonServerConfig c, RandomSource& r, Connector d)
      : executor(std::move(e)), config(c), random(r), connector(std::move(d)) {}

  asio::any_io_executor executor;
  const JsonServerConfig config;
  RandomSource& random;
  Connector connector;
  JsonStats stats;
};

namespace {

constexpr std::size_t kMaxIdLength = 64;

class JsonSocket final : public http::WebSocketHandler,
                         public Channel,
                         public std::enable_shared_from_this<JsonSocket> {
 public:
  JsonSocket(std::shared_ptr<JsonServer::Impl> server, ConnectRequest request)
      : server_(std::move(server)),
        request_(std::move(request)),
        id_(make_sid(server_->random)),
        auth_timer_(server_->executor) {}

  // ---- http::WebSocketHandler ----
  void on_open(std::shared_ptr<http::WebSocketSession> socket) override {
    socket_ = std::move(socket);
    ++server_->stats.sessions_opened;
    ++server_->stats.sessions_open;
    if (request_.auth.contains("token")) {
      connect({});
      return;
    }
    auth_timer_.expires_after(server_->config.auth_timeout);
    auth_timer_.async_wait([weak = weak_from_this()](boost::system::error_code ec) {
      const auto self = weak.lock();
      if (!ec && self && self->state_ == State::kWaiting)
        self->end(http::close_code::kPolicy, "no authentication came");
    });
  }
  void on_message(std::string_view payload, bool text) override {
    if (!text || payload.size() > server_->config.max_frame) {
      end(http::close_code::kBadPayload, "JSON text frames alone, of at most 1 MB");
      return;
    }
    auto event = read_json_frame(payload, server_->config.max_depth);
    if (!event) {
      end(http::close_code::kBadPayload, event.error().message);
    } else if (state_ == State::kOpen) {
      handler_->on_event(std::move(*event));
    } else {
      handle_auth(std::move(*event));
    }
  }
  void on_closed(std::uint16_t code, std::string_view reason) override {
    --server_->stats.sessions_open;
    auth_timer_.cancel();
    socket_.reset();
    state_ = State::kClosed;
    const auto handler = std::exchange(handler_, nullptr);
    if (handler) handler->on_closed(code == http::close_code::kTryAgainLater ? end_reason::kTooSlow : reason);
  }

  // ---- Channel ----
  [[nodiscard]] Wire wire() const override { return Wire::kJson; }
  void send(const Payload& event) override {
    if (socket_ && state_ == State::kOpen) socket_->send(event, true);
  }
  void emit(std::string_view name, const json::array& args, const Attachments& /*attachments*/) override {
    json::object frame{{"event", name}};
    frame["data"] = args.empty() ? json::value(json::object()) : args.front();
    write(frame);
  }
  void acknowledge(std::string_view ack, const json::array& args, const Attachments& /*attachments*/) override {
    if (ack.empty()) return;
    // The id is JSON text already.
    std::string members = args.empty() || !args.front().is_object() ? "{}" : json::serialize(args.front());
    std::string frame = "{\"id\":" + std::string(ack);
    if (members.size() > 2) frame.push_back(',');
    frame.append(members, 1);
    if (socket_) socket_->send_text(std::move(frame));
  }
  void disconnect() override { end(http::close_code::kPolicy, "disconnected by the server"); }
  void drop(std::string_view reason) override { end(http::close_code::kTryAgainLater, reason); }
  [[nodiscard]] const std::string& id() const override { return id_; }

 private:
  enum class State : std::uint8_t { kWaiting, kConnecting, kOpen, kClosed };

  void handle_auth(IncomingEvent event) {
    const bool fits =
        state_ == State::kWaiting && event.name == "auth" && !event.args.empty() && event.args.front().is_object();
    if (!fits) {
      end(http::close_code::kPolicy, "the first frame must be {\"event\":\"auth\",\"data\":{\"token\":…}}");
      return;
    }
    request_.auth = std::move(event.args.front().get_object());
    connect(std::move(event.ack));
  }

  void connect(std::string ack) {
    state_ = State::kConnecting;
    auth_timer_.cancel();
    asio::co_spawn(server_->executor, decide(shared_from_this(), std::move(ack)), asio::detached);
  }

  static asio::awaitable<void> decide(std::shared_ptr<JsonSocket> self, std::string ack) {
    Error failure{"internal", "the server could not carry out this request", ""};
    try {
      std::shared_ptr<Channel> way = self;
      ConnectRequest request = std::move(self->request_);
      auto handler = co_await self->server_->connector(std::move(request), std::move(way));
      if (handler) {
        self->accept(std::move(*handler), ack);
        co_return;
      }
      failure = handler.error();
    } catch (const std::exception& e) {
      log::error("socketio", "a connection could not be decided on", {{"error", e.what()}});
    }
    self->refuse(failure, ack);
  }

  void accept(std::shared_ptr<ClientHandler> handler, std::string_view ack) {
    if (state_ != State::kConnecting) return;
    state_ = State::kOpen;
    handler_ = std::move(handler);
    const json::object data{{"sid", id_}};
    acknowledge(ack, {json::object{{"ok", true}, {"data", data}}}, {});
    emit("connected", {data}, {});
    const auto keep = handler_;
    keep->on_open();
  }
  void refuse(const Error& error, std::string_view ack) {
    const json::object data = common::error_json(error);
    acknowledge(ack, {json::object{{"ok", false}, {"error", data}}}, {});
    emit("connect-error", {data}, {});
    end(http::close_code::kPolicy, error.message);
  }

  void write(const json::object& frame) {
    if (socket_) socket_->send_text(json::serialize(frame));
  }
  void end(std::uint16_t code, std::string_view reason) {
    if (socket_) socket_->close(code, reason);
  }

  std::shared_ptr<JsonServer::Impl> server_;
  ConnectRequest request_;
  std::string id_;
  asio::steady_timer auth_timer_;
  std::shared_ptr<http::WebSocketSession> socket_;
  std::shared_ptr<ClientHandler> handler_;
  State state_ = State::kWaiting;
};

std::string_view bearer_of(const http::Request& request) {
  static constexpr std::string_view kBearer = "Bearer ";
  const std::string_view header = request.header("Authorization");
  return header.starts_with(kBearer) ? header.substr(kBearer.size()) : std::string_view();
}

asio::awaitable<http::UpgradeDecision> handle_upgrade(std::shared_ptr<JsonServer::Impl> server,
                                                      const http::Request& request) {
  if (server->stats.sessions_open >= server->config.max_sessions) {
    co_return http::problem_response({"unavailable", "too many connections", ""});
  }
  ConnectRequest connect{"/", {}, {request.peer, std::string(request.header("Host")), request.secure}};
  std::string_view token = bearer_of(request);
  if (token.empty()) token = request.query.get("access_token");
  if (!token.empty()) connect.auth["token"] = token;
  std::shared_ptr<http::WebSocketHandler> handler = std::make_shared<JsonSocket>(server, std::move(connect));
  co_return handler;
}

Error malformed(std::string message) { return {"malformed", std::move(message), ""}; }

}  // namespace

Result<IncomingEvent, Error> read_json_frame(std::string_view text, std::size_t max_depth) {
  boost::system::error_code ec;
  json::parse_options options;
  options.max_depth = max_depth;
  json::value frame = json::parse(text, ec, {}, options);
  if (ec || !frame.is_object()) return malformed("a frame must be a JSON object");
  json::object& object = frame.get_object();
  const json::value* name = object.if_contains("event");
  if (name == nullptr || !name->is_string()) return malformed("a frame must have an \"event\"");
  IncomingEvent out;
  out.name = std::string_view(name->get_string());
  if (json::value* data = object.if_contains("data")) out.args.push_back(std::move(*data));
  if (const json::value* id = object.if_contains("id"); id != nullptr && !id->is_null()) {
    const bool fits = id->is_int64() || id->is_uint64() || (id->is_string() && id->get_string().size() <= kMaxIdLength);
    if (!fits) return malformed("\"id\" must be an integer or a string of at most 64 bytes");
    out.ack = json::serialize(*id);
  }
  return out;
}

JsonServer::JsonServer(asio::any_io_executor executor, JsonServerConfig config, RandomSource& random,
                       Connector connector)
    : impl_(std::make_shared<Impl>(std::move(executor), config, random, std::move(connector))) {}

JsonServer::~JsonServer() = default;

void JsonServer::mount(http::Router& router, std::string_view path) {
  const std::shared_ptr<Impl> impl = impl_;
  router.add_websocket(path, [impl](const http::Request& request) { return handle_upgrade(impl, request); });
}

const JsonStats& JsonServer::stats() const { return impl_->stats; }

}  // namespace parley::signal::socketio

#include "signal/socketio/engine_connection.h"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "signal/socketio/engine_answers.h"

namespace parley::signal::socketio {

namespace asio = boost::asio;
using asio::awaitable;

EngineConnection::EngineConnection(std::shared_ptr<EngineServer::Impl> server, Remote remote, Transport transport)
    : server_(std::move(server)),
      handler_(server_->make_handler(server_->now(), *this, std::move(remote))),
      session_(server_->now(), server_->config.engine, make_sid(server_->random), transport, *this, *handler_) {}

awaitable<http::Response> EngineConnection::poll(const http::Request& request) {
  const std::shared_ptr<EngineConnection> self = shared_from_this();
  ++server_->stats.polls;
  EngineSession::PollStart start = session_.handle_poll(server_->now());
  settle();
  if (start.poll == EngineSession::Poll::kRefused) co_return refused(Refusal::kBadRequest);
  if (start.poll == EngineSession::Poll::kAnswered) co_return payload_answer(std::move(start.body));
  const auto waiting = std::make_shared<Waiting>(server_->executor);
  waiting_ = waiting;
  if (request.on_hangup) {
    std::weak_ptr<EngineConnection> weak = self;
    request.on_hangup([weak = std::move(weak), waiting] {
      if (const auto connection = weak.lock()) connection->poll_gone(waiting);
    });
  }
  boost::system::error_code cancelled;
  co_await waiting->answered.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  if (!waiting->body) co_return refused(Refusal::kBadRequest);
  co_return payload_answer(std::move(*waiting->body));
}

void EngineConnection::poll_gone(const std::shared_ptr<Waiting>& waiting) {
  if (waiting_ != waiting) return;
  waiting_.reset();
  session_.poll_gone(server_->now());
  waiting->answered.cancel();
  settle();
}

http::Response EngineConnection::post(const http::Request& request) {
  ++server_->stats.posts;
  const auto taken = session_.handle_post(server_->now(), request.body);
  settle();
  if (!taken) return refused(Refusal::kBadRequest);
  return payload_answer("ok");
}

void EngineConnection::websocket_opened(std::shared_ptr<http::WebSocketSession> socket) {
  websocket_ = std::move(socket);
  if (session_.transport() == Transport::kWebSocket) {
    websocket_->send_text(session_.open_packet());
  } else {
    session_.websocket_opened(server_->now());
  }
  settle();
}

void EngineConnection::frame(const http::WebSocketHandler* from, std::string_view data, bool text) {
  if (from != websocket_handler_) return;
  const bool polling = session_.transport() == Transport::kPolling;
  session_.handle_frame(server_->now(), data, text);
  if (polling && session_.transport() == Transport::kWebSocket) ++server_->stats.upgrades;
  settle();
}

void EngineConnection::websocket_closed(const http::WebSocketHandler* from, std::string_view reason) {
  if (from != websocket_handler_) return;
  websocket_handler_ = nullptr;
  websocket_.reset();
  session_.websocket_closed(server_->now(), reason);
  settle();
}

void EngineConnection::timeout(TimePoint now) {
  session_.handle_timeout(now);
  if (session_.closed()) ++server_->stats.closed_by_timeout;
  settle();
}

void EngineConnection::abort(std::string_view reason) {
  session_.close(server_->now(), reason);
  settle();
}

void EngineConnection::answer_poll(std::string payload) {
  const std::shared_ptr<Waiting> waiting = std::exchange(waiting_, nullptr);
  if (!waiting) return;
  waiting->body = std::move(payload);
  waiting->answered.cancel();
}

void EngineConnection::want_flush() {
  asio::post(server_->executor, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->session_.flush(self->server_->now());
  });
}

void EngineConnection::send_frame(const Payload& payload, bool text) {
  if (websocket_) websocket_->send(payload, text);
}

void EngineConnection::close_websocket(std::string_view reason) {
  websocket_handler_ = nullptr;
  if (const auto socket = std::exchange(websocket_, nullptr)) socket->close(http::close_code::kNormal, reason);
}

void EngineConnection::send(const Payload& packet, bool text) {
  // A fan-out comes by here for each of its receivers: what goes straight into a frame needs no clock.
  if (session_.open() && session_.transport() == Transport::kWebSocket) {
    send_frame(packet, text);
    return;
  }
  session_.send(server_->now(), packet, text);
  if (!session_.open()) settle();
}

void EngineConnection::close(std::string_view reason) {
  session_.close(server_->now(), reason);
  settle();
}

void EngineConnection::settle() {
  if (session_.closed()) {
    server_->forget(*this, session_.sid());
  } else {
    server_->schedule(*this);
  }
}

}  // namespace parley::signal::socketio

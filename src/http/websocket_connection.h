// A WebSocket on Beast: one read loop, one chain of writes, a close with a deadline. Internal to http/.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <deque>
#include <string>
#include <utility>

#include "http/connection.h"
#include "http/websocket.h"

namespace parley::http {

// How long a client whose queue overflowed gets to take what is in flight and the close frame.
inline constexpr Duration kSlowCloseTimeout = 2s;
// A buffer that one large message has stretched is given back, so that idle sockets stay small.
inline constexpr std::size_t kKeptReadBuffer = 16U << 10U;

// A control frame holds 125 bytes, two of them the code (RFC 6455 section 5.5).
inline constexpr std::size_t kMaxCloseReason = 123;

template <class Stream>
class WebSocketConnection final : public WebSocketSession,
                                  public Connection,
                                  public std::enable_shared_from_this<WebSocketConnection<Stream>> {
 public:
  using Upgrade = boost::beast::http::request<boost::beast::http::string_body>;

  WebSocketConnection(ServerStateRef state, net::ConnectionQuota::Ticket ticket, const Address& peer, Stream stream,
                      std::shared_ptr<WebSocketHandler> handler)
      : Connection(std::move(state), std::move(ticket), peer),
        socket_(std::move(stream)),
        handler_(std::move(handler)),
        close_timer_(socket_.get_executor()) {}

  void start(Upgrade upgrade) {
    boost::asio::co_spawn(socket_.get_executor(), run(this->shared_from_this(), std::move(upgrade)),
                          boost::asio::detached);
  }

  void send(Payload payload, bool text) override {
    if (!open_ || closing_) return;
    const WebSocketLimits& limits = state_->config.websocket;
    if (queued_bytes_ + payload->size() > limits.max_queued || queue_.size() >= limits.max_messages) {
      give_up_on_slow_client();
      return;
    }
    queued_bytes_ += payload->size();
    queue_.push_back({std::move(payload), text});
    if (!writing_) write_next();
  }

  void close(std::uint16_t code, std::string_view reason) override {
    close_within(code, reason, state_->config.websocket.handshake_timeout);
  }

  [[nodiscard]] std::size_t queued_bytes() const override { return queued_bytes_; }
  [[nodiscard]] const Address& peer() const override { return peer_; }

  void finish_up() override {}
  void say_goodbye() override { close(close_code::kGoingAway, "the server is stopping"); }
  void abort() override { boost::beast::get_lowest_layer(socket_).close(); }

 private:
  struct Outgoing {
    Payload payload;
    bool text = false;
  };

  static boost::asio::awaitable<void> run(std::shared_ptr<WebSocketConnection> self, Upgrade upgrade) {
    boost::system::error_code ec;
    self->configure();
    co_await self->socket_.async_accept(upgrade, boost::asio::redirect_error(boost::asio::use_awaitable, ec));
    if (ec) co_return;
    upgrade = {};
    Stats& stats = self->state_->stats;
    ++stats.websockets_opened;
    ++stats.websockets_open;
    self->open_ = true;
    self->handler_->on_open(self);
    boost::beast::flat_buffer buffer;
    while (!ec) {
      co_await self->socket_.async_read(buffer, boost::asio::redirect_error(boost::asio::use_awaitable, ec));
      if (!ec) self->deliver(buffer);
    }
    --stats.websockets_open;
    self->finish(ec);
  }

  void configure() {
    namespace websocket = boost::beast::websocket;
    const WebSocketLimits& limits = state_->config.websocket;
    // Beast's own timeouts take over from the stream's. It pings after half the idle time.
    boost::beast::get_lowest_layer(socket_).expires_never();
    websocket::stream_base::timeout timeout{};
    timeout.handshake_timeout = limits.handshake_timeout;
    const bool pings = handler_->wants_pings();
    timeout.idle_timeout = pings ? 2 * limits.ping_interval : boost::beast::websocket::stream_base::none();
    timeout.keep_alive_pings = pings;
    socket_.set_option(timeout);
    socket_.set_option(websocket::stream_base::decorator(
        [](websocket::response_type& response) { response.set("Access-Control-Allow-Origin", "*"); }));
    socket_.read_message_max(limits.max_message);
    // A message goes out as one frame, straight from its buffer.
    socket_.auto_fragment(false);
  }

  void deliver(boost::beast::flat_buffer& buffer) {
    const auto data = buffer.cdata();
    const std::string_view payload(static_cast<const char*>(data.data()), data.size());
    ++state_->stats.websocket_messages_in;
    state_->stats.websocket_bytes_in += payload.size();
    // What arrives after our close is of no interest any more.
    if (!closing_) handler_->on_message(payload, socket_.got_text());
    buffer.consume(buffer.size());
    if (buffer.capacity() > kKeptReadBuffer) buffer.shrink_to_fit();
  }

  void write_next() {
    writing_ = true;
    in_flight_ = std::move(queue_.front());
    queue_.pop_front();
    socket_.text(in_flight_.text);
    socket_.async_write(
        boost::asio::buffer(*in_flight_.payload),
        [self = this->shared_from_this()](boost::system::error_code ec, std::size_t) { self->on_written(ec); });
  }

  void on_written(boost::system::error_code ec) {
    writing_ = false;
    if (!open_) return;
    if (ec) {
      abort();
      return;
    }
    ++state_->stats.websocket_messages_out;
    state_->stats.websocket_bytes_out += in_flight_.payload->size();
    queued_bytes_ -= in_flight_.payload->size();
    in_flight_ = {};
    if (!queue_.empty()) {
      write_next();
    } else if (closing_) {
      send_close();
    }
  }

  void give_up_on_slow_client() {
    ++state_->stats.websockets_too_slow;
    queue_.clear();
    queued_bytes_ = writing_ ? in_flight_.payload->size() : 0;
    close_within(close_code::kTryAgainLater, "the client reads too slowly", kSlowCloseTimeout);
  }

  void close_within(std::uint16_t code, std::string_view reason, Duration limit) {
    if (!open_ || closing_) return;
    closing_ = true;
    close_code_ = code;
    close_reason_ = utf8_prefix(reason, kMaxCloseReason);
    close_timer_.expires_after(limit);
    close_timer_.async_wait([weak = this->weak_from_this()](boost::system::error_code ec) {
      if (ec) return;
      if (const auto self = weak.lock()) self->abort();
    });
    if (!writing_) send_close();
  }

  void send_close() {
    namespace websocket = boost::beast::websocket;
    const websocket::close_reason reason(static_cast<websocket::close_code>(close_code_), close_reason_);
    socket_.async_close(reason, [self = this->shared_from_this()](boost::system::error_code) {});
  }

  void finish(boost::system::error_code ec) {
    open_ = false;
    close_timer_.cancel();
    queue_.clear();
    queued_bytes_ = 0;
    std::uint16_t code = close_code::kAbnormal;
    std::string reason;
    if (closing_) {
      code = close_code_;
      reason = close_reason_;
    } else if (ec == boost::beast::websocket::error::closed) {
      code = socket_.reason().code;
      reason = std::string(socket_.reason().reason.data(), socket_.reason().reason.size());
    } else if (ec == boost::beast::websocket::error::message_too_big) {
      code = close_code::kTooBig;
    }
    const std::shared_ptr<WebSocketHandler> handler = std::exchange(handler_, nullptr);
    handler->on_closed(code, reason);
  }

  // No compression: what we carry is small or compressed already, and a deflate state costs each socket 300 KB.
  boost::beast::websocket::stream<Stream, false> socket_;
  std::shared_ptr<WebSocketHandler> handler_;
  boost::asio::steady_timer close_timer_;
  std::deque<Outgoing> queue_;
  Outgoing in_flight_;
  std::size_t queued_bytes_ = 0;  // of the queue and the message in flight
  bool open_ = false;
  bool writing_ = false;
  bool closing_ = false;
  std::uint16_t close_code_ = 0;
  std::string close_reason_;
};

}  // namespace parley::http

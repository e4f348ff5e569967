// A WebSocket on a connection whose upgrade was accepted. Internal to http/.
//
//   socket ──→ MessageReader ──→ WebSocketHandler        send() ──→ queue ──(end of the turn)──→ one gathered write
//
// What is sent to many is one shared payload; a receiver adds two to ten bytes of frame header. Whatever is sent in one
// turn of the loop goes out in one system call; on a busy server, whatever is sent within a few ms (throughput.h). An
// idle plain connection holds no read buffer: it waits until there is something to read and reads into one that all
// share.
#pragma once

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <cerrno>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/pace.h"
#include "http/connection.h"
#include "http/query.h"
#include "http/websocket.h"
#include "http/websocket_frames.h"

namespace parley::http {

// How long a client whose queue overflowed gets to take what is in flight and the close frame.
inline constexpr Duration kSlowCloseTimeout = 2s;
// How long the client gets to close the connection after the closing handshake.
inline constexpr Duration kDrainTimeout = 2s;
// A control frame holds 125 bytes, two of them the code (RFC 6455 section 5.5).
inline constexpr std::size_t kMaxCloseReason = 123;
// Messages of one system call: two pieces each, far below what the kernel takes.
inline constexpr std::size_t kGatheredMessages = 128;
// Bytes of one TLS write, and of the buffer that each TLS connection reads into.
inline constexpr std::size_t kTlsBatch = 64U << 10U;
inline constexpr std::size_t kTlsReadBuffer = 4U << 10U;

template <class Stream>
class WebSocketConnection final : public WebSocketSession,
                                  public Connection,
                                  private MessageSink,
                                  private Flushable,
                                  public std::enable_shared_from_this<WebSocketConnection<Stream>> {
 public:
  WebSocketConnection(ServerStateRef state, net::ConnectionQuota::Ticket ticket, const Address& peer, Stream stream,
                      std::shared_ptr<WebSocketHandler> handler)
      : Connection(std::move(state), std::move(ticket), peer),
        stream_(std::move(stream)),
        handler_(std::move(handler)),
        reader_(state_->config.websocket.max_message),
        timer_(stream_.get_executor()) {}

  // response: the head that accepts the upgrade. early: what the client sent right behind its request.
  void start(std::string response, std::string early) {
    boost::beast::get_lowest_layer(stream_).expires_never();
    boost::system::error_code ec;
    socket().native_non_blocking(true, ec);
    descriptor_ = socket().native_handle();
    head_ = std::move(response);
    early_ = std::move(early);
    boost::asio::async_write(stream_, boost::asio::buffer(head_),
                             [self = this->shared_from_this()](boost::system::error_code failed, std::size_t) {
                               if (!failed) self->open();
                             });
  }

  void send(Payload payload, bool text) override {
    if (state() != State::kOpen) return;
    // A burst within one turn is not the client's fault as long as the kernel takes it.
    if (!fits(payload->size()) && !blocked_) flush();
    if (state() != State::kOpen) return;
    if (!fits(payload->size())) {
      give_up_on_slow_client();
      return;
    }
    push(text ? Opcode::kText : Opcode::kBinary, std::move(payload));
  }

  void close(std::uint16_t code, std::string_view reason) override {
    close_within(code, reason, state_->config.websocket.handshake_timeout);
  }

  [[nodiscard]] std::size_t queued_bytes() const override { return queued_bytes_; }
  [[nodiscard]] const Address& peer() const override { return peer_; }

  void finish_up() override {}
  void say_goodbye() override { close(close_code::kGoingAway, "the server is stopping"); }
  void abort() override {
    state_of_it_ = State::kBroken;
    boost::beast::get_lowest_layer(stream_).close();
  }

 private:
  static constexpr bool kTls = !std::is_same_v<Stream, boost::beast::tcp_stream>;

  // kClosing: our close frame is queued or sent. kDraining: both are through, the client closes the connection.
  enum class State : std::uint8_t { kOpening, kOpen, kClosing, kDraining, kBroken };

  struct Outgoing {
    Payload payload;
    FrameHeader header;
    bool message = true;  // and no control frame
  };

  [[nodiscard]] State state() const { return state_of_it_; }
  auto& socket() { return boost::beast::get_lowest_layer(stream_).socket(); }

  void open() {
    head_ = {};
    state_of_it_ = State::kOpen;
    Stats& stats = state_->stats;
    ++stats.websockets_opened;
    ++stats.websockets_open;
    pings_ = handler_->wants_pings();
    if (pings_) wait_for_silence();
    handler_->on_open(this->shared_from_this());
    std::string early = std::exchange(early_, {});
    take({reinterpret_cast<std::uint8_t*>(early.data()), early.size()});
    read_next();
  }

  // ---- reading ----

  void read_next() {
    const auto self = this->shared_from_this();
    if constexpr (kTls) {
      if (tls_in_.empty()) tls_in_.resize(kTlsReadBuffer);
      stream_.async_read_some(boost::asio::buffer(tls_in_), [self](boost::system::error_code ec, std::size_t size) {
        if (!ec) self->take({self->tls_in_.data(), size});
        self->went_on(ec || self->state() == State::kBroken);
      });
    } else {
      socket().async_wait(boost::asio::ip::tcp::socket::wait_read,
                          [self](boost::system::error_code ec) { self->went_on(ec || !self->read_available()); });
    }
  }

  void went_on(bool over) {
    if (over) {
      finish();
    } else {
      read_next();
    }
  }

  // False: the connection is over.
  bool read_available() {
    std::vector<std::uint8_t>& scratch = state_->scratch;
    const ssize_t got = ::recv(socket().native_handle(), scratch.data(), scratch.size(), MSG_DONTWAIT);
    if (got > 0) take({scratch.data(), static_cast<std::size_t>(got)});
    const bool later = got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
    return (got > 0 || later) && state() != State::kBroken;
  }

  void take(ByteSpan bytes) {
    heard_ = true;
    if (bytes.empty() || state() == State::kDraining) return;
    const FrameFault fault = reader_.read(bytes, *this);
    if (fault == FrameFault::kNone) return;
    fail(static_cast<std::uint16_t>(fault));
  }

  // The client broke the protocol: it is told how, and its own close frame is not waited for.
  void fail(std::uint16_t code) {
    if (state() == State::kOpen) {
      remember_close(code, {});
      push_close(code, {});
    }
    client_is_done();
  }

  void client_is_done() {
    if (state() == State::kOpen) state_of_it_ = State::kClosing;
    client_closed_ = true;
    drain_when_sent();
  }

  // ---- MessageSink ----

  void on_message(std::string_view payload, bool text) override {
    ++state_->stats.websocket_messages_in;
    state_->stats.websocket_bytes_in += payload.size();
    // What arrives after our close is of no interest any more.
    if (state() == State::kOpen) handler_->on_message(payload, text);
  }
  void on_ping(std::string_view payload) override {
    if (state() != State::kOpen) return;
    // A client that pings faster than it reads gets no more answers than the queue holds.
    if (queue_.size() - queue_begin_ >= state_->config.websocket.max_messages) return;
    push(Opcode::kPong, std::make_shared<const std::string>(payload), false);
  }
  void on_pong() override {}
  void on_close(std::uint16_t code, std::string_view reason) override {
    if (state() == State::kOpen) {
      remember_close(code, reason);
      // Its code comes back; without one an empty frame does.
      push_close(code, {});
    }
    client_is_done();
  }

  // ---- writing ----

  [[nodiscard]] bool fits(std::size_t size) const {
    const WebSocketLimits& limits = state_->config.websocket;
    return queued_bytes_ + size <= limits.max_queued && queue_.size() - queue_begin_ < limits.max_messages;
  }

  void push(Opcode opcode, Payload payload, bool message = true) {
    queued_bytes_ += payload->size();
    const FrameHeader header = make_frame_header(opcode, payload->size());
    queue_.push_back({std::move(payload), header, message});
    if (message) {
      ++new_messages_;
    } else {
      urgent_ = true;
    }
    schedule_flush();
  }

  void schedule_flush() {
    if (blocked_ || flush_scheduled_ || (held_ && !urgent_)) return;
    flush_scheduled_ = true;
    state_->flush_later(std::shared_ptr<Flushable>(this->shared_from_this(), this));
  }

  // ---- Flushable ----

  bool end_turn(TimePoint now, Duration hold) override {
    flush_scheduled_ = false;
    // What came in one turn shares its write anyway: it counts once.
    pace_.note(now, std::min<std::size_t>(std::exchange(new_messages_, 0), 1));
    held_ = hold > Duration{} && !urgent_ && pace_.likely_within(hold) && state() == State::kOpen && !blocked_;
    if (!held_ && !blocked_) flush();
    return !held_;
  }
  void write_held(TimePoint now) override {
    if (!std::exchange(held_, false)) return;  // it left with something that could not wait
    pace_.note(now, std::exchange(new_messages_, 0));
    if (!blocked_) flush();
  }

  void flush() {
    if (state() == State::kBroken) return;
    urgent_ = false;
    if constexpr (kTls) {
      flush_tls();
    } else {
      flush_plain();
    }
    if (queue_.empty() && client_closed_) drain_when_sent();
  }

  // As much as the kernel takes; the rest waits until it takes more.
  void flush_plain() {
    while (!queue_.empty()) {
      // Not filled with zeros first: that would be 4 KiB for each write.
      std::array<iovec, 2 * kGatheredMessages> pieces;  // NOLINT(cppcoreguidelines-pro-type-member-init)
      const std::size_t count = gather(pieces);
      msghdr message{};
      message.msg_iov = pieces.data();
      message.msg_iovlen = count;
      const ssize_t sent = ::sendmsg(descriptor_, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent >= 0) {
        advance(static_cast<std::size_t>(sent));
      } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
        wait_until_writable();
        return;
      } else if (errno != EINTR) {
        // The read loop notices and finishes.
        abort();
        return;
      }
    }
  }

  std::size_t gather(std::array<iovec, 2 * kGatheredMessages>& pieces) {
    std::size_t count = 0;
    std::size_t skip = sent_of_front_;
    for (std::size_t i = queue_begin_; i < queue_.size() && count + 2 <= pieces.size(); ++i) {
      Outgoing& each = queue_[i];
      if (skip < each.header.size) {
        pieces[count++] = {each.header.bytes.data() + skip, each.header.size - skip};
        skip = 0;
      } else {
        skip -= each.header.size;
      }
      // The kernel does not write to it.
      if (each.payload->size() > skip) {
        pieces[count++] = {const_cast<char*>(each.payload->data()) + skip, each.payload->size() - skip};
      }
      skip = 0;
    }
    return count;
  }

  // So many bytes of the queue are with the kernel.
  void advance(std::size_t bytes) {
    bytes += sent_of_front_;
    while (queue_begin_ < queue_.size()) {
      const Outgoing& front = queue_[queue_begin_];
      const std::size_t size = front.header.size + front.payload->size();
      if (bytes < size) break;
      bytes -= size;
      queued_bytes_ -= front.payload->size();
      if (front.message) {
        ++state_->stats.websocket_messages_out;
        state_->stats.websocket_bytes_out += front.payload->size();
      }
      queue_[queue_begin_++].payload.reset();
    }
    sent_of_front_ = bytes;
    if (queue_begin_ < queue_.size()) return;
    queue_.clear();
    // What a burst has stretched is given back, so that idle sockets stay small.
    if (queue_.capacity() > kKeptQueue) queue_.shrink_to_fit();
    queue_begin_ = 0;
  }

  void wait_until_writable() {
    blocked_ = true;
    if (queue_begin_ > kGatheredMessages) {
      queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(queue_begin_));
      queue_begin_ = 0;
    }
    socket().async_wait(boost::asio::ip::tcp::socket::wait_write,
                        [self = this->shared_from_this()](boost::system::error_code ec) {
                          self->blocked_ = false;
                          if (!ec) self->flush();
                        });
  }

  void flush_tls() {
    if (queue_.empty()) return;
    tls_out_.clear();
    for (std::size_t i = queue_begin_; i < queue_.size() && tls_out_.size() < kTlsBatch; ++i) {
      const Outgoing& each = queue_[i];
      tls_out_.append(reinterpret_cast<const char*>(each.header.bytes.data()), each.header.size);
      tls_out_.append(*each.payload);
    }
    blocked_ = true;
    boost::asio::async_write(stream_, boost::asio::buffer(tls_out_),
                             [self = this->shared_from_this()](boost::system::error_code ec, std::size_t size) {
                               self->blocked_ = false;
                               if (ec) {
                                 self->abort();
                                 return;
                               }
                               self->advance(size);
                               if (self->queue_.empty()) self->tls_out_ = {};
                               self->flush();
                             });
  }

  void give_up_on_slow_client() {
    ++state_->stats.websockets_too_slow;
    // What is under way must stay: the rest of a frame, or for TLS the batch.
    std::size_t keep = sent_of_front_ > 0 ? 1 : 0;
    if (kTls && blocked_) {
      std::size_t bytes = 0;
      for (keep = 0; bytes < tls_out_.size(); ++keep) {
        const Outgoing& each = queue_[queue_begin_ + keep];
        bytes += each.header.size + each.payload->size();
      }
    }
    for (std::size_t i = queue_begin_ + keep; i < queue_.size(); ++i) queued_bytes_ -= queue_[i].payload->size();
    queue_.resize(queue_begin_ + keep);
    close_within(close_code::kTryAgainLater, "the client reads too slowly", kSlowCloseTimeout);
  }

  // ---- closing ----

  void close_within(std::uint16_t code, std::string_view reason, Duration limit) {
    if (state() != State::kOpen) return;
    remember_close(code, reason);
    push_close(code, close_reason_);
    state_of_it_ = State::kClosing;
    abort_after(limit);
  }

  void remember_close(std::uint16_t code, std::string_view reason) {
    close_code_ = code;
    close_reason_ = utf8_prefix(reason, kMaxCloseReason);
  }

  void push_close(std::uint16_t code, std::string_view reason) {
    static constexpr std::uint16_t kNoCode = 1005;
    std::string payload;
    if (code != kNoCode) {
      payload.push_back(static_cast<char>(code >> 8U));
      payload.push_back(static_cast<char>(code & 0xffU));
      payload.append(reason);
    }
    push(Opcode::kClose, std::make_shared<const std::string>(std::move(payload)), false);
  }

  // Both sides are done with frames. The client gets the time to read ours before the connection goes.
  void drain_when_sent() {
    if (state() == State::kDraining || state() == State::kBroken || !queue_.empty()) return;
    state_of_it_ = State::kDraining;
    boost::system::error_code ignored;
    socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
    abort_after(kDrainTimeout);
    tell_closed();
  }

  void abort_after(Duration limit) {
    timer_.expires_after(limit);
    timer_.async_wait([weak = this->weak_from_this()](boost::system::error_code ec) {
      if (ec) return;
      if (const auto self = weak.lock()) self->abort();
    });
  }

  // Pings after silence; after as much again without a sound the connection is dead.
  void wait_for_silence() {
    timer_.expires_after(state_->config.websocket.ping_interval);
    timer_.async_wait([weak = this->weak_from_this()](boost::system::error_code ec) {
      const auto self = weak.lock();
      if (ec || !self || self->state() != State::kOpen) return;
      if (std::exchange(self->heard_, false)) {
        self->pinged_ = false;
      } else if (std::exchange(self->pinged_, true)) {
        self->abort();
        return;
      } else {
        self->push(Opcode::kPing, std::make_shared<const std::string>(), false);
      }
      self->wait_for_silence();
    });
  }

  void finish() {
    timer_.cancel();
    tell_closed();
    state_of_it_ = State::kBroken;
    queue_.clear();
    queue_begin_ = 0;
    queued_bytes_ = 0;
    boost::beast::get_lowest_layer(stream_).close();
  }

  void tell_closed() {
    const std::shared_ptr<WebSocketHandler> handler = std::exchange(handler_, nullptr);
    if (!handler) return;
    --state_->stats.websockets_open;
    const std::uint16_t code = close_code_ == 0 ? close_code::kAbnormal : close_code_;
    const std::string reason = std::exchange(close_reason_, {});
    handler->on_closed(code, reason);
  }

  static constexpr std::size_t kKeptQueue = 16;

  // What a delivery touches stands together, right behind the bases: see ServerState::end_turn().
  State state_of_it_ = State::kOpening;
  bool blocked_ = false;  // the kernel, or a TLS write, has enough for now
  bool flush_scheduled_ = false;
  bool held_ = false;    // messages wait for others, until the server's timer
  bool urgent_ = false;  // something is queued that must not wait
  bool client_closed_ = false;
  int descriptor_ = -1;
  std::vector<Outgoing> queue_;
  std::size_t queue_begin_ = 0;    // what stands before is sent
  std::size_t sent_of_front_ = 0;  // bytes, header included
  std::size_t queued_bytes_ = 0;   // of payloads
  std::size_t new_messages_ = 0;   // queued since the pace was told
  Pace pace_;

  Stream stream_;
  std::shared_ptr<WebSocketHandler> handler_;  // until it is told of the end
  MessageReader reader_;
  boost::asio::steady_timer timer_;
  std::vector<std::uint8_t> tls_in_;
  std::string tls_out_;
  std::string head_;
  std::string early_;
  bool pings_ = false;
  bool pinged_ = false;
  bool heard_ = false;
  std::uint16_t close_code_ = 0;
  std::string close_reason_;
};

}  // namespace parley::http

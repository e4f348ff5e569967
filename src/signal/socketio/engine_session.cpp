#include "signal/socketio/engine_session.h"

#include <cstddef>
#include <utility>

#include "http/query.h"

namespace parley::signal::socketio {

namespace {

constexpr Duration kTimerSlack = 100ms;
constexpr std::string_view kClosePacket = "1";
constexpr std::string_view kPingPacket = "2";
constexpr std::string_view kProbe = "probe";
constexpr std::string_view kProbeAnswer = "3probe";
constexpr std::string_view kNoopPacket = "6";

// A ping goes to every idle connection over and over; they share its text.
Payload shared_text(std::string_view text) {
  static const Payload kPing = std::make_shared<const std::string>(kPingPacket);
  return text == kPingPacket ? kPing : std::make_shared<const std::string>(text);
}

Error refusal(std::string message) { return {"malformed", std::move(message), ""}; }

}  // namespace

EngineSession::EngineSession(TimePoint now, const EngineConfig& config, std::string sid, Transport transport,
                             EngineIo& io, EngineHandler& handler)
    : config_(config),
      io_(io),
      handler_(handler),
      sid_(std::move(sid)),
      transport_(transport),
      ping_due_(now + config.ping_interval) {}

std::string EngineSession::open_packet() const {
  // The sid needs no escapes: it is our own.
  return R"(0{"sid":")" + sid_ + R"(","upgrades":[)" + (transport_ == Transport::kPolling ? R"("websocket")" : "") +
         R"(],"pingInterval":)" + std::to_string(to_millis(config_.ping_interval)) + R"(,"pingTimeout":)" +
         std::to_string(to_millis(config_.ping_timeout)) + R"(,"maxPayload":)" + std::to_string(config_.max_payload) +
         "}";
}

EngineSession::PollStart EngineSession::handle_poll(TimePoint now) {
  catch_up(now);
  if (state_ == State::kFarewell) {
    std::string body = take_queue();
    append_text(body, kClosePacket);
    state_ = State::kClosed;
    return {Poll::kAnswered, std::move(body)};
  }
  if (state_ == State::kClosed || transport_ != Transport::kPolling) return {};
  if (poll_waits_) {
    // Two at once would take packets from each other.
    end(now, end_reason::kTransportError);
    return {};
  }
  if (!queue_.empty()) return {Poll::kAnswered, take_queue()};
  // The client waits for its last GET before it sends "5".
  if (upgrade_ == Upgrade::kProbed) return {Poll::kAnswered, std::string(kNoopPacket)};
  poll_waits_ = true;
  return {Poll::kWaits, {}};
}

void EngineSession::poll_gone(TimePoint now) {
  if (!poll_waits_) return;
  poll_waits_ = false;
  if (state_ == State::kOpen) end(now, end_reason::kTransportError);
}

Result<void, Error> EngineSession::handle_post(TimePoint now, std::string_view body) {
  catch_up(now);
  if (state_ != State::kOpen || transport_ != Transport::kPolling) return refusal("the session takes no POST");
  if (body.size() > config_.max_payload || !http::is_utf8(body)) {
    end(now, end_reason::kTransportError);
    return refusal("the payload is too large or no text");
  }
  const auto payload = read_payload(body, config_.max_packets);
  if (!payload) {
    end(now, end_reason::kParseError);
    return payload.error();
  }
  for (const EnginePacket& packet : payload->packets) {
    if (state_ != State::kOpen) break;
    handle_packet(now, packet);
  }
  return {};
}

bool EngineSession::accepts_upgrade() const {
  return state_ == State::kOpen && transport_ == Transport::kPolling && upgrade_ == Upgrade::kNone;
}

void EngineSession::websocket_opened(TimePoint now) {
  if (transport_ == Transport::kWebSocket) return;
  upgrade_ = Upgrade::kOpened;
  upgrade_due_ = now + config_.upgrade_timeout;
}

void EngineSession::handle_frame(TimePoint now, std::string_view data, bool text) {
  if (state_ != State::kOpen) return;
  if (transport_ == Transport::kPolling) {
    handle_probe(now, data, text);
    return;
  }
  if (data.size() > config_.max_payload) {
    end(now, end_reason::kTransportError);
    return;
  }
  if (!text) {
    handle_packet(now, {PacketType::kMessage, true, data});
    return;
  }
  const auto packet = read_packet(data);
  if (packet) {
    handle_packet(now, *packet);
  } else {
    end(now, end_reason::kParseError);
  }
}

void EngineSession::handle_probe(TimePoint now, std::string_view data, bool text) {
  const auto packet = read_packet(data);
  if (text && packet && packet->type == PacketType::kPing && packet->data == kProbe && upgrade_ == Upgrade::kOpened) {
    upgrade_ = Upgrade::kProbed;
    io_.send_frame(shared_text(kProbeAnswer), true);
    if (poll_waits_) {
      poll_waits_ = false;
      io_.answer_poll(queue_.empty() ? std::string(kNoopPacket) : take_queue());
    }
  } else if (text && packet && packet->type == PacketType::kUpgrade && upgrade_ == Upgrade::kProbed) {
    complete_upgrade(now);
  } else {
    abandon_upgrade("no probe");
  }
}

void EngineSession::complete_upgrade(TimePoint now) {
  if (poll_waits_) {
    poll_waits_ = false;
    io_.answer_poll(std::string(kNoopPacket));
  }
  upgrade_ = Upgrade::kNone;
  upgrade_due_ = kNever;
  transport_ = Transport::kWebSocket;
  flush(now);
}

void EngineSession::abandon_upgrade(std::string_view reason) {
  upgrade_ = Upgrade::kNone;
  upgrade_due_ = kNever;
  io_.close_websocket(reason);
}

void EngineSession::websocket_closed(TimePoint now, std::string_view reason) {
  if (transport_ == Transport::kPolling) {
    upgrade_ = Upgrade::kNone;
    upgrade_due_ = kNever;
  } else if (state_ != State::kClosed) {
    end(now, reason);
  }
}

void EngineSession::handle_packet(TimePoint now, const EnginePacket& packet) {
  switch (packet.type) {
    case PacketType::kMessage:
      handler_.on_message(now, packet.data, packet.binary);
      return;
    case PacketType::kPong:
      pong_due_ = kNever;
      ping_due_ = now + config_.ping_interval;
      return;
    case PacketType::kClose:
      if (poll_waits_) {
        poll_waits_ = false;
        io_.answer_poll(std::string(kNoopPacket));
      }
      end(now, end_reason::kTransportClose);
      return;
    case PacketType::kNoop:
    case PacketType::kUpgrade:
      return;
    case PacketType::kOpen:
    case PacketType::kPing:
      break;
  }
  // Since version 4 it is the server alone who pings.
  end(now, end_reason::kParseError);
}

void EngineSession::send(TimePoint now, const Payload& packet, bool text) {
  if (state_ != State::kOpen) return;
  if (transport_ == Transport::kWebSocket) {
    io_.send_frame(packet, text);
  } else {
    enqueue(now, packet, text);
  }
}

void EngineSession::enqueue(TimePoint now, const Payload& packet, bool text) {
  const std::size_t size = payload_size(packet->size(), !text);
  if (queue_.size() >= config_.max_queued_packets || queued_bytes_ + size > config_.max_queued) {
    queue_.clear();
    queued_bytes_ = 0;
    end(now, end_reason::kTooSlow);
    return;
  }
  queue_.push_back({packet, text});
  queued_bytes_ += size;
  if (poll_waits_ && !flush_wanted_) {
    flush_wanted_ = true;
    io_.want_flush();
  }
}

void EngineSession::send_control(TimePoint now, std::string_view packet) { send(now, shared_text(packet), true); }

std::string EngineSession::take_queue() {
  std::string out;
  out.reserve(queued_bytes_);
  // A client refuses an answer above what it was told, except for a single packet.
  std::size_t taken = 0;
  for (; taken < queue_.size(); ++taken) {
    const Queued& next = queue_[taken];
    const std::size_t size = payload_size(next.packet->size(), !next.text);
    if (!out.empty() && state_ == State::kOpen && out.size() + size > config_.max_payload) break;
    next.text ? append_text(out, *next.packet) : append_binary(out, *next.packet);
    queued_bytes_ -= size;
  }
  queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(taken));
  return out;
}

void EngineSession::flush(TimePoint /*now*/) {
  flush_wanted_ = false;
  if (state_ != State::kOpen || queue_.empty()) return;
  if (transport_ == Transport::kWebSocket) {
    for (const Queued& each : queue_) io_.send_frame(each.packet, each.text);
    queue_.clear();
    queued_bytes_ = 0;
  } else if (poll_waits_) {
    poll_waits_ = false;
    io_.answer_poll(take_queue());
  }
}

void EngineSession::close(TimePoint now, std::string_view reason) {
  if (state_ != State::kOpen) return;
  if (transport_ == Transport::kWebSocket || poll_waits_) {
    end(now, reason);
    return;
  }
  if (upgrade_ != Upgrade::kNone) abandon_upgrade(reason);
  state_ = State::kFarewell;
  farewell_due_ = now + config_.farewell_timeout;
  handler_.on_closed(now, reason);
}

void EngineSession::end(TimePoint now, std::string_view reason) {
  const bool told = state_ == State::kFarewell;
  state_ = State::kClosed;
  if (poll_waits_) {
    poll_waits_ = false;
    std::string body = take_queue();
    append_text(body, kClosePacket);
    io_.answer_poll(std::move(body));
  }
  queue_.clear();
  queued_bytes_ = 0;
  if (transport_ == Transport::kWebSocket || upgrade_ != Upgrade::kNone) io_.close_websocket(reason);
  upgrade_ = Upgrade::kNone;
  if (!told) handler_.on_closed(now, reason);
}

TimePoint EngineSession::deadline() const {
  if (state_ == State::kClosed) return kNever;
  if (state_ == State::kFarewell) return farewell_due_;
  const TimePoint heartbeat = pong_due_ != kNever ? pong_due_ : ping_due_;
  return soonest(soonest(heartbeat, upgrade_due_), handler_.deadline());
}

void EngineSession::catch_up(TimePoint now) {
  // A ping and the end that follows it.
  for (int i = 0; i < 2 && now >= deadline(); ++i) handle_timeout(now);
}

void EngineSession::handle_timeout(TimePoint now) {
  if (state_ == State::kFarewell && now >= farewell_due_) {
    state_ = State::kClosed;
    return;
  }
  if (state_ != State::kOpen) return;
  if (now >= pong_due_) {
    end(now, end_reason::kPingTimeout);
    return;
  }
  if (now >= upgrade_due_) abandon_upgrade("the upgrade took too long");
  if (pong_due_ == kNever && now >= ping_due_) {
    // A timer is always a little late, and clients count from when it was due. After a stall they get the whole time.
    const bool stalled = now - ping_due_ > kTimerSlack;
    pong_due_ = (stalled ? now : ping_due_) + config_.ping_timeout;
    send_control(now, kPingPacket);
  }
  if (state_ == State::kOpen && now >= handler_.deadline()) handler_.handle_timeout(now);
}

}  // namespace parley::signal::socketio

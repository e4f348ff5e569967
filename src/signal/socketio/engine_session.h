// One Engine.IO v4 connection (server side) as a state machine: no socket, no clock.
//
//   GET/POST requests ─┐                        ┌─ on_message → EngineHandler
//   WebSocket frames  ─┼→ EngineSession ────────┤
//   timeouts          ─┘   (queue, heartbeat)   └─ EngineIo: answer of the waiting GET, frames
//
// It begins on long polling or on a WebSocket; one that began on polling moves over once:
//
//   polling ── WebSocket with its sid ──→ "2probe" → "3probe" ── "5" ──→ WebSocket alone
//
// What is sent waits in a queue while no transport takes it; beyond the limits the connection ends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "signal/socketio/engine_packet.h"

namespace parley::signal::socketio {

using Payload = std::shared_ptr<const std::string>;

struct EngineConfig {
  Duration ping_interval = 25s;
  Duration ping_timeout = 20s;
  Duration upgrade_timeout = 10s;       // from the opening of the second transport to its "5"
  Duration farewell_timeout = 5s;       // how long the last packets wait for a GET to carry them
  std::size_t max_payload = 1'000'000;  // bytes of one POST, and of one packet
  std::size_t max_packets = 1'000;      // of one POST
  std::size_t max_queued = 1U << 20U;   // bytes waiting for a GET
  std::size_t max_queued_packets = 2'048;
};

enum class Transport : std::uint8_t { kPolling, kWebSocket };

// Why a connection ended. The names are those that the reference implementation gives.
namespace end_reason {
inline constexpr std::string_view kPingTimeout = "ping timeout";
inline constexpr std::string_view kTransportClose = "transport close";
inline constexpr std::string_view kTransportError = "transport error";
inline constexpr std::string_view kParseError = "parse error";
inline constexpr std::string_view kForcedClose = "forced close";
inline constexpr std::string_view kTooSlow = "too slow";
}  // namespace end_reason

// What the session does to its transports. Calls do not come back into the session.
class EngineIo {
 public:
  virtual ~EngineIo() = default;
  // Answers the GET that waits.
  virtual void answer_poll(std::string payload) = 0;
  // Calls flush() once whoever sends is done: several packets then share one answer.
  virtual void want_flush() = 0;
  virtual void send_frame(const Payload& payload, bool text) = 0;
  // After what was sent. The session hears nothing of that WebSocket any more.
  virtual void close_websocket(std::string_view reason) = 0;
};

class EngineHandler {
 public:
  virtual ~EngineHandler() = default;
  // Valid during the call. Text is UTF-8.
  virtual void on_message(TimePoint now, std::string_view data, bool binary) = 0;
  // The last call.
  virtual void on_closed(TimePoint now, std::string_view reason) = 0;
  // A time of the handler's own; kNever: none.
  [[nodiscard]] virtual TimePoint deadline() const { return kNever; }
  virtual void handle_timeout(TimePoint /*now*/) {}
};

class EngineSession {
 public:
  // io and handler outlive the session. config likewise.
  EngineSession(TimePoint now, const EngineConfig& config, std::string sid, Transport transport, EngineIo& io,
                EngineHandler& handler);

  // The packet that opens the session: the answer to its first GET, or its first frame.
  [[nodiscard]] std::string open_packet() const;

  // ---- requests with this session's sid ----
  enum class Poll : std::uint8_t { kWaits, kAnswered, kRefused };
  struct PollStart {
    Poll poll = Poll::kRefused;
    std::string body;  // of kAnswered
  };
  // A GET. kWaits: answer_poll follows, unless poll_gone comes first. kRefused: 400.
  PollStart handle_poll(TimePoint now);
  // The client gave up on the GET that waits.
  void poll_gone(TimePoint now);
  // A POST. Error: 400, and the session is over.
  Result<void, Error> handle_post(TimePoint now, std::string_view body);
  // Whether a WebSocket with this sid may open.
  [[nodiscard]] bool accepts_upgrade() const;
  void websocket_opened(TimePoint now);

  // ---- its WebSocket ----
  void handle_frame(TimePoint now, std::string_view data, bool text);
  void websocket_closed(TimePoint now, std::string_view reason);

  // ---- the application ----
  // packet: text as it goes into a frame ("4…"), or the data of a binary message.
  void send(TimePoint now, const Payload& packet, bool text);
  // Hands over what is queued, then ends.
  void close(TimePoint now, std::string_view reason);
  void flush(TimePoint now);

  [[nodiscard]] TimePoint deadline() const;
  void handle_timeout(TimePoint now);

  [[nodiscard]] bool closed() const { return state_ == State::kClosed; }
  // Still there for the last packets, or for good.
  [[nodiscard]] bool open() const { return state_ == State::kOpen; }
  [[nodiscard]] Transport transport() const { return transport_; }
  [[nodiscard]] const std::string& sid() const { return sid_; }
  [[nodiscard]] std::size_t queued_bytes() const { return queued_bytes_; }

 private:
  enum class State : std::uint8_t { kOpen, kFarewell, kClosed };
  enum class Upgrade : std::uint8_t { kNone, kOpened, kProbed };
  struct Queued {
    Payload packet;
    bool text = true;
  };

  // A request may come in just before the timer that would have ended the session.
  void catch_up(TimePoint now);
  void handle_packet(TimePoint now, const EnginePacket& packet);
  void handle_probe(TimePoint now, std::string_view data, bool text);
  void complete_upgrade(TimePoint now);
  void abandon_upgrade(std::string_view reason);
  void enqueue(TimePoint now, const Payload& packet, bool text);
  void send_control(TimePoint now, std::string_view packet);
  std::string take_queue();
  void end(TimePoint now, std::string_view reason);

  const EngineConfig& config_;
  EngineIo& io_;
  EngineHandler& handler_;
  std::string sid_;
  Transport transport_;
  State state_ = State::kOpen;
  Upgrade upgrade_ = Upgrade::kNone;
  bool poll_waits_ = false;
  bool flush_wanted_ = false;
  std::vector<Queued> queue_;  // not a deque, which takes its block even while it is empty
  std::size_t queued_bytes_ = 0;
  TimePoint ping_due_;
  TimePoint pong_due_ = kNever;
  TimePoint upgrade_due_ = kNever;
  TimePoint farewell_due_ = kNever;
};

}  // namespace parley::signal::socketio

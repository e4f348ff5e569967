// WebSockets as handlers see them: a session to send on, and the callbacks that they implement.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "base/address.h"
#include "http/message.h"

namespace parley::http {

// Close codes (RFC 6455 section 7.4.1) that we send.
namespace close_code {
inline constexpr std::uint16_t kNormal = 1000;
inline constexpr std::uint16_t kGoingAway = 1001;
inline constexpr std::uint16_t kAbnormal = 1006;  // never on the wire: the connection broke
inline constexpr std::uint16_t kBadPayload = 1007;
inline constexpr std::uint16_t kPolicy = 1008;
inline constexpr std::uint16_t kTooBig = 1009;
inline constexpr std::uint16_t kTryAgainLater = 1013;
}  // namespace close_code

struct WebSocketLimits {
  std::size_t max_message = 2U << 20U;  // bytes of one message from the client
  std::size_t max_queued = 8U << 20U;   // bytes waiting to be sent; beyond, the client is too slow and is closed
  std::size_t max_messages = 8'192;     // likewise, messages
  Duration ping_interval = 10s;         // silence after which we ping; after twice as much the connection is dead
  Duration handshake_timeout = 15s;     // of opening and of closing
  // Once so many messages leave the server each second, over all sockets, those of a socket that gets them as fast as
  // that wait for each other so long at most and share a write.
  std::uint64_t busy_rate = 10'000;
  Duration write_hold = 8ms;
  // Far above it each write counts, and they wait for longer.
  std::uint64_t crowded_rate = 50'000;
  Duration crowded_hold = 16ms;

  // At so many messages a second. Zero: nothing waits.
  [[nodiscard]] Duration hold_at(std::uint64_t per_second) const {
    if (per_second < busy_rate) return {};
    return per_second < crowded_rate ? write_hold : std::max(write_hold, crowded_hold);
  }
};

// One open connection. All calls from the control thread; none blocks, none calls back into the handler at once.
class WebSocketSession {
 public:
  using Payload = std::shared_ptr<const std::string>;

  virtual ~WebSocketSession() = default;
  // Queued and sent in order. Passed over once the session is closing.
  virtual void send(Payload payload, bool text) = 0;
  void send_binary(std::string payload) { send(std::make_shared<const std::string>(std::move(payload)), false); }
  void send_text(std::string payload) { send(std::make_shared<const std::string>(std::move(payload)), true); }
  // Sends what is queued, then a close frame. reason: at most 123 bytes, longer ones are cut.
  virtual void close(std::uint16_t code, std::string_view reason) = 0;
  [[nodiscard]] virtual std::size_t queued_bytes() const = 0;
  [[nodiscard]] virtual const Address& peer() const = 0;
};

// What happens on one connection. Owned by the session; on_closed is the last call, after which it is let go.
class WebSocketHandler {
 public:
  virtual ~WebSocketHandler() = default;
  // The handshake is done; socket is usable until on_closed. Keep it as a weak or strong pointer, drop it in on_closed.
  virtual void on_open(std::shared_ptr<WebSocketSession> socket) = 0;
  // payload is valid during the call. Text has been checked to be UTF-8.
  virtual void on_message(std::string_view payload, bool text) = 0;
  // code and reason of whoever closed; kAbnormal when the connection broke.
  virtual void on_closed(std::uint16_t code, std::string_view reason) = 0;
  // False where the protocol above has a heartbeat of its own. Asked once, before on_open.
  [[nodiscard]] virtual bool wants_pings() const { return true; }
};

// Answer an upgrade request with a Response (not upgraded) or with the handler of the coming connection.
using UpgradeDecision = std::variant<Response, std::shared_ptr<WebSocketHandler>>;
using UpgradeHandler = std::function<awaitable<UpgradeDecision>(const Request&)>;

}  // namespace parley::http

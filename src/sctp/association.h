// SCTP over DTLS (RFC 8261) with WebRTC data channels (RFC 8831, DCEP RFC 8832), on usrsctp without its threads.
//
// usrsctp is one global stack with global locks. Stack::handle_timers is called from one place only; what it makes an
// association send is put into that association's outbox, and its wake function is called so that the owning shard
// polls it. Everything else of an association is called by its owner only.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"

namespace parley::sctp {

// Process-wide; all functions are thread-safe. Starts with the first association that connects, and stays: stopping
// usrsctp while another thread is inside it is not safe, and an idle stack costs a few hundred kilobytes.
class Stack {
 public:
  // Drives retransmissions; call about every kTimerInterval. What has passed since the last call counts (nothing at the
  // first, nor when time goes back, as it does from one simulation to the next).
  static void handle_timers(TimePoint now);
  static constexpr Duration kTimerInterval = 10ms;
};

struct ChannelConfig {
  std::string label;
  std::string protocol;
  bool ordered = true;
  std::optional<std::uint16_t> max_retransmits = std::nullopt;  // at most one of these two
  std::optional<std::uint16_t> max_lifetime_ms = std::nullopt;
};

struct Config {
  bool dtls_client = false;  // even stream ids for the DTLS client (RFC 8832 section 6)
  std::uint16_t port = 5000;
  std::size_t max_message_size = 262'144;   // received longer: the association is closed
  std::size_t max_send_buffer = 4U << 20U;  // bytes queued towards the peer before send() answers kDataBackpressure
  std::size_t max_channels = 16;
};

struct Connected {};
struct Closed {};
struct ChannelOpened {  // by the peer (DCEP OPEN answered) or by us (ACK received)
  std::uint16_t stream = 0;
  ChannelConfig config;
  bool by_peer = false;
};
struct ChannelClosed {
  std::uint16_t stream = 0;
};
struct Message {
  std::uint16_t stream = 0;
  bool binary = true;
  std::vector<std::uint8_t> payload;
};
using Event = std::variant<Connected, Closed, ChannelOpened, ChannelClosed, Message>;

class Association {
 public:
  // wake: called (possibly from the thread that runs Stack::handle_timers) when poll_transmit has something new that no
  // call of the owner caused. It must only signal.
  Association(Config config, std::function<void()> wake);
  ~Association();
  Association(const Association&) = delete;
  Association& operator=(const Association&) = delete;

  // Both sides connect (simultaneous open, as WebRTC does). Call when DTLS is up.
  void connect();
  // Errors, none of which ends the association: kSctpNotReady before connect() and after the end, kSctpMalformed (no
  // SCTP packet of ours, or a message that breaks DCEP), kDataChannelLimit (the peer opened one too many; it is
  // closed).
  Result<void> handle_packet(ByteView packet);
  // Opens a channel in-band; usable at once for sending (data may follow the OPEN). Errors: kDataChannelLimit,
  // kSctpNotReady before Connected.
  Result<std::uint16_t> open_channel(const ChannelConfig& config);
  // Errors: kSctpNotReady, kDataBackpressure, kDataMessageTooLarge.
  Result<void> send(std::uint16_t stream, ByteView payload, bool binary);
  // Bytes that send() accepted and the peer has not acknowledged, over all channels.
  [[nodiscard]] std::size_t buffered_amount() const;
  // Closes one channel by resetting its stream (RFC 8831 section 6.7), after what was sent on it. ChannelClosed follows
  // when the peer has done the same. Unknown channels are passed over.
  void close_channel(std::uint16_t stream);

  [[nodiscard]] std::optional<std::vector<std::uint8_t>> poll_transmit();  // SCTP packets for DTLS
  [[nodiscard]] std::optional<Event> poll_event();
  // Aborts: poll_transmit has the ABORT for the peer, poll_event a last Closed.
  void close();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::sctp

// One usrsctp socket and association. Inside src/sctp only: the one place that knows usrsctp.
//
// usrsctp calls back on whichever thread is inside it: the owner's, or the one that runs the timers. Callbacks only
// push into two queues under a mutex; everything is decided on the owner's thread. The mutex is the exception to the
// rule that the core holds none: usrsctp shares its state over all threads, so its output has to cross between them.
//
// usrsctp knows an endpoint by a number that is never used again; a callback that comes after the end finds nothing
// under it, or a closed one.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"
#include "sctp/association.h"
#include "sctp/dcep.h"

struct socket;  // usrsctp's

namespace parley::sctp {

// Path MTU for SCTP packets, header included. A DTLS datagram of ours is at most 1,200 bytes, 37 of them the record's
// own (dtls::Transport::kMaxData); SCTP counts in words of four bytes.
inline constexpr std::size_t kMaxSctpPacket = 1160;

struct AssociationUp {
  std::uint16_t outgoing_streams = 0;
};
struct AssociationDown {};
// One message, or a piece of one longer than max_message_size.
struct DataArrived {
  std::uint16_t stream = 0;
  std::uint32_t ppid = 0;
  bool complete = true;
  std::vector<std::uint8_t> payload;
};
// streams empty: all of them.
struct StreamsReset {
  bool incoming = false;  // the peer will send no more on these; otherwise ours to the peer are done
  std::vector<std::uint16_t> streams;
};
using Notice = std::variant<AssociationUp, AssociationDown, DataArrived, StreamsReset>;

class EndpointState;

class Endpoint {
 public:
  // Packets that wait for poll_transmit; what is beyond is lost as in a network, and repeated by SCTP.
  static constexpr std::size_t kMaxOutbox = 4096;

  Endpoint(const Config& config, std::function<void()> wake);
  ~Endpoint();
  Endpoint(const Endpoint&) = delete;
  Endpoint& operator=(const Endpoint&) = delete;

  // False: usrsctp refused (out of memory).
  bool connect();
  void input(ByteView packet);

  enum class Sent : std::uint8_t { kTaken, kFull, kFailed };
  // `how` nullptr: reliable and ordered, as DCEP needs.
  Sent send(std::uint16_t stream, Ppid ppid, ByteView payload, const ChannelConfig* how, bool unordered);
  // False: the association cannot do it (the peer lacks RFC 6525, or it is not up).
  bool reset_outgoing(std::uint16_t stream);

  [[nodiscard]] std::optional<std::vector<std::uint8_t>> take_packet();
  [[nodiscard]] std::optional<Notice> take_notice();
  // Bytes inside usrsctp that the peer has not acknowledged; follows its SACKs.
  [[nodiscard]] std::size_t unacknowledged() const;

  // Sends an ABORT and forgets the association. Packets stay to be taken.
  void close();
  [[nodiscard]] bool open() const { return socket_ != nullptr; }

 private:
  bool set_options();
  [[nodiscard]] std::uint32_t send_buffer() const;

  const Config config_;
  const std::shared_ptr<EndpointState> state_;
  const std::uintptr_t id_;
  struct ::socket* socket_ = nullptr;
};

}  // namespace parley::sctp

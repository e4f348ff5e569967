// DTLS records from anybody, to a server or a client in the middle of a handshake. Byte 0: the role (bit 0). Then
// datagrams, each with its length in two bytes before it; a length of zero lets the retransmission deadline pass.
// No input can know a handshake's secrets, so none may connect, and no fingerprint is set, so none may deliver data.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "dtls/record_filter.h"
#include "dtls/transport.h"

namespace {

using namespace parley;

void check(bool holds) {
  if (!holds) __builtin_trap();
}

void drain(dtls::Transport& transport) {
  while (const auto datagram = transport.poll_transmit()) {
    check(!datagram->empty() && datagram->size() <= dtls::Transport::kMtu);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto certificate = dtls::Certificate::generate().value();
  ByteReader reader(ByteView(data, size));
  const dtls::Role role = (reader.try_u8().value_or(0) & 1U) == 0 ? dtls::Role::kServer : dtls::Role::kClient;
  dtls::Transport transport(certificate, role);
  TimePoint now{1000s};
  if (role == dtls::Role::kClient) transport.start(now);

  while (const auto length = reader.try_u16()) {
    now += 1ms;
    if (*length == 0) {
      if (transport.deadline() != kNever) now = std::max(now, transport.deadline());
      transport.handle_timeout(now);
    } else {
      const auto datagram = reader.try_bytes(std::min<std::size_t>(*length, reader.remaining()));
      const dtls::State before = transport.state();
      const auto handled = transport.handle_datagram(now, *datagram);
      if (!dtls::acceptable_records(*datagram, role, false)) check(!handled && transport.state() == before);
    }
    drain(transport);
    check(transport.state() != dtls::State::kConnected && transport.srtp_keys() == nullptr && !transport.poll_data());
    if (transport.state() == dtls::State::kFailed) check(transport.deadline() == kNever);
  }
  return 0;
}

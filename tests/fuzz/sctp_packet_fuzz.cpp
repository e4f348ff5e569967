// Packets of a hostile peer into a connected association: as they are, with a header that fits (ports, verification
// tag, checksum), as an INIT, or as one DATA chunk with a transmission number that fits. Whatever comes, the
// association stays usable or closed, nothing larger than allowed comes out, and another association of the same stack
// is not disturbed.
//
//   input: steps of |kind|size (16 bits)|bytes|
#include <usrsctp.h>

#include <array>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sctp/association.h"

namespace {

using namespace parley;
using namespace parley::sctp;

constexpr std::uint16_t kPort = 5000;
constexpr std::size_t kMaxMessage = 20'000;

void check(bool holds) {
  if (!holds) __builtin_trap();
}

struct Pair {
  Pair() {
    client.connect();
    server.connect();
    for (int i = 0; i < 10 && !(client_up && server_up); ++i) exchange();
    check(client_up && server_up);
    stream = client.open_channel({.label = "fuzz", .protocol = ""}).value();
    exchange();
  }
  // Carries packets both ways until silence, remembering what a forger needs to know.
  void exchange() {
    for (bool any = true; any;) {
      any = false;
      while (auto packet = client.poll_transmit()) {
        any = true;
        observe(*packet);
        static_cast<void>(server.handle_packet(*packet));
      }
      while (auto packet = server.poll_transmit()) {
        any = true;
        static_cast<void>(client.handle_packet(*packet));
      }
    }
    while (auto event = client.poll_event()) client_up = client_up || std::holds_alternative<Connected>(*event);
    collect();
  }
  void collect() {
    while (auto event = server.poll_event()) {
      server_up = server_up || std::holds_alternative<Connected>(*event);
      closed = closed || std::holds_alternative<Closed>(*event);
      if (const auto* message = std::get_if<Message>(&*event)) {
        check(message->payload.size() <= kMaxMessage);
        last_message.assign(message->payload.begin(), message->payload.end());
      }
    }
  }
  void observe(const std::vector<std::uint8_t>& packet) {
    const auto tag_seen = load_be<std::uint32_t>(packet.data() + 4);
    if (tag_seen != 0) tag = tag_seen;
    if (packet.size() >= 20 && packet[12] == 0) tsn = load_be<std::uint32_t>(packet.data() + 16);
  }

  bool client_up = false;
  bool server_up = false;
  bool closed = false;
  std::uint16_t stream = 0;
  std::uint32_t tag = 0;  // of packets to the server
  std::uint32_t tsn = 0;  // last one that the client used
  std::string last_message;
  Association client{{.dtls_client = true}, nullptr};
  Association server{{.max_message_size = kMaxMessage, .max_channels = 4}, nullptr};
};

std::vector<std::uint8_t> with_header(std::uint32_t tag, ByteView chunks) {
  std::vector<std::uint8_t> packet(12 + chunks.size());
  ByteWriter(packet).u16(kPort).u16(kPort).u32(tag).u32(0).bytes(chunks);
  const std::uint32_t crc = usrsctp_crc32c(packet.data(), packet.size());
  std::memcpy(packet.data() + 8, &crc, sizeof crc);  // already in the order of the wire
  return packet;
}

// |flags|tsn distance|stream|ppid| payload
std::vector<std::uint8_t> data_packet(const Pair& pair, ByteView spec) {
  ByteReader reader(spec);
  const auto flags = reader.try_u8();
  const auto distance = reader.try_u8();
  const auto stream = reader.try_u8();
  const auto ppid = reader.try_u8();
  if (!ppid) return {};
  const ByteView payload = reader.rest();
  std::vector<std::uint8_t> chunk(16 + (payload.size() + 3) / 4 * 4);
  ByteWriter(chunk)
      .u8(0)
      .u8(*flags & 0x0fU)
      .u16(static_cast<std::uint16_t>(16 + payload.size()))
      .u32(pair.tsn + 1 + *distance)
      .u16(*stream)
      .u16(0)
      .u32(*ppid)
      .bytes(payload);
  return with_header(pair.tag, chunk);
}

void pass_time() {
  static TimePoint now{};
  for (int i = 0; i < 10; ++i) Stack::handle_timers(now += 100ms);
}

void run_step(Pair& pair, std::uint8_t kind, ByteView bytes) {
  std::vector<std::uint8_t> packet;
  switch (kind % 5) {
    case 0:
      packet.assign(bytes.begin(), bytes.end());
      break;
    case 1:
      packet = with_header(pair.tag, bytes);
      break;
    case 2:
      packet = with_header(0, bytes);
      break;
    case 3:
      packet = data_packet(pair, bytes);
      break;
    default:
      pass_time();
      return;
  }
  static_cast<void>(pair.server.handle_packet(packet));
  pair.collect();
}

void attack(ByteReader reader) {
  Pair pair;
  for (int steps = 0; steps < 64; ++steps) {
    const auto kind = reader.try_u8();
    const auto length = reader.try_u16();
    if (!length) break;
    run_step(pair, *kind, reader.try_bytes(*length).value_or(reader.rest()));
  }
  pair.exchange();
  check(pair.closed || pair.server.buffered_amount() < (1U << 20U));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static auto* const bystander = new Pair;
  attack(ByteReader({data, size}));

  static int round = 0;
  const std::string text = std::to_string(++round);
  check(bystander->client.send(bystander->stream, as_bytes(text), false).has_value());
  bystander->exchange();
  check(!bystander->closed && bystander->last_message == text);
  // Lets the stack give back what it frees by timer: a heap that grew makes libFuzzer search for leaks after each
  // input.
  for (int i = 0; i < 6; ++i) {
    pass_time();
    bystander->exchange();
  }
  return 0;
}

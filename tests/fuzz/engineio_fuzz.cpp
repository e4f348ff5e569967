// Input: first byte 0: one frame; 1: a payload; otherwise a life of a session: a byte for what happens, a length,
// bytes.
#include <string>

#include "signal/socketio/engine_session.h"

namespace {

using namespace parley::signal::socketio;
using parley::Duration;
using parley::TimePoint;

struct Io final : EngineIo {
  void answer_poll(std::string payload) override {
    if (!waiting || payload.empty()) __builtin_trap();
    waiting = false;
  }
  void want_flush() override {}
  void send_frame(const Payload& payload, bool text) override {
    if (text && payload->empty()) __builtin_trap();
  }
  void close_websocket(std::string_view /*reason*/) override {}
  bool waiting = false;
};

struct Handler final : EngineHandler {
  void on_message(TimePoint now, std::string_view data, bool binary) override {
    if (closed > 0) __builtin_trap();
    std::string back(data);
    if (!binary) back.insert(back.begin(), '4');
    session->send(now, std::make_shared<const std::string>(std::move(back)), !binary);
  }
  void on_closed(TimePoint /*now*/, std::string_view /*reason*/) override {
    if (++closed > 1) __builtin_trap();
  }
  EngineSession* session = nullptr;
  int closed = 0;
};

void live(std::string_view input) {
  EngineConfig config;
  config.max_payload = 64;
  config.max_queued = 256;
  config.max_queued_packets = 8;
  Io io;
  Handler handler;
  TimePoint now{Duration{1}};
  const Transport transport = input.size() % 2 == 0 ? Transport::kPolling : Transport::kWebSocket;
  EngineSession session(now, config, "sid", transport, io, handler);
  handler.session = &session;
  while (input.size() >= 2) {
    const auto what = static_cast<unsigned char>(input[0]);
    const std::string_view data = input.substr(2, static_cast<unsigned char>(input[1]));
    input.remove_prefix(2 + data.size());
    switch (what % 8) {
      case 0:
        // What the answer is says nothing while another one waits: that one is given up first.
        if (session.handle_poll(now).poll == EngineSession::Poll::kWaits) io.waiting = true;
        break;
      case 1:
        (void)session.handle_post(now, data);
        break;
      case 2:
        if (session.accepts_upgrade()) session.websocket_opened(now);
        break;
      case 3:
        session.handle_frame(now, data, what < 128);
        break;
      case 4:
        io.waiting = false;
        session.poll_gone(now);
        break;
      case 5:
        session.flush(now);
        break;
      case 6:
        session.websocket_closed(now, "gone");
        break;
      default:
        now += Duration{static_cast<std::int64_t>(data.size()) * 1'000'000};
        for (int i = 0; i < 4 && session.deadline() <= now; ++i) session.handle_timeout(now);
        if (session.deadline() <= now) __builtin_trap();
    }
    if (session.queued_bytes() > config.max_queued) __builtin_trap();
    if (session.closed() && handler.closed != 1) __builtin_trap();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] == 0) {
    const auto packet = read_packet(rest);
    if (packet && packet->data.size() + 1 != rest.size()) __builtin_trap();
  } else if (data[0] == 1) {
    const auto payload = read_payload(rest, 100);
    if (!payload) return 0;
    if (payload->packets.empty() || payload->packets.size() > 100) __builtin_trap();
    std::string again;
    for (const EnginePacket& packet : payload->packets) {
      if (packet.binary) {
        append_binary(again, packet.data);
      } else {
        append_text(again, static_cast<char>('0' + static_cast<int>(packet.type)) + std::string(packet.data));
      }
    }
    const auto second = read_payload(again, 100);
    if (!second || second->packets.size() != payload->packets.size()) __builtin_trap();
    for (std::size_t i = 0; i < second->packets.size(); ++i) {
      if (second->packets[i].data != payload->packets[i].data) __builtin_trap();
    }
  } else {
    live(rest);
  }
  return 0;
}

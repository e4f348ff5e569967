// Input: frames for one Socket.IO connection: a length (two bytes, the top bit for binary) and that many bytes, over
// and over. Each text is also read as a JSON frame.
#include <boost/json/serialize.hpp>

#include "signal/socketio/json_server.h"
#include "signal/socketio/socketio_session.h"

namespace {

using namespace parley::signal::socketio;
using parley::Duration;
using parley::TimePoint;

struct Link final : EngineLink {
  void send(const Payload& packet, bool text) override {
    // What we say must be what we would understand.
    if (text && (packet->size() < 2 || packet->front() != '4' || !read_socket_packet(packet->substr(1)))) {
      __builtin_trap();
    }
  }
  void close(std::string_view /*reason*/) override { closed = true; }
  bool closed = false;
};

struct Client final : ClientHandler {
  explicit Client(std::shared_ptr<SocketChannel> c) : channel(std::move(c)) {}
  void on_open() override {}
  void on_event(IncomingEvent event) override {
    channel->emit(event.name, event.args, event.attachments);
    channel->acknowledge(event.ack, event.args, event.attachments);
    if (event.name == "leave") channel->disconnect();
  }
  void on_closed(std::string_view /*reason*/) override { channel.reset(); }
  std::shared_ptr<SocketChannel> channel;
};

struct Host final : SocketIoHost {
  [[nodiscard]] bool has_namespace(std::string_view nsp) const override { return nsp != "/none"; }
  void connect(std::shared_ptr<SocketChannel> channel, ConnectRequest request) override {
    if (request.auth.contains("no")) {
      channel->refuse("no", "{}");
    } else {
      channel->accept(std::make_shared<Client>(channel));
    }
  }
};

void check_round_trip(std::string_view text) {
  const auto packet = read_socket_packet(text);
  if (packet) {
    std::string data;
    if (!packet->data.is_null()) data = boost::json::serialize(packet->data);
    const std::string again = write_socket_packet(packet->type, packet->nsp, packet->ack, data, packet->attachments);
    const auto second = read_socket_packet(std::string_view(again).substr(1));
    if (!second || second->type != packet->type || second->nsp != packet->nsp || second->ack != packet->ack) {
      __builtin_trap();
    }
  }
  const auto frame = read_json_frame(text, 32);
  if (frame && frame->args.size() > 1) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  SocketIoConfig config;
  config.max_attachment_bytes = 256;
  Link link;
  Host host;
  parley::SeededRandom random(1);
  const TimePoint now{Duration{1}};
  SocketIoSession session(now, config, link, host, random, {});
  while (size >= 2 && !link.closed) {
    const bool binary = (data[0] & 0x80U) != 0;
    const std::size_t length = std::min<std::size_t>(((data[0] & 0x7fU) << 8U) | data[1], size - 2);
    const std::string_view text(reinterpret_cast<const char*>(data) + 2, length);
    data += 2 + length;
    size -= 2 + length;
    if (!binary) check_round_trip(text);
    session.on_message(now, text, binary);
  }
  session.on_closed(now, "over");
  return 0;
}

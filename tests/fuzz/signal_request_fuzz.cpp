// Input: frames of one signalling session, each with a header byte: 0x80 = text, the rest and the next byte = length.
// Afterwards the same bytes as one SignalRequest, through the conversions alone.
#include <memory>
#include <string_view>

#include "signal/livekit/session.h"
#include "unit/signal/signal_world.h"

namespace {

using namespace parley;
using namespace parley::signal::livekit;

class Socket final : public http::WebSocketSession {
 public:
  void send(Payload payload, bool text) override {
    if (closed) __builtin_trap();
    pb::SignalResponse response;
    if (!text && !response.ParseFromString(*payload)) __builtin_trap();
  }
  void close(std::uint16_t /*code*/, std::string_view /*reason*/) override { closed = true; }
  [[nodiscard]] std::size_t queued_bytes() const override { return 0; }
  [[nodiscard]] const Address& peer() const override { return peer_; }

  bool closed = false;

 private:
  Address peer_;
};

void convert_alone(std::string_view bytes) {
  pb::SignalRequest request;
  if (!request.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return;
  (void)to_request(request);
  if (!request.has_add_track()) return;
  // What we understood of a track, written and read again, is the same.
  pb::AddTrackRequest once;
  to_proto(from_proto(request.add_track()), once);
  pb::AddTrackRequest twice;
  to_proto(from_proto(once), twice);
  if (once.SerializeAsString() != twice.SerializeAsString()) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  testing::World world;
  const auto socket = std::make_shared<Socket>();
  room::JoinParams join;
  join.room = "r";
  join.grants.identity = "a";
  join.grants.api_key = "devkey";
  join.grants.permission.can_update_metadata = true;
  const auto session = std::make_shared<Session>(world.context, Intent(join));
  session->on_open(socket);

  ByteReader reader({data, size});
  while (const auto header = reader.try_u16()) {
    const bool text = (*header & 0x8000U) != 0;
    const std::size_t length = std::min<std::size_t>(*header & 0x7fffU, reader.remaining());
    session->on_message(as_text(*reader.try_bytes(length)), text);
    world.now += 50ms;
    world.rooms.handle_timeout(world.now);
  }
  session->on_closed(http::close_code::kAbnormal, "");
  convert_alone({reinterpret_cast<const char*>(data), size});
  return 0;
}

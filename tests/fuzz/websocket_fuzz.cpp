// Input: a byte for the size of the pieces, then what a client sends after its upgrade.
#include <algorithm>
#include <string>
#include <vector>

#include "http/query.h"
#include "http/websocket_frames.h"

namespace {

using namespace parley::http;

constexpr std::size_t kMaxMessage = 4'096;

struct Sink final : MessageSink {
  void on_message(std::string_view payload, bool text) override {
    if (closed || payload.size() > kMaxMessage || (text && !is_utf8(payload))) __builtin_trap();
    log += (text ? "t" : "b") + std::to_string(payload.size()) + std::string(payload);
  }
  void on_ping(std::string_view payload) override {
    if (closed || payload.size() > 125) __builtin_trap();
    log += "p" + std::string(payload);
  }
  void on_pong() override { log += "o"; }
  void on_close(std::uint16_t code, std::string_view reason) override {
    if (closed || !is_utf8(reason)) __builtin_trap();
    closed = true;
    log += "c" + std::to_string(code);
  }
  std::string log;
  bool closed = false;
};

FrameFault feed(std::string bytes, std::size_t piece, Sink& sink) {
  MessageReader reader(kMaxMessage);
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    const std::size_t size = std::min(piece, bytes.size() - at);
    const FrameFault fault = reader.read({reinterpret_cast<std::uint8_t*>(bytes.data()) + at, size}, sink);
    if (fault != FrameFault::kNone) return fault;
  }
  return FrameFault::kNone;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  Sink whole;
  Sink pieces;
  const FrameFault fault = feed(bytes, std::max<std::size_t>(1, bytes.size()), whole);
  // However it is cut, the same comes out.
  if (feed(bytes, data[0] % 16U + 1U, pieces) != fault || whole.log != pieces.log) __builtin_trap();
  return 0;
}

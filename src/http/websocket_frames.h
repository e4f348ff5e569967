// WebSocket framing (RFC 6455 section 5), the server's side: what clients send is masked, what we send is not.
//
//   0                   1                   2                   3
//  |F|R|R|R| opcode |M| length (7) | 16 or 64 bits more, where the length is 126 or 127 |
//  | masking key (clients only)                                                         |
//  | payload …                                                                          |
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace parley::http {

enum class Opcode : std::uint8_t { kContinuation = 0, kText = 1, kBinary = 2, kClose = 8, kPing = 9, kPong = 10 };

struct FrameHeader {
  std::array<std::uint8_t, 10> bytes{};
  std::uint8_t size = 0;
};

// Of a whole message in one frame.
[[nodiscard]] FrameHeader make_frame_header(Opcode opcode, std::size_t length);

// What was wrong, as the close code that says so (section 7.4.1). kNone: nothing.
enum class FrameFault : std::uint16_t { kNone = 0, kProtocol = 1002, kBadText = 1007, kTooBig = 1009 };

class MessageSink {
 public:
  virtual ~MessageSink() = default;
  // Valid during the call. Text is UTF-8.
  virtual void on_message(std::string_view payload, bool text) = 0;
  virtual void on_ping(std::string_view payload) = 0;
  virtual void on_pong() = 0;
  // The last call. code 1005: none was given.
  virtual void on_close(std::uint16_t code, std::string_view reason) = 0;
};

class MessageReader {
 public:
  // max_message: bytes of a whole message.
  explicit MessageReader(std::size_t max_message) : max_message_(max_message) {}

  // Takes what came, in any pieces. Unmasks it in place, so that a message that lies in one piece is not copied. After
  // a fault or a close frame the rest is passed over.
  FrameFault read(ByteSpan bytes, MessageSink& sink);
  [[nodiscard]] bool done() const { return done_; }

 private:
  [[nodiscard]] std::size_t header_need() const;
  FrameFault start_frame();
  FrameFault end_frame(std::string_view whole, MessageSink& sink);
  FrameFault end_message(std::string_view payload, MessageSink& sink);
  FrameFault end_control(std::string_view payload, MessageSink& sink);
  void unmask(ByteSpan bytes);

  std::size_t max_message_;
  std::array<std::uint8_t, 14> header_{};
  std::uint8_t header_size_ = 0;
  bool in_payload_ = false;
  bool fin_ = false;
  bool in_message_ = false;  // a fragment came, its continuation has not
  bool text_ = false;
  bool done_ = false;
  Opcode opcode_ = Opcode::kContinuation;
  std::uint8_t mask_at_ = 0;
  std::uint64_t remaining_ = 0;  // of the frame's payload
  std::string message_;          // what came of the message so far
  std::string control_;          // likewise of a control frame, which may stand between the fragments of a message
};

// Sec-WebSocket-Accept for a Sec-WebSocket-Key (section 4.2.2).
[[nodiscard]] std::string accept_key(std::string_view key);

}  // namespace parley::http

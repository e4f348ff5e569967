#include "http/websocket_frames.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "http/query.h"

namespace parley::http {

namespace {

constexpr std::uint8_t kFin = 0x80;
constexpr std::uint8_t kReserved = 0x70;
constexpr std::uint8_t kMasked = 0x80;
constexpr std::uint8_t kLength16 = 126;
constexpr std::uint8_t kLength64 = 127;
constexpr std::size_t kMaxControl = 125;
constexpr std::uint16_t kNoCode = 1005;
// What one large message has stretched is given back, so that idle sockets stay small.
constexpr std::size_t kKeptMessageBuffer = 4'096;

bool is_control(Opcode opcode) { return opcode >= Opcode::kClose; }

bool is_known(std::uint8_t opcode) { return opcode <= 2 || (opcode >= 8 && opcode <= 10); }

// Nearly all text is ASCII, which a word at a time tells.
bool is_text(std::string_view bytes) {
  std::size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + i, 8);
    if ((word & 0x8080808080808080ULL) != 0) return is_utf8(bytes);
  }
  return is_utf8(bytes.substr(i));
}

// Codes that may stand in a close frame (section 7.4).
bool is_close_code(std::uint16_t code) {
  return (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006) ||
         (code >= 3000 && code <= 4999);
}

}  // namespace

FrameHeader make_frame_header(Opcode opcode, std::size_t length) {
  FrameHeader out;
  out.bytes[0] = static_cast<std::uint8_t>(kFin | static_cast<std::uint8_t>(opcode));
  if (length < kLength16) {
    out.bytes[1] = static_cast<std::uint8_t>(length);
    out.size = 2;
  } else if (length <= 0xffff) {
    out.bytes[1] = kLength16;
    store_be(out.bytes.data() + 2, static_cast<std::uint16_t>(length));
    out.size = 4;
  } else {
    out.bytes[1] = kLength64;
    store_be(out.bytes.data() + 2, static_cast<std::uint64_t>(length));
    out.size = 10;
  }
  return out;
}

std::size_t MessageReader::header_need() const {
  if (header_size_ < 2) return 2;
  const std::uint8_t length = header_[1] & 0x7fU;
  return 2 + (length == kLength16 ? 2U : length == kLength64 ? 8U : 0U) + 4;
}

FrameFault MessageReader::read(ByteSpan bytes, MessageSink& sink) {
  while (!done_ && (!bytes.empty() || (in_payload_ && remaining_ == 0))) {
    FrameFault fault = FrameFault::kNone;
    if (!in_payload_) {
      // The length of the header stands in its second byte, and a header without a mask has none after that.
      const std::size_t take = std::min(header_need() - header_size_, bytes.size());
      std::memcpy(header_.data() + header_size_, bytes.data(), take);
      header_size_ = static_cast<std::uint8_t>(header_size_ + take);
      bytes = bytes.subspan(take);
      if (header_size_ >= 2 && (header_[1] & kMasked) == 0) fault = FrameFault::kProtocol;
      if (fault == FrameFault::kNone && header_size_ == header_need()) fault = start_frame();
    } else {
      const ByteSpan chunk = bytes.first(static_cast<std::size_t>(std::min<std::uint64_t>(remaining_, bytes.size())));
      bytes = bytes.subspan(chunk.size());
      unmask(chunk);
      remaining_ -= chunk.size();
      const std::string_view text(reinterpret_cast<const char*>(chunk.data()), chunk.size());
      std::string& store = is_control(opcode_) ? control_ : message_;
      const bool whole = store.empty() && remaining_ == 0 && fin_;
      if (!whole) store.append(text);
      if (remaining_ == 0) fault = end_frame(whole ? text : store, sink);
    }
    if (fault != FrameFault::kNone) {
      done_ = true;
      return fault;
    }
  }
  return FrameFault::kNone;
}

FrameFault MessageReader::start_frame() {
  if ((header_[0] & kReserved) != 0 || !is_known(header_[0] & 0x0fU)) return FrameFault::kProtocol;
  opcode_ = static_cast<Opcode>(header_[0] & 0x0fU);
  fin_ = (header_[0] & kFin) != 0;
  const std::uint8_t length = header_[1] & 0x7fU;
  remaining_ = length;
  if (length == kLength16) remaining_ = load_be<std::uint16_t>(header_.data() + 2);
  if (length == kLength64) remaining_ = load_be<std::uint64_t>(header_.data() + 2);
  // A length takes as few bytes as it can.
  const std::uint64_t least = length == kLength64 ? 0x10000 : length == kLength16 ? kLength16 : 0;
  if (remaining_ < least) return FrameFault::kProtocol;
  if (is_control(opcode_)) {
    if (!fin_ || remaining_ > kMaxControl) return FrameFault::kProtocol;
  } else {
    if ((opcode_ == Opcode::kContinuation) != in_message_) return FrameFault::kProtocol;
    if (remaining_ > max_message_ - message_.size()) return FrameFault::kTooBig;
    if (opcode_ != Opcode::kContinuation) text_ = opcode_ == Opcode::kText;
    in_message_ = !fin_;
  }
  // The mask stands at the end of the header.
  std::memcpy(header_.data(), header_.data() + header_size_ - 4, 4);
  mask_at_ = 0;
  header_size_ = 0;
  in_payload_ = true;
  return FrameFault::kNone;
}

void MessageReader::unmask(ByteSpan bytes) {
  std::array<std::uint8_t, 8> mask{};
  for (std::size_t i = 0; i < mask.size(); ++i) mask[i] = header_[(mask_at_ + i) & 3U];
  std::uint64_t wide = 0;
  std::memcpy(&wide, mask.data(), 8);
  std::size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + i, 8);
    word ^= wide;
    std::memcpy(bytes.data() + i, &word, 8);
  }
  for (; i < bytes.size(); ++i) bytes[i] ^= mask[i & 7U];
  mask_at_ = static_cast<std::uint8_t>((mask_at_ + bytes.size()) & 3U);
}

FrameFault MessageReader::end_frame(std::string_view whole, MessageSink& sink) {
  in_payload_ = false;
  if (is_control(opcode_)) return end_control(whole, sink);
  return fin_ ? end_message(whole, sink) : FrameFault::kNone;
}

FrameFault MessageReader::end_message(std::string_view payload, MessageSink& sink) {
  if (text_ && !is_text(payload)) return FrameFault::kBadText;
  sink.on_message(payload, text_);
  message_.clear();
  if (message_.capacity() > kKeptMessageBuffer) message_.shrink_to_fit();
  return FrameFault::kNone;
}

FrameFault MessageReader::end_control(std::string_view payload, MessageSink& sink) {
  const std::string held = std::exchange(control_, {});
  if (!held.empty()) payload = held;
  if (opcode_ == Opcode::kPing) {
    sink.on_ping(payload);
  } else if (opcode_ == Opcode::kPong) {
    sink.on_pong();
  } else {
    std::uint16_t code = kNoCode;
    std::string_view reason;
    if (!payload.empty()) {
      if (payload.size() < 2) return FrameFault::kProtocol;
      code = load_be<std::uint16_t>(reinterpret_cast<const std::uint8_t*>(payload.data()));
      reason = payload.substr(2);
      if (!is_close_code(code)) return FrameFault::kProtocol;
      if (!is_utf8(reason)) return FrameFault::kBadText;
    }
    done_ = true;
    sink.on_close(code, reason);
  }
  return FrameFault::kNone;
}

std::string accept_key(std::string_view key) {
  static constexpr std::string_view kGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  const std::string text = std::string(key) + std::string(kGuid);
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr);
  std::array<char, 64> out{};
  const int length =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), digest.data(), static_cast<int>(size));
  return {out.data(), static_cast<std::size_t>(length)};
}

}  // namespace parley::http

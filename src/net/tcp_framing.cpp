#include "net/tcp_framing.h"

#include <algorithm>
#include <cstring>

namespace parley::net {

Result<std::size_t> write_tcp_frame(ByteView packet, ByteSpan out) {
  if (packet.size() > kMaxPacketSize || out.size() < kTcpFrameHeader + packet.size()) {
    return DropReason::kTcpFrameMalformed;
  }
  ByteWriter writer(out);
  writer.bytes(tcp_frame_header(packet.size())).bytes(packet);
  return writer.size();
}

ByteSpan TcpDeframer::space() {
  if (buffer_.empty()) buffer_.resize(kCapacity);
  // Moved down only now, when the views given out end anyway; what is left is less than one frame once next() is
  // drained.
  if (begin_ != 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  last_ = begin_;
  return ByteSpan(buffer_).subspan(end_);
}

void TcpDeframer::received(std::size_t n) { end_ = std::min(end_ + n, buffer_.size()); }

std::size_t TcpDeframer::feed(ByteView bytes) {
  const ByteSpan out = space();
  const std::size_t n = std::min(bytes.size(), out.size());
  if (n != 0) std::memcpy(out.data(), bytes.data(), n);
  received(n);
  return n;
}

Result<std::optional<ByteView>> TcpDeframer::next() {
  for (;;) {
    if (failed_) return DropReason::kTcpFrameMalformed;
    ByteReader reader(unread());
    const auto length = reader.try_u16();
    if (!length) return std::optional<ByteView>{};
    if (*length > kMaxPacketSize) {
      failed_ = true;
      continue;
    }
    const auto packet = reader.try_bytes(*length);
    if (!packet) return std::optional<ByteView>{};
    last_ = begin_;
    begin_ += reader.offset();
    if (!packet->empty()) return packet;
    last_ = begin_;  // the null packet is nobody's
  }
}

ByteView TcpDeframer::unread() const { return ByteView(buffer_).subspan(begin_, end_ - begin_); }
ByteView TcpDeframer::unread_with_last_frame() const { return ByteView(buffer_).subspan(last_, end_ - last_); }

}  // namespace parley::net

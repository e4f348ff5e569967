// RFC 4571 framing, as ICE-TCP uses it for STUN, DTLS and SRTP alike (RFC 6544 section 3):
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-------------------------------+-------------------------------+
//   |            LENGTH             |  packet, LENGTH bytes ...     |
//   +-------------------------------+-------------------------------+
//
// LENGTH 0 codes the null packet, which carries nothing and is skipped.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/packet_pool.h"
#include "base/result.h"

namespace parley::net {

inline constexpr std::size_t kTcpFrameHeader = 2;

// The two bytes that go before a packet of `size` bytes. Callers bound size by kMaxPacketSize.
constexpr std::array<std::uint8_t, kTcpFrameHeader> tcp_frame_header(std::size_t size) {
  return {static_cast<std::uint8_t>(size >> 8U), static_cast<std::uint8_t>(size)};
}
// Writes header and packet into `out`; returns the bytes written. Error kTcpFrameMalformed: packet larger than
// kMaxPacketSize, or out too small.
[[nodiscard]] Result<std::size_t> write_tcp_frame(ByteView packet, ByteSpan out);

// Cuts a byte stream into packets. Holds at most one buffer, whatever the stream claims: a frame longer than
// kMaxPacketSize is an error, after which every call answers that error, for the stream has no way to resynchronise.
class TcpDeframer {
 public:
  static constexpr std::size_t kCapacity = 8192;

  // Where the stream's next bytes go; never empty once next() has answered nullopt. Say with received() how many came.
  // Views that next() gave before end here.
  [[nodiscard]] ByteSpan space();
  void received(std::size_t n);
  // Copies what fits of `bytes` behind the unread ones; returns how many.
  std::size_t feed(ByteView bytes);

  // The next whole packet, nullopt when more bytes are needed. The view lives until space() or feed().
  [[nodiscard]] Result<std::optional<ByteView>> next();

  // The bytes that next() has not consumed. With the last frame: from the header of the packet that next() gave last.
  [[nodiscard]] ByteView unread() const;
  [[nodiscard]] ByteView unread_with_last_frame() const;

 private:
  std::vector<std::uint8_t> buffer_;  // allocated at first use
  std::size_t last_ = 0;              // header of the last frame given; == begin_ when there is none
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool failed_ = false;
};

}  // namespace parley::net

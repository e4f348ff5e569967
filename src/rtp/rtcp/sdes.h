// RFC 3550 section 6.5: SDES, of which only CNAME has a use here.
//
//  |V=2|P|   SC    |  PT=SDES=202  |            length             |
//  |                          SSRC/CSRC_1                          |   chunk 1
//  |    CNAME=1    |  octet count  |  user and domain name …       |
//  |   further items …   | 0 | zeros up to a 32-bit boundary       |
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "rtp/rtcp/raw_packet.h"

namespace parley::rtp::rtcp {

inline constexpr std::size_t kMaxCname = 255;

struct SdesChunk {
  Ssrc ssrc;
  std::string_view cname;  // empty when the chunk has none; borrows the packet
  friend bool operator==(const SdesChunk&, const SdesChunk&) = default;
};

class Sdes {
 public:
  // Walks all chunks once, so that next_chunk() cannot fail later. Errors: kRtcpMalformed.
  static Result<Sdes> parse(const RawPacket& raw);

  [[nodiscard]] std::size_t size() const { return count_; }
  // The chunks in their order, then nullopt. A copy of the object starts where the original stands.
  std::optional<SdesChunk> next_chunk();

 private:
  explicit Sdes(const RawPacket& raw) : count_(raw.count), reader_(raw.body) {}

  std::size_t count_;
  std::size_t taken_ = 0;
  ByteReader reader_;
};

// At most 31 chunks, each with one CNAME of at most kMaxCname bytes. False, with nothing written, when it does not fit.
[[nodiscard]] bool write_sdes(ByteWriter& out, std::span<const SdesChunk> chunks);

}  // namespace parley::rtp::rtcp

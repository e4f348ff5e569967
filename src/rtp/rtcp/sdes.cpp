#include "rtp/rtcp/sdes.h"

namespace parley::rtp::rtcp {
namespace {

constexpr std::uint8_t kItemEnd = 0;
constexpr std::uint8_t kItemCname = 1;

// SSRC, item head, name, and one to four zeros up to the boundary.
constexpr std::size_t chunk_size(std::size_t cname) { return (4 + 2 + cname) / 4 * 4 + 4; }

std::optional<SdesChunk> read_chunk(ByteReader& reader) {
  const std::size_t start = reader.offset();
  const auto ssrc = reader.try_u32();
  if (!ssrc) return std::nullopt;
  SdesChunk chunk{Ssrc{*ssrc}, {}};
  for (;;) {
    const auto type = reader.try_u8();
    if (!type) return std::nullopt;
    if (*type == kItemEnd) break;
    const auto length = reader.try_u8();
    if (!length) return std::nullopt;
    const auto value = reader.try_bytes(*length);
    if (!value) return std::nullopt;
    if (*type == kItemCname) chunk.cname = as_text(*value);
  }
  const std::size_t over = (reader.offset() - start) % 4;
  if (over != 0 && !reader.try_skip(4 - over)) return std::nullopt;
  return chunk;
}

}  // namespace

Result<Sdes> Sdes::parse(const RawPacket& raw) {
  ByteReader reader(raw.body);
  for (std::size_t i = 0; i < raw.count; ++i) {
    if (!read_chunk(reader)) return DropReason::kRtcpMalformed;
  }
  return Sdes(raw);
}

std::optional<SdesChunk> Sdes::next_chunk() {
  if (taken_ == count_) return std::nullopt;
  ++taken_;
  return read_chunk(reader_);
}

bool write_sdes(ByteWriter& out, std::span<const SdesChunk> chunks) {
  std::size_t body_size = 0;
  for (const SdesChunk& chunk : chunks) {
    if (chunk.cname.size() > kMaxCname) return false;
    body_size += chunk_size(chunk.cname.size());
  }
  if (!begin_packet(out, chunks.size(), kTypeSdes, body_size)) return false;
  for (const SdesChunk& chunk : chunks) {
    out.u32(chunk.ssrc.value).u8(kItemCname).u8(static_cast<std::uint8_t>(chunk.cname.size()));
    out.bytes(as_bytes(chunk.cname)).zeros(chunk_size(chunk.cname.size()) - 6 - chunk.cname.size());
  }
  return out.ok();
}

}  // namespace parley::rtp::rtcp

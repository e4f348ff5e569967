#include "rtp/rtcp/raw_packet.h"

namespace parley::rtp::rtcp {
namespace {

constexpr std::uint8_t kVersion = 2;

}  // namespace

Result<RawPacket> RawPacket::read(ByteReader& reader) {
  const auto first = reader.try_u8();
  const auto type = reader.try_u8();
  const auto words = reader.try_u16();
  if (!first || !type || !words || (*first >> 6U) != kVersion) return DropReason::kRtcpMalformed;
  const auto body = reader.try_bytes(*words * std::size_t{4});
  if (!body) return DropReason::kRtcpMalformed;

  RawPacket raw{static_cast<std::uint8_t>(*first & 0x1fU), *type, *body};
  if ((*first & 0x20U) != 0) {
    const std::size_t padding = raw.body.empty() ? 0 : raw.body.back();
    if (padding == 0 || padding > raw.body.size()) return DropReason::kRtcpMalformed;
    raw.body = raw.body.first(raw.body.size() - padding);
  }
  return raw;
}

Result<FeedbackSsrcs> read_feedback_ssrcs(ByteReader& body) {
  const auto sender = body.try_u32();
  const auto media = body.try_u32();
  if (!sender || !media) return DropReason::kRtcpMalformed;
  return FeedbackSsrcs{Ssrc{*sender}, Ssrc{*media}};
}

bool begin_packet(ByteWriter& out, std::size_t count, std::uint8_t type, std::size_t body_size, bool padded) {
  const std::size_t words = body_size / 4;
  if (!out.ok() || count > kMaxCount || body_size % 4 != 0 || words > 0xffff || out.room() < kHeadSize + body_size) {
    return false;
  }
  out.u8(static_cast<std::uint8_t>((kVersion << 6U) | (padded ? 0x20U : 0U) | count));
  out.u8(type).u16(static_cast<std::uint16_t>(words));
  return true;
}

}  // namespace parley::rtp::rtcp

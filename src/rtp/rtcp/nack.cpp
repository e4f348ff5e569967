#include "rtp/rtcp/nack.h"

#include <algorithm>

namespace parley::rtp::rtcp {
namespace {

// Packs from the front of `ascending`; how many numbers the item took is left in `taken`.
NackItem pack_one(std::span<const std::int64_t> ascending, std::size_t& taken) {
  NackItem item{static_cast<std::uint16_t>(ascending[0]), 0};
  taken = 1;
  while (taken < ascending.size()) {
    const std::int64_t distance = ascending[taken] - ascending[0];
    if (distance > 16) break;
    // A number given twice adds nothing.
    if (distance > 0) item.blp = static_cast<std::uint16_t>(item.blp | (1U << static_cast<unsigned>(distance - 1)));
    ++taken;
  }
  return item;
}

}  // namespace

Result<Nack> Nack::parse(const RawPacket& raw) {
  ByteReader reader(raw.body);
  const auto ssrcs = read_feedback_ssrcs(reader);
  if (!ssrcs || reader.empty() || reader.remaining() % Wire<NackItem>::kSize != 0) return DropReason::kRtcpMalformed;
  return Nack{*ssrcs, WireList<NackItem>(reader.rest())};
}

std::size_t write_nack(ByteWriter& out, const FeedbackSsrcs& ssrcs, std::span<const std::int64_t> ascending) {
  constexpr std::size_t kFrame = kHeadSize + kFeedbackSsrcsSize;
  if (!out.ok() || out.room() < kFrame) return 0;
  const std::size_t max_items = std::min<std::size_t>((out.room() - kFrame) / Wire<NackItem>::kSize, 0xffff - 2);
  std::size_t items = 0;
  std::size_t covered = 0;
  std::size_t taken = 0;
  for (; items < max_items && covered < ascending.size(); ++items, covered += taken) {
    pack_one(ascending.subspan(covered), taken);
  }
  if (items == 0) return 0;

  if (!begin_packet(out, kFormatNack, kTypeTransportFeedback, kFeedbackSsrcsSize + items * Wire<NackItem>::kSize)) {
    return 0;
  }
  out.u32(ssrcs.sender.value).u32(ssrcs.media.value);
  for (std::size_t at = 0; at < covered; at += taken) {
    Wire<NackItem>::store(out, pack_one(ascending.subspan(at), taken));
  }
  return covered;
}

}  // namespace parley::rtp::rtcp

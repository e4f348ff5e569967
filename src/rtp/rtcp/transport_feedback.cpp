#include "rtp/rtcp/transport_feedback.h"

#include <algorithm>
#include <array>
#include <limits>

namespace parley::rtp::rtcp {
namespace {

// Symbols, which are also the number of bytes that the packet's delta takes.
constexpr unsigned kNotReceived = 0;
constexpr unsigned kSmallDelta = 1;
constexpr unsigned kLargeDelta = 2;
constexpr unsigned kReserved = 3;

constexpr std::uint16_t kVectorFlag = 0x8000;
constexpr std::uint16_t kTwoBitFlag = 0x4000;
constexpr std::uint32_t kMaxRun = 0x1fff;
constexpr std::uint32_t kOneBitSymbols = 14;
constexpr std::uint32_t kTwoBitSymbols = 7;
constexpr std::size_t kFixedBodySize = kFeedbackSsrcsSize + 8;
constexpr std::int64_t kTicksPerReference = 256;
constexpr std::size_t kMaxChunks = (kMaxTransportFeedbackSize - kHeadSize - kFixedBodySize) / 2;

bool is_run(std::uint16_t chunk) { return (chunk & kVectorFlag) == 0; }
unsigned run_symbol(std::uint16_t chunk) { return (chunk >> 13U) & 3U; }

std::uint32_t capacity_of(std::uint16_t chunk) {
  if (is_run(chunk)) return chunk & kMaxRun;
  return (chunk & kTwoBitFlag) != 0 ? kTwoBitSymbols : kOneBitSymbols;
}

unsigned symbol_at(std::uint16_t chunk, std::uint32_t index) {
  if (is_run(chunk)) return run_symbol(chunk);
  if ((chunk & kTwoBitFlag) != 0) return (chunk >> (2U * (kTwoBitSymbols - 1U - index))) & 3U;
  return (chunk >> (kOneBitSymbols - 1U - index)) & 1U;
}

// Bytes of delta that the first `count` statuses of a chunk need; nullopt when one is the reserved symbol.
std::optional<std::size_t> delta_bytes(std::uint16_t chunk, std::uint32_t count) {
  if (is_run(chunk)) {
    if (run_symbol(chunk) == kReserved && count != 0) return std::nullopt;
    return std::size_t{count} * run_symbol(chunk);
  }
  std::size_t bytes = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const unsigned symbol = symbol_at(chunk, i);
    if (symbol == kReserved) return std::nullopt;
    bytes += symbol;
  }
  return bytes;
}

}  // namespace

Result<TransportFeedback> TransportFeedback::parse(const RawPacket& raw) {
  ByteReader reader(raw.body);
  const auto ssrcs = read_feedback_ssrcs(reader);
  const auto fixed = reader.try_bytes(kFixedBodySize - kFeedbackSsrcsSize);
  if (!ssrcs || !fixed) return DropReason::kRtcpMalformed;
  TransportFeedback feedback;
  feedback.ssrcs = *ssrcs;
  feedback.base_sequence = load_be<std::uint16_t>(fixed->data());
  feedback.status_count = load_be<std::uint16_t>(fixed->data() + 2);
  // The shift up and back extends the sign of the 24 bits.
  feedback.reference_time = static_cast<std::int32_t>(load_be<std::uint32_t>(fixed->data() + 4) & 0xffffff00U) >> 8U;
  feedback.feedback_count = (*fixed)[7];
  if (feedback.status_count == 0) return DropReason::kRtcpMalformed;

  const ByteView after_head = reader.rest();
  std::size_t deltas = 0;
  for (std::uint32_t left = feedback.status_count; left != 0;) {
    const auto chunk = reader.try_u16();
    if (!chunk) return DropReason::kRtcpMalformed;
    const std::uint32_t count = std::min(left, capacity_of(*chunk));
    const auto bytes = delta_bytes(*chunk, count);
    if (!bytes) return DropReason::kRtcpMalformed;
    deltas += *bytes;
    left -= count;
  }
  feedback.chunks = after_head.first(after_head.size() - reader.remaining());
  const auto delta_view = reader.try_bytes(deltas);
  if (!delta_view) return DropReason::kRtcpMalformed;
  feedback.deltas = *delta_view;
  return feedback;
}

bool ReceivedCursor::next_chunk() {
  const auto chunk = chunks_.try_u16();
  if (!chunk) return false;
  chunk_ = *chunk;
  chunk_at_ = 0;
  chunk_size_ = std::min(capacity_of(chunk_), status_count_ - offset_);
  return true;
}

std::optional<ReceivedCursor::Received> ReceivedCursor::next() {
  while (offset_ < status_count_) {
    if (chunk_at_ == chunk_size_) {
      if (!next_chunk()) return std::nullopt;
      if (is_run(chunk_) && run_symbol(chunk_) == kNotReceived) {
        offset_ += chunk_size_;
        chunk_at_ = chunk_size_;
      }
      continue;
    }
    const unsigned symbol = symbol_at(chunk_, chunk_at_++);
    const std::uint32_t offset = offset_++;
    if (symbol == kNotReceived) continue;
    if (symbol == kSmallDelta) {
      const auto delta = deltas_.try_u8();
      if (!delta) return std::nullopt;
      ticks_ += *delta;
    } else {
      const auto delta = deltas_.try_u16();
      if (!delta) return std::nullopt;
      ticks_ += static_cast<std::int16_t>(*delta);
    }
    return Received{offset, ticks_ * kFeedbackTick};
  }
  return std::nullopt;
}

namespace {

// Turns arrivals into chunks, front to back, until the byte budget of chunks and deltas is used up.
class ChunkPacker {
 public:
  ChunkPacker(std::int64_t base, std::int64_t reference_ticks, std::span<const Arrival> arrivals, std::size_t budget)
      : base_(base),
        reference_ticks_(reference_ticks),
        arrivals_(usable(base, reference_ticks, arrivals)),
        budget_(budget) {}

  void pack() {
    while (taken_ < arrivals_.size() && chunk_count_ < kMaxChunks && pack_chunk()) {
    }
    // Losses after the last arrival that found room belong to the next message.
    chunk_count_ = useful_chunks_;
  }

  [[nodiscard]] std::size_t taken() const { return taken_; }
  [[nodiscard]] std::size_t delta_size() const { return delta_size_; }
  [[nodiscard]] std::size_t chunk_size() const { return 2 * chunk_count_; }
  [[nodiscard]] std::uint16_t status_count() const {
    return static_cast<std::uint16_t>(arrivals_[taken_ - 1].sequence - base_ + 1);
  }

  void write(ByteWriter& out) const {
    for (std::size_t i = 0; i < chunk_count_; ++i) out.u16(chunks_[i]);
    for (std::size_t i = 0; i < taken_; ++i) {
      const auto delta = static_cast<std::uint16_t>(delta_of(i));
      if (symbol_of(i) == kSmallDelta) {
        out.u8(static_cast<std::uint8_t>(delta));
      } else {
        out.u16(delta);
      }
    }
  }

 private:
  // Those of the arrivals, from the front, that one message can express whatever its size.
  static std::span<const Arrival> usable(std::int64_t base, std::int64_t reference, std::span<const Arrival> arrivals) {
    std::size_t n = 0;
    for (std::int64_t before = reference; n < arrivals.size(); before = arrivals[n++].ticks) {
      const std::int64_t delta = arrivals[n].ticks - before;
      if (delta < std::numeric_limits<std::int16_t>::min() || delta > std::numeric_limits<std::int16_t>::max()) break;
      if (arrivals[n].sequence - base >= 0xffff) break;
    }
    return arrivals.first(n);
  }

  [[nodiscard]] std::int64_t delta_of(std::size_t i) const {
    return arrivals_[i].ticks - (i == 0 ? reference_ticks_ : arrivals_[i - 1].ticks);
  }
  [[nodiscard]] unsigned symbol_of(std::size_t i) const {
    const std::int64_t delta = delta_of(i);
    return delta >= 0 && delta <= 0xff ? kSmallDelta : kLargeDelta;
  }

  // The run of equal symbols that starts at the next status.
  struct Run {
    unsigned symbol = kNotReceived;
    std::uint32_t length = 0;
  };
  [[nodiscard]] Run next_run() const {
    const std::int64_t gap = arrivals_[taken_].sequence - (base_ + offset_);
    if (gap > 0) return {kNotReceived, static_cast<std::uint32_t>(std::min<std::int64_t>(gap, kMaxRun))};
    Run run{symbol_of(taken_), 1};
    for (std::size_t i = taken_ + 1; i < arrivals_.size() && run.length < kMaxRun; ++i, ++run.length) {
      if (arrivals_[i].sequence != arrivals_[i - 1].sequence + 1 || symbol_of(i) != run.symbol) break;
    }
    return run;
  }

  // The next symbols, for vector chunks; statuses past the last arrival read as not received.
  struct Window {
    std::array<unsigned, kOneBitSymbols> symbols{};
    bool large = false;
  };
  [[nodiscard]] Window window() const {
    Window out;
    for (std::size_t i = taken_; i < arrivals_.size(); ++i) {
      const std::int64_t at = arrivals_[i].sequence - base_ - offset_;
      if (at >= kOneBitSymbols) break;
      out.symbols[static_cast<std::size_t>(at)] = symbol_of(i);
      out.large = out.large || symbol_of(i) == kLargeDelta;
    }
    return out;
  }

  // False when the chunk with its deltas does not fit.
  bool pack_chunk() {
    const std::size_t used = chunk_size() + delta_size_;
    if (used + 2 > budget_) return false;
    Run run = next_run();
    const Window ahead = window();
    const std::uint32_t vector_size = ahead.large ? kTwoBitSymbols : kOneBitSymbols;
    const bool to_the_end = run.symbol != kNotReceived && taken_ + run.length == arrivals_.size();
    if (run.length >= vector_size || to_the_end) {
      if (run.symbol != kNotReceived) {
        run.length = static_cast<std::uint32_t>(std::min<std::size_t>(run.length, (budget_ - used - 2) / run.symbol));
      }
      if (run.length == 0) return false;
      push(static_cast<std::uint16_t>((run.symbol << 13U) | run.length), run.length);
      return true;
    }
    auto chunk = static_cast<std::uint16_t>(kVectorFlag | (ahead.large ? kTwoBitFlag : 0U));
    std::size_t deltas = 0;
    for (std::uint32_t i = 0; i < vector_size; ++i) {
      const unsigned shift = ahead.large ? 2U * (kTwoBitSymbols - 1U - i) : kOneBitSymbols - 1U - i;
      chunk = static_cast<std::uint16_t>(chunk | (ahead.symbols[i] << shift));
      deltas += ahead.symbols[i];
    }
    if (used + 2 + deltas > budget_) return false;
    push(chunk, vector_size);
    return true;
  }

  void push(std::uint16_t chunk, std::uint32_t statuses) {
    chunks_[chunk_count_++] = chunk;
    offset_ += statuses;
    const std::size_t before = taken_;
    while (taken_ < arrivals_.size() && arrivals_[taken_].sequence < base_ + offset_)
      delta_size_ += symbol_of(taken_++);
    if (taken_ != before) useful_chunks_ = chunk_count_;
  }

  std::int64_t base_;
  std::int64_t reference_ticks_;
  std::span<const Arrival> arrivals_;
  std::size_t budget_;
  std::int64_t offset_ = 0;  // statuses packed so far
  std::size_t taken_ = 0;    // arrivals packed so far
  std::size_t delta_size_ = 0;
  std::size_t chunk_count_ = 0;
  std::size_t useful_chunks_ = 0;  // up to the last that holds an arrival
  std::array<std::uint16_t, kMaxChunks> chunks_{};
};

std::int64_t floor_div(std::int64_t value, std::int64_t by) { return value / by - (value % by < 0 ? 1 : 0); }

}  // namespace

std::size_t write_transport_feedback(ByteWriter& out, const FeedbackHead& head, std::span<const Arrival> arrivals) {
  constexpr std::size_t kFrame = kHeadSize + kFixedBodySize;
  const std::size_t room = std::min(out.room(), kMaxTransportFeedbackSize) / 4 * 4;
  if (!out.ok() || arrivals.empty() || room < kFrame || arrivals.front().sequence < head.base_sequence) return 0;

  const std::int64_t reference = floor_div(arrivals.front().ticks, kTicksPerReference);
  ChunkPacker packer(head.base_sequence, reference * kTicksPerReference, arrivals, room - kFrame);
  packer.pack();
  if (packer.taken() == 0) return 0;

  const std::size_t content = packer.chunk_size() + packer.delta_size();
  const std::size_t padding = (4 - content % 4) % 4;
  if (!begin_packet(out, kFormatTransportCc, kTypeTransportFeedback, kFixedBodySize + content + padding,
                    padding != 0)) {
    return 0;
  }
  out.u32(head.ssrcs.sender.value).u32(head.ssrcs.media.value);
  out.u16(static_cast<std::uint16_t>(head.base_sequence)).u16(packer.status_count());
  out.u24(static_cast<std::uint32_t>(reference) & 0xffffffU).u8(head.feedback_count);
  packer.write(out);
  if (padding != 0) out.zeros(padding - 1).u8(static_cast<std::uint8_t>(padding));
  return packer.taken();
}

}  // namespace parley::rtp::rtcp

// draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1: which packets of a transport arrived, and when.
//
//  |V=2|P| FMT=15  |    PT=205     |            length             |
//  |                     SSRC of packet sender                     |
//  |                      SSRC of media source                     |
//  |      base sequence number     |      packet status count      |
//  |          reference time (64 ms, signed)       | fb pkt. count |
//  |  packet chunks, 16 bits each …                                |
//  |  receive deltas, 8 or 16 bits each (250 µs) …   | padding     |
//
//  chunk:  0|S S|run length (13)              run of one symbol
//          1|0|14 × 1-bit symbols             0 not received, 1 small delta
//          1|1|7 × 2-bit symbols              0 not received, 1 small delta, 2 large or negative delta, 3 reserved
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/time.h"
#include "rtp/rtcp/raw_packet.h"

namespace parley::rtp::rtcp {

inline constexpr Duration kFeedbackTick{250};                        // unit of receive deltas, µs
inline constexpr Duration kFeedbackReference = 256 * kFeedbackTick;  // unit of the reference time: 64 ms
// Leaves room for SRTCP's trailer and an IPv6 header below every path MTU in use.
inline constexpr std::size_t kMaxTransportFeedbackSize = 1200;

// Walks the packets that arrived, in the order of their numbers. Its cost follows the message's bytes, not the count
// that the message claims: runs of lost packets are stepped over at once.
class ReceivedCursor {
 public:
  struct Received {
    std::uint32_t offset = 0;     // sequence number = base_sequence + offset
    Duration since_reference{0};  // arrival = reference_time × 64 ms + this
    friend bool operator==(const Received&, const Received&) = default;
  };

  ReceivedCursor(ByteView chunks, ByteView deltas, std::uint32_t status_count)
      : chunks_(chunks), deltas_(deltas), status_count_(status_count) {}
  std::optional<Received> next();

 private:
  bool next_chunk();

  ByteReader chunks_;
  ByteReader deltas_;
  std::uint32_t status_count_;
  std::uint32_t offset_ = 0;  // of the next status
  std::uint16_t chunk_ = 0;
  std::uint32_t chunk_at_ = 0;  // statuses of this chunk already taken
  std::uint32_t chunk_size_ = 0;
  std::int64_t ticks_ = 0;
};

struct TransportFeedback {
  FeedbackSsrcs ssrcs;
  std::uint16_t base_sequence = 0;
  std::uint16_t status_count = 0;   // packets base_sequence … base_sequence + status_count - 1 are reported on
  std::int32_t reference_time = 0;  // 24 bits, signed, in 64 ms of the receiver's own clock; wraps after 12 days
  std::uint8_t feedback_count = 0;  // +1 for each message, wraps
  ByteView chunks;                  // both borrow the packet
  ByteView deltas;

  // Checks every chunk and that all deltas are there. Errors: kRtcpMalformed (also the reserved symbol and no status).
  static Result<TransportFeedback> parse(const RawPacket& raw);

  [[nodiscard]] ReceivedCursor received() const { return {chunks, deltas, status_count}; }
};

// One packet that arrived, with its widened number and its arrival in ticks (250 µs) of the receiver's clock.
struct Arrival {
  std::int64_t sequence = 0;
  std::int64_t ticks = 0;
  friend bool operator==(const Arrival&, const Arrival&) = default;
};

struct FeedbackHead {
  FeedbackSsrcs ssrcs;
  std::int64_t base_sequence = 0;  // <= the first arrival's; what lies between them is reported as lost
  std::uint8_t feedback_count = 0;
};

// Arrivals ascend strictly by sequence; their ticks need not. Answers how many of them the message covers, which is
// fewer than given when it is full (room in out, kMaxTransportFeedbackSize), when a delta exceeds 16 bits (±8.19 s) or
// when the span of numbers does: call again with the rest, base = last covered + 1. 0: nothing was written.
[[nodiscard]] std::size_t write_transport_feedback(ByteWriter& out, const FeedbackHead& head,
                                                   std::span<const Arrival> arrivals);

}  // namespace parley::rtp::rtcp

// RFC 4585 section 6.2.1: generic NACK.
//
//  |V=2|P|  FMT=1  |    PT=205     |            length             |
//  |                     SSRC of packet sender                     |
//  |                      SSRC of media source                     |
//  |   PID: a lost packet          |  BLP: bit i = PID + i + 1 lost |   one or more
#pragma once

#include <cstdint>
#include <span>

#include "rtp/rtcp/raw_packet.h"
#include "rtp/rtcp/wire_list.h"

namespace parley::rtp::rtcp {

struct NackItem {
  std::uint16_t pid = 0;
  std::uint16_t blp = 0;
  friend bool operator==(const NackItem&, const NackItem&) = default;
};

template <>
struct Wire<NackItem> {
  static constexpr std::size_t kSize = 4;
  static NackItem load(const std::uint8_t* p) { return {load_be<std::uint16_t>(p), load_be<std::uint16_t>(p + 2)}; }
  static void store(ByteWriter& out, const NackItem& item) { out.u16(item.pid).u16(item.blp); }
};

struct Nack {
  FeedbackSsrcs ssrcs;
  WireList<NackItem> items;

  // Errors: kRtcpMalformed (no item, or a broken one).
  static Result<Nack> parse(const RawPacket& raw);

  // Calls visit(std::uint16_t sequence) for each lost packet, in the order of the wire.
  template <class Visit>
  void for_each_sequence(Visit&& visit) const {
    for (const NackItem item : items) {
      visit(item.pid);
      for (unsigned bit = 0; bit < 16; ++bit) {
        if (((item.blp >> bit) & 1U) != 0) visit(static_cast<std::uint16_t>(item.pid + bit + 1));
      }
    }
  }
};

// Packs ascending (64-bit, so never wrapping) sequence numbers into as few items as may be. Answers how many of them
// the packet covers: fewer than asked when out is full (call again with the rest), 0 when nothing was written.
[[nodiscard]] std::size_t write_nack(ByteWriter& out, const FeedbackSsrcs& ssrcs,
                                     std::span<const std::int64_t> ascending);

}  // namespace parley::rtp::rtcp

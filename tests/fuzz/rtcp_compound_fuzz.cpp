// Any bytes as a compound: every packet that parses is written anew and must read the same.
#include <vector>

#include "rtp/rtcp/compound.h"

namespace {

using namespace parley;
using namespace parley::rtp::rtcp;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

template <class T>
std::vector<T> all_of(const WireList<T>& list) {
  std::vector<T> out;
  for (std::size_t i = 0; i < list.size(); ++i) out.push_back(list[i]);
  return out;
}

// Room for one packet of the largest input, with slack for rewriting it.
struct Scratch {
  std::vector<std::uint8_t> bytes = std::vector<std::uint8_t>(1U << 17U);
  ByteWriter out{bytes};

  template <class T>
  T reread() {
    CompoundReader reader(out.written());
    const auto packet = reader.next();
    require(packet && packet->has_value() && std::holds_alternative<T>(**packet));
    require(!reader.next());
    return std::get<T>(**packet);
  }
};

struct Checker {
  void operator()(const SenderReport& p) const {
    Scratch scratch;
    require(write_sender_report(scratch.out, p.sender, p.info, all_of(p.blocks)));
    const auto again = scratch.reread<SenderReport>();
    require(again.sender == p.sender && again.info == p.info && all_of(again.blocks) == all_of(p.blocks));
  }
  void operator()(const ReceiverReport& p) const {
    Scratch scratch;
    require(write_receiver_report(scratch.out, p.sender, all_of(p.blocks)));
    const auto again = scratch.reread<ReceiverReport>();
    require(again.sender == p.sender && all_of(again.blocks) == all_of(p.blocks));
  }
  void operator()(const Sdes& p) const {
    std::vector<SdesChunk> chunks;
    Sdes cursor = p;
    while (const auto chunk = cursor.next_chunk()) chunks.push_back(*chunk);
    require(chunks.size() == p.size());
    Scratch scratch;
    require(write_sdes(scratch.out, chunks));
    auto again = scratch.reread<Sdes>();
    for (const SdesChunk& chunk : chunks) require(again.next_chunk() == chunk);
    require(!again.next_chunk());
  }
  void operator()(const Bye& p) const {
    Scratch scratch;
    require(write_bye(scratch.out, all_of(p.ssrcs), p.reason));
    const auto again = scratch.reread<Bye>();
    require(all_of(again.ssrcs) == all_of(p.ssrcs) && again.reason == p.reason);
  }
  void operator()(const Nack& p) const {
    for (const NackItem& item : p.items) {
      // One item's numbers ascend; widened so that they do not wrap.
      std::vector<std::int64_t> lost{item.pid};
      for (int bit = 0; bit < 16; ++bit) {
        if (((item.blp >> bit) & 1) != 0) lost.push_back(item.pid + bit + 1);
      }
      Scratch scratch;
      require(write_nack(scratch.out, p.ssrcs, lost) == lost.size());
      const auto again = scratch.reread<Nack>();
      require(again.ssrcs == p.ssrcs && again.items.size() == 1 && again.items[0] == item);
    }
    std::size_t count = 0;
    p.for_each_sequence([&](std::uint16_t) { ++count; });
    require(count >= p.items.size());
  }
  void operator()(const Pli& p) const {
    Scratch scratch;
    require(write_pli(scratch.out, p.ssrcs));
    require(scratch.reread<Pli>().ssrcs == p.ssrcs);
  }
  void operator()(const Fir& p) const {
    Scratch scratch;
    require(write_fir(scratch.out, p.sender, all_of(p.entries)));
    require(all_of(scratch.reread<Fir>().entries) == all_of(p.entries));
  }
  void operator()(const Remb& p) const {
    Scratch scratch;
    require(write_remb(scratch.out, p.sender, p.bitrate, all_of(p.ssrcs)));
    const auto again = scratch.reread<Remb>();
    require(again.bitrate == p.bitrate && all_of(again.ssrcs) == all_of(p.ssrcs));
  }
  void operator()(const TransportFeedback& p) const {
    std::size_t received = 0;
    std::uint32_t next = 0;
    auto cursor = p.received();
    while (const auto packet = cursor.next()) {
      require(packet->offset >= next && packet->offset < p.status_count);
      next = packet->offset + 1;
      ++received;
    }
    require(received <= p.deltas.size());
  }
  void operator()(const ExtendedReport& p) const {
    Scratch scratch;
    require(write_extended_report(scratch.out, p.sender, p.receiver_reference_time, all_of(p.dlrr)));
    const auto again = scratch.reread<ExtendedReport>();
    require(again.receiver_reference_time == p.receiver_reference_time && all_of(again.dlrr) == all_of(p.dlrr));
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto result = parse_compound({data, size}, Checker{});
  require(result.has_value() || result.error() == DropReason::kRtcpMalformed);
  require(size != 0 || result.has_error());
  return 0;
}

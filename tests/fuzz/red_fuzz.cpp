#include "codec/red.h"

#include "fuzz/payload_invariants.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using parley::codec::check;
  const parley::ByteView payload(data, size);
  const auto packet = parley::codec::parse_red(payload);
  if (!packet) return 0;
  // The blocks stand one behind the other and fill the payload to its end.
  check(packet->count <= parley::codec::kMaxRedBlocks);
  const std::uint8_t* at = data + 4 * packet->count + 1;
  for (const auto& block : packet->redundant()) {
    check(block.data.data() == at && block.payload_type < 128 && block.timestamp_offset < (1U << 14U));
    at += block.data.size();
  }
  check(packet->primary.data.data() == at && at + packet->primary.data.size() == data + size);
  return 0;
}

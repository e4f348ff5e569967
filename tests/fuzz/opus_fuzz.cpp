#include "codec/opus.h"

#include "fuzz/payload_invariants.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace std::chrono_literals;
  using parley::codec::check;
  const parley::ByteView payload(data, size);
  const auto toc = parley::codec::parse_opus_toc(payload);
  check(toc.has_value() == (size != 0));
  const auto duration = parley::codec::opus_packet_duration(payload);
  check(!duration || (*duration >= toc->frame_duration && *duration <= 120ms));
  check(!parley::codec::is_opus_dtx(payload) || size <= 2);
  return 0;
}

// Describes a payload, patches its descriptor in place and describes it again: only the patched fields may differ.
#include "codec/vp9.h"

#include <vector>

#include "fuzz/payload_invariants.h"

namespace parley::codec {
namespace {

void run(ByteReader reader) {
  Vp9Patch patch;
  const std::uint8_t fields = reader.try_u8().value_or(0);
  if ((fields & 1U) != 0) patch.picture_id = reader.try_u16();
  if ((fields & 2U) != 0) patch.tl0_pic_idx = reader.try_u8();
  const ByteView rest = reader.rest();
  std::vector<std::uint8_t> payload(rest.begin(), rest.end());
  const auto info = describe_vp9(payload, false);
  if (!info) {
    patch_vp9_descriptor(payload, patch);
    return;
  }
  check_invariants(*info, payload, false);

  PacketInfo expected = *info;
  if (info->picture_id && patch.picture_id) {
    expected.picture_id = *patch.picture_id & (info->picture_id_long ? 0x7fff : 0x7f);
  }
  if (info->tl0_pic_idx && patch.tl0_pic_idx) expected.tl0_pic_idx = patch.tl0_pic_idx;
  check(patch_vp9_descriptor(ByteSpan(payload).first(info->descriptor_size), patch));
  const auto again = describe_vp9(payload, false);
  check(again.has_value() && *again == expected);
}

}  // namespace
}  // namespace parley::codec

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  parley::codec::run(parley::ByteReader({data, size}));
  return 0;
}

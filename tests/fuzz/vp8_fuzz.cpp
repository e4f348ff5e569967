// Describes a payload, patches its descriptor and describes the result: only the patched fields may differ.
#include "codec/vp8.h"

#include <algorithm>
#include <vector>

#include "fuzz/payload_invariants.h"

namespace parley::codec {
namespace {

Vp8Patch read_patch(ByteReader& reader) {
  Vp8Patch patch;
  const std::uint8_t fields = reader.try_u8().value_or(0);
  if ((fields & 1U) != 0) patch.picture_id = reader.try_u16();
  if ((fields & 2U) != 0) patch.tl0_pic_idx = reader.try_u8();
  if ((fields & 4U) != 0) patch.key_idx = reader.try_u8();
  return patch;
}

PacketInfo patched(PacketInfo info, const Vp8Patch& patch, std::size_t descriptor_size) {
  if (info.picture_id && patch.picture_id) {
    info.picture_id = *patch.picture_id & 0x7fff;
    info.picture_id_long = true;
  }
  if (info.tl0_pic_idx && patch.tl0_pic_idx) info.tl0_pic_idx = patch.tl0_pic_idx;
  if (info.key_idx && patch.key_idx) info.key_idx = *patch.key_idx & 0x1f;
  info.descriptor_size = static_cast<std::uint8_t>(descriptor_size);
  return info;
}

void run(ByteReader reader) {
  const Vp8Patch patch = read_patch(reader);
  const ByteView payload = reader.rest();
  const auto info = describe_vp8(payload, true);
  if (!info) return;
  check_invariants(*info, payload, true);

  std::vector<std::uint8_t> out(kMaxVp8DescriptorSize);
  const std::size_t size = write_vp8_descriptor(out, payload, patch);
  check(size >= info->descriptor_size && size <= info->descriptor_size + 1U);
  check(write_vp8_descriptor(ByteSpan(out).first(size - 1), payload, patch) == 0);
  check(write_vp8_descriptor(out, payload, patch) == size);
  out.resize(size);
  const ByteView rest = payload.subspan(info->descriptor_size);
  out.insert(out.end(), rest.begin(), rest.end());
  const auto again = describe_vp8(out, true);
  check(again.has_value() && *again == patched(*info, patch, size));
}

}  // namespace
}  // namespace parley::codec

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  parley::codec::run(parley::ByteReader({data, size}));
  return 0;
}

#include "codec/describe.h"

#include "codec/av1.h"
#include "codec/h264.h"
#include "codec/h265.h"
#include "codec/opus.h"
#include "codec/red.h"
#include "codec/vp8.h"
#include "codec/vp9.h"

namespace parley::codec {

Result<PacketInfo> describe(Codec codec, ByteView payload, bool marker) {
  switch (codec) {
    case Codec::kVp8:
      return describe_vp8(payload, marker);
    case Codec::kVp9:
      return describe_vp9(payload, marker);
    case Codec::kH264:
      return describe_h264(payload, marker);
    case Codec::kH265:
      return describe_h265(payload, marker);
    case Codec::kAv1:
      return describe_av1(payload, marker);
    case Codec::kRed:
      if (const auto red = parse_red(payload); !red) return red.error();
      return PacketInfo{};
    case Codec::kOpus:
    case Codec::kPcmu:
    case Codec::kPcma:
      break;
  }
  if (payload.empty()) return DropReason::kPayloadMalformed;
  return PacketInfo{};
}

}  // namespace parley::codec

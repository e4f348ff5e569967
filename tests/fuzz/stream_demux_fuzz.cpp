// Bytes become offers and packets; bindings stay bounded, unique and true to what was answered.
#include <array>
#include <cstdint>
#include <map>
#include <string_view>

#include "base/bytes.h"
#include "forward/stream_demux.h"

using namespace parley;

namespace {

void check(bool holds) {
  if (!holds) __builtin_trap();
}

std::string_view token(std::uint8_t byte) {
  static constexpr std::array<std::string_view, 6> kTokens{"", "a", "b", "c", "d", "longer-than-most"};
  return kTokens[byte % kTokens.size()];
}

forward::IncomingConfig config_of(ByteReader& in) {
  forward::IncomingConfig config;
  config.mid = Mid(token(in.try_u8().value_or(1)));
  const std::uint8_t shape = in.try_u8().value_or(0);
  for (unsigned i = 0; i < shape % 4U; ++i) {
    forward::ReceiveCodec codec;
    codec.payload_type = PayloadType{in.try_u8().value_or(96)};
    const std::uint8_t rtx = in.try_u8().value_or(0);
    if (rtx != 0) codec.rtx_payload_type = PayloadType{rtx};
    config.codecs.push_back(codec);
  }
  for (unsigned i = 0; i < (shape >> 2U) % 7U; ++i) {
    forward::EncodingConfig encoding;
    encoding.rid = Rid(token(in.try_u8().value_or(0)));
    const std::uint8_t ssrc = in.try_u8().value_or(0);
    if ((ssrc & 1U) != 0) encoding.ssrc = Ssrc{ssrc};
    if ((ssrc & 2U) != 0) encoding.rtx_ssrc = Ssrc{ssrc + 1U};
    config.encodings.push_back(encoding);
  }
  config.extensions.set(in.try_u8().value_or(0), rtp::ExtensionType::kMid);
  return config;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ByteReader in({data, size});
  forward::StreamDemux demux;
  std::map<std::uint32_t, forward::StreamRef> bound;
  TimePoint now{};
  while (const auto op = in.try_u8()) {
    const auto slot = static_cast<std::uint16_t>(in.try_u8().value_or(0) % 40U);
    if (*op % 8 == 0) {
      for (const Ssrc ssrc : demux.set(slot, config_of(in))) check(bound.erase(ssrc.value) == 1);
    } else if (*op % 8 == 1) {
      for (const Ssrc ssrc : demux.remove(slot)) check(bound.erase(ssrc.value) == 1);
      for (const auto& [ssrc, stream] : bound) check(stream.slot != slot);
    } else {
      rtp::PacketView view;
      view.ssrc = Ssrc{in.try_u8().value_or(0)};
      view.payload_type = PayloadType{static_cast<std::uint8_t>(in.try_u8().value_or(0) & 0x7fU)};
      rtp::Extensions extensions;
      if ((*op & 0x10U) != 0) extensions.mid = Mid(token(in.try_u8().value_or(0)));
      if ((*op & 0x20U) != 0) extensions.rid = Rid(token(in.try_u8().value_or(0)));
      if ((*op & 0x40U) != 0) extensions.repaired_rid = Rid(token(in.try_u8().value_or(0)));
      now += Duration{std::int64_t{slot} * 10'000};
      const auto route = demux.route(now, view, extensions);
      if (route) {
        check(route->stream.layer < forward::kMaxLayers);
        check(demux.find(view.ssrc) == route->stream);
        if (route->replaced) {
          check(!demux.find(*route->replaced));
          check(bound.erase(route->replaced->value) == 1);
        }
        if (!route->fresh) check(bound.at(view.ssrc.value) == route->stream);
        bound[view.ssrc.value] = route->stream;
      } else if (!demux.find(view.ssrc)) {
        bound.erase(view.ssrc.value);
      }
    }
    check(demux.bound_count() == bound.size());
    check(demux.bound_count() <= forward::StreamDemux::kMaxSsrcs);
  }
  return 0;
}

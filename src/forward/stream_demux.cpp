#include "forward/stream_demux.h"

#include <algorithm>

namespace parley::forward {

std::vector<Ssrc> StreamDemux::set(std::uint16_t slot, const IncomingConfig& config) {
  if (slot >= sections_.size()) sections_.resize(slot + 1U);
  Section& section = sections_[slot];
  std::vector<Ssrc> unbound;
  for (std::size_t i = ssrcs_.size(); i-- > 0;) {
    const StreamRef& stream = streams_[i];
    if (stream.slot != slot) continue;
    const bool kept = stream.layer < config.encodings.size() && stream.layer < section.encodings.size() &&
                      config.encodings[stream.layer].rid == section.encodings[stream.layer].rid;
    if (kept) continue;
    unbound.emplace_back(ssrcs_[i]);
    unbind(i);
  }
  section.used = true;
  section.mid = config.mid;
  section.encodings = config.encodings;
  if (section.encodings.size() > kMaxLayers) section.encodings.resize(kMaxLayers);
  section.extensions = config.extensions;
  section.payload_types.fill(PtRole::kNone);
  for (const ReceiveCodec& codec : config.codecs) {
    section.payload_types[codec.payload_type.value & 0x7fU] = PtRole::kPrimary;
    if (codec.rtx_payload_type) section.payload_types[codec.rtx_payload_type->value & 0x7fU] = PtRole::kRtx;
  }
  merge_extensions();
  return unbound;
}

std::vector<Ssrc> StreamDemux::remove(std::uint16_t slot) {
  std::vector<Ssrc> unbound;
  for (std::size_t i = ssrcs_.size(); i-- > 0;) {
    if (streams_[i].slot != slot) continue;
    unbound.emplace_back(ssrcs_[i]);
    unbind(i);
  }
  if (slot < sections_.size()) sections_[slot] = Section{};
  merge_extensions();
  return unbound;
}

void StreamDemux::merge_extensions() {
  extensions_ = rtp::ExtensionMap{};
  for (const Section& section : sections_) {
    for (std::size_t i = 0; section.used && i < rtp::kExtensionTypeCount; ++i) {
      const auto type = static_cast<rtp::ExtensionType>(i);
      const std::uint8_t id = section.extensions.id_of(type);
      if (id == 0 || extensions_.id_of(type) != 0 || extensions_.type_of(id)) continue;
      extensions_.set(id, type);
    }
  }
}

Result<Route> StreamDemux::route(TimePoint now, const rtp::PacketView& view, const rtp::Extensions& extensions) {
  if (const auto index = index_of(view.ssrc)) {
    if (!moved(*index, extensions)) {
      const StreamRef& stream = streams_[*index];
      const PtRole wanted = stream.rtx ? PtRole::kRtx : PtRole::kPrimary;
      if (role_of(stream.slot, view.payload_type) != wanted) return DropReason::kRtpUnknownPayloadType;
      return Route{.stream = stream, .fresh = false, .replaced = std::nullopt};
    }
    unbind(*index);
  }
  const Result<StreamRef> stream = resolve(view, extensions);
  if (!stream) return stream.error();
  return bind(now, view.ssrc, *stream);
}

std::optional<StreamRef> StreamDemux::find(Ssrc ssrc) const {
  const auto index = index_of(ssrc);
  return index ? std::optional<StreamRef>(streams_[*index]) : std::nullopt;
}

std::optional<std::size_t> StreamDemux::index_of(Ssrc ssrc) const {
  const auto at = std::find(ssrcs_.begin(), ssrcs_.end(), ssrc.value);
  if (at == ssrcs_.end()) return std::nullopt;
  return static_cast<std::size_t>(at - ssrcs_.begin());
}

// RFC 8843 section 9.2: a mid on the packet overrules what its SSRC meant so far.
bool StreamDemux::moved(std::size_t index, const rtp::Extensions& extensions) const {
  if (!extensions.mid || sections_[streams_[index].slot].mid == *extensions.mid) return false;
  return section_of(*extensions.mid).has_value();
}

StreamDemux::PtRole StreamDemux::role_of(std::uint16_t slot, PayloadType type) const {
  return sections_[slot].payload_types[type.value & 0x7fU];
}

std::optional<std::uint16_t> StreamDemux::section_of(const Mid& mid) const {
  for (std::size_t slot = 0; slot < sections_.size(); ++slot) {
    if (sections_[slot].used && sections_[slot].mid == mid) return static_cast<std::uint16_t>(slot);
  }
  return std::nullopt;
}

Result<StreamRef> StreamDemux::resolve(const rtp::PacketView& view, const rtp::Extensions& extensions) const {
  std::optional<StreamRef> stream;
  if (extensions.mid) {
    const auto slot = section_of(*extensions.mid);
    if (!slot) return DropReason::kRtpUnknownSsrc;
    const PtRole role = role_of(*slot, view.payload_type);
    if (role == PtRole::kNone) return DropReason::kRtpUnknownPayloadType;
    stream = in_section(*slot, role == PtRole::kRtx, view.ssrc, extensions);
  } else {
    stream = by_declaration(view.ssrc);
    if (!stream) stream = by_payload_type(view.payload_type);
  }
  if (!stream) return DropReason::kRtpUnknownSsrc;
  const PtRole wanted = stream->rtx ? PtRole::kRtx : PtRole::kPrimary;
  if (role_of(stream->slot, view.payload_type) != wanted) return DropReason::kRtpUnknownPayloadType;
  return *stream;
}

std::optional<StreamRef> StreamDemux::in_section(std::uint16_t slot, bool rtx, Ssrc ssrc,
                                                 const rtp::Extensions& extensions) const {
  const std::vector<EncodingConfig>& encodings = sections_[slot].encodings;
  // A retransmission names its source by repaired-rid; some senders write the plain rid on it as well.
  const std::optional<Rid>& rid = rtx && extensions.repaired_rid ? extensions.repaired_rid : extensions.rid;
  for (std::size_t layer = 0; rid && layer < encodings.size(); ++layer) {
    if (encodings[layer].rid == *rid) return StreamRef{slot, static_cast<std::uint8_t>(layer), rtx};
  }
  if (const auto declared = by_declaration(ssrc); declared && declared->slot == slot) return declared;
  if (encodings.size() == 1 && (!rid || encodings[0].rid.empty())) return StreamRef{slot, 0, rtx};
  return std::nullopt;
}

std::optional<StreamRef> StreamDemux::by_declaration(Ssrc ssrc) const {
  for (std::size_t slot = 0; slot < sections_.size(); ++slot) {
    const std::vector<EncodingConfig>& encodings = sections_[slot].encodings;
    for (std::size_t layer = 0; layer < encodings.size(); ++layer) {
      const StreamRef stream{static_cast<std::uint16_t>(slot), static_cast<std::uint8_t>(layer), false};
      if (encodings[layer].ssrc == ssrc) return stream;
      if (encodings[layer].rtx_ssrc == ssrc) return StreamRef{stream.slot, stream.layer, true};
    }
  }
  return std::nullopt;
}

std::optional<StreamRef> StreamDemux::by_payload_type(PayloadType type) const {
  std::optional<StreamRef> found;
  for (std::size_t slot = 0; slot < sections_.size(); ++slot) {
    if (!sections_[slot].used) continue;
    const PtRole role = role_of(static_cast<std::uint16_t>(slot), type);
    if (role == PtRole::kNone) continue;
    if (found) return std::nullopt;
    found = StreamRef{static_cast<std::uint16_t>(slot), 0, role == PtRole::kRtx};
  }
  if (found && sections_[found->slot].encodings.size() != 1) return std::nullopt;
  return found;
}

Result<Route> StreamDemux::bind(TimePoint now, Ssrc ssrc, StreamRef stream) {
  Retired& retired = sections_[stream.slot].retired[stream.layer][stream.rtx ? 1 : 0];
  if (retired.ssrc == ssrc.value && now < retired.until) return DropReason::kRtpUnknownSsrc;
  Route route{.stream = stream, .fresh = true, .replaced = std::nullopt};
  const auto held = std::find(streams_.begin(), streams_.end(), stream);
  if (held != streams_.end()) {
    const auto index = static_cast<std::size_t>(held - streams_.begin());
    route.replaced = Ssrc{ssrcs_[index]};
    retired = {.ssrc = ssrcs_[index], .until = now + kRetiredFor};
    ssrcs_[index] = ssrc.value;
    return route;
  }
  if (ssrcs_.size() >= kMaxSsrcs) return DropReason::kRtpSsrcLimit;
  ssrcs_.push_back(ssrc.value);
  streams_.push_back(stream);
  return route;
}

void StreamDemux::unbind(std::size_t index) {
  ssrcs_[index] = ssrcs_.back();
  streams_[index] = streams_.back();
  ssrcs_.pop_back();
  streams_.pop_back();
}

}  // namespace parley::forward

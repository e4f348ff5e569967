// What negotiation decides about a published or a subscribed track, handed to the media plane as plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "codec/packet_info.h"
#include "rtp/header_extensions.h"

namespace parley::forward {

inline constexpr std::uint8_t kMaxLayers = codec::kMaxSpatialLayers;  // simulcast encodings or SVC spatial layers

// One payload type that the publisher may send on this track.
struct ReceiveCodec {
  PayloadType payload_type;
  codec::Codec codec{};
  std::optional<PayloadType> rtx_payload_type;
  PayloadType red_primary;  // for kRed: the payload type of the blocks inside
};

// One encoding of a simulcast track, lowest quality first, whatever order the offer had.
struct EncodingConfig {
  Rid rid;                   // empty when the track has a single encoding
  std::optional<Ssrc> ssrc;  // when the offer named it
  std::optional<Ssrc> rtx_ssrc;
};

// A published track in one codec, as its origin receives it.
struct IncomingConfig {
  Mid mid;
  MediaKind kind = MediaKind::kAudio;
  std::vector<ReceiveCodec> codecs;       // negotiated payload types, preferred first
  std::vector<EncodingConfig> encodings;  // 1..kMaxLayers; layer index = position
  rtp::ExtensionMap extensions;
  bool nack = false;  // a=rtcp-fb nack agreed (video; audio when offered)
  bool pli = false;
  bool transport_cc = false;
  bool muted = false;
};

// What a subscriber shall get of a feed, at most. For simulcast `max_layer` is the encoding's index, for SVC the
// spatial id. A layer that is not being sent is replaced by the best one below it (or the lowest there is).
struct LayerTarget {
  bool enabled = true;
  std::uint8_t max_layer = kMaxLayers - 1;
  std::uint8_t max_temporal = codec::kMaxTemporalLayers - 1;
  friend bool operator==(const LayerTarget&, const LayerTarget&) = default;
};

// A subscribed track as one receiver gets it: one SSRC, continuous numbers.
struct OutgoingConfig {
  Mid mid;
  MediaKind kind = MediaKind::kAudio;
  codec::Codec codec{};  // what the subscriber decodes; kOpus for a kRed feed means: unwrap
  PayloadType payload_type;
  std::optional<PayloadType> red_primary;  // for kRed: the receiver's payload type of the blocks inside
  Ssrc ssrc;
  std::optional<PayloadType> rtx_payload_type;
  std::optional<Ssrc> rtx_ssrc;
  rtp::ExtensionMap extensions;  // the receiver's ids
  std::string cname;             // one per publisher, so that its tracks are played in sync
  LayerTarget target;
  bool nack = false;
};

}  // namespace parley::forward

// From a negotiated section to the media plane's terms.
#pragma once

#include <optional>
#include <vector>

#include "forward/track_config.h"
#include "room/layers.h"
#include "room/types.h"
#include "sdp/negotiated.h"

namespace parley::room {

rtp::ExtensionMap extension_map(const sdp::NegotiatedMedia& media);

// A section on which we receive. Encodings are ordered lowest quality first by rid name.
forward::IncomingConfig incoming_config(const sdp::NegotiatedMedia& media);

// Nothing that the media plane would have to be told of.
bool same_terms(const forward::IncomingConfig& a, const forward::IncomingConfig& b);

LayerMap layer_map_of(const forward::IncomingConfig& config, codec::Codec codec, const std::vector<VideoLayer>& layers,
                      VideoLayerMode mode);

// The first of the section's codecs that carries a feed of that codec: RED feeds also go out as plain opus.
// red_primary: payload type inside the publisher's RED blocks; they can pass through only where the receiver's is
// equal.
const sdp::NegotiatedCodec* codec_for_feed(const sdp::NegotiatedMedia& media, codec::Codec feed,
                                           std::optional<PayloadType> red_primary);

}  // namespace parley::room

#include "room/negotiated_media.h"

#include <algorithm>

namespace parley::room {

namespace {

// Unknown names stand above the known ones, in the offer's order.
int rid_rank(std::string_view rid) {
  const auto quality = quality_of_rid(rid);
  return quality ? static_cast<int>(*quality) : 3;
}

std::vector<forward::EncodingConfig> encodings_of(const sdp::NegotiatedMedia& media) {
  std::vector<forward::EncodingConfig> encodings;
  if (!media.rids.empty()) {
    // SSRCs are left to the rid extension even where the offer names them: their order ties them to no rid.
    std::vector<std::string> rids = media.rids;
    std::stable_sort(rids.begin(), rids.end(), [](const auto& a, const auto& b) { return rid_rank(a) < rid_rank(b); });
    for (const std::string& rid : rids) {
      if (encodings.size() == forward::kMaxLayers) break;
      encodings.push_back({Rid{rid}, std::nullopt, std::nullopt});
    }
    return encodings;
  }
  const auto ssrcs = media.primary_ssrcs();
  const bool simulcast = std::any_of(media.ssrc_groups.begin(), media.ssrc_groups.end(),
                                     [](const sdp::SsrcGroup& g) { return g.semantics == "SIM"; });
  for (const Ssrc ssrc : ssrcs) {
    encodings.push_back({Rid{}, ssrc, media.rtx_ssrc_of(ssrc)});
    if (!simulcast || encodings.size() == forward::kMaxLayers) break;
  }
  if (encodings.empty()) encodings.emplace_back();
  return encodings;
}

}  // namespace

rtp::ExtensionMap extension_map(const sdp::NegotiatedMedia& media) {
  rtp::ExtensionMap map;
  for (const auto& extension : media.extensions) {
    if (const auto type = rtp::type_of_uri(extension.uri)) map.set(extension.id, *type);
  }
  return map;
}

forward::IncomingConfig incoming_config(const sdp::NegotiatedMedia& media) {
  forward::IncomingConfig config;
  config.mid = Mid{media.mid};
  config.kind = media.type == sdp::MediaType::kVideo ? MediaKind::kVideo : MediaKind::kAudio;
  for (const auto& codec : media.codecs) {
    config.codecs.push_back(
        {codec.payload_type, codec.codec, codec.rtx_payload_type, codec.red_primary.value_or(PayloadType{})});
  }
  config.encodings = encodings_of(media);
  config.extensions = extension_map(media);
  config.nack = media.feedback.nack;
  config.pli = media.feedback.pli;
  config.transport_cc = media.feedback.transport_cc;
  return config;
}

bool same_terms(const forward::IncomingConfig& a, const forward::IncomingConfig& b) {
  const auto same_codec = [](const forward::ReceiveCodec& x, const forward::ReceiveCodec& y) {
    return x.payload_type == y.payload_type && x.codec == y.codec && x.rtx_payload_type == y.rtx_payload_type &&
           x.red_primary == y.red_primary;
  };
  const auto same_encoding = [](const forward::EncodingConfig& x, const forward::EncodingConfig& y) {
    return x.rid == y.rid && x.ssrc == y.ssrc && x.rtx_ssrc == y.rtx_ssrc;
  };
  return a.mid == b.mid && a.kind == b.kind && a.extensions == b.extensions && a.nack == b.nack && a.pli == b.pli &&
         a.transport_cc == b.transport_cc && a.muted == b.muted &&
         std::equal(a.codecs.begin(), a.codecs.end(), b.codecs.begin(), b.codecs.end(), same_codec) &&
         std::equal(a.encodings.begin(), a.encodings.end(), b.encodings.begin(), b.encodings.end(), same_encoding);
}

LayerMap layer_map_of(const forward::IncomingConfig& config, codec::Codec codec, const std::vector<VideoLayer>& layers,
                      VideoLayerMode mode) {
  LayerMap map;
  if (config.encodings.size() > 1) {
    for (std::size_t i = 0; i < config.encodings.size(); ++i) {
      const auto named = quality_of_rid(config.encodings[i].rid.view());
      map.encodings.push_back(named.value_or(static_cast<VideoQuality>(std::min<std::size_t>(i, 2))));
    }
    return map;
  }
  map.encodings = {VideoQuality::kHigh};
  const bool scalable = codec == codec::Codec::kVp9 || codec == codec::Codec::kAv1;
  if (scalable && mode != VideoLayerMode::kOneSpatialLayerPerStream && layers.size() > 1) {
    map.svc = true;
    map.spatial_layers = static_cast<std::uint8_t>(std::min<std::size_t>(layers.size(), forward::kMaxLayers));
  }
  return map;
}

const sdp::NegotiatedCodec* codec_for_feed(const sdp::NegotiatedMedia& media, codec::Codec feed,
                                           std::optional<PayloadType> red_primary) {
  const auto find = [&](codec::Codec wanted) -> const sdp::NegotiatedCodec* {
    const auto found =
        std::find_if(media.codecs.begin(), media.codecs.end(), [&](const auto& c) { return c.codec == wanted; });
    return found == media.codecs.end() ? nullptr : &*found;
  };
  if (feed != codec::Codec::kRed) return find(feed);
  const auto* red = find(codec::Codec::kRed);
  if (red != nullptr && red->red_primary == red_primary) return red;
  return find(codec::Codec::kOpus);
}

}  // namespace parley::room

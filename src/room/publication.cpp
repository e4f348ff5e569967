#include "room/publication.h"

#include <algorithm>
#include <cctype>

#include "room/negotiated_media.h"

namespace parley::room {

namespace {

constexpr std::size_t kMaxAnnouncedLayers = 8;
constexpr std::size_t kMaxCodecs = 2;  // a primary and a backup

std::string sid_prefix(const AddTrackRequest& request) {
  std::string prefix = request.type == TrackType::kVideo ? "TR_V" : "TR_A";
  switch (request.source) {
    case TrackSource::kCamera:
      return prefix + 'C';
    case TrackSource::kMicrophone:
      return prefix + 'M';
    case TrackSource::kScreenShare:
    case TrackSource::kScreenShareAudio:
      return prefix + 'S';
    case TrackSource::kUnknown:
      break;
  }
  return prefix + 'U';
}

std::vector<VideoLayer> bounded(std::vector<VideoLayer> layers) {
  if (layers.size() > kMaxAnnouncedLayers) layers.resize(kMaxAnnouncedLayers);
  return layers;
}

bool has(const std::vector<AudioFeature>& features, AudioFeature feature) {
  return std::find(features.begin(), features.end(), feature) != features.end();
}

}  // namespace

codec::Codec wanted_codec(const Config& config, std::string_view name, MediaKind kind) {
  const auto enabled = enabled_codecs(config);
  const auto usable = [&](codec::Codec c) {
    return codec::is_video(c) == (kind == MediaKind::kVideo) &&
           std::find(enabled.begin(), enabled.end(), c) != enabled.end();
  };
  if (!name.empty()) {
    const auto named = codec::codec_of(name);
    if (named && usable(*named)) return *named;
  }
  for (const codec::Codec c : enabled) {
    if (usable(c) && c != codec::Codec::kRed) return c;
  }
  return kind == MediaKind::kVideo ? codec::Codec::kVp8 : codec::Codec::kOpus;
}

std::vector<codec::Codec> enabled_codecs(const Config& config) {
  std::vector<codec::Codec> codecs;
  for (const EnabledCodec& enabled : config.publish_codecs) {
    if (const auto codec = codec::codec_of(enabled.mime)) codecs.push_back(*codec);
  }
  return codecs;
}

std::string mime_of(codec::Codec codec) {
  return std::string(codec::is_video(codec) ? "video/" : "audio/") + std::string(codec::name_of(codec));
}

std::string short_name(codec::Codec codec) {
  std::string name(codec::name_of(codec));
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
  return name;
}

Publication::Publication(Context& context, Wakeup& wakeup, TimePoint now, const AddTrackRequest& request)
    : dynacast(wakeup, context.config.timeouts.layer_down) {
  info_.sid = context.make_sid(sid_prefix(request));
  info_.type = request.type;
  info_.name = request.name;
  info_.muted = request.muted;
  info_.width = request.width;
  info_.height = request.height;
  info_.source = request.source;
  info_.encryption = request.encryption;
  info_.stream = request.stream;
  info_.backup_codec_policy = request.backup_codec_policy;
  info_.audio_features = request.audio_features;
  info_.packet_trailer_features = request.packet_trailer_features;
  info_.disable_red = request.disable_red || request.encryption != Encryption::kNone;
  info_.stereo = request.stereo || has(request.audio_features, AudioFeature::kStereo);
  info_.disable_dtx = request.disable_dtx || has(request.audio_features, AudioFeature::kNoDtx);

  PublishedCodec primary;
  primary.cid = request.cid;
  primary.layers = bounded(request.layers);
  std::string_view name;
  if (!request.simulcast_codecs.empty()) {
    const SimulcastCodec& first = request.simulcast_codecs.front();
    name = first.codec;
    if (!first.cid.empty()) primary.cid = first.cid;
    if (!first.layers.empty()) primary.layers = bounded(first.layers);
    primary.mode = first.video_layer_mode;
  }
  primary.codec = wanted_codec(context.config, name, kind());
  if (request.simulcast_codecs.size() > 1 && kind() == MediaKind::kVideo && info_.encryption == Encryption::kNone) {
    const auto backup = wanted_codec(context.config, request.simulcast_codecs[1].codec, kind());
    if (backup != primary.codec) backup_ = backup;
  }
  codecs_.push_back(std::move(primary));
  refresh(now);
}

PublishedCodec* Publication::codec_by_cid(std::string_view cid) {
  const auto found = std::find_if(codecs_.begin(), codecs_.end(), [&](const auto& c) { return c.cid == cid; });
  return found == codecs_.end() ? nullptr : &*found;
}

bool Publication::add_codec(const Config& config, const AddTrackRequest& request) {
  if (codecs_.size() >= kMaxCodecs || request.simulcast_codecs.empty()) return false;
  const SimulcastCodec& wish = request.simulcast_codecs.front();
  PublishedCodec codec;
  codec.cid = wish.cid.empty() ? request.cid : wish.cid;
  codec.codec = wanted_codec(config, wish.codec, kind());
  codec.layers = bounded(wish.layers.empty() ? request.layers : wish.layers);
  codec.mode = wish.video_layer_mode;
  if (codec_by_cid(codec.cid) != nullptr) return false;
  codecs_.push_back(std::move(codec));
  return true;
}

void Publication::remove_codec(const std::string& cid) {
  std::erase_if(codecs_, [&](const PublishedCodec& c) { return c.cid == cid; });
}

void Publication::negotiated(TimePoint now, PublishedCodec& codec, const sdp::NegotiatedMedia& media, FeedId feed) {
  codec.mid = media.mid;
  codec.feed = feed;
  codec.codec = media.codecs.front().codec;
  codec.config = incoming_config(media);
  codec.config.muted = info_.muted;
  codec.layer_map = layer_map_of(codec.config, codec.codec, codec.layers, codec.mode);
  refresh(now);
}

void Publication::set_codec(TimePoint now, PublishedCodec& codec, codec::Codec actual) {
  codec.codec = actual;
  codec.layer_map = layer_map_of(codec.config, codec.codec, codec.layers, codec.mode);
  refresh(now);
}

void Publication::set_ssrc(PublishedCodec& codec, std::uint8_t layer, Ssrc ssrc) {
  if (layer >= codec.config.encodings.size()) return;
  const std::string_view rid = codec.config.encodings[layer].rid.view();
  const auto fill = [&](std::vector<VideoLayer>& layers) {
    for (VideoLayer& l : layers) {
      if (l.rid == rid || (!rid.empty() && quality_of_rid(rid) == l.quality)) l.ssrc = ssrc.value;
    }
  };
  fill(codec.layers);
  if (&codec == &codecs_.front()) fill(info_.layers);
}

void Publication::set_muted(TimePoint now, bool muted) {
  info_.muted = muted;
  for (PublishedCodec& codec : codecs_) codec.config.muted = muted;
  refresh(now);
}

void Publication::set_audio_features(TimePoint now, std::vector<AudioFeature> features) {
  info_.audio_features = std::move(features);
  info_.stereo = has(info_.audio_features, AudioFeature::kStereo);
  info_.disable_dtx = has(info_.audio_features, AudioFeature::kNoDtx);
  refresh(now);
}

void Publication::set_size(TimePoint now, std::uint32_t width, std::uint32_t height) {
  info_.width = width;
  info_.height = height;
  refresh(now);
}

void Publication::set_layers(TimePoint now, const std::vector<VideoLayer>& layers) {
  PublishedCodec& primary = codecs_.front();
  primary.layers = bounded(layers);
  if (primary.negotiated()) {
    primary.layer_map = layer_map_of(primary.config, primary.codec, primary.layers, primary.mode);
  }
  refresh(now);
}

void Publication::refresh(TimePoint now) {
  const PublishedCodec& primary = codecs_.front();
  info_.mime_type = mime_of(primary.codec);
  info_.mid = primary.mid;
  info_.layers = primary.layers;
  info_.simulcast = primary.config.encodings.size() > 1;
  info_.codecs.clear();
  for (const PublishedCodec& c : codecs_) {
    // A codec without a section is only an intention: nobody may wait for it.
    if (&c != &primary && !c.negotiated()) continue;
    info_.codecs.push_back({mime_of(c.codec), c.mid, c.cid, c.sdp_cid, c.layers, c.mode});
  }
  const std::int64_t micro = unix_micro(now);
  info_.version = {micro, micro == info_.version.unix_micro ? info_.version.ticks + 1 : 0};
}

sdp::MediaWish Publication::wish(const PublishedCodec& codec, std::string mid) const {
  sdp::MediaWish wish;
  wish.mid = std::move(mid);
  wish.kind = kind();
  wish.preferred_codec = codec.codec == codec::Codec::kRed ? codec::Codec::kOpus : codec.codec;
  wish.red = kind() == MediaKind::kAudio && !info_.disable_red;
  wish.dtx = kind() == MediaKind::kAudio && !info_.disable_dtx;
  wish.stereo = info_.stereo;
  return wish;
}

}  // namespace parley::room

// A published track: what its owner announced, in which codecs it comes, and who gets it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "room/context.h"
#include "room/dynacast.h"
#include "room/layers.h"
#include "room/requests.h"
#include "sdp/negotiated.h"
#include "sdp/publisher_answer.h"

namespace parley::room {

// The track in one codec: one m-section, one feed.
struct PublishedCodec {
  std::string cid;
  std::string sdp_cid;   // msid's track token when it is another
  codec::Codec codec{};  // wished for at first, negotiated later
  std::vector<VideoLayer> layers;
  VideoLayerMode mode = VideoLayerMode::kUnused;
  std::string mid;             // empty until negotiated
  std::optional<FeedId> feed;  // once negotiated
  forward::IncomingConfig config;
  LayerMap layer_map;

  [[nodiscard]] bool negotiated() const { return feed.has_value(); }
};

class Publication {
 public:
  Publication(Context& context, Wakeup& wakeup, TimePoint now, const AddTrackRequest& request);

  [[nodiscard]] const std::string& sid() const { return info_.sid; }
  [[nodiscard]] const TrackInfo& info() const { return info_; }
  [[nodiscard]] MediaKind kind() const {
    return info_.type == TrackType::kVideo ? MediaKind::kVideo : MediaKind::kAudio;
  }
  // Others may know of it: its primary codec has a section.
  [[nodiscard]] bool live() const { return !codecs_.empty() && codecs_.front().negotiated(); }
  [[nodiscard]] std::vector<PublishedCodec>& codecs() { return codecs_; }
  [[nodiscard]] const std::vector<PublishedCodec>& codecs() const { return codecs_; }
  [[nodiscard]] PublishedCodec* codec_by_cid(std::string_view cid);
  // Name of the codec that the owner would add for receivers that cannot decode the primary one.
  [[nodiscard]] const std::optional<codec::Codec>& backup() const { return backup_; }

  // A further codec of this track (AddTrack with its sid). False when the track has it already or enough of them.
  bool add_codec(const Config& config, const AddTrackRequest& request);
  void remove_codec(const std::string& cid);
  // The answer's terms for one of our sections.
  void negotiated(TimePoint now, PublishedCodec& codec, const sdp::NegotiatedMedia& media, FeedId feed);
  // The publisher sends a codec other than the preferred one.
  void set_codec(TimePoint now, PublishedCodec& codec, codec::Codec actual);
  void set_ssrc(PublishedCodec& codec, std::uint8_t layer, Ssrc ssrc);

  void set_muted(TimePoint now, bool muted);
  void set_audio_features(TimePoint now, std::vector<AudioFeature> features);
  void set_size(TimePoint now, std::uint32_t width, std::uint32_t height);
  void set_layers(TimePoint now, const std::vector<VideoLayer>& layers);

  // What its section should become.
  [[nodiscard]] sdp::MediaWish wish(const PublishedCodec& codec, std::string mid) const;

  Dynacast dynacast;
  bool announced_subscribed = false;          // its owner was told that somebody receives it
  std::map<ParticipantId, bool> subscribers;  // who has a Subscription to it

 private:
  void refresh(TimePoint now);  // info from codecs

  TrackInfo info_;
  std::vector<PublishedCodec> codecs_;
  std::optional<codec::Codec> backup_;
};

// The codec asked for, when it is enabled and of that kind; else the default of the kind.
codec::Codec wanted_codec(const Config& config, std::string_view name, MediaKind kind);
std::vector<codec::Codec> enabled_codecs(const Config& config);
std::string mime_of(codec::Codec codec);     // "video/VP8"
std::string short_name(codec::Codec codec);  // "vp8"

}  // namespace parley::room
